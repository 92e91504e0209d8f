"""The title and detail of every problem code. Placeholders are filled from the error's parameters."""

from dataclasses import dataclass
from typing import Any

from app.languages.codes import LanguageCode
from app.texts.catalogues import N_, translated
from app.texts.faults import fault_text
from app.texts.filling import filled


@dataclass(frozen=True)
class ProblemText:
    title: str
    detail: str


PROBLEMS: dict[str, ProblemText] = {
    "not_found": ProblemText(N_("Not found"), N_("There is nothing here under “{ref}”.")),
    "no_such_path": ProblemText(
        N_("No such address"), N_("The service has nothing at this address. See /docs for what it has.")
    ),
    "method_not_allowed": ProblemText(
        N_("Method not allowed"),
        N_("This address does not take this method. The Allow header names those it takes."),
    ),
    "bad_request": ProblemText(N_("Bad request"), N_("The request cannot be read.")),
    "malformed_json": ProblemText(N_("Malformed JSON"), N_("The body of the request is not JSON.")),
    "validation_failed": ProblemText(
        N_("The request is not valid"),
        N_("At least one field is wrong; “errors” names each with the reason."),
    ),
    "internal_error": ProblemText(
        N_("Internal error"),
        N_("The service failed. Nothing was changed. Please report the request identifier."),
    ),
    "sign_in_needed": ProblemText(
        N_("Sign-in needed"), N_("This call needs a token in the Authorization header, or a session.")
    ),
    "bad_token": ProblemText(
        N_("Token or session not valid"), N_("The token or the session is unknown, has ended or was revoked.")
    ),
    "not_permitted": ProblemText(N_("Not permitted"), N_("Your role or party does not allow this.")),
    "language_not_permitted": ProblemText(
        N_("Language not permitted"),
        N_("Your account or token does not allow you to change the text in “{language}”."),
    ),
    "unknown_party": ProblemText(N_("Unknown party"), N_("The profile has no party “{party}”.")),
    "account_of_another_party": ProblemText(
        N_("Account of another party"),
        N_("The account “{name}” exists and belongs to another party, or to none."),
    ),
    "account_exists": ProblemText(N_("Account exists"), N_("There is an account “{name}” already.")),
    "account_is_disabled": ProblemText(
        N_("Account disabled"), N_("The account “{name}” is disabled. Enable it first.")
    ),
    "identity_taken": ProblemText(
        N_("Identity taken"), N_("Another account is linked to this identity. Take that link away first.")
    ),
    "token_exceeds_account": ProblemText(
        N_("More than the account has"),
        N_("A token cannot have what its account does not have: {excess}."),
    ),
    "too_many_tokens": ProblemText(
        N_("Too many tokens"), N_("An account has at most {limit} valid tokens. Revoke one first.")
    ),
    "read_only_token": ProblemText(N_("Read-only token"), N_("This token may only read.")),
    "session_needed": ProblemText(
        N_("Session needed"), N_("Only somebody who has signed in may do this; a token may not.")
    ),
    "cross_site_request": ProblemText(
        N_("Request from another site"), N_("The request was sent by a page that is not part of this service.")
    ),
    "login_failed": ProblemText(
        N_("Not signed in"), N_("The name and the password do not fit, or the account may not sign in.")
    ),
    "login_not_offered": ProblemText(
        N_("Not offered"), N_("This service is not joined to a provider of identities.")
    ),
    "sign_in_broken": ProblemText(
        N_("Not signed in"),
        N_("The provider’s answer does not belong to a sign-in begun in this browser. Please begin again."),
    ),
    "identity_not_linked": ProblemText(
        N_("Identity not linked"),
        N_("Your identity is not linked to an account here. Please ask the secretariat."),
    ),
    "provider_unavailable": ProblemText(
        N_("Provider not available"), N_("The provider of identities does not answer. Please try again later.")
    ),
    "too_many_attempts": ProblemText(
        N_("Too many attempts"), N_("Sign-in was tried too often. Seconds to wait: {retry_after}.")
    ),
    "stale_base": ProblemText(
        N_("Based on an old version"),
        N_("The proposal is based on version {base}, and the entry is now at version {current}."),
    ),
    "stale_version": ProblemText(
        N_("Changed in the meantime"),
        N_("The proposal has changed since you read it. Read it again and repeat your edit."),
    ),
    "precondition_needed": ProblemText(
        N_("If-Match needed"), N_("Send the ETag of the proposal as you read it in the If-Match header.")
    ),
    "transition_not_allowed": ProblemText(
        N_("Not possible in this state"), N_("“{event}” is not possible while the proposal is “{state}”.")
    ),
    "guards_failed": ProblemText(N_("Conditions not met"), N_("“{event}” is not possible yet: {explanations}.")),
    "silence_over": ProblemText(
        N_("Silence has ended"), N_("The silence procedure {number} has ended, or its time is over.")
    ),
    "not_amendable": ProblemText(
        N_("Not open to amendment"), N_("The entry {ref} is “{status}”; only an agreed entry can be amended.")
    ),
    "nothing_changed": ProblemText(
        N_("Nothing changed"), N_("The proposed text is the same as the text that it would replace.")
    ),
    "number_taken": ProblemText(
        N_("Number taken"), N_("The number {number} belongs to another entry, or to another text.")
    ),
    "invalid_input": ProblemText(N_("Not valid"), N_("{explanation}")),
    "bad_glossary_file": ProblemText(N_("Glossary file not readable"), N_("{file}: {reason}")),
    "unreadable_file": ProblemText(N_("File not readable"), N_("{explanation}")),
    "import_rejected": ProblemText(
        N_("Import refused"),
        N_("Entries refused: {count}. Nothing of the file was stored; “report” says why."),
    ),
    "body_too_large": ProblemText(N_("Too large"), N_("The request is longer than {limit} bytes.")),
    "unsupported_media_type": ProblemText(
        N_("Other type expected"), N_("The body has to be JSON, with {expected} as its Content-Type.")
    ),
    "not_acceptable": ProblemText(N_("Form not available"), N_("The entry is available as: {offered}.")),
    "idempotency_key_reused": ProblemText(
        N_("Idempotency-Key reused"), N_("This Idempotency-Key came before with another request.")
    ),
    "not_ready": ProblemText(N_("Not ready"), N_("{explanation}")),
    "demonstration_failed": ProblemText(
        N_("The demonstration was broken off"), N_("The call {call} was refused: {detail}")
    ),
    "database_busy": ProblemText(
        N_("Busy"), N_("Another change took too long. Nothing was changed. Please try again.")
    ),
}


def problem_text(code: str, language: LanguageCode, params: dict[str, Any]) -> ProblemText:
    """The title and detail of a problem in a language.

    A `reason` and `guards` among the parameters are codes of faults, and are explained in the detail.
    """
    text = PROBLEMS[code]
    if "reason" in params:
        params = {**params, "explanation": fault_text(str(params["reason"]), language, params)}
    if "guards" in params:
        params = {**params, "explanations": [fault_text(guard, language, params) for guard in params["guards"]]}
    return ProblemText(
        translated(text.title, language), filled(translated(text.detail, language), params, language)
    )
