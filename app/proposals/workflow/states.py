"""The words of the workflow: kinds of proposals, states, events and effects."""

from enum import StrEnum


class ProposalKind(StrEnum):
    NEW = "new"
    AMEND = "amend"
    ADD_LANGUAGE = "add-language"
    CORRIGENDUM = "corrigendum"
    SUPERSEDE = "supersede"
    WITHDRAW = "withdraw"

    @property
    def ends_entry(self) -> bool:
        """Whether it brings no text, and ends the entry that it names."""
        return self in (ProposalKind.SUPERSEDE, ProposalKind.WITHDRAW)


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    IN_REVIEW = "in_review"
    READY = "ready"
    UNDER_SILENCE = "under_silence"
    OBJECTED = "objected"
    TABLED = "tabled"
    AD_REFERENDUM = "ad_referendum"
    DEFERRED = "deferred"
    ADOPTED = "adopted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    DIVERGED = "diverged"


class Event(StrEnum):
    REVISE = "revise"
    SUBMIT = "submit"
    RETURN = "return"
    RESUBMIT = "resubmit"
    REJECT = "reject"
    ACCEPT = "accept"
    CERTIFY_EN = "certify-en"
    CERTIFY_FR = "certify-fr"
    CERTIFY_RU = "certify-ru"
    CERTIFY_EN_FR = "certify-en-fr"
    CERTIFY_EN_RU = "certify-en-ru"
    CERTIFY_FR_RU = "certify-fr-ru"
    FINALISE = "finalise"
    REOPEN_REVIEW = "reopen-review"
    OPEN_SILENCE = "open-silence"
    PULL = "pull"
    BREAK = "break"
    DROP_OUT = "drop-out"
    EXPIRE = "expire"
    OPEN_RECONCILIATION = "open-reconciliation"
    WITHDRAW_OBJECTION = "withdraw-objection"
    TABLE = "table"
    NO_CONSENSUS = "no-consensus"
    AGREE = "agree"
    AGREE_AD_REFERENDUM = "agree-ad-referendum"
    CONFIRM = "confirm"
    REFUSE = "refuse"
    CONCUR = "concur"
    ABSTAIN = "abstain"
    OBJECT = "object"
    RESERVE = "reserve"
    DECLINE = "decline"
    DEFER = "defer"
    DIVERGE = "diverge"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"


class Effect(StrEnum):
    """What the operation does beside changing the state."""

    OPEN_ENTRY = "open_entry"  # a new entry gets its number and is shown as proposed
    REFRESH_ENTRY = "refresh_entry"  # the proposed text that is shown follows the revision
    CERTIFY = "certify"  # a certificate is kept for the part that the event names
    TAKE_POSITION = "take_position"  # what the party says of the text is kept
    OBJECT = "object"  # the objection is kept, and counts as a break
    LIFT_OBJECTION = "lift_objection"  # the objections of the party no longer stand
    SHOW_REFERENDUM = "show_referendum"  # a new entry is shown as agreed ad referendum
    ADOPT = "adopt"  # the revision becomes a version, or the entry ends, by a numbered decision
    DIVERGE = "diverge"  # the parallel texts of the sides are shown, each under its name
    CLOSE_ENTRY = "close_entry"  # an entry that never had a version is shown as withdrawn


CERTIFIES: dict[Event, str] = {
    Event.CERTIFY_EN: "en",
    Event.CERTIFY_FR: "fr",
    Event.CERTIFY_RU: "ru",
    Event.CERTIFY_EN_FR: "en-fr",
    Event.CERTIFY_EN_RU: "en-ru",
    Event.CERTIFY_FR_RU: "fr-ru",
}
"""The language, or the pair of languages, that an event certifies."""

POSITIONS = frozenset({Event.CONCUR, Event.ABSTAIN, Event.OBJECT, Event.RESERVE})
"""The events by which a party says what it holds of a text, without moving it."""
