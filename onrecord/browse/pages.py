"""What each page shows: the template and its values."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from onrecord.browse.articles import article_page, copies_of
from onrecord.browse.forms import PAGE, asked, page_number
from onrecord.browse.people import PAGE as STATEMENTS
from onrecord.browse.people import entity_page, entity_row, near_misses
from onrecord.browse.plot import HEIGHT, WIDTH
from onrecord.browse.reader import Reader
from onrecord.warehouse.corrections.correction import read_corrections
from onrecord.warehouse.search import article_hits, newest, quote_hits, speakers_named, statements

#: Statements, and entities, of the first page.
_NEWEST, _MOST_QUOTED, _CALLED = 20, 12, 6

Answer = tuple[str, dict[str, Any]] | None


class Pages:
    """The pages. Each method gives the template and its values for a request; null where there is no such page."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def home(self, _: Request) -> Answer:
        with self.reader.view() as view:
            commit = view.snapshot.commit
            most = view.rows(
                "select entity_id, name, entity_type, quote_count from entities where quote_count > 0"
                f" order by quote_count desc, name limit {_MOST_QUOTED}"
            )
            return "home.html", {
                "newest": statements(view.index, view.snapshot, newest(view.index, view.snapshot, _NEWEST)),
                "most_quoted": most,
                "counts": [(name, commit.rows(name)) for name in ("articles", "quotes", "entities")],
                "written": commit.created_at,
            }

    def search(self, request: Request) -> Answer:
        question = asked(request.query_params)
        found: dict[str, list[Any]] = {"quotes": [], "articles": [], "called": []}
        if not question.search.is_empty:
            with self.reader.view() as view:
                found["quotes"] = quote_hits(view.index, view.snapshot, question.search)
                if not question.speaker:
                    found["articles"] = article_hits(view.index, view.snapshot, question.search)
                name = question.speaker or question.words
                called = speakers_named(view.index, view.snapshot, name)[:_CALLED] if question.page == 1 else []
                found["called"] = [row for one in called if (row := entity_row(view, one))]
        more = any(len(found[kind]) > PAGE for kind in ("quotes", "articles"))
        return "search.html", {
            "asked": question,
            "quotes": found["quotes"][:PAGE],
            "articles": found["articles"][:PAGE],
            "called": found["called"],
            "more": more,
        }

    def entity(self, request: Request) -> Answer:
        page = page_number(request.query_params)
        with self.reader.view() as view:
            shown = entity_page(view, request.path_params["entity"], page)
        if shown is None:
            return None
        return "entity.html", {
            "shown": shown, "page": page, "pages": max(1, -(-shown.count // STATEMENTS)),
            "plot": {"width": WIDTH, "height": HEIGHT},
        }  # fmt: skip

    def near(self, request: Request) -> Answer:
        with self.reader.view() as view:
            entity = entity_row(view, request.path_params["entity"])
            if entity is None:
                return None
            return "near.html", {"entity": entity, "near": near_misses(view, entity)}

    def statement(self, request: Request) -> Answer:
        with self.reader.view() as view:
            found = statements(view.index, view.snapshot, [request.path_params["statement"]])
        return ("statement.html", {"statement": found[0]}) if found else None

    def article(self, request: Request) -> Answer:
        with self.reader.view() as view:
            shown = article_page(view, request.path_params["article"])
        return ("article.html", {"shown": shown}) if shown else None

    def copies(self, request: Request) -> Answer:
        article = request.path_params["article"]
        with self.reader.view() as view:
            found = copies_of(view, article)
        return ("copies.html", {"article": article, "copies": found}) if found else None

    def corrections(self, _: Request) -> Answer:
        with self.reader.view() as view:
            return "corrections.html", {"corrections": read_corrections(view.snapshot)[::-1]}
