"""Tests by hand run twice: once by the oracle, once by the engine."""

import pytest

from tests.oracle.hand import Run, by_engine, by_oracle


@pytest.fixture(params=[by_oracle, by_engine])
def run(request: pytest.FixtureRequest) -> Run:
    """Each of the two."""
    return request.param
