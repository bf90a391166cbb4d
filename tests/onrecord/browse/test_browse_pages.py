"""Each page: what it shows, that it is for everybody, and that the text of articles stays text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from onrecord.browse import Guard, Reader, application
from onrecord.warehouse.store import Warehouse
from tests.onrecord.browse.browsed import ADA, ADAH, HOSTILE, SAFE, TEXT, TOM, Listed, Made, Page, make

PAGES = (
    "/", "/search", f"/search?q={quote(HOSTILE)}", "/search?q=bridge&speaker=Ada&outlet=gazette&since=2024-05-07",
    "/search?q=bridge", f"/search?since={quote(HOSTILE)}", f"/entity/{ADA}", f"/entity/{TOM}", f"/entity/{ADA}/near",
    "/statement/u1", "/article/first", "/article/second", "/article/first/copies", "/corrections", "/nowhere",
    f"/article/{quote(HOSTILE, safe='')}",
)  # fmt: skip

#: Elements that the templates have; none runs, loads or embeds anything.
_OURS = """html head meta title link body a header nav form label input button main p b br q h1 h2 div section article
    ol ul li time span mark blockquote dl dt dd details summary figure figcaption svg rect line table thead tbody tr th
    td"""
OURS = frozenset(_OURS.split())


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("browsed")
    make(root)
    return root


@pytest.fixture(scope="module")
def made() -> Made:
    return []


@pytest.fixture(scope="module")
def client(root: Path, made: Made) -> Iterator[TestClient]:
    reader = Reader(root)
    guarded = Guard(application(reader, Listed(made)), frozenset({"127.0.0.1:8765"}), None)
    with TestClient(guarded, base_url="http://127.0.0.1:8765") as client:
        yield client
    reader.close()


def page(client: TestClient, path: str) -> Page:
    return Page(client.get(path).text)


@pytest.mark.parametrize("path", PAGES)
def test_text_stays_text(client: TestClient, path: str) -> None:
    shown = page(client, path)
    assert {tag for tag, _ in shown.elements} <= OURS
    for tag, attributes in shown.elements:
        assert not [name for name in attributes if name.startswith("on") or name == "style"], tag
        for name in ("href", "src", "action"):
            target = attributes.get(name)
            assert target is None or target.startswith(("/", "#")), (tag, target)
    assert str(7919 * 6997) not in shown.text  # what a template would make of HOSTILE's braces


@pytest.mark.parametrize("path", PAGES)
def test_each_page_is_for_keyboard_and_screen_reader(client: TestClient, path: str) -> None:
    shown = page(client, path)
    assert shown.all("html")[0]["lang"] == "en"
    assert len(shown.all("h1")) == len(shown.all("main")) == 1
    ids = [str(attributes["id"]) for _, attributes in shown.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    labelled = {attributes["for"] for attributes in shown.all("label")}
    for field in shown.all("input"):
        assert field.get("type") == "hidden" or field["id"] in labelled
    for link in shown.all("a"):
        target = str(link["href"])
        assert not target.startswith("#") or target[1:] in ids, target
    assert all(cell["scope"] == "col" for cell in shown.all("th"))
    for _, attributes in shown.elements:
        assert all(name in ids for name in (attributes.get("aria-labelledby") or "").split())
        assert int(attributes.get("tabindex") or 0) <= 0
    assert [drawing["role"] for drawing in shown.all("svg")] == ["img"] * len(shown.all("svg"))


def test_nothing_may_be_loaded_or_sent_elsewhere(client: TestClient) -> None:
    for path in (*PAGES, "/style.css"):
        policy = client.get(path).headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; style-src 'self'; form-action 'self'")
    style = client.get("/style.css").text
    assert "url(" not in style and "@import" not in style
    for needed in ("prefers-color-scheme: dark", "@media print", ":focus-visible"):
        assert needed in style


def test_home_has_the_newest_and_whom_is_quoted_most(client: TestClient) -> None:
    shown = page(client, "/")
    assert "2 articles, 2 quotes, 3 entities" in shown.text
    assert SAFE in shown.text
    links = [link["href"] for link in shown.all("a")]
    assert links.count(f"/entity/{ADA}") == 2 and f"/entity/{ADAH}" in links and f"/entity/{TOM}" not in links


def test_a_person_has_statements_a_plot_outlets_roles_and_spellings(client: TestClient) -> None:
    shown = page(client, f"/entity/{ADA}")
    assert "2 articles, 2 quotes, 1 statement;" in shown.text and SAFE in shown.text
    assert len(shown.all("rect")) == 1 and "2024-05: 1" in shown.text
    for title in ("Reported by", "Roles", "Also written"):
        assert title in shown.text
    assert f"The Gazette {HOSTILE} 1" in shown.text and "The Post 1" in shown.text
    assert "/statement/u1" in [link["href"] for link in shown.all("a")]


def test_an_id_that_was_merged_leads_to_who_has_it_now(client: TestClient) -> None:
    assert page(client, f"/entity/{ADA}_old").text == page(client, f"/entity/{ADA}").text


def test_near_misses_stand_side_by_side(client: TestClient) -> None:
    shown = page(client, f"/entity/{ADA}/near")
    assert f"/entity/{ADAH}" in [link["href"] for link in shown.all("a")]
    assert [button.get("name") for button in shown.all("button")][1:] == ["set:same_as", "set:not_same_as"]


def test_a_statement_tells_who_else_reported_it(client: TestClient) -> None:
    shown = page(client, "/statement/u1")
    links = [link["href"] for link in shown.all("a")]
    assert "/article/first" in links and "/article/second" in links
    assert "said no later than 2024-05-07; 2 articles, 1 of them copies of others" in shown.text


def test_an_article_is_shown_whole_with_its_marks_and_why(client: TestClient) -> None:
    html = client.get("/article/first").text
    shown = Page(html)
    for line in filter(None, TEXT.splitlines()):
        assert line.replace("“", "“1") in shown.text
    assert "this speaker81%" in "".join(shown.text.split("\n"))
    assert "Tom Brandt 12%" in shown.text
    classes = {word for _, attributes in shown.elements for word in (attributes.get("class") or "").split()}
    assert {"content", "speaker", "cue", "name", "date", "boilerplate"} <= classes
    assert f"/entity/{TOM}" in [link["href"] for link in shown.all("a")]
    assert "javascript:" not in [str(link["href"])[:11] for link in shown.all("a")]


def test_copies_are_listed_the_earliest_first(client: TestClient) -> None:
    shown = page(client, "/article/second/copies")
    links = [link["href"] for link in shown.all("a") if str(link["href"]).startswith("/article/")]
    assert links == ["/article/second", "/article/first", "/article/second"]


def test_search_shows_quotes_articles_and_who_is_called_so(client: TestClient) -> None:
    shown = page(client, "/search?q=bridge")
    assert "Said" in shown.text and "Printed" in shown.text
    assert len(shown.all("mark")) >= 2
    assert f"/entity/{ADA}" in [link["href"] for link in page(client, "/search?q=ada").all("a")]
    assert "is no day" in page(client, "/search?q=bridge&since=spring").text
    assert "Nothing has all of these words" in page(client, "/search?q=zebra").text


@pytest.mark.parametrize("path", ["/nowhere", "/article/none", "/entity/none", "/entity/none/near", "/statement/none"])
def test_what_is_not_there_is_told(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Not here" in answer.text


def test_the_pages_follow_the_warehouse(tmp_path: Path) -> None:
    make(tmp_path)
    reader = Reader(tmp_path)
    client = TestClient(application(reader))
    assert client.get("/article/second").status_code == 200
    with Warehouse(tmp_path).transaction() as tx:
        tx.remove_articles(["second"])
    assert client.get("/article/second").status_code == 404
    earlier = Reader(tmp_path, at=0)
    assert TestClient(application(earlier)).get("/article/second").status_code == 200
    reader.close()
    earlier.close()


def test_where_nothing_was_committed_the_page_says_so(tmp_path: Path) -> None:
    answer = TestClient(application(Reader(tmp_path))).get("/")
    assert answer.status_code == 503 and "holds no warehouse yet" in answer.text


# --- corrections


def form(client: TestClient, path: str, number: int) -> dict[str, str]:
    """The fields of a form of a page, as a browser would send them without a change."""
    html = client.get(path).text.split("<form")[number + 2]
    fields = Page(html.split("</form>")[0]).all("input")
    return {str(field["name"]): str(field.get("value") or "") for field in fields}


ORIGIN = {"Origin": "http://127.0.0.1:8765"}


def test_a_correction_sends_what_was_changed_and_goes_back(client: TestClient, made: Made) -> None:
    made.clear()
    fields = form(client, "/article/first", 1)
    assert fields["row"] == "q1" and fields["set:speaker_name"] == f"Ada {HOSTILE}"
    sent = {**fields, "set:speaker_role": "", "set:date_said": "2024-05", "reason": "the tape"}
    answer = client.post("/correct", data=sent, headers=ORIGIN, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/article/first")
    assert made == [("q1", {"speaker_role": "", "date_said": "2024-05"}, "the tape")]


def test_a_button_says_that_it_is_no_quote(client: TestClient, made: Made) -> None:
    made.clear()
    fields = form(client, "/article/first", 2) | {"set:quote_id": ""}
    assert client.post("/correct", data=fields, headers=ORIGIN, follow_redirects=False).status_code == 303
    assert made == [("q1", {"quote_id": ""}, None)]


def test_corrections_are_listed_and_can_be_undone(client: TestClient, made: Made) -> None:
    made.clear()
    shown = page(client, "/corrections")
    for told in (f"Desk {HOSTILE}", HOSTILE, f"Mayor {HOSTILE}", "speaker role", "waits for the next run"):
        assert told in shown.text
    (button,) = [found for found in shown.all("button") if found.get("name") == "undo"]
    fields = form(client, "/corrections", 0) | {"undo": str(button["value"])}
    answer = client.post("/correct", data=fields, headers=ORIGIN, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/corrections")
    assert made == [("c1", {}, None)]


def test_a_correction_that_cannot_be_made_says_why(client: TestClient, made: Made) -> None:
    made.clear()
    fields = form(client, "/article/first", 1)
    for changed, told in (({}, "nothing was changed"), ({"set:date_said": "spring"}, "spring is no date")):
        answer = client.post("/correct", data={**fields, **changed}, headers=ORIGIN)
        assert answer.status_code == 400 and told in answer.text
    assert made == []


def test_a_form_of_another_session_or_page_changes_nothing(client: TestClient, made: Made) -> None:
    made.clear()
    fields = form(client, "/article/first", 1) | {"set:speaker_role": ""}
    wrong = {**fields, "form_token": "0" * 64}
    assert client.post("/correct", data=wrong, headers=ORIGIN).status_code == 403
    for headers in ({}, {"Origin": "https://example.org"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        assert client.post("/correct", data=fields, headers=headers).status_code == 403
    assert client.post("/correct", content=b"x" * 100_000, headers=ORIGIN).status_code == 413
    assert made == []


def test_going_back_leads_nowhere_else(client: TestClient, made: Made) -> None:
    for back in ("https://example.org/", "//example.org", "/correct", "/article/../x?y"):
        fields = form(client, "/article/first", 1) | {"set:speaker_role": "", "back": back}
        answer = client.post("/correct", data=fields, headers=ORIGIN, follow_redirects=False)
        assert answer.headers["location"] == "/", back
    made.clear()


def test_without_corrections_there_are_no_buttons_and_nothing_is_taken(root: Path) -> None:
    reader = Reader(root)
    with TestClient(application(reader), base_url="http://127.0.0.1:8765") as client:
        for path in ("/article/first", f"/entity/{ADA}/near", "/corrections"):
            assert 'method="post"' not in client.get(path).text
        answer = client.post("/correct", data={"row": "q1", "set:speaker_role": ""})
        assert answer.status_code == 403 and "Nothing is changed here" in answer.text
    reader.close()
