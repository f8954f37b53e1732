"""In: the words of a command line. Out: the program's exit code."""

import signal
import sys

from icat_reports.cli import main


def _end(*_: object) -> None:
    """Being told to end (`kill`, a window that is closed) is taken as Ctrl-C is: nothing half-written is left."""
    raise KeyboardInterrupt


def run() -> int:
    """Run the command line as a program of its own; gives its exit code."""
    # SIGINT too: a shell starts what it runs in the background with Ctrl-C ignored.
    for told in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(told, _end)
    return main()


if __name__ == "__main__":
    sys.exit(run())
