"""What is not public is nowhere: not in an answer, an export, an error or the log."""

import logging
from typing import Any

import pytest

from app.accounts import operations as accounts
from app.accounts.actor import Role
from app.db import Database
from tests.api import Api, Tokens, contract
from tests.makers import body, make_entry
from tests.proposals.attacks.planted import FORMATS, SECRET, addresses, found_in
from tests.proposals.steps import accepted, moved, new_proposal, propose, send, submitted

pytestmark = pytest.mark.usefixtures("subject_field")


def secret_text() -> dict[str, Any]:
    """A content with a planted word in each of its parts."""
    made = body(en=SECRET["draft"], fr="leurre", ru="ложная цель")
    for section in made["languages"].values():
        section["notes"] = [f"{SECRET['draft']}."]
    return made


@pytest.fixture
def planted(api: Api, tokens: Tokens, database: Database) -> dict[str, list[str]]:
    """Proposals in the hands of NATO, with planted words in all that NATO says; and one that all parties read."""
    with database.write() as db:
        for name, role in (("delegate", Role.DELEGATE), ("representative", Role.REPRESENTATIVE)):
            account = f"{SECRET['account']}-{name}"
            tokens[f"own-{name}"] = accounts.create_token(db, name=account, roles=frozenset({role}), party="nato")
        make_entry(db, number=17, en="trap", fr="piège", ru="ловушка")
    said = new_proposal(content=secret_text(), justification=f"{SECRET['justification']}.")
    own = tokens["own-delegate"]
    draft = propose(api, own, said)
    waiting = submitted(api, tokens, said, by="own-delegate")
    back = moved(
        api,
        submitted(api, tokens, said, by="own-delegate"),
        "return",
        tokens["secretariat"],
        reason=SECRET["reason"],
    )
    gone = moved(api, propose(api, own, said), "withdraw", own, reason=SECRET["reason"])
    amending = propose(
        api, own, said | {"kind": "amend", "entry": "TMD-0017", "base_version": 1, "content": secret_text()}
    )
    for proposal in (draft, waiting, back):
        path = f"/v1/proposals/{proposal.json()['number']}"
        made = send(api, f"{path}/comments", own, {"text": SECRET["comment"], "language": "en"})
        assert made.status_code == 201, made.text
    numbers = [p.json()["number"] for p in (draft, waiting, back, gone, amending)]
    return _values([*numbers, str(len(numbers))])


def discussed(api: Api, tokens: Tokens) -> list[str]:
    """A proposal under review, whose text is public, with planted words in all that is said about it."""
    review = accepted(api, tokens, new_proposal(justification=SECRET["justification"]), by="own-delegate")
    number = review.json()["number"]
    path = f"/v1/proposals/{number}"
    send(api, f"{path}/comments", tokens["own-delegate"], {"text": SECRET["comment"], "language": "en"})
    objection = {"type": "linguistic", "element": "languages.en", "language": "en"}
    objected = moved(
        api,
        review,
        "object",
        tokens["own-representative"],
        reason=SECRET["position"],
        objection=objection | {"alternative": SECRET["alternative"]},
    )
    differs = {"pair": "en-ru", "element": "definition", "gravity": "minor", "text": SECRET["resolution"]}
    logged = send(
        api, f"{path}/discrepancies", tokens["linguist"], differs, **{"If-Match": objected.headers["ETag"]}
    )
    assert logged.status_code == 201, logged.text
    asked = {"held_on": "2026-12-10", "place": SECRET["place"]}
    assert send(api, "/v1/meetings", tokens["secretariat"], asked).status_code == 201
    moved(api, logged, "defer", tokens["nato-co-chair"], reason=SECRET["reason"])
    return [number, review.json()["entry"]]


def _values(proposals: list[str], entries: tuple[str, ...] = ("TMD-0017",)) -> dict[str, list[str]]:
    """What each path parameter is filled with, by route and name."""
    values: dict[str, list[str]] = {}
    for path in contract()["paths"]:
        own = path.startswith("/v1/proposals")
        values |= {
            f"{path} ref": proposals if own else list(entries),
            f"{path} number": [
                {"silences": "S(2026)0001", "meetings": "M(2026)01"}.get(path.split("/")[2], "D(2026)0001")
                if path.startswith("/v1")
                else "1"
            ],
            f"{path} version": ["1"],
            f"{path} language": ["en", "ru"],
            f"{path} letter": ["Z", "D"],
            f"{path} webhook_id": ["1"],
            f"{path} token_id": ["1"],
        }
    return values


