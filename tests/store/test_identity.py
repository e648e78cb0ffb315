import pytest

from catalog.store.identity import key_basis, normalise_url, record_key, url_key

SAME_PAGE = [
    ("HTTP://News.Example.ORG/a/1.html", "http://news.example.org/a/1.html"),
    ("http://news.example.org:80/a", "http://news.example.org/a"),
    ("https://news.example.org:443/a#评论", "https://news.example.org/a"),
    (" https://news.example.org ", "https://news.example.org/"),
    ("https://用户@News.example.org:8443/县?id=1#x", "https://用户@news.example.org:8443/县?id=1"),
    ("http://[2001:DB8::1]:80/a", "http://[2001:db8::1]/a"),
]
OTHER_PAGE = [
    ("https://news.example.org/a", "http://news.example.org/a"),
    ("https://news.example.org/A", "https://news.example.org/a"),
    ("https://news.example.org/a?id=1", "https://news.example.org/a?id=2"),
    ("https://news.example.org:8080/a", "https://news.example.org/a"),
    ("https://news.example.org/a/", "https://news.example.org/a"),
]
NO_URL = ["青禾/一.txt", "", "http://[::1", "http://example.org:port/", "mailto:a@example.org"]


@pytest.mark.parametrize(("given", "normal"), SAME_PAGE)
def test_spellings_of_one_url_are_one(given: str, normal: str) -> None:
    assert normalise_url(given) == normal
    assert url_key(given) == url_key(normal)


@pytest.mark.parametrize(("one", "other"), OTHER_PAGE)
def test_two_pages_keep_two_keys(one: str, other: str) -> None:
    assert url_key(one) != url_key(other)


@pytest.mark.parametrize("text", NO_URL)
def test_what_is_no_url_is_left_alone(text: str) -> None:
    assert normalise_url(text) == text


def test_the_least_url_names_the_record() -> None:
    urls = ["https://b.example.org/", "https://a.example.org/"]

    assert record_key(urls, "capture:1") == record_key(reversed(urls), "capture:1") == url_key("https://a.example.org/")


def test_without_url_a_capture_has_its_own_key() -> None:
    assert record_key([], "item:1") == "item:1"


@pytest.mark.parametrize("basis", ["url", "item", "capture"])
def test_a_key_says_what_it_was_made_from(basis: str) -> None:
    assert key_basis(f"{basis}:0123") == basis
