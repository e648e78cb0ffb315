"""Review: in a real pseudo-terminal one key an answer; in a pipe the queue out and verdicts in."""

import fcntl
import json
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.cli.conftest import Run
from tests.pages import HARVEST, dump, ingest, page, rows, write_pages

PATIENCE = 30  # seconds until an answer must be on the screen
# the command as it runs in a window: Ctrl-C comes as an interrupt
OF_THE_TERMINAL = [
    sys.executable,
    "-c",
    "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); from catalog.cli.main import run; run()",
]
STEERING = re.compile(r"\x1b(\[[0-9;?]*[A-Za-z]|[()=>][B0]?)|[\x07\x0f]")
LONE = (
    page(title="青禾县举办秋收现场观摩会").replace("　浏览次数：12", "").replace("\n\n责任编辑", "\n\n1042\n\n责任编辑")
)
PAGES: dict[str, str | bytes] = {
    "1.txt": page(),
    "2.txt": page(title="雁鸣县图书馆新馆开馆", source="雁鳴日報", body=[HARVEST[1]]),
    "3.txt": page(published="2024-10-08", source="雁鸣日报"),  # record 1 without its hour, under another spelling
    "5.txt": page(title="雁鸣县图书馆地方文献室开放", source="雁鸣日报", published="2024-10-02"),
}


class Terminal:
    """A terminal of some columns in which `catalog review` runs."""

    def __init__(self, db: Path, columns: int, *words: str) -> None:
        self.ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        # a width in the environment would be taken for that of the terminal
        away = ("CATALOG_", "COLUMNS", "LINES")
        environ = {key: value for key, value in os.environ.items() if not key.startswith(away)}
        self.process = subprocess.Popen(
            [*OF_THE_TERMINAL, "review", "--db", str(db), *words],
            stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
            env=environ | {"CATALOG_WHO": "zhang.san", "TERM": "xterm", "NO_COLOR": "1"},
        )  # fmt: skip
        os.close(theirs)
        self.seen = ""

    def wait_for(self, text: str) -> str:
        """Return what came until this text is on the screen, which is then taken as read."""
        deadline = time.monotonic() + PATIENCE
        while text not in self.seen:
            assert time.monotonic() < deadline, f"{text!r} did not come: {self.seen!r}"
            if select.select([self.ours], [], [], 0.1)[0]:
                try:
                    self.seen += STEERING.sub("", os.read(self.ours, 65536).decode("utf-8", "replace")).replace(
                        "\r", ""
                    )
                except OSError:
                    raise AssertionError(f"{text!r} did not come: {self.seen!r}") from None
        before, _, self.seen = self.seen.partition(text)
        return before + text

    def press(self, keys: str) -> None:
        os.write(self.ours, keys.encode())

    def status(self) -> int:
        return self.process.wait(PATIENCE)

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.ours)


Opened = Callable[..., Terminal]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    ingest(tmp_path / "c.db", [write_pages(tmp_path / "pages", PAGES | {"4.txt": LONE})])
    return tmp_path / "c.db"


@pytest.fixture
def open_(db: Path) -> Iterator[Opened]:
    opened: list[Terminal] = []

    def start(columns: int = 80, *words: str) -> Terminal:
        opened.append(Terminal(db, columns, *words))
        return opened[-1]

    yield start
    for terminal in opened:
        terminal.close()


def queue(run: Run, db: Path, *words: str) -> list[dict[str, str]]:
    return run("review", "--db", str(db), *words).rows


# --- the queue


def test_the_queue_has_what_is_doubtful_and_nothing_else(run: Run, db: Path) -> None:
    items = {row["item"]: row for row in queue(run, db)}

    assert {row["doubt"] for row in items.values()} == {"count", "record", "agent"}
    assert items["4:unlabelled_count"]["value"] == "1042"
    assert items["4:unlabelled_count"]["text"] == "⟦1042⟧"
    assert items["record:3:1"]["value"].startswith("1 青禾县举办秋粮测产观摩会: the same day and text")


def test_a_query_and_only_narrow_it(run: Run, db: Path) -> None:
    assert {row["doubt"] for row in queue(run, db, "--only", "agent")} == {"agent"}
    assert {row["record"] for row in queue(run, db, "秋收现场", "--only", "count")} == {"4"}
    assert queue(run, db, "图书馆", "--only", "count") == []


