"""Hostile requests: unknown fields, hostile paths and characters, other parties' drafts, lengths."""

import json
import logging
from typing import Any

import pytest

from tests.api import Api, Tokens, contract, problem_of
from tests.makers import body
from tests.proposals.steps import (
    accepted,
    moved,
    new_proposal,
    objection,
    propose,
    ready,
    send,
    tabled,
)
from tests.rows import everything

pytestmark = pytest.mark.usefixtures("subject_field")

ASSIGNED = {
    "state": "adopted",
    "party": "nato",
    "account_id": 1,
    "number": "P(2026)9999",
    "decision": "D(2026)0001",
    "digest": "0" * 64,
    "__class__": "Proposal",
}
STATEMENT = {"kind": "reservation", "language": "ru", "text": "Оговорка."}

HOSTILE_ELEMENTS = [
    "__class__",
    "languages.__class__.__mro__",
    "languages.ru.__dict__",
    "languages.ru.definition.text.upper",
    "languages.ru.terms[" + "9" * 250 + "]",
    "languages.ru.terms[-1]",
    "languages.ru.terms[²]",
    "." * 300,
    "a." * 150,
    "[" * 300,
    "[a" * 150,
    "languages.ru.terms[ложная цель].contexts.0.text.0.0.0",
    "languages.ru\u0000",
    "languages.ru\u202e",
    "languages.ru\ud800",
    "../../etc/passwd",
    "' OR 1=1 --",
    "{element}",
    "%s%n",
]


# ---- mass assignment


def test_no_input_takes_a_field_that_it_does_not_have(api: Api, tokens: Tokens, database) -> None:
    proposal = accepted(api, tokens)
    path = f"/v1/proposals/{proposal.json()['number']}"
    said = objection()
    inputs: dict[str, dict[str, Any]] = {
        "/v1/proposals": new_proposal(),
        f"{path}/revisions": {"content": body(fr="fausse cible")},
        f"{path}/events/withdraw": {"reason": "Repris."},
        f"{path}/positions": {"kind": "object", **said},
        f"{path}/comments": {"text": "A remark.", "language": "en"},
        f"{path}/discrepancies": {"pair": "en-fr", "element": "definition", "gravity": "minor", "text": "?"},
        f"{path}/waivers": {"check": "gender", "element": "languages", "reason": "So."},
        "/v1/silences": {"proposals": [proposal.json()["number"]]},
        "/v1/meetings": {"held_on": "2026-12-10", "place": "Brussels"},
        "/v1/entries/TMD-1001/statements": STATEMENT,
    }
    nested = [("content", f"{path}/revisions"), ("objection", f"{path}/positions")]
    before = everything(database)
    for extra, wanted in ASSIGNED.items():
        for address, value in inputs.items():
            answer = send(api, address, tokens["secretariat"], value | {extra: wanted}, **{"If-Match": "*"})
            problem = problem_of(answer, 422, "validation_failed")
            assert [(e["field"], e["code"]) for e in problem["errors"]] == [(extra, "extra_forbidden")], address
        for field, address in nested:
            value = inputs[address] | {field: inputs[address][field] | {extra: wanted}}
            answer = send(api, address, tokens["nato-representative"], value, **{"If-Match": "*"})
            assert problem_of(answer, 422, "validation_failed")["field"] == f"{field}.{extra}"
    assert everything(database) == before


# ---- element paths


def test_a_hostile_path_of_an_element_names_nothing(api: Api, tokens: Tokens, database) -> None:
    path = f"/v1/proposals/{accepted(api, tokens).json()['number']}"
    before = everything(database)
    for element in HOSTILE_ELEMENTS:
        differs = {"pair": "en-ru", "element": element, "gravity": "minor", "text": "Иначе."}
        for name, address, value in (
            ("russia-representative", f"{path}/positions", {"kind": "object", **objection(element)}),
            ("russia-representative", f"{path}/positions", {"kind": "concur", "element": element}),
            ("russia-representative", f"{path}/events/reserve", {"statement": STATEMENT | {"element": element}}),
            ("reader", f"{path}/comments", {"text": "Замечание.", "language": "ru", "element": element}),
            ("nato-delegate", f"{path}/comments", {"text": "A remark.", "language": "en", "element": element}),
            ("linguist", f"{path}/discrepancies", differs),
        ):
            answer = send(api, address, tokens[name], value, **{"If-Match": "*"})
            refusals = (403, 422) if name == "reader" else (422,)
            assert answer.status_code in refusals, f"{element!r}: {answer.text}"
    assert everything(database) == before


def test_remarks_on_a_hostile_path_are_none_or_the_path_is_refused(api: Api, tokens: Tokens) -> None:
    path = f"/v1/proposals/{accepted(api, tokens).json()['number']}/comments"
    for element in HOSTILE_ELEMENTS:
        query = "".join(f"%{byte:02X}" for byte in element.encode("utf-8", "surrogatepass"))
        answer = api.get(f"{path}?element={query}", tokens["reader"])
        assert answer.status_code in (200, 422), f"{element!r}: {answer.text}"
        assert answer.status_code == 422 or answer.json()["items"] == []


def test_a_path_longer_than_300_characters_is_refused(api: Api, tokens: Tokens) -> None:
    proposal = accepted(api, tokens)
    path = f"/v1/proposals/{proposal.json()['number']}/positions"
    value = {"kind": "concur", "element": "a" * 301}
    problem = problem_of(
        send(api, path, tokens["nato-representative"], value, **{"If-Match": "*"}), 422, "validation_failed"
    )
    assert [fault["code"] for fault in problem["errors"]] == ["string_too_long"]


# ---- characters


