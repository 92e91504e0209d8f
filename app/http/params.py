"""Query parameters that several routes share, with their bounds."""

from typing import Annotated

from fastapi import Path, Query
from pydantic import StringConstraints

Limit = Annotated[int, Query(ge=1, le=200, description="At most this many items.")]
Cursor = Annotated[
    str | None, Query(max_length=6000, pattern=r"^[A-Za-z0-9_-]+$", description="`next` of the page before.")
]
Ref = Annotated[
    str,
    Path(
        min_length=1,
        max_length=40,
        pattern=r"^[0-9A-Za-z()-]+$",
        description="The number or id of an entry: `TMD-0017` or `17`.",
    ),
]
DecisionNumber = Annotated[
    str, Path(max_length=32, pattern=r"^[Dd]\([0-9]{4}\)[0-9]{4,9}$", examples=["D(2026)0001"])
]
SubjectCodes = Annotated[
    list[Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,62}$")]],
    Query(max_length=20, description="Only entries of these subject fields; repeatable."),
]
