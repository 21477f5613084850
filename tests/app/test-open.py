#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From outside, as a person with a screen reader: open a case file, unlock it, read the count.

    test-open.py CASECOUNT MAKE_CASE_FILE
"""
import os
import re
import subprocess
import sys
import tempfile

# Warnings end the program under test, not this one: nodes vanish while they are walked.
program_environment = dict(os.environ)
os.environ.pop("G_DEBUG", None)

if not os.environ.get("DISPLAY"):
    print("1..0 # SKIP there is no display")
    sys.exit(0)
try:
    import driver
except (ImportError, ValueError) as problem:
    print(f"1..0 # SKIP {problem}")
    sys.exit(0)

PASSPHRASE = "four quiet river stones"
number = 0


def check(good, what):
    global number
    number += 1
    print(f"{'ok' if good else 'not ok'} {number} {what}", flush=True)
    return good


def dump(root):
    for node in driver.nodes(root):
        print(f"# {node.get_role_name()} “{node.get_name()}”")


def unlock(app):
    entry = driver.find(app, name="Passphrase", role="text")
    check(not driver.nameless(app), f"every control of the passphrase page has a name {driver.nameless(app)}")
    driver.type_into(entry, "three loud river stones")
    driver.click(driver.find(app, role="push button", name="Unlock"))
    driver.find(app, name="The Passphrase Does Not Fit")
    check(True, "a wrong passphrase is told in the page")
    driver.unlock(app, PASSPHRASE, "Yawa Kossi")


def read_overview(app):
    driver.find(app, name="120 persons")
    check(True, "the headline count is read as “120 persons”")
    driver.find(app, name="Between 117 and 120, depending on 3 undecided pairs.")
    check(True, "the range is read")
    row = driver.find(app, name=re.compile("^Rows set aside: "))
    check(row.get_name() == "Rows set aside: 5", f"a row is read with its figure: {row.get_name()}")
    check(driver.is_there(app, name="Senegal"), "the country is shown")
    titles = [node.get_name() for node in driver.nodes(app, role="frame")]
    check(titles == ["Senegal – Casecount"], f"the window's title names the country only: {titles}")


def read_charts(app):
    picture = driver.find(app, role="image", name=re.compile("^Victims of trafficking"))
    check(len(picture.get_description()) > 40, f"a chart tells what it shows: {picture.get_description()}")
    button = driver.find(app, name=re.compile("^Show as a table: "))
    driver.click(button)
    driver.find(app, name=re.compile("^2024; .*Total 30"))
    check(True, "its table can be called up")
    bad = driver.nameless(app)
    check(not bad, f"every control of the overview has a name {bad}")


def main():
    casecount, make_case_file = sys.argv[1:3]
    print("TAP version 13")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "small.casecount")
        subprocess.run([make_case_file, path, "120", "3", "5"], check=True)
        program = subprocess.Popen([casecount, path], env=program_environment)
        app = None
        try:
            app = driver.application("casecount")
            unlock(app)
            read_overview(app)
            read_charts(app)
        except driver.Missing as problem:
            check(False, str(problem))
            if app is not None:
                dump(app)
        finally:
            program.terminate()
            program.wait(10)
    print(f"1..{number}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
