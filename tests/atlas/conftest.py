"""What several tests of maps need."""

from __future__ import annotations

import pytest
from figures import every_map
from map_pages import write_page


@pytest.fixture(scope="session")
def address(tmp_path_factory) -> str:
    """A page on disk with a map of every kind."""
    return write_page(tmp_path_factory.mktemp("maps"), every_map())
