"""Every sort of broken file is refused at once, with its place and with advice."""

import os
import socket
import time
from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.scenario import load_policies
from tests.scenario.conftest import SEASON, Complaints


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "s.yaml: the file is empty; start from the file that `peakwise new` writes"),
        (
            "# nothing\n",
            "s.yaml: the file is empty; start from the file that `peakwise new` writes",
        ),
        (
            "- a\n",
            "s.yaml:1:1: the file holds a list, not settings; "
            "start from the file that `peakwise new` writes",
        ),
        ("demand:\n\torders_per_day: 3\n", "s.yaml:2:1: a tab is used for indentation; use spaces"),
        (
            "name: Sale: big\n",
            "s.yaml:1:11: a colon where none can stand; "
            "put text that contains `: ` in quotes, or check the indentation",
        ),
        (
            "season: {start: 2026-10-05\n",
            "s.yaml:2:1: the file ends too early; close what was opened on line 1, column 9",
        ),
        (
            "season:\n  a: 1\n b: 2\n",
            "s.yaml:3:2: does not line up with the lines above; "
            "settings of one group begin in the same column",
        ),
        (
            "a: 1\n---\nb: 2\n",
            "s.yaml:2:1: a second document begins here; a scenario is one document",
        ),
        ("a: &x {b: *x}\n", "s.yaml:1:11: the alias *x contains itself"),
        ("a: *x\n", "s.yaml:1:4: the alias *x is not defined above"),
        (
            "<<: {a: 1}\n",
            "s.yaml:1:1: merge keys (<<) are not read; use `extends`, or write it out",
        ),
        (
            "a: !!python/object/apply:os.system [ls]\n",
            "s.yaml:1:4: tags such as 'tag:yaml.org,2002:python/object/apply:os.system' are not "
            "read; remove the tag",
        ),
        ("[a]: 1\n", "s.yaml:1:1: a list or mapping cannot be a name; write `name: value`"),
        ("a: " + "[" * 100 + "]" * 100, "s.yaml:1:67: nested more than 64 levels deep"),
        (
            "a: " + "9" * 5000,
            "s.yaml:1:4: is a number of 5000 digits; put it in quotes if it is a name",
        ),
        ("a: " + "x" * 20_000, "s.yaml:1:4: a value of more than 10,000 characters"),
        ("a: b\x00c", "s.yaml:1:5: the file holds the control character U+0000; remove it"),
    ],
    ids=range(17),
)
def test_broken_yaml_is_explained(complaints: Complaints, text: str, said: str) -> None:
    assert complaints(text) == [said]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            SEASON + "name: x\nname: z\n",
            "s.yaml:7:1: name: is written twice, first on line 6; keep one of them",
        ),
        (
            SEASON.replace("120}", "120, scale: 1, scale: 2}"),
            "s.yaml:2:41: demand.scale: is written twice, first on line 2; keep one of them",
        ),
    ],
)
def test_a_setting_written_twice_is_refused(complaints: Complaints, text: str, said: str) -> None:
    assert complaints(text) == [said]


