# SPDX-License-Identifier: GPL-3.0-or-later
"""Looking at charts and tables, and saving them."""
import os
import re

import driver
from . import books


def open_first(desk, check):
    """The first chart of the gallery."""
    desk.go(5, "CcTablesPage")
    card = driver.wait_for(lambda: next(driver.nodes(desk.app, "table cell"), None), "a chart")
    title = card.get_name()
    driver.point(card, 2)
    desk.find("filler", "CcFigureView")
    picture = driver.find(desk.app, "image", title)
    check(len(picture.get_description() or "") > 40, f"the chart tells what it shows: {title}")
    return title


def save(desk, check, item, name):
    path = desk.path(name)
    desk.menu("Save or Copy", item)
    desk.choose_file("Save a Copy", path)
    driver.wait_for(lambda: os.path.exists(path) and os.path.getsize(path) > 0, f"the file {name}")
    check(True, f"{name} was saved")
    return path


def save_picture(desk, check):
    with open(save(desk, check, "Picture, _PNG…", "chart.png"), "rb") as file:
        check(file.read(8) == b"\x89PNG\r\n\x1a\n", "it is a picture")


def run(desk, check):
    path = desk.make_demo(60)
    desk.start(path)
    desk.unlock()
    title = open_first(desk, check)
    save_picture(desk, check)
    driver.press("ctrl+t")
    cells = driver.wait_for(lambda: list(driver.nodes(desk.app, "table cell",
                                                      re.compile(r": \d+$"))), "the table")
    check(len(cells) >= 20, f"the chart's table is read cell by cell: {cells[0].get_name()}")
    sheet = books.read(save(desk, check, "_Workbook for Excel…", "table.xlsx"))
    texts = {value for cells in sheet.values() for value in cells.values()}
    check(any(isinstance(value, (int, float)) for value in texts), "the workbook has figures")
    check(any(title in str(value) for value in texts), "and the title of the chart")
