"""In: templates as Python compiled them. Out: the same at the next start, from the user's cache folder.

Jinja takes longer to compile the templates than to run them. As with Python's own compiled modules, what is kept is
used only while it comes from the very same source, program and versions; spoilt or old files are written anew.
"""

from __future__ import annotations

import hashlib
import marshal
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import BytecodeCache, pass_context
from jinja2.bccache import Bucket

from icat_reports.world import cache_folder, write_together

_DIGEST = hashlib.sha256().digest_size


class Compiled(BytecodeCache):
    """Keeps one file for each template of each checkout."""

    def __init__(self, environment: Path, filters: Iterable[str]) -> None:
        """`environment` is the source of the module that sets Jinja up; `filters` are the names that it adds."""
        self._place = str(environment.parent)
        versions = f"{jinja2.__version__} {sys.version} {sys.implementation.cache_tag} {sorted(filters)}"
        self._recipe = versions.encode() + environment.read_bytes()

    def load_bytecode(self, bucket: Bucket) -> None:
        """See Jinja's `BytecodeCache.load_bytecode`."""
        with suppress(OSError, EOFError, ValueError, TypeError):
            kept = self._file(bucket).read_bytes()
            if kept[:_DIGEST] == self._digest(bucket, kept[_DIGEST:]):
                bucket.code = marshal.loads(kept[_DIGEST:])  # noqa: S302 - the digest tells that we wrote it whole

    def dump_bytecode(self, bucket: Bucket) -> None:
        """See Jinja's `BytecodeCache.dump_bytecode`; where nothing can be kept, nothing is."""
        code = marshal.dumps(bucket.code)
        with suppress(OSError):
            write_together({self._file(bucket): self._digest(bucket, code) + code})

    def _file(self, bucket: Bucket) -> Path:
        name = hashlib.sha256(f"{self._place} {bucket.key}".encode()).hexdigest()[:16]
        return cache_folder() / "templates" / name

    def _digest(self, bucket: Bucket, code: bytes) -> bytes:
        """Names the template's source, all that its code depends on, and the code."""
        return hashlib.sha256(b"%b\0%b\0%b" % (self._recipe, bucket.checksum.encode(), code)).digest()


def at_run_time(function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that Jinja does not apply to constants while it compiles: what it gives holds for one document only."""

    @pass_context
    @wraps(function)
    def apply(_: object, *arguments: object, **named: object) -> object:
        return function(*arguments, **named)

    return apply
