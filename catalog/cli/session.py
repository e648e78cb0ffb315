"""What a command works with: the open catalogue, and the world as services see it. Imported late."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from catalog.cli.settings import Settings
from catalog.display.progress import open_progress
from catalog.services.ports import Ports, Progress
from catalog.store.open import Store, open_reader, open_writer


@contextmanager
def open_to_read(settings: Settings) -> Iterator[Store]:
    """Yield the catalogue, opened so that nothing can change it."""
    with open_reader(settings.db) as store:
        store.declared = settings.fields
        yield store


@contextmanager
def open_to_write(settings: Settings) -> Iterator[Store]:
    """Yield the catalogue, opened to write and migrated if it is older than this program."""
    with open_writer(settings.db) as store:
        store.declared = settings.fields
        yield store


@contextmanager
def open_ports(settings: Settings, *, quiet: bool = False) -> Iterator[Ports]:
    """Yield the real clock, the name of who works, and progress on stderr while somebody watches."""
    with open_progress(quiet=quiet) as draw:

        def progress(now: Progress) -> None:
            draw(now.done, now.total, now.counts, now.origin)

        yield Ports(now=lambda: datetime.now(UTC), who=settings.who, progress=progress)
