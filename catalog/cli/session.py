"""What a command works with: the open catalogue, and the world as services see it. Imported late."""

from collections.abc import Iterator
from contextlib import contextmanager

from catalog.cli.settings import Settings
from catalog.store.open import Store, open_reader


@contextmanager
def open_to_read(settings: Settings) -> Iterator[Store]:
    """Yield the catalogue, opened so that nothing can change it."""
    with open_reader(settings.db) as store:
        yield store