def test_a_file_in_another_encoding_is_named_with_its_first_wrong_byte(
    complaints: Complaints,
) -> None:
    assert complaints("name: Café".encode("latin-1")) == [
        "s.yaml:1:10: the file is not UTF-8: byte 0xE9 at offset 9; "
        "save it as UTF-8; it may be Latin-1 or Windows-1252"
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_recognized(complaints: Complaints, encoding: str) -> None:
    assert complaints(SEASON.encode(encoding)) == [
        "s.yaml: the file is UTF-16, not UTF-8; save it as UTF-8"
    ]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(complaints: Complaints) -> None:
    assert complaints(b"\xef\xbb\xbf" + SEASON.replace("\n", "\r\n").encode()) == []


def test_an_alias_bomb_is_refused_before_it_grows(complaints: Complaints) -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    for name, before in zip("bcdefghi", "abcdefgh", strict=True):
        lines.append(f"{name}: &{name} [{', '.join(['*' + before] * 9)}]")
    began = time.monotonic()
    assert complaints("\n".join(lines)) == [
        "s.yaml:5:4: more than 200,000 values; put long tables into CSV"
    ]
    assert time.monotonic() - began < 2


def test_more_than_a_hundred_aliases_are_refused(complaints: Complaints) -> None:
    text = "a: &a 1\nb: [" + ", ".join(["*a"] * 101) + "]\n"
    assert complaints(text)[0].endswith("more than 100 aliases; write the values out")


def test_a_huge_file_is_refused_without_reading_it(folder: Path) -> None:
    with (folder / "huge.yaml").open("wb") as stream:
        stream.truncate(1_000_000_000)
    began = time.monotonic()
    with pytest.raises(ScenarioError) as caught:
        load_policies("huge.yaml")
    assert str(caught.value) == (
        "huge.yaml: the file has 1,000,000,000 bytes; at most 5,000,000 are read; "
        "put long tables into CSV files"
    )
    assert time.monotonic() - began < 0.5


def test_a_huge_table_is_refused_without_reading_it(complaints: Complaints, folder: Path) -> None:
    with (folder / "p.csv").open("wb") as stream:
        stream.truncate(1_000_000_000)
    text = "season: {length: 3 days}\ndemand: {orders_per_day: 1}\nproducts: p.csv\n"
    assert complaints(text) == [
        "p.csv: the file has 1,000,000,000 bytes; at most 50,000,000 are read"
    ]


def test_what_is_not_a_regular_file_is_refused_at_once(folder: Path) -> None:
    (folder / "folder.yaml").mkdir()
    os.mkfifo(folder / "pipe.yaml")
    with socket.socket(socket.AF_UNIX) as door:
        door.bind("door.yaml")
        for name, said in {
            "folder.yaml": "folder.yaml: is a folder, not a file",
            "pipe.yaml": "pipe.yaml: is not a regular file",
            "/dev/zero": "/dev/zero: is not a regular file",
            "missing.yaml": "missing.yaml: no such file",
        }.items():
            with pytest.raises(ScenarioError) as caught:
                load_policies(name)
            assert str(caught.value) == said
        with pytest.raises(ScenarioError):
            load_policies("door.yaml")


def test_an_unknown_season_is_named_with_the_nearest_shipped_one() -> None:
    with pytest.raises(ScenarioError) as caught:
        load_policies("holliday")
    assert str(caught.value) == (
        "there is no season called 'holliday'; did you mean 'holiday'; a file ends in .yaml"
    )


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            ("orders_per_day", "orders_perday"),
            [
                "s.yaml:2:10: demand.orders_perday: is not a setting here; "
                "did you mean 'orders_per_day'?"
            ],
        ),
        (
            ("120", ".nan"),
            ["s.yaml:2:26: demand.orders_per_day: must be a finite number (got .nan)"],
        ),
        (
            ("120", "-.inf"),
            ["s.yaml:2:26: demand.orders_per_day: must be a finite number (got -.inf)"],
        ),
        (
            ("120", "1e400"),
            ["s.yaml:2:26: demand.orders_per_day: must be a finite number (got 1e400)"],
        ),
        (
            ("120", "1e30"),
            [
                "s.yaml:2:26: demand.orders_per_day: is too large (got 1e30); "
                "the largest number is 1e15"
            ],
        ),
        (("120", "-120"), ["s.yaml:2:26: demand.orders_per_day: must not be negative (got -120)"]),
        (
            ("120", "yes"),
            [
                "s.yaml:2:26: demand.orders_per_day: must be a number (got 'yes'); "
                "write it without quotes and without a unit"
            ],
        ),
        (
            ("2026-12-27", "2026-02-30"),
            [
                "s.yaml:1:34: season.end: there is no such day (got '2026-02-30'); "
                "dates are year-month-day"
            ],
        ),
        (
            ("9000 units", "9000 liters"),
            None,
        ),
        (
            ("sku: GLOBE", "sku: 1.10"),
            [
                "s.yaml:5:11: products.1.sku: a name must be text (got 1.10); "
                'put it in quotes, e.g. "1.1"'
            ],
        ),
        (
            ("sku: GLOBE", "sku: GL\u041eBE"),
            [
                "s.yaml:5:11: products.1.sku: mixes letters that look alike, Cyrillic and Latin "
                "(got 'GL\u041eBE'); type the name again in one alphabet"
            ],
        ),
        (
            ("sku: GLOBE", "sku: GLO\u200bBE"),
            [
                "s.yaml:5:11: products.1.sku: holds the invisible character U+200B "
                "(got 'GLO\\u200bBE'); remove it"
            ],
        ),
        (("sku: GLOBE, ", ""), ["s.yaml:5:5: products.1.sku: is missing"]),
        (
            ("price: 49.00", "price: $49"),
            [
                "s.yaml:5:25: products.1.price: must be an amount without its currency "
                "(got '$49'); write e.g. 14.00"
            ],
        ),
    ],
    ids=range(14),
)
def test_a_wrong_value_is_named_with_its_place_and_the_rule(
    complaints: Complaints, changed: tuple[str, str], said: list[str] | None
) -> None:
    found = complaints(SEASON.replace(*changed))
    if said is None:
        assert found
        assert all(line.startswith("s.yaml:4:") for line in found)
    else:
        assert found[:1] == said


