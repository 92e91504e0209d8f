"""What can go wrong in the compendium, as facts: a stable code, an HTTP status and parameters.

    DomainError
    ├── NotFound · SignInNeeded · BadToken · NotPermitted
    ├── Conflict: StaleBase, StaleVersion, TransitionNotAllowed, GuardsFailed, NumberTaken, …
    ├── InvalidInput: the request is well-formed JSON, and still says something that cannot be
    └── BodyTooLarge · UnreadableFile · DatabaseBusy · …

The sentences that a reader sees are in `texts/problems.py`, by code.
"""

from typing import Any, ClassVar


class DomainError(Exception):
    """The root of all expected failures. Subclasses name the fact."""

    code: ClassVar[str]
    status: ClassVar[int]

    def __init__(self, *, field: str | None = None, **params: Any) -> None:
        super().__init__(self.code, params)
        self.field = field
        """The path of the offending field, such as `content.languages.ru.terms`."""
        self.params = params

    def __str__(self) -> str:
        shown = ", ".join(f"{key}={value!r}" for key, value in self.params.items())
        return f"{self.code}({shown})"


class NotFound(DomainError):
    """Nothing public or readable to the caller has this name: `what`, `ref`."""

    code = "not_found"
    status = 404


class SignInNeeded(DomainError):
    """The call needs a token or a session, and none was sent."""

    code = "sign_in_needed"
    status = 401


class BadToken(DomainError):
    """The token or session sent is unknown, ended or of a disabled account; which of them is not said."""

    code = "bad_token"
    status = 401


class NotPermitted(DomainError):
    """The caller's roles, party or languages do not allow this: `action`."""

    code = "not_permitted"
    status = 403


class LanguageNotPermitted(DomainError):
    """The caller may change the texts of other languages only: `language`."""

    code = "language_not_permitted"
    status = 403


class UnknownParty(DomainError):
    """The profile has no such party: `party`."""

    code = "unknown_party"
    status = 422


class AccountOfAnotherParty(DomainError):
    """An account of this name exists and belongs to another party: `name`."""

    code = "account_of_another_party"
    status = 409


class AccountExists(DomainError):
    """There is an account of this name already: `name`."""

    code = "account_exists"
    status = 409


class AccountIsDisabled(DomainError):
    """The account may not act until it is enabled: `name`."""

    code = "account_is_disabled"
    status = 409


class IdentityTaken(DomainError):
    """Another account is linked to this identity."""

    code = "identity_taken"
    status = 409


class TokenExceedsAccount(DomainError):
    """A token was asked for what its account does not have: `excess`."""

    code = "token_exceeds_account"
    status = 403


class TooManyTokens(DomainError):
    """The account has as many valid tokens as it may have: `limit`."""

    code = "too_many_tokens"
    status = 409


class ReadOnlyToken(DomainError):
    """The token may only read."""

    code = "read_only_token"
    status = 403


class SessionNeeded(DomainError):
    """Only somebody who is signed in may do this; a token may not."""

    code = "session_needed"
    status = 403


class CrossSiteRequest(DomainError):
    """A browser sent this from a page that is not ours."""

    code = "cross_site_request"
    status = 403


class LoginFailed(DomainError):
    """Name and password do not fit, or the account may not sign in; which of them is not said."""

    code = "login_failed"
    status = 403


class LoginNotOffered(DomainError):
    """The service does not know this way to sign in."""

    code = "login_not_offered"
    status = 404


class SignInBroken(DomainError):
    """The provider's answer is not one to a sign-in that this browser began, or it proves nothing."""

    code = "sign_in_broken"
    status = 403


class IdentityNotLinked(DomainError):
    """Nobody has linked the identity that the provider vouches for to an account."""

    code = "identity_not_linked"
    status = 403


class ProviderUnavailable(DomainError):
    """The provider of identities does not answer as it should."""

    code = "provider_unavailable"
    status = 502


class TooManyAttempts(DomainError):
    """Sign-in was tried too often under this name or from this address: `retry_after`, in seconds."""

    code = "too_many_attempts"
    status = 429


class StaleBase(DomainError):
    """The entry has a later version than the proposal is based on: `base`, `current`."""

    code = "stale_base"
    status = 409


class StaleVersion(DomainError):
    """The text has changed since the editor read it (`If-Match`)."""

    code = "stale_version"
    status = 412


class PreconditionNeeded(DomainError):
    """An edit came without `If-Match`."""

    code = "precondition_needed"
    status = 428


class TransitionNotAllowed(DomainError):
    """The proposal is in a state that knows no such event: `event`, `state`, `allowed`."""

    code = "transition_not_allowed"
    status = 409


class GuardsFailed(DomainError):
    """The event is right for the state, but conditions are not met: `event`, `guards` and `missing`."""

    code = "guards_failed"
    status = 409


class SilenceOver(DomainError):
    """The silence procedure has ended: `number`."""

    code = "silence_over"
    status = 409


class NotAmendable(DomainError):
    """Only an agreed entry can be amended: `ref`, `status`."""

    code = "not_amendable"
    status = 409


class NothingChanged(DomainError):
    """The proposed text is the same as the text it would replace."""

    code = "nothing_changed"
    status = 409


class NumberTaken(DomainError):
    """An entry of this number exists with another text: `number`."""

    code = "number_taken"
    status = 409


class InvalidInput(DomainError):
    """A well-formed request says something that cannot be: `reason`, a code of `texts/faults.py`."""

    code = "invalid_input"
    status = 422


class BadGlossaryFile(DomainError):
    """A file of the glossary folder cannot be read: `file`, `reason`."""

    code = "bad_glossary_file"
    status = 422


class UnreadableFile(DomainError):
    """An imported file as a whole cannot be read: `reason`, a code of `texts/faults.py`, and `line`."""

    code = "unreadable_file"
    status = 422


class ImportRejected(DomainError):
    """Entries of a file were refused, so nothing of it was stored: `count`, `report`."""

    code = "import_rejected"
    status = 422


class BodyTooLarge(DomainError):
    """The request is longer than the service reads: `limit`, in bytes."""

    code = "body_too_large"
    status = 413


class UnsupportedMediaType(DomainError):
    """The body is said to be of another type than the address takes: `expected`."""

    code = "unsupported_media_type"
    status = 415


class NotAcceptable(DomainError):
    """The entry is not to be had in the form asked for: `offered`."""

    code = "not_acceptable"
    status = 406


class IdempotencyKeyReused(DomainError):
    """The Idempotency-Key came before with another request."""

    code = "idempotency_key_reused"
    status = 422


class DemonstrationFailed(DomainError):
    """A call of the demonstration was refused: `call`, `detail`."""

    code = "demonstration_failed"
    status = 500


class DatabaseBusy(DomainError):
    """Another writer held the database for too long."""

    code = "database_busy"
    status = 503


class NotReady(DomainError):
    """The service cannot work yet: `reason`, a code of `texts/faults.py`."""

    code = "not_ready"
    status = 503
