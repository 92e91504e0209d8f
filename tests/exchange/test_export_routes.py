"""Files through HTTP: their names, tags, digests, compression, losses, and what may be chosen."""

import base64
import csv
import gzip
import hashlib
import io

import pytest

from app.entries.content import EntryContent
from app.exchange import export_routes
from app.exchange.csv_table import COLUMNS
from app.exchange.formats import FORMATS
from tests.api import Api, Tokens, problem_of
from tests.contents import full_content
from tests.makers import (
    adopt_entry,
    body,
    make_entry,
    make_proposed_entry,
    make_subject_field,
    make_withdrawn_entry,
)

FORMAT_OF_A_ZIP = "xlsx"


def query(format_: str) -> str:
    """What asks for a file of a format, with a pair of languages where it needs one."""
    return f"format={format_}" + ("&source=en&target=ru" if FORMATS[format_].pair == "needed" else "")


def digest(data: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(data).digest()).decode()}:"


@pytest.fixture
def filled(database) -> None:
    with database.write() as db:
        make_entry(db, en="decoy", number=2)
        make_entry(db, en="booster", number=1)
        make_proposed_entry(db, en="jammer")
        make_withdrawn_entry(db, en="chaff")


def test_an_export_is_a_file_of_the_agreed_entries_with_the_same_bytes_each_time(api: Api, filled: None) -> None:
    for format_, wanted in FORMATS.items():
        answer = api.get(f"/v1/export?{query(format_)}")
        pair = "-en-ru" if wanted.pair == "needed" else ""
        assert answer.headers["Content-Type"] == wanted.media_type
        assert answer.headers["Content-Disposition"] == f'attachment; filename="compendium{pair}{wanted.suffix}"'
        if format_ != FORMAT_OF_A_ZIP:
            assert answer.text.index("booster") < answer.text.index("decoy")
            assert "jammer" not in answer.text
            assert "chaff" not in answer.text
        assert api.get(f"/v1/export?{query(format_)}").content == answer.content


def exported(api: Api, asked: str) -> list[str]:
    """The numbers of the entries in a CSV export."""
    text = api.get(f"/v1/export?format=csv&{asked}").content.decode("utf-8-sig")
    return sorted({row["concept_id"] for row in csv.DictReader(io.StringIO(text))})


def test_an_export_is_narrowed_by_status_and_subject(api: Api, database) -> None:
    with database.write() as db:
        make_entry(db, "threat", number=1)
        make_entry(db, "sensors", number=2)
        proposed = f"TMD-{make_proposed_entry(db, 'sensors').id}"
    assert exported(api, "") == ["TMD-0001", "TMD-0002"]
    assert exported(api, "subject=sensors") == ["TMD-0002"]
    assert exported(api, "status=proposed") == [proposed]
    assert exported(api, "status=proposed&status=agreed&subject=sensors") == ["TMD-0002", proposed]
    assert exported(api, "subject=propulsion") == []


def test_an_export_of_nothing_is_a_table_with_its_header_alone(api: Api) -> None:
    text = api.get("/v1/export?format=csv").content.decode("utf-8-sig")
    assert text.splitlines() == [",".join(COLUMNS)]


ADDRESSES = ("/v1/export", "/v1/export/losses")


def test_an_export_that_cannot_be_is_refused(api: Api) -> None:
    for asked in ("", "format=", "format=docx", "format=csv&status=draft", "format=csv&subject=Ы", "source=de"):
        for path in ADDRESSES:
            problem_of(api.get(f"{path}?{asked}"), 422, "validation_failed")


NOT_OFFERED = {
    "format=deepl": ("source", "two languages"),
    "format=deepl&source=en": ("target", "two languages"),
    "format=tmx&target=en": ("source", "two languages"),
    "format=tmx&source=en&target=en": ("target", "two different languages"),
    "format=csv&source=en&target=ru": ("source", "holds all languages"),
    "format=tbx&style=dct": ("style", "no choice of style"),
}


def test_what_a_format_does_not_offer_is_named(api: Api) -> None:
    for asked, (field, words) in NOT_OFFERED.items():
        for path in ADDRESSES:
            problem = problem_of(api.get(f"{path}?{asked}"), 422, "invalid_input")
            assert problem["field"] == field
            assert words in problem["detail"]


# ---- tags and digests


@pytest.mark.parametrize("format_", ["tbx", "jsonl", "xlsx", "deepl"])
def test_a_reader_who_has_the_file_is_told_so_until_something_public_changes(
    api: Api, filled: None, database, format_: str
) -> None:
    path = f"/v1/export?{query(format_)}"
    first = api.get(path)
    known = {"If-None-Match": first.headers["ETag"]}
    again = api.get(path, headers=known)
    assert (again.status_code, again.content) == (304, b"")
    with database.write() as db:
        make_entry(db, en="penetration aid", number=3)
    changed = api.get(path, headers=known)
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first.headers["ETag"]
    assert changed.content != first.content


