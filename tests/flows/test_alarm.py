"""A failed run is told to the webhook, and still fails as it did."""

from __future__ import annotations

import json
import logging
import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from flows.alarm import ENVIRONMENT, alarmed, webhook_of
from flows.ingest import run_steps
from flows.orchestration import Plain
from onrecord.settings import Settings


class Listener(BaseHTTPRequestHandler):
    heard: list[dict[str, Any]] = []  # noqa: RUF012 - emptied by the fixture

    def do_POST(self) -> None:
        if self.path == "/elsewhere":
            self.send_response(307)
            self.send_header("Location", "/")
            self.end_headers()
            return
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
    (heard,) = Listener.heard
    assert heard.pop("host") == socket.gethostname()
    assert heard.pop("text").endswith("failed: RuntimeError: the disk is full")
    assert heard == {
        "flow": "ingest", "state": "failed", "error": "RuntimeError: the disk is full", "run": None,
        "warehouse": "warehouse",
    }  # fmt: skip


def test_success_and_silence_are_not_told(listener: HTTPServer) -> None:
    with alarmed(Settings(webhook=f"http://127.0.0.1:{listener.server_port}/"), "ingest"):
        pass
    assert Listener.heard == []


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://127.0.0.1:9/"])
def test_a_faulty_webhook_does_not_hide_the_error(address: str) -> None:
    with pytest.raises(RuntimeError, match="disk") as caught, alarmed(Settings(webhook=address), "ingest"):
        raise RuntimeError("the disk is full")
    assert any("webhook" in note for note in caught.value.__notes__)


def test_a_webhook_that_cannot_be_told_is_a_warning_without_its_address(caplog: pytest.LogCaptureFixture) -> None:
    settings = Settings(webhook="ftp://example.test/very-secret")
    with caplog.at_level(logging.WARNING), pytest.raises(RuntimeError), alarmed(settings, "ingest"):
        raise RuntimeError("the disk is full")
    assert "the webhook could not be told" in caplog.text and "very-secret" not in caplog.text


def test_nobody_is_told_elsewhere(listener: HTTPServer, caplog: pytest.LogCaptureFixture) -> None:
    settings = Settings(webhook=f"http://127.0.0.1:{listener.server_port}/elsewhere")
    with caplog.at_level(logging.WARNING), pytest.raises(RuntimeError), alarmed(settings, "ingest"):
        raise RuntimeError("the disk is full")
    assert Listener.heard == [] and "HTTP status 307" in caplog.text


def test_a_failure_names_its_run_and_no_folder_of_the_machine(
    listener: HTTPServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ENVIRONMENT, f"http://127.0.0.1:{listener.server_port}/")
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text("HARROW: It is raining, Mayor Ada Quill said.", "utf-8")

    class Full(Plain):
        def map(self, _step: Any, _items: Any) -> list[Any]:
            raise OSError(28, "No space left on device", str(tmp_path / "warehouse" / ".staging"))

    settings = Settings(raw=tmp_path / "raw", warehouse=tmp_path / "warehouse")
    with pytest.raises(OSError, match="No space"), alarmed(settings, "ingest"):
        run_steps(settings, Full(1))
    (heard,) = Listener.heard
    assert heard["run"] and str(tmp_path) not in json.dumps(heard) and "…/.staging" in heard["error"]


def test_the_address_stands_in_no_parameter_and_no_report() -> None:
    settings = Settings(webhook="https://example.test/very-secret")
    assert "very-secret" not in json.dumps(settings.as_json()) + repr(settings) + repr(settings.without_secrets())
    assert settings.as_json()["webhook"] == "(set)" and Settings().as_json()["webhook"] is None
    assert Settings(webhook="secret:newsroom").as_json()["webhook"] == "secret:newsroom"


def test_serve_hands_the_address_on_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    from flows.serving import recorded_webhook

    monkeypatch.setenv(ENVIRONMENT, "")
    assert recorded_webhook(Settings(webhook="https://example.test/very-secret")) is None
    assert webhook_of(Settings()) == "https://example.test/very-secret"
    assert recorded_webhook(Settings(webhook="secret:newsroom")) == "secret:newsroom"
