"""Reading pages: text captures, and HTML against trafilatura on the same pages.

python -m bench.parse [--captures 500] [--seed 1] [--text FOLDER] [--html FOLDER]

Without folders the pages are made (bench/pages.py), as text and as the plainest HTML of the same lines. Real pages have
more markup and more lines: name folders of them to measure on those.
"""

import argparse
import html
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.measure import Cost, report, run_apart
from bench.pages import write_captures

WARM_UP = 20  # pages read before the clock starts: patterns are compiled, caches filled


def main() -> None:
    """Compare, or be one of those compared."""
    words = argparse.ArgumentParser(description="Reading pages.")
    words.add_argument("--captures", type=int, default=500)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--text", type=Path)
    words.add_argument("--html", type=Path)
    words.add_argument("--contestant", help=argparse.SUPPRESS)
    words.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    told = words.parse_args()
    if told.contestant:
        CONTESTANTS[told.contestant](told.folder)
        return
    with tempfile.TemporaryDirectory() as place:
        made = write_captures(Path(place), told.captures, told.seed) / "pages"
        compare(told.text or made, told.html or write_html(made, Path(place) / "html"))


def write_html(pages: Path, folder: Path) -> Path:
    """Write each page with its lines as paragraphs of an HTML document; return the folder."""
    folder.mkdir()
    for path in sorted(pages.rglob("*.txt")):
        lines = path.read_text("utf-8").splitlines()
        shown = "\n".join(f"<p>{html.escape(line)}</p>" for line in lines if line)
        head = f'<!doctype html><html lang="zh"><meta charset="utf-8"><title>{html.escape(lines[0])}</title>'
        page = f"{head}<body>{shown}</body></html>"
        (folder / f"{path.stem}.html").write_text(page, "utf-8")
    return folder


def compare(text: Path, pages: Path) -> None:
    """Print pages a second of each contestant, and the ratios that are aimed at."""
    rates: dict[str, float] = {}
    for name in CONTESTANTS:
        cost: Cost | None = run_apart(
            "bench.parse", "--contestant", name, "--folder", str(text if name == "text" else pages)
        )
        if cost is None:
            continue
        n, size = cost.result
        rates[name] = n / cost.cpu
        print(f"{name:<12} {rates[name]:8.0f} pages a second of {size / n / 1e3:5.1f} KB, {cost.memory_mb:4.0f} MB")
    if "trafilatura" in rates:
        print(f"HTML, catalog / trafilatura {rates['html'] / rates['trafilatura']:6.1f} x (aim: at least 15)")
        print(f"text / trafilatura on HTML  {rates['text'] / rates['trafilatura']:6.1f} x (aim: at least 60)")


def _read_all(folder: Path, pattern: str, read: Callable[[bytes], object]) -> None:
    pages = [path.read_bytes() for path in sorted(folder.rglob(pattern))]
    for page in pages[:WARM_UP]:
        read(page)

    def work() -> tuple[int, int]:
        for page in pages:
            read(page)
        return len(pages), sum(map(len, pages))

    report(work)


def _run_catalog(folder: Path, extension: str) -> None:
    from catalog.model.capture import Capture
    from catalog.rules.load import load_rules
    from catalog.text.parse import parse_capture

    rules = load_rules()
    _read_all(folder, f"*.{extension}", lambda page: parse_capture(Capture.of(page, extension), rules))


def _run_trafilatura(folder: Path) -> None:
    import trafilatura

    _read_all(folder, "*.html", lambda page: trafilatura.bare_extraction(page, with_metadata=True))


CONTESTANTS: dict[str, Callable[[Path], None]] = {
    "text": lambda folder: _run_catalog(folder, "txt"),
    "html": lambda folder: _run_catalog(folder, "html"),
    "trafilatura": _run_trafilatura,
}

if __name__ == "__main__":
    main()
