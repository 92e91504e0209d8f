"""What proposals need to be there."""

import pytest

from tests.makers import make_subject_field


@pytest.fixture
def subject_field(database) -> None:
    """The subject field of the contents that `tests.makers` makes."""
    with database.write() as db:
        make_subject_field(db)
