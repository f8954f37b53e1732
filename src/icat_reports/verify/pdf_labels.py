"""In: a PDF. Out: what it calls its pages (ISO 32000-1, 12.4.2)."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

from icat_reports.verify.counting import counted

_STYLES = {"/D": "decimal", "/r": "lowerRoman", "/R": "upperRoman", "/a": "lowerLetter", "/A": "upperLetter"}


def page_labels(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Labels of the pages in order; figures from 1 in a file that has none."""
    rules = _rules(pdf)
    first, rule = 0, rules.get(0)
    for number in range(len(pdf.pages)):
        if number in rules:
            first, rule = number, rules[number]
        yield str(number + 1) if rule is None else _label(rule, number - first)


def _rules(pdf: pikepdf.Pdf) -> dict[int, pikepdf.Object]:
    """The rule that begins at each page."""
    tree = pdf.Root.get("/PageLabels")
    flat = [] if tree is None else list(tree["/Nums"])
    return {int(flat[at]): flat[at + 1] for at in range(0, len(flat), 2)}


def _label(rule: pikepdf.Object, turn: int) -> str:
    shape = _STYLES.get(str(rule.get("/S", "")))
    count = int(rule.get("/St", 1)) + turn
    return str(rule.get("/P", "")) + (counted(shape, count) if shape else "")
