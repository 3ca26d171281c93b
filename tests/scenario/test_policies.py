from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.scenario import load_policies, load_scenario, scenario_hash, write_scenario
from sim.scenario.overrides import split_path
from tests.scenario.conftest import SEASON, Complaints

PEOPLE = """\
people:
  pick_pack:
    shift: {mon-fri: 08:00-16:30, breaks: 30 min}
    cohorts:
      - {name: permanent, people: 9, wage: 21.50 per hour}
      - {name: seasonal, people: 10, agency: 27.00 per hour}
"""


def write(folder: Path, text: str) -> None:
    (folder / "s.yaml").write_text(text)


def test_a_scenario_without_policies_is_its_own_baseline(folder: Path) -> None:
    write(folder, SEASON)
    assert load_policies("s.yaml") == {"Baseline": load_scenario("s.yaml")}


def test_dotted_and_nested_changes_mean_the_same(folder: Path) -> None:
    write(
        folder,
        SEASON
        + "policies:\n"
        + "  Dotted: {storefront.when_short: alerts, storefront.caps.units_per_sku: 80}\n"
        + "  Nested: {storefront: {when_short: alerts, caps: {units_per_sku: 80}}}\n"
        + "  Mixed: {storefront.caps: {units_per_sku: 80}, storefront: {when_short: alerts}}\n"
        + "  Same: {}\n",
    )
    policies = load_policies("s.yaml")
    assert list(policies) == ["Dotted", "Nested", "Mixed", "Same"]
    stores = [scenario.storefront for scenario in policies.values()]
    assert stores[0] == stores[1] == stores[2] != stores[3]
    assert (stores[0].when_short, stores[0].caps.units_per_sku) == ("alerts", 80)


def test_items_of_lists_are_found_by_name_and_by_number(folder: Path) -> None:
    write(
        folder,
        SEASON
        + PEOPLE
        + "policies:\n"
        + "  Named: {people.pick_pack.cohorts.seasonal.people: 20, products.GLOBE.price: 50}\n"
        + "  Numbered: {people.pick_pack.cohorts.1.people: 20, products.1.price: 50}\n"
        + "  Group: {products.GLOBE: {price: 50}, people: "
        + "{pick_pack: {cohorts: {seasonal: {people: 20}}}}}\n",
    )
    named, numbered, group = load_policies("s.yaml").values()
    assert named == numbered == group
    assert named.people.pick_pack is not None
    assert [cohort.people for cohort in named.people.pick_pack.cohorts] == [9, 20]
    assert named.products[1].price == 50


def test_a_new_distribution_replaces_the_old_one_whole(folder: Path) -> None:
    write(
        folder,
        SEASON
        + "suppliers: {maker: {lead_time: {gamma: {mean: 9 days, cv: 0.3}}}}\n"
        + "policies: {Fast: {suppliers.maker.lead_time: {exponential: 2 days}}}\n",
    )
    assert load_policies("s.yaml")["Fast"].suppliers["maker"].lead_time.mean == 2 * 86_400_000


def test_a_setting_that_a_policy_gives_twice_is_refused(complaints: Complaints) -> None:
    text = SEASON + (
        "policies:\n  A:\n    storefront.when_short: alerts\n    storefront: {when_short: hybrid}\n"
    )
    assert complaints(text) == [
        "s.yaml:9:18: policies.A.storefront.when_short: is set twice by this policy, "
        "first on line 8; keep one of them"
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            "storefront.when_shrt: alerts",
            "s.yaml:6:16: storefront.when_shrt: there is no such setting; "
            "did you mean 'when_short'?",
        ),
        (
            "storfront.when_short: alerts",
            "s.yaml:6:16: storfront: there is no such setting; did you mean 'storefront'?",
        ),
        (
            "products.MUGRED.price: 3",
            "s.yaml:6:16: products.MUGRED: no item of the list has this name; "
            "did you mean 'MUG-RED'?",
        ),
        (
            "suppliers.maker.lead_time: 3 days",
            "s.yaml:6:16: suppliers.maker: there is no such setting; known here: none",
        ),
        (
            "storefront.when_short: backordr",
            "s.yaml:6:39: storefront.when_short: must be one of backorder, out_of_stock, alerts, "
            "hybrid (got 'backordr'); did you mean 'backorder'?",
        ),
        (
            "storefront: {when_shrt: alerts}",
            "s.yaml:6:29: storefront.when_shrt: is not a setting here; did you mean 'when_short'?",
        ),
        (
            "demand.orders_per_day.mean: 3",
            "s.yaml:6:16: demand.orders_per_day.mean: demand.orders_per_day is 120, a single "
            "value; give demand.orders_per_day as a whole",
        ),
    ],
)
def test_a_change_of_what_does_not_exist_is_refused(
    complaints: Complaints, change: str, said: str
) -> None:
    assert complaints(SEASON + f"policies: {{A: {{{change}}}}}\n") == [said]


