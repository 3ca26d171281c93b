"""A sizing in words, and as the object that `--json` prints."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from sim.experiment.figures import amount, counted, listed, money
from sim.experiment.json_result import SCHEMA
from sim.experiment.size.levers import POLICY, described
from sim.experiment.size.requisition import requisition
from sim.experiment.size.surge import ABOVE
from sim.results import find_kpi

if TYPE_CHECKING:
    from sim.experiment.size.confirm import Evidence
    from sim.experiment.size.goals import Goal
    from sim.experiment.size.levers import Plan
    from sim.experiment.size.neighbors import Point, Step
    from sim.experiment.size.size import Sizing
    from sim.experiment.statistics import Interval


def sizing_json(sizing: Sizing) -> dict[str, Any]:
    """The sizing as JSON values; what is unknown is None."""
    question, plan = sizing.question, sizing.plan
    scenario = None if plan is None else question.scenario(plan)
    return {
        "schema": SCHEMA,
        "scenario": question.season.name,
        "question": question.season.question,
        "currency": question.season.currency,
        "seed": sizing.lab.seed,
        "status": sizing.status,
        "cheapest_by": question.cheapest_by,
        "confidence": sizing.confidence,
        "seasons": {
            "search": len(sizing.search),
            "selection": 0 if sizing.selection is None else sizing.selection.outputs.shape[1],
            "fresh": len(sizing.fresh[-1]) if sizing.fresh else 0,
            "attempts": len(sizing.fresh),
            "simulated": sizing.lab.simulated
            + (0 if sizing.surge is None else sizing.surge.simulated),
        },
        "plan": None if plan is None else _plan(sizing, plan),
        "targets": [_target(sizing, each) for each in sizing.evidence],
        "selection": _selection(sizing),
        "choices": _choices(sizing),
        "steps": [_step(sizing, each) for each in sizing.steps],
        "frontier": [_point(sizing, each) for each in sizing.frontier],
        "surge": _surge(sizing),
        "requisition": [] if scenario is None else _requisition(scenario),
        "verdict": verdict(sizing),
    }


def verdict(sizing: Sizing) -> str:
    """The answer in a few sentences."""
    if sizing.plan is None:
        return "No plan can be asked for: every combination of the levers is refused."
    plan = plan_in_words(sizing, sizing.plan)
    sure = f"{100 * sizing.confidence:g}% confidence"
    if sizing.status == "interrupted" and not sizing.is_confirmed:
        return f"Interrupted. The best plan so far is {plan}; it is not confirmed."
    if sizing.status == "impossible":
        return _impossible(sizing)
    currency = sizing.question.season.currency
    worth = f"It leaves a season profit of {money(sizing.profit().mean, currency)}"
    cost = f"its people and space cost {money(sizing.cost().mean, currency)}"
    if sizing.is_confirmed:
        seasons = counted(len(sizing.fresh[-1]), "fresh season")
        lead = f"{plan[:1].upper()}{plan[1:]} is the cheapest plan found that meets every target"
        stopped = sizing.status == "interrupted"
        rest = " Interrupted before its neighbors were looked at." if stopped else ""
        return f"{lead}, with {sure} from {seasons}. {worth}; {cost}. {_binding(sizing)}{rest}"
    failed = [each for each in sizing.evidence if each.outcome != "met"]
    names = listed([f"“{each.goal.label}”" for each in failed])
    return (
        f"The best plan found is {plan}, but {len(sizing.fresh[-1])} fresh seasons do not confirm"
        f" {names} with {sure}: give the levers more room, or ask for more seasons with"
        f" --replications. {worth}; {cost}."
    )


def plan_in_words(sizing: Sizing, plan: Plan) -> str:
    """A plan in one line: its policy, then the value of every lever."""
    levers = sizing.question.levers
    parts = [
        f"{lever.label} {lever.text(at)}"
        for lever, at in zip(levers, plan, strict=True)
        if lever.path != POLICY
    ]
    chosen = any(lever.path == POLICY for lever in levers)
    policy = f"{sizing.question.policy(plan)} with " if chosen else ""
    return f"{policy}{listed(parts)}"


def figure(goal: Goal, value: float, currency: str) -> str:
    """A value of a target's KPI with its unit."""
    return amount(value, find_kpi(goal.kpi).unit, currency)


def binding(sizing: Sizing) -> list[Goal]:
    """Targets that bind: with a step less of some lever one of them would be missed."""
    return [goal for at, goal in enumerate(sizing.question.goals) if at in sizing.binding]


def _binding(sizing: Sizing) -> str:
    names = [f"“{goal.label}”" for goal in binding(sizing)]
    if not names:
        return "No target binds."
    return f"{listed(names)} {'binds' if len(names) == 1 else 'bind'}."


def _impossible(sizing: Sizing) -> str:
    """Which target, and the best that can be had."""
    parts = []
    currency = sizing.question.season.currency
    for each in sizing.evidence:
        if each.outcome == "met":
            continue
        share = each.goal.share
        how = "on average" if share is None else f"in {100 * share:g}% of seasons"
        side = "at least" if each.goal.target.at_least else "at most"
        best = figure(each.goal, each.at_share, currency)
        asked = figure(each.goal, each.goal.target.bound, currency)
        parts.append(
            f"“{each.goal.label}” {side} {asked} {how} cannot be had within these levers:"
            f" the safest plan reaches {best} {how}"
        )
    safest = plan_in_words(sizing, sizing.chosen)
    return f"No plan meets every target. {'; '.join(parts)}. That is {safest}."


