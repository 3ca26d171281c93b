"""Text that came from outside, made harmless for whatever format it goes into."""

from __future__ import annotations

import re
from typing import Final

_CONTROL: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""What XML refuses, and what turns the direction of the text around it."""


_SIGNED: Final = re.compile(r"([+\N{MINUS SIGN}\N{PLUS-MINUS SIGN}])(?=\S)")


def clean(text: str) -> str:
    r"""One line without characters that a document cannot hold.

    >>> clean("a\x00b\n c")
    'ab c'
    """
    return " ".join(_CONTROL.sub("", text).split())


def joined(text: str) -> str:
    r"""Text in which no line breaks between a sign and the amount behind it.

    >>> joined("known to ±$21k").split("\N{WORD JOINER}")
    ['known to ±', '$21k']
    """
    return _SIGNED.sub("\\1\N{WORD JOINER}", text)


def whole(text: str) -> str:
    r"""A short text that no line breaks apart, such as a date or a shift.

    >>> whole("Mon Nov 16") == "Mon\N{NO-BREAK SPACE}Nov\N{NO-BREAK SPACE}16"
    True
    """
    return joined(text).replace(" ", "\N{NO-BREAK SPACE}").replace("-", "-\N{WORD JOINER}")


def said(name: str | None) -> str:
    """A name within a sentence, which a long one would bury.

    >>> said("Backorder")
    'Backorder'
    """
    return short(name or "", 48)


def short(text: str, most: int) -> str:
    """A text of at most so many characters; what is left out is marked.

    >>> short("Backorder", 20), short("A name that goes on and on", 12)
    ('Backorder', 'A name that…')
    """
    text = clean(text)
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
