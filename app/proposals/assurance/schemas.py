"""What the API takes for discrepancies."""

from typing import Annotated

from pydantic import Field

from app.entries.text import Passage
from app.languages.codes import LanguagePair
from app.proposals.assurance.tables import Gravity
from app.proposals.inputs import Element, Input


class NewDiscrepancy(Input):
    """Two of the texts do not say the same."""

    pair: LanguagePair
    element: Annotated[Element, Field(min_length=1)] = Field(
        description="The field in which they differ, such as `definition`.", examples=["definition"]
    )
    gravity: Gravity
    text: Passage


class Settlement(Input):
    resolution: Passage
