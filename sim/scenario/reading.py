"""From the text of a scenario to a tree in which every value knows its place.

The text may come from anybody, so depth, aliases and values are counted as they come. YAML 1.2
decides what is a number; dates, times, `yes`, `no` and numbers with a leading zero stay text, as
the setting that holds them knows best what they mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sim.errors import BadValue, Problem, ScenarioError
from sim.scenario.files import MOST_BYTES, read_text
from sim.scenario.locating import Key, Mark, Node, Source

if TYPE_CHECKING:
    from ruamel.yaml.events import Event, ScalarEvent

MOST_ALIASES: Final = 100
"""Most uses of `*name` in one file."""
MOST_NODES: Final = 200_000
"""Most values in one file, those behind aliases counted each time they are used."""
DEEPEST: Final = 64
"""Deepest nesting."""
LONGEST_VALUE: Final = 10_000
"""Longest single value, in characters."""
_MOST_DIGITS = 40

_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,4})?")
_WORDS: Final = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
}


def read_tree(path: str | Path) -> Node:
    """Tree of a scenario file; files that it names must be in its own folder.

    Raises:
        ScenarioError: the file cannot be read, or is not one mapping in YAML.
    """
    resolved = Path(path).resolve()
    repeated: list[Problem] = []
    tree = read_source(Source(str(path), resolved, resolved.parent), repeated)
    if repeated:
        raise ScenarioError(repeated)
    return tree


def read_source(source: Source, repeated: list[Problem]) -> Node:
    """Tree of a scenario file with a known root folder; settings written twice are noted."""
    return parse_tree(read_text(source, MOST_BYTES), source, repeated)


def parse_tree(text: str, source: Source, repeated: list[Problem]) -> Node:
    """Tree of a scenario's text.

    Args:
        text: the text.
        source: where it is from.
        repeated: takes up the problems of settings that are written twice; the last one holds.

    Raises:
        ScenarioError: it is not one mapping in YAML.
    """
    tree = _compose(text, source, repeated)
    if tree is None or tree.is_empty:
        mark = Mark(source, 1, 1) if tree is None else tree.mark
        raise _error(mark, "the file is empty", _FIRST_LINES)
    if not tree.is_mapping:
        what = "a list" if tree.is_list else "a single value"
        raise _error(tree.mark, f"the file holds {what}, not settings", _FIRST_LINES)
    return tree


def parse_value(text: str, source: Source) -> Node:
    """Tree of one value, as it may stand behind a colon or in a setting of the command line.

    Raises:
        ScenarioError: it is not YAML.
    """
    repeated: list[Problem] = []
    tree = _compose(text, source, repeated)
    if repeated:
        raise ScenarioError(repeated)
    return Node(None, Mark(source)) if tree is None else _at_source(tree, source)


def read_scalar(text: str) -> Any:
    """Value that YAML 1.2 reads in plain text: a number, true, false, nothing, or the text.

    Raises:
        BadValue: a number with an absurd number of digits.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    is_int = _INT.fullmatch(text) is not None
    if not is_int and _FLOAT.fullmatch(text) is None:
        return text
    if len(text) > _MOST_DIGITS:
        raise BadValue(
            message=f"is a number of {len(text)} digits", hint="put it in quotes if it is a name"
        )
    return int(text) if is_int else float(text)


