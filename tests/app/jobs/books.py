# SPDX-License-Identifier: GPL-3.0-or-later
"""Workbooks, read by another program than the one that wrote them."""
import re
import zipfile

import openpyxl

# When a workbook was made, in its properties and where it is told on a sheet.
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ|\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?")


def read(path):
    """Returns: {sheet: {place: value}}"""
    book = openpyxl.load_workbook(path)
    return {sheet.title: {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row
                          if cell.value is not None} for sheet in book.worksheets}


def same_value(one, other):
    return MOMENT.sub("", str(one)) == MOMENT.sub("", str(other)) and type(one) is type(other)


def differences(one, other):
    """Cells that two workbooks do not agree on, but for the moment they were made."""
    first, second = read(one), read(other)
    found = [] if list(first) == list(second) else [f"sheets {list(first)} and {list(second)}"]
    for sheet in first.keys() & second.keys():
        for place in sorted(first[sheet].keys() | second[sheet].keys()):
            values = first[sheet].get(place), second[sheet].get(place)
            if not same_value(*values):
                found.append(f"{sheet}!{place}: {values[0]!r} and {values[1]!r}")
    return found


def parts(path):
    with zipfile.ZipFile(path) as file:
        return {name: MOMENT.sub("", file.read(name).decode("utf-8", "replace"))
                for name in file.namelist()}


def different_parts(one, other):
    first, second = parts(one), parts(other)
    return sorted(name for name in first.keys() | second.keys()
                  if first.get(name) != second.get(name))
