# SPDX-License-Identifier: GPL-3.0-or-later
"""Importing the spreadsheets of agencies."""
import os
import re

import driver


def add_agency(desk, name, kind):
    """The sender of the file in hand, where the case file does not know it."""
    desk.row("Sender")
    driver.wait_for(lambda: desk.window("New Agency") or desk.window("Sender"),
                    "the choice of agencies")
    if not desk.window("New Agency"):
        desk.button("_New Agency…")
        driver.wait_for(lambda: desk.window("New Agency"), "the dialog for an agency")
    desk.write_into("Name", name)
    desk.choose("Kind", desk.code_label("RETYPE", kind))
    desk.button("_Add")
    # A window that is just going is not asked about what is in it: GTK 4.8 may fall over that.
    driver.wait_for(lambda: not desk.window("New Agency"), "the dialog to close")
    driver.find(desk.app, "label", name)


def answer_values(desk, answers):
    """Says what a text means, for the lines marked with a question: [(text, what to type)]."""
    for said, meaning in answers:
        line = re.compile("^" + re.escape(said) + ": .*" + desk.like("%s? Please choose.").pattern)
        while desk.there("list item", line):
            before = len(list(driver.nodes(desk.app, "list item", line)))
            driver.point(driver.find(desk.app, "list item", line))
            desk.find("entry", "Type a few letters")
            driver.type_text(meaning)
            driver.press("Return")
            driver.wait_for(lambda: len(list(driver.nodes(desk.app, "list item", line))) < before,
                            f"the answer for {said}")


def queue(desk, path):
    desk.button("_Choose Files…")
    desk.choose_file("Choose Spreadsheets", path)
    parts = desk.catalogue.gettext("%s: %s").split("%s")
    row = re.compile("^" + re.escape(parts[0] + os.path.basename(path) + parts[1]))
    driver.wait_for(lambda: desk.there("list item", row), "the file in the queue")
    return row


def import_file(desk, check, entity, use_map=True, answers=()):
    """One file from the queue to the delivery. entity: as `practice` tells of it."""
    driver.point(driver.find(desk.app, "list item", queue(desk, entity["path"])))
    desk.find("list item", desk.begins("Sender"))
    # Keys for letters of other alphabets are not on every keyboard.
    name = entity["name"] if entity["name"].isascii() else entity["entity"].capitalize()
    add_agency(desk, name, entity["type"])
    if use_map and desk.there("list item", "Use the Answers Kept Beside the File"):
        driver.click(driver.find(desk.app, "check box",
                                 desk.begins("Use the answers kept beside the file")))
    for number, step in enumerate(("Tables", "Columns", "Values", "Check"), 2):
        desk.button("_Continue")
        desk.find("push button", desk.text("Step %d, %s, %s") % (number, desk.text(step),
                                                                 desk.text("now")))
        if step == "Values":
            answer_values(desk, answers)
    desk.button("_Import")
    driver.wait_for(lambda: desk.there("label", desk.like("“%s” Is In")), "the result", 60)
    check(True, f"{os.path.basename(entity['path'])} was imported")


def run(desk, check):
    """The job alone: one agency's file, with what the file leaves open said by hand."""
    practice = desk.run_cli("practice", "--out", desk.path("practice"), "--victims", "60",
                            "--agencies", "2", "--level", "3")
    path = desk.path("one.casecount")
    desk.run_cli("new", path, "--country", "BEN", "--practice")
    desk.start(path)
    desk.unlock()
    desk.go(3, "CcImportPage")
    import_file(desk, check, practice["files"][0], use_map=False)
    desk.button("_Find Duplicates")
    driver.wait_for(lambda: desk.there("filler", "CcDuplicatesPage"), "the page of duplicates")
    check(True, "the result leads on to the duplicates")
    units = desk.run_cli("info", path)["units"]
    check(units["victim"] > 0, f"victims are in the file: {units}")
