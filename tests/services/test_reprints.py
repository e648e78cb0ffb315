"""The tree of one text, from copies alone: under whom each is set, and what many copies cost."""

from time import process_time

from catalog.model.reprints import Copy
from catalog.services.reprints import _tree


def copy(id: int, source: str | None, site: str | None, publisher: str | None = None) -> Copy:
    return Copy(id, f"k{id:06}", "同题", None, source, publisher, site, "ab" * 32, "同文。", None)


def test_a_reprint_stands_under_the_latest_earlier_copy_at_the_source_it_names() -> None:
    copies = [
        copy(1, "雁鸣日报", "青禾网"),  # its source comes later: no parent, but found in 2
        copy(2, "青禾网", "雁鸣日报"),
        copy(3, None, "霞岭网", "雁鸣日报社"),
        copy(4, "雁鸣日报", "望潮网"),
        copy(5, "望潮网", "望潮网"),
        copy(6, "别处", "鹿鸣网"),
        copy(7, "别处", "别处"),
    ]
    tree = {one.copy.id: one for one in _tree(copies, {})}

    assert {id: one.parent for id, one in tree.items()} == {1: None, 2: 1, 3: 1, 4: 3, 5: 4, 6: 1, 7: 1}
    assert {id: one.names for id, one in tree.items()} == {1: 2, 2: 1, 3: None, 4: 2, 5: 4, 6: 7, 7: None}
    assert [id for id, one in tree.items() if one.disagrees] == [5, 6, 7]


def test_the_tree_of_many_copies_costs_little_more_a_copy_than_that_of_few() -> None:
    def seconds(n_copies: int) -> float:
        copies = [copy(id, f"来源{id % 97}社", f"第{id}网") for id in range(1, n_copies + 1)]
        began = process_time()
        _tree(copies, {})
        return process_time() - began

    few, many = min(seconds(100) for _ in range(3)), seconds(800)

    assert many < 30 * few  # 8 times the copies; each with each would be 64 times
