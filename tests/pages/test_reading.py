"""What the pages for reading say."""

import re
from xml.etree import ElementTree

import pytest

from app.entries import operations as entries
from app.entries.content import EntryContent
from app.entries.tables import DecisionMethod
from app.languages.codes import LANGUAGES, LanguageCode
from app.profile import ApprovalLevel
from app.texts.catalogues import translated
from tests.api import Api
from tests.makers import body, make_entry
from tests.pages.furnishing import RESERVATION
from tests.pages.reading import Page
from tests.pages.test_every_page import BROWSER


def plain(site: Api, address: str) -> str:
    """The text of a page on one line."""
    page = Page(site.get(address, headers=BROWSER).text)
    return " ".join(" ".join(text.split()) for text, around in page.said if around[-1].tag != "meta")


@pytest.mark.parametrize(
    ("headers", "language"),
    [
        ({}, "en"),
        ({"Accept-Language": "ru, en;q=0.5"}, "ru"),
        ({"Accept-Language": "ru", "Cookie": "reading=fr.fr-en-ru"}, "fr"),
        ({"Accept-Language": "de"}, "en"),
    ],
)
def test_the_language_is_that_remembered_or_else_that_of_the_browser(
    site: Api, headers: dict[str, str], language: str
) -> None:
    answer = site.get("/", headers=headers)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/{language}/")
    assert {"Accept-Language", "Cookie"} <= set(re.split(r", *", answer.headers["Vary"]))
    permanent = site.get("/id/TMD-0001", headers=headers | BROWSER)
    assert (permanent.status_code, permanent.headers["Location"]) == (303, f"/{language}/entries/TMD-0001")
    # The address weighs more than either.
    assert site.get("/ru/about", headers=headers).headers["Content-Language"] == "ru"


def test_a_permanent_link_leads_programs_to_the_api(site: Api) -> None:
    assert site.get("/id/TMD-0001").headers["Location"] == "/v1/entries/TMD-0001"
    tbx = site.get("/id/1", headers={"Accept": "application/x-tbx"})
    assert tbx.headers["Location"] == "/v1/entries/TMD-0001?format=tbx"
    assert site.get("/id/TMD-0999", headers=BROWSER).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_entry_shows_all_that_travels_with_it(site: Api, language: LanguageCode) -> None:
    text = plain(site, f"/{language}/entries/TMD-0001")
    for said in ("decoy", "leurre", "ложная цель", "TMD-0001/2", "D(2026)0006", RESERVATION, "ložnaâ celʹ"):
        assert said in text
    for sentence in ("Reservations and statements of the parties", "exact equivalence", "Related concepts"):
        assert translated(sentence, language) in text
    assert "The Russian term is narrower." in text
    assert "http://compendium.test/id/TMD-0001" in text


def test_every_fragment_says_its_language(site: Api) -> None:
    page = Page(site.get("/ru/entries/TMD-0001").text)

    def language_of(wanted: str) -> set[str]:
        found = [around for text, around in page.said if text.strip() == wanted and around[-1].tag != "title"]
        return {next(e.attributes["lang"] for e in reversed(around) if "lang" in e.attributes) for around in found}

    assert language_of("decoy") == {"en"}
    assert language_of("leurre") == {"fr"}
    assert language_of("ложная цель") == {"ru"}
    assert language_of("ložnaâ celʹ") == {"ru-Latn"}
    assert language_of(RESERVATION) == {"ru"}


def test_columns_stand_in_the_order_asked_for(site: Api) -> None:
    page = Page(site.get("/en/entries/TMD-0001?columns=ru-fr-en").text)
    columns = [text for text, around in page.said if around[-1].attributes.get("class") == "tongue-name"]
    assert columns == ["Russian", "French", "English"]
    # What is no order is not an error: addresses are passed on.
    assert site.get("/en/entries/TMD-0001?columns=de").status_code == 200


def test_the_diagram_names_and_links_the_related_concepts(site: Api) -> None:
    page = Page(site.get("/fr/entries/TMD-0001").text)
    drawn = [(text, around) for text, around in page.said if around[-1].tag == "tspan"]
    assert {text.strip() for text, _ in drawn} == {
        "leurre",
        "aide à la pénétration",
        "charge utile",
        "paillettes",
    }
    links = {e.attributes["href"] for _, around in drawn for e in around if e.tag == "a"}
    assert links == {"/fr/entries/TMD-0002", "/fr/entries/TMD-0003", "/fr/entries/TMD-0005"}
    # The same relation, seen from its other end.
    other = plain(site, "/fr/entries/TMD-0002")
    assert translated("subordinate concept", "fr") in other


