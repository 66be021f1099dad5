"""Prints a spreadsheet as openpyxl reads it: sheets with their rows, links, filters and frozen cells, as JSON.

`--as-written` takes text as it stands in the file: LibreOffice 7.4 understands the escapes of ECMA-376 and writes none.
"""

import json
import sys

from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

as_written = "--as-written" in sys.argv


def value(cell):
    """A cell as a spreadsheet shows it: openpyxl leaves the escapes of ECMA-376, 22.9.2.19 (ST_Xstring) to us."""
    if isinstance(cell, str):
        return cell if as_written else unescape(cell)
    return cell.isoformat() if hasattr(cell, "isoformat") else cell


book = load_workbook(sys.argv[1])
sheets = []
for sheet in book.worksheets:
    rows = [[value(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    links = {cell.coordinate: cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    quoted = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.quotePrefix]
    formulas = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    sheets.append(
        {
            "name": sheet.title,
            "rows": rows,
            "links": links,
            "quoted": quoted,
            "formulas": formulas,
            "frozen": sheet.freeze_panes,
            "filter": sheet.auto_filter.ref,
        }
    )
json.dump(sheets, sys.stdout)
