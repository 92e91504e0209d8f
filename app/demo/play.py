"""The demonstration: one entry on its whole way, in eight scenes, over REST alone."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.demo.stage import Say, Stage, stage
from app.demo.texts import CORRECTED, RUSSIAN_ALTERNATIVE, STATEMENT, dead_zone
from app.settings import Settings

PARTS = ("en", "fr", "ru", "en-fr", "en-ru", "fr-ru")
CO_CHAIRS = ("nato-co-chair", "russia-co-chair")


def play(settings: Settings, say: Say) -> str:
    """Play all scenes on a scratch database; the number of the entry that is agreed at the end.

    Raises DemonstrationFailed.
    """
    with stage(settings, say) as scene:
        say("1. A NATO delegate proposes an entry, and the secretariat accepts it for review")
        proposal, entry = drafted(scene)
        say("2. Each language and each pair of languages is certified by somebody who did not write it")
        assured(scene, proposal)
        say("3. Both co-chairs put the frozen text under silence")
        put_under_silence(scene, proposal)
        say("4. Russia breaks silence in writing, with the text that it could accept")
        objected(scene, proposal)
        say("5. The alternative text goes in, what it touches is certified again, and silence opens anew")
        reconciled(scene, proposal)
        say("6. NATO asks for more time, makes an interpretative statement, and concurs")
        extended_and_reserved(scene, proposal)
        say("7. Silence is not broken, so the text is adopted at the instant of its expiry")
        adopted(scene, proposal, entry)
        say("8. A slip in the French note is mended by a corrigendum, under a shorter silence")
        corrected(scene, entry)
        return entry


def drafted(scene: Stage) -> tuple[str, str]:
    """A delegate drafts, the secretariat takes in; the numbers of proposal and entry."""
    asked = {"kind": "new", "content": dead_zone(), "justification": "Needed for the siting of launchers."}
    proposal: str = scene.post("/v1/proposals", "nato-delegate", asked)["number"]
    scene.say(f"  nato-delegate: proposal {proposal} is a draft that only its own party sees")
    scene.move(proposal, "submit", "nato-delegate")
    entry: str = scene.move(proposal, "accept", "secretariat")["entry"]
    scene.say(f"  The entry has its permanent number, {entry}, and is public as proposed")
    return proposal, entry


def assured(scene: Stage, proposal: str) -> None:
    """Somebody other than the drafter vouches for each language and each pair; then the text is final."""
    held = {certificate["part"] for certificate in _proposal(scene, proposal)["certificates"]}
    for part in PARTS:
        if part not in held:
            scene.move(proposal, f"certify-{part}", "linguist")
    scene.move(proposal, "finalise", "secretariat")


def put_under_silence(scene: Stage, proposal: str) -> None:
    """Both co-chairs freeze the text and open silence on it."""
    for co_chair in CO_CHAIRS:
        scene.move(proposal, "open-silence", co_chair)
    silence = _proposal(scene, proposal)["silence"]
    expires = datetime.fromisoformat(silence["expires"])
    brussels, moscow = (expires.astimezone(ZoneInfo(zone)) for zone in ("Europe/Brussels", "Europe/Moscow"))
    scene.say(
        f"  {silence['number']} ({silence['period']}) expires on {brussels:%d %B %Y}"
        f" at {brussels:%H:%M} in Brussels, {moscow:%H:%M} in Moscow"
    )


def objected(scene: Stage, proposal: str) -> None:
    """Russia breaks silence, with the text that it could accept."""
    scene.later(days=4)
    scene.move(
        proposal,
        "break",
        "russia-representative",
        reason="Формулировка разговорная.",
        objection={
            "type": "linguistic",
            "element": "languages.ru.definition",
            "language": "ru",
            "alternative": RUSSIAN_ALTERNATIVE,
        },
    )


def reconciled(scene: Stage, proposal: str) -> None:
    """The alternative text goes in; only what it touches has to be certified again."""
    scene.later(days=3)
    scene.move(proposal, "open-reconciliation", "secretariat")
    text = {"content": dead_zone(russian=RUSSIAN_ALTERNATIVE)}
    revised = scene.post(f"/v1/proposals/{proposal}/revisions", "russia-delegate", text)
    standing = ", ".join(certificate["part"] for certificate in revised["certificates"])
    scene.say(f"  russia-delegate: revision {revised['revision']}; these certificates still hold: {standing}")
    assured(scene, proposal)
    put_under_silence(scene, proposal)


def extended_and_reserved(scene: Stage, proposal: str) -> None:
    """NATO asks for more time, makes a statement and concurs."""
    scene.later(days=2)
    number = _proposal(scene, proposal)["silence"]["number"]
    more = {"working_days": 5, "reason": "Capitals are being consulted."}
    silence = scene.post(f"/v1/silences/{number}/extensions", "nato-representative", more)
    scene.say(f"  nato-representative: five working days more, until {silence['expires']}")
    _proposal(scene, proposal)
    statement = {"kind": "interpretative_statement", "language": "en", "text": STATEMENT}
    scene.move(proposal, "reserve", "nato-representative", statement=statement)
    scene.move(proposal, "concur", "nato-representative")


def adopted(scene: Stage, proposal: str, entry: str) -> None:
    """Nobody breaks the silence, so the text is adopted at the instant of its expiry."""
    expires = datetime.fromisoformat(_proposal(scene, proposal)["silence"]["expires"])
    scene.pass_time(expires)
    scene.say(f"  At that very instant it is still {_proposal(scene, proposal)['state']}")
    scene.pass_time(expires + timedelta(microseconds=1))
    public = scene.get(f"/v1/entries/{entry}")
    decision = scene.get(f"/v1/decisions/{public['decision']['number']}")
    named = f"{public['designation']} is {public['status']} by {decision['number']}"
    scene.say(f"  {named}, adopted {public['adopted']}")
    scene.say(f"  explicit consent: {_listed(decision['explicit'])}; tacit: {_listed(decision['tacit'])}")
    for statement in public["reservations"]:
        scene.say(f"  {statement['kind']} of {statement['party']}: {statement['text']}")


def corrected(scene: Stage, entry: str) -> None:
    """A slip that nobody saw is mended by a corrigendum, and the original stays visible."""
    scene.later(days=10)
    asked = {
        "kind": "corrigendum",
        "entry": entry,
        "base_version": 1,
        "content": dead_zone(russian=RUSSIAN_ALTERNATIVE, cone=CORRECTED),
        "justification": "A circumflex is missing.",
    }
    proposal: str = scene.post("/v1/proposals", "nato-delegate", asked)["number"]
    scene.move(proposal, "submit", "nato-delegate")
    scene.move(proposal, "accept", "secretariat")
    assured(scene, proposal)
    put_under_silence(scene, proposal)
    scene.pass_time(datetime.fromisoformat(_proposal(scene, proposal)["silence"]["expires"]))
    scene.later(seconds=1)
    public = scene.get(f"/v1/entries/{entry}")
    scene.say(f"  {entry} is now at {public['designation']}; the original stays at /v1/entries/{entry}/versions/1")


def _proposal(scene: Stage, number: str) -> Any:
    return scene.get(f"/v1/proposals/{number}", "secretariat")


def _listed(parties: list[str]) -> str:
    return ", ".join(parties) or "none"
