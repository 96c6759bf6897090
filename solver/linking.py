"""Compile the parts of kernels once: into the kernels that Python calls, and not for themselves.

By itself numba links everything that a compiled function calls into that function, optimises the whole and makes
machine code of it, at each level of calls: a part below ten levels is optimised and translated ten times. A part that
only kernels call needs no machine code of its own. So a part stays as it was written, with what it calls noted; a
kernel links all the parts below it, each once, and is then optimised and translated as one module, in which LLVM may
drop the arguments that a part does not use.
"""

from __future__ import annotations

from typing import Any

from llvmlite.binding import Linkage
from numba.core.codegen import CPUCodeLibrary, JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import LoweringPass, register_pass
from numba.core.typed_passes import NativeLowering

from solver.typing_memory import RememberingContext


class _Environments:
    """Takes the environments of functions that are nowhere in memory."""

    def set_env(self, name: str, env: Any) -> None:
        """Forget ``env``: it serves Python's wrapper alone, and parts of kernels have none."""


class PartLibrary(JITCodeLibrary):
    """The code of a part of kernels, neither linked nor translated to machine code."""

    @property
    def codegen(self) -> Any:
        """Where the environment of this code would be set."""
        return _Environments()

    @property
    def calls(self) -> list[CPUCodeLibrary]:
        """The code that this part calls."""
        return self._linking_libraries

    def finalize(self) -> None:
        """Leave the code as it is: the kernels that call it link and optimise it."""
        self._finalized = True

    def get_pointer_to_function(self, name: str) -> int:
        """Return 0: nothing of a part is in memory."""
        return 0


class KernelLibrary(JITCodeLibrary):
    """The code of a kernel: all parts below it are linked into it."""

    def finalize(self) -> None:
        """Link all that is called on any level, each once, then optimise and translate it."""
        below: dict[CPUCodeLibrary, None] = {}
        for library in self._linking_libraries:
            _note(library, below)
        self._linking_libraries = list(reversed(below))
        JITCodeLibrary.finalize(self)

    def _optimize_final_module(self) -> None:
        # What nothing outside can call may lose its unused arguments, of which a table of columns has hundreds.
        for function in self._final_module.functions:
            if not function.is_declaration and function.linkage == Linkage.linkonce_odr:
                function.linkage = Linkage.internal
        JITCodeLibrary._optimize_final_module(self)


def _note(library: CPUCodeLibrary, below: dict[CPUCodeLibrary, None]) -> None:
    """Append a library behind all that it calls: LLVM leaves out what nothing linked before has called."""
    if library in below:
        return
    if isinstance(library, PartLibrary):
        for called in library.calls:
            _note(called, below)
    below[library] = None


class _ChooseLibrary(LoweringPass):
    library: type[JITCodeLibrary]

    def __init__(self) -> None:
        LoweringPass.__init__(self)

    def run_pass(self, state: Any) -> bool:
        state.library = self.library(state.targetctx.codegen(), state.func_id.func_qualname)
        state.library.enable_object_caching()
        return True


@register_pass(mutates_CFG=False, analysis_only=False)
class ChoosePartLibrary(_ChooseLibrary):
    """Keep the function that is compiled as a part."""

    _name = "choose_part_library"
    library = PartLibrary


@register_pass(mutates_CFG=False, analysis_only=False)
class ChooseKernelLibrary(_ChooseLibrary):
    """Link all parts into the function that is compiled."""

    _name = "choose_kernel_library"
    library = KernelLibrary


class _Compiler(CompilerBase):
    choice: type[_ChooseLibrary]

    def __init__(self, typingctx: Any, *more: Any) -> None:
        CompilerBase.__init__(self, RememberingContext(typingctx), *more)

    def define_pipelines(self) -> list[Any]:
        passes = DefaultPassBuilder.define_nopython_pipeline(self.state)
        passes._finalized = False
        before = [index for index, (one, _) in enumerate(passes.passes) if one is NativeLowering]
        passes.passes.insert(before[0], (self.choice, "choose the library"))
        passes.finalize()
        return [passes]


class PartCompiler(_Compiler):
    """Compiles a part of kernels."""

    choice = ChoosePartLibrary


class KernelCompiler(_Compiler):
    """Compiles a kernel that Python calls."""

    choice = ChooseKernelLibrary
