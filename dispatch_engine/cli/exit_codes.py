"""What the exit code of `dispatch` says about the outcome."""

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes by kind of outcome."""

    OK = 0
    INTERNAL = 1
    USAGE = 2
    DOCUMENT = 3
    CHECK = 4
    FILE = 5
    TRAVEL = 6
    ENDED_EARLY = 7
    DATABASE = 8
    SCALE_OUT = 9
    INTERRUPTED = 130


MEANING = {
    ExitCode.OK: "done; a plan may still leave visits unplanned, with their reasons",
    ExitCode.INTERNAL: "a fault of the program itself",
    ExitCode.USAGE: "wrong use of a command or an option",
    ExitCode.DOCUMENT: "a document, table or policy is faulty",
    ExitCode.CHECK: "the plan breaks a rule of its problem, or a log is not as it was written",
    ExitCode.FILE: "a file cannot be read or written",
    ExitCode.TRAVEL: "travel times are not to be had",
    ExitCode.ENDED_EARLY: "Ctrl-C ended the search; the best plan so far is written",
    ExitCode.DATABASE: "the database cannot be used",
    ExitCode.SCALE_OUT: "work cannot be handed out to other processes or machines",
    ExitCode.INTERRUPTED: "interrupted; nothing is written",
}

# The first of these that a fault's code starts with decides; a longer beginning stands before a shorter one.
EXIT_CODE_BY_PREFIX = {
    "file": ExitCode.FILE,
    "travel.network": ExitCode.FILE,
    "travel": ExitCode.TRAVEL,
    "internal": ExitCode.INTERNAL,
    "plan_unfit": ExitCode.CHECK,
    "settings": ExitCode.USAGE,
    "key": ExitCode.USAGE,
    "log_tampered": ExitCode.CHECK,
    "database": ExitCode.DATABASE,
    "board_unknown": ExitCode.USAGE,
    "executor": ExitCode.USAGE,
    "scale_out": ExitCode.SCALE_OUT,
    "work_lost": ExitCode.SCALE_OUT,
    "scheduler": ExitCode.SCALE_OUT,
    "cluster": ExitCode.SCALE_OUT,
}


def exit_code_of(error: str) -> ExitCode:
    """Return the exit code for the code of an error; what no other kind claims is a fault of the input document."""
    matches = (code for prefix, code in EXIT_CODE_BY_PREFIX.items() if error.startswith(prefix))
    return next(matches, ExitCode.DOCUMENT)


def epilog() -> str:
    """Return the exit codes for the foot of `dispatch --help`."""
    return "\n".join(["Exit codes:", *(f"{code.value:>3}  {meaning}" for code, meaning in MEANING.items())])
