"""How compiled code reaches arrays: by their addresses.

A Numba array is seven machine words with a counted reference; seventeen of them, passed through
sixty helpers, took 24 s to compile and 3.4 us per order. So the flow gets one array of addresses.
Inside, `s.order` reads an address and `s.order[o]` adds an offset to it, nothing else, and the row
is Numba's own record. The owner of the arrays, the `State`, lives while the flow is called.
Uncompiled, `s` is that owner, and the same text reads the same arrays.
"""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba import from_dtype, types
from numba.core.typing.templates import AttributeTemplate
from numba.extending import (
    infer_getattr,
    intrinsic,
    lower_builtin,
    lower_getattr_generic,
    models,
    register_model,
    type_callable,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np

_WORD = ir.IntType(64)


class TablesType(types.Type):
    """Type of `s`: where the addresses of some tables lie."""

    def __init__(self, name: str, tables: Mapping[str, np.dtype[np.void]]) -> None:
        self.rows = {table: RowsType(from_dtype(dtype)) for table, dtype in tables.items()}
        self.position = {table: position for position, table in enumerate(tables)}
        super().__init__(name=name)


class RowsType(types.Type):
    """Type of `s.order` and its like: where the rows of one table lie."""

    def __init__(self, record: Any) -> None:
        self.record = record
        super().__init__(name=f"Rows({record})")


@register_model(TablesType)
@register_model(RowsType)
class _Address(models.PrimitiveModel):
    """A plain machine word."""

    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, _WORD)  # type: ignore[no-untyped-call]


@infer_getattr
class _TablesAttributes(AttributeTemplate):
    key = TablesType

    def generic_resolve(self, kind: Any, name: str) -> Any:  # type: ignore[override]
        """Type of one of the tables."""
        return kind.rows.get(name)


@lower_getattr_generic(TablesType)  # type: ignore[no-untyped-call]
def _read_address(context: Any, builder: Any, kind: Any, value: Any, name: str) -> Any:
    del context
    slot = builder.add(value, ir.Constant(_WORD, 8 * kind.position[name]))
    address = builder.load(builder.inttoptr(slot, _WORD.as_pointer()))
    # No address changes while the flow runs, so that it need not be read again.
    address.set_metadata("invariant.load", builder.module.add_metadata([]))
    return address


@type_callable(operator.getitem)
def _type_row(context: Any) -> Any:
    del context

    def typer(rows: Any, index: Any) -> Any:
        if isinstance(rows, RowsType) and isinstance(index, types.Integer):
            return rows.record
        return None

    return typer


@lower_builtin(operator.getitem, RowsType, types.Integer)  # type: ignore[no-untyped-call]
def _read_row(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    rows, index = arguments
    index = context.cast(builder, index, signature.args[1], types.int64)
    offset = builder.mul(index, ir.Constant(_WORD, signature.return_type.size))
    pointer = context.get_value_type(signature.return_type)
    return builder.inttoptr(builder.add(rows, offset), pointer)


def address_reader(name: str, tables: Mapping[str, np.dtype[np.void]]) -> Any:
    """What compiled code calls with an array of addresses, to get at the tables."""
    kind: Any = TablesType(name, tables)

    @intrinsic
    def tables_at(typing_context: Any, addresses: Any) -> Any:
        del typing_context

        def lower(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            array = context.make_array(signature.args[0])(context, builder, arguments[0])
            return builder.ptrtoint(array.data, _WORD)

        return kind(addresses), lower

    return tables_at
