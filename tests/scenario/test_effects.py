"""Effects that nobody has a source for are found under every policy, and named."""

from typing import Any

from sim.scenario import Scenario
from sim.scenario.effects import assumed_effects, effects_in_words, effects_json

PLAIN: dict[str, Any] = {"demand": {"orders_per_day": 1}, "products": [{"sku": "A"}]}
SEASON = {"season": {"length": "10 days"}}


def _season(**blocks: Any) -> Scenario:
    return Scenario.model_validate(PLAIN | SEASON | blocks)


def _words(**policies: Scenario) -> list[str]:
    return effects_in_words(effects_json(policies))


def test_without_levers_nothing_is_assumed() -> None:
    assert _words(Plain=_season()) == []
    desk = {"contacts": {"placed": "10%"}, "handling": "5 min", "training": {"hours": "4 hours"}}
    none = _season(support=desk, backup_plan={"cost": 5}, messages=[{"name": "news", "cost": 1}])
    assert _words(Plain=none) == []


def test_an_effect_of_another_policy_is_named_with_its_policy() -> None:
    gift = _season(backup_plan={"cost": 5, "patience": 1.5})
    assert _words(Plain=_season(), Gift=gift) == ["backup_plan (Gift): patience × 1.5"]
    assert _words(Small=gift, Gift=gift) == ["backup_plan: patience × 1.5"]
    more = _season(backup_plan={"cost": 5, "patience": 2})
    assert _words(Small=gift, Large=more) == [
        "backup_plan (Small): patience × 1.5",
        "backup_plan (Large): patience × 2",
    ]


def test_a_source_stands_behind_an_effect_and_an_assumption_is_said() -> None:
    plan = {"patience": 1.5, "source": "a study"}
    assert assumed_effects({"Gift": _season(backup_plan=plan)}) == ()
    both = plan | {"assumption": "as in that study"}
    assert _words(Gift=_season(backup_plan=both)) == [
        "backup_plan: patience × 1.5 (as in that study)"
    ]


def test_the_nearest_block_that_says_something_counts() -> None:
    desk = {
        "handling": "5 min",
        "ends_well": "90%",
        "source": "our own records",
        "wrong_answer": {"cancels": "20%", "patience": 0.5, "assumption": True},
        "ends_badly": {"cancels": "10%"},
        "solutions": [{"offer": "refund", "accepted": "5%", "assumption": "a guess"}],
    }
    assert _words(Desk=_season(support=desk)) == [
        "support.wrong_answer: patience × 0.5, cancels 20%",
        "support.solutions.refund: accepted 5% (a guess)",
    ]


def test_what_a_season_says_of_itself_is_no_source_of_an_effect() -> None:
    assert _words(Gift=_season(backup_plan={"patience": 2}, source="our shop"))


def test_every_effect_has_none_by_default() -> None:
    from sim.scenario.effects import Effect

    def marked(block: Any) -> list[Any]:
        return [
            info
            for info in block.model_fields.values()
            if any(isinstance(mark, Effect) for mark in info.metadata)
        ]

    from sim.scenario import care, retention, storefront, support

    blocks = (
        *(care.Message, care.BackupPlan, retention.Retention, storefront.Recommend),
        *(support.Clarity, support.Disappointment, support.Training, support.Support),
    )
    found = [info for block in blocks for info in marked(block)]
    assert len(found) == 13
    assert all(info.is_required() or info.default in {None, 0.0, 1.0} for info in found)
