"""What a season's `plan` block asks: levers, goals, and the scenario of every plan."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal

from sim.errors import Problem, ScenarioError
from sim.experiment.risk import EVENTS
from sim.experiment.size.goals import figure_of, goal_of
from sim.experiment.size.levers import POLICY, lever_of
from sim.experiment.size.terms import broken_terms
from sim.results import KPIS, find_kpi
from sim.scenario.csv_tables import expand_tables
from sim.scenario.explaining import placed
from sim.scenario.loading import BASELINE, policy_scenarios, read_season
from sim.scenario.locating import Node, find
from sim.scenario.overrides import apply_changes, policy_changes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sim.experiment.size.goals import Goal
    from sim.experiment.size.levers import Lever, Plan
    from sim.scenario.moments import Moment
    from sim.scenario.plan import Plan as Block
    from sim.scenario.scenario import Scenario
    from sim.scenario.targets import Target

_MOST_CHOICES = 64
"""Most combinations of values that have no order: each is searched on its own."""
_HINT = "write e.g. plan: {levers: {…: 6 to 30}, targets: {…: at least 95% in 9 of 10 seasons}}"


@dataclass(frozen=True, slots=True)
class Question:
    """What is ours to choose, and what must hold."""

    season: Scenario
    """The season as it is written."""
    base: Node
    """The same as a tree, without policies."""
    policies: dict[str, Node]
    """Changes of every policy."""
    levers: tuple[Lever, ...]
    goals: tuple[Goal, ...]
    cheapest_by: Literal["profit", "cost"]
    as_of: Moment | None
    _known: dict[Plan, Scenario | str] = field(default_factory=dict)

    @property
    def written(self) -> dict[str, str]:
        """The `plan` block by dotted path, every lever and target as it is read."""
        plan = self.season.plan
        if plan is None:
            return {}
        told = plan.model_dump(mode="json", exclude={"source", "assumption", "note"})
        about = {f"plan.{key}": value for key, value in told.items()}
        flat = {
            f"{key}.{name}": value
            for key in ("plan.levers", "plan.targets")
            for name, value in about.pop(key).items()
        }
        return {key: str(value) for key, value in (flat | about).items()}

    def scenario(self, plan: Plan) -> Scenario | None:
        """The season under a plan; None: there is no such season, or nobody may work so."""
        found = self._loaded(plan)
        return None if isinstance(found, str) else found

    def refusal(self, plan: Plan) -> str:
        """Why there is no such season; empty: there is."""
        found = self._loaded(plan)
        return found if isinstance(found, str) else ""

    def policy(self, plan: Plan) -> str:
        """Name of the policy of a plan."""
        for lever, at in zip(self.levers, plan, strict=True):
            if lever.path == POLICY:
                return str(lever.values[at])
        return next(iter(self.policies))

    def lever_cost(self, plan: Plan) -> float:
        """What the levers cost beside what the model charges."""
        return sum(lever.cost * at for lever, at in zip(self.levers, plan, strict=True))

    def _loaded(self, plan: Plan) -> Scenario | str:
        if plan not in self._known:
            self._known[plan] = self._load(plan)
        return self._known[plan]

    def _load(self, plan: Plan) -> Scenario | str:
        try:
            scenario = scenario_of(self, plan)
        except ScenarioError as error:
            return str(error.problems[0])
        return next(broken_terms(scenario, self.as_of), scenario)


def scenario_of(question: Question, plan: Plan) -> Scenario:
    """The season under a plan.

    Raises:
        ScenarioError: everything that is wrong with it.
    """
    policy = question.policy(plan)
    changes = policy_changes(policy, question.policies[policy])
    changes += [
        lever.change(at)
        for lever, at in zip(question.levers, plan, strict=True)
        if lever.path != POLICY
    ]
    tree = expand_tables(apply_changes(question.base, changes))
    return next(iter(policy_scenarios(tree).values()))


def load_question(season: str, settings: Sequence[str] = ()) -> Question:
    """Read a season and its plan.

    Raises:
        ScenarioError: everything that is wrong with the season, its policies, or the plan.
    """
    tree = read_season(season, settings)
    policy_scenarios(tree)
    written = _season(tree)
    if written.plan is None:
        problem = Problem("plan", "this season has no plan to size", _HINT)
        raise ScenarioError(placed(problem, tree))
    problems = [
        *_target_problems(written.plan, tree),
        *_policy_problems(written.plan, list(written.policies), tree),
    ]
    if problems:
        raise ScenarioError(problems)
    question = _question(written, written.plan, tree)
    problems = list(_lever_problems(question, tree))
    if problems:
        raise ScenarioError(dict.fromkeys(problems))
    return question


def _season(tree: Node) -> Scenario:
    from sim.scenario.locating import plain
    from sim.scenario.scenario import Scenario

    return Scenario.model_validate(plain(tree))


def _question(season: Scenario, plan: Block, tree: Node) -> Question:
    base = Node(dict(tree.value), tree.mark, dict(tree.keys))
    for about in ("policies", "plan", "validation"):
        base.value.pop(about, None)
    named = tree.child("policies")
    policies = {} if named is None else {str(key): node for key, node in named.items()}
    return Question(
        season=season,
        base=base,
        policies=policies or {BASELINE: Node({}, tree.mark)},
        levers=tuple(
            lever_of(path, lever, season, find(tree, f"plan.levers.{path}")[1].mark)
            for path, lever in plan.levers.items()
        ),
        goals=tuple(
            goal_of(name, target, find_kpi(figure_of(name)))
            for name, target in plan.targets.items()
        ),
        cheapest_by=plan.cheapest_by,
        as_of=plan.as_of,
    )


def _target_problems(plan: Block, tree: Node) -> Iterator[Problem]:
    for name, target in plan.targets.items():
        problem = _target_problem(name, target)
        if problem is not None:
            yield placed(problem, tree)


def _target_problem(name: str, target: Target) -> Problem | None:
    path = f"plan.targets.{name}"
    if name in EVENTS:
        if target.at_least or target.bound:
            hint = "write e.g. none in 95% of seasons"
            return Problem(path, "something that goes wrong is to happen in none", hint)
        if target.share is None:
            hint = "write e.g. none in 95% of seasons"
            return Problem(path, "needs a share of seasons", hint)
        return None
    if name.partition(":")[0] not in KPIS:
        known = [*KPIS, *EVENTS]
        close = get_close_matches(name, known, n=1)
        hint = f"did you mean {close[0]!r}?" if close else "see the KPI reference"
        return Problem(path, "no KPI has this name", hint)
    unit = find_kpi(name).unit
    if target.unit and target.unit != unit and not (target.unit == "%" and unit == "share"):
        written = "a percentage" if unit == "share" else unit
        return Problem(path, "is in another unit than the KPI", f"the KPI is in {written}")
    return None


def _policy_problems(plan: Block, known: list[str], tree: Node) -> Iterator[Problem]:
    lever = plan.levers.get(POLICY)
    for path, each in plan.levers.items():
        if each.values == "all" and path != POLICY:
            problem = Problem(f"plan.levers.{path}", "only the policy has all for a value")
            yield placed(problem, tree)
    if lever is None or lever.values == "all":
        if lever is not None and not known:
            yield placed(Problem("plan.levers.policy", "this season has no policies"), tree)
        return
    names = lever.values if isinstance(lever.values, tuple) else ()
    wrong = [name for name in names if name not in known]
    if wrong or not names:
        hint = f"known: {', '.join(known) or 'none'}"
        shown = f"there is no policy called {str(wrong[0])!r}" if wrong else "takes names"
        yield placed(Problem("plan.levers.policy", shown, hint), tree)


def _lever_problems(question: Question, tree: Node) -> Iterator[Problem]:
    """Every value that no season takes, each lever on its own; and too many combinations."""
    choices = 1
    for number, lever in enumerate(question.levers):
        choices *= 1 if lever.ordered else len(lever.values)
        if lever.path != POLICY:
            yield from _refused(question, number)
    if choices > _MOST_CHOICES:
        message = f"the lists of values make {choices} combinations"
        hint = f"at most {_MOST_CHOICES} can be searched; ranges may have many values"
        yield placed(Problem("plan.levers", message, hint), tree)


def _refused(question: Question, number: int) -> Iterator[Problem]:
    lever = question.levers[number]
    last = len(lever.values) - 1
    # The second value of a range shows a step that the setting does not take.
    tried = set(range(last + 1)) if lever.listed else {0, min(1, last), last}
    for at in sorted(tried):
        try:
            season = expand_tables(apply_changes(question.base, [lever.change(at)]))
            policy_scenarios(season)
        except ScenarioError as error:
            yield from error.problems
