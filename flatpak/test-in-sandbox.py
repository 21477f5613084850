#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Uses the installed Flatpak from outside, through the accessibility bus: the whole command line job
inside the sandbox, then the window.

    test-in-sandbox.py flatpak run ID
"""
import glob
import os
import subprocess
import sys

import driver

ID = "org.casecount.Casecount"
number = 0
n_failed = 0


def check(good, what):
    global number, n_failed
    number += 1
    n_failed += not good
    print(f"{'ok' if good else 'not ok'} {number} {what}", flush=True)
    return good


def run_inside(script):
    return subprocess.run(["flatpak", "run", "--command=sh", ID, "-c", script],
                          capture_output=True, text=True, check=False)


def command_line():
    result = run_inside('cd "$XDG_DATA_HOME" && rm -rf demo && casecount-cli demo --out demo >/dev/null && ls demo')
    names = result.stdout.split()
    check(result.returncode == 0 and any(name.endswith(".xlsx") for name in names),
          f"the main job runs in the sandbox: {names} {result.stderr[-300:]}")


def one_sqlite():
    """Loaded files of the program's own process, as the kernel knows them."""
    found = set()
    n_read = 0
    for status in glob.glob("/proc/[0-9]*/comm"):
        try:
            if open(status).read().strip() != "casecount":
                continue
            lines = open(os.path.join(os.path.dirname(status), "maps")).readlines()
            n_read += len(lines) > 0
            for line in lines:
                if "sqlite" in line or "sqlcipher" in line:
                    found.add(line.split()[-1])
        except OSError:
            continue
    check(n_read > 0 and not found, f"no second SQLite is loaded beside the one inside the program {sorted(found)}")


def window(command):
    program = subprocess.Popen(command)
    try:
        app = driver.application("casecount")
        driver.find(app, role="frame")
        check(True, "the window opens in the sandbox")
        check(not driver.nameless(app), f"every control of the first page has a name {driver.nameless(app)}")
        one_sqlite()
    except driver.Missing as problem:
        check(False, str(problem))
    finally:
        subprocess.run(["flatpak", "kill", ID], check=False)
        program.wait(20)


def main():
    command_line()
    window(sys.argv[1:])
    print(f"1..{number}")
    return 1 if n_failed else 0


if __name__ == "__main__":
    sys.exit(main())
