"""Parse many captures, here or in worker processes, and give the answers in the order of the questions."""

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from typing import Any, Generic, TypeVar

from catalog.errors import CatalogError
from catalog.model.capture import Capture
from catalog.model.problem import Problem
from catalog.model.record import Parsed
from catalog.model.rule import RuleSet
from catalog.rules.load import load_rules
from catalog.text.parse import parse_capture

Question = TypeVar("Question")
Answer = TypeVar("Answer")

Group = list[tuple[Question, Capture | None]]

GROUP, GROUP_BYTES = 16, 512 * 1024  # captures, or bytes of them, that travel together: a journey costs like a page
WINDOW = 16  # groups in flight a worker: enough for the time in which a batch is written, few enough to hold in memory


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a capture could not be parsed: `code` for scripts, `message` for people."""

    code: str
    message: str

    def at(self, origin: str) -> Problem:
        """Return it as the failed problem of this input."""
        return Problem(self.code, self.message, origin, failed=True)


@dataclass(frozen=True, slots=True)
class Task(Generic[Answer]):
    """What is done with each capture. `finish` must be a function of a module: it travels to other processes."""

    finish: Callable[[Capture, Parsed, RuleSet], Answer]
    encoding: str | None = None

    def answer(self, capture: Capture, rules: RuleSet) -> Answer | Failure:
        """Return the answer; whatever goes wrong with one capture is a Failure, never the end of the run."""
        try:
            return self.finish(capture, parse_capture(capture, rules, encoding=self.encoding), rules)
        except CatalogError as error:
            return Failure(error.code, str(error))
        except Exception as error:  # noqa: BLE001, RUF100 -- a fault of the parser costs one capture, not the run
            return Failure("capture.failed", f"{type(error).__name__}: {error}")


def parse_in_order(
    questions: Iterable[tuple[Question, Capture | None]], task: Task[Answer], rules: RuleSet, jobs: int
) -> Iterator[tuple[Question, Answer | Failure | None]]:
    """Yield each question with its answer, in order; None for a question without a capture.

    With one job all is done here. With more, questions are drawn ahead of the answers, but no more than WINDOW groups a
    job.
    """
    if jobs <= 1:
        for question, capture in questions:
            yield question, None if capture is None else task.answer(capture, rules)
        return
    with _Workers(task, rules, jobs) as workers:
        pending: deque[tuple[Group[Question], Future[list[Answer | Failure]]]] = deque()
        for group in _groups(questions):
            pending.append((group, workers.ask(_captures(group))))
            if len(pending) >= WINDOW * jobs:
                yield from workers.wait(*pending.popleft())
        while pending:
            yield from workers.wait(*pending.popleft())


def _groups(questions: Iterable[tuple[Question, Capture | None]]) -> Iterator[Group[Question]]:
    group: Group[Question] = []
    size_bytes = 0
    for question, capture in questions:
        group.append((question, capture))
        size_bytes += len(capture.data) if capture else 0
        if len(group) >= GROUP or size_bytes >= GROUP_BYTES:
            yield group
            group, size_bytes = [], 0
    if group:
        yield group


def _captures(group: Group[Question]) -> list[Capture]:
    return [capture for _, capture in group if capture is not None]


class _Workers(Generic[Answer]):
    """A pool of parsers that is started anew when one of them dies."""

    def __init__(self, task: Task[Answer], rules: RuleSet, jobs: int) -> None:
        self._task, self._rules, self._jobs = task, rules, jobs
        self._pool = self._start(jobs)

    def __enter__(self) -> "_Workers[Answer]":
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def ask(self, captures: list[Capture]) -> "Future[list[Answer | Failure]]":
        """Return the promise of their answers."""
        try:
            return self._submit(self._pool, captures)
        except BrokenProcessPool:
            self._pool.shutdown(wait=False)
            self._pool = self._start(self._jobs)
            return self._submit(self._pool, captures)

    def wait(
        self, group: Group[Question], future: "Future[list[Answer | Failure]]"
    ) -> Iterator[tuple[Question, "Answer | Failure | None"]]:
        """Yield the questions of a group with their answers, once these are there."""
        try:
            answers = iter(future.result())
        except BrokenProcessPool:
            answers = iter([self._alone(capture) for capture in _captures(group)])
        for question, capture in group:
            yield question, None if capture is None else next(answers)

    def _alone(self, capture: Capture) -> "Answer | Failure":
        """Ask again in a process of its own: a dying worker takes the innocent questions beside it along."""
        with self._start(1) as pool:
            try:
                return self._submit(pool, [capture]).result()[0]
            except BrokenProcessPool:
                return Failure("capture.failed", "the process that parsed it died")

    @staticmethod
    def _submit(pool: ProcessPoolExecutor, captures: list[Capture]) -> "Future[list[Answer | Failure]]":
        return pool.submit(_answer, captures)

    def _start(self, jobs: int) -> ProcessPoolExecutor:
        # Not forked: a progress bar draws in a thread, and a forked child would inherit its locks.
        return ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (self._task,))


_at_work: dict[str, Any] = {}  # of a worker process: loaded once there, since a pool passes only the initial arguments


def _begin(task: Task[Any]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the writer, who then ends the pool
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _at_work["task"], _at_work["rules"] = task, load_rules()


def _end_with_parent() -> None:
    """End this process once its parent is gone, however it went: it would hold the parent's output open for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _answer(captures: list[Capture]) -> list[Any]:
    task: Task[Any] = _at_work["task"]
    return [task.answer(capture, _at_work["rules"]) for capture in captures]
