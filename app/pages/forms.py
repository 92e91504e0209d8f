"""Forms of pages: taken from our own pages only, and given back as they were typed when something is wrong."""

from dataclasses import dataclass, field
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import Depends, Request

from app.errors import BodyTooLarge, UnsupportedMediaType
from app.http.same_site import refuse_other_sites

MOST_FIELDS = 2_000
MEDIA_TYPE = "application/x-www-form-urlencoded"


@dataclass
class Form:
    """What somebody typed, and what is wrong with it. The `field` macro shows both, so nothing is lost."""

    values: dict[str, list[str]] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    """Sentences in the reader's language, by field."""

    def value(self, name: str) -> str:
        """What was typed into a field; nothing if it was not there."""
        return self.values.get(name, [""])[0]

    def all(self, name: str) -> list[str]:
        """What was chosen of a field that takes several."""
        return self.values.get(name, [])


async def own_form(request: Request) -> Form:
    """The form in a request that one of our own pages sent.

    Raises CrossSiteRequest for any other page: browsers say by themselves where a request comes from. Line ends
    are those of Unix, as nobody types the other kind on purpose.
    """
    refuse_other_sites(request, request.app.state.settings.public_url, browser=True)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != MEDIA_TYPE:
        raise UnsupportedMediaType(expected=MEDIA_TYPE)
    body = (await request.body()).decode("utf-8", "replace")
    try:
        values = parse_qs(body, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise BodyTooLarge(limit=MOST_FIELDS) from error
    return Form({name: [text.replace("\r\n", "\n") for text in texts] for name, texts in values.items()})


OwnForm = Annotated[Form, Depends(own_form)]
