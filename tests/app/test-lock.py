#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From outside: lock an open case file, see that nothing of it stays in memory, and come back.

    test-lock.py CASECOUNT MAKE_CASE_FILE
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
AGENCY = "Clinics of the North"
# Typed by this test, so that it is nowhere in the program before.
PERSON = "Zephyrine"
number = 0


def check(good, what):
    global number
    number += 1
    print(f"{'ok' if good else 'not ok'} {number} {what}", flush=True)
    return good


def is_in_memory(pid, text):
    """Looks for a text in the whole memory that the process can write to."""
    forms = [text.encode(), text.encode("utf-16-le"), text.encode("utf-32-le")]
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for line in maps:
            place = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line)
            if not place or "[vvar" in line:
                continue
            start, end = (int(part, 16) for part in place.groups())
            try:
                memory.seek(start)
                block = memory.read(end - start)
            except (OSError, ValueError, OverflowError):
                continue
            if any(form in block for form in forms):
                return True
    return False


def press(keys):
    subprocess.run(["xdotool", "key", "--clearmodifiers", keys], check=True)


def activate(action):
    subprocess.run(
        ["gdbus", "call", "--session", "--dest", "org.casecount.Casecount", "--object-path",
         "/org/casecount/Casecount/window/1", "--method", "org.gtk.Actions.Activate", action, "[]",
         "{}"], check=True, stdout=subprocess.DEVNULL)


def lock():
    try:
        press("ctrl+l")
    except (OSError, subprocess.CalledProcessError):
        activate("lock")


def find_notice(name):
    """The program of the same name, once it is the new one."""
    app = driver.application(name)
    return next(driver.nodes(app, name=re.compile("^The case file is locked")), None) and app


def run(program, folder):
    app = driver.application("casecount")
    driver.unlock(app, PASSPHRASE, "Yawa Kossi")
    driver.find(app, name="120 persons")
    check(is_in_memory(program.pid, AGENCY), "what is read from an open file is in memory")
    lock()
    app = driver.wait_for(lambda: find_notice("casecount"), "the passphrase page")
    check(program.poll() is None, "the program is still the same process")
    check(os.listdir(folder) == ["small.casecount"],
          f"the case file is closed, one file without a log: {os.listdir(folder)}")
    check(not is_in_memory(program.pid, PASSPHRASE), "the passphrase is nowhere in memory")
    check(not is_in_memory(program.pid, AGENCY), "nothing of the data is in memory")
    check(not is_in_memory(program.pid, "Yawa Kossi"), "nor is the name of the user")
    with open(f"/proc/{program.pid}/cmdline", "rb") as line:
        check(b"small" not in line.read(), "the command line names no file")
    check(driver.is_there(app, name="small.casecount"), "the page asks for the same file")
    bad = driver.nameless(app)
    check(not bad, f"every control has a name {bad}")
    driver.unlock(app, PASSPHRASE, "Yawa Kossi")
    driver.find(app, name="120 persons")
    check(True, "the right passphrase shows the file again")
    decide(app)
    lock_while_typing(app)
    show_and_lock(program, folder)


def decide(app):
    """The letters work as soon as the page is there, wherever one came from."""
    driver.press("alt+4")
    wait_for_pairs(app, 3)
    driver.press("d")
    check(wait_for_pairs(app, 2), "D decides without a click before")
    driver.press("z")
    check(wait_for_pairs(app, 3), "Z takes it back")


def wait_for_pairs(app, count):
    return driver.wait_for(lambda: len(list(driver.nodes(app, name="CcQueueRow"))) == count,
                           f"a queue of {count} pairs")


def lock_while_typing(app):
    """What was typed is asked about, and nothing is locked before."""
    subprocess.run(
        ["gdbus", "call", "--session", "--dest", "org.casecount.Casecount", "--object-path",
         "/org/casecount/Casecount/window/1", "--method", "org.gtk.Actions.Activate", "go",
         "[<('cases', 'new')>]", "{}"], check=True, stdout=subprocess.DEVNULL)
    driver.find(app, name="Family name")
    driver.point(driver.find(app, "text", "Family name"))
    driver.type_text(PERSON)
    driver.find(app, name="1 part not saved yet")
    lock()
    check(driver.find(app, name="Save Changes?"), "locking asks about unsaved text first")
    driver.press("alt+s")
    app = driver.wait_for(lambda: find_notice("casecount"), "the passphrase page")
    driver.unlock(app, PASSPHRASE, "Yawa Kossi")
    check(driver.find(app, name=re.compile(PERSON)), "what was typed is in the file")


def show_and_lock(program, folder):
    """A person whose name was read from the file, listed, and shown in the details."""
    app = driver.application("casecount")
    driver.point(driver.find(app, "entry", "Find Records by Name or Number"))
    driver.type_text(PERSON[:5])
    driver.find(app, "label", "1 of 121 victim records")
    driver.point(driver.find(app, "table row", re.compile(PERSON)))
    check(driver.find(app, "label", PERSON), "the details show the name of a person")
    check(is_in_memory(program.pid, PERSON), "and it is in memory")
    lock()
    driver.wait_for(lambda: find_notice("casecount"), "the passphrase page")
    check(not is_in_memory(program.pid, PERSON), "after locking it is nowhere")


def main():
    casecount, make_case_file = sys.argv[1:3]
    print("TAP version 13")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "small.casecount")
        subprocess.run([make_case_file, path, "120", "3", "5"], check=True)
        program = subprocess.Popen([casecount, path], env=program_environment)
        try:
            run(program, folder)
        except driver.Missing as problem:
            check(False, str(problem))
            for node in driver.nodes(driver.application("casecount")):
                print(f"# {node.get_role_name()} “{node.get_name()}”")
        finally:
            program.terminate()
            program.wait(10)
    print(f"1..{number}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