def test_files_of_other_entries_formats_and_options_have_other_tags(api: Api, filled: None) -> None:
    asked = [
        "format=tbx",
        "format=tbx&status=proposed",
        "format=tbx&subject=threat",
        "format=tbx&source=en&target=ru",
        "format=tbx&source=ru&target=en",
        "format=tbx-2019",
        "format=tbx-2019&style=dct",
        "format=csv",
    ]
    assert len({api.get(f"/v1/export?{one}").headers["ETag"] for one in asked}) == len(asked)


def test_a_private_draft_does_not_move_the_tag(api: Api, filled: None, tokens: Tokens) -> None:
    before = api.get("/v1/export?format=csv").headers["ETag"]
    new = {"kind": "new", "content": full_content().model_dump(mode="json"), "justification": "Новый термин."}
    new["content"]["subject_fields"] = ["threat"]
    new["content"]["relations"] = []
    made = api.post("/v1/proposals", tokens["nato-delegate"], json=new)
    assert made.status_code == 201, made.text
    assert api.get("/v1/export?format=csv").headers["ETag"] == before


@pytest.mark.parametrize("coding", ["identity", "gzip"])
@pytest.mark.parametrize("format_", ["tbx", "csv", "xlsx"])
def test_who_asks_gets_the_digest_of_what_is_sent(api: Api, filled: None, format_: str, coding: str) -> None:
    asked = {"Want-Repr-Digest": "sha-512=3, sha-256=10", "Accept-Encoding": coding}
    answer = api.get(f"/v1/export?{query(format_)}", headers=asked)
    packed = coding == "gzip" and format_ != FORMAT_OF_A_ZIP
    assert answer.headers.get("Content-Encoding") == ("gzip" if packed else None)
    sent = gzip.compress(answer.content, 6, mtime=0) if packed else answer.content
    if not packed:
        assert answer.headers["Repr-Digest"] == digest(sent)
    head = api.request("HEAD", f"/v1/export?{query(format_)}", None, headers=asked)
    assert head.headers["Repr-Digest"] == answer.headers["Repr-Digest"]
    assert "Repr-Digest" not in api.get(f"/v1/export?{query(format_)}").headers
    assert (
        "Repr-Digest"
        not in api.get(f"/v1/export?{query(format_)}", headers={"Want-Repr-Digest": "sha-256=0"}).headers
    )


def test_the_same_file_compressed_has_a_tag_of_its_own(api: Api, filled: None) -> None:
    plain = api.get("/v1/export?format=csv", headers={"Accept-Encoding": "identity"})
    packed = api.get("/v1/export?format=csv", headers={"Accept-Encoding": "br, gzip;q=0.5"})
    refused = api.get("/v1/export?format=csv", headers={"Accept-Encoding": "gzip;q=0"})
    assert plain.content == packed.content == refused.content
    assert [answer.headers.get("Content-Encoding") for answer in (plain, packed, refused)] == [None, "gzip", None]
    assert plain.headers["ETag"] == refused.headers["ETag"] != packed.headers["ETag"]
    assert all("Accept-Encoding" in answer.headers["Vary"] for answer in (plain, packed))


def test_a_head_says_what_a_get_would(api: Api, filled: None) -> None:
    for path in ("/v1/export?format=csv", "/v1/entries/TMD-0001?format=tbx", "/v1/entries?format=jsonl"):
        head, get = api.request("HEAD", path, None), api.get(path)
        assert (head.status_code, head.content) == (200, b"")
        for name in ("ETag", "Content-Type", "Content-Disposition", "Vary"):
            assert head.headers[name] == get.headers[name]


# ---- losses


def test_a_file_says_how_much_it_does_not_hold_and_where_that_is_told(api: Api, database) -> None:
    with database.write() as db:
        make_subject_field(db, "command-and-control")
        for number in range(1, 6):
            make_entry(db, number=number, en=f"decoy of type {number}")
        adopt_entry(db, full_content(), number=17)
    whole = api.get("/v1/export?format=jsonl")
    assert whole.headers["Compendium-Losses"] == "left-out=0, values=0"
    answer = api.get("/v1/export?format=deepl&source=en&target=fr")
    left_out, values = (part.partition("=")[2] for part in answer.headers["Compendium-Losses"].split(", "))
    assert left_out == "1"
    link = answer.headers["Link"].partition(">")[0].removeprefix("<")
    assert 'rel="describedby"' in answer.headers["Link"]
    report = api.get(link).json()
    assert (report["format"], report["entries"], report["left_out"]) == ("deepl", 6, 1)
    assert sum(loss["count"] for loss in report["lost"]) == int(values) > 0
    counts = {loss["field"]: loss["count"] for loss in report["lost"]}
    assert counts["languages.ru"] == 5
    assert counts["languages.*.definition.text"] == 10
    twice = api.get("/v1/export/losses?format=deepl&source=fr&target=en").json()
    assert twice["left_out"] == 5


