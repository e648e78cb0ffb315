"""One contestant in a process of its own: its CPU time, time by the clock and peak memory."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NAME = "__measured__"


@dataclass(frozen=True, slots=True)
class Cost:
    """`cpu` and `wall` in seconds (of all processes that were started too), `memory_mb` the peak of the largest one."""

    cpu: float
    wall: float
    memory_mb: float
    result: Any


def run_apart(module: str, *words: str) -> Cost | None:
    """Return what `python -m module words…` reported through `report`; None, with the reason said, if it could not."""
    done = subprocess.run([sys.executable, "-m", module, *words], capture_output=True, text=True, check=False)  # noqa: S603
    for line in done.stdout.splitlines():
        if line.startswith(NAME):
            return Cost(**json.loads(line[len(NAME) :]))
    print(f"{module} {' '.join(words)}: {done.stderr.strip().splitlines()[-1:] or 'no result'}", file=sys.stderr)
    return None


def report(work: Callable[[], Any]) -> None:
    """Do the work and print what it cost, for `run_apart`. What was done before (loading, imports) is not counted."""
    before, start = _cpu(), time.perf_counter()
    result = work()
    cpu, wall = _cpu() - before, time.perf_counter() - start
    cost = {"cpu": cpu, "wall": wall, "memory_mb": _peak_mb(), "result": result}
    print(NAME + json.dumps(cost))


def _peak_mb() -> float:
    """Return the most memory this process had since it was started; ru_maxrss would tell that of the parent too."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("no peak memory in /proc/self/status")


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)
