import gzip

import pytest

from sim.history.files import LARGEST_RATIO
from sim.history.problems import HistoryError
from sim.history.reading import ReadingOptions, read_history

HEADER = "Order ID,Order Date,SKU,Quantity,Unit Price\n"
ROW = "1,2025-03-14 10:00,A,1,2.50\n"


def read(tmp_path, text, **options):
    path = tmp_path / "orders.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_history(path, ReadingOptions(**options))


def refusal(tmp_path, text, **options):
    with pytest.raises(HistoryError) as caught:
        read(tmp_path, text, **options)
    return str(caught.value)


@pytest.mark.parametrize("sku", ["00123", "1E5", "NA", "null", "None", "1.0", "TRUE"])
def test_a_product_code_stays_text(tmp_path, sku):
    raw = read(tmp_path, HEADER + f"0007,2025-03-14,{sku},1,2.50\n")
    assert raw.rows.loc[raw.rows.index[0], "sku"] == sku
    assert raw.rows.loc[raw.rows.index[0], "order_id"] == "0007"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path, delimiter):
    raw = read(tmp_path, (HEADER + ROW).replace(",", delimiter))
    assert raw.layout.delimiter == delimiter
    assert list(raw.rows["sku"]) == ["A"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_is_found(tmp_path, encoding):
    text = "Order ID,Order Date,SKU,Quantity\n1,2025-03-14,CAFÉ,1\n"
    raw = read(tmp_path, text.encode(encoding))
    assert list(raw.rows["sku"]) == ["CAFÉ"]


def test_gzip_is_read_even_in_several_members(tmp_path):
    packed = gzip.compress(HEADER.encode()) + gzip.compress(ROW.encode())
    assert len(read(tmp_path, packed).rows) == 1


def test_a_gzip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    packed = gzip.compress(b"0" * 40_000_000)
    assert 40_000_000 / len(packed) > LARGEST_RATIO
    assert "unpacks to more than" in refusal(tmp_path, packed)


def test_a_cut_off_gzip_file_is_refused(tmp_path):
    packed = gzip.compress((HEADER + ROW * 100).encode())
    assert "ends too early" in refusal(tmp_path, packed[:-20])


@pytest.mark.parametrize("row", ["2,2025-03-14,A,1\n", "2,2025-03-14,A,1,2,3\n"])
def test_a_ragged_row_is_left_out_and_its_line_reported(tmp_path, row):
    raw = read(tmp_path, HEADER + ROW * 60 + row + ROW * 60)
    assert [ragged.line for ragged in raw.ragged] == [62]
    assert len(raw.rows) == 120


def test_many_ragged_rows_mean_that_the_file_was_misunderstood(tmp_path):
    message = refusal(tmp_path, HEADER + ROW * 9 + "1,2\n" * 3)
    assert "3 of 12 rows do not have the 5 fields" in message
    assert "orders.csv:11:" in message


def test_an_unterminated_quote_is_refused_with_its_line(tmp_path):
    message = refusal(tmp_path, HEADER + ROW + '2,2025-03-14,"A,1,2.50\n' + ROW * 3)
    assert "orders.csv:3:" in message
    assert "never closed" in message


def test_a_quoted_line_break_does_not_shift_the_lines(tmp_path):
    text = HEADER + ROW + '2,2025-03-14,"A\nB",1,2\n3,2025-03-14,C,1,2\n'
    raw = read(tmp_path, text)
    assert list(raw.rows["line"]) == [2, 3, 5]


def test_nul_is_refused_with_its_line(tmp_path):
    message = refusal(tmp_path, (HEADER + ROW + "2,20\x0025-03-14,A,1,2\n").encode())
    assert "orders.csv:3:" in message
    assert "NUL" in message


def test_old_mac_line_ends_are_read(tmp_path):
    assert len(read(tmp_path, (HEADER + ROW * 3).replace("\n", "\r")).rows) == 3


@pytest.mark.parametrize("text", ["", "\n\n", HEADER])
def test_a_file_without_orders_is_refused(tmp_path, text):
    assert "no orders" in refusal(tmp_path, text)


def test_one_column_is_refused(tmp_path):
    assert "one column" in refusal(tmp_path, "orders\n1\n2\n")


def test_a_folder_a_missing_file_and_a_workbook_are_refused(tmp_path):
    with pytest.raises(HistoryError, match="not a regular file"):
        read_history(tmp_path)
    with pytest.raises(HistoryError, match="no such file"):
        read_history(tmp_path / "none.csv")
    assert "Excel workbook" in refusal(tmp_path, b"PK\x03\x04rest")


def test_personal_columns_are_never_in_the_rows(tmp_path):
    text = (
        "Order ID,Order Date,SKU,Quantity,Email,Customer Name,Shipping Street,Customer ID,Color\n"
        "1,2025-03-14,A,1,a@b.c,Ann,Main St 1,77,red\n"
        "2,2025-03-14,A,1,a@b.c,Ann,Main St 1,77,red\n"
        "3,2025-03-14,A,1,d@b.c,Bob,Main St 2,78,red\n"
    )
    raw = read(tmp_path, text)
    assert set(raw.rows.columns) == {"order_id", "placed_at", "sku", "quantity", "line"}
    assert raw.customers == 2
    assert raw.mapping.personal == ("Email", "Customer Name", "Shipping Street")
    assert raw.mapping.unused == ("Color",)
    assert "Ann" not in raw.rows.to_csv()


def test_european_numbers_are_told_from_american_ones(tmp_path):
    header = HEADER.replace(",", ";")
    assert read(tmp_path, header + "1;2025-03-14;A;2;1.234,50\n").decimal == ","
    assert read(tmp_path, HEADER + '1,2025-03-14,A,2,"1,234.50"\n').decimal == "."


def test_numbers_that_could_be_either_are_refused_unless_told(tmp_path):
    text = (HEADER + "1,2025-03-14,A,2,QQ\n").replace(",", ";").replace("QQ", "1,200")
    assert "--decimal" in refusal(tmp_path, text)
    assert read(tmp_path, text, decimal=",").decimal == ","
