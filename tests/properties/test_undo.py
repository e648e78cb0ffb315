"""Undo after any sequence of commands gives an equal canonical dump, step by step, and what is derived is as if new."""

import json
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from catalog.errors import NothingMatched, UsageError
from catalog.model.outcome import Outcome
from catalog.services.agents import apply as apply_sameness
from catalog.services.agents import read_merge, read_split
from catalog.services.changes import read_change
from catalog.services.dedupe import compare_again
from catalog.services.joining import apply_merging, apply_splitting, read_merging, read_splitting
from catalog.services.rebuild import rebuild as rebuild_from_log
from catalog.services.rebuild import remove
from catalog.services.records import build
from catalog.services.tag import apply_changes
from catalog.services.tags import apply as apply_tags
from catalog.services.tags import plan_rename
from catalog.services.undo import apply_redo, apply_undo, plan_redo, plan_undo
from catalog.services.verdicts import apply_ruling, is_said, plan_ruling, read_ruling
from catalog.services.verify import verify
from catalog.services.withdraw import apply_withdrawal
from catalog.store.index import IndexChanges, rebuild
from catalog.store.journal import find_break
from catalog.store.links import Verdict
from catalog.store.open import Store, open_reader, open_writer
from catalog.store.winners import rewrite_winners
from tests.dedupe.texts import text
from tests.pages import HARVEST, LIBRARY, dump, ingest, page, ports, rows, write_pages

RNG = random.Random(11)  # noqa: S311 -- a seed, no secret
STORY = [f"　　{text(RNG, 60)}。" for _ in range(10)]
HOST = "https://news.example.org"
PAGES: dict[str, str | bytes] = {
    "一.txt": page(),
    "再.txt": page(views=340),  # the same item, captured again
    "三.txt": page(views=900, body=[line.replace("，", ",") for line in HARVEST]),  # and printed a little otherwise
    "转.txt": page(title="秋粮测产", site="雁鸣县人民政府", source="青禾日报"),
    "馆.txt": page(title="雁鸣县图书馆新馆开馆", site="雁鸣县人民政府", body=LIBRARY, published="2023-12-04"),
    "原.txt": page(title="海拔四千米的草莓", body=STORY, site="云陵社", published="2024-03-22"),
    "删.txt": page(title="草莓熟了", body=STORY[:9], site="青禾日报", published="2024-03-24"),
    "改.txt": page(title="高原草莓", body=[*STORY[:8], "　　编辑有改动。"], site="雁鸣网", published="2024-03-25"),
    "摘.txt": page(title="温室里的一碗菠菜汤", body=STORY[3:7], site="文摘网", published="2024-03-26"),
    "无.txt": "页面不存在\n返回首页",
    "坏.txt": b"\x00\x01\xff\xfe\x80" * 40,
}
MANIFESTS: dict[str, str | bytes] = {
    "one.csv": f"path,url,captured_at\n一.txt,{HOST}/1.html,2024-10-09\n馆.txt,{HOST}/2.html,2024-01-01\n",
    "two.csv": f"path,url,captured_at\n再.txt,{HOST}/1.html,2024-11-02\n一.txt,{HOST}/0.html,2024-10-10\n",
    "all.csv": "".join(f"{name},{HOST}/{n}.html,collector {n}\n" for n, name in enumerate(["path", *PAGES])).replace(
        f"path,{HOST}/0.html,collector 0", "path,url,collector"
    ),
}
WORDS = ["source=青禾日报", "source=", "editor+=李娜", "editor-=李娜", "editor=王某", "views=7", "+秋粮", "publisher!"]


