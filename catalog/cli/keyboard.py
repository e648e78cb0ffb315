"""The keys of a terminal, one by one as they are pressed. What is typed ahead is not lost."""

import codecs
import os
import sys
from types import TracebackType
from typing import Any, Self

END = "\x04"  # Ctrl-D


class Keyboard:
    """Reads the terminal behind stdin. Use it as a context manager: leaving it sets the terminal back."""

    def __init__(self) -> None:
        self._terminal = sys.stdin.fileno()
        self._before: list[Any] = []
        self._ahead = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def __enter__(self) -> Self:
        import termios

        self._before = termios.tcgetattr(self._terminal)
        self._take_keys()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._take_lines()

    def key(self) -> str:
        """Return the next key, in lower case; END where the terminal is gone; arrows and the like are passed over."""
        while not self._ahead:
            typed = self._read()
            if not typed:
                return END
            self._ahead = "" if typed.startswith("\x1b") and len(typed) > 1 else typed
        key, self._ahead = self._ahead[0], self._ahead[1:]
        return key.lower()

    def line(self, prompt: str) -> str:
        """Return a line that is typed, without its end; "" where the terminal is gone."""
        self._take_lines()
        sys.stdout.write(prompt + self._ahead.partition("\n")[0])
        sys.stdout.flush()
        while "\n" not in self._ahead:
            typed = self._read()
            if not typed:
                break
            self._ahead += typed
        line, _, self._ahead = self._ahead.partition("\n")
        self._take_keys()
        return line.strip()

    def _read(self) -> str:
        pressed = os.read(self._terminal, 4096)
        return self._decoder.decode(pressed, final=not pressed)

    def _take_keys(self) -> None:
        """Let keys come at once and unechoed. What was typed before stays, unlike with what getchar() does."""
        import termios
        import tty

        tty.setcbreak(self._terminal, termios.TCSADRAIN)

    def _take_lines(self) -> None:
        import termios

        termios.tcsetattr(self._terminal, termios.TCSADRAIN, self._before)
