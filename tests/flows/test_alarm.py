"""A failed run is told to the webhook, and still fails as it did."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from flows.alarm import alarmed
from onrecord.settings import Settings


class Listener(BaseHTTPRequestHandler):
    heard: list[dict[str, Any]] = []  # noqa: RUF012 - emptied by the fixture

    def do_POST(self) -> None:
        self.heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Tests are quiet."""


@pytest.fixture
def listener() -> Any:
    Listener.heard.clear()
    server = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_a_failure_is_told_and_raised(listener: HTTPServer) -> None:
    settings = Settings(webhook=f"http://127.0.0.1:{listener.server_port}/hook")
    with pytest.raises(RuntimeError, match="disk"), alarmed(settings, "ingest"):
        raise RuntimeError("the disk is full")
    assert Listener.heard == [{"flow": "ingest", "state": "failed", "error": "RuntimeError: the disk is full"}]


def test_success_and_silence_are_not_told(listener: HTTPServer) -> None:
    with alarmed(Settings(webhook=f"http://127.0.0.1:{listener.server_port}/"), "ingest"):
        pass
    assert Listener.heard == []


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://127.0.0.1:9/"])
def test_a_faulty_webhook_does_not_hide_the_error(address: str) -> None:
    with pytest.raises(RuntimeError, match="disk") as caught, alarmed(Settings(webhook=address), "ingest"):
        raise RuntimeError("the disk is full")
    assert any("webhook" in note for note in caught.value.__notes__)
