"""`onrecord browse` on the command line: where it listens, and what it asks for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.testclient import TestClient
from typer.testing import CliRunner

from flows.browse import address, is_local, own_hosts
from flows.cli import app
from flows.ingest import run_steps
from flows.orchestration import Plain
from onrecord.settings import Settings
from onrecord.warehouse.corrections.correction import read_corrections
from onrecord.warehouse.store import Warehouse
from tests.flows.small_corpus import rows, small_corpus
from tests.onrecord.browse.browsed import make


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("served")
    make(root)
    return root


def served(warehouse: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[Any, dict[str, Any], str]:
    """The application that the command serves, how, and what it prints."""
    given: list[tuple[Any, dict[str, Any]]] = []
    with monkeypatch.context() as patched:
        patched.setattr(uvicorn, "run", lambda guard, **how: given.append((guard, how)))
        result = CliRunner().invoke(app, ["browse", "--warehouse", str(warehouse), *arguments])
    assert result.exit_code == 0, result.output
    ((guard, how),) = given
    return guard, how, result.output


def test_it_listens_on_this_machine_alone_and_asks_for_nothing(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guard, how, shown = served(warehouse, monkeypatch)
    assert (how["host"], how["port"]) == ("127.0.0.1", 8765)
    assert shown.startswith("http://127.0.0.1:8765/\n")
    client = TestClient(guard, base_url="http://127.0.0.1:8765")
    assert client.get("/").status_code == 200
    assert client.get("/", headers={"Host": "example.org"}).status_code == 421


def test_for_other_machines_it_makes_up_a_token(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    guard, how, shown = served(warehouse, monkeypatch, "--host", "192.0.2.1")
    assert how["host"] == "192.0.2.1"
    token = shown.split("?token=")[1].split()[0]
    assert len(token) >= 32
    client = TestClient(guard, base_url="http://newsroom:8765")
    assert client.get("/").status_code == 401
    assert client.get(f"/?token={token}").status_code == 200


def test_a_token_that_is_given_is_asked_for_here_too(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_TOKEN", "open sesame")
    guard, _, shown = served(warehouse, monkeypatch)
    assert "?token=open+sesame\n" in shown
    assert TestClient(guard, base_url="http://127.0.0.1:8765").get("/").status_code == 401


def test_read_only_has_no_buttons_and_neither_has_the_past(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for arguments, buttons in (((), True), (("--read-only",), False), (("--at", "0"), False)):
        guard, _, _ = served(warehouse, monkeypatch, *arguments)
        shown = TestClient(guard, base_url="http://127.0.0.1:8765").get("/article/first").text
        assert ('method="post"' in shown) is buttons


def test_a_correction_of_a_page_is_applied_at_once_in_the_name_of_the_editor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_corpus(tmp_path / "raw")
    run_steps(Settings(raw=tmp_path / "raw", warehouse=tmp_path / "warehouse", workers=1), Plain(1))
    quote = next(row for row in rows(tmp_path / "warehouse", "quotes") if row["speaker_name"])
    guard, _, _ = served(tmp_path / "warehouse", monkeypatch, "--by", "Desk")
    path = f"/article/{quote['article_id']}"
    with TestClient(guard, base_url="http://127.0.0.1:8765") as client:
        token = client.get(path).text.split('name="form_token" value="')[1].split('"')[0]
        form = {"row": quote["quote_id"], "back": path, "form_token": token, "reason": "the tape"}
        changed = {"set:speaker_role": "keeper of the weir", "was:speaker_role": quote["speaker_role"] or ""}
        origin = {"Origin": "http://127.0.0.1:8765"}
        shown = client.post("/correct", data={**form, **changed}, headers=origin)
        assert shown.status_code == 200 and shown.url.path == path
        assert "keeper of the weir" in shown.text and "corrected" in shown.text
        wrong = client.post("/correct", data={**form, "set:date_said": "spring"}, headers=origin)
        assert wrong.status_code == 400 and "is no calendar date" in wrong.text
        odd = client.post("/correct", data={**form, "set:content": "else"}, headers=origin)
        assert odd.status_code == 400
        with Warehouse(tmp_path / "warehouse").latest() as snapshot:
            (made,) = read_corrections(snapshot)
        undo = {"undo": made.correction_id, "back": "/corrections", "form_token": token}
        undone = client.post("/correct", data=undo, headers=origin)
        assert undone.status_code == 200 and "Nothing was corrected yet" in undone.text
        assert "keeper of the weir" not in client.get(path).text
        assert "undone before" in client.post("/correct", data=undo, headers=origin).text
    assert (made.made_by, made.reason, made.new_value) == ("Desk", "the tape", "keeper of the weir")


def test_a_warehouse_that_is_none_is_told_of(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["browse", "--warehouse", str(tmp_path)])
    assert result.exit_code == 1 and "holds no warehouse" in str(result.exception)


@pytest.mark.parametrize(
    ("host", "local"),
    [("127.0.0.1", True), ("127.0.0.2", True), ("::1", True), ("localhost", True), ("192.0.2.1", False), ("::", False),
     ("10.0.0.7", False), ("newsroom", False)],
)  # fmt: skip
def test_what_only_this_machine_reaches(host: str, local: bool) -> None:
    assert is_local(host) is local


def test_names_of_this_machine_have_the_port() -> None:
    assert own_hosts(8765) == {"127.0.0.1:8765", "localhost:8765", "[::1]:8765"}
    assert "localhost" in own_hosts(80)
    assert address("::1", 8765, None) == "http://[::1]:8765/"
