"""What a verification of the record says, by code."""

from typing import Any

from app.languages.codes import LanguageCode
from app.texts.catalogues import N_, translated
from app.texts.filling import filled

FINDINGS: dict[str, str] = {
    "event_does_not_fit": N_("Event {key} of the log was changed, or does not follow the one before it."),
    "seal_does_not_fit": N_("Seal {key} was changed, or does not follow the one before it."),
    "head_is_not_in_chain": N_("Link {key} of {table} is not the one that was kept."),
    "row_is_not_what_was_sealed": N_("Row {key} of {table} is not what was sealed."),
    "row_is_missing": N_("Row {key} of {table} is missing."),
    "row_has_no_seal": N_("Row {key} of {table} has no seal."),
    "row_cannot_be_read": N_("Row {key} of {table} holds what the service would not have written."),
    "text_does_not_fit_digest": N_("The text in row {key} of {table} does not fit its digest."),
    "row_does_not_follow": N_("Row {key} of {table} does not follow from the texts of the entries."),
    "row_that_follows_is_missing": N_(
        "Row {key} of {table}, which follows from the texts of the entries, is missing."
    ),
    "state_is_not_that_of_log": N_("Row {key} of {table} says “{stored}”; the log leads to “{recorded}”."),
    "event_begins_elsewhere": N_("Event {key} begins in the state “{state}”, to which the log does not lead."),
}

WHOLE = N_("The record is whole. Events: {events}; seals: {seals}.")
UNUSED = N_("Not verified, because no text uses them any more: stems and spellings, {count}.")
MORE = N_("There may be more; these are the first {count}.")
KEEP = N_("To be kept outside the database, and given to “--head” another time:")


def audit_text(sentence: str, language: LanguageCode, **params: Any) -> str:
    """One of these sentences in a language."""
    return filled(translated(sentence, language), params, language)
