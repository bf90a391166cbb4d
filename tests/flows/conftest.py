"""One Prefect server for all tests of this folder that want one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from prefect.context import refresh_global_settings_context
from prefect_server import Server, prefect_server

from flows.server import tell_the_rest


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with prefect_server(tmp_path_factory.mktemp("prefect")) as server:
        yield server


@pytest.fixture
def api(server: Server) -> Iterator[None]:
    """This process, with all of its threads, talks to the server of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PREFECT_API_URL", server.url)
        refresh_global_settings_context()
        yield
        tell_the_rest()
    refresh_global_settings_context()
