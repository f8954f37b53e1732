"""In: what was read back from a built file. Out: a text of it that a reviewer can read, for golden files."""

from collections.abc import Iterator

from icat_reports.verify.reading import Reading


def dump(reading: Reading) -> str:
    """Everything that is compared, one thing a line."""
    return "\n".join(_lines(reading)) + "\n"


def _lines(reading: Reading) -> Iterator[str]:
    yield f"title: {reading.title}"
    yield f"language: {reading.language}"
    yield "[contents]"
    yield from (f"{'  ' * row.level}{row.words} … {row.page} -> {row.target}" for row in reading.rows)
    yield "[outline]"
    yield from (f"{'  ' * heading.level}{heading.words}{_page(heading.page)}" for heading in reading.outline)
    yield "[text]"
    yield from (f"{block.kind}: {block.words}" for block in reading.text)
    yield "[notes]"
    for note in reading.notes:
        marks = "; ".join(f"after “{mark.before[-30:]}”{_page(mark.page)}" for mark in note.marks)
        yield f"{note.mark} {note.words}{_page(note.page)} ({marks})"
    yield "[tables]"
    for table in reading.tables:
        yield table.caption
        for row in table.rows:
            yield "  | " + " | ".join(f"{cell.words}{' <th>' if cell.head else ''}" for cell in row) + " |"
    yield "[figures]"
    for figure in reading.figures:
        yield f"{figure.caption} (alt: {figure.alt})"
        yield from ("  " + " | ".join(row) for row in figure.data)
    yield "[links]"
    yield from (f"{link.words} -> {link.target}" for link in reading.links)


def _page(page: str) -> str:
    return f" (p. {page})" if page else ""
