from dataclasses import dataclass, field

from catalog.model.problem import Problem


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command did. `change_set` is None if it changed nothing (or was a dry run).

    `counts` of an ingest: files (inputs tried) = added + observed + updated + unchanged + withdrawn + failed;
    `observed` are known bytes met at a new place or time, `updated` known ones that got a value from --set,
    `withdrawn` known ones out of view; of those added, `recaptured` joined a record that was there and
    `repeated_bodies` have a body that was there. `records` and `bodies` are new ones, `near` and `contained` the
    links found between bodies; `other_files` were passed over.
    """

    command: str
    counts: dict[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    change_set: int | None = None
    dry_run: bool = False

    @property
    def exit_status(self) -> int:
        """Return 3 if an input could not be read or catalogued, else 0."""
        return 3 if any(problem.failed for problem in self.problems) else 0
