"""Known failures, one form for all tables."""

import pytest
from _pytest.mark.structures import ParameterSet


def wrong(*values: object, why: str) -> ParameterSet:
    """Return a table row that fails today. When it no longer does, the test fails until the row is a plain one."""
    return pytest.param(*values, marks=pytest.mark.xfail(strict=True, reason=why))