def test_a_language_without_equivalent_says_so(site: Api) -> None:
    assert "Le français n’a pas de terme pour cette notion." in plain(site, "/ru/entries/TMD-0004")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("TMD-0003", ["This entry is no longer in force", "TMD-0001", "merged with another entry"]),
        ("TMD-1001", ["Nobody has agreed this text yet.", "P(2026)0001"]),
        ("TMD-1002", ["withdrawn before a text was adopted"]),
        ("TMD-1003", ["The sides differ", "area of nato", "area of russia", "Russian Federation"]),
    ],
)
def test_an_entry_that_is_not_agreed_says_what_it_is(site: Api, number: str, said: list[str]) -> None:
    text = plain(site, f"/en/entries/{number}")
    assert [sentence for sentence in said if sentence not in text] == []
    assert "✓ Agreed" not in text


def test_the_text_of_one_side_is_no_heading(site: Api) -> None:
    page = Page(site.get("/en/entries/TMD-1003").text)
    related = [text for text, around in page.said if any(e.attributes.get("class") == "related" for e in around)]
    assert "penetration aid" in related
    assert [text for text, around in page.said if any(e.tag == "h1" for e in around)] == ["TMD-1003"]
    assert [text.strip() for text, around in page.said if around[-1].tag == "title"] == ["TMD-1003"]


def test_codes_in_a_history_are_said_in_words(site: Api) -> None:
    text = plain(site, "/ru/entries/TMD-0001/history")
    for code in ("generic", "partitive", "broader", "close"):
        assert code not in text
    assert f"{translated('superordinate concept', 'ru')} TMD-0002" in text
    assert translated("the first concept is broader", "ru") in text


def test_history_marks_what_changed_by_word(api: Api, database) -> None:
    with database.write() as db:
        entry = make_entry(db, number=1)
        decision = entries.new_decision(db, method=DecisionMethod.CO_CHAIRS, level=ApprovalLevel.WORKING_GROUP)
        text = body()
        definition = text["languages"]["en"]["definition"]
        definition["text"] = definition["text"].replace("a warhead", "a real warhead")
        text["languages"]["fr"]["terms"][0]["gender"] = "feminine"
        entries.adopt(db, entry, EntryContent.model_validate(text), decision)
    answer = api.get("/ru/entries/TMD-0001/history")
    assert "<ins>real </ins>" in answer.text or "<ins> real</ins>" in answer.text
    page = Page(answer.text)
    marked = {
        e.tag: text
        for text, around in page.said
        for e in around
        if e.tag in ("ins", "del") and "key" not in str(around)
    }
    assert (marked["del"], marked["ins"]) == ("мужской", "женский")
    assert translated("gender", "ru") in plain(api, "/ru/entries/TMD-0001/history")


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("decoys", "another form of the same words"),
        ("дугкку", "read from the other keyboard layout"),
        ("lozhnaya tsel", "read from the letters of the other alphabet"),
        ("decoi", "nearly what you typed"),
        ("dec", "begins with what you typed"),
    ],
)
def test_a_result_says_how_it_matched(site: Api, query: str, kind: str) -> None:
    text = plain(site, f"/fr/search?q={query}")
    assert "TMD-0001" in text
    assert translated(kind, "fr") in text


def test_the_search_page_shows_what_the_api_found_in_its_order(site: Api) -> None:
    found = [hit["entry"]["number"] for hit in site.get("/v1/search?q=zone").json()["hits"]]
    page = Page(site.get("/en/search?q=zone").text)
    shown = [a.attributes["href"] for text, around in page.said for a in around if a.tag == "a" and len(around) > 5]
    in_order = [address.rpartition("/")[2] for address in dict.fromkeys(shown) if "/entries/" in address]
    assert found
    assert in_order == found


def test_warnings_are_said_beside_the_result(site: Api) -> None:
    text = plain(site, "/en/search?q=dummy+warhead")
    assert "Not to be used any more. Use instead: decoy" in text
    assert "the first concept is broader" in text


@pytest.mark.parametrize(
    ("language", "name"), [("en", "chaff"), ("fr", "paillettes"), ("ru", "дипольные отражатели")]
)
def test_entries_that_warnings_name_are_called_by_their_terms(site: Api, language: str, name: str) -> None:
    page = Page(site.get(f"/{language}/search?q=leurre").text)
    links = [
        text
        for text, around in page.said
        if any(one.attributes.get("href") == f"/{language}/entries/TMD-0005" for one in around)
        and any(one.attributes.get("class") == "warnings" for one in around)
    ]
    assert links == [name, "TMD-0005"]


def test_a_query_that_found_nothing_is_helped_on(site: Api) -> None:
    text = plain(site, "/ru/search?q=qqqqwwww")
    assert translated("Nothing was found", "ru") in text
    assert translated("Search the definitions, notes and examples", "ru") in text


def test_what_cannot_be_looked_up_stays_in_the_field_with_the_reason(site: Api) -> None:
    answer = site.get("/fr/search?q=!!")
    assert answer.status_code == 422
    field = next(tag for tag in Page(answer.text).tags if tag.attributes.get("id") == "q")
    assert (field.attributes["value"], field.attributes["aria-invalid"]) == ("!!", "true")


