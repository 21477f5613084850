# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the workbook of a chart with a reader that is not ours and says which native chart it holds and
which numbers it is drawn from, one line per fact. Usage: check-figure.py FILE"""

import sys
import warnings

try:
    import openpyxl
    from openpyxl.utils.cell import range_boundaries
except ImportError:
    print("SKIP openpyxl is not installed")
    sys.exit(0)


def values_of(book, reference):
    sheet, cells = reference.replace("'", "").replace("$", "").rsplit("!", 1)
    first_column, first_row, last_column, last_row = range_boundaries(cells)
    return [book[sheet].cell(row, column).value for row in range(first_row, last_row + 1)
            for column in range(first_column, last_column + 1)]


def main(path):
    warnings.simplefilter("ignore")
    values = openpyxl.load_workbook(path, data_only=True)
    book = openpyxl.load_workbook(path)
    print("sheets", *[sheet.sheet_state for sheet in book.worksheets])
    first = values.worksheets[0]
    print("stamped", "TRAINING" in str(first["A1"].value))
    for chart in book.worksheets[0]._charts:
        print("chart", type(chart).__name__, chart.grouping, len(chart.series))
        for series in chart.series:
            name = values_of(values, series.tx.strRef.f)[0]
            names = values_of(values, (series.cat.strRef or series.cat.numRef).f)
            figures = values_of(values, series.val.numRef.f)
            print("series", name, "|", *[f"{a}={b}" for a, b in zip(names, figures)])


main(sys.argv[1])
