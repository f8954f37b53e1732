"""In: pieces of work, each of which may lead to others. Out: all of them done, in several processes, the heaviest first.

What is heavy is begun first, so that at the end the processes have little left, and end together.
"""

from __future__ import annotations

import heapq
import os
import signal
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from itertools import count
from multiprocessing import forkserver, get_context, parent_process, resource_tracker
from typing import Any, Self

from msgspec import Struct

_ENDING = (signal.SIGTERM, signal.SIGHUP)
"""What tells a process to end; the second when its window is closed."""
_GRACE = 5
"""Seconds that a process has to end by itself."""
FIRST = float("inf")
"""Weight of work that other work waits for."""


class Piece(Struct, frozen=True, eq=False):
    """A piece of work."""

    weight: float
    """How long it may take, in any unit."""
    work: Callable[..., Any]
    """A function of a module, which another process can find by its name."""
    arguments: tuple[Any, ...]
    then: Callable[[Any], Iterable[Piece]]
    """Takes the result, in this process; gives what is to be done next."""


class Workers:
    """Processes that do pieces of work; with one job, this process does them itself."""

    def __init__(self, number: int, prepare: Callable[..., None], *arguments: object) -> None:
        """`prepare` is called with its arguments in each process before its first piece of work."""
        self._number = number
        self._pool: ProcessPoolExecutor | None = None
        if number > 1 and _has_helpers():
            self._pool = ProcessPoolExecutor(
                number, mp_context=get_context("forkserver"), initializer=_do, initargs=(_begin, (prepare, arguments))
            )
        else:
            prepare(*arguments)

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """End all processes; at once when something went wrong."""
        if self._pool is None:
            return
        processes = list((self._pool._processes or {}).values())  # noqa: SLF001 - public from Python 3.14 on
        if kind is not None:
            for process in processes:
                process.terminate()
        self._pool.shutdown(wait=kind is None, cancel_futures=True)
        for process in processes if kind is not None else ():
            process.join(_GRACE)
            process.kill()

    def do(self, pieces: Iterable[Piece]) -> None:
        """Do pieces of work and all that they lead to. Raises what one of them raises."""
        order = count()
        waiting = [(-piece.weight, next(order), piece) for piece in pieces]
        heapq.heapify(waiting)
        running: dict[Future[Any], Piece] = {}
        while waiting or running:
            # One more than there are processes, so that none has to wait
            while waiting and len(running) <= self._number:
                piece = heapq.heappop(waiting)[-1]
                running[self._start(piece)] = piece
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in sorted(done, key=list(running).index):
                piece = running.pop(future)
                for more in piece.then(future.result()):
                    heapq.heappush(waiting, (-more.weight, next(order), more))

    def _start(self, piece: Piece) -> Future[Any]:
        if self._pool:
            return self._pool.submit(_do, piece.work, piece.arguments)
        future: Future[Any] = Future()
        future.set_result(piece.work(*piece.arguments))
        return future


def _has_helpers() -> bool:
    """Start the processes behind the pool, which Ctrl-C and a closed window must not end before the pool itself.

    They speak through a socket in the folder for temporary files, whose name may be too long for one (POSIX, sys/un.h).
    """
    # What is ignored stays so in a new program (POSIX, exec)
    before = {told: signal.signal(told, signal.SIG_IGN) for told in (signal.SIGINT, signal.SIGHUP)}
    try:
        resource_tracker.ensure_running()
        forkserver.ensure_running()
    except OSError:
        return False
    finally:
        for told, heard in before.items():
            signal.signal(told, heard)
    return True


def _do(work: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:  # noqa: ANN401
    """Do a piece of work in a process of its own, which ends, tidied up, when it is told to."""
    try:
        return work(*arguments)
    except SystemExit as told:
        os._exit(int(told.code or 0))  # the pool would take it for a result, or for a fault, which it prints


def _begin(prepare: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    """Begin the life of a process."""
    _leave_signals_to_parent()
    prepare(*arguments)


def _leave_signals_to_parent() -> None:
    """Ctrl-C reaches every process of a terminal; the parent ends its workers by itself.

    They end as a program does, not at once, so that LibreOffice and its folder do not outlive them.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for told in _ENDING:
        signal.signal(told, _end_this_process)
    # A thread inherits what is blocked: signals are the main thread's alone
    held = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    signal.pthread_sigmask(signal.SIG_SETMASK, held)


def _end_with_parent() -> None:
    """A parent that was killed can tell its workers nothing: they would wait for work without end."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def _go_on(*_: object) -> None:
    """Told once more, a process goes on tidying up; to ignore the signal would make Python complain of one under way."""


def _end_this_process(number: int, _: object) -> None:
    for told in _ENDING:
        signal.signal(told, _go_on)
    raise SystemExit(128 + number)
