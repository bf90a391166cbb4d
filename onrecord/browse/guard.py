"""What stands before the pages: who may ask, under which name, and what a browser may do with an answer."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Nothing is loaded but the style sheet of this server, nothing runs, and no form goes elsewhere.
POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}

_TOKEN, _SESSION = "onrecord_token", "onrecord_session"
_COOKIE = "Path=/; HttpOnly; SameSite=Strict"
_SAFE = frozenset({"GET", "HEAD"})


class Guard:
    """Lets requests by that are meant for this server and come from whoever may ask.

    `hosts`: names (with port) that the server answers to; null: to any, which only a token makes safe. `token`: what a
    browser must have been given, in the address once and in a cookie from then on. A request that changes something
    must come from a page of this server: its origin says so, and its form has the session's token.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str] | None, token: str | None) -> None:
        if hosts is None and token is None:
            raise ValueError("a server that answers to any name needs a token")
        self._app = app
        self._hosts = hosts
        self._token = token
        self._secret = secrets.token_bytes(32)
        self._pass = hashlib.sha256((token or "").encode()).hexdigest()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        cookies = _cookies(headers)
        given = cookies.get(_SESSION, "")
        session = given or secrets.token_urlsafe(24)
        scope["onrecord.form_token"] = self._form_token(session)

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                answered = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    answered[name] = value
                if not given:
                    answered.append("Set-Cookie", f"{_SESSION}={session}; {_COOKIE}")
            await send(message)

        refusal = self._refusal(scope, headers, cookies)
        await (refusal or self._app)(scope, receive, sealed)

    def _refusal(self, scope: Scope, headers: Headers, cookies: dict[str, str]) -> Response | None:
        """What is answered instead of a page; null where the request is let by."""
        host = headers.get("host", "")
        if self._hosts is not None and host.lower() not in self._hosts:
            return PlainTextResponse("This server is not called so.\n", 421)
        if self._token is not None and not _same(cookies.get(_TOKEN, ""), self._pass):
            asked = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
            if not _same(asked.pop("token", [""])[0], self._token) or scope["method"] not in _SAFE:
                return PlainTextResponse("Open the address that `onrecord browse` printed: it has the token.\n", 401)
            query = urlencode(asked, doseq=True)
            path = "/" + scope["path"].lstrip("/")
            answer = RedirectResponse(f"{path}?{query}" if query else path, 303)
            answer.headers.append("Set-Cookie", f"{_TOKEN}={self._pass}; {_COOKIE}")
            return answer
        if scope["method"] not in _SAFE and not _is_own(headers, host):
            return PlainTextResponse("Only a page of this server may send this.\n", 403)
        return None

    def _form_token(self, session: str) -> str:
        return hmac.new(self._secret, session.encode(), hashlib.sha256).hexdigest()


def is_form_token(scope: Scope, given: str) -> bool:
    """Whether a form was made for the session that sends it."""
    return _same(given, scope["onrecord.form_token"])


def _is_own(headers: Headers, host: str) -> bool:
    """Whether a request comes from a page of this server."""
    origin = headers.get("origin")
    if origin is None:
        return headers.get("sec-fetch-site") == "same-origin"
    return bool(host) and origin.lower() in (f"http://{host.lower()}", f"https://{host.lower()}")


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), wanted.encode())


def _cookies(headers: Headers) -> dict[str, str]:
    """The cookies of a request; none where they are malformed, as if there were none."""
    found = SimpleCookie()
    try:
        found.load(headers.get("cookie", ""))
    except CookieError:
        return {}
    return {name: morsel.value for name, morsel in found.items()}
