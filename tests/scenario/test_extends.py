from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.scenario import load_policies, load_scenario
from tests.scenario.conftest import SEASON, Complaints


def test_a_scenario_takes_everything_from_the_one_it_extends(folder: Path) -> None:
    (folder / "base.yaml").write_text(SEASON)
    (folder / "s.yaml").write_text("extends: base.yaml\ndemand: {orders_per_day: 300}\n")
    scenario = load_scenario("s.yaml")
    assert scenario.demand.orders_per_day == 300
    assert [product.sku for product in scenario.products] == ["MUG-RED", "GLOBE"]


def test_a_scenario_may_extend_a_shipped_one_by_name(folder: Path) -> None:
    (folder / "s.yaml").write_text("extends: holiday\nname: Mine\n")
    policies = load_policies("s.yaml")
    assert list(policies) == list(load_policies("holiday"))
    assert {scenario.name for scenario in policies.values()} == {"Mine"}


def test_an_error_points_at_the_file_in_which_the_value_stands(
    complaints: Complaints, folder: Path
) -> None:
    (folder / "base.yaml").write_text(SEASON.replace("14.00", "-14.00"))
    text = "extends: base.yaml\nstorefront: {when_short: x}\n"
    assert complaints(text) == [
        "s.yaml:2:26: storefront.when_short: must be one of backorder, out_of_stock, alerts, "
        "hybrid (got 'x')",
        "base.yaml:4:27: products.0.price: must not be negative (got -14.00); write 0 or more",
    ]


def test_groups_merge_values_replace_and_null_takes_back_the_default(folder: Path) -> None:
    (folder / "base.yaml").write_text(
        SEASON
        + "storefront: {when_short: hybrid, caps: {units_per_sku: 9, quoted_wait: 9 days}}\n"
        + "suppliers: {a: {lead_time: {gamma: {mean: 9 days, cv: 0.5}}}, b: {lead_time: 1 day}}\n"
        + "customers: {patience: {from: promise, still_waiting: {1 week: 90%, 2 weeks: 50%}}}\n"
    )
    (folder / "s.yaml").write_text(
        "extends: base.yaml\n"
        "storefront: {when_short: null, caps: {units_per_sku: 5}}\n"
        "suppliers: {a: {lead_time: {exponential: 3 days}}, b: null}\n"
        "customers: {patience: {still_waiting: {1 week: 80%}}}\n"
        "products: {GLOBE: {price: 55}}\n"
    )
    scenario = load_scenario("s.yaml")
    assert scenario.storefront.when_short == "backorder"
    assert scenario.storefront.caps.units_per_sku == 5
    assert scenario.storefront.caps.quoted_wait == 9 * 86_400_000
    assert list(scenario.suppliers) == ["a"]
    assert scenario.suppliers["a"].lead_time.family == "exponential"
    written = scenario.model_dump(by_alias=True)["customers"]["patience"]
    assert written["from"] == "promise"
    assert written["still_waiting"] == {"7 days": "80%"}
    assert [product.price for product in scenario.products] == [14, 55]
    assert scenario.products[1].sku == "GLOBE"


def test_a_circle_is_refused_and_printed(complaints: Complaints) -> None:
    said = complaints("extends: a.yaml\n", a_yaml="extends: b.yaml\n", b_yaml="extends: a.yaml\n")
    assert said == [
        "b.yaml:1:10: extends: goes in a circle: a.yaml → b.yaml → a.yaml; remove one of them"
    ]


def test_a_chain_of_more_than_sixteen_files_is_refused(
    complaints: Complaints, folder: Path
) -> None:
    for number in range(20):
        (folder / f"f{number}.yaml").write_text(f"extends: f{number + 1}.yaml\n")
    (said,) = complaints("extends: f0.yaml\n")
    assert said.startswith("f14.yaml:1:10: extends: is more than 16 files deep: s.yaml → f0.yaml")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../secret.yaml", "'../secret.yaml' is outside the folder of the scenario"),
        ("sub/../../secret.yaml", "'sub/../../secret.yaml' is outside the folder of the scenario"),
        ("/etc/passwd.yaml", "is an absolute path"),
        ("'C:\\secret.yaml'", "is an absolute path"),
        ("'\\\\server\\share\\secret.yaml'", "is an absolute path"),
        ("https://example.org/base.yaml", "is a web address"),
        ("file:///etc/passwd", "is a web address"),
        ("link.yaml", "'link.yaml' is outside the folder of the scenario"),
        ("[base.yaml]", "must be a file or the name of a shipped season"),
    ],
)
def test_a_file_outside_the_folder_is_never_opened(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    (folder / "secret.yaml").write_text("password: 12345\n")
    inside = folder / "inside"
    inside.mkdir()
    (inside / "link.yaml").symlink_to(folder / "secret.yaml")
    (inside / "s.yaml").write_text(f"extends: {name}\n")
    monkeypatch.chdir(inside)
    with pytest.raises(ScenarioError) as caught:
        load_policies("s.yaml")
    assert str(caught.value).startswith(f"s.yaml:1:10: extends: {said}")
    assert "12345" not in str(caught.value)


def test_a_file_below_may_extend_one_above_it_inside_the_folder(folder: Path) -> None:
    (folder / "base.yaml").write_text(SEASON)
    (folder / "sub").mkdir()
    (folder / "sub" / "more.yaml").write_text("extends: ../base.yaml\nname: More\n")
    (folder / "s.yaml").write_text("extends: sub/more.yaml\n")
    assert load_scenario("s.yaml").name == "More"


def test_an_unknown_base_is_named_with_the_nearest(complaints: Complaints) -> None:
    assert complaints("extends: holidy\n") == [
        "s.yaml:1:10: extends: there is no season called 'holidy'; "
        "did you mean 'holiday'; a file ends in .yaml"
    ]
    assert complaints("extends: gone.yaml\n") == ["gone.yaml: no such file"]
