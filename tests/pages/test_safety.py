"""What a page is sent with, and that it shows nothing and runs nothing that it should not."""

import pytest

from app.accounts import operations as accounts
from app.accounts.passwords import Passwords
from app.entries.content import EntryContent
from app.main import create_app
from app.settings import Settings
from tests.api import Api, problem_of
from tests.makers import adopt_entry, body, make_entry, make_subject_field
from tests.pages.furnishing import HOSTILE
from tests.pages.reading import Page
from tests.pages.test_every_page import BROWSER

PASSWORD = "correct horse battery staple"


@pytest.fixture
def hostile(api: Api, database) -> Api:
    """A service whose compendium was written by somebody who wishes its readers ill."""
    text = body()
    for code in ("en", "fr", "ru"):
        section = text["languages"][code]
        section["terms"] = [
            {
                "text": f"{HOSTILE} {code}",
                "usage_note": HOSTILE,
                "contexts": [{"text": HOSTILE, "source": HOSTILE}],
                "sources": [HOSTILE],
            }
        ]
        section["definition"]["text"] = HOSTILE
        section["definition"]["sources"] = [{"citation": HOSTILE}]
        section |= {"notes": [HOSTILE], "examples": [HOSTILE]}
    text["equivalence"] = {"en-fr": {"degree": "near", "remark": HOSTILE}}
    text["relations"] = [{"type": "associative", "target": "TMD-0002"}]
    with database.write() as db:
        make_entry(db, number=2, en=f"{HOSTILE} 2")
        adopt_entry(db, EntryContent.model_validate(text), number=1)
    return api


@pytest.mark.parametrize(
    "path",
    [
        "/entries/TMD-0001",
        "/entries/TMD-0002",
        "/entries/TMD-0001/versions/1",
        "/entries/TMD-0001/history",
        "/search?q=script",
        "/search?q=script&match=fulltext",
        "/search?q=%3Cscript%3Ealert(1)%3C/script%3E%22onfocus=x",
        "/search?q=a&subject=threat",
        "/index/en/%23",
        "/index/en/S",
        "/subjects/threat",
        "/decisions/D(2026)0001",
        "/<script>alert(1)</script>",
        "/developers/api/<script>alert(1)</script>",
    ],
)
def test_what_a_text_says_is_never_taken_for_markup(hostile: Api, path: str) -> None:
    answer = hostile.get(f"/en{path}", headers=BROWSER)
    assert answer.status_code in (200, 404), path
    page = Page(answer.text)
    assert [tag.attributes.get("src", "").partition("?")[0] for tag in page.tags if tag.tag == "script"] == [
        "/static/compendium.js"
    ]
    assert [tag for tag in page.tags if tag.tag == "img"] == []
    assert [name for tag in page.tags for name in tag.attributes if name.startswith("on")] == []
    assert [address for address in page.addresses if address.startswith("javascript:")] == []
    assert " 49 " not in answer.text


def test_hostile_texts_are_shown_as_they_were_written(hostile: Api) -> None:
    page = Page(hostile.get("/en/entries/TMD-0001", headers=BROWSER).text)
    assert list(page.texts()).count(HOSTILE) > 10


def test_an_anonymous_page_is_public_and_one_with_our_cookies_is_not(quick: Api) -> None:
    plain = quick.get("/fr/entries/TMD-0001")
    assert plain.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Cookie" in plain.headers["Vary"]
    assert quick.get("/fr/entries/TMD-0001", headers={"If-None-Match": plain.headers["ETag"]}).status_code == 304
    for cookie in ("reading=fr.ru-fr-en", "session=whatever"):
        own = quick.get("/fr/entries/TMD-0001", headers={"Cookie": cookie})
        assert own.headers["Cache-Control"] == "private, no-store"
    # One of another application on the same host is none of ours.
    assert quick.get("/fr/about", headers={"Cookie": "other=1"}).headers["Cache-Control"].startswith("public")


def test_errors_are_kept_by_no_cache(quick: Api) -> None:
    assert quick.get("/fr/nowhere").headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("path", ["/", "/entries/TMD-0001", "/search?q=decoy", "/nowhere"])
