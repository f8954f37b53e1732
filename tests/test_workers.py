"""Pieces of work are done in the order of their weight, with all that they lead to."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from icat_reports.workers import FIRST, Piece, Workers

DONE: list[str] = []


def _prepare(word: str) -> None:
    DONE[:] = [word]


def _work(word: str) -> str:
    if word == "wrong":
        message = "it went wrong"
        raise LookupError(message)
    DONE.append(word)
    return word


def _nothing(_: str) -> Iterator[Piece]:
    return iter(())


def _more(word: str) -> Iterator[Piece]:
    yield Piece(1, _work, (f"{word} light",), _nothing)
    yield Piece(5, _work, (f"{word} heavy",), _nothing)


@pytest.mark.parametrize("number", [1, 2])
def test_everything_is_done(number: int) -> None:
    """In this process or in others, whose results come back."""
    results: list[str] = []

    def then(word: str) -> Iterator[Piece]:
        results.append(word)
        return _more(word) if word in ("a", "b") else iter(())

    def taken(word: str) -> Iterator[Piece]:
        return (Piece(p.weight, p.work, p.arguments, then) for p in then(word))

    with Workers(number, _prepare, "begun") as workers:
        workers.do([Piece(FIRST, _work, (word,), taken) for word in "ab"])
    assert sorted(results) == ["a", "a heavy", "a light", "b", "b heavy", "b light"]


def test_the_heaviest_comes_first() -> None:
    """Of what is known, and what others wait for before all."""
    with Workers(1, _prepare, "begun") as workers:
        workers.do([Piece(2, _work, ("two",), _nothing), Piece(FIRST, _work, ("a",), _more),
                    Piece(3, _work, ("three",), _nothing)])  # fmt: skip
    assert DONE == ["begun", "a", "three", "a heavy", "two", "a light"]


@pytest.mark.parametrize("number", [1, 2])
def test_what_goes_wrong_is_raised_here(number: int) -> None:
    """And ends the others."""
    with Workers(number, _prepare, "begun") as workers, pytest.raises(LookupError, match="it went wrong"):
        workers.do([Piece(1, _work, ("wrong",), _nothing)])


SLOW_TO_BEGIN = """
import sys, time
from pathlib import Path
from icat_reports.workers import Piece, Workers

def prepare(begun):
    Path(begun).touch()
    time.sleep(60)

if __name__ == "__main__":
    with Workers(2, prepare, sys.argv[1]) as workers:
        workers.do([Piece(1, print, (), lambda _: ())])
"""


def test_a_process_that_is_ended_before_its_first_piece_leaves_no_traceback(tmp_path: Path) -> None:
    """It ends with a parent that was killed."""
    script, begun = tmp_path / "slow.py", tmp_path / "begun"
    script.write_text(SLOW_TO_BEGIN)
    with subprocess.Popen(
        [sys.executable, script, begun], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as running:
        waited = time.monotonic()
        while not begun.exists() and time.monotonic() - waited < 60:
            time.sleep(0.05)
        running.kill()
        said, _ = running.communicate(timeout=30)  # until the last process that holds the pipe has ended
    assert "Traceback" not in said
