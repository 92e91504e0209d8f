"""The pages of proposals: the board, a proposal, what one may do with it, and forms that lose nothing."""

import re
from typing import Any

import pytest

from app.languages.codes import LANGUAGES
from app.texts.faults import fault_text
from app.texts.names import name_of
from tests.makers import DEFINITIONS, make_entry
from tests.pages.furnishing import furnish
from tests.pages.reading import Page
from tests.pages.signing import PASSWORD, Desk, Person, give_passwords

TYPED = {
    "justification": "Missing from the compendium.",
    "subject_fields.0": "threat",
    "languages.en.terms.0.text": "decoy",
    "languages.fr.terms.0.text": "leurre",
    "languages.fr.terms.0.gender": "masculine",
    "languages.ru.terms.0.text": "ложная цель",
    "languages.ru.terms.0.gender": "feminine",
    **{f"languages.{code}.definition.text": text for code, text in DEFINITIONS.items()},
    **{f"languages.{code}.definition.sources.0.citation": "Compendium" for code in LANGUAGES},
}


def number_of(answer: Any) -> str:
    """The proposal to which a form has led."""
    assert answer.status_code == 303, answer.text
    found = re.search(r"/proposals/(P\(\d+\)\d+)", answer.headers["Location"])
    assert found is not None, answer.headers["Location"]
    return found[1]


def drafted(person: Person, **changes: Any) -> str:
    return number_of(person.fill("/propose", "/propose", **TYPED | changes))


def act(person: Person, number: str, event: str, **typed: Any) -> Any:
    """What somebody does with a proposal: by the button on its page, or by the form that it leads to."""
    action = f"/proposals/{number}/events/{event}"
    page = person.page(f"/proposals/{number}")
    if f"/{person.language}{action}" in page.forms:
        answer = person.send(action, page.forms[f"/{person.language}{action}"] | typed)
    else:
        assert f"/{person.language}{action}" in page.addresses, f"{event} is not offered"
        answer = person.fill(action, action, **typed)
    assert answer.status_code == 303, answer.text
    return answer


