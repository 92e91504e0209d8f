"""Papers over HTTP: what they say in three languages and two forms, to whom, and the same each time."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from lxml import html

from tests.api import ACCOUNTS, Api, Tokens, problem_of
from tests.clocks import FakeClock
from tests.makers import body, make_entry
from tests.proposals.steps import (
    accepted,
    amendment,
    moved,
    new_proposal,
    objection,
    propose,
    send,
    tabled,
    under_silence,
)

pytestmark = pytest.mark.usefixtures("subject_field")

LANGUAGES = ("en", "fr", "ru")
TITLES = {
    "notice": {
        "en": "Notice of a silence procedure",
        "fr": "Avis de procédure d’approbation tacite (procédure de silence)",
        "ru": "Уведомление о процедуре молчания",
    },
    "working-paper": {"en": "Working paper", "fr": "Document de travail", "ru": "Рабочий документ"},
    "objections": {"en": "Record of objections", "fr": "Relevé des objections", "ru": "Перечень возражений"},
    "agenda": {"en": "Agenda", "fr": "Ordre du jour", "ru": "Повестка дня"},
    "sheet": {"en": "Decision sheet", "fr": "Relevé de décisions", "ru": "Протокол решения"},
}
WORDS = "Российская сторона учитывает и ложные цели в космосе."


def paper(api: Api, path: str, token: str | None, language: str = "en", form: str = "markdown") -> str:
    answer = api.get(f"{path}?format={form}&language={language}", token)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Language"] == language
    return answer.text


@pytest.fixture
def running(api: Api, tokens: Tokens, clock: FakeClock) -> httpx.Response:
    """A proposal under silence, opened on a day in November."""
    clock.set_to(datetime(2026, 11, 2, 9, 30, tzinfo=UTC))
    return under_silence(api, tokens)


def notice_of(proposal: httpx.Response) -> str:
    return f"/v1/silences/{proposal.json()['silence']['number']}/notice"


def adopted_sheet(api: Api, tokens: Tokens, clock: FakeClock, running: httpx.Response) -> str:
    """The address of the sheet of a decision with a reservation in it."""
    said = {"kind": "reservation", "element": "languages.ru.definition", "language": "ru", "text": WORDS}
    given = {"statement": said | {"translations": {"en": "Russia counts decoys in space."}}}
    running = moved(api, running, "reserve", tokens["russia-representative"], **given)
    clock.set_to(datetime.fromisoformat(running.json()["deadline"]) + timedelta(seconds=1))
    entry = api.get(f"/v1/entries/{running.json()['entry']}").json()
    return f"/v1/decisions/{entry['decision']['number']}/sheet"


# ---- what they say


def test_a_notice_says_until_when_in_both_capitals_and_exactly(
    api: Api, tokens: Tokens, running: httpx.Response
) -> None:
    expires = running.json()["deadline"]
    text = paper(api, notice_of(running), tokens["reader"])
    assert "On 2 November 2026, the co-chairs put the texts listed below under silence procedure S(2026)" in text
    assert "17:00, Brussels time<br>" in text
    assert "19:00, Moscow time<br>" in text
    assert f"exactly {expires} (UTC)" in text
    assert "NATO and Russian Federation" in text
    assert "normal period, 20 working days" in text
    number = running.json()["number"]
    assert f"| **{number}-R1** | TMD-1001 | decoy | leurre | ложная цель | {running.json()['digest']} |" in text
    french = paper(api, notice_of(running), tokens["reader"], "fr")
    assert "17\u00a0h\u00a000, heure de Bruxelles" in french
    assert "OTAN et Fédération de Russie" in french
    assert "délai normal, 20 jours ouvrables" in french
    russian = paper(api, notice_of(running), tokens["reader"], "ru")
    assert "19:00 по московскому времени" in russian
    assert "НАТО и Российская Федерация" in russian
    assert "обычный срок, 20 рабочих дней" in russian


def test_a_notice_follows_the_extensions(api: Api, tokens: Tokens, running: httpx.Response) -> None:
    path = f"/v1/silences/{running.json()['silence']['number']}/extensions"
    asked = {"working_days": 3, "reason": "Нужна консультация."}
    first = send(api, path, tokens["russia-representative"], asked).json()["expires"]
    send(api, path, tokens["nato-representative"], {"working_days": 21, "reason": "Parliament is in recess."})
    text = paper(api, notice_of(running), tokens["reader"])
    assert text.count(f"exactly {first} (UTC)") == 2
    assert "| **Russian Federation** | 3 | Нужна консультация. |" in text
    assert "| **NATO** | 21 | Parliament is in recess. | not granted so far |" in text


def test_a_working_paper_marks_what_an_amendment_changes_by_word(api: Api, tokens: Tokens, database) -> None:
    with database.write() as db:
        make_entry(db, number=17)
    changed = amendment(fr="fausse cible")
    changed["content"]["languages"]["en"]["definition"]["text"] = (
        "object released to be taken for a re-entry vehicle"
    )
    changed["content"]["languages"]["ru"]["notes"] = ["Учёт — по ГОСТ."]
    changed["content"]["equivalence"] = {"en-ru": {"degree": "near"}}
    proposal = accepted(api, tokens, changed)
    number = proposal.json()["number"]
    path = f"/v1/proposals/{number}/working-paper"
    text = paper(api, path, tokens["russia-delegate"])
    assert text.startswith(f"# Working paper\n\n**W{number}-R1**\n")
    assert "Changes from TMD-0017/1 are marked" in text
    assert "object released to be taken for a <del>warhead</del><ins>re-entry vehicle</ins>" in text
    assert "<del>leurre</del><ins>fausse cible</ins>, " in text
    assert "<ins>Учёт — по ГОСТ.</ins>" in text
    assert "| **EN–RU** | <ins>near</ins> |" in text
    assert "ложная цель, ж. р." in text
    page = html.fromstring(paper(api, path, tokens["russia-delegate"], "ru", "html").encode())
    deleted = [mark.text for mark in page.iter("del")]
    assert (deleted[0], deleted[-1]) == ("leurre", "warhead")
    assert [mark.text for mark in page.iter("ins")][-3:] == ["re-entry vehicle", "Учёт — по ГОСТ.", "близкая"]
    assert page.xpath("//td[del]/@lang") == ["fr", "en"]


def test_a_working_paper_says_what_related_entries_are_called(api: Api, tokens: Tokens, database) -> None:
    with database.write() as db:
        make_entry(db, number=17)
        make_entry(db, number=18, en="false target", fr="fausse cible", ru="ложный объект")
        make_entry(db, number=19, en="chaff", fr="paillettes", ru=None)
    changed = amendment()
    changed["content"]["relations"] = [
        {"type": "generic", "target": "TMD-0018"},
        {"type": "contrast", "target": "TMD-0019"},
    ]
    proposal = propose(api, tokens["nato-delegate"], changed)
    path = f"/v1/proposals/{proposal.json()['number']}/working-paper"
    text = paper(api, path, tokens["nato-delegate"])
    related = [
        ("superordinate concept", "TMD-0018", "false target", "fausse cible", "ложный объект"),
        ("not to be confused with", "TMD-0019", "chaff", "paillettes", "—"),
    ]
    for row in related:
        kind, *cells = (f"<ins>{cell}</ins>" for cell in row)
        assert f"| **{kind}** | {' | '.join(cells)} |" in text
    page = html.fromstring(paper(api, path, tokens["nato-delegate"], "fr", "html").encode())
    assert page.xpath("//tr[td/ins='TMD-0018']/td[@lang='ru']/ins/text()") == ["ложный объект"]


def test_a_working_paper_of_a_new_entry_marks_nothing(api: Api, tokens: Tokens) -> None:
    proposal = propose(api, tokens["nato-delegate"])
    path = f"/v1/proposals/{proposal.json()['number']}/working-paper"
    text = paper(api, path, tokens["nato-delegate"])
    assert "The entry is new; there is no earlier text." in text
    assert "<ins>" not in text
    assert "| Part of the entry | English | French | Russian |" in text
    assert "| Partie de l’entrée | Anglais | Français | Russe |" in paper(api, path, tokens["nato-delegate"], "fr")
    assert "| Часть статьи | Английский | Французский | Русский |" in paper(
        api, path, tokens["nato-delegate"], "ru"
    )


def test_a_working_paper_on_a_withdrawal_shows_the_text_as_it_stands(api: Api, tokens: Tokens, database) -> None:
    with database.write() as db:
        make_entry(db, number=17)
    asked = {
        "kind": "withdraw",
        "entry": "TMD-0017",
        "base_version": 1,
        "justification": "The concept is not used.",
    }
    proposal = propose(api, tokens["nato-delegate"], asked)
    path = f"/v1/proposals/{proposal.json()['number']}/working-paper"
    text = paper(api, path, tokens["nato-delegate"], "ru")
    assert "- **Вид предложения**: изъятие" in text
    assert "## Действующий текст статьи" in text
    assert "| **Предпочтительный термин** | decoy | leurre, m. | ложная цель, ж. р. |" in text
    assert "<del>" not in text


def test_a_record_of_objections_gives_reason_and_alternative_in_the_words_of_the_party(
    api: Api, tokens: Tokens, running: httpx.Response
) -> None:
    path = f"/v1/proposals/{running.json()['number']}/objections"
    assert "No objection has been raised." in paper(api, path, tokens["reader"])
    broken = moved(api, running, "break", tokens["russia-representative"], **objection())
    text = paper(api, path, tokens["reader"])
    assert "## Objection 1: Russian Federation" in text
    assert "- **Reason given**: Определение неточно." in text
    assert "- **Text proposed instead**: ложный объект" in text
    assert "- **Element**: the definition in Russian" in text
    assert "- **Breaks of silence**: 1 break\n" in text
    assert "- **Outcome**: The objection stands." in text
    page = html.fromstring(paper(api, path, tokens["reader"], "fr", "html").encode())
    assert page.xpath("//dd/span[@lang='ru']/text()") == ["Определение неточно.", "ложный объект"]
    moved(api, broken, "withdraw-objection", tokens["russia-representative"])
    assert "- **Outcome**: Withdrawn on 2 November 2026" in paper(api, path, tokens["reader"])


def test_an_agenda_lists_the_proposals_with_their_working_papers(api: Api, tokens: Tokens) -> None:
    proposal = tabled(api, tokens)
    path = f"/v1/meetings/{proposal.json()['meeting']}/agenda"
    text = paper(api, path, tokens["reader"])
    assert text.startswith(f"# Agenda\n\n**{proposal.json()['meeting'].replace('M', 'A')}**\n")
    assert "- **Held on**: 10 December 2026" in text
    paper_number = proposal.json()["number"].replace("P", "WP")
    assert f"| **2.1** | decoy | leurre | ложная цель | new entry | {paper_number}-R1 |" in text
    assert "10 décembre 2026" in paper(api, path, tokens["reader"], "fr")


def test_a_decision_sheet_is_public_and_has_the_reservations(
    api: Api, tokens: Tokens, clock: FakeClock, running: httpx.Response
) -> None:
    expires = running.json()["deadline"]
    path = adopted_sheet(api, tokens, clock, running)
    text = paper(api, path, None)
    assert "# Decision sheet\n\n**DS(2026)" in text
    assert f"exactly {expires} (UTC)" in text
    assert "- **Consented by silence**: NATO and Russian Federation" in text
    assert "- **Consented in words**: none" in text
    assert f"| **TMD-1001/1** | decoy | leurre | ложная цель | {running.json()['digest']} |" in text
    assert f"| reservation | the definition in Russian | {WORDS}<br>Unofficial translation in English:" in text
    assert "They are not part of the agreed texts." in text
    assert "Российская Федерация" in paper(api, path, None, "ru")


def test_a_sheet_of_a_divergence_has_the_text_of_each_side_under_its_name(api: Api, tokens: Tokens) -> None:
    review = accepted(api, tokens)
    given: dict[str, Any] = {"reason": "Нет консенсуса."}
    first = moved(api, review, "diverge", tokens["nato-co-chair"], content=body(en="penetration aid"), **given)
    second = moved(api, first, "diverge", tokens["russia-co-chair"], content=body(ru="ложный объект"), **given)
    entry = api.get(f"/v1/entries/{second.json()['entry']}").json()
    text = paper(api, f"/v1/decisions/{entry['parallel_texts'][0]['decision']}/sheet", None)
    nato, russia = text.index("text of the side NATO. It is not agreed."), text.index("text of the side Russian")
    assert nato < text.index("penetration aid", nato) < russia < text.index("ложный объект", russia)
    assert "left with parallel texts<br>Нет консенсуса." in text


# ---- to whom, and how


def every_paper(api: Api, tokens: Tokens, clock: FakeClock, running: httpx.Response) -> dict[str, str]:
    """The address of each kind of paper."""
    number = running.json()["number"]
    meeting = tabled(api, tokens, new_proposal(content=body(en="trap", fr="piège", ru="ловушка")))
    papers = {
        "notice": notice_of(running),
        "working-paper": f"/v1/proposals/{number}/working-paper",
        "objections": f"/v1/proposals/{number}/objections",
        "agenda": f"/v1/meetings/{meeting.json()['meeting']}/agenda",
    }
    return papers | {"sheet": adopted_sheet(api, tokens, clock, running)}


def test_every_paper_in_every_form_and_language_is_whole_and_the_same_each_time(
    api: Api, tokens: Tokens, clock: FakeClock, running: httpx.Response
) -> None:
    for kind, path in every_paper(api, tokens, clock, running).items():
        for language in LANGUAGES:
            title = TITLES[kind][language]
            markdown = paper(api, path, tokens["reader"], language)
            page = paper(api, path, tokens["reader"], language, "html")
            assert markdown.startswith(f"# {title}\n")
            tree = html.fromstring(page.encode())
            assert tree.get("lang") == language
            assert tree.xpath("string(//h1)") == title
            assert tree.xpath("//th[not(@scope)]") == []
            assert len(tree.xpath("//table")) == len(tree.xpath("//table/caption"))
            assert tree.xpath("//*[@src or @href]") == []
            for text in (markdown, page):
                assert "{" not in text.partition("</style>")[2] if text is page else "{" not in text
                assert "None" not in text
                assert not any(name in text for name in ACCOUNTS)
            assert paper(api, path, tokens["reader"], language) == markdown
            assert paper(api, path, tokens["reader"], language, "html") == page


def test_a_reader_gets_form_and_language_by_what_the_client_says(
    api: Api, tokens: Tokens, clock: FakeClock, running: httpx.Response
) -> None:
    for kind, path in every_paper(api, tokens, clock, running).items():
        asked = {"Accept": "text/markdown, text/html;q=0.5", "Accept-Language": "ru, en;q=0.5"}
        answer = api.get(path, tokens["reader"], headers=asked)
        assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"
        assert answer.headers["Content-Language"] == "ru"
        assert answer.text.startswith(f"# {TITLES[kind]['ru']}")
        assert {"accept", "accept-language"} <= set(answer.headers["Vary"].lower().replace(" ", "").split(","))
        assert answer.headers["ETag"]
        assert (
            "public" in answer.headers["Cache-Control"]
            if kind == "sheet"
            else "private" in answer.headers["Cache-Control"]
        )
        page = api.get(path, tokens["reader"])
        assert page.headers["Content-Type"] == "text/html; charset=utf-8"
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        problem_of(api.get(path, tokens["reader"], headers={"Accept": "image/png"}), 406, "not_acceptable")
        problem_of(api.get(f"{path}?language=de", tokens["reader"]), 422, "validation_failed")
        if kind == "sheet":
            known = {"If-None-Match": answer.headers["ETag"]}
            assert api.get(path, headers=asked | known).status_code == 304
        else:
            problem_of(api.get(path), 401, "sign_in_needed")


def test_a_draft_has_no_papers_for_others(api: Api, tokens: Tokens) -> None:
    number = propose(api, tokens["nato-delegate"]).json()["number"]
    for kind in ("working-paper", "objections"):
        path = f"/v1/proposals/{number}/{kind}"
        problem_of(api.get(path, tokens["russia-delegate"]), 404, "not_found")
        assert api.get(path, tokens["nato-delegate"]).status_code == 200
    problem_of(api.get("/v1/decisions/D(2026)9999/sheet"), 404, "not_found")


def test_what_people_write_stays_text(api: Api, tokens: Tokens) -> None:
    texts = body(en="<script>alert(1)</script> | *decoy*")
    proposal = propose(
        api, tokens["nato-delegate"], new_proposal(content=texts, justification="1. <b>Why</b> [x](y)")
    )
    path = f"/v1/proposals/{proposal.json()['number']}/working-paper"
    page = paper(api, path, tokens["nato-delegate"], form="html")
    tree = html.fromstring(page.encode())
    assert tree.xpath("//script | //b | //a") == []
    assert "<script>alert(1)</script> | *decoy*" in tree.text_content()
    markdown = paper(api, path, tokens["nato-delegate"])
    assert "\n1\\. \\<b\\>Why\\</b\\> \\[x\\](y)\n" in markdown
    assert "| \\<script\\>alert(1)\\</script\\> \\| \\*decoy\\* |" in markdown