def test_all_problems_are_reported_at_once_in_the_order_of_the_file(
    complaints: Complaints,
) -> None:
    text = """\
season: {start: 2026-10-05, end: 2026-12-27, warm_up: 3}
demand: {orders_per_day: 120, weekdays: {tues: 1}}
products: [{sku: A, volume: 5kg}]
storefront: {when_short: backordr, caps: {quoted_wait: 30}}
customers: {accept_backorder: 150, patience: {exponential: 0 days}}
"""
    assert complaints(text) == [
        "s.yaml:1:55: season.warm_up: a bare number is not a span of time: its unit is missing "
        '(got 3); write e.g. "3 days"',
        "s.yaml:2:42: demand.weekdays.tues: must be one of mon, tue, wed, thu, fri, sat, sun; "
        "did you mean 'tue'?",
        "s.yaml:3:29: products.0.volume: 'kg' is not a unit of volume (got '5kg'); "
        "use ml, liters, m3, cu ft or cubic inches",
        "s.yaml:4:26: storefront.when_short: must be one of backorder, out_of_stock, alerts, "
        "hybrid (got 'backordr'); did you mean 'backorder'?",
        "s.yaml:4:56: storefront.caps.quoted_wait: a bare number is not a span of time: its unit "
        'is missing (got 30); write e.g. "30 days"',
        "s.yaml:5:31: customers.accept_backorder: is a number of 100 shoppers (got 150); "
        "write a number from 0 to 100",
        "s.yaml:5:46: customers.patience: mean must be above 0",
    ]


def test_what_single_values_and_what_several_show_is_reported_together(
    complaints: Complaints,
) -> None:
    text = """\
season: {start: 2026-10-05, end: 2026-12-27}
demand:
  orders_per_day: 3
  orders_per_day: .nan
  peaks: [{name: Late, from: 2027-01-02, to: 2027-01-05, times: 2}]
products: [{sku: A, prise: 3, volume: 3}, {sku: B, supplier: nobody}]
people: {pick_pack: {cohorts: [{name: t, people: 9}, {name: t, people: 9}]}}
policies:
  A: {storefront.when_short: backordr}
"""
    places = [line.split(" ")[:2] for line in complaints(text)]
    assert places == [
        ["s.yaml:4:3:", "demand.orders_per_day:"],
        ["s.yaml:4:19:", "demand.orders_per_day:"],
        ["s.yaml:5:11:", "demand.peaks.0:"],
        ["s.yaml:6:21:", "products.0.prise:"],
        ["s.yaml:6:39:", "products.0.volume:"],
        ["s.yaml:6:62:", "products.1.supplier:"],
        ["s.yaml:7:54:", "people.pick_pack.cohorts.1:"],
        ["s.yaml:9:30:", "storefront.when_short:"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        SEASON + "suppliers: {a: {lead_time: 3}}\nreplenishment: {rule: reorder_point}\n",
        SEASON.replace("500 units", "1 unit, supplier: a") + "suppliers: {a: {lead_time: 3}}\n",
        SEASON + "storefront: {caps: {stop_when_area_full: yes}}\nbackorder_area: {positions: 3}\n",
        SEASON + "customers: {accept_backorder: 900, sign_up_for_alert: 90}\n",
        SEASON.replace("120}", "x}"),
        SEASON.replace("120}", "1, classes: [{name: vip, share: 3 days}]}")
        + "people: {pick_pack: {serves: [vip], cohorts: [{name: a, people: 1}]}}\n",
        SEASON + "people: {pick_pack: {cohorts: [{name: a, people: many}]}}\n",
    ],
    ids=range(7),
)
def test_what_a_wrong_value_leads_to_is_not_reported_as_well(
    complaints: Complaints, text: str
) -> None:
    assert len(complaints(text)) == 1


