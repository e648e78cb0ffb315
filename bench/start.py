"""How long commands take to start, as ratios to `python -c pass` and to a program of one Typer command, in one run.

python bench/start.py [FOLDER]: FOLDER holds the programs `python` and `catalog` of an installed wheel (default: those
that run this). CPU time of whole processes, medians; the aims are those of the issue that asked for them.
"""

import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROUNDS = 11
ONE_COMMAND = '''
import typer


def main(name: str) -> None:
    """Greet NAME."""
    print(name)


typer.run(main)
'''
SAMPLES = Path(__file__).parents[1] / "samples"
AIMS = (
    ("--version", "pass", 3.0), ("--help", "one --help", 1.2), ("list", "one", 1.6), ("show", "one", 1.6),
    ("report", "one", 1.6),
)  # fmt: skip


def main(programs: Path) -> None:
    """Print a line a command: milliseconds, the ratio, and what is aimed at."""
    with tempfile.TemporaryDirectory() as folder:
        commands = _commands(programs, Path(folder))
        seconds: dict[str, list[float]] = {name: [] for name in commands}
        for turn in range(ROUNDS + 1):  # the first fills caches and is not counted
            for name, words in commands.items():
                taken = _measure(words)
                if turn:
                    seconds[name].append(taken)
    median = {name: statistics.median(found) for name, found in seconds.items()}
    for name, other, aim in AIMS:
        ratio = median[name] / median[other]
        print(f"catalog {name:9} {median[name] * 1000:4.0f} ms, {ratio:.2f} times `{other}` (aim: at most {aim})")


def _commands(programs: Path, folder: Path) -> dict[str, list[str]]:
    """Return the command lines by name; they look at a catalogue of the samples, made here."""
    python, catalog = str(programs / "python"), str(programs / "catalog")
    one, db = folder / "one.py", str(folder / "catalog.db")
    one.write_text(ONE_COMMAND, "utf-8")
    subprocess.run([catalog, "ingest", str(SAMPLES), "--quiet", "--db", db], check=True)  # noqa: S603 -- our own program
    return {
        "pass": [python, "-c", "pass"],
        "one": [python, str(one), "x"],
        "one --help": [python, str(one), "--help"],
        "--version": [catalog, "--version"],
        "--help": [catalog, "--help"],
        "list": [catalog, "list", "--db", db],
        "show": [catalog, "show", "7", "--db", db],
        "report": [catalog, "report", "--by-source", "--db", db],
    }


def _measure(words: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 -- our own words
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(sys.executable).parent)
