"""Near copies, excerpts, forms and verdicts in a catalogue: the same whatever came first, and whatever came later."""

import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.errors import NothingMatched, UsageError
from catalog.services import ingest as ingest_service
from catalog.services.dedupe import compare_again, find_repeated
from catalog.services.inputs import IngestOptions
from catalog.services.near import compare_new, print_of
from catalog.services.ports import Ports, Progress
from catalog.services.verdicts import apply_ruling, plan_ruling, read_ruling
from catalog.store.index import rebuild
from catalog.store.journal import find_break
from catalog.store.open import Store, open_memory, open_reader, open_writer
from tests.dedupe.texts import changed, text
from tests.pages import dump, ingest, page, ports, rows, write_pages

RNG = random.Random(7)  # noqa: S311 -- a seed, no secret
STORY = [text(RNG, 60) + "。" for _ in range(12)]
FORM = "全县{n}个乡镇共抽检样品{a}批次，其中合格{b}批次，合格率为{c}%，" + text(RNG, 200) + "。"
COUNTY = [text(RNG, 150) + "。", text(RNG, 150) + "。"]


def story(*sentences: str) -> tuple[str, ...]:
    return tuple(f"　　{sentence}" for sentence in sentences)


PAGES: dict[str, str | bytes] = {
    "社/原.txt": page(title="海拔四千米的草莓", body=story(*STORY), site="云陵社", published="2024-03-22"),
    "报/转.txt": page(title="孩子们种的草莓", body=story("本报讯", *STORY), site="霞岭日报", published="2024-03-23"),
    "报/删.txt": page(title="草莓熟了", body=story(*STORY[:11]), site="青禾日报", published="2024-03-24"),
    "報/轉.txt": page(title="高原草莓", body=story(*STORY[:10], "編輯有改動。"), site="雁鳴網", published="2024-03-25"),
    "摘/要.txt": page(title="高原温室里的一碗菠菜汤", body=story(*STORY[3:7]), site="文摘网", published="2024-03-26"),
    "表/一.txt": page(
        title="食品抽检情况第一季度通报", body=story(FORM.format(n=12, a=240, b=236, c=98.33), *COUNTY),
        published="2024-04-01",
    ),
    "表/二.txt": page(
        title="食品抽检情况第二季度通报", body=story(FORM.format(n=11, a=251, b=249, c=99.2), *COUNTY),
        published="2024-07-01",
    ),
    "他/文.txt": page(
        title="青禾县新修三座人行天桥", body=story(*(text(RNG, 70) + "。" for _ in range(6))), published="2024-05-01"
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pages(tmp_path_factory.mktemp("near"), PAGES)


@pytest.fixture(scope="module")
def db(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    db = tmp_path_factory.mktemp("whole") / "c.db"
    ingest(db, [folder])
    return db


@pytest.fixture
def own(folder: Path, tmp_path: Path) -> Path:
    ingest(tmp_path / "c.db", [folder])
    return tmp_path / "c.db"


LINKS = (
    "SELECT l.kind, r.title, o.title, l.template_kin FROM links l JOIN records r ON r.body_id = l.body_id"
    " JOIN records o ON o.body_id = l.other_body_id ORDER BY 1, 2, 3"
)


def found(db: Path) -> set[tuple[str, frozenset[str], int]]:
    return {(kind, frozenset((one, other)), kin) for kind, one, other, kin in rows(db, LINKS)}


def groups(db: Path) -> set[frozenset[str]]:
    held = rows(db, "SELECT reprint_group, title FROM record_facts WHERE reprint_group IS NOT NULL")
    return {frozenset(title for group, title in held if group == one) for one, _ in held}


def test_near_copies_are_linked_and_forms_flagged(db: Path) -> None:
    near = {(pair, kin) for kind, pair, kin in found(db) if kind == "near"}

    assert (frozenset({"海拔四千米的草莓", "孩子们种的草莓"}), 0) in near
    assert (frozenset({"海拔四千米的草莓", "草莓熟了"}), 0) in near
    assert (frozenset({"食品抽检情况第一季度通报", "食品抽检情况第二季度通报"}), 1) in near
    assert not any("青禾县新修三座人行天桥" in pair for pair, _ in near)


def test_an_excerpt_is_inside_the_longer_texts_and_in_no_group(db: Path) -> None:
    inside = rows(db, LINKS.replace("ORDER", "WHERE l.kind = 'contained' ORDER"))

    assert {(one, other) for _, one, other, _ in inside} >= {
        ("高原温室里的一碗菠菜汤", "海拔四千米的草莓"),
        ("高原温室里的一碗菠菜汤", "草莓熟了"),
    }
    assert {one for _, one, _, _ in inside} == {"高原温室里的一碗菠菜汤"}
    assert not any("高原温室里的一碗菠菜汤" in group for group in groups(db))


def test_a_form_filled_in_twice_is_no_reprint(db: Path) -> None:
    assert groups(db) == {frozenset({"海拔四千米的草莓", "孩子们种的草莓", "草莓熟了", "高原草莓"})}


@settings(max_examples=6, deadline=None)
@given(order=st.permutations(list(PAGES)))
def test_links_and_groups_do_not_depend_on_the_order_of_ingest(order: list[str], folder: Path, db: Path) -> None:
    with TemporaryDirectory() as place:
        for name in order:
            ingest(Path(place) / "c.db", [folder / name])

        assert dump(Path(place) / "c.db") == dump(db)


@pytest.mark.parametrize("options", [{"batch": 1}, {"batch": 3}, {"jobs": 2}])
def test_jobs_and_batches_give_the_same_links(options: dict[str, int], folder: Path, db: Path, tmp_path: Path) -> None:
    ingest(tmp_path / "c.db", [folder], **options)

    assert dump(tmp_path / "c.db") == dump(db)


def test_compared_again_everything_is_the_same(own: Path, db: Path) -> None:
    with open_writer(own) as store:
        outcome = compare_again(store, ports())

    assert dump(own) == dump(db)
    assert (outcome.counts["compared"], outcome.change_set) == (8, None)


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_the_size_of_a_chunk_does_not_matter(limit: int, own: Path, db: Path) -> None:
    with open_writer(own) as store, store.transaction() as connection:
        for table in ("reprint_groups", "links", "bands", "sampled_pieces", "excerpt_keys", "fingerprints"):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 -- our own names
        while compare_new(connection, {}, limit):
            pass

    assert dump(own) == dump(db)


def test_bodies_that_an_interrupted_run_left_are_compared_by_the_next(folder: Path, db: Path, tmp_path: Path) -> None:
    def progress(now: Progress) -> None:
        if now.done == 6:
            raise KeyboardInterrupt

    own = tmp_path / "c.db"
    with pytest.raises(KeyboardInterrupt):
        ingest_service.ingest_paths(
            own, [str(folder)], IngestOptions(batch=2), Ports(ports().now, "zhang.san", progress)
        )
    assert rows(own, "SELECT count(*) FROM bodies") == [(4,)]
    assert rows(own, "SELECT count(*) FROM fingerprints") == [(0,)]
    ingest(own, [folder])

    assert dump(own) == dump(db)


def test_a_run_without_news_compares_nothing(own: Path) -> None:
    before = dump(own)

    assert ingest(own, [own.parent / "none.txt"]).counts["near"] == 0
    assert dump(own).count('"table": "link"') == before.count('"table": "link"')


def rule(store: Store, one: str, other: str, verdict: str | None) -> int:
    ruling = read_ruling(store, (one, other), verdict)  # type: ignore[arg-type]
    return apply_ruling(store, ruling, ports("li.si")).counts["records"]


def of(db: Path, title: str) -> str:
    return str(rows(db, "SELECT id FROM records WHERE title = ?", title)[0][0])


def test_a_split_stays_whatever_is_compared_later(own: Path, folder: Path) -> None:
    one, other = of(own, "海拔四千米的草莓"), of(own, "草莓熟了")
    with open_writer(own) as store:
        rule(store, one, other, "different")
    apart = groups(own)
    with open_writer(own) as store:
        compare_again(store, ports())
    ingest(own, [folder])

    assert groups(own) == apart
    assert not any({"海拔四千米的草莓", "草莓熟了"} <= group for group in apart)


def test_a_join_brings_bodies_together_that_nothing_links(own: Path) -> None:
    with open_writer(own) as store:
        rule(store, of(own, "青禾县新修三座人行天桥"), of(own, "食品抽检情况第一季度通报"), "same")
        compare_again(store, ports())

    assert frozenset({"青禾县新修三座人行天桥", "食品抽检情况第一季度通报"}) in groups(own)


def test_a_verdict_is_kept_with_who_said_it_and_journalled(own: Path) -> None:
    with open_writer(own) as store:
        rule(store, of(own, "青禾县新修三座人行天桥"), of(own, "食品抽检情况第一季度通报"), "same")
        broken = find_break(store.connection)

    assert rows(own, "SELECT verdict, asserted_by FROM verdicts") == [("same", "cataloguer:li.si")]
    assert rows(own, "SELECT name LIKE 'verdict:%', new FROM journal WHERE subject LIKE 'body:%'") == [(1, '"same"')]
    assert broken is None


def test_a_verdict_taken_back_leaves_what_was_there_before(own: Path) -> None:
    before = groups(own)
    words = of(own, "海拔四千米的草莓"), of(own, "草莓熟了")
    with open_writer(own) as store:
        rule(store, *words, "different")
        rule(store, *words, None)

    assert groups(own) == before
    assert rows(own, "SELECT count(*) FROM verdicts") == [(0,)]


def test_a_verdict_holds_for_texts_that_come_back(own: Path, folder: Path, tmp_path: Path) -> None:
    with open_writer(own) as store:
        rule(store, of(own, "青禾县新修三座人行天桥"), of(own, "食品抽检情况第一季度通报"), "same")
        said = store.connection.execute("SELECT body_sha256, other_body_sha256 FROM verdicts").fetchone()
    other = tmp_path / "other.db"
    ingest(other, [folder / "他/文.txt"])
    with open_writer(other) as store:
        store.connection.execute("INSERT INTO verdicts VALUES (?, ?, 'same', 'cataloguer:li.si', 1)", tuple(said))
    ingest(other, [folder / "表/一.txt"])

    assert groups(other) == {frozenset({"青禾县新修三座人行天桥", "食品抽检情况第一季度通报"})}


@pytest.mark.parametrize(("verdict", "message"), [("same", "joined"), ("different", "split")])
def test_verdicts_that_contradict_each_other_are_refused(verdict: str, message: str, own: Path) -> None:
    a, b, c = (
        of(own, title) for title in ("青禾县新修三座人行天桥", "食品抽检情况第一季度通报", "高原温室里的一碗菠菜汤")
    )
    with open_writer(own) as store:
        rule(store, a, b, "same")
        rule(store, b, c, "different" if verdict == "same" else "same")
        with pytest.raises(UsageError, match=message):
            plan_ruling(store, read_ruling(store, (a, c), verdict))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("1", "999"), NothingMatched),
        (("1", "zz"), UsageError),
        (("1", "000000"), NothingMatched),
        (("1", "1"), UsageError),
    ],
)
def test_what_names_no_two_bodies_is_said(words: tuple[str, str], error: type[Exception], db: Path) -> None:
    with open_reader(db) as store, pytest.raises(error):
        read_ruling(store, words, "same")


