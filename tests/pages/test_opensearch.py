"""The OpenSearch description leads to look-up."""

import pytest
from lxml import etree

from app.languages.codes import LANGUAGES
from app.texts.catalogues import translated
from tests.api import Api
from tests.makers import make_entry

NS = {"o": "http://a9.com/-/spec/opensearch/1.1/"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_description_is_in_the_language_of_the_reader(api: Api, language: str) -> None:
    answer = api.get("/opensearch.xml", headers={"Accept-Language": language})
    assert answer.headers["Content-Type"] == "application/opensearchdescription+xml"
    root = etree.fromstring(answer.content)
    assert root.findtext("o:Description", namespaces=NS) == translated(
        "Compendium of theatre missile defence terms", language
    )
    assert len(root.findtext("o:ShortName", namespaces=NS)) <= 16
    assert [one.text for one in root.findall("o:Language", NS)] == list(LANGUAGES)


def test_its_address_finds_terms(api: Api, database) -> None:
    with database.write() as db:
        make_entry(db, number=17, fr="leurre à écho")
    root = etree.fromstring(api.get("/opensearch.xml").content)
    address = root.find("o:Url", NS).get("template")
    found = api.get(address.replace("{searchTerms}", "leurre%20%C3%A0%20%C3%A9cho"))
    assert [hit["entry"]["number"] for hit in found.json()["hits"]] == ["TMD-0017"]


def test_the_start_page_names_it(api: Api) -> None:
    assert 'rel="search" type="application/opensearchdescription+xml"' in api.get("/").text
