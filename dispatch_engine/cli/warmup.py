"""`dispatch warmup`: compile the solver ahead of the first plan."""

from typing import Annotated

import typer

from dispatch_engine.cli.terminal import say

Bound = Annotated[bool, typer.Option("--bound", help="Also what `dispatch plan --bound` needs.")]


def warmup(bound: Bound = False) -> None:
    """Compile the solver, so that the first plan does not have to wait for it.

    The compiled code is kept in the cache folder: DISPATCH_CACHE_DIR, else that of the user.
    """
    from dispatch_engine import kernels

    if not compile_if_cold(bound=bound):
        say("the solver is compiled already")
    typer.echo(str(kernels.kernel_folder()))


def compile_if_cold(*, bound: bool = False) -> bool:
    """Compile the solver, and the proven ``bound``, where that has not been done yet, and say so; return whether."""
    from dispatch_engine import kernels

    is_cold, is_bound_cold = not kernels.is_warm(), bound and not kernels.is_warm(bound=True)
    if is_cold:
        say(f"compiling the solver once, about {kernels.COMPILE_S} s")
        kernels.warmup()
    if is_bound_cold:
        say(f"compiling the proven bound once, about {kernels.COMPILE_BOUND_S} s")
        kernels.warmup(bound=True)
    return is_cold or is_bound_cold
