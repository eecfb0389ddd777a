"""Starts programs, one at a time, and tells how long each took and how much memory it held at its peak.

Run as a process of its own that imports next to nothing: Linux counts the memory of the starting process into the peak
of the one that it starts, so the starter has to be smaller than anything that is measured. A request is one line on
stdin: folder for the outputs, then the program and its arguments, separated by U+001F. The replies are two lines on
stdout: the id of the process, and, when it has ended, status, seconds and peak in bytes.
"""

import os
import sys
import time

SEPARATOR = "\x1f"
KIBIBYTE = 1024
FLAGS = os.O_WRONLY | os.O_CREAT | os.O_TRUNC


def main() -> None:
    """Serve requests until stdin ends."""
    for line in sys.stdin:
        folder, *command = line.rstrip("\n").split(SEPARATOR)
        files = [
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, folder + "/stdout", FLAGS, 0o600),
            (os.POSIX_SPAWN_OPEN, 2, folder + "/stderr", FLAGS, 0o600),
        ]
        started = time.perf_counter()
        process = os.posix_spawn(command[0], command, os.environ, file_actions=files)
        print(process, flush=True)
        _, status, usage = os.wait4(process, 0)
        seconds = time.perf_counter() - started
        print(os.waitstatus_to_exitcode(status), seconds, usage.ru_maxrss * KIBIBYTE, flush=True)


if __name__ == "__main__":
    main()
