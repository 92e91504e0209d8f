"""TBX as others write it, in pieces to put together."""

from app.entries.content import EntryContent
from app.exchange.records import Incoming
from tests.exchange.makers import read

SUBJECT = '<descrip type="subjectField">threat</descrip>'


def v3(*entries: str, language: str = "en", style: str = "dca") -> str:
    return (
        f'<tbx xmlns="urn:iso:std:iso:30042:ed-2" type="TBX-Basic" style="{style}" xml:lang="{language}">'
        f"<tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader><text><body>\n"
        + "\n".join(entries)
        + "</body></text></tbx>"
    )


def v2(*entries: str, language: str = "en") -> str:
    return (
        f'<martif type="TBX" xml:lang="{language}"><martifHeader><fileDesc><sourceDesc><p>x</p></sourceDesc>'
        "</fileDesc></martifHeader><text><body>\n" + "\n".join(entries) + "</body></text></martif>"
    )


def concept(*parts: str) -> str:
    return f'<conceptEntry id="c1">{SUBJECT}{"".join(parts)}</conceptEntry>'


def section(language: str, *parts: str) -> str:
    return f'<langSec xml:lang="{language}">{"".join(parts)}</langSec>'


def term(text: str, *parts: str, status: str = "preferredTerm-admn-sts") -> str:
    status = f'<termNote type="administrativeStatus">{status}</termNote>' if status else ""
    return f"<termSec><term>{text}</term>{status}{''.join(parts)}</termSec>"


def only(data: str, format_: str = "tbx") -> Incoming:
    (incoming,) = read(format_, data)
    return incoming


def content(data: str, format_: str = "tbx") -> EntryContent:
    incoming = only(data, format_)
    assert incoming.faults == ()
    assert incoming.content is not None
    return incoming.content
