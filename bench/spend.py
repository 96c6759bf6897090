"""Run a command and print, as JSON, its exit code, the seconds it took and the most memory that it held, in KiB.

    python -I -S bench/spend.py COMMAND [ARGUMENT ...]

A process counts the memory of the one that started it until it runs its own program. So this script is started in
between, and imports next to nothing.
"""

import json
import os
import sys
import time


def main() -> None:
    """Run the command to its end, its output put aside."""
    command = sys.argv[1:]
    nowhere = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_RDWR, 0) for stream in (1, 2)]
    began_s = time.perf_counter()
    process = os.posix_spawn(command[0], command, os.environ, file_actions=nowhere)
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - began_s
    spent = {"exit_code": os.waitstatus_to_exitcode(status), "seconds": seconds, "peak_kib": usage.ru_maxrss}
    print(json.dumps(spent))


if __name__ == "__main__":
    main()