def check_nothing_is_shown(api: Api, token: str | None, values: dict[str, list[str]]) -> int:
    """Ask for everything that can be asked for; how many answers had something to say."""
    answered = 0
    for address in addresses(values):
        for form in FORMATS if token is None else FORMATS[:1]:
            answer = api.get(address, token, headers={"Accept": form})
            assert not found_in(answer.text), f"{address} as {form} shows {found_in(answer.text)}"
            assert not found_in(str(answer.headers)), address
            answered += answer.status_code == 200
    return answered


def test_nobody_else_reads_what_a_party_has_in_hand(
    api: Api, tokens: Tokens, planted: dict[str, list[str]], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in (None, "russia-delegate", "russia-representative", "reader", "linguist"):
        assert check_nothing_is_shown(api, tokens[name] if name else None, planted) > 10
    # The words are there: their own party reads them.
    numbers = planted["/v1/proposals/{ref} ref"]
    own = " ".join(api.get(f"/v1/proposals/{number}", tokens["own-delegate"]).text for number in numbers[:3])
    assert found_in(own) == {"draft", "justification", "reason"}
    assert not found_in(caplog.text)


def test_no_stranger_learns_from_an_error_what_a_party_has_in_hand(
    api: Api, tokens: Tokens, planted: dict[str, list[str]], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    russia, missing = tokens["russia-delegate"], "P(2026)9999"
    for number in planted["/v1/proposals/{ref} ref"][:5]:
        for path, value in (
            ("events/withdraw", {"reason": "Нет."}),
            ("events/withdraw?dry_run=true", {}),
            ("revisions", {"content": body()}),
            ("positions", {"kind": "concur"}),
            ("comments", {"text": "Замечание.", "language": "ru"}),
            ("discrepancies", {"pair": "en-ru", "element": "definition", "gravity": "minor", "text": "Иначе."}),
            ("discrepancies/1/settle", {"resolution": "Нет."}),
            ("waivers", {"check": "gender", "element": "languages", "reason": "Нет."}),
        ):
            hidden, absent = (
                send(api, f"/v1/proposals/{ref}/{path}", russia, value, **{"If-Match": "*"})
                for ref in (number, missing)
            )
            told, untold = hidden.json(), absent.json()
            assert hidden.status_code == absent.status_code == 404, hidden.text
            assert told["detail"].replace(number, missing) == untold["detail"]
        again = send(api, "/v1/proposals", russia, new_proposal(reopens=number))
        assert again.status_code == 404, again.text
        assert not found_in(again.text)
    assert not found_in(caplog.text)


def test_the_public_sees_the_text_under_review_and_nothing_that_is_said_of_it(
    api: Api, tokens: Tokens, planted: dict[str, list[str]], caplog: pytest.LogCaptureFixture
) -> None:
    number, entry = discussed(api, tokens)
    caplog.set_level(logging.DEBUG)
    assert check_nothing_is_shown(api, None, _values([number], ("TMD-0017", entry))) > 10
    assert api.get(f"/v1/entries/{entry}").json()["status"] == "proposed"
    assert not found_in(caplog.text)


def test_no_reader_is_told_the_name_of_an_account(api: Api, tokens: Tokens, planted: dict[str, list[str]]) -> None:
    number, entry = discussed(api, tokens)
    for name in ("russia-delegate", "secretariat", "own-delegate"):
        for address in addresses(_values([number], ("TMD-0017", entry))):
            answer = api.get(address, tokens[name])
            # One's own name is told to oneself.
            assert "account" not in found_in(answer.text) or address.startswith("/v1/me"), address
            # The record numbers accounts, so that events of one can be told from those of another.
            assert "account_id" not in answer.text or address.endswith("/audit"), address


def test_a_proposal_with_a_planted_word_is_not_found_by_search(api: Api, tokens: Tokens, planted) -> None:
    for path in ("/v1/search?q={}", "/v1/suggest?q={}"):
        assert not found_in(api.get(path.format(SECRET["draft"][:6])).text)
    asked = {"source": "en", "segments": [f"a {SECRET['draft']} of fire"]}
    looked_up = send(api, "/v1/lookup", None, asked)
    assert looked_up.status_code == 200, looked_up.text
    assert "TMD-" not in looked_up.text
