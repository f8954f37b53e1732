"""Each case in `tests/cases/<code>/` gives exactly the findings that it says; each code has a case or a test.

`./icat test tests/test_cases.py --update-golden` writes the present findings into the cases; look at the difference.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.casefile import Case, all_cases, as_seen, check_project, tiny
from tests.tiny import ROOT

CASES = all_cases()
STAGES = ("load", "compose", "resolve", "check", "excerpt", "prose.py", "catalogue", "translate", "i18n.py")
"""Where content is judged; the findings of the others concern files that were made, and have tests of their own."""
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)+")
REPORTING = {"error", "warn", "advise", "_error", "_refuse", "_Kind", "_Rule", "Diagnostic", "Fault"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_gives_exactly_the_findings_written_above_its_lines(case: Case, *, update_golden: bool) -> None:
    found = as_seen(check_project(case.world()))
    if update_golden:
        case.path.write_text(case.text(found), encoding="utf-8")
        return
    assert [str(f) for f in found] == [str(f) for f in as_seen(case.expected)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_stands_in_the_folder_of_a_code_that_it_expects(case: Case) -> None:
    codes = {finding.code for finding in case.expected}
    assert case.code in codes or (case.path.stem.startswith("fine-") and not codes)


def test_the_tiny_project_is_without_findings() -> None:
    from icat_reports.world import MemoryWorld  # noqa: PLC0415

    assert check_project(MemoryWorld(tiny())) == ()


def codes_in(path: Path) -> Iterator[str]:
    """Codes of the findings that a module can make: first arguments of the calls that report."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0]
            if name in REPORTING and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def modules(*names: str) -> list[Path]:
    """Modules of the package below the folders or files of these names."""
    source = ROOT / "src/icat_reports"
    found = [source / name for name in names]
    return sorted(p for f in found for p in ([f] if f.suffix else f.rglob("*.py")))


def test_every_code_of_a_finding_about_content_has_a_case_or_a_named_test() -> None:
    codes = {code for path in modules(*STAGES) for code in codes_in(path)}
    tests = "\n".join(p.read_text(encoding="utf-8") for p in Path(__file__).parent.glob("test_*.py"))
    shown = {case.code for case in CASES} | {code for code in codes if f'"{code}"' in tests}
    assert len(codes) > 60
    assert sorted(codes - shown) == []


def test_codes_are_positive_statements_in_small_letters() -> None:
    codes = {code for path in modules("") for code in codes_in(path)}
    assert [code for code in codes if not CODE.fullmatch(code)] == []
    assert [code for code in codes if re.search(r"\b(no|not|un|bad|invalid|missing|unknown)-", code)] == []


def test_every_folder_of_cases_is_named_after_a_code_that_there_is() -> None:
    codes = {code for path in modules(*STAGES) for code in codes_in(path)}
    assert sorted({case.code for case in CASES} - codes) == []


def test_every_finding_says_how_to_mend_it() -> None:
    assert sorted({f.code for case in CASES for f in case.expected if not f.hint}) == []
