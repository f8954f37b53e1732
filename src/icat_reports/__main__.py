"""In: the command line of ``python -m icat_reports``. Out: the exit code of ``cli.main``."""

import sys

from icat_reports.cli import main

if __name__ == "__main__":
    sys.exit(main())