def test_units_that_are_no_number_of_units_are_explained_once(complaints: Complaints) -> None:
    assert complaints(SEASON.replace("9000 units", "-9000 units")) == [
        "s.yaml:4:53: products.0.stock: must not be negative (got '-9000 units'); "
        'write e.g. "500 units" or 500'
    ]


def test_a_group_or_a_value_is_judged_by_what_was_written(complaints: Complaints) -> None:
    group = SEASON + "customers: {accept_backorder: {at_no_wait: 600, halflife: 3 days}}\n"
    assert complaints(group) == [
        "s.yaml:6:44: customers.accept_backorder.at_no_wait: is a number of 100 shoppers "
        "(got 600); write a number from 0 to 100",
        "s.yaml:6:49: customers.accept_backorder.halflife: is not a setting here; "
        "did you mean 'half_life'?",
    ]
    value = SEASON + "demand2: 3\n".replace(
        "demand2: 3", "customers: {patience: {gama: {mean: 3 days}}}"
    )
    assert complaints(value) == [
        "s.yaml:6:23: customers.patience: 'gama' is not a distribution; did you mean 'gamma'?"
    ]


def test_a_comma_in_plain_text_between_braces_is_recognized(complaints: Complaints) -> None:
    text = SEASON + "suppliers: {porto: {lead_time: usually 16 days, 1 in 10 over 24}}\n"
    assert (
        "s.yaml:6:49: suppliers.porto.1 in 10 over 24: is not a setting here; "
        "text that holds a comma needs quotes between { and }" in complaints(text)
    )


def test_a_peak_outside_the_season_is_refused(complaints: Complaints) -> None:
    text = SEASON.replace("120}", "120, peaks: [{name: Easter, on: 2027-03-28, times: 2}]}")
    (said,) = complaints(text)
    assert said.startswith("s.yaml:2:")
    assert "the peak lies outside the season" in said
    assert "from 2026-10-05 to 2026-12-27" in said


@pytest.mark.parametrize("days", ["on: christmas, from: 2026-12-20", "from: 2026-12-20", ""])
def test_a_peak_is_one_day_or_a_stretch(complaints: Complaints, days: str) -> None:
    peak = f"{{name: x, times: 2, {days}}}"
    (said,) = complaints(SEASON.replace("120}", f"120, peaks: [{peak}]}}"))
    assert said.endswith("give either `on`, or both `from` and `to`")


def test_an_unknown_supplier_is_located_by_its_dotted_path(complaints: Complaints) -> None:
    text = SEASON.replace("stock: 500 units", "supplier: porta") + (
        "suppliers: {porto: {lead_time: 3 days}, local: {lead_time: 2 days}}\n"
    )
    found = [line for line in complaints(text) if "products.1.supplier" in line]
    assert len(found) == 1
    assert found[0].startswith("s.yaml:5:")
    assert "did you mean 'porto'?" in found[0]


def test_a_value_that_fits_no_choice_is_not_asked_to_be_a_word_that_it_does_not_resemble(
    complaints: Complaints,
) -> None:
    said = complaints(SEASON.replace("9000 units", "9000 liters"))
    assert any("whole number of units" in line for line in said)
    assert not any("computed" in line for line in said)
    (line,) = complaints(SEASON.replace("9000 units", "computd"))[-1:]
    assert "did you mean 'computed'?" in line


def test_hours_that_are_never_open_are_refused_at_their_line(complaints: Complaints) -> None:
    text = SEASON + (
        "replenishment: {notification: {read: {mon: closed}}}\n"
        "people:\n"
        "  pick_pack:\n"
        "    shift: {daily: closed}\n"
        "    work: {per_order: 1 min}\n"
        "    cohorts: [{name: core, people: 2, shift: {mon-fri: closed, breaks: 30 min}}]\n"
        "carrier: {cut_off: {sat: closed}, pickup: {daily: closed}}\n"
    )
    hours, time = "give hours for at least one day", "give a time for at least one day"
    assert complaints(text) == [
        f"s.yaml:6:38: replenishment.notification.read: never open; {hours}",
        f"s.yaml:9:12: people.pick_pack.shift: never open; {hours}",
        f"s.yaml:11:46: people.pick_pack.cohorts.0.shift: never open; {hours}",
        f"s.yaml:12:20: carrier.cut_off: is given for no day; {time}",
        f"s.yaml:12:43: carrier.pickup: is given for no day; {time}",
    ]
