"""What the linter says of the public entries, over HTTP."""

from fastapi import APIRouter, Request, Response

from app.entries.queries import entry_of
from app.errors import NotFound
from app.findings.operations import remarks_on_entry
from app.findings.presenting import findings_out
from app.findings.schemas import FindingList
from app.http.deps import ReadDb
from app.http.etags import reply
from app.http.locale import ReaderLanguage
from app.http.params import Ref
from app.http.problems import problems

router = APIRouter(prefix="/v1", tags=["entries"])


@router.get(
    "/entries/{ref}/findings",
    response_model=FindingList,
    responses=problems(NotFound),
    summary="What the linter says of an entry",
)
def list_findings(request: Request, db: ReadDb, ref: Ref, language: ReaderLanguage) -> Response:
    """Remarks on the public text, the gravest first, with the answers that were given to warnings."""
    remarks = remarks_on_entry(db, entry_of(db, ref))
    return reply(request, findings_out(remarks, language), headers={"Vary": "Accept-Language"})
