import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from catalog.cli.confirm import confirm
from catalog.cli.editor import find_editor, new_file, open_editor
from catalog.cli.options import DbOption, JsonOption, MessageOption, QuietOption, YesOption
from catalog.cli.preview import change_table, question, show_preview
from catalog.cli.settings import Settings, read_settings
from catalog.errors import BadEdits, UsageError
from catalog.model.outcome import Outcome

if TYPE_CHECKING:
    from catalog.services.changes import Change
    from catalog.services.tag import ChangedValue


def edit(
    id: Annotated[int, typer.Argument(metavar="ID", min=1, help="Which record.", show_default=False)],
    message: MessageOption = None,
    yes: YesOption = False,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Open a record in your editor and keep what you change.

    All its fields stand there as TOML, a line each. VISUAL or EDITOR say which editor. What does not fit is told with
    its line, and the file can be opened again; what changed is shown before it is kept.

    \b
    Examples:
      EDITOR='sed -i s/新华网/新华社/' catalog edit 7 -y
      EDITOR='sed -i /^section/d' catalog edit 7 -y -m 'no section of ours'
    """
    from catalog.cli.session import open_ports, open_to_write
    from catalog.display.outcome import show_changes
    from catalog.display.screen import is_terminal
    from catalog.services import tag as service
    from catalog.store.journal import ChangeSet

    settings = read_settings({"db": db, "quiet": quiet})
    can_ask = is_terminal(sys.stdin)
    if not yes and not can_ask:
        raise UsageError("nothing was changed: without a terminal to ask on, -y says that it is meant")
    path, changes, planned = _edit(settings, id, can_ask=can_ask)
    table = change_table(planned)
    if not planned:
        outcome = Outcome("edit", {"records": 0, "values": 0, "unchanged": 1})
    else:
        if not yes:
            if not as_json:
                show_preview(table)
            confirm(question(planned))
        with open_to_write(settings) as store, open_ports(settings, quiet=True) as ports:
            told = {"changes": [f"{c.name}{c.sign}{'' if c.value is None else c.value}" for c in changes]}
            change = ChangeSet("edit", ports.who, ports.timestamp(), told, message)
            outcome = service.apply_edits(store, {id: changes}, change, ports)
    path.unlink(missing_ok=True)
    show_changes(outcome, table, as_json=as_json, quiet=settings.quiet)


def _edit(settings: Settings, id: int, *, can_ask: bool) -> "tuple[Path, list[Change], list[ChangedValue]]":
    """Return the file that was edited, its changes, and what these would do. Raises UsageError or BadEdits."""
    from catalog.cli.session import open_to_read
    from catalog.services.form import form_of, read_form
    from catalog.services.records import load_record
    from catalog.services.tag import plan_edits

    with open_to_read(settings) as store:
        record = load_record(store, id)
        editor = find_editor()
        path = new_file(form_of(store, record), f"catalog-{id}")
    while True:
        text = open_editor(editor, path)
        with open_to_read(settings) as store:  # closed while the person writes: nobody waits for that
            try:
                changes = read_form(store, load_record(store, id), text, str(path))
            except BadEdits as error:
                _reopen(error, path, can_ask=can_ask)
                continue
            return path, changes, list(plan_edits(store, {id: changes}, settings.who))


def _reopen(error: BadEdits, path: Path, *, can_ask: bool) -> None:
    """Return if the file is to be opened again; raise the error where nobody is there, or nobody wants to."""
    from catalog.display.screen import say

    if not can_ask:
        raise BadEdits(f"{error}\nyour text is kept in {path}", **error.facts)
    for line in str(error).split("\n"):
        say(line)
    if not typer.confirm("Open it again?", default=True, err=True):
        say(f"nothing was changed; your text is kept in {path}")
        raise typer.Exit(2)
