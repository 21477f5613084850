#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Uses the installed Flatpak from outside, as its user: the whole job by command inside the sandbox,
then the window by keyboard and pointer: a new case file, and an agency's file that comes in through
the file portal.

    test-in-sandbox.py DATA_FOLDER flatpak run ID
"""
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import traceback

import driver
from jobs import case_file, desk

ID = "org.casecount.Casecount"
HOME = os.path.expanduser("~")
STORE = os.path.join(HOME, ".var/app", ID, "data")
number = 0
n_failed = 0


def check(good, what):
    global number, n_failed
    number += 1
    n_failed += not good
    print(f"{'ok' if good else 'not ok'} {number} {what}", flush=True)
    return good


class SandboxDesk(desk.Desk):
    """The installed program, with its own home; files reach it through the portal alone."""

    def __init__(self, data, command):
        super().__init__(command[0], None, dict(os.environ, CASECOUNT_DATA_DIR=data,
                                                CASECOUNT_LOCALE_DIR=data), "en")
        self.command = command

    def path(self, *parts):
        """The program's home is the sandbox's."""
        if parts == ("home",) and os.path.isdir(STORE):
            return os.path.join(STORE, "casecount")
        return super().path(*parts)

    def start(self, *arguments):
        self.program = subprocess.Popen([*self.command, *arguments])
        self.app = driver.application("casecount")

    def stop(self):
        subprocess.run(["flatpak", "kill", ID], check=False)
        self.program.wait(20)

    def go(self, number, page):
        """Newer toolkits than the tests' floor tell no class names: a page is known by its button."""
        driver.press(f"alt+{number}")
        self.find("push button", page)

    def choose_file(self, title, path):
        """The dialog belongs to the portal, which is another program."""
        def look():
            return subprocess.run(["xdotool", "search", "--onlyvisible", "--name", self.text(title)],
                                  capture_output=True, text=True, check=False).stdout.split()

        found = driver.wait_for(look, "the portal's dialog")
        subprocess.run(["xdotool", "windowfocus", "--sync", found[-1]], check=False)
        driver.press("ctrl+l")
        driver.type_text(path)
        # While the dialog still completes the path it takes no key.
        driver.wait_for(lambda: driver.press("Return") or not look(), "the portal's dialog to close")


def run_inside(script):
    return subprocess.run(["flatpak", "run", "--command=sh", ID, "-c", script],
                          capture_output=True, text=True, check=False)


def command_line():
    result = run_inside('cd "$XDG_DATA_HOME" && rm -rf demo && casecount-cli demo --out demo >/dev/null && ls demo')
    names = result.stdout.split()
    check(result.returncode == 0 and any(name.endswith(".xlsx") for name in names),
          f"the main job runs in the sandbox: {names} {result.stderr[-300:]}")


def make_practice():
    """A file of an invented agency, in the user's documents where the sandbox cannot see it."""
    result = run_inside('cd "$XDG_DATA_HOME" && rm -rf p && casecount-cli practice --out p --victims 60'
                        " --agencies 2 --level 3 --json")
    entity = json.loads(result.stdout)["files"][0]
    documents = os.path.join(HOME, "Documents")
    os.makedirs(documents, exist_ok=True)
    name = os.path.basename(entity["path"])
    shutil.copy(os.path.join(STORE, "p", name), documents)
    entity["path"] = os.path.join(documents, name)
    check(run_inside(f"test ! -e '{entity['path']}'").returncode == 0,
          "the sandbox does not see the user's documents")
    return entity


def one_sqlite():
    """Loaded files of the program's own process, as the kernel knows them."""
    found = set()
    n_read = 0
    for status in glob.glob("/proc/[0-9]*/comm"):
        try:
            if open(status).read().strip() != "casecount":
                continue
            lines = open(os.path.join(os.path.dirname(status), "maps")).readlines()
        except OSError:
            continue
        n_read += len(lines) > 0
        found |= {line.split()[-1] for line in lines if "sqlite" in line or "sqlcipher" in line}
    check(n_read > 0 and not found,
          f"no second SQLite is loaded beside the one inside the program {sorted(found)}")


def window(user):
    shutil.rmtree(os.path.join(STORE, "casecount"), ignore_errors=True)
    user.start()
    driver.find(user.app, role="frame")
    check(not driver.nameless(user.app),
          f"every control of the first page has a name {driver.nameless(user.app)}")
    path = case_file.make(user, check)
    check(open(path, "rb").read(15) != b"SQLite format 3", f"it is encrypted: {os.path.basename(path)}")
    one_sqlite()


def portal(user, entity):
    user.go(3, "_Choose Files…")
    user.button("_Choose Files…")
    user.choose_file("Choose Spreadsheets", entity["path"])
    line = driver.find(user.app, name=re.compile(r"\d+ rows"))
    check(True, f"a file was read through the file portal: {line.get_name()}")


def main():
    data, *command = sys.argv[1:]
    command_line()
    entity = make_practice()
    user = SandboxDesk(data, command)
    try:
        window(user)
        portal(user, entity)
    except Exception as problem:  # noqa: BLE001
        check(False, str(problem))
        print("# " + re.sub("\n", "\n# ", traceback.format_exc()))
        os.system("import -window root ~/failed.png")
    finally:
        user.stop()
    print(f"1..{number}")
    return 1 if n_failed else 0


if __name__ == "__main__":
    sys.exit(main())
