"""The season in sentences: nothing that a planner set is left out, and every source is named."""

from pathlib import Path

import pytest

from sim import load_policies
from sim.report.explain import Explanation, explain
from sim.scenario.shipped import shipped_names

YEAR = Path(__file__).parents[2] / "benchmarks" / "year.yaml"

SETTINGS = (
    "season.drain=40 days",
    "demand.orders_per_day=700",
    "demand.weekdays.mon=1.6",
    "demand.hours=office",
    "demand.day_noise=0.31",
    "demand.trend=0.004",
    "demand.peaks.0.times=7.5",
    "demand.forecast_error=no",
    "demand.basket.lines={1: 0.5, 2: 0.5}",
    "suppliers.porto.lead_time=5 days",
    "suppliers.porto.capacity=70 units per day",
    "suppliers.porto.partial={share: 12%, rest_after: 3 days}",
    "replenishment.rule=min_max",
    "replenishment.service=91%",
    "replenishment.trigger=below",
    "replenishment.on_cancel=withdraw",
    "storefront.when_short=hybrid",
    "storefront.caps.units_per_sku=33",
    "storefront.quote.padding=9 days",
    "storefront.ship=split",
    "storefront={ship: choice, extra_postage: customer}",
    "storefront.allocate=class",
    "customers.substitute=2",
    "customers.accept_backorder.longest=13 days",
    "customers.patience={exponential: 11 days}",
    "customers.needed_by={2026-12-20: 12%}",
    "backorder_area.when_full=stop_offering",
    "backorder_area.minimum_term=20 days",
    "people.pack_stations=6",
    "people.pick_pack.at_shift_end=pause",
    "people.pick_pack.work.per_line=77 s",
    "people.pick_pack.cohorts.seasonal.people=1",
    "people.pick_pack.cohorts.seasonal.minimum_term=30 days",
    "carrier.promise=11 days",
    "carrier.pickup={mon-fri: 18:00}",
    "costs.postage=6.66",
    "costs.inventory.lost_sale=3",
    "costs.fixed=12345",
    "products.0={sku: NEW, launch: {released: 2026-11-03, units: 77}}",
    "storefront.when_short=alerts",
    "wrapping={share: 12%, per_parcel: 2 min, price: 3.5}",
    "forecast_value={uncertainty: 12%}",
    "retention={repeat: {on_time: 40%, late: 20%}, future_margin: 11}",
    "retention={repeat: {on_time: 40%}, wrong_item: 0.7, bad_contact: 0.8, gift: 1.1}",
    "retention={repeat: {on_time: 40%}, extra_purchases: 13}",
    "messages=[{name: update, every: 5 days, cost: 0.02, patience: 1.3, contacts: 0.6}]",
    "messages=[{name: sorry, channel: letter, to: late, information_age: 3 days}]",
    "backup_plan={give: note, cost: 1.75, budget: 900, patience: 1.4, discount: 7%}",
    "customers.consent={after: 21 days, consents: 77%}",
    "suppliers.porto.expedite_on_request={per_week: 3, lead_time_factor: 35%, cost: 17}",
)


def _text(told: Explanation) -> str:
    return "\n".join(line for each in told.paragraphs for line in each.sentences)


@pytest.mark.parametrize("setting", SETTINGS)
def test_whatever_is_set_is_told(setting: str) -> None:
    changed = load_policies("holiday", [setting])
    assert _text(explain(changed)) != _text(explain(load_policies("holiday")))


def test_figures_that_a_client_would_check() -> None:
    text = _text(explain(load_policies("holiday")))
    assert "The season runs from October 5, 2026 to December 27, 2026 (12 weeks)." in text
    assert "On Mon Nov 30 (Cyber Monday) orders run at 5 times the ordinary rate." in text
    assert "9 people (seasonal) pick and pack, mon-sat 08:00-16:30, from Mon Nov 16" in text
    assert "97% after 7 days, 90% after 2 weeks and 62% after 4 weeks are still there." in text


