"""Full text: words of 1 to 8 characters through the index, against a LIKE scan of the same catalogue.

python -m bench.search [--records 50000] [--words 12] [--seed 1]

Words are cut from places in the texts that the seed chooses, so that common ones come as often as they are printed.
Both give the ids of all records that hold the word in title, summary or body. Times are CPU times.
"""

import argparse
import random
import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median
from time import process_time

from bench.pages import Maker

TODAY = date(2026, 1, 1)
LENGTHS = range(1, 9)
LIKE = """
SELECT r.id FROM records r LEFT JOIN bodies b ON b.id = r.body_id
 WHERE r.title LIKE :held OR r.summary LIKE :held OR b.text LIKE :held
 ORDER BY r.id"""
SIZE = "SELECT sum(pgsize) FROM dbstat WHERE name GLOB '*_search_*'"


def main() -> None:
    """Print a line a length: words, records found, recall, precision, times and their ratio; then the index's size."""
    from catalog.store.open import open_reader

    words = argparse.ArgumentParser(description="Full text: the index against a LIKE scan.")
    words.add_argument("--records", type=int, default=50_000)
    words.add_argument("--words", type=int, default=12, help="of each length")
    words.add_argument("--seed", type=int, default=1)
    told = words.parse_args()
    with tempfile.TemporaryDirectory() as place:
        fill(Path(place) / "c.db", told.records, told.seed)
        with open_reader(Path(place) / "c.db") as store:
            compare(store.connection, told.words, told.seed)
            show_size(store.connection)


def fill(path: Path, n: int, seed: int) -> None:
    """Write a catalogue of n records with a body each, and index it as a whole."""
    from catalog.store.index import rebuild
    from catalog.store.open import open_writer

    with open_writer(path, create=True) as store, store.transaction() as connection:
        for id, article in enumerate(Maker(seed).articles(n), 1):
            text = "\n".join(article.paragraphs)
            sql = "INSERT INTO bodies (id, sha256, text, characters, text_from) VALUES (?, ?, ?, ?, '')"
            connection.execute(sql, (id, f"{id:064x}", text, len(text)))
            sql = "INSERT INTO records (id, key, key_basis, title, summary, body_id) VALUES (?, ?, 'capture', ?, ?, ?)"
            connection.execute(sql, (id, f"capture:{id}", article.title, text[:90], id))
        rebuild(connection)
        for table in ("bodies_search", "records_search"):
            connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608 -- constants


def compare(connection: sqlite3.Connection, n_words: int, seed: int) -> None:
    """Print how words of each length are found, both ways."""
    from catalog.store.query_read import find

    n_texts = connection.execute("SELECT max(id) FROM bodies").fetchone()[0]
    rng = random.Random(seed)  # noqa: S311 -- a seed, no secret
    print("length  words  records   recall  precision     LIKE    index   ratio: median    least   in all")
    connection.execute(LIKE, {"held": "%no such word%"}).fetchall()  # the file is in memory before anything is timed
    for length in LENGTHS:
        found: list[tuple[int, int, int, float, float]] = []
        for word in cut_words(connection, rng, n_texts, length, n_words):
            start = process_time()
            expected = {row[0] for row in connection.execute(LIKE, {"held": f"%{word}%"})}
            middle = process_time()
            got = set(find(connection, f'"{word}"', TODAY).ids)
            end = process_time()
            found.append((len(expected), len(got), len(expected & got), middle - start, end - middle))
        show(length, found)


def cut_words(
    connection: sqlite3.Connection, rng: random.Random, n_texts: int, length: int, n_words: int
) -> Iterator[str]:
    """Yield words of this length, without marks, from anywhere in the texts."""
    from catalog.store.fulltext import is_plain

    left = n_words
    while left:
        sql = "SELECT text FROM bodies WHERE id = ?"
        text = connection.execute(sql, (rng.randrange(1, n_texts + 1),)).fetchone()[0]
        at = rng.randrange(len(text) - length)
        if is_plain(word := text[at : at + length]):
            left -= 1
            yield word


def show(length: int, found: list[tuple[int, int, int, float, float]]) -> None:
    """Print the line of one length."""
    expected, got, both, like, index = map(sum, zip(*found, strict=True))
    ratios = [one[3] / max(one[4], 1e-6) for one in found]
    print(
        f"{length:>6}  {len(found):>5}  {int(median(one[0] for one in found)):>7,}  {both / expected:>7.4f}"
        f"  {both / got:>9.4f}  {like / len(found) * 1000:>5.0f} ms  {index / len(found) * 1000:>5.2f} ms"
        f"  {median(ratios):>13.0f}  {min(ratios):>7.0f}  {like / index:>7.0f}"
    )


def show_size(connection: sqlite3.Connection) -> None:
    """Print how much room the index takes, as a multiple of the texts in it."""
    heads = "SELECT sum(length(CAST(ifnull(title, '') || ifnull(summary, '') AS BLOB))) FROM records"
    texts = connection.execute("SELECT sum(length(CAST(text AS BLOB))) FROM bodies").fetchone()[0]
    texts += connection.execute(heads).fetchone()[0]
    try:
        index = connection.execute(SIZE).fetchone()[0]
    except sqlite3.OperationalError:
        print("this SQLite cannot say what the index takes (it was built without dbstat)")
        return
    print(f"the index takes {index / texts:.2f} times the texts ({texts / 1e6:,.0f} MB)")


if __name__ == "__main__":
    main()
