"""One Prefect server for all tests of this folder that want one."""

from __future__ import annotations

import atexit
import contextlib
from collections.abc import Iterator

import pytest
from prefect.context import refresh_global_settings_context

from tests.flows.prefect_server import Server, prefect_server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Server:
    """It lives until the interpreter ends: until then Prefect may send what it still holds in its queues."""
    running = contextlib.ExitStack()
    atexit.register(running.close)
    return running.enter_context(prefect_server(tmp_path_factory.mktemp("prefect")))


@pytest.fixture
def api(server: Server) -> Iterator[None]:
    """This process, with all of its threads, talks to the server of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PREFECT_API_URL", server.url)
        refresh_global_settings_context()
        yield
    refresh_global_settings_context()
