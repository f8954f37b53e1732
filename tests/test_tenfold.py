"""In: a publication. Out: whether it is still sound ten times over, as the benchmark needs it."""

from __future__ import annotations

from pathlib import Path

from benchmarks.tenfold import tenfold

from icat_reports.cli import main

ROOT = Path(__file__).parents[1]


def test_a_publication_ten_times_over_is_sound(tmp_path: Path) -> None:
    tenfold(ROOT, "mapping-2021", tmp_path / "ten")
    assert main(["--root", str(tmp_path / "ten"), "check"]) == 0