# --- verdicts in


def apply(run: Run, db: Path, verdicts: dict[str, str], format_: str, folder: Path) -> str:
    """Hand the queue back in this format with these verdicts."""
    shown = run("review", "--db", str(db), "--format", format_).out
    if format_ == "jsonl":
        lines = [json.loads(line) for line in shown.splitlines()]
        text = "".join(
            json.dumps({**line, "verdict": verdicts.get(line["item"])}, ensure_ascii=False) + "\n" for line in lines
        )
    else:
        mark = "\t" if format_ == "tsv" else ","
        head, *lines_ = shown.splitlines()
        answered = (line.removesuffix(mark) + mark + verdicts.get(line.split(mark)[0], "") for line in lines_)
        text = "\n".join([head, *answered]) + "\n"
    path = folder / f"q.{format_}"
    path.write_text(text, "utf-8")
    done = run("review", "--db", str(db), "--apply", str(path))
    assert done.status == 0, done.err
    return done.err


@pytest.mark.parametrize("format_", ["tsv", "csv", "jsonl"])
def test_verdicts_come_back_in_each_format_as_one_change_set(format_: str, run: Run, db: Path, tmp_path: Path) -> None:
    before, n_items = dump(db), len(queue(run, db))
    told = apply(run, db, {"4:unlabelled_count": "=views", "record:3:1": "accept"}, format_, tmp_path)

    assert "1 accepted, 1 corrected (change set 2)" in told
    assert rows(db, "SELECT views FROM records WHERE id = 4") == [(1042,)]
    assert rows(db, "SELECT count(*) FROM records") == [(4,)]
    assert len(queue(run, db)) == n_items - 2
    assert run("undo", "--db", str(db), "-y").status == 0
    assert dump(db) == before


def test_accepting_is_remembered_as_the_cataloguers(run: Run, db: Path, tmp_path: Path) -> None:
    apply(run, db, {"4:unlabelled_count": "accept"}, "jsonl", tmp_path)

    sql = "SELECT value, asserted_by FROM fields WHERE name = 'unlabelled_count' AND capture_id IS NULL"
    assert rows(db, sql) == [(1042, "cataloguer:zhang.san")]
    assert queue(run, db, "--only", "count") == []


def test_what_is_rejected_is_not_asked_again_either(run: Run, db: Path, tmp_path: Path) -> None:
    items = [row["item"] for row in queue(run, db)]
    apply(run, db, dict.fromkeys(items, "reject"), "jsonl", tmp_path)
    ingest(db, [tmp_path / "pages"])

    assert queue(run, db) == []


def test_a_verdict_that_cannot_be_read_leaves_everything_as_it_was(run: Run, db: Path, tmp_path: Path) -> None:
    before = dump(db)
    path = tmp_path / "q.jsonl"
    for verdict in ("perhaps", "=likes=many", "=zzz"):
        lines = [{"item": "record:3:1", "verdict": "accept"}, {"item": "4:unlabelled_count", "verdict": verdict}]
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
        done = run("review", "--db", str(db), "--apply", str(path))
        assert (done.status, done.out) == (2, "")
    assert dump(db) == before


def test_what_was_decided_meanwhile_is_told_and_left_alone(run: Run, db: Path, tmp_path: Path) -> None:
    line = json.dumps({"item": "4:unlabelled_count", "value": 1042, "verdict": "=views"})
    (tmp_path / "q.jsonl").write_text(line + "\n", "utf-8")
    run("tag", "4", "unlabelled_count!", "-y", "--db", str(db))
    done = run("review", "--db", str(db), "--apply", str(tmp_path / "q.jsonl"))

    assert done.status == 0
    assert "1 not asked any more" in done.err
    assert rows(db, "SELECT views FROM records WHERE id = 4") == [(None,)]


@pytest.mark.parametrize("text", ["item\tvalue\n1\t2\n", "[]\n", '{"verdict": "accept"}\n', "{no\n"])
def test_a_file_that_is_no_queue_is_told(text: str, run: Run, db: Path, tmp_path: Path) -> None:
    (tmp_path / "q").write_text(text, "utf-8")
    done = run("review", "--db", str(db), "--apply", str(tmp_path / "q"))

    assert done.status == (0 if text == "[]\n" else 2)