def test_a_problem_of_the_season_is_told_once_however_many_policies(
    complaints: Complaints,
) -> None:
    text = SEASON.replace("120", "-1") + "policies: {A: {}, B: {}, C: {storefront: {ship: x}}}\n"
    assert complaints(text) == [
        "s.yaml:2:26: demand.orders_per_day: must not be negative (got -1); write 0 or more",
        "s.yaml:6:49: storefront.ship: must be one of complete, split, choice (got 'x')",
    ]


def test_settings_of_the_command_line_change_the_season(folder: Path) -> None:
    write(folder, SEASON + PEOPLE + "policies: {A: {}, B: {storefront.when_short: alerts}}\n")
    settings = [
        "demand.orders_per_day=900",
        "people.pick_pack.cohorts.seasonal.people = 3",
        "storefront.caps={units_per_sku: 5}",
        "storefront.when_short=hybrid",
        "season.closed=[thanksgiving, christmas]",
    ]
    first, second = load_policies("s.yaml", settings).values()
    assert first.demand.orders_per_day == 900
    assert first.people.pick_pack is not None
    assert first.people.pick_pack.cohorts[1].people == 3
    assert first.storefront.caps.units_per_sku == 5
    assert len(first.season.closed) == 2
    assert [first.storefront.when_short, second.storefront.when_short] == ["hybrid", "alerts"]


def test_a_setting_may_change_a_policy(folder: Path) -> None:
    write(folder, SEASON + "policies: {A: {storefront.when_short: alerts}}\n")
    policies = load_policies("s.yaml", ["policies.A.storefront.when_short=hybrid"])
    assert policies["A"].storefront.when_short == "hybrid"


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        (
            "demand.orders_per_day=-3",
            "--set demand.orders_per_day: must not be negative (got -3); write 0 or more",
        ),
        (
            "demand.orders=3",
            "--set demand.orders: there is no such setting; did you mean 'orders_per_day'?",
        ),
        (
            "demand.orders_per_day",
            "--set demand.orders_per_day: is not a setting; "
            "write e.g. --set demand.orders_per_day=900",
        ),
        (
            "season.closed=[a",
            "--set season.closed:1:3: the file ends too early; "
            "close what was opened on line 1, column 1",
        ),
    ],
)
def test_a_wrong_setting_of_the_command_line_is_named(
    complaints: Complaints, setting: str, said: str
) -> None:
    assert complaints(SEASON, setting)[0].startswith(said)


def test_a_path_may_hold_names_with_dots_in_quotes() -> None:
    assert split_path('products."A.1".stock') == ("products", "A.1", "stock")


def test_every_wrong_setting_of_the_command_line_is_named_at_once(complaints: Complaints) -> None:
    settings = ("nonsense", "demand.scael=2", "demand.orders_per_day=abc", "demand.trend=x")
    said = [line.split(": ")[0] for line in complaints(SEASON, *settings)]
    assert sorted(said) == [
        "--set demand.orders_per_day",
        "--set demand.scael",
        "--set demand.trend",
        "--set nonsense",
    ]


def test_a_resolved_scenario_is_written_and_read_again_unchanged(folder: Path) -> None:
    for name, scenario in load_policies("holiday").items():
        (folder / "again.yaml").write_text(write_scenario(scenario))
        again = load_scenario("again.yaml")
        assert again == scenario, name
        assert scenario_hash(again) == scenario_hash(scenario)


def test_the_hash_follows_the_model_and_not_its_wording(folder: Path) -> None:
    write(folder, SEASON)
    plain = scenario_hash(load_scenario("s.yaml"))
    write(folder, "name: Other\n" + SEASON.replace("120}", "120, source: a guess}"))
    assert scenario_hash(load_scenario("s.yaml")) == plain
    write(folder, SEASON.replace("2026-12-27}", "length: 84 days}").replace("end: ", ""))
    write(folder, SEASON.replace("120", "121"))
    assert scenario_hash(load_scenario("s.yaml")) != plain


def test_every_shipped_season_loads_under_all_its_policies() -> None:
    from sim.scenario.shipped import shipped_folder, shipped_names

    assert "holiday" in shipped_names()
    for path in sorted(shipped_folder().rglob("*.yaml")):
        assert load_policies(path), path


def test_problems_are_also_to_be_had_one_by_one(folder: Path) -> None:
    write(folder, SEASON.replace("120", "-1"))
    with pytest.raises(ScenarioError) as caught:
        load_scenario("s.yaml")
    (problem,) = caught.value.problems
    assert (problem.path, problem.file, problem.line, problem.column) == (
        "demand.orders_per_day",
        "s.yaml",
        2,
        26,
    )
    assert problem.message == "must not be negative"
    assert problem.value == "-1"
