"""Builds the application: settings, layers around it, error handlers, routes. No logic."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path

from anyio import CapacityLimiter
from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from starlette.types import Receive, Scope, Send

from app import migrating, tables
from app.accounts.passwords import Passwords
from app.accounts.signing import Signing
from app.accounts.uses import TokenUses, written_now_and_then
from app.audit import routes as audit
from app.background import repeating
from app.db import Database
from app.entries import changes
from app.entries import routes as entries
from app.entries import statement_routes as statements
from app.entries.approval import routes as approval
from app.entries.indexing.state import keys_are_current
from app.exchange import export_routes as exports
from app.exchange import import_routes
from app.exchange import routes as exchange
from app.feeds import routes as feeds
from app.findings import routes as findings
from app.http import health, openapi, problems
from app.http.bodies import BodyLimit
from app.http.cache import Answers, PublicReads
from app.http.envelope import Envelope
from app.http.hot import HotReads
from app.http.page_addresses import PREFIXES
from app.http.settling import Settling
from app.http.threads import Threads
from app.login import provider_routes, token_routes
from app.login import routes as login
from app.login.identities import Client
from app.pages import about, browsing, decision, discovery, entry, history, start
from app.pages import search as search_pages
from app.pages.errors import error_page
from app.pages.static_files import KeptFiles
from app.pages.working import account, acting, board, proposal, signing_in, silences, writing
from app.pages.working import meetings as meeting_pages
from app.pages.working.access import SignInFirst, to_sign_in
from app.profile import read_profile
from app.proposals import finding_routes as proposal_findings
from app.proposals import routes as proposals
from app.proposals.assurance import routes as assurance
from app.proposals.deadlines import routes as deadlines_to_come
from app.proposals.discussion import routes as discussion
from app.proposals.due import Deadlines
from app.proposals.meetings import routes as meetings
from app.proposals.papers import routes as papers
from app.proposals.positions import routes as positions
from app.proposals.silence import routes as silence
from app.search import routes as search
from app.search.schemas import MOST_BYTES
from app.settings import Settings
from app.webhooks import routes as webhooks
from app.webhooks.delivering import deliver_due

__all__ = ["create_app", "tables"]

ROUTES = (
    search,
    entries,
    approval,
    statements,
    findings,
    changes,
    feeds,
    exchange,
    exports,
    import_routes,
    proposals,
    proposal_findings,
    positions,
    assurance,
    discussion,
    silence,
    meetings,
    papers,
    deadlines_to_come,
    audit,
    webhooks,
    login,
    token_routes,
    provider_routes,
    health,
)
PAGES = (
    start,
    entry,
    history,
    browsing,
    decision,
    about,
    discovery,
    signing_in,
    account,
    board,
    writing,
    proposal,
    acting,
    silences,
    meeting_pages,
)

DESCRIPTION = """
Theatre missile defence terms in English, French and Russian: look-up, proposal, agreement, interchange.

Reading needs no token. Every error is `application/problem+json` with a stable `code`, in the language
that Accept-Language asks for (en, fr, ru). Lists are paged by `cursor`; edits of proposals need `If-Match`.
"""


class Service(FastAPI):
    """FastAPI behind the answers that it has given already."""

    def keep_answers(self, answers: Answers, database: Database, deadlines: Deadlines) -> None:
        """Send answers again while nothing has changed, before any layer of FastAPI is asked."""
        self.state.answers = answers
        self._reads = PublicReads(
            super().__call__, answers=answers, database=database, may_be_due=deadlines.may_be_due
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._reads(scope, receive, send)


def create_app(settings: Settings | None = None, database: Database | None = None) -> FastAPI:
    """The service, ready to be served. Settings come from the environment unless they are given."""
    settings = settings or Settings()
    app = Service(
        title="Compendium of theatre missile defence terms",
        description=DESCRIPTION,
        version=version("compendium"),
        lifespan=_lifespan,
        responses={},
        # Theirs load scripts from elsewhere; /docs leads to a page of our own.
        docs_url=None,
        redoc_url=None,
    )
    app.state.settings = settings
    app.state.profile = read_profile(settings.profile_path)
    app.state.database = database or Database.connect(settings)
    app.state.threads = Threads(settings.threads_for_short_reads)
    app.state.schema = migrating.head()
    deadlines = Deadlines(app.state.database, app.state.profile)
    app.state.deadlines = deadlines
    _prepare_sign_in(app, settings)
    app.state.keys_are_current = keys_are_current
    problems.install(app)
    app.add_exception_handler(SignInFirst, to_sign_in)
    app.state.error_page = error_page
    for module in (*ROUTES, *PAGES):
        app.include_router(module.router)
    app.include_router(search_pages.hot)
    app.mount("/static", KeptFiles(directory=Path(start.__file__).parent / "static"))
    openapi.install(app)
    app.add_middleware(HotReads, routes=[*search.hot.routes, *search_pages.hot.routes])
    told = ("/v1/", "/id/", "/opensearch/", "/sitemap", *PREFIXES)
    app.add_middleware(Settling, may_be_due=deadlines.must_ask, settle=deadlines.settle, told=told)
    own_limits = {"/v1/import": settings.max_import, "/v1/lookup": MOST_BYTES}
    app.add_middleware(BodyLimit, limit=settings.max_body, limits=own_limits)
    app.add_middleware(Envelope, is_behind_tls=settings.is_behind_tls)
    # Outermost, so that the pages of other origins can read failures as well.
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET"],
        allow_headers=["Authorization", "If-None-Match", "Want-Repr-Digest"],
        expose_headers=[
            "Compendium-Losses",
            "Content-Disposition",
            "Content-Digest",
            "ETag",
            "Link",
            "Repr-Digest",
            "X-Request-ID",
        ],
    )
    app.keep_answers(Answers(settings.cache_bytes), app.state.database, deadlines)
    return app


def _prepare_sign_in(app: FastAPI, settings: Settings) -> None:
    database: Database = app.state.database
    app.state.token_uses = TokenUses(database.clock)
    app.state.signing = Signing(database, settings.session_secret)
    app.state.passwords = Passwords()
    app.state.login_turns = CapacityLimiter(login.AT_ONCE)
    app.state.provider_turns = CapacityLimiter(provider_routes.AT_ONCE)
    app.state.provider = None
    if settings.oidc_issuer and settings.oidc_client_id and settings.oidc_client_secret:
        # What it stands on takes 13 MB, which only those pay who have one.
        from app.login.provider import Provider

        secret = settings.oidc_client_secret.get_secret_value()
        back = f"{settings.public_url}/v1/login/oidc/callback"
        client = Client(settings.oidc_issuer, settings.oidc_client_id, secret, back)
        app.state.provider = Provider(client, database.clock)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    # Each thread may hold a connection, so there are as many of the one as of the other.
    deadlines: Deadlines = app.state.deadlines
    settings: Settings = app.state.settings
    current_default_thread_limiter().total_tokens = settings.threads - settings.threads_for_short_reads
    database: Database = app.state.database
    # What was made until now lives as long as the process, and need not be looked through for what does not.
    gc.collect()
    gc.freeze()
    async with (
        repeating(lambda _go_on: deadlines.settle(), seconds=settings.tick_seconds, name="deadlines"),
        repeating(
            lambda go_on: deliver_due(database, settings, go_on), seconds=settings.webhook_seconds, name="webhooks"
        ),
        written_now_and_then(app.state.token_uses, database),
    ):
        yield
    app.state.database.dispose()
