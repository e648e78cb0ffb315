"""Fields of one's own: those that catalog.toml declares, and those that the catalogue has values of."""

from catalog.model.custom import Custom
from catalog.store.custom import read_custom
from catalog.store.open import Store


def known_fields(store: Store) -> Custom:
    """Return them by name. Raises UsageError where one is declared otherwise than its values are."""
    return read_custom(store.connection, store.declared)
