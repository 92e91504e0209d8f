"""docs/linter.md says what the linter does."""

from tests.docs.linter_table import PAGE, renewed


def test_the_table_of_checks_is_that_of_the_code() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == renewed(page), "run: .venv/bin/python -m tests.docs.linter_table"