class Player:
    """Gives random commands on one catalogue, and remembers before which dump each change set was made."""

    def __init__(self, seed: int, folder: Path, db: Path) -> None:
        self.rng, self.folder, self.db = random.Random(seed), folder, db  # noqa: S311 -- a seed, no secret
        self.names = [*PAGES, *MANIFESTS]
        self.moves: list[Callable[[], Outcome]] = [
            self.ingest, self.ingest, self.ingest, self.ingest_set, self.mend, self.tag, self.tag, self.rule,
            self.rule, self.threshold, self.withdraw, self.join, self.part, self.name, self.name, self.rename,
            self.undo, self.undo_one, self.undo_to, self.redo, self.redo,
        ]  # fmt: skip

    def ingest(self, **options: object) -> Outcome:
        name = self.rng.choice(self.names)
        if name in MANIFESTS:
            return ingest(self.db, [], manifest=self.folder / name, **options)
        return ingest(self.db, [self.folder / name], **options)

    def ingest_set(self) -> Outcome:
        source = self.rng.choice(["甲报", "乙报"])
        return self.ingest(
            settings=(f"source={source}", "section=要闻"), captured_at=self.rng.choice([None, "2024-12-01"])
        )

    def mend(self) -> Outcome:
        """Let what cannot be read be read, or break it again."""
        path = self.folder / "坏.txt"
        path.write_bytes(self.rng.choice([PAGES["坏.txt"], page(title="修好了", views=5).encode()]))  # type: ignore[arg-type]
        return ingest(self.db, [path])

    def tag(self) -> Outcome:
        changes = [c for word in self.rng.sample(WORDS, 2) if word[-1] != "=" and (c := read_change(word))]
        with open_writer(self.db) as store:
            return apply_changes(store, self.some(store), changes, ports())

    def rule(self) -> Outcome:
        verdicts: list[Verdict | None] = ["same", "different", None]
        with open_writer(self.db) as store:
            pair = [str(id) for id in self.some(store, 2)]
            ruling = read_ruling(store, pair, self.rng.choice(verdicts)) if len(pair) == 2 else None
            if ruling is None or is_said(store, ruling):
                return Outcome("dedupe")
            plan_ruling(store, ruling)
            return apply_ruling(store, ruling, ports(self.rng.choice(["zhang.san", "li.si"])))

    def threshold(self) -> Outcome:
        with open_writer(self.db) as store:
            return compare_again(store, ports(), self.rng.choice([0.7, 0.8, 0.95]))

    def withdraw(self) -> Outcome:
        with open_writer(self.db) as store:
            return apply_withdrawal(store, self.some(store, 1), ports(), "个人信息")

    def undo(self) -> Outcome:
        with open_writer(self.db) as store:
            return apply_undo(store, plan_undo(store), ports())

    def undo_one(self) -> Outcome:
        with open_writer(self.db) as store:
            return apply_undo(store, plan_undo(store, self.rng.randint(1, 30)), ports())

    def undo_to(self) -> Outcome:
        last = rows(self.db, "SELECT ifnull(max(id), 0) FROM change_sets")[0][0]
        with open_writer(self.db) as store:
            return apply_undo(store, plan_undo(store, max(1, last - self.rng.randint(0, 4)), and_later=True), ports())

    def redo(self) -> Outcome:
        with open_writer(self.db) as store:
            return apply_redo(store, plan_redo(store), ports())

    def join(self) -> Outcome:
        with open_writer(self.db) as store:
            return apply_merging(store, read_merging(store, self.some(store, 2)), ports())

    def part(self) -> Outcome:
        """Split a capture off that is not alone."""
        sql = "SELECT record_id, min(sha256), max(sha256) FROM captures GROUP BY 1 HAVING count(*) > 1"
        several = rows(self.db, sql)
        if not several:
            return Outcome("split")
        id, *captures = self.rng.choice(several)
        with open_writer(self.db) as store:
            splitting = read_splitting(store, id, [self.rng.choice(captures)])
            return apply_splitting(store, splitting, ports())

    def name(self) -> Outcome:
        """Say of two names that they mean the same, or do not."""
        with open_writer(self.db) as store:
            ids = [row[0] for row in store.connection.execute("SELECT id FROM agents ORDER BY site, name, kind")]
            words = [str(id) for id in self.rng.sample(ids, min(2, len(ids)))]
            sameness = self.rng.choice([read_merge, read_split])(store, words)
            return apply_sameness(store, sameness, ports())

    def rename(self) -> Outcome:
        with open_writer(self.db) as store:
            plan = plan_rename(store, "秋粮", self.rng.choice(["农业/秋粮", "粮食"]))
            return apply_tags(store, plan, "rename", ports())

    def some(self, store: Store, most: int = 3) -> list[int]:
        ids = [row[0] for row in store.connection.execute("SELECT id FROM records ORDER BY id")]
        return self.rng.sample(ids, min(most, len(ids)))


