"""Repeated bodies as they stand in the catalogue, as another threshold would show them, or found anew."""

from collections import Counter
from collections.abc import Collection

from catalog.errors import UsageError
from catalog.model.outcome import Outcome
from catalog.model.selection import Selection
from catalog.model.table import Column, Table
from catalog.services.find import match
from catalog.services.groups import groups_of
from catalog.services.ports import Ports, Progress
from catalog.store import links as kept
from catalog.store.journal import ChangeSet
from catalog.store.links import Link
from catalog.store.open import Store
from catalog.store.query_read import read_repeated
from catalog.text.fold import fold_body

COLUMNS = (
    Column("found", is_whole=True),
    Column("body", is_whole=True),
    Column("bodies", is_number=True),
    Column("records", is_number=True),
    Column("sites", is_number=True),
    Column("printed", is_number=True),
    Column("figure", is_number=True),
    Column("earliest", is_number=True),
    Column("other", is_number=True),
    Column("published", is_whole=True),
    Column("title"),
)
KINDS = {"across": "bodies-shared", "in_pages": "bodies-repeated", "contained": "bodies-contained", "kin": "bodies-kin"}
SHOWN = ("across", "in_pages", "contained")  # unless a person chooses


def find_repeated(
    store: Store, wanted: Selection | None = None, kinds: Collection[str] = SHOWN, threshold: float | None = None
) -> Table:
    """Return the repeated bodies: texts of several records, pages that print theirs again, excerpts, template kin.

    `body` is the beginning of the SHA-256 of the body at the head of the group, `bodies` how many differ in it,
    `earliest` the id of the record published first (or of the page) and `published` its day, `other` that of the
    longer text or of the other form, `printed` how often the page prints it, `figure` the least that holds a group
    together, or that of a pair. A selection narrows to bodies of matching records. `threshold` only looks: nothing is
    stored. Raises NothingMatched.
    """
    ids = None if wanted is None else match(store, wanted)
    if threshold is not None:
        _look(store, check_threshold(threshold))
    rows = [row for kind, name in KINDS.items() if kind in kinds for row in read_repeated(store.connection, name, ids)]
    return Table("Repeated bodies", COLUMNS, tuple(rows), schema="catalog.repeated/1")


def check_threshold(threshold: float) -> float:
    """Return the threshold. Raises UsageError below the least figure for which near pairs are found."""
    from catalog.dedupe.near import LOWEST  # loads NumPy

    if not LOWEST <= threshold <= 1:
        raise UsageError(f"a threshold is from {LOWEST} to 1, not {threshold}")
    return threshold


def compare_again(store: Store, ports: Ports, threshold: float | None = None, *, message: str | None = None) -> Outcome:
    """Compare all bodies anew, all or nothing; verdicts stay. A threshold holds from now on for this catalogue.

    `store` must be open to write. Counts: bodies `compared`, `near` and `contained` links.
    """
    from catalog.dedupe.near import THRESHOLD  # loads NumPy
    from catalog.services.near import compare_new

    said = {} if threshold is None else {"threshold": check_threshold(threshold)}
    change = ChangeSet("dedupe", ports.who, ports.timestamp(), said, message)
    counts: Counter[str] = Counter(compared=0, near=0, contained=0)
    with store.transaction() as connection:
        total = connection.execute("SELECT count(*) FROM bodies").fetchone()[0]
        kept.forget_links(connection)
        if threshold is not None:
            kept.save_threshold(connection, threshold, THRESHOLD, change)
        while found := compare_new(connection, {}):
            counts.update(found)
            ports.progress(Progress(counts["compared"], total, counts, ""))
        if change.id is not None:
            change.flush(connection)
            change.end(connection, ports.timestamp(), counts)
    return Outcome("dedupe", dict(counts), change_set=change.id)


def _look(store: Store, threshold: float) -> None:
    """Let this connection, and no other, see links and groups as they would be with another threshold."""
    from catalog.dedupe.near import THRESHOLD  # loads NumPy
    from catalog.dedupe.template import is_template_kin
    from catalog.services.near import look_for_contained, look_for_near

    connection = store.connection
    if threshold >= kept.read_threshold(connection, THRESHOLD):
        kept.shadow_links(connection, None, threshold)
        kept.save_links(connection, look_for_contained(connection, kept.find_near_below(connection, threshold)))
    else:
        names = dict(connection.execute("SELECT id, sha256 FROM bodies ORDER BY id").fetchall())

        def folded(id: int) -> str:
            return fold_body(kept.read_text(connection, id))

        found = []
        for pair, figure in look_for_near(list(names), folded, threshold):
            first, second = sorted(pair, key=names.__getitem__)
            found.append(Link(first, second, "near", figure, is_template_kin(folded(first), folded(second))))
        kept.shadow_links(connection, found, threshold)
    heads = groups_of(kept.read_linked(connection, kept.find_linked(connection)))
    kept.save_groups(connection, heads)