def test_pages_behind_tls_tell_browsers_to_come_back_over_tls(settings: Settings, database, path: str) -> None:
    secure = settings.model_copy(update={"public_url": "https://terms.example"})
    with Api.serving(create_app(secure, database)) as service:
        assert service.get(f"/en{path}").headers["Strict-Transport-Security"] == "max-age=31536000"
    with Api.serving(create_app(settings, database)) as service:
        answer = service.get(f"/en{path}")
        assert "Strict-Transport-Security" not in answer.headers
        assert (answer.headers["X-Content-Type-Options"], answer.headers["X-Frame-Options"]) == ("nosniff", "DENY")


def test_a_draft_is_on_no_page_not_even_for_its_author(api: Api, tokens, database) -> None:
    secret = "zzyzx warhead"
    with database.write() as db:
        make_subject_field(db)
        make_entry(db, number=1)
        account = accounts.account_called(db, "nato-delegate")
        account.password_hash = Passwords().hashed(PASSWORD)
    made = api.post(
        "/v1/proposals",
        tokens["nato-delegate"],
        json={"kind": "new", "content": body(en=secret), "justification": "needed"},
    )
    assert made.status_code == 201, made.text
    signed_in = api.post("/v1/login", json={"name": "nato-delegate", "password": PASSWORD})
    assert signed_in.status_code == 200, signed_in.text
    cookie = signed_in.headers["Set-Cookie"].partition(";")[0]
    api.client.cookies.clear()
    where = ("/", "/search?q=zzyzx", "/index/en/Z", "/subjects/threat", "/entries/TMD-1001", "/decisions")
    for headers in ({}, {"Cookie": cookie}):
        for path in where:
            assert secret not in api.get(f"/en{path}", headers=headers).text, path


def test_preferences_are_remembered_on_request_and_forgotten_on_request(quick: Api) -> None:
    own = {"Origin": "http://compendium.test", "Sec-Fetch-Site": "same-origin"}
    kept = quick.post("/en/preferences", headers=own, data={"language": "ru", "columns": "fr-ru-en"})
    assert (kept.status_code, kept.headers["Location"]) == (303, "/ru/preferences")
    assert kept.headers["Set-Cookie"].startswith("reading=ru.fr-ru-en;")
    assert "HttpOnly" in kept.headers["Set-Cookie"]
    quick.client.cookies.clear()
    remembered = {"Cookie": "reading=ru.fr-ru-en", "Accept-Language": "fr"}
    assert quick.get("/", headers=remembered).headers["Location"] == "/ru/"
    page = Page(quick.get("/ru/entries/TMD-0001", headers=remembered).text)
    names = [around[-1] for text, around in page.said if around[-1].attributes.get("class") == "tongue-name"]
    assert len(names) == 3
    columns = [text for text, around in page.said if around[-1].attributes.get("class") == "tongue-name"]
    assert columns == ["Французский", "Русский", "Английский"]
    gone = quick.post("/en/preferences", headers=own, data={"forget": "1"})
    assert "Max-Age=0" in gone.headers["Set-Cookie"]
    quick.client.cookies.clear()


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {}])
def test_a_form_of_another_site_is_refused(quick: Api, headers: dict[str, str]) -> None:
    answer = quick.post("/en/preferences", headers=headers, data={"language": "ru", "columns": "fr-ru-en"})
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers
    assert "text/html" in answer.headers["Content-Type"]


def test_what_is_no_form_is_refused(quick: Api) -> None:
    own = {"Sec-Fetch-Site": "same-origin"}
    assert quick.post("/en/preferences", headers=own, json={"language": "ru"}).status_code == 415
    many = "&".join(f"a{n}=1" for n in range(3000))
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert quick.post("/en/preferences", headers=own | kind, content=many).status_code == 413


def test_programs_still_get_problems(quick: Api) -> None:
    problem_of(quick.get("/v1/entries/TMD-0999", headers=BROWSER), 404, "not_found")
    problem_of(quick.get("/nowhere"), 404, "no_such_path")
