# SPDX-License-Identifier: GPL-3.0-or-later
"""Fills a blank questionnaire as an office without Casecount would, with another program.
Usage: fill-workbook.py BLANK FILLED"""

import sys

try:
    import openpyxl
except ImportError:
    print("SKIP openpyxl is not installed")
    sys.exit(0)


def main(source, target):
    book = openpyxl.load_workbook(source)
    unlocked = locked = rules = 0
    for sheet in book.worksheets:
        rules += len(sheet.data_validations.dataValidation)
        table, codes = None, {}
        for row in sheet.iter_rows():
            code = row[0].value
            if isinstance(code, str) and code.startswith("#table "):
                table = code[7:]
                codes = {cell.column: cell.value for cell in row[1:] if cell.value}
                continue
            if table is None or not code or str(code).startswith(("@", "#")):
                continue
            for cell in row[1:]:
                if cell.column in codes:
                    unlocked += not cell.protection.locked
                    locked += cell.protection.locked
            if table == "Q7" and code == "girls":
                for cell in row[1:]:
                    if codes.get(cell.column) == "2023|total":
                        cell.value = 12
            if table == "Q9" and code == "?2":
                row[1].value = "Togo"
                for cell in row[1:]:
                    if codes.get(cell.column) == "2023|total":
                        cell.value = 5
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            if row[0].value == "institution":
                row[2].value = "Ministry of Justice"
    print("locked", locked, "unlocked", "some" if unlocked else "none",
          "rules", "some" if rules else "none")
    book.save(target)


main(sys.argv[1], sys.argv[2])
