"""By which key a capture belongs to a record. A function of what was observed and parsed, never of edits or order."""

import hashlib
from collections.abc import Iterable
from urllib.parse import SplitResult, urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443, "ftp": 21}
KEY_DIGITS = 32  # 128 bits: no two of 10^12 items meet by chance


def normalise_url(url: str) -> str:
    """Return the URL with scheme and host in lower case, without default port and fragment; else as given.

    Path and query are left alone: to another site `/A` and `/a` are two pages. What is no URL comes back stripped.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return url
    if not parts.scheme or not host:
        return url
    scheme = parts.scheme.lower()
    place = f"[{host}]" if ":" in host else host
    user = parts.netloc.rpartition("@")
    if port is not None and port != DEFAULT_PORTS.get(scheme):
        place += f":{port}"
    return SplitResult(scheme, user[0] + user[1] + place, parts.path or "/", parts.query, "").geturl()


def url_key(url: str) -> str:
    """Return the key of the record of a page with this URL."""
    return f"url:{_digest(normalise_url(url))}"


def item_key(site_name: str, title: str, published: str) -> str:
    """Return the key of a record without URL, from the three values folded for comparison."""
    return f"item:{_digest(chr(31).join((site_name, title, published)))}"


def capture_key(sha256: str) -> str:
    """Return the key of a record that nothing but its bytes identifies."""
    return f"capture:{sha256}"


def record_key(urls: Iterable[str], own_key: str) -> str:
    """Return the key of the record to which a capture belongs: by the least of its URLs, else its own key."""
    least = min(map(normalise_url, urls), default=None)
    return own_key if least is None else url_key(least)


def key_basis(key: str) -> str:
    """Return what a key was made from: "url", "item" or "capture"."""
    return key.partition(":")[0]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:KEY_DIGITS]
