"""When a capture was made, as people write it."""

import re
from datetime import UTC, date, datetime

_WAYBACK = re.compile(r"\d{14}")


def read_captured_at(text: str) -> str | None:
    """Return the time in UTC ("2024-05-01T08:00:00Z"), or a date as a date; None if it is neither.

    Read are ISO 8601 with a zone and the 14 digits of web archives, which are UTC. A time without zone is refused:
    guessing one would move the capture by up to a day.
    """
    text = text.strip()
    try:
        if _WAYBACK.fullmatch(text):
            return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return date.fromisoformat(text).isoformat()
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