def test_policies_are_told_by_what_they_change() -> None:
    policies = explain(load_policies("holiday")).paragraphs[-1]
    assert policies.title == "Policies to compare"
    first, *others = policies.sentences
    assert first == "Backorder: the season as told above."
    more = "More stock: the pre-season buy is +40% instead of +0%"
    assert any(line.startswith(more) for line in others)


def test_every_source_and_assumption_is_named() -> None:
    origins = {origin.place: origin for origin in explain(load_policies("holiday")).origins}
    assert origins["demand.peaks.Cyber Monday"].kind == "source"
    assert origins["demand.peaks.Cyber Monday"].text.startswith("Adobe 2020")
    assert origins["customers.patience"].kind == "assumption"


STORM = (
    "support.contacts.late=0.33 per day",
    "support.contacts.placed=4%",
    "support.information_up_front.faq={contacts: 0.9, cost: 400}",
    "support.handling=11 min",
    "support.at_once=3",
    "support.patience=null",
    "support.calls_again=44%",
    "support.calls_again_after=7 hours",
    "support.at_most=2",
    "support.ends_well=91%",
    "support.training={hours: 6 hours, ends_well: 97%}",
    "people.support.service_target=8 hours",
    "third_party={above: 40, delay: 2 days}",
    "third_party={fees: {per_order: 3.25}, per_day: 70}",
    "returns={share: 7%, after: 9 days}",
    "returns={share: 7%, after: 9 days, late: 30%, resale: 60%, postage: 4.50}",
)


@pytest.mark.parametrize("setting", STORM)
def test_what_is_set_of_the_desk_and_beyond_is_told_in_sentences(setting: str) -> None:
    changed, usual = (explain(load_policies("call-storm", set_)) for set_ in ([setting], []))
    told = [{each.title: each.sentences for each in one.paragraphs} for one in (changed, usual)]
    assert told[0]["Also set"] == told[1]["Also set"]
    assert told[0] != told[1]


def test_an_effect_without_a_source_is_said_to_be_assumed() -> None:
    faq = "support.information_up_front.faq={contacts: 0.9, cost: 400}"
    told = _text(explain(load_policies("call-storm", [faq])))
    assert "let customers ask 0.9 times as often (assumed: no source is given)." in told


@pytest.mark.parametrize("season", [*shipped_names(), str(YEAR)])
def test_sentences_are_sentences(season: str) -> None:
    told = explain(load_policies(season))
    for paragraph in told.paragraphs:
        for sentence in paragraph.sentences:
            assert "None" not in sentence
            assert "{" not in sentence
            assert paragraph.title == "Also set" or sentence.endswith(".")


def test_the_smallest_season_can_be_told(tmp_path: Path) -> None:
    file = tmp_path / "small.yaml"
    file.write_text("season: {length: 10 days}\ndemand: {rate: 3 per hour}\nproducts: [{sku: A}]\n")
    text = _text(explain(load_policies(str(file))))
    assert "The season lasts 10 days." in text
    assert "Work takes no time: staff are never short." in text


def test_the_error_of_the_forecast_is_an_assumption_also_where_it_is_left_out(
    tmp_path: Path,
) -> None:
    season = tmp_path / "season.yaml"
    text = "season: {length: 9 days}\ndemand: {orders_per_day: 3}\nproducts: [{sku: A}]\n"
    season.write_text(text, encoding="utf-8")
    (origin,) = explain(load_policies(season)).origins
    assert (origin.place, origin.kind) == ("demand.forecast_error", "assumption")
    assert not explain(load_policies(season, ["demand.forecast_error=no"])).origins


def test_figures_that_are_only_quoted_say_so() -> None:
    told = _text(explain(load_policies("average-company")))
    assert "six to seven times is often quoted, and no better source was found" in told
    assert "68% of the customers who leave" in told
    assert "no source was found that measured it" in told
    assert "68%" not in _text(explain(load_policies("call-storm")))
