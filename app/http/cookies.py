"""Cookies: of somebody who signed in, of somebody about to, and of a reader who asked that a choice be kept."""

from dataclasses import dataclass

from fastapi import Request, Response

from app.settings import Settings


@dataclass(frozen=True)
class Cookie:
    """A cookie that scripts do not see and other sites do not send along with a form."""

    name: str

    def name_for(self, settings: Settings) -> str:
        """Over TLS with a prefix that lets browsers take it from this very host only, not from beside it."""
        return f"__Host-{self.name}" if settings.is_behind_tls else self.name

    def sent(self, request: Request, settings: Settings) -> str | None:
        """What the browser sent."""
        return request.cookies.get(self.name_for(settings))

    def give(self, response: Response, settings: Settings, value: str, seconds: int) -> None:
        """Let the browser keep it for so long."""
        response.set_cookie(
            self.name_for(settings),
            value,
            max_age=seconds,
            path="/",
            secure=settings.is_behind_tls,
            httponly=True,
            samesite="lax",
        )

    def take_back(self, response: Response, settings: Settings) -> None:
        """Let the browser forget it."""
        self.give(response, settings, "", 0)


SESSION = Cookie("session")
SIGN_IN = Cookie("sign-in")
"""What ties the way to the provider and back to one browser."""
READING = Cookie("reading")
"""The language and the order of the columns, for readers who asked to have them remembered: `fr.ru-fr-en`."""
