# SPDX-License-Identifier: GPL-3.0-or-later
"""Entering one case by hand."""
import re

import driver
from gi.repository import Atspi

FAMILY, GIVEN = "Mensah", "Akossiwa"


def fill(desk, agency):
    """The questions of a victim that come first, by keys from one to the next."""
    stated = desk.find("combo box", "Stated by")
    driver.point(stated)
    driver.type_text(agency[:12])
    driver.press("Return")
    for question, text in ((desk.text_of("variable", "X_VI_ID_FAMILY"), FAMILY),
                           (desk.text_of("variable", "X_VI_ID_GIVEN"), GIVEN)):
        driver.point(driver.find(desk.app, "text", question))
        driver.type_text(text)
    sex = desk.code_label("SEX", "F")
    driver.point(driver.find(desk.app, "check box", sex))
    for question, text in ((desk.text_of("variable", "VI05"), "2004-05-17"),
                           (desk.text_of("variable", "VI19"), "2024-03-02")):
        driver.point(driver.find(desk.app, "text", question))
        driver.type_text(text)
        driver.press("Tab")


def enter(desk, check, agency):
    desk.go(2, "CcCasesPage")
    driver.press("ctrl+n")
    desk.find("filler", "CcCaseEditor")
    fill(desk, agency)
    save = desk.find("push button", re.compile(re.escape(desk.text("_Save")) + "$"))
    driver.wait_for(lambda: driver.has(save, Atspi.StateType.SENSITIVE), "the case to be complete")
    # Whoever is quick goes back before the case is in the file and the form is read anew.
    driver.press("ctrl+s", "alt+Left")
    desk.find("tree table", "Records")
    driver.press("ctrl+f")
    driver.type_text(FAMILY + " " + GIVEN)
    row = driver.find(desk.app, "table row", re.compile(f"{FAMILY}.*{GIVEN}|{GIVEN}.*{FAMILY}"))
    check("2024" in row.get_name(), f"the list has it: {row.get_name()}")


def run(desk, check):
    path = desk.path("empty.casecount")
    desk.run_cli("new", path, "--country", "BEN", "--practice")
    desk.run_cli("entity", path, "add", "police", "--name", "Central police", "--type", "POL")
    desk.start(path)
    desk.unlock()
    enter(desk, check, "Central police")
    desk.stop()
    units = desk.run_cli("info", path)["units"]
    check(units.get("victim") == 1, f"one victim is in the file: {units}")