# --- on a terminal


def test_one_key_answers_and_all_of_a_session_is_one_change_set(open_: Opened, db: Path, run: Run) -> None:
    before = dump(db)
    n_items = len(queue(run, db))
    terminal = open_()

    first = terminal.wait_for("? help")
    assert f"1 of {n_items}  record 4  青禾县举办秋收现场观摩会" in first
    assert "│ ⟦1042⟧" in first
    terminal.press("c")
    terminal.wait_for("= ")
    terminal.press("views\n")
    assert "record 3" in terminal.wait_for("? help")
    terminal.press("a")
    assert "雁鳴日報" in terminal.wait_for("? help")
    terminal.press("r")
    terminal.wait_for("? help") if n_items > 3 else None
    terminal.press("q")

    assert "1 accepted, 1 corrected, 1 rejected (change set 2)" in terminal.wait_for("undo takes it back")
    assert terminal.status() == 0
    assert rows(db, "SELECT id, views FROM records ORDER BY id") == [(1, 12), (2, 12), (4, 1042), (5, 12)]
    assert rows(db, "SELECT max(id) FROM change_sets") == [(2,)]
    assert run("undo", "--db", str(db), "-y").status == 0
    assert dump(db) == before


def test_chinese_is_typed_for_a_value_and_a_wrong_one_is_asked_again(open_: Opened, db: Path, run: Run) -> None:
    run("tag", "2", "source=甲报", "-y", "--db", str(db))
    with_conflict = page(title="雁鸣县图书馆新馆开馆", source="乙报", body=[HARVEST[1]], views=99)
    ingest(db, [write_pages(db.parent / "more", {"6.txt": with_conflict})])
    terminal = open_(80, "--only", "conflict", "--only", "count")

    assert "source  甲报" in terminal.wait_for("? help")
    terminal.press("?")
    assert "the first value is right" in terminal.wait_for("this")
    terminal.press("c")
    terminal.wait_for("= ")
    terminal.press("《雁鸣日报》客户端\n")
    terminal.wait_for("? help")
    terminal.press("c")
    terminal.wait_for("= ")
    terminal.press("zzz\n")
    assert "say what it counts" in terminal.wait_for("another number")
    terminal.press("s")
    terminal.wait_for("undo takes it back")

    assert terminal.status() == 0
    assert rows(db, "SELECT source FROM records WHERE id = 2") == [("《雁鸣日报》客户端",)]


@pytest.mark.parametrize("columns", [24, 40])
def test_on_a_narrow_terminal_no_line_is_too_wide_and_nothing_is_lost(columns: int, open_: Opened) -> None:
    terminal = open_(columns, "--only", "record", "--only", "count")
    shown = terminal.wait_for("help")
    terminal.press("s")
    shown += terminal.wait_for("help")
    terminal.press("q")
    terminal.wait_for("nothing was written")

    assert [line for line in shown.split("\n") if cell_len(line) > columns] == []
    assert "青禾县举办秋粮测产观摩会" in shown.replace("\n", "")


def test_a_session_that_is_broken_off_keeps_what_was_answered(open_: Opened, db: Path) -> None:
    terminal = open_(80, "--only", "count", "--only", "record")
    terminal.wait_for("? help")
    terminal.press("r")
    terminal.wait_for("? help")
    terminal.process.kill()
    terminal.status()

    sql = "SELECT name, state FROM fields WHERE asserted_by = 'cataloguer:zhang.san'"
    assert rows(db, sql) == [("unlabelled_count", "absent")]


def test_ctrl_c_ends_with_130_and_keeps_what_was_answered(open_: Opened, db: Path) -> None:
    terminal = open_(80, "--only", "count", "--only", "record")
    terminal.wait_for("? help")
    terminal.press("r")
    terminal.wait_for("? help")
    terminal.press("\x03")

    assert "1 rejected (change set 2)" in terminal.wait_for("run again to go on")
    assert terminal.status() == 130
    assert rows(db, "SELECT ended_at IS NOT NULL FROM change_sets WHERE id = 2") == [(1,)]


def test_where_nothing_waits_a_terminal_says_so(open_: Opened) -> None:
    terminal = open_(80, "图书馆", "--only", "count")
    terminal.wait_for("nothing waits for review")

    assert terminal.status() == 0
