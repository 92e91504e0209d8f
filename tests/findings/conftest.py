"""What proposals need to be there."""

from tests.proposals.conftest import subject_field

__all__ = ["subject_field"]
