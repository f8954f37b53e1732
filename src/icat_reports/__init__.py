"""Publications of the Inter-Agency Coordination Group against Trafficking in Persons.

In: an editor's YAML content, layouts and translations.
Out: one publication as PDF, Word and HTML that agree with one another.
"""

import atexit
import gc

__version__ = "0.1.0"

_COLLECT_AFTER = 200_000
"""New objects between two runs of the garbage collector: a build makes many and drops few, so that Python's own 700
cost a twentieth of its time."""

gc.set_threshold(_COLLECT_AFTER)
atexit.register(gc.freeze)  # else Python looks through all that a build made once more before the system frees it
