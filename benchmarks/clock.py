"""In: commands. Out: how long each took, how much of the processor and of memory it had, in repeated, interleaved runs.

The manner is that of pyperf and hyperfine: a first round that is thrown away, then rounds in which every command runs
once, so that a slow moment of the machine falls on all of them; medians with their range. It imports little, as Linux
counts a parent's memory as a child's until the child has become another program (getrusage(2), ru_maxrss).
"""

from __future__ import annotations

import ctypes
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_KILOBYTE = 1 if sys.platform == "darwin" else 1024
"""Bytes of ru_maxrss's unit (getrusage(2))."""
_SET_CHILD_SUBREAPER = 36


class Failed(Exception):  # noqa: N818 - it says what became of a command
    """A command ended with an error; the message is the last it said."""


@dataclass(frozen=True, slots=True)
class Command:
    """A program to be measured."""

    name: str
    """What it does, for the table."""
    words: tuple[str | Path, ...]
    says: str = ""
    """What it must print for its time to count."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command and of all that it started."""

    wall: float
    """Seconds from its start to its end."""
    cpu: float
    """Seconds of processor, of the user and the system."""
    peak: float
    """Megabytes of memory of the largest process."""


@dataclass(frozen=True, slots=True)
class Spread:
    """A median and its range."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """Of at least one value."""
        return cls(statistics.median(values), min(values), max(values))


@dataclass(frozen=True, slots=True)
class Measured:
    """All runs of a command."""

    command: Command
    runs: tuple[Run, ...]

    def spread(self, of: Callable[[Run], float]) -> Spread:
        """Of one of the quantities of a run."""
        return Spread.of([of(run) for run in self.runs])

    def against(self, other: Measured, of: Callable[[Run], float]) -> Spread:
        """How many times as much as `other`, round by round."""
        return Spread.of([of(a) / of(b) for a, b in zip(self.runs, other.runs, strict=True)])


@dataclass(frozen=True, slots=True)
class Clock:
    """Runs commands."""

    environment: Mapping[str, str]
    log: Path
    """What the commands print."""

    def measure(self, commands: Sequence[Command], rounds: int) -> list[Measured]:
        """Run each command once in each round, after a round that is not counted. Raises Failed."""
        runs = [[self.run(command) for command in commands] for _ in range(rounds + 1)]
        return [Measured(c, tuple(row)) for c, row in zip(commands, zip(*runs[1:], strict=True), strict=True)]

    def run_with_all(self, command: Command) -> Run:
        """Run a command, and count also the processes that it does not wait for. Raises Failed.

        Linux gives those to the nearest process above that asked for them (prctl(2), PR_SET_CHILD_SUBREAPER); elsewhere
        they are not counted.
        """
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run = self.run(command)
        with suppress(ChildProcessError):
            while True:
                os.wait()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return Run(run.wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, run.peak)

    def run(self, command: Command) -> Run:
        """Run a command. Raises Failed."""
        environment = {**os.environ, **self.environment}
        with self.log.open("wb") as log:
            start = time.perf_counter()
            process = subprocess.Popen(  # noqa: S603 - the commands are ours
                list(map(str, command.words)), env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        said = self.log.read_text(encoding="utf-8", errors="replace").strip()
        if process.returncode:
            *_, last = ("", *said.splitlines())
            raise Failed(f"{command.name}: exit code {process.returncode}: {last}")
        if command.says not in said:
            raise Failed(f"{command.name}: did not say “{command.says}”")
        return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _KILOBYTE / 1e6)