def test_an_index_is_collated_and_marks_what_is_not_preferred(site: Api) -> None:
    text = plain(site, "/en/index/en/D")
    assert text.index("DCY") < text.index("decoy") < text.index("dummy warhead")
    assert "deprecated" in text
    assert "ложная цель" in plain(site, "/en/index/ru/Л")


def test_browsing_by_subject_names_entries_in_three_languages(site: Api) -> None:
    text = plain(site, "/fr/subjects/threat")
    assert "penetration aid" in text
    assert "средство преодоления ПРО" in text
    assert site.get("/fr/subjects/nothing", headers=BROWSER).status_code == 404


def test_a_decision_says_who_consented_and_how(site: Api) -> None:
    text = plain(site, "/fr/decisions/D(2026)0006")
    assert f"{translated('Consented in words', 'fr')} OTAN" in text
    assert f"{translated('Consented by silence', 'fr')} Fédération de Russie" in text
    assert "TMD-0001/2" in text


def test_the_disclaimer_stands_in_three_languages(site: Api) -> None:
    page = Page(site.get("/en/about").text)
    quoted = [around[-1].attributes["lang"] for _, around in page.said if around[-1].tag == "blockquote"]
    assert sorted(quoted) == ["en", "fr", "ru"]


def test_the_page_for_developers_stands_in_for_the_one_of_the_framework(site: Api) -> None:
    answer = site.get("/docs", headers={"Accept-Language": "fr"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/fr/developers/api")
    calls = [text for text, around in Page(site.get("/fr/developers/api").text).said if around[-1].tag == "code"]
    described = site.get("/openapi.json").json()["paths"]
    assert len(calls) == sum(len(operations) for operations in described.values())


def test_error_pages_are_in_the_language_of_the_reader(site: Api) -> None:
    assert translated("No such address", "ru") in plain(site, "/ru/nowhere")
    answer = site.get("/nowhere", headers=BROWSER | {"Accept-Language": "fr"})
    assert (answer.status_code, answer.headers["Content-Language"]) == (404, "fr")
    assert "Accept-Language" in answer.headers["Vary"]
    text = plain(site, "/fr/index/xx")
    assert "of" in text
    assert "422" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_browsers_can_search_from_their_own_box(site: Api, language: LanguageCode) -> None:
    answer = site.get(f"/opensearch.xml?lang={language}")
    document = ElementTree.fromstring(answer.content)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    (template,) = [u.get("template") for u in document.iter(f"{space}Url") if u.get("type") == "text/html"]
    assert template is not None
    address = template.removeprefix("http://compendium.test").replace("{searchTerms}", "leurre")
    assert address.startswith(f"/{language}/")
    assert site.get(address).status_code == 200
    assert len(document.findtext(f"{space}ShortName") or "") <= 16
    kind = "application/x-suggestions+json"
    (template,) = [u.get("template") for u in document.iter(f"{space}Url") if u.get("type") == kind]
    assert template is not None
    address = template.removeprefix("http://compendium.test")
    answer = site.get(address.replace("{searchTerms}", "leur"))
    assert answer.headers["Content-Type"] == kind
    typed, terms, kinds, pages = answer.json()
    assert (typed, terms[0]) == ("leur", "leurre")
    assert terms == [one["text"] for one in site.get("/v1/suggest?q=leur").json()["items"]]
    assert len(terms) == len(kinds) == len(pages)
    assert pages[0].startswith(f"http://compendium.test/{language}/entries/TMD-")
    for nothing in ("", "%20", "!!", "qqqqwwww"):
        found = site.get(address.replace("{searchTerms}", nothing))
        assert found.status_code == 200
        assert found.json()[1:] == [[], [], []]


def test_the_site_map_names_every_entry_with_a_text_in_three_languages(site: Api) -> None:
    index = site.get("/sitemap.xml").text
    (part,) = re.findall(r"<loc>http://compendium\.test(.*?)</loc>", index)
    named = re.findall(r"<loc>http://compendium\.test(.*?)</loc>", site.get(part).text)
    assert {f"/{code}/entries/TMD-0001" for code in LANGUAGES} <= set(named)
    assert "/en/entries/TMD-1002" not in named
    assert [address for address in named if site.get(address).status_code != 200] == []
    assert site.get("/sitemap/7.xml").status_code == 404
    assert "http://compendium.test/sitemap.xml" in site.get("/robots.txt").text


def test_static_files_are_kept_for_good_only_under_the_address_of_their_state(site: Api) -> None:
    page = Page(site.get("/en/").text)
    for address in (a for a in page.addresses if a.startswith("/static/")):
        assert "immutable" in site.get(address).headers["Cache-Control"]
        assert "immutable" not in site.get(address.partition("?")[0]).headers["Cache-Control"]
