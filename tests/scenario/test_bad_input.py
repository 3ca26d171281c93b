"""Every sort of wrong setting is refused, with its place and with advice."""

import pytest

from tests.scenario.conftest import SEASON, Complaints


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
            [
                "s.yaml:2:26: demand.orders_per_day: must be a finite number (got .nan); "
                "write e.g. 1.5"
            ],
        ),
        (
            ("120", "-.inf"),
            [
                "s.yaml:2:26: demand.orders_per_day: must be a finite number (got -.inf); "
                "write e.g. 1.5"
            ],
        ),
        (
            ("120", "1e400"),
            [
                "s.yaml:2:26: demand.orders_per_day: must be a finite number (got 1e400); "
                "write e.g. 1.5"
            ],
        ),
        (
            ("120", "1e30"),
            [
                "s.yaml:2:26: demand.orders_per_day: is too large (got 1e30); "
                "the largest number is 1e15"
            ],
        ),
        (
            ("120", "-120"),
            [
                "s.yaml:2:26: demand.orders_per_day: must not be negative (got -120); "
                "write 0 or more"
            ],
        ),
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
