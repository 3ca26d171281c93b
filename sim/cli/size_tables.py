"""A sizing on the screen: the verdict, the targets, what each lever does, and whom to hire."""

from collections.abc import Iterator
from typing import Any

from rich.table import Table

from sim.cli.console import out, say
from sim.cli.effects import say_effects
from sim.cli.tables import plain_table
from sim.experiment.figures import amount, money
from sim.report.forms import UNKNOWN

Answer = dict[str, Any]


def print_sizing(answer: Answer) -> None:
    """Print the answer, the part that decides first."""
    say(answer["scenario"], "bold")
    if answer["question"]:
        say(answer["question"], "italic")
    out.line()
    say(answer["verdict"])
    for table in _tables(answer):
        out.print(table)
    if answer["surge"]:
        say(answer["surge"]["verdict"])
    _print_method(answer)
    say_effects(answer)


def _tables(answer: Answer) -> Iterator[Table]:
    if answer["targets"]:
        yield _targets(answer)
    if answer["steps"]:
        yield _steps(answer)
    if len(answer["frontier"]) > 1:
        yield _frontier(answer)
    others = answer["choices"]
    if len(others["searched"]) > 1 or others["ruled_out"] or others["impossible"]:
        yield _choices(answer)
    if answer["requisition"]:
        yield _requisition(answer)


def _titled(title: str, *columns: str) -> Table:
    table = plain_table()
    table.title, table.title_justify = title, "left"
    for number, column in enumerate(columns):
        table.add_column(column, justify="left" if number == 0 else "right")
    return table


def _targets(answer: Answer) -> Table:
    seasons = answer["targets"][0]["seasons"]
    table = _titled("Targets", "", f"Of {seasons} seasons", "Known share", "Reached", "")
    for each in answer["targets"]:
        reached = UNKNOWN
        if each["at_share"] is not None:
            reached = amount(each["at_share"], each["unit"], answer["currency"])
        share = UNKNOWN
        if each["share"] is not None:
            share = f"{100 * each['low']:.1f}% or more"
        binds = ", binds" if each["binding"] and each["outcome"] == "met" else ""
        label = f"{each['label']}: {each['target']}"
        table.add_row(label, f"{each['kept']}", share, reached, each["outcome"] + binds)
    return table


def _steps(answer: Answer) -> Table:
    seasons, goals = answer["steps"][0]["seasons"], len(answer["targets"])
    keep = [f"T{number + 1}" for number in range(goals)]
    table = _titled(
        f"One step of each lever, on {seasons} fresh seasons (T: seasons that keep each target)",
        "",
        "to",
        "Profit",
        "Cost",
        *keep,
    )
    for step in answer["steps"]:
        table.add_row(
            step["lever"],
            step["to"],
            _interval(step["profit"], answer["currency"]),
            _interval(step["cost"], answer["currency"]),
            *(str(each["kept"]) for each in step["targets"]),
        )
    return table


def _interval(known: dict[str, float | None], currency: str) -> str:
    mean, low, high = known["mean"], known["low"], known["high"]
    if mean is None:
        return UNKNOWN
    text = money(mean, currency, sign=True)
    if low is None or high is None or low == high:
        return text
    return f"{text} ({money(low, currency, sign=True)} to {money(high, currency, sign=True)})"


def _frontier(answer: Answer) -> Table:
    points = answer["frontier"]
    names = _moving(points)
    table = _titled(
        f"Cost against service, on {answer['steps'][0]['seasons']} fresh seasons",
        *names,
        "Cost",
        "Profit",
        "All kept",
    )
    for point in points:
        table.add_row(
            *(point["levers"][name] for name in names),
            money(point["cost"], answer["currency"]),
            money(point["profit"], answer["currency"]),
            f"{point['all_kept']}{' ←' if point['chosen'] else ''}",
        )
    return table


def _moving(points: list[dict[str, Any]]) -> list[str]:
    """Levers that differ between plans."""
    names = list(points[0]["levers"])
    moving = [name for name in names if len({point["levers"][name] for point in points}) > 1]
    return moving or names[:1]


def _choices(answer: Answer) -> Table:
    found = answer["choices"]
    table = _titled("Other choices", "", "Outcome")
    chosen = answer["plan"]["levers"]
    for each in found["searched"]:
        mine = all(chosen[name] == value for name, value in each["choice"].items())
        table.add_row(_named(each), f"{'chosen' if mine else 'best found'}: {_own_levers(each)}")
    for each in found["ruled_out"]:
        behind = money(each["behind"], answer["currency"])
        how = f"with its least, {_own_levers(each)}" if each["meets"] else "with the same levers"
        table.add_row(_named(each), f"ruled out: {behind} behind {how}")
    for each in found["impossible"]:
        table.add_row(_named(each), "does not meet the targets even at its safest")
    return table


def _own_levers(each: dict[str, Any]) -> str:
    """The levers of a choice beside itself."""
    return ", ".join(
        f"{name} {value}" for name, value in each["levers"].items() if name not in each["choice"]
    )


def _named(each: dict[str, Any]) -> str:
    return ", ".join(each["choice"].values()) or "this season"


def _requisition(answer: Answer) -> Table:
    table = _titled(
        "People to hire, and to keep", "", "People", "Decide by", "From", "To", "Training", "Cost"
    )
    for each in answer["requisition"]:
        table.add_row(
            f"{each['cohort']} ({each['team']}), {each['roster']}",
            str(each["people"]),
            each["decide_by"] or "on board",
            each["start"] or "",
            each["end"] or "",
            f"{each['training_days']} days" if each["training_days"] else "",
            money(each["cost"], answer["currency"]),
        )
    return table


def _print_method(answer: Answer) -> None:
    """How the answer came about, and how far it can be trusted."""
    seasons = answer["seasons"]
    sure = f"{100 * answer['confidence']:g}%"
    by = "leaves the most profit" if answer["cheapest_by"] == "profit" else "costs the least"
    text = f"Cheapest is what {by}, of the plans that the search looked at."
    chosen = answer["selection"]
    if chosen and len(chosen["finalists"]) > 1:
        zone = money(chosen["zone"], answer["currency"])
        is_one = any(each["levers"] == answer["plan"]["levers"] for each in chosen["finalists"])
        who = "it" if is_one else "the one that it was made safer from"
        text += (
            f" Of {len(chosen['finalists'])} finalists {who} is the best with {sure} confidence, if"
            f" that is ahead by {zone}."
        )
    text += (
        f" The search looked at {seasons['search']} seasons; the targets were tested on"
        f" {seasons['fresh']} others (attempt {seasons['attempts']}). Seasons differ by the"
        f" forecast error too. Seed {answer['seed']}, {seasons['simulated']:,} simulated."
    )
    say(text, "dim")
    if answer["plan"]:
        say(f"To look closer: --set {' --set '.join(map(repr, answer['plan']['settings']))}", "dim")
