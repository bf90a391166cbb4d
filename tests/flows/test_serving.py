"""`serve` says what is missing, refuses a name that is another's, and ends in time."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from prefect.context import refresh_global_settings_context

from flows import serving
from flows.cli import main
from flows.serving import require_free
from onrecord.settings import UsageError

ROOT = Path(__file__).parents[2]
KNOWN = {"parameters": {"warehouse": "/srv/news/warehouse"}, "tags": ["onrecord", "host:desk"]}


class Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        found = self.path.endswith(("/health", "/ingest-scheduled/warehouse"))
        self.send_response(200 if found else 404)
        self.end_headers()
        self.wfile.write(json.dumps(KNOWN if "deployments" in self.path else True).encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server that knows one deployment, which is this process's own."""
    server = HTTPServer(("127.0.0.1", 0), Answers)
    Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("PREFECT_API_URL", f"http://127.0.0.1:{server.server_port}")
    refresh_global_settings_context()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    monkeypatch.undo()
    refresh_global_settings_context()


@pytest.mark.parametrize(
    ("configured", "told"),
    [
        ("", "serve needs a Prefect server"),
        ("http://127.0.0.1:9/api", "no Prefect server answers at http://127.0.0.1:9"),
    ],
)
def test_without_a_server_serve_says_what_to_start(
    configured: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with monkeypatch.context() as patch:
        patch.setenv("PREFECT_API_URL", configured) if configured else patch.delenv("PREFECT_API_URL", raising=False)
        patch.setenv("PREFECT_HOME", str(tmp_path))
        refresh_global_settings_context()
        patch.setattr("sys.argv", ["onrecord", "serve"])
        with pytest.raises(SystemExit) as exit_:
            main()
    refresh_global_settings_context()
    assert exit_.value.code == 2
    assert told in (said := capsys.readouterr().err) and "prefect server start" in said


@pytest.mark.usefixtures("address")
def test_a_name_that_is_another_warehouses_is_refused() -> None:
    require_free("warehouse", "host:desk", Path("/srv/news/warehouse"))
    require_free("other", "host:desk", Path("/srv/other"))
    with pytest.raises(UsageError, match=r"knows 'warehouse' as the ingest of /srv/news/warehouse, .* another --name"):
        require_free("warehouse", "host:desk", Path("/srv/other/warehouse"))
    with pytest.raises(UsageError, match="warehouse on desk"):
        require_free("warehouse", "host:laptop", Path("/srv/news/warehouse"))


def test_what_does_not_end_by_itself_is_ended_with_what_it_started() -> None:
    program = (
        "import subprocess, sys, time; from flows import serving; serving.STOP_SECONDS = 1;"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
        "print(child.pid, flush=True); serving.end_in_time(15); time.sleep(60)"
    )
    assert serving.STOP_SECONDS < 10
    with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        child = int(process.stdout.readline())
        assert process.wait(60) == 128 + signal.SIGTERM
    end = time.monotonic() + 10
    while (stat := Path(f"/proc/{child}/stat")).exists() and " Z " not in stat.read_text():
        assert time.monotonic() < end
        time.sleep(0.1)
