#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From outside, by keyboard and pointer: one job of the window, or all of them in a row.

    test-jobs.py CASECOUNT CASECOUNT_CLI LANGUAGE JOB
"""
import importlib
import os
import signal
import sys
import traceback

# Warnings end the program under test, not this one: nodes vanish while they are walked.
program_environment = dict(os.environ)
os.environ.pop("G_DEBUG", None)
sys.dont_write_bytecode = True

if not os.environ.get("DISPLAY"):
    print("1..0 # SKIP there is no display")
    sys.exit(0)
try:
    import driver
    from jobs.desk import Desk
except (ImportError, ValueError) as problem:
    print(f"1..0 # SKIP {problem}")
    sys.exit(0)

number = 0


def check(good, what):
    global number
    number += 1
    print(f"{'ok' if good else 'not ok'} {number} {what}", flush=True)
    return good


def dump(root):
    for node in driver.nodes(root):
        name = node.get_name() or ""
        if name and not driver.TYPE_NAME.match(name):
            print(f"# {node.get_role_name()} “{name[:120]}”")


def crashed_in_toolkit(desk):
    """GTK 4.8 can die when a reader asks for a window that is just going; the jobs cannot help it."""
    return desk.program is not None and desk.program.poll() == -signal.SIGSEGV


def attempt(arguments, job, last):
    """Returns: FALSE where the run is worth another try."""
    desk = Desk(*arguments)
    try:
        importlib.import_module(f"jobs.{job}").run(desk, check)
        check(desk.stop() == 0, "the program ends in good order")
        check(not desk.complaints(), f"it complained of nothing {desk.complaints()}")
    except Exception as problem:  # noqa: BLE001
        print("# " + traceback.format_exc().replace("\n", "\n# "))
        if crashed_in_toolkit(desk) and not last:
            print("# the toolkit crashed under the reader's questions; once more from the beginning")
            return False
        check(False, str(problem))
        if desk.program is not None and desk.program.poll() is not None:
            print(f"# the program ended with {desk.program.returncode}")
        elif desk.app is not None:
            if "CASECOUNT_PICTURES" in os.environ:
                os.system(f"import -window root '{os.environ['CASECOUNT_PICTURES']}/{job}.png'")
            dump(desk.app)
    finally:
        desk.clean()
    return True


def main():
    casecount, cli, language, job = sys.argv[1:5]
    arguments = (casecount, cli, program_environment, language)
    print("TAP version 13")
    if not attempt(arguments, job, last=False):
        attempt(arguments, job, last=True)
    print(f"1..{number}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