def test_a_body_is_named_by_the_beginning_of_its_digest(db: Path) -> None:
    names = [row[0] for row in rows(db, "SELECT sha256 FROM bodies ORDER BY sha256 LIMIT 2")]
    with open_reader(db) as store:
        assert read_ruling(store, (f"body:{names[1][:12]}", names[0][:20].upper()), "same").pair == tuple(names)


def test_another_threshold_is_a_look_and_leaves_no_trace(db: Path) -> None:
    before = dump(db)
    with open_reader(db) as store:
        narrow = find_repeated(store, threshold=0.97, kinds=("across",))
    with open_reader(db) as store:
        wide = find_repeated(store, threshold=0.7, kinds=("across",))
    with open_reader(db) as store:
        usual = find_repeated(store, threshold=0.8, kinds=("across",))
        same = find_repeated(store, kinds=("across",))

    assert [row[3] for row in usual.rows] == [4]
    assert [row[3] for row in narrow.rows] == [2]
    assert [row[3] for row in wide.rows] == [4]
    assert usual == same
    assert dump(db) == before


@pytest.mark.parametrize("threshold", [0.7, 0.75, 0.9, 0.97, 1.0])
def test_a_look_shows_what_a_threshold_that_is_kept_would_find(threshold: float, own: Path) -> None:
    kinds = ("across", "contained", "kin")
    with open_reader(own) as store:
        look = find_repeated(store, kinds=kinds, threshold=threshold)
    with open_writer(own) as store:
        compare_again(store, ports(), threshold)
        kept = find_repeated(store, kinds=kinds)

    assert look == kept