_FIRST_LINES = "start from the file that `peakwise new` writes"


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being filled."""

    node: Node
    anchor: str | None
    key: Key | None = None
    key_mark: Mark | None = None


@dataclass(slots=True)
class _Composer:
    """Builds the tree from YAML events, keeping to the limits."""

    source: Source
    root: Node | None = None
    stack: list[_Open] = field(default_factory=list)
    anchors: dict[str, Node] = field(default_factory=dict)
    sizes: dict[int, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    documents: int = 0
    aliases: int = 0
    nodes: int = 0

    def take(self, event: Event) -> None:
        """Take the next event."""
        from ruamel.yaml import events

        mark = self._mark(event.start_mark)
        if isinstance(event, events.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise _error(mark, "a second document begins here", "a scenario is one document")
        elif isinstance(event, events.MappingStartEvent | events.SequenceStartEvent):
            self._begin(event, mark, is_list=isinstance(event, events.SequenceStartEvent))
        elif isinstance(event, events.MappingEndEvent | events.SequenceEndEvent):
            self._end()
        elif isinstance(event, events.ScalarEvent):
            self._scalar(event, mark)
        elif isinstance(event, events.AliasEvent):
            self._alias(str(event.anchor), mark)

    def _begin(self, event: Any, mark: Mark, *, is_list: bool) -> None:
        self._refuse_tag(event, mark)
        if self._expects_key():
            raise _error(mark, "a list or mapping cannot be a name", "write `name: value`")
        if len(self.stack) >= DEEPEST:
            raise _error(mark, f"nested more than {DEEPEST} levels deep")
        self.stack.append(_Open(Node([] if is_list else {}, mark), event.anchor))

    def _end(self) -> None:
        done = self.stack.pop()
        self._add(done.node, done.anchor)

    def _scalar(self, event: ScalarEvent, mark: Mark) -> None:
        self._refuse_tag(event, mark)
        text = event.value
        if len(text) > LONGEST_VALUE:
            raise _error(mark, f"a value of more than {LONGEST_VALUE:,} characters")
        is_plain = event.style is None and event.implicit[0]
        try:
            value = read_scalar(text) if is_plain else text
        except BadValue as error:
            raise _error(mark, error.message, error.hint) from None
        if self._expects_key():
            self._take_key(value, text, mark)
        else:
            self._add(Node(value, mark, raw=text), event.anchor)

    def _alias(self, name: str, mark: Mark) -> None:
        self.aliases += 1
        if self.aliases > MOST_ALIASES:
            raise _error(mark, f"more than {MOST_ALIASES} aliases", "write the values out")
        target = self.anchors.get(name)
        if target is None:
            inside = any(name == opened.anchor for opened in self.stack)
            message = "contains itself" if inside else "is not defined above"
            raise _error(mark, f"the alias *{name} {message}")
        if self._expects_key():
            raise _error(mark, "an alias cannot be a name")
        self._add(target, None)

    def _take_key(self, value: Any, text: str, mark: Mark) -> None:
        """Remember a key; whole numbers stay numbers, everything else is the text as typed."""
        opened = self.stack[-1]
        whole = isinstance(value, int) and not isinstance(value, bool)
        key: Key = value if whole else text
        if key == "<<":
            raise _error(mark, "merge keys (<<) are not read", "use `extends`, or write it out")
        before = opened.node.keys.get(key)
        if before is not None:
            self.problems.append(
                Problem(
                    self._place(key),
                    f"is written twice, first on line {before.line}",
                    "keep one of them",
                    self.source.shown,
                    mark.line,
                    mark.column,
                )
            )
        opened.key, opened.key_mark = key, mark

    def _add(self, node: Node, anchor: str | None) -> None:
        """Put a finished node into what is being filled."""
        size = self.sizes.get(id(node))
        if size is None:
            size = 1 + sum(self.sizes[id(child)] for _, child in node.items())
            self.sizes[id(node)] = size
            self.nodes += 1
        else:
            self.nodes += size
        if max(self.nodes, size) > MOST_NODES:
            raise self._too_many(node.mark)
        if anchor is not None:
            self.anchors[str(anchor)] = node
        if not self.stack:
            self.root = node
            return
        opened = self.stack[-1]
        if isinstance(opened.node.value, list):
            opened.node.value.append(node)
            return
        if opened.key is not None and opened.key_mark is not None:
            opened.node.value[opened.key] = node
            opened.node.keys[opened.key] = opened.key_mark
        opened.key = None

    def _too_many(self, mark: Mark) -> ScenarioError:
        """More values than are read: those that were written, or those behind aliases."""
        if len(self.sizes) > MOST_NODES:
            return _error(
                mark, f"more than {MOST_NODES:,} values", "put long tables into CSV files"
            )
        message = f"more than {MOST_NODES:,} values, those behind aliases counted at each use"
        return _error(mark, message, "use fewer aliases")

    def _expects_key(self) -> bool:
        return bool(self.stack) and self.stack[-1].node.is_mapping and self.stack[-1].key is None

    def _refuse_tag(self, event: Any, mark: Mark) -> None:
        tag = str(event.ctag) if getattr(event, "ctag", None) is not None else ""
        if tag and not tag.endswith((":str", "None")) and tag != "!":
            raise _error(mark, f"tags such as {tag!r} are not read", "remove the tag")

    def _place(self, key: Key) -> str:
        """Dotted path of a key in the mapping that is being filled."""
        steps = [
            len(opened.node.value) if opened.node.is_list else opened.key
            for opened in self.stack[:-1]
        ]
        return ".".join(str(step) for step in [*steps, key])

    def _mark(self, mark: Any) -> Mark:
        return Mark(self.source, mark.line + 1, mark.column + 1)


def _compose(text: str, source: Source, repeated: list[Problem]) -> Node | None:
    """Tree of the text's only document; None if there is none.

    Raises:
        ScenarioError: broken YAML, or a limit is passed.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    composer = _Composer(source)
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            composer.take(event)
    except MarkedYAMLError as error:
        raise _explained(error, source, composer.problems) from None
    except (YAMLError, ValueError, RecursionError) as error:
        problem = Problem("", f"cannot be read as YAML: {type(error).__name__}", None, source.shown)
        raise ScenarioError([*composer.problems, problem]) from None
    repeated.extend(composer.problems)
    return composer.root


def _explained(error: Any, source: Source, before: list[Problem]) -> ScenarioError:
    """Broken YAML in plain words, with what is usually the cause."""
    mark, opened = error.problem_mark, error.context_mark
    problem = str(error.problem or "cannot be read")
    message, hint = problem, "check the indentation and the quotes of this line"
    if "'\\t'" in problem:
        message, hint = "a tab is used for indentation", "use spaces"
    elif "mapping values are not allowed" in problem:
        message = "a colon where none can stand"
        hint = "put text that contains `: ` in quotes, or check the indentation"
    elif "cannot start any token" in problem:
        hint = "put the text in quotes"
    elif "stream end" in problem or "end of stream" in problem:
        message, hint = "the file ends too early", _unclosed(opened)
    elif "expected <block end>" in problem:
        message = "does not line up with the lines above"
        hint = "settings of one group begin in the same column"
    elif "expected ',' or" in problem:
        message, hint = "a comma or a closing bracket is missing", _unclosed(opened)
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (None, None)
    return ScenarioError([*before, Problem("", message, hint, source.shown, line, column)])


def _unclosed(opened: Any) -> str:
    if opened is None:
        return "close what was opened"
    return f"close what was opened on line {opened.line + 1}, column {opened.column + 1}"


def _at_source(node: Node, source: Source) -> Node:
    """The same tree without lines and columns, as a setting of the command line has none."""
    mark = Mark(source)
    children: Any = node.value
    if isinstance(children, dict):
        children = {key: _at_source(child, source) for key, child in children.items()}
    elif isinstance(children, list):
        children = [_at_source(child, source) for child in children]
    return Node(children, mark, dict.fromkeys(node.keys, mark), node.raw)


def _error(mark: Mark, message: str, hint: str | None = None) -> ScenarioError:
    return ScenarioError(Problem("", message, hint, mark.source.shown, mark.line, mark.column))
