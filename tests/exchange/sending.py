"""Sending files to the service."""

from typing import Any

import httpx

from app.entries.content import EntryContent
from tests.api import Api
from tests.exchange.makers import make_record, written

INITIAL_LOAD = {"as": "initial-load"}


def send_file(api: Api, token: str | None, data: bytes, format_: str = "csv", **params: Any) -> httpx.Response:
    headers = params.pop("headers", {})
    query = {"format": format_, **params}
    return api.post("/v1/import", token, params=query, content=data, headers=headers)


def a_file(*contents: EntryContent, format_: str = "csv", first: int = 500) -> bytes:
    """A file with these contents, numbered from 500 on."""
    records = [make_record(text, f"TMD-{number:04d}") for number, text in enumerate(contents, first)]
    return written(format_, *records)