def test_a_threshold_that_is_kept_holds_for_later_runs(own: Path, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    ingest(other, [folder / "社/原.txt"])
    for db in (own, other):
        with open_writer(db) as store:
            compare_again(store, ports(), 0.95)
    ingest(other, [folder])

    assert dump(other) == dump(own)
    assert rows(own, "SELECT name, value FROM settings") == [("near_threshold", 0.95)]
    assert rows(own, "SELECT min(figure) >= 0.95 FROM links WHERE kind = 'near'") == [(1,)]


@pytest.mark.parametrize("threshold", [0.5, 1.01, -1.0])
def test_a_threshold_at_which_pairs_would_be_missed_is_refused(threshold: float, db: Path) -> None:
    with open_reader(db) as store, pytest.raises(UsageError, match="threshold"):
        find_repeated(store, threshold=threshold)


def test_nine_in_ten_excerpts_are_found_in_their_own_text_and_nowhere_else() -> None:
    rng = random.Random(11)  # noqa: S311 -- a seed, no secret
    longer = [text(rng, 900) for _ in range(60)]
    cut = [(n, rng.randrange(len(one) - 260)) for n, one in enumerate(longer)]
    excerpts = [changed(rng, longer[n][at : at + 160 + n], 0.02) for n, at in cut]
    with open_memory() as store:
        fill(store, [*excerpts, *longer])
        links = store.connection.execute("SELECT body_id, other_body_id FROM links WHERE kind = 'contained'").fetchall()

    assert all(whole - part == len(excerpts) for part, whole in links)
    assert len(links) >= 0.9 * len(excerpts)


def test_what_many_texts_share_makes_none_an_excerpt_whatever_came_first() -> None:
    rng = random.Random(13)  # noqa: S311 -- a seed, no secret
    disclaimer = text(rng, 300)
    own = [text(rng, 400) + disclaimer for _ in range(130)]
    seen = []
    for texts in ([disclaimer, *own], [*own, disclaimer], [*own[:50], disclaimer, *own[50:]]):
        with open_memory() as store:
            fill(store, texts, limit=40)
            seen.append(store.connection.execute("SELECT count(*) FROM links").fetchone()[0])
    with open_memory() as store:
        fill(store, [disclaimer, *own[:60]])
        few = store.connection.execute("SELECT count(*) FROM links WHERE kind = 'contained'").fetchone()[0]

    assert seen == [0, 0, 0]
    assert few == 60


def fill(store: Store, texts: list[str], limit: int = 5000) -> None:
    """Put bodies into a catalogue and compare them."""
    with store.transaction() as connection:
        connection.executemany(
            "INSERT INTO bodies (id, sha256, text, characters, text_from) VALUES (?, ?, ?, 0, '')",
            [(n, f"{n:064x}", one) for n, one in enumerate(texts, 1)],
        )
        while compare_new(connection, {}, limit):
            pass
        rebuild(connection)


def test_marks_alone_are_near_to_nothing() -> None:
    with open_memory() as store:
        fill(store, ["……", "！！", "青禾县"])

        assert store.connection.execute("SELECT count(*) FROM links").fetchone()[0] == 0
        assert store.connection.execute("SELECT count(*) FROM fingerprints").fetchone()[0] == 3


def test_a_fingerprint_forgets_print() -> None:
    assert print_of("青禾县，12月３日。") == print_of("　　青禾县 １２月3日")
