"""`dispatch warmup`: compile the solver ahead of the first plan."""

import typer

from dispatch_engine.cli.terminal import say


def warmup() -> None:
    """Compile the solver, so that the first plan does not have to wait for it.

    The compiled code is kept in the cache folder: DISPATCH_CACHE_DIR, else that of the user.
    """
    from dispatch_engine import kernels

    if not compile_if_cold():
        say("the solver is compiled already")
    typer.echo(str(kernels.kernel_folder()))


def compile_if_cold() -> bool:
    """Compile the solver where that has not been done yet, and say so; return whether it was done now."""
    from dispatch_engine import kernels

    if kernels.is_warm():
        return False
    say(f"compiling the solver once, about {kernels.COMPILE_S} s")
    kernels.warmup()
    return True
