"""In: the words of a command line. Out: the program's exit code."""

import signal
import sys

from icat_reports.cli import main
from icat_reports.garbage import collect_seldom


def _end(*_: object) -> None:
    """Being told to end (`kill`, a window that is closed) is taken as Ctrl-C is: nothing half-written is left."""
    raise KeyboardInterrupt


def run() -> int:
    """Run the command line as a program of its own; gives its exit code."""
    # SIGINT too: a shell starts what it runs in the background with Ctrl-C ignored.
    for told in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(told, _end)
    collect_seldom()
    return main()


if __name__ == "__main__":
    sys.exit(run())
