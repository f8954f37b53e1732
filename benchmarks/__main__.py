"""In: a project, a folder to work in, pandoc. Out: tables of what the program costs, with targets and whether each holds."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.clock import Clock, Command, Failed, Measured, Run, Spread

PDF, WEASYPRINT = "PDF, ours", "PDF, WeasyPrint alone"
WORD, CONTENT, PANDOC = "Word, from the resolved document", "Word, from the content", "Word, pandoc from the HTML"
COLD, HTML = "the same, no template kept", "HTML for pandoc, from the content"
OFFICE, CHECK, BUILD = "Word, laid out by LibreOffice", "./icat check", "./icat build --force --jobs 1"
MERGE = "10,000 units merged"
VERSION, BARE, LIST, AGAIN = "./icat --version", "the same without the script", "./icat list", "./icat build, no change"

GROUPS: tuple[tuple[str, ...], ...] = (
    (PDF, WEASYPRINT),
    (WORD, CONTENT, COLD, HTML, PANDOC),
    (OFFICE,),
    (CHECK,),
    (BUILD,),
    (AGAIN,),
)
"""What runs in turn."""
JOBS = 2
"""Processes that build the matrix."""
SMALL_GROUPS: tuple[tuple[str, ...], ...] = ((VERSION, BARE, LIST), (MERGE,))
"""What does not depend on the size."""


def wall(run: Run) -> float:
    """Seconds."""
    return run.wall


def cpu(run: Run) -> float:
    """Seconds of processor."""
    return run.cpu


@dataclass(frozen=True, slots=True)
class Size:
    """A publication, as it is or ten times."""

    name: str
    root: Path
    folder: Path
    rounds: int
    words: int
    pages: int


@dataclass(slots=True)
class Bench:
    """The programs, and what they took so far."""

    options: argparse.Namespace
    clock: Clock
    found: dict[tuple[str, str], Measured] = field(default_factory=dict)
    matrix: list[Run] = field(default_factory=list)
    """Builds of every publication in every language, in two processes."""
    failures: list[str] = field(default_factory=list)

    def python(self, module: str, *words: str | Path) -> tuple[str | Path, ...]:
        """A module in a fresh process, with the options that ./icat gives Python."""
        return (sys.executable, "-P", "-X", "utf8", "-m", module, *words)

    def prepare(self, name: str, rounds: int) -> Size | None:
        """Make what the programs start from: a project with the publication alone, `once` or `tenfold`, and more."""
        project, publication = self.options.project, self.options.publication
        folder, root = self.options.work / name, self.options.work / f"{name}-project"
        try:
            words = self.python("benchmarks.tenfold", name, project, publication, root)
            self.clock.run(Command(f"writing the project {name}", words))
            self.clock.run(
                Command(f"preparing {name}", self.python("benchmarks.steps.prepare", root, publication, folder))
            )
        except Failed as failed:
            self.failures.append(str(failed))
            return None
        return Size(name, root, folder, rounds, **json.loads((folder / "size.json").read_text(encoding="utf-8")))

    def commands(self, size: Size) -> dict[str, Command]:
        """Everything that is measured, by name."""
        icat = (self.options.project / "icat",)
        target, publication = size.folder / "out", self.options.publication
        build = (*icat, "--root", size.root, "build", publication, "--lang", "en", "--out", size.folder / "built")
        words: dict[str, tuple[str | Path, ...]] = {
            PDF: self.python("benchmarks.steps.pdf", size.folder, target),
            WEASYPRINT: self.python("benchmarks.steps.weasyprint_alone", size.folder, target),
            WORD: self.python("benchmarks.steps.word", size.folder, target),
            CONTENT: self.python("benchmarks.steps.word_from_content", size.root, publication, size.folder, target),
            COLD: self.python(
                "benchmarks.steps.word_from_content", size.root, publication, size.folder, target, "cold"
            ),
            HTML: self.python("benchmarks.steps.html_from_content", size.root, publication, target),
            PANDOC: (
                self.options.pandoc,
                "--quiet",
                "-f",
                "html",
                "-t",
                "docx",
                "-o",
                target,
                size.folder / "print.html",
            ),
            OFFICE: self.python("benchmarks.steps.word_laid_out", size.folder, target),
            CHECK: (*icat, "--root", size.root, "check"),
            BUILD: (*build, "--force", "--jobs", "1"),  # processes that it leaves to others cannot be counted
            AGAIN: build,
            VERSION: (*icat, "--version"),
            BARE: self.python("icat_reports", "--version"),
            LIST: (*icat, "list"),
            MERGE: self.python("benchmarks.steps.merge_units", "10000"),
        }
        return {name: Command(name, said, "unchanged" if name == AGAIN else "") for name, said in words.items()}

    def measure(self, size: Size, groups: Sequence[Sequence[str]]) -> None:
        """Measure groups of programs; one that fails leaves its group out."""
        commands = self.commands(size)
        for group in groups:
            print(f"{size.name}: {', '.join(group)}", file=sys.stderr)  # noqa: T201 - this program prints
            try:
                rows = self.clock.measure([commands[name] for name in group], size.rounds)
            except Failed as failed:
                self.failures.append(f"{size.name}: {failed}")
                continue
            self.found |= {(size.name, name): row for name, row in zip(group, rows, strict=True)}


# ---------------------------------------------------------------- targets


@dataclass(frozen=True, slots=True)
class Target:
    """What must hold."""

    name: str
    most: float | None
    """None where no target was set."""
    value: Spread
    of_cpu: float | None = None
    """The same, by seconds of processor."""


def targets(bench: Bench, one: Size, ten: Size | None) -> Iterator[Target]:
    """Every target whose programs could be measured."""
    found = bench.found
    for size in (one, *((ten,) if ten else ())):
        for name, most, mine, other in (
            ("PDF / WeasyPrint alone", 1.10, PDF, WEASYPRINT),
            ("Word / pandoc", 1.0, WORD, PANDOC),
            ("Word from the content / pandoc", 1.0, CONTENT, PANDOC),
            ("the same, no template kept / pandoc", None, COLD, PANDOC),
        ):
            a, b = found.get((size.name, mine)), found.get((size.name, other))
            if a and b:
                yield Target(f"{size.name}: {name}", most, a.against(b, wall), a.against(b, cpu).median)
        yield from _like_for_like(bench, size)
    yield from _seconds(bench, one)
    if bench.matrix:
        shares = [run.wall / (run.cpu / JOBS) for run in bench.matrix]
        yield Target("matrix: seconds / its processor seconds by 2", 1.15, Spread.of(shares))
    if ten:
        yield from _growth(bench, one, ten)


def _like_for_like(bench: Bench, size: Size) -> Iterator[Target]:
    """Both from the content: pandoc cannot read it, so that its HTML is made from it first."""
    ours, html, pandoc = (bench.found.get((size.name, name)) for name in (CONTENT, HTML, PANDOC))
    if ours and html and pandoc:
        both = [_sum(a, b) for a, b in zip(html.runs, pandoc.runs, strict=True)]
        whole = Measured(pandoc.command, tuple(both))
        name = f"{size.name}: Word / HTML and pandoc, from the content"
        yield Target(name, None, ours.against(whole, wall), ours.against(whole, cpu).median)


def _sum(a: Run, b: Run) -> Run:
    return Run(a.wall + b.wall, a.cpu + b.cpu, max(a.peak, b.peak))


def _seconds(bench: Bench, one: Size) -> Iterator[Target]:
    found = bench.found
    whole, bare = found.get((one.name, VERSION)), found.get((one.name, BARE))
    if whole and bare:
        shares = [a.wall - b.wall for a, b in zip(whole.runs, bare.runs, strict=True)]
        yield Target("seconds of ./icat itself", 0.050, Spread.of(shares))
    merged = found.get((one.name, MERGE))
    if merged:
        yield Target(f"seconds of {MERGE}", 3.0, merged.spread(wall), merged.spread(cpu).median)
    again = found.get((one.name, AGAIN))
    if again:
        yield Target("seconds of ./icat build, no change", 1.0, again.spread(wall), again.spread(cpu).median)


def _growth(bench: Bench, one: Size, ten: Size) -> Iterator[Target]:
    """Time for each page or word, ten times the size by the size as it is: 1 is linear."""
    by_page, by_word = ten.pages / one.pages, ten.words / one.words
    for name in (PDF, WEASYPRINT, WORD, CONTENT, PANDOC, OFFICE, CHECK, BUILD):
        a, b = bench.found.get((one.name, name)), bench.found.get((ten.name, name))
        if a and b:
            factor = by_page if name in (PDF, WEASYPRINT) else by_word
            ours = None if name in (WEASYPRINT, PANDOC) else 1.1
            yield Target(f"growth: {name}", ours, _per(b, a, wall, factor), _per(b, a, cpu, factor).median)


def _per(big: Measured, small: Measured, of: Callable[[Run], float], factor: float) -> Spread:
    a, b = big.spread(of), small.spread(of)
    return Spread(a.median / b.median / factor, a.least / b.most / factor, a.most / b.least / factor)


# ---------------------------------------------------------------- tables


def report(bench: Bench, one: Size, ten: Size | None) -> Iterator[str]:
    """The tables, line by line."""
    yield f"{os.cpu_count()} processors; load {os.getloadavg()[2]:.1f} in the last quarter of an hour"
    yield ""
    for size in (one, *((ten,) if ten else ())):
        yield f"{size.name}: {size.pages} pages, {size.words} words; median of {size.rounds} runs, least–most"
        yield f"  {'':34}{'seconds':>9}{'':17}{'processor':>10}{'peak MB':>10}"
        for (of, name), row in bench.found.items():
            if of == size.name:
                time, memory = row.spread(wall), max(run.peak for run in row.runs)
                yield f"  {name:34}{time.median:9.3f}{_range(time, 3):>17}{row.spread(cpu).median:10.3f}{memory:10.0f}"
        yield ""
    for run in bench.matrix:
        yield f"every publication in every language, PDF and Word, {JOBS} processes: {run.wall:.0f} seconds, of processor {run.cpu:.0f}"  # fmt: skip
        yield ""
    yield f"{'':52}{'median':>8}{'':15}{'by cpu':>8}{'target':>9}"
    for target in targets(bench, one, ten):
        by_cpu = "" if target.of_cpu is None else f"{target.of_cpu:.2f}"
        verdict = "" if target.most is None else f"{'≤ ' + format(target.most, '.2f'):>9}  {_verdict(target)}"
        yield f"{target.name:52}{target.value.median:8.2f}{_range(target.value, 2):>15}{by_cpu:>8}{verdict}".rstrip()
    yield from (f"not measured: {failure}" for failure in bench.failures)


def _range(spread: Spread, places: int) -> str:
    return f"{spread.least:.{places}f}–{spread.most:.{places}f}"


def _verdict(target: Target) -> str:
    return "holds" if target.most is not None and target.value.median <= target.most else "MISSED"


# ---------------------------------------------------------------- the command


def main() -> int:
    """Measure and print; returns the exit code."""
    options = _options()
    options.work.mkdir(parents=True, exist_ok=True)
    bench = Bench(
        options, Clock({"FONTCONFIG_FILE": str(options.work / "once" / "fonts" / "fonts.conf")}, options.work / "log")
    )
    one = bench.prepare("once", options.runs)
    if one is None:
        print(*bench.failures, sep="\n", file=sys.stderr)  # noqa: T201 - this program prints
        return 1
    bench.measure(one, (*SMALL_GROUPS, *GROUPS))
    _measure_matrix(bench)
    ten = _ten(bench)
    print("\n".join(report(bench, one, ten)))  # noqa: T201 - this program prints
    return 1 if bench.failures else 0


def _measure_matrix(bench: Bench) -> None:
    options = bench.options
    words = (options.project / "icat", "--root", options.project, "build", "--force", "--jobs", str(JOBS))
    out = ("--format", "pdf,docx", "--out", options.work / "matrix")
    for _ in range(options.runs_matrix):
        print("every publication in every language", file=sys.stderr)  # noqa: T201 - this program prints
        try:
            bench.matrix.append(bench.clock.run_with_all(Command("the matrix", (*words, *out))))
        except Failed as failed:
            bench.failures.append(str(failed))


def _ten(bench: Bench) -> Size | None:
    options = bench.options
    if not options.runs_tenfold:
        return None
    ten = bench.prepare("tenfold", options.runs_tenfold)
    if ten:
        bench.measure(ten, GROUPS)
    return ten


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks/run", description="Measure what the program costs.")
    for name in ("project", "work", "pandoc"):
        parser.add_argument(f"--{name}", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--publication", metavar="ID", default="mapping-2021", help="which one (default: mapping-2021)")
    parser.add_argument(
        "--runs", metavar="N", type=_positive, default=7, help="counted runs of each program (default: 7)"
    )
    parser.add_argument(
        "--runs-tenfold",
        metavar="N",
        type=int,
        default=3,
        help="the same at ten times the size (default: 3); 0 leaves it out",
    )
    parser.add_argument(
        "--runs-matrix",
        metavar="N",
        type=int,
        default=1,
        help="builds of all publications in all languages (default: 1); 0 leaves it out",
    )
    return parser.parse_args()


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        message = "expected a number from 1"
        raise argparse.ArgumentTypeError(message)
    return number


if __name__ == "__main__":
    sys.exit(main())
