"""The application: which address gives which page."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import Any

import jinja2
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from onrecord.browse.forms import LARGEST, Editor, sent
from onrecord.browse.guard import is_form_token
from onrecord.browse.pages import Answer, Pages
from onrecord.browse.reader import Reader
from onrecord.document.marking import Mark, Piece, pieces
from onrecord.warehouse.errors import WarehouseError
from onrecord.warehouse.search import Hit

#: Pages that tell of what cannot be done: status, title, what to know.
_MISSING = (404, "Not here", "The tables have nothing under this address, or no longer.")
_READ_ONLY = (403, "Nothing is changed here", "This server only shows: it was started to be read.")
_TOO_LONG = (413, "Too long", "The form is too long.")
_EARLIER = (403, "Not sent", "The page is of an earlier session: load it again, and send the form from there.")


def application(reader: Reader, editor: Editor | None = None) -> Starlette:
    """The pages of a warehouse; `editor` makes corrections, and without one nothing can be changed.

    Put a `Guard` before it.
    """
    site, pages = _Site(reader, editor), Pages(reader)
    style = files("onrecord.browse").joinpath("templates/style.css").read_text("utf-8")
    return Starlette(
        routes=[
            Route("/", site.shows(pages.home)),
            Route("/search", site.shows(pages.search)),
            Route("/entity/{entity}", site.shows(pages.entity)),
            Route("/entity/{entity}/near", site.shows(pages.near)),
            Route("/statement/{statement}", site.shows(pages.statement)),
            Route("/article/{article}", site.shows(pages.article)),
            Route("/article/{article}/copies", site.shows(pages.copies)),
            Route("/corrections", site.shows(pages.corrections)),
            Route("/style.css", lambda _: Response(style, media_type="text/css")),
            Route("/correct", site.correction, methods=["POST"]),
        ],
        exception_handlers={404: site.not_found},
    )


class _Site:
    """Makes answers of pages, and corrections of forms."""

    def __init__(self, reader: Reader, editor: Editor | None) -> None:
        self._reader = reader
        self._editor = editor
        self._environment = _environment()

    def shows(self, make: Callable[[Request], Answer]) -> Callable[[Request], Response]:
        """The endpoint of a page."""

        def endpoint(request: Request) -> Response:
            try:
                answer = make(request)
            except WarehouseError as error:
                return self._problem(request, 503, "Not now", str(error))
            return self._render(request, *answer) if answer else self._problem(request, *_MISSING)

        return endpoint

    async def correction(self, request: Request) -> Response:
        """Makes the correction of a form, and goes back to its page."""
        if self._editor is None:
            return self._problem(request, *_READ_ONLY)
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST:
                return self._problem(request, *_TOO_LONG)
        try:
            form = sent(bytes(body))
            if not is_form_token(request.scope, form.token):
                return self._problem(request, *_EARLIER)
            await run_in_threadpool(form.given_to, self._editor)
        except (ValueError, RuntimeError, OSError, WarehouseError) as error:
            return self._problem(request, 400, "Not corrected", str(error))
        return RedirectResponse(form.back, 303)

    async def not_found(self, request: Request, _: Exception) -> Response:
        """The page for an address that none is under."""
        return self._problem(request, *_MISSING)

    def _problem(self, request: Request, status: int, title: str, told: str) -> Response:
        return self._render(request, "problem.html", {"title": title, "told": told}, status)

    def _render(self, request: Request, name: str, values: dict[str, Any], status: int = 200) -> Response:
        common = {
            "form_token": request.scope.get("onrecord.form_token", ""),
            "can_correct": self._editor is not None,
            "path": request.url.path,
            "at": self._reader.at,
        }
        return HTMLResponse(self._environment.get_template(name).render(**common, **values), status)


def _hit_pieces(hit: Hit) -> list[Piece]:
    """The sentence of a hit, in pieces: what was said, and the words that were asked for."""
    if hit.start is None or hit.end is None:
        return list(pieces(hit.sentence, 0, len(hit.sentence), ()))
    first = hit.start
    marks = [
        Mark(span.start - first, span.end - first, kind)
        for kind, spans in (("content", hit.spans), ("match", hit.matches))
        for span in spans
    ]
    return list(pieces(hit.sentence, 0, len(hit.sentence), marks))


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("onrecord.browse"), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["hit_pieces"] = _hit_pieces
    environment.filters["number"] = lambda value: f"{value:,}"
    environment.filters["percent"] = lambda value: "" if value is None else f"{value:.0%}"
    environment.filters["web"] = lambda url: url if url and url.startswith(("http://", "https://")) else None
    return environment
