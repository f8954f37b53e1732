"""In: a resolved document and ids of sections in it. Out: a document of these sections alone.

Headings keep the numbers that they have in the whole, and paragraphs, too, unless they are to begin at another. The headings above a chosen section stay, without their texts, so that its own keeps level, number and style, and a
reader sees where it belongs. What refers to something that is left out says so in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from icat_reports.diagnostics import Sink, Span, nearest
from icat_reports.document import walk
from icat_reports.document.nodes import (
    Block,
    Contents,
    Division,
    Document,
    Figure,
    Inline,
    Note,
    NoteMark,
    Paragraph,
    Reference,
    Section,
    Table,
    Text,
)
from icat_reports.document.resolved import ResolvedDocument
from icat_reports.document.rewrite import each, in_blocks, in_note

__all__ = ["excerpt"]

_ASKED = Span("--parts")
_TEXT = ("body", "back")


def excerpt(whole: ResolvedDocument, parts: Sequence[str], first: int | None, sink: Sink) -> Document | None:
    """A document of some sections.

    Args:
        whole: The document that they stand in.
        parts: Their ids, at any level; none may stand inside another.
        first: Number of the first paragraph; None to keep the numbers of the whole.
        sink: Takes findings: unknown parts, parts in one another, references that lead out of them.

    Returns:
        The document, to be resolved anew; None after an error.
    """
    above = dict(_sections(whole.document))
    if not _are_apart(parts, above, sink):
        return None
    chosen = frozenset(parts)
    kept = [replace(d, children=_pruned(d.children, chosen)) for d in whole.document.divisions if d.kind in _TEXT]
    kept = [division for division in kept if division.children]
    work = _Excerpt(whole, frozenset(_targets(kept)), sink)
    deepest = max(whole.headings[part].level for part in parts)
    named = ", ".join(whole.references[part] for part in sorted(parts, key=[*above].index))
    cover = Division("cover", tuple(_cover(whole, named)))
    front = [Division("front", shown) for shown in (_contents(whole.document, deepest),) if shown]
    divisions = tuple(replace(d, children=in_blocks(d.children, each(work.said))) for d in kept)
    return replace(
        whole.document,
        metadata=replace(whole.document.metadata, title=f"{whole.document.metadata.title} ({named})"),
        divisions=(cover, *front, *divisions),
        notes=work.notes(divisions),
        word_limit=None,
        numbers=_numbers(whole, divisions, first),
    )


def _sections(document: Document) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Ids of the sections of text and annexes in order, each with those of the sections around it."""

    def inside(blocks: Iterable[Block], above: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
        for block in blocks:
            if isinstance(block, Section):
                yield block.id, above
                yield from inside(block.children, (*above, block.id))

    for division in document.divisions:
        if division.kind in _TEXT:
            yield from inside(division.children, ())


def _are_apart(parts: Sequence[str], above: Mapping[str, tuple[str, ...]], sink: Sink) -> bool:
    """Whether all parts are there, and none stands inside another."""
    sound = True
    for part in dict.fromkeys(parts):
        around = next((other for other in above.get(part, ()) if other in parts), None)
        if part not in above:
            sink.error("part-known", f"there is no part `{part}`", _ASKED,
                       nearest(part, above) or f"there are: {', '.join(above)}")  # fmt: skip
        elif around:
            sink.error("parts-apart", f"the part `{part}` stands inside `{around}`, which is named, too", _ASKED,
                       f"name `{around}` alone, or the parts of it that are wanted")  # fmt: skip
        sound &= part in above and not around
    return sound


def _pruned(blocks: Iterable[Block], chosen: frozenset[str]) -> tuple[Block, ...]:
    """The chosen sections, and the headings above them."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Section) and block.id in chosen:
            found.append(block)
        elif isinstance(block, Section) and (inner := _pruned(block.children, chosen)):
            found.append(replace(block, children=inner))
    return tuple(found)


def _targets(divisions: Iterable[Division]) -> Iterator[str]:
    """Ids of everything that a reference may lead to."""
    for block in (block for division in divisions for block in walk.blocks(division.children)):
        if isinstance(block, Section | Table | Figure) or (isinstance(block, Paragraph) and block.number):
            yield block.id


def _cover(whole: ResolvedDocument, named: str) -> Iterator[Paragraph]:
    """The title of the whole, which parts of it these are, and what is said of its status."""
    before = [d for d in whole.document.divisions if d.kind not in _TEXT]
    said = [b for b in walk.blocks(b for d in before for b in d.children) if isinstance(b, Paragraph)]
    titles = [paragraph for paragraph in said if paragraph.role in {"title", "subtitle"}]
    for title in titles or [Paragraph((Text(whole.document.metadata.title),), "title")]:
        yield replace(title, children=tuple(c for c in title.children if not isinstance(c, NoteMark)))
    yield Paragraph((Text(whole.words["excerpt"].replace("{parts}", named)),), "date")
    yield from [paragraph for paragraph in said if paragraph.role == "status"][-1:]


def _contents(document: Document, deepest: int) -> tuple[Section, ...]:
    """The contents page, down to the level of the parts."""
    fronts = (d for d in document.divisions if d.kind == "front")
    sections = (b for d in fronts for b in d.children if isinstance(b, Section))
    shown = (
        (section, [b for b in section.children if isinstance(b, Contents) and b.of == "sections"])
        for section in sections
    )
    return tuple(
        replace(section, children=tuple(replace(c, depth=max(c.depth, deepest)) for c in contents))
        for section, contents in shown
        if contents
    )


def _numbers(whole: ResolvedDocument, divisions: Iterable[Division], first: int | None) -> dict[str, int]:
    """The counts of headings and numbered paragraphs in the whole, or paragraphs from `first` on."""
    blocks = [block for division in divisions for block in walk.blocks(division.children)]
    headings = {
        b.id: whole.headings[b.id].count for b in blocks if isinstance(b, Section) and whole.headings[b.id].count
    }
    numbered = [b.id for b in blocks if isinstance(b, Paragraph) and b.number]
    kept = {id_: whole.paragraphs[id_] if first is None else first + turn for turn, id_ in enumerate(numbered)}
    return headings | kept


class _Excerpt(Struct, frozen=True):
    """What is said in the chosen sections."""

    whole: ResolvedDocument
    targets: frozenset[str]
    sink: Sink

    def said(self, node: Inline) -> Inline:
        """A node; words in the place of a reference to what is left out."""
        if not isinstance(node, Reference) or node.target in self.targets:
            return node
        label = self.whole.references[node.target]
        words = self.whole.words["absent-reference"].replace("{reference}", label)
        self.sink.advise("reference-inside", f"`{node.target}` is not among the parts: the text says “{words}”",
                         node.origin.span or _ASKED, "nothing is to be done, unless it should be among them")  # fmt: skip
        return Text(words)

    def notes(self, divisions: Iterable[Division]) -> tuple[Note, ...]:
        """The notes that are marked, in the order of their first marks."""
        blocks = [block for division in divisions for block in walk.blocks(division.children)]
        marks = {c.note for b in blocks for c in walk.inlines(walk.own_inlines(b)) if isinstance(c, NoteMark)}
        return tuple(in_note(note, each(self.said)) for note in self.whole.document.notes if note.id in marks)
