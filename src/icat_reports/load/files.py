"""In: a `World` and a path. Out: the file's bytes or text, or a finding that says why it cannot be read."""

from __future__ import annotations

from icat_reports.diagnostics import Sink, Span
from icat_reports.world import Outside, World

LARGEST_TEXT = 2_000_000
"""Bytes. The largest content file written by hand is a twentieth of it."""
LARGEST_PICTURE = 50_000_000


def read_bytes(world: World, file: str, sink: Sink, *, largest: int = LARGEST_TEXT) -> bytes | None:
    """The bytes of `file`; None after a finding. A file that is too large is not read into memory."""
    try:
        size = world.size(file)
        if size > largest:
            sink.error("file-of-reasonable-size", f"the file has {size:,} bytes, more than {largest:,}", Span(file),
                       "split it, or look whether something went wrong when it was saved")  # fmt: skip
            return None
        return world.read(file)
    except Outside:
        sink.error("file-inside-project", "the file is a link that leads out of the project", Span(file),
                   "put the file itself here")  # fmt: skip
    except OSError as error:
        sink.error("file-readable", f"the file cannot be read: {error.strerror or 'there is none'}", Span(file),
                   "look at its permissions, or whether it is a broken link")  # fmt: skip
    return None


def as_text(file: str, data: bytes, sink: Sink) -> str | None:
    """`data` as UTF-8 text without byte order mark; None after a finding."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        sink.error("file-in-utf-8", "the file is not UTF-8 text from here on", Span(file, line, column),
                   "save it as UTF-8")  # fmt: skip
        return None


def read_text(world: World, file: str, sink: Sink) -> str | None:
    """The text of `file`; None after a finding."""
    data = read_bytes(world, file, sink)
    return None if data is None else as_text(file, data, sink)
