"""A person's editor, opened on a file of our own."""

import os
import shlex
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from catalog.errors import UsageError

VARIABLES = ("VISUAL", "EDITOR")


def find_editor(environ: Mapping[str, str] | None = None) -> list[str]:
    """Return the words of the command that edits. Raises UsageError where nobody says which."""
    said = os.environ if environ is None else environ
    command = next((said[name] for name in VARIABLES if said.get(name, "").strip()), None)
    if command is None:
        raise UsageError("nothing was changed: say which editor, for example EDITOR=nano; `catalog tag` needs none")
    try:
        return shlex.split(command)
    except ValueError as error:
        raise UsageError(f"nothing was changed: the editor {command!r} cannot be read: {error}") from None


def new_file(text: str, stem: str) -> Path:
    """Return a new file of this text that only its owner can read."""
    handle, name = tempfile.mkstemp(prefix=f"{stem}-", suffix=".toml")
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
    return Path(name)


def open_editor(editor: list[str], path: Path) -> str:
    """Return what the file says once the editor is closed. Raises UsageError; the file stays."""
    kept = f"nothing was changed; your text is kept in {path}"
    try:
        done = subprocess.run([*editor, str(path)], check=False)  # noqa: S603 -- the person's own editor
    except OSError as error:
        raise UsageError(f"the editor {editor[0]} cannot be started: {error.strerror}; {kept}") from error
    if done.returncode:
        raise UsageError(f"the editor {editor[0]} ended with {done.returncode}; {kept}")
    try:
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}; nothing was changed", file=str(path)) from error
