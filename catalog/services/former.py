"""Ids that name no record any more: where they lead, or why nowhere."""

from collections.abc import Iterable

from catalog.store.ids import find_former
from catalog.store.open import Store


def follow_merged(store: Store, ids: Iterable[int]) -> tuple[list[int], list[str]]:
    """Return the ids, those of merged records replaced by what took them over, and a sentence for each of these."""
    followed, told = [], []
    for id in ids:
        now = id
        while (former := find_former(store.connection, now)) and former["merged_into"]:
            now = former["merged_into"]
        if now != id:
            told.append(f"{id} was merged into {now}")
        followed.append(now)
    return followed, told


def explain_missing(store: Store, id: int) -> str:
    """Return why an id names no record."""
    former = find_former(store.connection, id)
    if former is None:
        return f"there is no record {id}"
    by = f"on {former['at'][:10]} by {former['who']}"
    if former["merged_into"]:
        return f"{id} was merged into {former['merged_into']} {by} (change set {former['change_set_id']})"
    if former["command"] == "withdraw":
        number = former["change_set_id"]
        return f"{id} was withdrawn {by}: {former['why']} (change set {number}); `catalog log --of {id}` tells the rest"
    return f"{id} is gone with what `{former['command']}` {former['change_set_id']} took back {by}"
