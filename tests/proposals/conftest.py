"""What proposals need to be there."""

import pytest
from sqlalchemy.orm import Session

from tests.makers import make_subject_field
from tests.proposals.group import Group


@pytest.fixture
def subject_field(database) -> None:
    """The subject field of the contents that `tests.makers` makes."""
    with database.write() as db:
        make_subject_field(db)


@pytest.fixture
def group(db: Session) -> Group:
    """The example working group, with the subject field of its texts."""
    make_subject_field(db)
    return Group(db)
