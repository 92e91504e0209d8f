"""Answers that are files: named, compressed if wished, with an entity tag and, if wished, a digest of the bytes.

A file that is streamed is not known before it is sent. Its ETag stands for what it is made of, and the same ETag
means the same bytes. `Repr-Digest` (RFC 9530) is given where it is asked for with `Want-Repr-Digest`: the file is
then made twice, once to compute the digest and once to be sent.
"""

import base64
import hashlib
import re
import zlib
from collections.abc import Callable, Iterator

from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from app.http.etags import PUBLIC, matches
from app.http.media import weight_of

Pieces = Callable[[], Iterator[bytes]]
"""Makes the file, each time from its beginning."""

PIECE = 64 * 1024
_WANTED = re.compile(r"(?:^|,)\s*sha-256\s*=\s*([0-9]+)")
_DEFLATED = frozenset({"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"})
"""Media types that are compressed already."""


def streamed(request: Request, pieces: Pieces, media_type: str, *, etag: str, headers: dict[str, str]) -> Response:
    """The file as it is made; 304 if the reader has it already, and no body to a HEAD."""
    encoded = _is_packed(request, media_type)
    tag = f'"{etag}-gzip"' if encoded else f'"{etag}"'
    sent = {"ETag": tag, "Cache-Control": "no-cache", **headers, **_varied(headers)}
    if matches(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=sent)
    if encoded:
        sent["Content-Encoding"] = "gzip"

    def made() -> Iterator[bytes]:
        return gathered(_gzipped(pieces()) if encoded else pieces())

    if wants_digest(request):
        sent["Repr-Digest"] = digest_of(made())
    # A HEAD asks what there would be, and it is not made for nobody.
    body = iter(()) if request.scope.get("head") else made()
    return StreamingResponse(body, media_type=media_type, headers=sent)


def whole(request: Request, content: bytes, media_type: str, *, headers: dict[str, str]) -> Response:
    """A short file, with its digests."""
    encoded = _is_packed(request, media_type)
    if encoded:
        content = b"".join(_gzipped(iter((content,))))
    sent = {
        "ETag": f'"{hashlib.sha256(content).hexdigest()[:32]}"',
        "Cache-Control": PUBLIC,
        "Content-Digest": digest_of(iter((content,))),
        "Repr-Digest": digest_of(iter((content,))),
        **headers,
        **_varied(headers),
    }
    if encoded:
        sent["Content-Encoding"] = "gzip"
    if matches(request.headers.get("if-none-match"), sent["ETag"]):
        unchanged = {
            name: value for name, value in sent.items() if name not in ("Content-Encoding", "Content-Digest")
        }
        return Response(status_code=304, headers=unchanged)
    return Response(content, headers=sent, media_type=media_type)


def attachment(name: str) -> dict[str, str]:
    """The header by which a browser saves an answer under a name of ASCII letters."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def digest_of(pieces: Iterator[bytes]) -> str:
    """The value of a digest header: `sha-256=:…:`"""
    computed = hashlib.sha256()
    for piece in pieces:
        computed.update(piece)
    return f"sha-256=:{base64.b64encode(computed.digest()).decode()}:"


def wants_digest(request: Request) -> bool:
    """Whether the reader asks for the digest of what is sent."""
    found = _WANTED.search(request.headers.get("want-repr-digest", ""))
    return found is not None and int(found[1]) > 0


def gathered(pieces: Iterator[bytes], size: int = PIECE) -> Iterator[bytes]:
    """The same bytes in pieces worth sending; the first one at once."""
    held: list[bytes] = []
    length = 0
    first = True
    for piece in pieces:
        held.append(piece)
        length += len(piece)
        if (first and length) or length >= size:
            yield b"".join(held)
            held, length, first = [], 0, False
    if length:
        yield b"".join(held)


def _gzipped(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same compressed, without a time in it: the same file is the same bytes."""
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    for piece in pieces:
        yield packer.compress(piece)
    yield packer.flush()


def _is_packed(request: Request, media_type: str) -> bool:
    """Whether the reader takes the file compressed."""
    accepted = request.headers.get("accept-encoding", "")[:1000]
    return media_type not in _DEFLATED and weight_of("gzip", accepted) > 0


def _varied(headers: dict[str, str]) -> dict[str, str]:
    return {"Vary": ", ".join(filter(None, [headers.get("Vary", ""), "Accept-Encoding"]))}
