"""Compiling a tree of helpers in one piece, when the entry that reaches them is compiled.

Numba links every helper with all that it calls, optimizes the lot, and makes machine code of it,
though Python calls only the entry: in a tree of 140 helpers most code is optimized many times over,
which took a third of the compile. Here a helper is only translated. Its entry links the whole tree,
and optimizes it once. The machine code is as fast, and gives the same results.
"""

from __future__ import annotations

from typing import Any

from numba import _dynfunc  # type: ignore[attr-defined]
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import register_pass
from numba.core.typed_passes import NativeLowering


class _HelperLibrary(JITCodeLibrary):
    """Code that waits to be linked into an entry."""

    def finalize(self) -> None:
        """Be complete, without linking, optimizing, or making machine code."""
        self._finalized = True


class _EntryLibrary(JITCodeLibrary):
    """Code that Python calls, with all helpers that it reaches."""

    def finalize(self) -> None:
        """Link the tree, and optimize it.

        LLVM takes over only what is called already, so callers come before what they call.
        """
        reached: dict[Any, None] = {}
        for library in self._linking_libraries:
            _reach(library, reached)
        self._linking_libraries = list(reversed(reached))
        super().finalize()  # type: ignore[no-untyped-call]


def _reach(library: Any, reached: dict[Any, None]) -> None:
    """Note a library after all that it needs."""
    if library not in reached:
        for needed in library._linking_libraries:
            _reach(needed, reached)
        reached[library] = None


@register_pass(mutates_CFG=True, analysis_only=False)  # type: ignore[no-untyped-call]
class _HelperLowering(NativeLowering):
    """Translates a helper, and lets other functions call it."""

    _name = "helper_lowering"

    def run_pass(self, state: Any) -> bool:
        context, name = state.targetctx, state.func_id.func_qualname
        state.library = _HelperLibrary(context.codegen(), name)  # type: ignore[no-untyped-call]
        state.flags.no_compile = True
        super().run_pass(state)  # type: ignore[no-untyped-call]
        made = state["cr"]
        # Numba knows a function by an object that Python could call; this one has no address.
        function = _dynfunc.make_function(made.fndesc.lookup_module(), name, "", 0, made.env, ())
        context.insert_user_function(function, made.fndesc, [state.library])
        state["cr"] = made._replace(cfunc=function)
        return True


@register_pass(mutates_CFG=True, analysis_only=False)  # type: ignore[no-untyped-call]
class _EntryLowering(NativeLowering):
    """Translates an entry, and makes machine code of it and its helpers."""

    _name = "entry_lowering"

    def run_pass(self, state: Any) -> bool:
        context, name = state.targetctx, state.func_id.func_qualname
        state.library = _EntryLibrary(context.codegen(), name)  # type: ignore[no-untyped-call]
        state.library.enable_object_caching()
        return bool(super().run_pass(state))  # type: ignore[no-untyped-call]


class HelperCompiler(CompilerBase):
    """Numba's compiler for what only compiled code calls."""

    def define_pipelines(self) -> list[Any]:
        """Numba's passes, but for the last step."""
        return [_passes(self.state, _HelperLowering)]


class EntryCompiler(CompilerBase):
    """Numba's compiler for what Python calls."""

    def define_pipelines(self) -> list[Any]:
        """Numba's passes, but for the last step."""
        return [_passes(self.state, _EntryLowering)]


def _passes(state: Any, lowering: Any) -> Any:
    """Numba's own passes with another lowering."""
    manager = DefaultPassBuilder.define_nopython_pipeline(state)  # type: ignore[no-untyped-call]
    at = next(n for n, (step, _) in enumerate(manager.passes) if step is NativeLowering)
    manager.passes[at] = (lowering, "native lowering")
    manager._finalized = False
    manager.finalize()
    return manager
