"""How a command simulates, and the run in which it keeps what is finished."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer

from sim.cli.console import complain
from sim.experiment.replicate import How

if TYPE_CHECKING:
    from concurrent.futures import Executor

    import pandas as pd

    from sim.experiment.store import Keeper
    from sim.scenario import Scenario

_HOW: Final = frozenset(
    {"out_folder", "html", "workers", "as_json", "quiet", "every_figure", "customers", "cluster"}
)
"""Options that change no result."""
_SCENARIO: Final = frozenset({"season", "settings"})
"""What the stored scenarios say better."""


@dataclass(frozen=True, slots=True)
class Work:
    """How a command simulates."""

    workers: int | None
    quiet: bool
    executor: "Executor | None" = None
    """Of a cluster; None: processes of this machine."""
    keeper: "Keeper | None" = None
    """The run in which it keeps finished seasons; None: nowhere."""

    @property
    def how(self) -> How:
        """What `replicate` and its like are told."""
        return {"workers": self.workers, "executor": self.executor, "memory": self.keeper}

    def finish(
        self,
        answer: Mapping[str, Any],
        tables: "Callable[[], Mapping[str, pd.DataFrame]]" = dict,
    ) -> None:
        """Make the run whole; after Ctrl-C, when the answer is partial, only say where it is."""
        if self.keeper is None:
            return
        if "replications_wanted" in answer or answer.get("status") == "interrupted":
            complain(_kept(self.keeper))
            return
        self.keeper.finish(answer, tables)
        complain(f"Written to {self.keeper.folder}")


@contextmanager
def working(
    context: typer.Context,
    policies: "Mapping[str, Scenario]",
    folder: Path | None,
    workers: int | None,
    quiet: bool,
    *,
    wanted: int,
    looks: int = 1,
    cluster: str | None = None,
    further: Mapping[str, Any] | None = None,
) -> Iterator[Work]:
    """Keep what is finished in a folder, if one is given, whatever ends the work.

    Args:
        context: The command with its options.
        policies: The season under each policy.
        folder: As given with `--out`.
        workers: Processes; None: one per core.
        quiet: Show no progress.
        wanted: Seasons of each study, at most.
        looks: How often the study may end.
        cluster: Address as given with `--cluster`; None: processes of this machine.
        further: What decides the answer beside the options and the policies, as JSON values.

    Raises:
        StoreError: The folder holds something else than this run, or cannot be written.
        ClusterError: There is no cluster at the address, or it was lost.
    """
    with ExitStack() as opened:
        keeper = None
        if folder is not None:
            keeper = opened.enter_context(
                _kept_in(folder, context, policies, wanted, looks, quiet, further or {})
            )
        executor = None if cluster is None else opened.enter_context(_cluster(cluster))
        yield Work(workers, quiet, executor, keeper)


@contextmanager
def _kept_in(
    folder: Path,
    context: typer.Context,
    policies: "Mapping[str, Scenario]",
    wanted: int,
    looks: int,
    quiet: bool,
    further: Mapping[str, Any],
) -> "Iterator[Keeper]":
    from sim.experiment.figures import counted
    from sim.experiment.store import Asked, Keeper

    asked = Asked(
        command=str(context.info_name),
        arguments=_arguments(context),
        options={
            name: _plain(value)
            for name, value in context.params.items()
            if name not in _HOW | _SCENARIO and value not in (None, ())
        }
        | dict(further),
        scenarios=policies,
        seed=context.params["seed"],
        wanted=wanted,
        looks=looks,
    )
    with Keeper(folder, asked) as keeper:
        if keeper.finished and not keeper.is_whole and not quiet:
            done = counted(keeper.finished, "simulated season")
            complain(f"Going on: {keeper.folder} keeps {done}.")
        try:
            yield keeper
        except KeyboardInterrupt:
            complain(_kept(keeper))
            raise


@contextmanager
def _cluster(address: str) -> "Iterator[Executor]":
    from sim.experiment.cluster import cluster, is_open_to_others

    if is_open_to_others(address):
        complain(
            f"{address}: is neither encrypted nor authenticated: whoever reaches it can run code on"
            " every worker. Use tls://, or 127.0.0.1 through a tunnel."
        )
    with cluster(address) as executor:
        yield executor


def _kept(keeper: "Keeper") -> str:
    return f"What is finished is kept in {keeper.folder}: the same command goes on from there."


def _arguments(context: typer.Context) -> tuple[str, ...]:
    """Words behind `peakwise` that ask the same, each option spelled out."""
    words = [str(context.info_name)]
    for parameter in context.command.params:
        value = context.params.get(str(parameter.name))
        if parameter.name in _HOW or value in (None, False, ()):
            continue
        is_option = parameter.param_type_name == "option"
        name = [max(parameter.opts, key=len)] if is_option else []
        for each in value if getattr(parameter, "multiple", False) else [value]:
            parts = each if isinstance(each, tuple) else (each,)
            words += [*name, *(str(part) for part in parts if part is not True)]
    return tuple(words)


def _plain(value: Any) -> Any:
    """A value of an option as JSON has it."""
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value if isinstance(value, bool | int | float | str) else str(value)
