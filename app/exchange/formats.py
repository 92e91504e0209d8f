"""The exchange formats by name."""

from typing import Literal

from app.exchange import csv_reader, csv_table, tbx, tbx_reader, tbx_v2
from app.exchange.records import Format

FormatName = Literal["tbx", "tbx-v2", "csv"]

FORMATS: dict[str, Format] = {
    format_.name: format_
    for format_ in (
        Format("tbx", "application/x-tbx", ".tbx", tbx.write, tbx_reader.read, tbx.LOSSES),
        # Both TBX formats read both editions: a file rarely says which one it is in its name.
        Format("tbx-v2", "application/x-tbx", ".tbx", tbx_v2.write, tbx_reader.read, tbx_v2.LOSSES),
        Format("csv", "text/csv; charset=utf-8", ".csv", csv_table.write, csv_reader.read, csv_table.LOSSES),
    )
}
