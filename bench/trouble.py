"""How much a catalogue survives: kills of each command, a changed byte in each page, damaged pages and a rescue.

python -m bench.trouble [--kills 200] [--seeds 3] [--pages 400]
"""

import argparse
import random
import resource
import tempfile
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from bench.pages import write_captures
from tests.pages import ingest, ports, rows
from tests.trouble.damage import PAGE_BYTES, make_catalogue, try_bytes
from tests.trouble.kills import kill_often, victims


def main() -> None:
    """Do all of it and print figures."""
    words = argparse.ArgumentParser(description="What a catalogue survives.")
    words.add_argument("--kills", type=int, default=200, help="of each command")
    words.add_argument("--seeds", type=int, default=3, help="bytes changed in each page")
    words.add_argument("--pages", type=int, default=400, help="of a larger catalogue that a byte is changed in")
    told = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for line in chain(_kill(Path(folder), told.kills), _change(Path(folder), told.seeds, told.pages)):
            print(line, flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"peak memory {peak} MB")


def _kill(folder: Path, n: int) -> Iterator[str]:
    for name, victim in victims(folder).items() if n else ():
        place = folder / name.replace(" ", "")
        place.mkdir()
        rounds = list(kill_often(victim, n, 1, place))
        running = sum(one.was_running for one in rounds)
        yield f"{name}: {n} kills, {running} while it ran; all whole, all ended as if never killed"


def _change(folder: Path, n_seeds: int, n_pages: int) -> Iterator[str]:
    small = make_catalogue(folder)
    fates: Counter[str] = Counter()
    for seed in range(n_seeds):
        fates.update(trial.fate for trial in try_bytes(small, seed, folder / "changed.db"))
    yield f"small catalogue, a byte changed in each page {n_seeds} times: {_said(fates)}"
    large = folder / "large.db"
    write_captures(folder / "generated", n_pages, 1)
    ingest(large, [folder / "generated"])
    fates = Counter(trial.fate for trial in try_bytes(large, 1, folder / "changed.db", 60))
    size = large.stat().st_size // 1_000_000
    yield f"catalogue of {n_pages} pages ({size} MB), a byte changed in 60 of its pages: {_said(fates)}"
    yield from _rescue(large, folder)


def _rescue(db: Path, folder: Path) -> Iterator[str]:
    from catalog.services.rescue import rescue  # loads NumPy

    data = db.read_bytes()
    total = rows(db, "SELECT count(*) FROM sqlar")[0][0]
    for share in (0.01, 0.1, 0.3):
        rng = random.Random(3)  # noqa: S311 -- a seed, no secret
        damaged = bytearray(data)
        pages = rng.sample(range(len(data) // PAGE_BYTES), int(len(data) // PAGE_BYTES * share))
        for number in pages:
            damaged[number * PAGE_BYTES : (number + 1) * PAGE_BYTES] = rng.randbytes(PAGE_BYTES)
        (folder / "damaged.db").write_bytes(damaged)
        saved = folder / f"saved-{share}.db"
        counts = rescue(folder / "damaged.db", saved, ports()).counts
        kept = (
            f"{counts['originals']} of {total} originals, {counts['log']} rows of the log ({counts['log_lost']} lost)"
        )
        yield f"{share:.0%} of its pages overwritten: {kept} saved"


def _said(fates: Counter[str]) -> str:
    return ", ".join(f"{count} {fate}" for fate, count in sorted(fates.items()))


if __name__ == "__main__":
    main()
