"""A tree of compiled helpers is translated helper by helper, and made machine code once."""

import pytest

from sim.warehouse.compiled import COMPILES, compiled

pytestmark = pytest.mark.skipif(not COMPILES, reason="nothing is compiled")


@compiled
def _least(a: int, b: int) -> int:
    return min(a, b)


@compiled
def _left(a: int, b: int) -> int:
    return _least(a, b) + max(a, b)


@compiled
def _right(a: int, b: int) -> int:
    return 100 * _least(b, a)


def _both(a: int, b: int) -> int:
    return _left(a, b) + _right(a, b)


def _entry():
    import numba

    from sim.warehouse.linking import EntryCompiler

    return numba.njit(pipeline_class=EntryCompiler)(_both)


def test_helpers_that_share_a_helper_are_linked_into_their_entry() -> None:
    assert _entry()(7, 3) == 3 + 7 + 300


def test_only_the_entry_is_machine_code() -> None:
    entry = _entry()
    entry(7, 3)
    (made,) = entry.overloads.values()
    symbol = made.fndesc.llvm_func_name
    assert made.library.get_pointer_to_function(symbol) != 0
    for helper in (_least, _left, _right):
        (made,) = helper.overloads.values()
        assert made.library.get_pointer_to_function(made.fndesc.llvm_func_name) == 0
