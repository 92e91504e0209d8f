"""Signing in and out on pages, and one's own tokens."""

from urllib.parse import urlencode

import pytest
from pydantic import SecretStr

from app.main import create_app
from app.pages.working.access import own_path
from app.settings import Settings
from app.texts.problems import problem_text
from tests.api import Api
from tests.pages.reading import Page
from tests.pages.signing import OWN, PASSWORD, Desk, Person, give_passwords


@pytest.fixture
def people(desk: Desk) -> Api:
    """A service whose accounts have passwords."""
    give_passwords(desk.database)
    return desk.api


def test_whoever_signs_in_comes_to_where_they_wanted_to_go(people: Api) -> None:
    language = "ru"
    person = Person(people, language)
    asked = person.get("/proposals?state=draft")
    assert asked.status_code == 303
    address = asked.headers["Location"]
    assert address == f"/{language}/sign-in?next=%2F{language}%2Fproposals%3Fstate%3Ddraft"
    answer = person.fill(
        address.removeprefix(f"/{language}"),
        "/sign-in",
        **{"sign-in-name": "nato-delegate", "sign-in-password": PASSWORD},
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/{language}/proposals?state=draft")
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert person.get("/proposals").status_code == 200
    assert "nato-delegate" in person.page("/account").text


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example/", "/\\evil.example", "/en//\nevil", "https://evil.example/", "/v1/me", ""]
)
def test_the_sign_in_leads_to_no_other_site(elsewhere: str) -> None:
    assert own_path(elsewhere, "/en/proposals") == "/en/proposals"
    assert own_path("/ru/entries/TMD-0001?columns=ru-en-fr", "/ru/proposals") != "/ru/proposals"


def test_a_form_that_names_another_site_leads_to_our_own(people: Api) -> None:
    typed = {"sign-in-name": "nato-delegate", "sign-in-password": PASSWORD, "next": "//evil.example/"}
    assert Person(people).send("/sign-in", typed).headers["Location"] == "/en/proposals"


def test_a_wrong_password_is_said_in_words_and_never_sent_back(people: Api) -> None:
    person = Person(people, "ru")
    answer = person.send("/sign-in", {"sign-in-name": "nato-delegate", "sign-in-password": "wrong-horse"})
    assert answer.status_code == 403
    assert "wrong-horse" not in answer.text
    assert 'value="nato-delegate"' in answer.text
    page = Page(answer.text)
    faults = [text for text, around in page.said if around[-1].attributes.get("class") == "fault"]
    assert faults == [problem_text("login_failed", "ru", {}).detail]
    assert person.cookie == ""


def test_too_many_attempts_are_refused_as_in_the_api(people: Api) -> None:
    person = Person(people)
    wrong = {"sign-in-name": "nobody-at-all", "sign-in-password": "wrong-horse"}
    answers = [person.send("/sign-in", wrong).text for _ in range(11)]
    assert "Seconds to wait" in answers[-1]
    assert answers[0] != answers[-1]


def test_another_site_cannot_sign_anybody_in_or_out(people: Api) -> None:
    typed = {"sign-in-name": "nato-delegate", "sign-in-password": PASSWORD}
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {}):
        answer = people.post("/en/sign-in", headers=headers, data=typed)
        assert answer.status_code == 403
        assert "Set-Cookie" not in answer.headers
    person = Person.signed_in(people, "nato-delegate")
    headers = {"Sec-Fetch-Site": "same-site", "Cookie": person.cookie}
    assert people.post("/en/sign-out", headers=headers, data={}).status_code == 403
    assert person.get("/account").status_code == 200


def test_who_has_signed_out_is_out_whoever_has_a_copy_of_the_cookie(people: Api) -> None:
    person = Person.signed_in(people, "secretariat", "fr")
    copy = person.cookie
    answer = person.fill("/account", "/sign-out")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/fr/")
    assert "Max-Age=0" in answer.headers["Set-Cookie"]
    assert Person(people, cookie=copy).get("/account").status_code == 303


def test_a_token_is_made_shown_once_used_and_revoked(people: Api) -> None:
    person = Person.signed_in(people, "nato-delegate", "fr")
    made = person.fill("/account", "/account/tokens", label="Outil de TAO")
    assert made.status_code == 201, made.text
    (token,) = [text for text, around in Page(made.text).said if around[-1].tag == "code"]
    me = people.get("/v1/me", token).json()
    assert (me["account"], me["read_only"], me["roles"]) == ("nato-delegate", True, ["delegate"])
    page = person.page("/account")
    assert token not in page.text
    assert "Outil de TAO" in page.text
    (revoke,) = [action for action in page.forms if action.endswith("/revoke") and "Outil" in page.text][-1:]
    assert person.send(revoke.removeprefix("/fr"), {}).status_code == 303
    assert people.get("/v1/me", token).status_code == 401


def test_a_token_with_more_than_the_account_has_is_refused_beside_its_field(people: Api) -> None:
    person = Person.signed_in(people, "nato-delegate")
    typed = {"label": "Больше", "roles": ["delegate", "secretariat"], "days": "90"}
    answer = person.send("/account/tokens", typed)
    assert answer.status_code == 422
    assert "secretariat" in answer.text
    assert 'value="Больше"' in answer.text
    answer = person.send("/account/tokens", {"label": "", "roles": ["delegate"], "days": "1000"})
    assert [tag for tag in Page(answer.text).tags if tag.attributes.get("id") in ("e-label", "e-days")] != []


@pytest.mark.parametrize("path", ["/proposals", "/en/proposals?state=draft"])
def test_the_way_by_the_provider_is_offered_where_there_is_one(desk: Desk, path: str) -> None:
    onward = path if path.startswith("/en/") else "/en/proposals"
    address = f"/en/sign-in?{urlencode({'next': onward})}"
    assert "/v1/login/oidc" not in desk.api.get(address, headers=OWN).text
    settings = Settings(
        public_url="http://compendium.test",
        oidc_issuer="https://id.example",
        oidc_client_id="compendium",
        oidc_client_secret=SecretStr("a secret of the client"),
    )
    with Api.serving(create_app(settings, desk.database)) as api:
        page = Page(api.get(address, headers=OWN).text)
    assert f"/v1/login/oidc?{urlencode({'next': onward})}" in page.addresses
