"""Repeated bodies as they stand in the catalogue: shared by several records, or printed more than once in a page."""

from catalog.model.table import Column, Table
from catalog.services.find import match
from catalog.store.open import Store
from catalog.store.query_read import read_repeated

COLUMNS = (
    Column("found", is_whole=True),
    Column("body", is_whole=True),
    Column("records", is_number=True),
    Column("sites", is_number=True),
    Column("printed", is_number=True),
    Column("earliest", is_number=True),
    Column("published", is_whole=True),
    Column("title"),
)


def find_repeated(store: Store, query: str = "", *, across: bool = True, in_pages: bool = True) -> Table:
    """Return the repeated bodies, those of most records first, then pages that print theirs more than once.

    `body` is the beginning of the body's SHA-256, `earliest` the id of the record published first (or of the page),
    `printed` how often the page prints it. A query narrows to bodies of matching records. Raises NothingMatched.
    """
    ids = match(store, query) if query.strip() else None
    rows = read_repeated(store.connection, "bodies-shared", ids) if across else []
    rows += read_repeated(store.connection, "bodies-repeated", ids) if in_pages else []
    return Table("Repeated bodies", COLUMNS, tuple(rows), schema="catalog.dedupe/1")
