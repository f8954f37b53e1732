"""In: a section. Out: its title as Word sets it: on how many lines, and with no word alone on the last of them.

Word has no balanced lines; an unbreakable space says to it what a writer's hand would.
"""

from __future__ import annotations

from icat_reports.document import walk
from icat_reports.document.nodes import Inline, Paragraph, Section, Text
from icat_reports.faces import families
from icat_reports.fonts import FontSet
from icat_reports.measure import Measure
from icat_reports.ooxml.styles import PARAGRAPHS, heading_style
from icat_reports.theme import TypeStyle
from icat_reports.write_docx.build import Build
from icat_reports.write_docx.inline import title_words

_UNBREAKABLE = "\u00a0"


def lines(build: Build, section: Section) -> tuple[str, ...]:
    """A title with its number, in lines as wide as the text, by the advances of our own font files."""
    number = build.resolved.headings[section.id]
    style = heading_style(number.level, listed=section.in_contents)
    words = f"{number.label}{number.separator}{walk.plain(section.heading.children)}"
    return _broken(build, style, build.type(f"h{number.level}"), build.heading_fonts, words)


def paragraph_lines(build: Build, node: Paragraph) -> tuple[str, ...]:
    """A paragraph in lines."""
    return _broken(build, PARAGRAPHS[node.role], paragraph_looks(build, node), build.fonts, walk.plain(node.children))


def paragraph_looks(build: Build, node: Paragraph) -> TypeStyle:
    """How a paragraph is set: as running text where the theme has nothing of its role."""
    return build.type(node.role if node.role in build.theme.type else "body")


def _broken(build: Build, style: str, role: TypeStyle, fonts: FontSet, words: str) -> tuple[str, ...]:
    looks = build.theme.word.get(style)
    measure = Measure(families(fonts, build.language), role.size, bold=role.weight == "bold")
    return measure.lines(words, build.text_width() - (looks.free if looks else 0))


def title(build: Build, section: Section) -> tuple[Inline, ...]:
    """The inline nodes of a title without marks; its last two words stand together where one would stand alone."""
    return _accompanied(title_words(section.heading.children), lines(build, section))


def paragraph_title(build: Build, node: Paragraph) -> tuple[Inline, ...]:
    """The same of a title that is a paragraph, as on a cover."""
    return _accompanied(node.children, paragraph_lines(build, node))


def _accompanied(children: tuple[Inline, ...], lines_: tuple[str, ...]) -> tuple[Inline, ...]:
    *before, last = lines_
    end = children[-1] if children else None
    if not before or " " in last or not isinstance(end, Text) or " " not in end.value:
        return children
    return (*children[:-1], Text(_UNBREAKABLE.join(end.value.rsplit(" ", 1))))
