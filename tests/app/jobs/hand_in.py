# SPDX-License-Identifier: GPL-3.0-or-later
"""Answering a questionnaire and exporting its workbook."""
import os
import re

import driver
from . import books


def open_answer(desk, check):
    desk.go(6, "CcQuestionnairesPage")
    row = driver.wait_for(lambda: next(
        (node for node in driver.nodes(desk.app, "list item") if any(
            "ECOWAS" in (part.get_name() or "") for part in driver.walk(node))), None),
        "the questionnaire")
    driver.point(row)
    desk.find("filler", "CcAnswerView")
    told = [*desk.plurals("Checks: %u error", "Checks: %u errors"),
            *desk.plurals("Checks: %u warning", "Checks: %u warnings"),
            desk.like("Checks: no errors, no warnings")]
    driver.wait_for(lambda: any(desk.there("push button", name) for name in told), "the checks")
    check(True, "the answer was counted")


def type_cover(desk):
    """The first box of the cover, kept when the focus leaves it."""
    form = desk.find("filler", "CcFormView")
    entry = driver.wait_for(lambda: next(driver.nodes(form, "text"), None), "the boxes of the cover")
    driver.point(entry)
    driver.press("ctrl+a")
    driver.type_text("Afi Mensah")
    driver.press("Tab")


def export(desk, check, name="answer.xlsx"):
    """Returns: the path of the workbook, its first and last year."""
    path = desk.path(name)
    button = desk.find("push button", desk.like("Years, language and audience: %s"))
    years = [int(year) for year in re.findall(r"\d{4}", button.get_name())][:2]
    driver.press("ctrl+e")
    driver.wait_for(lambda: desk.window("Export Workbook") or desk.there(None, "_Export Anyway"),
                    "the dialog for the workbook")
    if not desk.window("Export Workbook"):
        desk.button("_Export Anyway")
    desk.choose_file("Export Workbook", path)
    driver.wait_for(lambda: desk.there(None, "Workbook Written"), "the word that it is written", 60)
    desk.button("_Close")
    check(os.path.exists(path), f"the workbook is there, for the years {years}")
    return path, years


def compare(desk, check, case_file, path, years):
    """The same questionnaire from the same file by the command."""
    language = desk.catalogue.pgettext("language of the data", "en")
    other = desk.path("command.xlsx")
    desk.run_cli("questionnaire", case_file, "--id", "ecowas-tip", "--years",
                 f"{years[0]}-{years[-1]}", "--lang", language, "--out", other)
    found = books.differences(path, other)
    n_cells = sum(len(cells) for cells in books.read(path).values())
    check(n_cells > 200, f"the workbook has {n_cells} cells")
    check(not found, f"it is cell by cell what the command writes {found[:5]}")
    different = books.different_parts(path, other)
    check(not different, f"and part by part {different}")


def run(desk, check):
    case_file = desk.make_demo(60)
    desk.start(case_file)
    desk.unlock()
    open_answer(desk, check)
    type_cover(desk)
    path, years = export(desk, check)
    desk.stop()
    check(any(value == "Afi Mensah" for cells in books.read(path).values()
              for value in cells.values()), "what was typed on the cover stands in it")
    compare(desk, check, case_file, path, years)
