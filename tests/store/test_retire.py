import pytest

from catalog.store.retire import find_superseded

STATED, ABSENT = "stated", "absent"
TABLE = [
    ("the last value of a single name stands", [("source", STATED, "甲报"), ("source", STATED, "乙报")], {0}),
    ("none is a value too", [("source", STATED, "甲报"), ("source", ABSENT, None)], {0}),
    ("two names do not meet", [("source", STATED, "甲"), ("publisher", STATED, "甲")], set()),
    ("many values stand side by side", [("tag", STATED, "秋粮"), ("tag", STATED, "测产")], set()),
    ("the same value is said once", [("tag", STATED, "秋粮"), ("tag", STATED, "秋粮")], {0}),
    ("a rejected value is no longer stated", [("tag", STATED, "秋粮"), ("tag", ABSENT, "秋粮")], {0}),
    ("a marker clears what is before", [("tag", STATED, "秋粮"), ("tag", ABSENT, "旧"), ("tag", ABSENT, None)], {0, 1}),
    ("a marker stays when values follow", [("tag", ABSENT, None), ("tag", STATED, "秋粮")], set()),
    ("a marker clears an older marker", [("tag", ABSENT, None), ("tag", STATED, "秋"), ("tag", ABSENT, None)], {0, 1}),
]  # fmt: skip


@pytest.mark.parametrize(("why", "said", "gone"), TABLE)
def test_a_newer_word_replaces_an_older_one(why: str, said: list[tuple[str, str, str | None]], gone: set[int]) -> None:
    assert find_superseded(said) == gone, why
