"""What imports through HTTP have in common."""

import pytest

from tests.makers import make_subject_field


@pytest.fixture
def subjects(database) -> None:
    """The subject fields of the contents that are sent."""
    with database.write() as db:
        for code in ("threat", "interception", "command-and-control"):
            make_subject_field(db, code)
