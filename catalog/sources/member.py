"""What an archive holds, as all kinds of archives give it, and how much of it is read."""

from dataclasses import dataclass

from catalog.model.capture import Capture
from catalog.model.problem import Problem

MIB = 1024 * 1024
MOST_BYTES = 16 * 1024 * MIB  # of one archive: web archives have 1 GiB packed, and unpack to about five times that
MOST_MEMBERS = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is unpacked, against archives that are small and unpack to more than there is room for.

    `member_bytes` bounds one file or member, `total_bytes` and `members` one archive.
    """

    member_bytes: int = 64 * MIB  # a page is thousands of times smaller; what is larger is something else
    total_bytes: int = MOST_BYTES
    members: int = MOST_MEMBERS


USUAL_LIMITS = Limits()


def limits_of(member_bytes: int | None, total_bytes: int | None, members: int | None) -> Limits:
    """Return the limits that somebody asked for; None means as usual."""
    usual = USUAL_LIMITS
    return Limits(member_bytes or usual.member_bytes, total_bytes or usual.total_bytes, members or usual.members)


@dataclass(frozen=True, slots=True)
class Member:
    """A capture in an archive. `origin` names the archive and the place in it.

    `capture` is None where the archive says only that the bytes were the same again (a WARC revisit record): `sha256`
    is then that of a capture given before. `captured_at` is UTC, None if the archive does not say. `problems` are
    what is odd about a capture that could be read.
    """

    origin: str
    sha256: str
    capture: Capture | None
    url: str | None = None
    captured_at: str | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Budget:
    """Counts what one archive has given so far; `spent` says whether the limits are reached."""

    limits: Limits
    n_members: int = 0
    n_bytes: int = 0

    def take(self, size_bytes: int) -> None:
        """Note one more member."""
        self.n_members += 1
        self.n_bytes += size_bytes

    @property
    def spent(self) -> bool:
        """Return whether more was given than the limits allow."""
        return self.n_members > self.limits.members or self.n_bytes > self.limits.total_bytes

    def problem(self, origin: str) -> Problem:
        """Return the failed problem that ends the reading of an archive."""
        most = f"{self.limits.members} members or {self.limits.total_bytes} bytes unpacked"
        message = f"more than {most}: the rest is not read"
        return Problem("archive.too_large", message, origin, failed=True)


def member_too_large(origin: str, limit: int) -> Problem:
    """Return the failed problem of a member that unpacks to more than `limit` bytes."""
    return Problem("capture.too_large", f"unpacks to more than the limit of {limit} bytes", origin, failed=True)


def member_empty(origin: str) -> Problem:
    """Return the failed problem of a member without a byte."""
    return Problem("capture.empty", "the file is empty", origin, failed=True)
