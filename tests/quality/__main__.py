"""Print how well the parser reads, and raise the floors.

python -m tests.quality              the table
python -m tests.quality --update     raise floors to what is reached now, less --slack; none is lowered
python -m tests.quality --update --lower   take what is reached now, whatever it was before
python -m tests.quality --misses FIELD     noted and read, page by page; never of pages that only measure
"""

import argparse
import sys
from collections.abc import Iterator, Mapping

from catalog.model.rule import RuleSet
from catalog.rules.load import load_rules
from tests.quality.floors import FILE, Floors, as_toml, fallen, load_floors, raised
from tests.quality.pages import HTML_SETS, SETS, TEXT_SETS, digest_of_samples, read_pages
from tests.quality.score import FIELDS, Note, Tally, score, score_page

NEARLY = 0.999  # an F1 below it is a miss
WIDEST = 200  # characters of a value that are shown


def measure(rules: RuleSet) -> dict[str, dict[str, Tally]]:
    """Return set -> field -> tally of every set whose pages are there."""
    read = {name: list(read_pages(name, rules)) for name in SETS}
    return {name: score(pages) for name, pages in read.items() if pages}


def table(reached: Mapping[str, Mapping[str, Tally]], floors: Floors) -> Iterator[str]:
    """Yield the lines of a table: a field a row; precision, recall, F1 and floor of each set. Nothing without a set."""
    if not reached:
        return
    yield f"{'':12}" + "".join(f"{pages:^30}" for pages in reached)
    yield f"{'':12}" + "".join(f"{'P':>7}{'R':>7}{'F1':>7}{'floor':>7}  " for _ in reached)
    for name in FIELDS:
        cells = ((tallies[name], floors.get(name, {}).get(pages, 0.0)) for pages, tallies in reached.items())
        yield f"{name:12}" + "".join(
            f"{t.precision:7.3f}{t.recall:7.3f}{t.f1:7.3f}{floor:7.3f}  " for t, floor in cells
        )


def misses(name: str, rules: RuleSet) -> Iterator[str]:
    """Yield a line for each page on which a field is not fully right: what was noted, and what was read.

    Pages of the check sets are never shown: rules that somebody fitted to them would measure nothing.
    """
    for pages in (name for name in SETS if not name.startswith("check")):
        for note, record, text in read_pages(pages, rules):
            tally = score_page(note, record, text).get(name, Tally(1))
            if tally.f1 < NEARLY:
                yield f"{pages:8} {note['id']:24} F1 {tally.f1:.2f} noted {note.get(name)!r}, read {read(name, record)}"


def read(name: str, record: Note) -> str:
    """Return what a record says of a field, short enough for a line."""
    if name in ("authors", "editors"):
        return str([f"{agent['role']} {agent['name']}" for agent in record["agents"]])
    value = (record["body"] or {}).get("text") if name == "body" else record.get(name, record["counters"].get(name))
    return repr(value)[:WIDEST]


def main() -> int:
    """Return 0, or 3 if a field is below its floor."""
    ask = argparse.ArgumentParser(
        prog="python -m tests.quality", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--update", action="store_true")
    ask.add_argument("--lower", action="store_true")
    ask.add_argument("--slack", type=float, default=0.0)
    ask.add_argument("--misses", metavar="FIELD", choices=FIELDS)
    told = ask.parse_args()
    rules = load_rules()
    if told.misses:
        print("\n".join(misses(told.misses, rules)))
        return 0
    reached = measure(rules)
    floors, digest = load_floors()
    if told.update:
        floors, digest = raised(floors, reached, slack=told.slack, lower=told.lower), digest_of_samples()
        FILE.write_text(as_toml(floors, digest), "utf-8")
    for sets in (TEXT_SETS, HTML_SETS):
        print("\n".join(table({name: reached[name] for name in sets if name in reached}, floors)))
    if digest != digest_of_samples():
        print("the samples are not those that the floors were measured on: run --update")
    below = fallen(floors, reached)
    if below:
        print("\n".join(below), file=sys.stderr)
    return 3 if below else 0


if __name__ == "__main__":
    sys.exit(main())
