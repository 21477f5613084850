# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a questionnaire workbook with a reader that is not ours and says what it holds, one line per
fact, for test-independent.c to compare. Usage: check-workbook.py FILE"""

import sys

try:
    import openpyxl
except ImportError:
    print("SKIP openpyxl is not installed")
    sys.exit(0)


def main(path):
    values = openpyxl.load_workbook(path, data_only=True)
    formulas = openpyxl.load_workbook(path)
    meta = {row[0]: row[1] for row in values["_meta"].iter_rows(values_only=True)}
    print("meta", meta["questionnaire"], meta["language"], meta["periods"], meta["blank"])
    print("hidden", values["_meta"].sheet_state)
    n_formulas = n_wrong = n_numbers = n_text = 0
    for sheet in values.worksheets:
        if sheet.sheet_state != "visible":
            continue
        print("sheet", sheet.title, "rtl" if sheet.sheet_view.rightToLeft else "ltr",
              "protected" if sheet.protection.sheet else "open",
              "hidden-column" if sheet.column_dimensions["A"].hidden else "shown-column",
              sheet.page_setup.orientation, sheet.page_setup.fitToWidth or 1,
              sheet.page_setup.fitToHeight)
        table, codes = None, {}
        for row in sheet.iter_rows():
            code = row[0].value
            if isinstance(code, str) and code.startswith("#table "):
                table = code[7:]
                codes = {cell.column: cell.value for cell in row[1:] if cell.value}
                if not sheet.row_dimensions[row[0].row].hidden:
                    print("shown machine row", table)
                continue
            if table is None or not code or code.startswith(("@", "#")):
                continue
            for cell in row[1:]:
                if cell.column not in codes:
                    continue
                formula = formulas[sheet.title][cell.coordinate].value
                if isinstance(formula, str) and formula.startswith("="):
                    n_formulas += 1
                    if add_up(values[sheet.title], formula) != cell.value:
                        n_wrong += 1
                if isinstance(cell.value, (int, float)):
                    n_numbers += 1
                elif cell.value is not None:
                    n_text += 1
                print("cell", table, code, codes[cell.column], cell.value)
    print("formulas", "some" if n_formulas else "none", n_wrong)
    print("numbers", "some" if n_numbers else "none", n_text)


def add_up(sheet, formula):
    """The value of =SUM(A1:A3,B7), computed without any spreadsheet program."""
    total = 0
    for part in formula[len("=SUM("):-1].split(","):
        cells = sheet[part]
        rows = cells if isinstance(cells, tuple) else ((cells,),)
        for row in rows:
            for cell in row if isinstance(row, tuple) else (row,):
                total += cell.value or 0
    return total


main(sys.argv[1])