def faults(answer: Any) -> dict[str, str]:
    """What a page says is wrong, by the field that it stands beside."""
    said = Page(answer.text).said
    return {
        around[-1].attributes.get("id", ""): text
        for text, around in said
        if around[-1].attributes.get("class") == "fault"
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_entry_is_proposed_without_a_script(desk: Desk, language: str) -> None:
    person = desk.person("nato-delegate", language)
    number = drafted(person)
    kept = desk.api.get(f"/v1/proposals/{number}", desk.tokens["nato-delegate"]).json()
    assert kept["content"]["languages"]["ru"]["terms"][0]["gender"] == "feminine"
    assert kept["content"]["languages"]["fr"]["definition"]["sources"][0]["citation"] == "Compendium"
    assert kept["content"]["equivalence"] == {}
    page = person.page(f"/proposals/{number}")
    assert "ложная цель" in " ".join(page.texts())
    assert name_of("state", "draft", language) in " ".join(page.texts()).replace("\xa0", " ")  # type: ignore[arg-type]


def test_a_draft_is_on_no_page_of_another_party_and_of_nobody(desk: Desk) -> None:
    number = drafted(desk.person("nato-delegate"))
    for name in ("russia-delegate", "secretariat", "reader"):
        other = desk.person(name)
        assert other.get(f"/proposals/{number}").status_code == 404
        assert other.get(f"/proposals/{number}/revise").status_code == 404
        assert other.get(f"/proposals/{number}/events/submit").status_code == 404
        assert other.send(f"/proposals/{number}/comments", {"text": "Voilà", "language": "fr"}).status_code == 404
        assert number not in other.page("/proposals").text
        assert number not in other.page("/queue").text
    assert Person(desk.api).get(f"/proposals/{number}").status_code == 303


def test_a_row_is_added_by_a_round_trip_and_nothing_is_lost(desk: Desk) -> None:
    person = desk.person("russia-delegate", "ru")
    answer = person.fill("/propose", "/propose", **TYPED, add="languages.ru.terms")
    assert answer.status_code == 200
    form = Page(answer.text).forms["/ru/propose"]
    assert form["languages.ru.terms.1.text"] == [""]
    assert {name: form[name] for name in TYPED} == {name: [text] for name, text in TYPED.items()}
    assert desk.api.get("/v1/proposals", desk.tokens["russia-delegate"]).json()["items"] == []


MORE = {
    "notation": "2.4.1",
    "activities.0": "crisis-response",
    "references.0.uri": "https://terms.example/9",
    "references.0.match": "close",
    "references.0.label": "Täuschkörper",
    "languages.en.terms.0.region": "GB",
    "languages.ru.terms.0.contexts.0.text": "Ложная цель летит рядом с боевым блоком.",
    "languages.ru.terms.0.contexts.0.source": "Военная энциклопедия",
    "languages.ru.terms.0.sources.0": "Словарь ПВО",
    "languages.ru.terms.0.transliterations.0.text": "ložnaâ celʹ",
    "languages.ru.terms.0.transliterations.0.scheme": "iso-9",
}
LISTS = (
    "activities",
    "references",
    *(f"languages.ru.terms.0.{name}" for name in ("contexts", "sources", "transliterations")),
)


def with_rows(person: Person) -> dict[str, Any]:
    """The form of a new entry after the buttons for a row more of each list."""
    form: dict[str, Any] = person.page("/propose").forms[f"/{person.language}/propose"] | TYPED
    for path in LISTS:
        answer = person.send("/propose", form | {"add": path})
        assert answer.status_code == 200
        form = Page(answer.text).forms[f"/{person.language}/propose"]
    assert set(MORE) <= set(form), "there is no input"
    assert {name: form[name] for name in TYPED} == {name: [text] for name, text in TYPED.items()}
    return form


def test_related_concepts_are_named_in_the_order_of_the_columns(desk: Desk) -> None:
    with desk.database.write() as db:
        make_entry(db, number=18, en="false target", fr="fausse cible", ru="ложный объект")
    person = desk.person("nato-delegate", "ru")
    relation = {"relations.0.target": "TMD-0018", "relations.0.type": "contrast"}
    page = person.page(f"/proposals/{drafted(person, **relation)}")
    number, *names = [
        (text, around[-2].attributes.get("lang", ""))
        for text, around in page.said
        if around[-2].tag == "td" and text in {"TMD-0018", "false target", "fausse cible", "ложный объект"}
    ]
    assert number == ("TMD-0018", "")
    assert names == [("ложный объект", "ru"), ("false target", "en"), ("fausse cible", "fr")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_an_entry_can_say_can_be_entered(desk: Desk, language: str) -> None:
    person = desk.person("nato-delegate", language)
    number = number_of(person.send("/propose", with_rows(person) | MORE))
    kept = desk.api.get(f"/v1/proposals/{number}", desk.tokens["nato-delegate"]).json()["content"]
    assert (kept["notation"], kept["activities"]) == ("2.4.1", ["crisis-response"])
    assert kept["references"] == [{"uri": "https://terms.example/9", "match": "close", "label": "Täuschkörper"}]
    assert kept["languages"]["en"]["terms"][0]["region"] == "GB"
    term = kept["languages"]["ru"]["terms"][0]
    assert term["contexts"] == [
        {"text": "Ложная цель летит рядом с боевым блоком.", "source": "Военная энциклопедия"}
    ]
    assert term["sources"] == ["Словарь ПВО"]
    assert term["transliterations"] == [{"scheme": "iso-9", "text": "ložnaâ celʹ"}]
    shown = person.page(f"/proposals/{number}/revise")
    assert {name: shown.forms[f"/{language}/proposals/{number}/revise"][name] for name in MORE} == {
        name: [text] for name, text in MORE.items()
    }
    assert not [
        tag for tag in shown.tags if tag.attributes.get("type") == "hidden" and tag.attributes["name"] in MORE
    ]


def test_what_is_wrong_with_the_rest_of_an_entry_stands_beside_its_field_too(desk: Desk) -> None:
    person = desk.person("nato-delegate", "ru")
    wrong = {
        "notation": "2 4",
        "activities.0": "Кризис",
        "references.0.uri": "ftp://terms.example",
        "languages.en.terms.0.region": "Britain",
        "languages.ru.terms.0.contexts.0.text": "Ложная  цель",
        "languages.ru.terms.0.transliterations.0.text": "ložnaâ  celʹ",
    }
    answer = person.send("/propose", with_rows(person) | MORE | wrong)
    assert answer.status_code == 422
    assert {f"e-{name}" for name in wrong} <= set(faults(answer))
    form = Page(answer.text).forms["/ru/propose"]
    assert {name: form[name] for name in MORE} == {name: [text] for name, text in (MORE | wrong).items()}


def test_a_fault_stands_beside_its_field_in_the_language_of_the_reader(desk: Desk) -> None:
    person = desk.person("nato-delegate", "fr")
    wrong = {"languages.fr.terms.0.text": "un  leurre", "justification": "", "subject_fields.0": ""}
    answer = person.fill("/propose", "/propose", **TYPED | wrong)
    assert answer.status_code == 422
    found = faults(answer)
    assert found["e-languages.fr.terms.0.text"] == fault_text("double_space", "fr", {})
    assert "e-justification" in found
    form = Page(answer.text).forms["/fr/propose"]
    assert form["languages.fr.terms.0.text"] == ["un  leurre"]
    assert form["languages.ru.definition.text"] == [DEFINITIONS["ru"]]


def test_look_alikes_and_findings_are_seen_before_anything_is_kept(desk: Desk) -> None:
    with desk.database.write() as db:
        make_entry(db, number=17)
    person = desk.person("nato-delegate")
    answer = person.fill("/propose", "/propose", **TYPED, look="1")
    assert answer.status_code == 200
    text = " ".join(Page(answer.text).texts())
    assert "TMD-0017" in text
    assert desk.api.get("/v1/proposals", desk.tokens["nato-delegate"]).json()["items"] == []


def test_an_amendment_keeps_what_the_form_has_no_field_for(desk: Desk) -> None:
    furnish(desk.database)
    person = desk.person("nato-delegate")
    path = "/propose?kind=amend&entry=TMD-0001"
    page = person.page(path)
    typed = page.forms["/en/propose"] | {
        "justification": "Clearer.",
        "languages.en.definition.text": "object released to look like a warhead",
    }
    number = number_of(person.send("/propose", typed))
    before = desk.api.get("/v1/entries/TMD-0001").json()["content"]
    after = desk.api.get(f"/v1/proposals/{number}", desk.tokens["nato-delegate"]).json()["content"]
    assert after["languages"]["en"]["definition"]["text"] == "object released to look like a warhead"
    after["languages"]["en"]["definition"]["text"] = before["languages"]["en"]["definition"]["text"]
    assert after == before
    shown = person.page(f"/proposals/{number}")
    marked = [tag.tag for tag in shown.tags if tag.tag in ("ins", "del")]
    assert len(marked) > 3


def test_a_session_that_ends_while_somebody_types_loses_nothing(desk: Desk) -> None:
    give_passwords(desk.database, "nato-delegate")
    person = desk.person("nato-delegate", "ru")
    form = person.page("/propose").forms["/ru/propose"] | TYPED | {"justification": "Нет в своде."}
    person.cookie = ""
    answer = person.send("/propose", form)
    assert answer.status_code == 200
    carried = Page(answer.text).forms["/ru/propose"]
    assert carried["justification"] == ["Нет в своде."]
    refused = person.send("/propose", carried | {"sign-in-name": "nato-delegate", "sign-in-password": "no"})
    assert refused.status_code == 200
    carried = Page(refused.text).forms["/ru/propose"]
    typed = {"sign-in-name": "nato-delegate", "sign-in-password": PASSWORD}
    number = number_of(person.send("/propose", carried | typed))
    assert "Нет" in person.page(f"/proposals/{number}").text


def test_a_stale_form_is_refused_and_comes_back_as_it_was_typed(desk: Desk) -> None:
    author, colleague = desk.person("nato-delegate"), desk.person("nato-delegate")
    number = drafted(author)
    path = f"/proposals/{number}/revise"
    stale = author.page(path).forms[f"/en{path}"] | {
        "languages.en.definition.text": "object that is taken for a warhead"
    }
    answer = colleague.fill(path, path, **{"languages.en.terms.0.text": "decoy vehicle"})
    assert answer.status_code == 303, answer.text
    refused = author.send(path, stale)
    assert refused.status_code == 412
    form = Page(refused.text).forms[f"/en{path}"]
    assert form["languages.en.definition.text"] == ["object that is taken for a warhead"]
    assert author.send(path, form).status_code == 303


def test_a_stale_event_is_refused_with_what_was_typed(desk: Desk) -> None:
    author, office = desk.person("nato-delegate"), desk.person("secretariat", "fr")
    number = drafted(author)
    act(author, number, "submit")
    path = f"/proposals/{number}/events/return"
    typed = office.page(path).forms[f"/fr{path}"] | {"reason": "La définition est trop large."}
    answer = office.send(path, typed | {"etag": '"P(2026)0001-1"'})
    assert answer.status_code == 412
    form = Page(answer.text).forms[f"/fr{path}"]
    assert form["reason"] == ["La définition est trop large."]
    assert office.send(path, {**form, "etag": ""}).status_code == 428
    assert number_of(office.send(path, form)) == number


def test_what_was_typed_for_a_step_that_is_no_longer_possible_is_shown(desk: Desk) -> None:
    author, office, colleague = desk.person("nato-delegate"), desk.person("secretariat"), desk.person("secretariat")
    number = drafted(author)
    act(author, number, "submit")
    path = f"/proposals/{number}/events/return"
    typed = office.page(path).forms[f"/en{path}"] | {"reason": "La définition est trop large."}
    act(colleague, number, "accept")
    answer = office.send(path, typed)
    assert answer.status_code == 409
    assert "La définition est trop large." in answer.text
    assert office.get(path).status_code == 409


def test_what_stands_in_the_way_is_said_in_words(desk: Desk) -> None:
    number = drafted(desk.person("nato-delegate"))
    act(desk.person("nato-delegate"), number, "submit")
    act(desk.person("secretariat"), number, "accept")
    page = desk.person("secretariat", "ru").page(f"/proposals/{number}")
    assert f"/ru/proposals/{number}/events/finalise" not in page.addresses
    said = " ".join(page.texts())
    assert name_of("event", "finalise", "ru") in said
    assert "не все языки" in said.lower() or "не каждый" in said.lower() or "не заверен" in said.lower()


def test_a_reason_that_is_missing_is_asked_for_beside_its_field(desk: Desk) -> None:
    author, office = desk.person("nato-delegate"), desk.person("secretariat", "fr")
    number = drafted(author)
    act(author, number, "submit")
    path = f"/proposals/{number}/events/return"
    answer = office.fill(path, path, reason="")
    assert answer.status_code == 409
    assert "e-reason" in faults(answer)


def test_the_whole_way_to_an_agreed_text(desk: Desk) -> None:
    """Two delegations, the secretariat and the co-chairs, in three languages, with an objection on the way."""
    nato, russia = desk.person("nato-delegate"), desk.person("russia-delegate", "ru")
    office, lead = desk.person("secretariat", "fr"), desk.person("linguist", "fr")
    one, other = desk.person("nato-co-chair"), desk.person("russia-co-chair", "ru")
    objector = desk.person("russia-representative", "ru")
    number = drafted(nato)
    act(nato, number, "submit")
    assert number in office.page("/queue").text
    act(office, number, "accept")
    remark = {"text": "Это определение шире нашего.", "language": "ru", "element": "languages.ru.definition"}
    assert russia.send(f"/proposals/{number}/comments", remark).status_code == 303
    assert "Это определение шире нашего." in nato.page(f"/proposals/{number}").text
    answer_findings(nato, number)
    certify(lead, number)
    act(office, number, "finalise")
    board = {"proposals": number, "period": ""}
    assert one.send("/proposals", board).headers["Location"] == "/en/proposals?state=ready"
    opened = other.send("/proposals", board)
    assert re.fullmatch(r"/ru/silences/S\(\d+\)\d+", opened.headers["Location"])
    shown = russia.page(opened.headers["Location"].removeprefix("/ru"))
    assert any("data-countdown" in tag.attributes for tag in shown.tags)
    assert "московскому" in " ".join(shown.texts())
    broken = act(
        objector,
        number,
        "break",
        reason="Термин шире понятия.",
        **{
            "objection.type": "substantive",
            "objection.element": "languages.ru.definition",
            "objection.language": "ru",
            "objection.alternative": "объект, имитирующий боевой блок",
        },
    )
    assert broken.status_code == 303
    page = nato.page(f"/proposals/{number}")
    assert "объект, имитирующий боевой блок" in page.text
    act(objector, number, "withdraw-objection")
    meeting = office.fill("/meetings", "/meetings", held_on="2026-12-10", place="Bruxelles")
    assert meeting.status_code == 303
    act(one, number, "table")
    assert not list(re.findall(r"decision=", act(one, number, "agree").headers["Location"]))
    agreed = act(other, number, "agree").headers["Location"]
    assert re.search(r"done=agree&decision=D\(\d+\)\d+", agreed)
    page = other.page(agreed.removeprefix("/ru"))
    assert name_of("state", "adopted", "ru") in " ".join(page.texts()).replace("\xa0", " ")


def answer_findings(person: Person, number: str) -> None:
    """Answer every warning of the linter."""
    path = f"/proposals/{number}/waivers"
    for _ in range(20):
        form = person.page(f"/proposals/{number}").forms.get(f"/{person.language}{path}")
        if form is None:
            return
        # The fields of several forms with one address run together; the first of each is meant.
        typed = {name: values[0] for name, values in form.items()} | {"reason": "It holds."}
        assert person.send(path, typed).status_code == 303


def certify(person: Person, number: str) -> None:
    for part in ("en", "fr", "ru", "en-fr", "en-ru", "fr-ru"):
        act(person, number, f"certify-{part}")