@dataclass(slots=True)
class Ledger:
    """What holds, in the order in which it came to hold, each with the dump before it; None where that is not known."""

    holding: list[tuple[int, str | None]] = field(default_factory=list)
    undone: dict[int, tuple[list[int], str | None]] = field(default_factory=dict)  # by undo, with the dump before it

    def add(self, change_set: int, before: str) -> None:
        """Note that a change set was made."""
        self.holding.append((change_set, before))
        self._forget_undone()

    def undo(self, undo: int, targets: list[int], before: str) -> str | None:
        """Note an undo; return the dump that it must give, None if that is not known."""
        places = sorted(n for n, (id, _) in enumerate(self.holding) if id in targets)
        is_at_the_end = places == list(range(places[0], len(self.holding)))
        expected = self.holding[places[0]][1] if is_at_the_end else None
        later = [(id, None) for id, _ in self.holding[places[0] :] if id not in targets]
        self.holding[places[0] :] = later
        self._forget_undone()
        self.undone[undo] = (targets, before)
        return expected

    def redo(self, undo: int, before: str) -> str | None:
        """Note that an undo was taken back; return the dump that this must give, None if that is not known."""
        targets, expected = self.undone.pop(undo)
        self._forget_undone()
        self.holding.append((targets[-1], before))
        self.holding += [(id, None) for id in reversed(targets[:-1])]
        return expected

    def _forget_undone(self) -> None:
        self.undone = {undo: (targets, None) for undo, (targets, _) in self.undone.items()}


@pytest.fixture
def player(request: pytest.FixtureRequest, tmp_path: Path) -> Player:
    folder = write_pages(tmp_path / "pages", PAGES | MANIFESTS)
    open_writer(tmp_path / "c.db", create=True).close()
    return Player(request.param, folder, tmp_path / "c.db")


@pytest.mark.parametrize("player", range(1), indirect=True)
def test_fifty_commands_are_undone_one_by_one(player: Player) -> None:
    empty, ledger = dump(player.db), Ledger()
    for _ in range(50):
        play(player, ledger)
        must_be_verified(player.db)
    must_be_as_if_new(player.db)
    while ledger.holding:
        play(player, ledger, player.undo)
        must_be_verified(player.db)

    assert dump(player.db) == empty
    must_be_as_if_new(player.db)


def play(player: Player, ledger: Ledger, move: Callable[[], Outcome] | None = None) -> None:
    """Do one move that is possible, and compare the dump with the one that it must give."""
    before = dump(player.db)
    outcome = move() if move else None
    while outcome is None:
        with suppress(NothingMatched, UsageError):
            outcome = player.rng.choice(player.moves)()
    expected: str | None = None
    number = outcome.change_set
    if number is None:
        expected = before
    elif outcome.command in {"undo", "redo"}:
        told = json.loads(rows(player.db, "SELECT arguments FROM change_sets WHERE id = ?", number)[0][0])
        if outcome.command == "undo":
            expected = ledger.undo(number, told["change_sets"], before)
        else:
            expected = ledger.redo(told["undo"], before)
    else:
        ledger.add(number, before)

    assert expected is None or dump(player.db) == expected, outcome


def must_be_verified(db: Path) -> None:
    """Let `verify` find nothing: the log vouches for what every command left."""
    with open_reader(db) as store:
        assert verify(store, ports()).outcome.problems == ()


def must_be_as_if_new(db: Path) -> None:
    """Compare what is derived with what comes of deriving it anew from the same truth."""
    before, terms = dump(db), index_terms(db)
    with open_writer(db) as store:
        assert find_break(store.connection) is None
        assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        with store.transaction() as connection:
            ids = [row[0] for row in connection.execute("SELECT id FROM records")]
            rewrite_winners(connection, ids, build, IndexChanges())
            rebuild(connection)
        compare_again(store, ports())

    assert dump(db) == before
    assert index_terms(db) == terms
    new = db.with_name("new.db")
    remove(new)
    with open_reader(db) as store:
        rebuild_from_log(store.connection, new, ports())
    assert dump(new) == before


def index_terms(db: Path) -> list[tuple[object, ...]]:
    """Return every term of the index with its place, by what the place is of."""
    found: list[tuple[object, ...]] = []
    with open_writer(db) as store:
        for table in ("records_search", "bodies_search"):
            sql = f"CREATE VIRTUAL TABLE temp.{table}_terms USING fts5vocab(main, {table}, instance)"
            store.connection.execute(sql)
            sql = f"SELECT '{table}', term, doc, col, offset FROM temp.{table}_terms"  # noqa: S608 -- our own names
            found += [tuple(row) for row in store.connection.execute(sql)]
    return sorted(found, key=str)