def test_what_would_take_long_to_count_is_left_to_the_report(
    api: Api, filled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_routes, "COUNTED_AT_ONCE", 1)
    lossy = api.get("/v1/export?format=deepl&source=en&target=fr")
    assert "Compendium-Losses" not in lossy.headers
    assert "/v1/export/losses?format=deepl" in lossy.headers["Link"]
    assert api.get("/v1/export?format=csv").headers["Compendium-Losses"] == "left-out=0, values=0"


def test_what_stands_in_notes_alone_is_counted_apart(api: Api, database) -> None:
    with database.write() as db:
        make_subject_field(db, "command-and-control")
        for number in range(1, 6):
            make_entry(db, number=number)
        adopt_entry(db, full_content(), number=17)
    report = api.get("/v1/export/losses?format=tbx").json()
    assert report["lost"] == []
    counts = {loss["field"]: loss["count"] for loss in report["lowered"]}
    assert counts["languages.*.terms.*.transliterations.*.text"] == 2
    assert counts["activities.*"] == 2
    linguist = api.get("/v1/export/losses?format=tbx-linguist").json()["lowered"]
    assert "languages.*.terms.*.number" not in {loss["field"] for loss in linguist}


# ---- lists and entries


def test_a_list_comes_in_the_form_that_is_asked_for_page_by_page(api: Api, filled: None) -> None:
    page = api.get("/v1/entries?format=jsonl&limit=1")
    assert page.headers["Content-Type"] == "application/jsonl"
    assert page.headers["Content-Disposition"] == 'attachment; filename="compendium-part.jsonl"'
    assert page.text.count("\n") == 1
    assert "TMD-0001" in page.text
    following = page.headers["Link"].partition(">")[0].removeprefix("<")
    assert "TMD-0002" in api.get(following).text
    by_header = api.get("/v1/entries?limit=1", headers={"Accept": "application/jsonl"})
    assert by_header.content == page.content
    assert by_header.headers["ETag"] == page.headers["ETag"]
    assert "Accept" in by_header.headers["Vary"]
    assert api.get("/v1/entries?limit=1").json()["items"][0]["number"] == "TMD-0001"
    problem_of(api.get("/v1/entries", headers={"Accept": "application/pdf"}), 406, "not_acceptable")


@pytest.mark.parametrize("format_", ["tbx", "csv", "skos", "xlsx", "tsv-omegat"])
def test_a_short_file_has_its_digests(api: Api, filled: None, format_: str) -> None:
    answer = api.get(f"/v1/entries/TMD-0001?{query(format_)}", headers={"Accept-Encoding": "identity"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["Repr-Digest"] == answer.headers["Content-Digest"] == digest(answer.content)
    name = f'attachment; filename="TMD-0001{FORMATS[format_].suffix}"'
    assert answer.headers["Content-Disposition"] == name
    known = {"If-None-Match": answer.headers["ETag"], "Accept-Encoding": "identity"}
    assert api.get(f"/v1/entries/TMD-0001?{query(format_)}", headers=known).status_code == 304


def test_a_form_that_needs_a_pair_of_languages_says_so(api: Api, filled: None) -> None:
    for path in ("/v1/entries/TMD-0001", "/v1/entries"):
        assert problem_of(api.get(f"{path}?format=deepl"), 422, "invalid_input")["field"] == "source"


def test_tbx_points_at_related_entries_where_they_are_in_the_file(api: Api, database) -> None:
    with database.write() as db:
        make_entry(db, number=1)
        for number, subject in ((2, "threat"), (3, "interception")):
            make_subject_field(db, subject)
            related = {
                **body(subject, en=f"decoy {number}"),
                "relations": [{"type": "contrast", "target": "TMD-0001"}],
            }
            adopt_entry(db, EntryContent.model_validate(related), number=number)
    whole = api.get("/v1/export?format=tbx-2019").text
    assert whole.count('<ref type="crossReference" target="TMD-0001">contrast: TMD-0001</ref>') == 2
    for narrower in ("&subject=interception", "&source=en&target=ru"):
        part = api.get(f"/v1/export?format=tbx-2019{narrower}").text
        assert "<ref " not in part
        assert '/id/TMD-0001">contrast: TMD-0001</xref>' in part
