"""The floors: what the parser reached once and must not fall below. A command raises them."""

import math
import tomllib
from collections.abc import Mapping
from pathlib import Path

from tests.quality.score import FIELDS, Tally

FILE = Path(__file__).with_name("floors.toml")
STEP = 1000  # floors are written in thousandths, rounded down
Floors = dict[str, dict[str, float]]  # field -> set -> F1


def load_floors(path: Path = FILE) -> tuple[Floors, str]:
    """Return the floors and the digest of the samples they were measured on; none and "" where there is no file."""
    if not path.exists():
        return {}, ""
    document = tomllib.loads(path.read_text("utf-8"))
    return document["floors"], document["samples"]


def raised(
    floors: Floors, reached: Mapping[str, Mapping[str, Tally]], *, slack: float = 0.0, lower: bool = False
) -> Floors:
    """Return floors `slack` under what is reached now; a higher floor stays unless `lower`.

    `reached` is set -> field -> tally; a set that is not in it keeps its floors.
    """
    return {
        name: {
            pages: max(_down(tallies[name].f1 - slack), 0.0 if lower else floors.get(name, {}).get(pages, 0.0))
            for pages, tallies in reached.items()
        }
        | {pages: floor for pages, floor in floors.get(name, {}).items() if pages not in reached}
        for name in FIELDS
    }


def fallen(floors: Floors, reached: Mapping[str, Mapping[str, Tally]]) -> list[str]:
    """Return a line for each field that is below its floor now."""
    return [
        f"{name} on {pages}: {tallies[name].f1:.3f}, floor {floor:.3f}"
        for pages, tallies in reached.items()
        for name in FIELDS
        if tallies[name].f1 < (floor := floors.get(name, {}).get(pages, 0.0)) - 1e-9
    ]


def as_toml(floors: Floors, digest: str) -> str:
    """Return the file's text: one line a field, in the order of FIELDS."""
    lines = [
        "# F1 below which the parser must not fall; written by: python -m tests.quality --update",
        f'samples = "{digest}"',
        "",
        "[floors]",
    ]
    lines += [
        f"{name} = {{ {', '.join(f'{pages} = {floor:.3f}' for pages, floor in floors[name].items())} }}"
        for name in FIELDS
    ]
    return "\n".join(lines) + "\n"


def _down(value: float) -> float:
    return max(0.0, math.floor(value * STEP + 1e-6) / STEP)
