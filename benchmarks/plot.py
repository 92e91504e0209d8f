"""A picture of how long questions take by the number of entries: one panel an engine, both axes logarithmic."""

from collections.abc import Sequence
from math import ceil, floor, log10
from pathlib import Path
from xml.sax.saxutils import escape

PICTURE = Path(__file__).parent.parent / "docs" / "performance.svg"

Curve = list[tuple[int, float]]
"""Microseconds by number of entries."""

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}

WIDTH, HEIGHT = 470, 360
"""Of a panel."""
LEFT, RIGHT, TOP, BOTTOM = 70, 170, 40, 50
LINE = 15
"""Between two labels."""
# Told apart in grey and by people who confuse colours; each line has its name beside it as well.
COLOURS = ("#000000", "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#2a7fb8", "#a66b00", "#7f3c8d", "#666666")


def picture(curves: dict[str, Curve]) -> str:
    """The curves, named «kind · engine», as SVG."""
    engines = list(dict.fromkeys(name.partition(" · ")[2] for name in curves))
    panels = [engine for engine in engines if engine in NAMES]
    kinds = list(dict.fromkeys(name.partition(" · ")[0] for name in curves))
    low = floor(log10(min(time for curve in curves.values() for _, time in curve)))
    high = ceil(log10(max(time for curve in curves.values() for _, time in curve)))
    drawn = []
    for number, engine in enumerate(panels):
        lines = [(kind, COLOURS[kinds.index(kind) % len(COLOURS)], curves[f"{kind} · {engine}"]) for kind in kinds]
        if number == 0:
            # What is no engine of ours stands beside the first of them, as the limit.
            lines += [
                (name.partition(" · ")[2], "#999999", curve) for name, curve in curves.items() if not _ours(name)
            ]
        drawn.append(_panel(engine, number * WIDTH, lines, (low, high)))
    width = WIDTH * len(panels)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" font-family="sans-serif"'
        f' font-size="11">\n<title>Microseconds to answer a question, by the number of entries</title>\n'
        f'<rect width="{width}" height="{HEIGHT}" fill="#ffffff"/>\n{"".join(drawn)}</svg>\n'
    )


def _ours(name: str) -> bool:
    return name.partition(" · ")[2] in NAMES


def _panel(engine: str, x: int, lines: Sequence[tuple[str, str, Curve]], range_: tuple[int, int]) -> str:
    sizes = sorted({size for _, _, curve in lines for size, _ in curve})
    pieces = [
        f'<g transform="translate({x} 0)">\n',
        _text(LEFT, TOP - 18, f"{NAMES[engine]}: p50, µs", weight="bold"),
    ]
    for exponent in range(range_[0], range_[1] + 1):
        y = _y(10.0**exponent, range_)
        pieces.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#dddddd"/>\n')
        pieces.append(
            _text(LEFT - 6, y + 4, f"{10**exponent:,}" if exponent >= 0 else f"{10.0**exponent:g}", "end")
        )
    pieces += (_text(_x(size, sizes), HEIGHT - BOTTOM + 18, f"{size:,}", "middle") for size in sizes)
    pieces.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, "entries", "middle"))
    labels = _spread([(_y(curve[-1][1], range_), kind, colour) for kind, colour, curve in lines])
    for _, colour, curve in lines:
        points = " ".join(f"{_x(size, sizes):.1f},{_y(time, range_):.1f}" for size, time in curve)
        pieces.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.8"/>\n')
        pieces += (
            f'<circle cx="{p.split(",")[0]}" cy="{p.split(",")[1]}" r="2.5" fill="{colour}"/>\n'
            for p in points.split()
        )
    pieces += (_text(WIDTH - RIGHT + 8, y + 4, kind, colour=colour) for y, kind, colour in labels)
    return "".join(pieces) + "</g>\n"


def _spread(labels: list[tuple[float, str, str]]) -> list[tuple[float, str, str]]:
    """The labels from the top down, pushed apart where they would overlap."""
    ordered = sorted(labels)
    places = [y for y, _, _ in ordered]
    for _ in range(len(places) ** 2):
        for place in range(len(places) - 1):
            if (missing := LINE - (places[place + 1] - places[place])) > 0:
                places[place] -= missing / 2
                places[place + 1] += missing / 2
    return [(y, kind, colour) for y, (_, kind, colour) in zip(places, ordered, strict=True)]


def _x(size: int, sizes: Sequence[int]) -> float:
    if len(sizes) == 1:
        return (LEFT + WIDTH - RIGHT) / 2
    share = (log10(size) - log10(sizes[0])) / (log10(sizes[-1]) - log10(sizes[0]))
    return LEFT + 12 + share * (WIDTH - RIGHT - LEFT - 24)


def _y(time: float, range_: tuple[int, int]) -> float:
    share = (log10(time) - range_[0]) / (range_[1] - range_[0])
    return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP)


def _text(
    x: float, y: float, text: str, anchor: str = "start", *, colour: str = "#333333", weight: str = "normal"
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" font-weight="{weight}">'
        f"{escape(text)}</text>\n"
    )
