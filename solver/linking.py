"""Compile the parts of kernels once: into the kernels that Python calls, and not for themselves.

By itself numba links everything that a compiled function calls into that function, optimises the whole and makes
machine code of it, at each level of calls: a part below ten levels is optimised and translated ten times. A part that
only kernels call needs no machine code of its own. So a part stays as it was written, with what it calls noted; a
kernel links all the parts below it, each once, and is then optimised and translated as one module, in which LLVM may
drop the arguments that a part does not use.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from llvmlite.binding import Linkage, parse_assembly, parse_bitcode
from numba.core import cgutils
from numba.core.codegen import CPUCodeLibrary, JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import LoweringPass, register_pass
from numba.core.registry import cpu_target
from numba.core.typed_passes import NativeLowering

from solver.plain_indices import LowerWithPlainIndices
from solver.typing_memory import RememberingContext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

    Others = Callable[[str], Future[bytes]]

_others: list[Others] = []


@contextmanager
def simplified_by(others: Others) -> Iterator[None]:
    """Have the parts that are compiled meanwhile simplified by others: ``simplified`` of a text, sooner or later.

    What they fail to do is done here, when it is needed.
    """
    _others.append(others)
    try:
        yield
    finally:
        _others.remove(others)


def simplified(text: str) -> bytes:
    """Return the bitcode of a part that is written as LLVM's assembly, simplified function by function."""
    library = JITCodeLibrary(cpu_target.target_context.codegen(), "part")
    module = parse_assembly(text)
    module.verify()
    library._optimize_functions(module)
    code: bytes = module.as_bitcode()
    return code


class _Awaited:
    """The code of a part that others simplify."""

    def __init__(self, text: str, others: Others) -> None:
        self._text, self._future = text, others(text)

    def module(self) -> Any:
        """Return the code, simplified here where others have failed."""
        try:
            code = self._future.result()
        except Exception:  # noqa: BLE001 - whatever happened to others, it can be done here
            code = simplified(self._text)
        return parse_bitcode(code)


class _Environments:
    """Takes the environments of functions that are nowhere in memory."""

    def set_env(self, name: str, env: Any) -> None:
        """Forget ``env``: it serves Python's wrapper alone, and parts of kernels have none."""


class PartLibrary(JITCodeLibrary):
    """The code of a part of kernels, neither linked nor translated to machine code."""

    def __init__(self, codegen: Any, name: str) -> None:
        JITCodeLibrary.__init__(self, codegen, name)
        self._awaited: list[_Awaited] = []

    def add_ir_module(self, ir_module: Any) -> None:
        """Add the code of a function, simplified."""
        if _others:
            self._awaited.append(_Awaited(cgutils.normalize_ir_text(str(ir_module)), _others[-1]))
        else:
            JITCodeLibrary.add_ir_module(self, ir_module)

    def _get_module_for_linking(self) -> Any:
        while self._awaited:
            self._final_module.link_in(self._awaited.pop().module())
        return JITCodeLibrary._get_module_for_linking(self)

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
        passes.passes[before[0]] = LowerWithPlainIndices, "native lowering, indices as they are"
        passes.passes.insert(before[0], (self.choice, "choose the library"))
        passes.finalize()
        return [passes]


class PartCompiler(_Compiler):
    """Compiles a part of kernels."""

    choice = ChoosePartLibrary


class KernelCompiler(_Compiler):
    """Compiles a kernel that Python calls."""

    choice = ChooseKernelLibrary
