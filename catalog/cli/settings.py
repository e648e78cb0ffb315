"""Settings, read once a command: the flag, then CATALOG_… variables, then catalog.toml here, then the default."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from catalog.errors import UsageError, suggest
from catalog.model.custom import Custom, CustomField, CustomType
from catalog.model.table import TableFormat

FILE = Path("catalog.toml")
NAMES = ("db", "format", "jobs", "encoding", "who", "quiet", "reports", "tags")
PATHS = ("db", "reports")  # in the file they are relative to it
FIELDS = "fields"  # the table of catalog.toml that declares fields of one's own
_OWN_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
POLICIES = ("free", "warn", "refuse")  # for tags that are not in the controlled list
FALSE = ("", "0", "no", "false", "off")


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for one command. `format` is None to fit the stream, `jobs` None for one a core.

    `tags` is one of POLICIES; `fields` are those of one's own that catalog.toml declares.
    """

    db: Path
    format: TableFormat | None
    jobs: int | None
    encoding: str | None
    who: str
    quiet: bool
    reports: Path | None = None
    tags: str = "warn"
    fields: Custom = field(default_factory=dict)


def read_settings(
    flags: Mapping[str, object] | None = None, environ: Mapping[str, str] | None = None, file: Path = FILE
) -> Settings:
    """Return the settings; a flag that is None or False was not given. Raises UsageError for what cannot be read."""
    said = _read_said(flags, environ, file)
    fields = _own_fields(*said.pop(FIELDS)) if FIELDS in said else {}
    return Settings(
        db=Path(str(said["db"][0])) if "db" in said else Path("catalog.db"),
        format=_format(*said["format"]) if "format" in said else None,
        jobs=_jobs(*said["jobs"]) if "jobs" in said else None,
        encoding=str(said["encoding"][0]) if "encoding" in said else None,
        who=str(said["who"][0]) if "who" in said else _account(),
        quiet=str(said["quiet"][0]).lower() not in FALSE if "quiet" in said else False,
        reports=Path(str(said["reports"][0])) if "reports" in said else None,
        tags=_policy(*said["tags"]) if "tags" in said else "warn",
        fields=fields,
    )


def read_sources(
    flags: Mapping[str, object] | None = None, environ: Mapping[str, str] | None = None, file: Path = FILE
) -> dict[str, tuple[str, str]]:
    """Return the settings that were said, each with where: a flag, a variable, the file."""
    said = _read_said(flags, environ, file)
    return {name: (str(value), where) for name, (value, where) in said.items() if name in NAMES}


def _read_said(
    flags: Mapping[str, object] | None, environ: Mapping[str, str] | None, file: Path
) -> dict[str, tuple[object, str]]:
    said = _read_file(file)
    variables = os.environ if environ is None else environ
    said |= {name: (value, f"CATALOG_{name.upper()}") for name in NAMES if (value := _variable(variables, name))}
    said |= {name: (value, f"--{name}") for name, value in (flags or {}).items() if value not in (None, False)}
    return said


def choose_format(format_: TableFormat | None, *, as_json: bool) -> TableFormat | None:
    """Return the format that --format and --json ask for together. Raises UsageError where they differ."""
    if as_json and format_ not in (None, TableFormat.JSON):
        raise UsageError(f"--json and --format {format_} are two formats: give one")
    return TableFormat.JSON if as_json else format_


def _variable(variables: Mapping[str, str], name: str) -> str | None:
    return variables.get(f"CATALOG_{name.upper()}")


def _read_file(file: Path) -> dict[str, tuple[object, str]]:
    """Return what catalog.toml says, each value with where it was read; a relative path is beside the file."""
    if not file.is_file():
        return {}
    import tomllib

    try:
        said = tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{file} cannot be read: {error}", file=str(file)) from error
    for name in said:
        if name not in (*NAMES, FIELDS):
            hint = suggest(name, (*NAMES, FIELDS)) or f"; there are {', '.join((*NAMES, FIELDS))}"
            raise UsageError(f"{file}: there is no setting {name!r}{hint}", file=str(file))
    for name in PATHS:
        if name in said:
            said[name] = file.parent / str(said[name])
    return {name: (value, str(file)) for name, value in said.items()}


def _own_fields(said: object, where: str) -> Custom:
    """Return the fields that the tables [fields.NAME] declare: type and label. Raises UsageError."""
    if not isinstance(said, dict):
        raise UsageError(f'{where}: declare a field as [fields.shelfmark] with type = "text" below it')
    return {name: _own_field(name, about, f"{where}: [fields.{name}]") for name, about in said.items()}


def _own_field(name: str, said: object, where: str) -> CustomField:
    from catalog.store.query_names import RESERVED

    if not _OWN_NAME.fullmatch(name):
        raise UsageError(f"{where}: a name has small letters, digits and _, a letter first, and at most 40 of them")
    if name in RESERVED:
        raise UsageError(f"{where}: {name} is the name of something else")
    if not isinstance(said, dict) or said.get("type") not in list(CustomType):
        raise UsageError(f"{where}: type is one of {', '.join(CustomType)}")
    if strangers := said.keys() - {"type", "label"}:
        raise UsageError(f"{where}: there is no {min(strangers)!r}; there are type and label")
    label = said.get("label", name)
    if not isinstance(label, str) or not label.strip():
        raise UsageError(f"{where}: the label is a text")
    return CustomField(name, CustomType(said["type"]), label.strip())


def _format(value: object, where: str) -> TableFormat:
    try:
        return TableFormat(str(value))
    except ValueError:
        raise UsageError(f"{where}: {value!r} is no format; there are {', '.join(TableFormat)}") from None


def _jobs(value: object, where: str) -> int:
    try:
        jobs = int(str(value))
    except ValueError:
        jobs = 0
    if jobs < 1:
        raise UsageError(f"{where}: {value!r} is no number of workers")
    return jobs


def _policy(value: object, where: str) -> str:
    if str(value) not in POLICIES:
        raise UsageError(f"{where}: {value!r} is none of {', '.join(POLICIES)}")
    return str(value)


def _account() -> str:
    """Return the name of the account that works, "unknown" where the machine has none."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
