"""From a sound scenario file to a broken one, by bytes, by lines, or by what it means."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.fuzz.hostile import ALL, Raw, value

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random


@dataclass(frozen=True)
class Base:
    """A sound scenario: its text, what the text means, and the table that it names."""

    name: str
    text: bytes
    tree: Any
    table: tuple[str, bytes] | None = None


@dataclass(frozen=True)
class Mutant:
    """The files of one case."""

    base: str
    how: str
    text: bytes
    table: tuple[str, bytes] | None


def mutant(rng: Random, bases: list[Base]) -> Mutant:
    """A scenario with one mutation, or a few."""
    base = rng.choice(bases)
    kind = rng.random()
    table = base.table
    if table is not None and rng.random() < 0.25:
        how, data = _by_bytes(rng, table[1]) if rng.random() < 0.5 else _by_cells(rng, table[1])
        return Mutant(base.name, f"table {how}", base.text, (table[0], data))
    if kind < 0.2:
        how, text = _by_bytes(rng, base.text)
    elif kind < 0.4:
        how, text = _by_lines(rng, base.text)
    elif kind < 0.55:
        how, text = _by_scalars(rng, base.text)
    else:
        how, text = _by_meaning(rng, base.tree)
    return Mutant(base.name, how, text, table)


# --- bytes ------------------------------------------------------------------------------------


def _by_bytes(rng: Random, text: bytes) -> tuple[str, bytes]:
    data = bytearray(text)
    how = rng.choice(["flip", "cut", "insert", "delete", "repeat", "encode", "noise"])
    at = rng.randrange(len(data))
    if how == "flip":
        for _ in range(rng.choice([1, 1, 2, 5, 50])):
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    elif how == "cut":
        del data[at:]
    elif how == "insert":
        odd = [
            b"\t",
            b"\x00",
            b"\xff",
            b"\xc3\x28",
            b"\r",
            b"\x85",
            b"\xe2\x80\xa8",
            b"---\n",
            b"...\n",
            b"%YAML 9\n",
        ]
        data[at:at] = rng.choice(
            [*odd, bytes(rng.choices(b" :{}[],&*#?|-'\"%@`\n", k=rng.randint(1, 4)))]
        )
    elif how == "delete":
        del data[at : at + rng.choice([1, 2, 10, 300])]
    elif how == "repeat":
        data[at:at] = data[at : at + rng.choice([1, 20, 400])] * rng.choice([1, 2, 50])
    elif how == "encode":
        name = rng.choice(["utf-16", "utf-16-le", "utf-32", "utf-8-sig", "latin-1", "cp037"])
        return f"encode {name}", text.decode().encode(name, "replace")
    else:
        return "noise", rng.randbytes(rng.choice([0, 1, 10, 1000]))
    return how, bytes(data)


# --- lines ------------------------------------------------------------------------------------


def _by_lines(rng: Random, text: bytes) -> tuple[str, bytes]:
    lines = text.decode().split("\n")
    how = rng.choice(
        ["drop", "double", "swap", "indent", "outdent", "join", "tab", "crlf", "shuffle"]
    )
    for _ in range(rng.choice([1, 1, 1, 3])):
        a, b = rng.randrange(len(lines)), rng.randrange(len(lines))
        if how == "drop" and len(lines) > 1:
            del lines[a]
        elif how == "double":
            lines.insert(b, lines[a])
        elif how == "swap":
            lines[a], lines[b] = lines[b], lines[a]
        elif how == "indent":
            lines[a] = rng.choice([" ", "  ", "    "]) + lines[a]
        elif how == "outdent":
            lines[a] = lines[a].removeprefix(rng.choice([" ", "  "]))
        elif how == "join" and a + 1 < len(lines):
            lines[a : a + 2] = [lines[a] + lines[a + 1]]
        elif how == "tab":
            lines[a] = "\t" + lines[a].lstrip()
        elif how == "crlf":
            lines[a] += "\r"
        elif how == "shuffle":
            part = lines[a : a + 5]
            rng.shuffle(part)
            lines[a : a + 5] = part
    return how, "\n".join(lines).encode()


_SCALAR = re.compile(r"(?<=: )[^\s#{}\[\],:][^\n#{}\[\],]*")


def _by_scalars(rng: Random, text: bytes) -> tuple[str, bytes]:
    """Put a hostile value in the place of one that stands there, and leave everything else."""
    source = text.decode()
    found = list(_SCALAR.finditer(source))
    for place in sorted(
        rng.sample(found, min(len(found), rng.choice([1, 1, 2]))), key=lambda m: -m.start()
    ):
        new = rng.choice(ALL)
        if rng.random() < 0.4:  # the same, with another number
            new = re.sub(
                r"[0-9][0-9.]*",
                rng.choice(["0", "1", "-1", "1e9", "1e15", "1e-9", "nan"]),
                place[0],
                count=1,
            )
        source = source[: place.start()] + new + source[place.end() :]
    return "scalar", source.encode()


# --- meaning ----------------------------------------------------------------------------------


def _by_meaning(rng: Random, tree: Any) -> tuple[str, bytes]:
    tree = json.loads(json.dumps(tree))
    how = "+".join(_change(rng, tree) for _ in range(rng.choice([1, 1, 1, 2, 4])))
    return how, written(tree).encode("utf-8", "surrogatepass")


def _change(rng: Random, tree: Any) -> str:
    spots = _spots(tree)
    holder, key = rng.choice(spots)
    if isinstance(holder, list) and not isinstance(key, int):
        return "none"
    other_holder, other_key = rng.choice(spots)
    changes: dict[str, Callable[[], Any]] = {
        "value": lambda: holder.__setitem__(key, value(rng)),
        "delete": lambda: holder.__delitem__(key),
        "borrow": lambda: holder.__setitem__(key, Raw(written_value(other_holder[other_key]))),
        "scale": lambda: holder.__setitem__(key, _scaled(rng, holder[key])),
        "wrap": lambda: holder.__setitem__(key, rng.choice([[holder[key]], {"a": holder[key]}])),
        "rename": lambda: _rename(rng, holder, key),
        "repeat": lambda: _repeat(rng, holder, key),
        "empty": lambda: holder.__setitem__(key, rng.choice([Raw(""), [], {}, 0])),
    }
    how = rng.choice([*changes, "value", "value", "scale", "scale"])
    changes[how]()
    return how


def _spots(node: Any) -> list[tuple[Any, Any]]:
    """Every place in the tree: the mapping or list, and the key in it."""
    found: list[tuple[Any, Any]] = []
    items = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node)
        if isinstance(node, list)
        else ()
    )
    for key, child in list(items):
        found.append((node, key))
        if not isinstance(child, str):
            found.extend(_spots(child))
    return found or [({"a": 1}, "a")]


def _scaled(rng: Random, old: Any) -> Any:
    """The same kind of value, with other numbers in it."""
    factor = rng.choice([0, 1e-12, 1e-3, 0.1, 2, 10, 1000, 1e6, 1e9, 1e15, -1])
    if isinstance(old, bool) or not isinstance(old, int | float | str):
        return old
    if isinstance(old, str):
        return re.sub(r"[0-9]+(\.[0-9]+)?", lambda m: f"{float(m[0]) * factor:g}", old, count=1)
    return old * factor


def _rename(rng: Random, holder: Any, key: Any) -> None:
    if not isinstance(holder, dict):
        return
    new = rng.choice(
        [
            key[:-1],
            key + "s",
            key.upper(),
            key + "." + key,
            "",
            "<<",
            "extends",
            "policies",
            "0",
            "null",
            "é",
        ]
    )
    moved = {new if each == key else each: child for each, child in holder.items()}
    holder.clear()
    holder.update(moved)


def _repeat(rng: Random, holder: Any, key: Any) -> None:
    times = rng.choice([1, 2, 50])
    if isinstance(holder, list):
        holder.extend([holder[key]] * times)
    elif isinstance(holder[key], list):
        holder[key] = holder[key] * (times + 1)
    else:
        for n in range(times):
            holder[f"{key}{n}"] = holder[key]


def _by_cells(rng: Random, text: bytes) -> tuple[str, bytes]:
    lines = text.decode().split("\n")
    for _ in range(rng.choice([1, 1, 5])):
        row = rng.randrange(len(lines))
        cells = lines[row].split(",")
        cells[rng.randrange(len(cells))] = rng.choice(ALL)
        if rng.random() < 0.2:
            cells.append("more")
        lines[row] = ",".join(cells)
    return "cells", "\n".join(lines).encode("utf-8", "surrogatepass")


# --- writing ----------------------------------------------------------------------------------


def written(tree: Any) -> str:
    """A tree as YAML, one setting of the first level per line."""
    if not isinstance(tree, dict):
        return written_value(tree)
    return "\n".join(f"{_key(key)}: {written_value(child)}" for key, child in tree.items()) + "\n"


def written_value(node: Any) -> str:
    """A value in one line; JSON is YAML."""
    if isinstance(node, Raw):
        return str(node)
    if isinstance(node, dict):
        return (
            "{"
            + ", ".join(f"{_key(key)}: {written_value(child)}" for key, child in node.items())
            + "}"
        )
    if isinstance(node, list):
        return "[" + ", ".join(map(written_value, node)) + "]"
    return json.dumps(node, ensure_ascii=False)


def _key(key: Any) -> str:
    return json.dumps(key) if not re.fullmatch(r"[A-Za-z0-9_.]+", str(key)) else str(key)
