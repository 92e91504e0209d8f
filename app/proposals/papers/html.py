"""A paper as one HTML page that needs nothing beside it."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.proposals.papers.paper import Paper

MEDIA_TYPE = "text/html; charset=utf-8"

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


def write(paper: Paper) -> str:
    """The page."""
    return _ENVIRONMENT.get_template("paper.html").render(paper=paper)
