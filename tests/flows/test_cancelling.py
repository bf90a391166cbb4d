"""A run that ends by a signal is told to the Prefect server that the settings name, by a profile too."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any, ClassVar

import pytest
from prefect.settings import PREFECT_API_KEY, PREFECT_API_URL, temporary_settings

from flows.interruption import cancel


class Recorder(BaseHTTPRequestHandler):
    """Keeps what it is sent."""

    got: ClassVar[list[tuple[str, str | None, Any]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append((self.path, self.headers["Authorization"], json.loads(body)))
        self.send_response(201)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Recorder)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/api"
    server.shutdown()
    server.server_close()


def test_the_server_of_a_profile_is_told_with_its_key(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.setattr("flows.server.has_own_server", lambda: False)  # another test may have started one
    with temporary_settings({PREFECT_API_URL: address, PREFECT_API_KEY: "secret"}):
        cancel("0000")
    ((path, key, told),) = Recorder.got
    assert (path, key) == ("/api/flow_runs/0000/set_state", "Bearer secret")
    assert told["state"]["type"] == "CANCELLED" and told["force"]
