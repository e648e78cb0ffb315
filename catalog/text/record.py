"""From assertions to a record: which value wins. The one place that decides it, for `parse` and for the catalogue."""

from collections.abc import Iterable, Mapping, Sequence

from catalog.model.capture import Reading
from catalog.model.custom import NO_CUSTOM, Custom, is_many
from catalog.model.field import Confidence, Field, State
from catalog.model.problem import Problem
from catalog.model.record import Agent, Body, CaptureFacts, Parsed, Record
from catalog.model.vocabulary import BODY_ROLES, CONTACTS, COUNTERS, IDENTIFIERS, MANY, ROLES, SINGLE

LEVELS = {"rules": 0, "layout": 1, "set": 2, "cataloguer": 3}
TRUST = {Confidence.HIGH: 0, Confidence.MEDIUM: 1, Confidence.LOW: 2}
# Names of one value for which two different printed values are a conflict. Bodies count here:
# two footers that name different hosts contradict each other.
CONTESTED = ("title", "published", "source", "publisher", "site_name", "index_number", "document_number", *COUNTERS)
NEIGHBOURS = 3  # characters between two names of one list: 、, a space, 和


def level(field: Field) -> int:
    """Return the rank of who says it: 0 general rule, 1 site layout, 2 batch option, 3 cataloguer."""
    by = field.asserted_by
    return 0 if by.startswith("rules/") else LEVELS[by.partition("/")[0].partition(":")[0]]


def order_captures(facts: Iterable[CaptureFacts]) -> list[str]:
    """Return the SHA-256 of a record's captures, earliest first; without a time they come last, by SHA-256."""
    ranked = sorted((fact.captured_at or "~", fact.sha256) for fact in facts)
    return list(dict.fromkeys(sha256 for _, sha256 in ranked))


def choose_one(fields: Sequence[Field], captures: Sequence[str]) -> Field | None:
    """Return the winner among the assertions of one single-valued name, None if nothing is stated.

    Highest level first; a counter from the latest capture, all else from the earliest; then confidence, then the page's
    order. A person's "absent" wins with nothing.
    """
    said = [f for f in fields if f.state in (State.STATED, State.INFERRED) or level(f) > 1]
    if not said:
        return None
    if len(said) == 1:
        return said[0] if said[0].value is not None else None
    top = max(map(level, said))
    said = [f for f in said if level(f) == top]
    if top > 1:
        winner = said[-1]
        return winner if winner.value is not None else None
    place = {sha256: n for n, sha256 in enumerate(captures)}
    latest_first = -1 if fields[0].name in COUNTERS else 1
    return min(said, key=lambda f: (latest_first * place.get(f.capture or "", 0), TRUST[f.confidence]))


def choose_many(fields: Sequence[Field], captures: Sequence[str]) -> list[Field]:
    """Return the winners among the assertions of one many-valued name, in the page's order, each value once.

    A level adds to what lower levels state. A person's (state absent, value None) sets the lower levels aside,
    (state absent, value v) rejects v. Of several captures the earliest that states anything speaks.
    """
    ranks = [level(f) for f in fields]
    read = [f for f, rank in zip(fields, ranks, strict=True) if rank <= 1 and f.state is State.STATED]
    for sha256 in captures:
        of_one = [f for f in read if f.capture == sha256]
        if of_one:
            read = of_one
            break
    if 1 in ranks and any(level(f) == 1 for f in read):
        read = [f for f in read if level(f) == 1]
    chosen: dict[str | int | None, Field] = {}
    for field in read:
        chosen.setdefault(field.value, field)
    for rank in sorted({2, 3}.intersection(ranks)):
        for field in (f for f in fields if level(f) == rank):
            if field.state is not State.ABSENT:
                chosen[field.value] = field
            elif field.value is None:
                chosen.clear()
            else:
                chosen.pop(field.value, None)
    return list(chosen.values())


def find_conflicts(fields: Sequence[Field], captures: Sequence[str]) -> tuple[str, ...]:
    """Return the names for which one capture states different values and no person has decided, in closed-list order."""
    by_name: dict[str, list[Field]] = {}
    for field in fields:
        by_name.setdefault(field.name, []).append(field)
    found = []
    for name in (*CONTESTED, *BODY_ROLES):
        of_name = by_name.get(name, ())
        if len(of_name) < 2 or any(level(f) > 1 for f in of_name):
            continue
        for sha256 in captures:
            if _disagree([f for f in of_name if f.capture == sha256 and f.state is State.STATED]):
                found.append(name)
                break
    return tuple(found)