UNSEEN = ["a\u0000b", "a\u202eb", "a\u200bb", "a\nb", "a\r\nSet-Cookie: b", "a\x1b[31mb", "\ud800"]


def test_no_text_takes_characters_that_cannot_be_seen(
    api: Api, tokens: Tokens, database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    proposal = accepted(api, tokens)
    path = f"/v1/proposals/{proposal.json()['number']}"
    russia = tokens["russia-representative"]
    before = everything(database)
    for text in UNSEEN:
        said = objection()["objection"]
        for address, value in (
            (f"{path}/events/object", {"reason": text, "objection": said}),
            (f"{path}/events/object", {"reason": "So.", "objection": said | {"alternative": text}}),
            (f"{path}/events/reserve", {"statement": STATEMENT | {"text": text}}),
            (f"{path}/events/reserve", {"statement": STATEMENT | {"translations": {"en": text}}}),
            (f"{path}/comments", {"text": text, "language": "ru"}),
            ("/v1/proposals", new_proposal(justification=text)),
            ("/v1/meetings", {"held_on": "2026-12-10", "place": text}),
            ("/v1/entries/TMD-1001/statements", STATEMENT | {"text": text}),
        ):
            answer = send(api, address, russia, value, **{"If-Match": "*"})
            problem = problem_of(answer, 422, "validation_failed")
            assert {fault["code"] for fault in problem["errors"]} <= {"forbidden_character", "string_unicode"}
    assert everything(database) == before
    assert "Set-Cookie" not in caplog.text


def test_markup_and_templates_are_words_like_others(api: Api, tokens: Tokens) -> None:
    said = "<script>alert(1)</script> {{7*7}} ${7*7} %(name)s {reason} ' OR 1=1 --"
    proposal = accepted(api, tokens)
    path = f"/v1/proposals/{proposal.json()['number']}"
    made = send(api, f"{path}/comments", tokens["russia-delegate"], {"text": said, "language": "en"})
    assert made.json()["text"] == said
    listed = api.get(f"{path}/comments", tokens["reader"])
    assert listed.json()["items"][0]["text"] == said
    assert listed.headers["Content-Type"] == "application/json"
    assert listed.headers["X-Content-Type-Options"] == "nosniff"
    reserved = moved(
        api, proposal, "reserve", tokens["russia-representative"], statement=STATEMENT | {"text": said}
    )
    assert reserved.json()["positions"][0]["text"] == said
    refused = api.move(reserved, "finalise", tokens["nato-delegate"], reason=said)
    assert said not in problem_of(refused, 403, "not_permitted")["detail"]


# ---- parties and batches


@pytest.mark.parametrize("absent", [["atlantis"], ["nato", "atlantis"]])
def test_parties_that_do_not_exist_are_absent_from_nothing(
    api: Api, tokens: Tokens, database, absent: list[str]
) -> None:
    proposal = tabled(api, tokens)
    before = everything(database)
    answer = api.move(proposal, "agree", tokens["nato-co-chair"], absent=absent)
    assert problem_of(answer, 422, "invalid_input")["field"] == "absent"
    answer = api.move(proposal, "agree", tokens["nato-co-chair"], absent=["NATO'; --"])
    assert problem_of(answer, 422, "validation_failed")["field"] == "absent.0"
    assert everything(database) == before


def test_a_batch_with_a_proposal_that_cannot_be_read_is_answered_as_if_it_were_not_there(
    api: Api, tokens: Tokens, database
) -> None:
    readable = ready(api, tokens).json()["number"]
    hidden = propose(api, tokens["russia-delegate"], new_proposal(content=body(en="trap"))).json()["number"]
    before = everything(database)
    answers = [
        send(api, "/v1/silences", tokens["nato-co-chair"], {"proposals": [readable, number]})
        for number in (hidden, "P(2026)9999")
    ]
    told = [problem_of(answer, 404, "not_found") for answer in answers]
    assert [problem["ref"] for problem in told] == [hidden, "P(2026)9999"]
    assert told[0]["detail"].replace(hidden, "") == told[1]["detail"].replace("P(2026)9999", "")
    assert everything(database) == before


def test_only_the_two_co_chairs_put_a_batch_under_silence(api: Api, tokens: Tokens) -> None:
    number = ready(api, tokens).json()["number"]
    for name in ("nato-delegate", "russia-representative", "secretariat", "linguist", "reader"):
        problem_of(send(api, "/v1/silences", tokens[name], {"proposals": [number]}), 403, "not_permitted")


# ---- lengths


def test_a_body_beyond_the_limit_is_refused_by_every_route_that_takes_one(api: Api, tokens: Tokens) -> None:
    proposal = accepted(api, tokens)
    long = json.dumps({"text": "a" * (1024 * 1024 + 1)})
    for path, operations in contract()["paths"].items():
        if "post" not in operations or path == "/v1/import" or not path.startswith("/v1/proposals"):
            continue
        address = path.replace("{ref}", proposal.json()["number"]).replace("{event}", "withdraw")
        address = address.replace("{discrepancy}", "1")
        headers = {"Content-Type": "application/json"}
        answer = api.post(address, tokens["nato-delegate"], content=long, headers=headers)
        problem_of(answer, 413, "body_too_large")


def test_deep_nesting_is_refused_and_not_followed(api: Api, tokens: Tokens) -> None:
    deep = '{"content":' * 20_000 + "1" + "}" * 20_000
    headers = {"Content-Type": "application/json", "If-Match": "*"}
    answer = api.post("/v1/proposals", tokens["nato-delegate"], content=deep, headers=headers)
    assert answer.status_code in (400, 422), answer.text
