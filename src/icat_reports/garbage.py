"""In: nothing. Out: a process that looks for garbage as seldom as a build makes any.

Nearly all that a build makes lives as long as the build: CPython's search for cycles among it costs a twelfth of a PDF's
time and finds next to nothing (benchmarks, 57 pages and 570: the same memory at the peak).
"""

import gc

_THRESHOLDS = (50_000, 20, 20)
"""New objects before the youngest generation is searched, and rounds of each before the next; Python's own are 700, 10, 10."""


def collect_seldom() -> None:
    """Set how often this process looks for objects that nothing but themselves refers to."""
    gc.set_threshold(*_THRESHOLDS)