def find_doubts(fields: Sequence[Field]) -> list[str]:
    """Return the names that a person decided as a whole, and for which a page now states what was not known then.

    The decision stands; who says it again has seen the page.
    """
    decided = [f for f in fields if level(f) == LEVELS["cataloguer"]]
    if not decided:
        return []
    known = {f.name: set(f.known) for f in decided if f.known is not None}
    for field in decided:
        if field.name in known:
            known[field.name].add(str(field.value))
    read = [f for f in fields if f.name in known and level(f) <= 1 and f.state in (State.STATED, State.INFERRED)]
    return sorted({f.name for f in read if str(f.value) not in known[f.name]})


def _disagree(fields: Sequence[Field]) -> bool:
    """Return whether the values contradict each other; names of one printed list (A、B主办) do not."""
    if len({f.value for f in fields}) < 2:
        return False
    if fields[0].name not in BODY_ROLES:
        return True
    spans = sorted((e.span, f.value) for f in fields for e in f.evidence if e.witness == "text")
    lists: list[set[str | int | None]] = []
    last_end = -NEIGHBOURS - 1
    for span, value in spans:
        if span.start - last_end > NEIGHBOURS:
            lists.append(set())
        lists[-1].add(value)
        last_end = span.end
    printed = {value for values in lists for value in values}
    lists += [{f.value} for f in fields if f.value not in printed]  # said by meta data alone: a list of its own
    return any(values != lists[0] for values in lists[1:])


def build_record(  # noqa: PLR0913 -- what a record consists of; a settings object would only rename it
    fields: Sequence[Field],
    captures: Sequence[CaptureFacts],
    bodies: Mapping[str, Body],
    *,
    problems: Sequence[Problem] = (),
    id: int | None = None,
    key: str | None = None,
    custom: Custom = NO_CUSTOM,
) -> Record:
    """Return the record that these live assertions make. `bodies` maps the SHA-256 of a body to the body.

    The order of `fields` is the order of assertion: by capture and page place, then people's in the order given.
    """
    order = order_captures(captures)
    by_name: dict[str, list[Field]] = {}
    for field in fields:
        by_name.setdefault(field.name, []).append(field)
    one = {n: f for n in SINGLE if n in by_name and (f := choose_one(by_name[n], order)) is not None}
    many = {n: choose_many(by_name[n], order) for n in MANY if n in by_name}
    values = {n: f.value for n, f in one.items() if f.value is not None}
    body = one.get("body")
    return Record(
        kind=str(values.get("kind", "other")),
        language=str(values["language"]) if "language" in values else None,
        values={n: v for n, v in values.items() if n not in ("kind", "language", "body")},
        breadcrumb=tuple(str(f.value) for f in many.get("breadcrumb", ())),
        agents=_agents(many),
        tags=tuple(str(f.value) for f in many.get("tag", ())),
        identifiers=tuple((n, str(f.value)) for n in IDENTIFIERS for f in many.get(n, ())),
        contact=tuple((n, str(f.value)) for n in CONTACTS for f in many.get(n, ())),
        body=bodies.get(str(body.value)) if body else None,
        repeats=max(1, len(body.evidence)) if body else 0,
        fields=tuple(fields),
        conflicts=tuple(dict.fromkeys((*find_conflicts(fields, order), *find_doubts(fields)))),
        captures=tuple(captures),
        problems=tuple(problems),
        id=id,
        key=key,
        custom=_custom_values(by_name, order, custom),
    )


def _custom_values(
    by_name: Mapping[str, Sequence[Field]], captures: Sequence[str], custom: Custom
) -> dict[str, str | int | tuple[str, ...]]:
    """Return the values of the fields of one's own that have any, all of a list's."""
    found: dict[str, str | int | tuple[str, ...]] = {}
    for name in custom:
        if name not in by_name:
            continue
        if is_many(name, custom):
            values = tuple(str(field.value) for field in choose_many(by_name[name], captures))
            found |= {name: values} if values else {}
        elif (winner := choose_one(by_name[name], captures)) and winner.value is not None:
            found[name] = winner.value
    return found


def _agents(many: Mapping[str, Sequence[Field]]) -> tuple[Agent, ...]:
    """Return the agents in the order of the page; those a person added come last, in the order of ROLES."""
    placed = [(_place(f), n, f) for n, role in enumerate(ROLES) for f in many.get(role, ())]
    placed.sort(key=lambda item: item[:2])
    return tuple(Agent(f.name, f.label, str(f.value), f.kind or "person") for _, _, f in placed)


def _place(field: Field) -> int:
    starts = [e.span.start for e in field.evidence if e.witness == "text"]
    return min(starts, default=1 << 60)


def record_of(parsed: Parsed, facts: CaptureFacts) -> Record:
    """Return the record of one capture alone, as `catalog parse` prints it."""
    bodies = {parsed.body.sha256: parsed.body} if parsed.body else {}
    return build_record(parsed.fields, [facts], bodies, problems=parsed.problems)


def main_reading(readings: Sequence[Reading]) -> Reading:
    """Return the reading whose characters "text" evidence counts: the visible or plain text, never the source."""
    return next(r for r in readings if r.extractor != "source")
