"""The first part of the path of every page: `/fr/…`."""

from typing import Any

from starlette.convertors import Convertor, register_url_convertor

from app.languages.codes import LANGUAGES


class _Language(Convertor[Any]):
    """One of the three languages; anything else is no page, and other routes may have it."""

    regex = "|".join(LANGUAGES)

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("language", _Language())

LANGUAGE = "/{language:language}"
