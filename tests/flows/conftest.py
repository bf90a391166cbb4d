"""One Prefect server for all tests of this folder that want one."""

from __future__ import annotations

import atexit
import contextlib
import signal
from collections.abc import Iterator

import pytest
from prefect.context import refresh_global_settings_context

from tests.flows.prefect_server import Server, prefect_server

#: The server, once there is one.
STARTED: list[Server] = []


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let the server go on for a test that wants it."""
    if "server" in getattr(item, "fixturenames", ()):
        _signal(signal.SIGCONT)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> None:
    """Stop the server until a test wants it: it takes a thirtieth of a processor to wait."""
    if "server" not in getattr(nextitem, "fixturenames", ()):
        _signal(signal.SIGSTOP)


def pytest_sessionfinish() -> None:
    """Let the server go on, to take what Prefect still sends."""
    _signal(signal.SIGCONT)


def _signal(number: signal.Signals) -> None:
    for server in STARTED:
        server.send(number)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Server:
    """It lives until the interpreter ends: until then Prefect may send what it still holds in its queues."""
    running = contextlib.ExitStack()
    atexit.register(running.close)
    STARTED.append(running.enter_context(prefect_server(tmp_path_factory.mktemp("prefect"))))
    return STARTED[0]


@pytest.fixture
def api(server: Server) -> Iterator[None]:
    """This process, with all of its threads, talks to the server of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PREFECT_API_URL", server.url)
        refresh_global_settings_context()
        yield
    refresh_global_settings_context()
