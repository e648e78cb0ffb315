"""Which cataloguers' assertions on a record a newer one replaces."""

from collections.abc import Sequence

from catalog.model.custom import NO_CUSTOM, Custom, is_many

Said = tuple[str, str, str | int | None]  # name, state, value


def find_superseded(said: Sequence[Said], custom: Custom = NO_CUSTOM) -> set[int]:
    """Return the indexes of the assertions that a later one of the sequence replaces.

    On a single-valued name the last one stands alone. On a many-valued name the last one of each value stands; a
    marker (absent, no value) replaces all before it and stands itself, since it sets aside what pages say.
    """
    replaced: set[tuple[str, str | int | None]] = set()
    cleared: set[str] = set()
    found = set()
    for index in reversed(range(len(said))):
        name, state, value = said[index]
        has_many = is_many(name, custom)
        place = (name, value if has_many else None)
        if name in cleared or place in replaced:
            found.add(index)
            continue
        replaced.add(place)
        if has_many and state == "absent" and value is None:
            cleared.add(name)
    return found
