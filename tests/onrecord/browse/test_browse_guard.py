"""Who may ask: names of the server, the token, and what comes from other pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from onrecord.browse.guard import Guard, is_form_token

OWN = frozenset({"127.0.0.1:8765", "localhost:8765"})


def app() -> Starlette:
    def show(request: Request) -> PlainTextResponse:
        return PlainTextResponse(request.scope["onrecord.form_token"])

    return Starlette(routes=[Route("/{path:path}", show, methods=["GET", "POST"])])


def client(hosts: frozenset[str] | None = OWN, token: str | None = None) -> TestClient:
    return TestClient(Guard(app(), hosts, token), base_url="http://127.0.0.1:8765", follow_redirects=False)


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1", "127.0.0.1:8766", "localhost.example.org:8765", ""])
def test_a_request_by_another_name_is_refused(host: str) -> None:
    assert client().get("/", headers={"Host": host}).status_code == 421


def test_a_request_by_a_name_of_this_machine_is_let_by() -> None:
    for host in (*OWN, "LOCALHOST:8765"):
        assert client().get("/", headers={"Host": host}).status_code == 200


def test_a_token_is_asked_for_once_and_does_not_stay_in_the_address() -> None:
    browser = client(None, "letmein")
    assert browser.get("/article/x").status_code == 401
    assert browser.get("/article/x?token=wrong").status_code == 401
    answer = browser.get("/article/x?token=letmein&page=2")
    assert (answer.status_code, answer.headers["location"]) == (303, "/article/x?page=2")
    assert "HttpOnly; SameSite=Strict" in answer.headers["set-cookie"]
    assert browser.get("/article/x").status_code == 200


def test_the_way_on_stays_on_this_server() -> None:
    answer = client(None, "letmein").get("http://127.0.0.1:8765//example.org/?token=letmein")
    assert answer.headers["location"].startswith("/example.org")


def test_a_server_for_any_name_needs_a_token() -> None:
    with pytest.raises(ValueError, match="needs a token"):
        Guard(app(), None, None)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://example.org"}, 403),
        ({"Origin": "http://127.0.0.1:8766"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://127.0.0.1:8765"}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
    ],
)
def test_only_a_page_of_this_server_may_change_something(headers: dict[str, str], status: int) -> None:
    assert client().post("/", headers=headers).status_code == status


def test_a_form_token_is_of_one_session() -> None:
    guard = Guard(app(), OWN, None)
    one, other = (TestClient(guard, base_url="http://127.0.0.1:8765") for _ in range(2))
    first = one.get("/").text
    assert one.get("/").text == first and other.get("/").text != first
    assert is_form_token({"onrecord.form_token": first}, first)
    assert not is_form_token({"onrecord.form_token": first}, other.get("/").text)
    assert not is_form_token({"onrecord.form_token": first}, "")


@given(st.binary(max_size=60))
def test_no_cookie_is_an_error(cookie: bytes) -> None:
    value = bytes(byte for byte in cookie if byte >= 32 and byte != 127)
    assert client().get("/", headers=[(b"cookie", value)]).status_code == 200


def test_each_answer_is_sealed_also_a_refusal() -> None:
    for answer in (client().get("/"), client().get("/", headers={"Host": "example.org"})):
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Cache-Control"] == "no-store"
