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
