"""What is most about the words first: bm25 of title and summary, and of the body, added up.

A word in the title says what an item is about, one in the summary nearly so. The index gives the score of whatever it
proposes; equal scores stand by id, so that the order is always the same.
"""

from collections.abc import Sequence

from catalog.store.clause import Clause
from catalog.store.query_words import Word, match_expression

TITLE, SUMMARY = 8.0, 3.0  # times a word in the body; chosen, not measured

JOINS = "LEFT JOIN heads ON heads.id = r.id LEFT JOIN texts ON texts.id = r.body_id"
SCORE = "ifnull(heads.score, 0) + ifnull(texts.score, 0)"  # bm25 is the smaller the better
# Materialized: else the index is asked anew for every record.
_SCORED = (
    "WITH heads AS MATERIALIZED (SELECT rowid AS id, bm25(records_search, ?, ?) AS score"
    " FROM records_search WHERE records_search MATCH ?),"
    " texts AS MATERIALIZED (SELECT rowid AS id, bm25(bodies_search) AS score"
    " FROM bodies_search WHERE bodies_search MATCH ?)"
)
_NOTHING = '""'  # what no text holds


def scored(words: Sequence[Word]) -> Clause:
    """Return the WITH that scores records (`heads`) and bodies (`texts`) by any of the words."""
    asked = (match_expression(word) for word in dict.fromkeys(words))
    either = " OR ".join(f"({one})" for one in asked if one is not None) or _NOTHING
    return Clause(_SCORED, (TITLE, SUMMARY, either, either))
