from collections.abc import Iterator

import pytest

from catalog.model.rule import RuleSet
from catalog.rules.load import load_rules


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite what is recorded beside the tests; read the diff")


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--accept"))


@pytest.fixture(scope="session")
def rules() -> RuleSet:
    """Return the rules that ship with the program."""
    return load_rules()


@pytest.fixture(scope="session", autouse=True)
def _rules_are_read_once(rules: RuleSet) -> Iterator[None]:
    """Give each ingest the same rules: reading the files anew takes a third of the time of a small one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("catalog.services.ingest.load_rules", lambda: rules)
        yield
