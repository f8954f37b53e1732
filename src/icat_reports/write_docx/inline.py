"""In: inline nodes. Out: runs, links, fields and the marks of notes (ECMA-376 part 1, 17.3.2 and 17.16)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from unicodedata import bidirectional

from msgspec.structs import replace

from icat_reports.document import walk
from icat_reports.document.nodes import (
    Citation,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    Note,
    NoteMark,
    Phrase,
    Reference,
    Strong,
    Text,
)
from icat_reports.language import TELEPHONE, runs_from_left
from icat_reports.ooxml.markup import escape, field, run, text_run
from icat_reports.ooxml.names import bookmark
from icat_reports.ooxml.styles import NOTE_MARKS, CharacterLook
from icat_reports.write_docx.build import PLAIN, Build, Story

_JOINT = r"[.,:;/&'’\-–+@_#=?%~]"
_LATIN_WORD = rf"[A-Za-zÀ-ɏЀ-ӿ](?:{_JOINT}*[0-9A-Za-zÀ-ɏЀ-ӿ])*"
_LATIN = rf"{_LATIN_WORD}/?(?: {_LATIN_WORD})*|{TELEPHONE}"
"""Words of a left-to-right script and telephone numbers inside Arabic; other figures and brackets go with the Arabic."""
_LEFT_TO_RIGHT = "\u200e"
"""A mark of direction (UAX 9): Word has no isolates, and takes these from those who write in it."""
_RIGHT_TO_LEFT = "\u200f"
_FROM_RIGHT = frozenset({"ar", "fa", "he", "ur"})
_ARABIC_LETTERS = "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff"
_ARABIC = rf"[{_ARABIC_LETTERS}]+(?:[^A-Za-z{_ARABIC_LETTERS}]*[{_ARABIC_LETTERS}]+)*"


def words(build: Build, story: Story, children: Sequence[Inline], look: CharacterLook = PLAIN) -> str:
    """The runs of inline nodes; two notes marked at one place have a comma between their marks."""
    written = []
    before: Inline | None = None
    for child in children:
        if isinstance(child, NoteMark) and isinstance(before, NoteMark):
            written.append(text_run(",", build.styled("FootnoteReference")))
        written.append(_WRITERS[type(child)](build, story, child, look))
        before = child
    return "".join(written)


def text(build: Build, value: str, look: CharacterLook = PLAIN) -> str:
    """The runs of a text: more than one where the direction of the script changes (17.3.2.30)."""
    if build.rtl and _is_from_left(look):
        return text_run(_kept_left(value), build.run_properties(look, rtl=False))
    if not build.rtl and value.isascii():
        return text_run(value, build.run_properties(look))
    pattern = re.compile(_LATIN if build.rtl else _ARABIC)  # kept by `re`; one build needs one of them
    return "".join(
        text_run(_kept_left(part) if build.rtl and not rtl else part, build.run_properties(look, rtl=rtl))
        for part, rtl in _directions(value, pattern, rtl=build.rtl)
    )


def _kept_left(words: str) -> str:
    """Words from the left for a text from the right, whose direction signs and figures at their ends would take."""
    bare = words.strip(" ")
    first = "" if not bare or bidirectional(bare[0]) == "L" else _LEFT_TO_RIGHT
    last = "" if not bare or bidirectional(bare[-1]) in {"L", "EN"} else _LEFT_TO_RIGHT
    return f"{first}{words}{last}"


def _directions(value: str, other: re.Pattern[str], *, rtl: bool) -> Iterator[tuple[str, bool]]:
    """Parts of a text, each with whether it runs from right to left; `other` finds the opposite direction."""
    done = 0
    for match in other.finditer(value):
        if match.start() > done:
            yield value[done : match.start()], rtl
        yield match.group(), not rtl
        done = match.end()
    if done < len(value):
        yield value[done:], rtl


def anchor(target: str, content: str) -> str:
    """A link inside the file to a bookmark (17.16.22)."""
    return f'<w:hyperlink w:anchor="{target}" w:history="1">{content}</w:hyperlink>'


def _text(build: Build, _: Story, node: Text, look: CharacterLook) -> str:
    return text(build, node.value, look)


def _emphasis(build: Build, story: Story, node: Emphasis, look: CharacterLook) -> str:
    return words(build, story, node.children, replace(look, emphasis=True))


def _strong(build: Build, story: Story, node: Strong, look: CharacterLook) -> str:
    return words(build, story, node.children, replace(look, strong=True))


def _phrase(build: Build, story: Story, node: Phrase, look: CharacterLook) -> str:
    """Words in another language; those from the left stand by themselves in a text from the right, as an isolate does.

    The mark of direction after them keeps a number that follows from going on in their direction (UAX 9, W7).
    """
    inner = replace(look, lang=node.lang)
    end = text_run(_RIGHT_TO_LEFT, build.run_properties(look, rtl=True)) if build.rtl and _is_from_left(inner) else ""
    return words(build, story, node.children, inner) + end


def _is_from_left(look: CharacterLook) -> bool:
    return bool(look.lang) and look.lang not in _FROM_RIGHT


def _link(build: Build, story: Story, node: Link | Citation, look: CharacterLook) -> str:
    if not node.href or look.link:
        return words(build, story, node.children, look)
    content = words(build, story, node.children, replace(look, link=True))
    id_ = story.relationships.to("hyperlink", node.href, external=True)
    alone = (
        build.rtl
        and all(isinstance(child, Text) for child in node.children)
        and runs_from_left(walk.plain(node.children))
    )
    end = text_run(_RIGHT_TO_LEFT, build.run_properties(look, rtl=True)) if alone else ""
    return f'<w:hyperlink r:id="{id_}" w:history="1">{content}</w:hyperlink>{end}'


def _line_break(*_: object) -> str:
    return run("<w:br/>")


# ---------------------------------------------------------------- cross references


def _reference(build: Build, _: Story, node: Reference, look: CharacterLook) -> str:
    return _REFERENCES[node.form](build, node.target, look)


def _to_page(build: Build, target: str, look: CharacterLook) -> str:
    return field(rf"PAGEREF {_place(build, target)} \h", text(build, build.page(target), look))


def _to_title(build: Build, target: str, look: CharacterLook) -> str:
    if target in build.resolved.paragraphs:
        return _to_label(build, target, look)
    return field(rf"REF {bookmark('Toc', target)} \h", text(build, build.titles[target], look))


def _to_label(build: Build, target: str, look: CharacterLook) -> str:
    """A number that Word can count is a field between its words; other labels are words that link.

    Word gives a heading's number as it stands before the heading (`REF` with `n`), so only a bare number can be followed
    by a field: of `Section Three | ` no field makes `section 3`.
    """
    place, shown = _place(build, target), build.resolved.references[target]
    pattern, instruction = _counted(build, target)
    before, number, after = _parts(shown, pattern) if pattern else (shown, "", "")
    runs = text(build, before, look) if before else ""
    if number:
        runs += field(f"REF {instruction}", text(build, number, look), build.run_properties(look, rtl=build.rtl))
    if after:
        runs += text(build, after, look)
    return anchor(place, runs)


def _place(build: Build, target: str) -> str:
    """The bookmark that a link leads to. Word takes those away that begin with `_Toc` when it makes its contents anew."""
    return bookmark("Ref" if target in build.resolved.paragraphs else "Toc", target)


def _parts(shown: str, pattern: str) -> tuple[str, str, str]:
    """Words before, number and words after of a reference of that pattern."""
    before, _, after = pattern.partition("{n}")
    return before, shown.removeprefix(before).removesuffix(after), after


def _counted(build: Build, target: str) -> tuple[str, str]:
    """Pattern of a reference and the field that counts its number; no pattern when Word cannot count it."""
    resolved = build.resolved
    if target in resolved.captions:
        return resolved.words[f"{resolved.captions[target].kind}-reference"], bookmark("Ref", target)
    if target in resolved.paragraphs:
        pattern, mark = resolved.words["paragraph-reference"], resolved.paragraph_mark
    else:
        counter = resolved.counters.get(resolved.headings[target].counter)
        pattern, mark = (counter.reference, counter.pattern) if counter else ("", "")
    alone = shows_count(mark) and "{up}" not in pattern
    return (pattern if alone else ""), rf"{_place(build, target)} \n"


def shows_count(mark: str) -> bool:
    """Whether a field can show a number that is marked so: Word takes stops from its ends and nothing else (17.16.5.51)."""
    return mark.strip(". ") == "{n}"


_REFERENCES: dict[str, Callable[[Build, str, CharacterLook], str]] = {
    "label": _to_label,
    "title": _to_title,
    "page": _to_page,
}

# ---------------------------------------------------------------- marks of notes


def mark_style(build: Build, note: str) -> str:
    """`w:rPr` of the mark of a note."""
    asterisk = build.resolved.notes[note].series == "asterisk"
    return build.styled(NOTE_MARKS[note in build.table_notes, asterisk])


def _note_mark(build: Build, story: Story, node: NoteMark, _: CharacterLook) -> str:
    mark = text_run(build.resolved.notes[node.note].mark, mark_style(build, node.note))
    if node.note in build.table_notes:
        return _table_mark(build, node.note, mark)
    if story.kind == "notes":
        return mark
    if node.note in build.notes:
        return field(rf"NOTEREF {bookmark('Mark', node.note)} \f \h", mark)
    note = build.text_notes[node.note]
    id_ = len(build.notes) + 1
    build.notes[node.note] = (id_, note)
    return build.traced(note.origin, _first_mark(build, note, _footnote_mark(build, id_, note)))


def _footnote_mark(build: Build, id_: int, note: Note) -> str:
    """The mark of a footnote; an asterisk is a mark of our own, which takes no number (17.11.14)."""
    style = mark_style(build, note.id)
    if note.series == "number":
        return run(f'<w:footnoteReference w:id="{id_}"/>', style)
    mark = escape(build.resolved.notes[note.id].mark)
    return run(f'<w:footnoteReference w:customMarkFollows="1" w:id="{id_}"/><w:t>{mark}</w:t>', style)


def _first_mark(build: Build, note: Note, content: str) -> str:
    """A bookmark where other marks of the same note need one."""
    return build.bookmark(bookmark("Mark", note.id), content) if build.resolved.marks[note.id] > 1 else content


def _table_mark(build: Build, note: str, mark: str) -> str:
    """The mark of a note under the table: the number, or the words, of what its bookmark stands round."""
    switch = r" \n" if build.table_notes[note].series == "letter" else ""
    return field(rf"REF {bookmark('Note', note)}{switch} \h", mark, mark_style(build, note))


def title_words(children: Sequence[Inline]) -> tuple[Inline, ...]:
    """Inline nodes without the marks of notes."""
    return tuple(child for child in children if not isinstance(child, NoteMark))


def unlinked(build: Build, children: Sequence[Inline]) -> tuple[Inline, ...]:
    """Inline nodes for a place that is a link itself, such as a contents row: no marks, no links, no fields."""
    found: list[Inline] = []
    for child in children:
        if isinstance(child, Emphasis | Strong | Phrase):
            found.append(replace(child, children=unlinked(build, child.children)))
        elif isinstance(child, Link | Citation):
            found += unlinked(build, child.children)
        elif isinstance(child, Reference):
            found.append(Text(_SHOWN[child.form](build, child.target)))
        elif not isinstance(child, NoteMark):
            found.append(child)
    return tuple(found)


_SHOWN: dict[str, Callable[[Build, str], str]] = {
    "label": lambda build, target: build.resolved.references[target],
    "title": lambda build, target: build.titles[target],
    "page": lambda build, target: build.page(target),
}


def plain_words(children: Sequence[Inline]) -> str:
    """Words for an attribute or a property."""
    return " ".join(walk.plain(children).split())


_WRITERS: dict[type, Callable[..., str]] = {
    Text: _text,
    Emphasis: _emphasis,
    Strong: _strong,
    Phrase: _phrase,
    Link: _link,
    Citation: _link,
    LineBreak: _line_break,
    Reference: _reference,
    NoteMark: _note_mark,
}