def _plan(sizing: Sizing, plan: Plan) -> dict[str, Any]:
    levers = sizing.question.levers
    return {
        "policy": sizing.question.policy(plan),
        "levers": dict(described(levers, plan)),
        "settings": [
            lever.setting(at)
            for lever, at in zip(levers, plan, strict=True)
            if lever.path != POLICY
        ],
        "profit": interval_json(sizing.profit()),
        "cost": interval_json(sizing.cost()),
    }


def _target(sizing: Sizing, each: Evidence) -> dict[str, Any]:
    return {
        "name": each.goal.name,
        "kpi": each.goal.kpi,
        "label": each.goal.label,
        "unit": find_kpi(each.goal.kpi).unit,
        "target": each.goal.target.words,
        "outcome": each.outcome,
        "binding": each.goal in binding(sizing),
        "seasons": each.seasons,
        "kept": each.kept,
        "needed": each.needed if each.goal.share is not None else None,
        "share": _known(each.share),
        "low": _known(each.low),
        "high": _known(each.high),
        "mean": _known(each.mean),
        "at_share": _known(each.at_share),
        "confidence": each.confidence,
    }


def _selection(sizing: Sizing) -> dict[str, Any] | None:
    chosen = sizing.selection
    if chosen is None or not sizing.finalists:
        return None
    return {
        "confidence": chosen.confidence,
        "zone": chosen.zone,
        "finalists": [
            {
                "levers": dict(described(sizing.question.levers, plan)),
                "seasons": int(chosen.counts[at]),
                "behind": float(chosen.means[chosen.selected] - chosen.means[at]),
                "selected": at == chosen.selected,
            }
            for at, plan in enumerate(sizing.finalists)
        ],
    }


def _choices(sizing: Sizing) -> dict[str, Any]:
    """Policies, and other values without an order, beside the chosen one."""
    found = sizing.found
    if found is None:
        return {"searched": [], "ruled_out": [], "impossible": []}
    levers = sizing.question.levers

    def named(plan: Plan) -> dict[str, str]:
        free = [(lever, at) for lever, at in zip(levers, plan, strict=True) if not lever.ordered]
        return {lever.label: lever.text(at) for lever, at in free}

    def final(plan: Plan) -> Plan:
        """What became of a plan: the one that was chosen may have been made safer since."""
        chosen = sizing.plan
        return chosen if chosen is not None and named(chosen) == named(plan) else plan

    return {
        "searched": [
            {"choice": named(plan), "levers": dict(described(levers, plan))}
            for plan in map(final, found.best)
        ],
        "ruled_out": [
            {
                "choice": named(each.plan),
                "levers": dict(described(levers, each.plan)),
                "behind": each.behind,
                "meets": each.meets,
            }
            for each in found.ruled_out
        ],
        "impossible": [{"choice": named(plan)} for plan in found.impossible],
    }


def _step(sizing: Sizing, each: Step) -> dict[str, Any]:
    lever = sizing.question.levers[each.lever]
    return {
        "lever": lever.label,
        "path": lever.path,
        "from": lever.text(sizing.chosen[each.lever]),
        "to": lever.text(each.plan[each.lever]),
        "safer": each.up if lever.ordered else None,
        "seasons": each.profit.n,
        "profit": interval_json(each.profit),
        "cost": interval_json(each.cost),
        "targets": [
            {"name": goal.name, "kept": kept, "change": interval_json(change)}
            for goal, kept, change in zip(
                sizing.question.goals, each.kept, each.figures, strict=True
            )
        ],
    }


def _point(sizing: Sizing, each: Point) -> dict[str, Any]:
    return {
        "levers": dict(described(sizing.question.levers, each.plan)),
        "profit": each.profit,
        "cost": each.cost,
        "kept": list(each.kept),
        "all_kept": each.all_kept,
        "chosen": each.plan == sizing.plan,
    }


def _surge(sizing: Sizing) -> dict[str, Any] | None:
    each = sizing.surge
    if each is None:
        return None
    same = each.plan is not None and each.plan == sizing.plan
    return {
        "demand": ABOVE,
        "levers": None if each.plan is None else dict(described(sizing.question.levers, each.plan)),
        "same_plan": same,
        "profit": None if each.profit is None else interval_json(each.profit),
        "cost": None if each.cost is None else interval_json(each.cost),
        "verdict": _surge_words(sizing),
    }


def _surge_words(sizing: Sizing) -> str:
    each, currency = sizing.surge, sizing.question.season.currency
    above = f"{100 * (ABOVE - 1):.0f}%"
    if each is None:
        return ""
    if each.plan is None:
        return f"In a season {above} above forecast no plan within these levers meets every target."
    if each.plan == sizing.plan:
        return f"The plan looks safe even in a season {above} above forecast."
    if each.profit is None or each.cost is None:
        return ""
    plan = plan_in_words(sizing, each.plan)
    more = money(each.cost.mean, currency, sign=True)
    less = money(each.profit.mean, currency, sign=True)
    return (
        f"To be safe against a season {above} above forecast takes {plan}: {more} for people and"
        f" space, {less} of profit if the season comes as forecast (an estimate, not confirmed)."
    )


def _requisition(scenario: Any) -> list[dict[str, Any]]:
    return [
        {
            "team": each.team,
            "cohort": each.cohort,
            "people": each.people,
            "decide_by": each.decide_by or None,
            "start": each.start or None,
            "end": each.end or None,
            "training_days": each.training_days,
            "roster": each.roster,
            "weekly_hours": each.weekly_hours,
            "cost": each.cost,
        }
        for each in requisition(scenario)
    ]


def interval_json(known: Interval) -> dict[str, float | None]:
    """A mean with its interval."""
    return {"mean": _known(known.mean), "low": _known(known.low), "high": _known(known.high)}


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None
