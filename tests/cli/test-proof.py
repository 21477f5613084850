#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was done to a case file can be proved: flipped bytes, altered acts, a cut or rewritten history."""
import pathlib
import random
import shutil
import subprocess
import sys

import harness

TAMPER = str(pathlib.Path(sys.argv[2]).resolve())


def make_case(cli):
    """A file of four acts; returns the hash that somebody wrote down after the last."""
    cli.good("new", "c.casecount", "--country", "BEN")
    for key in ("police", "court", "shelter"):
        cli.good("entity", "c.casecount", "add", key, "--name", key.title(), "--type", "POL")
    answer = cli.good("audit", "c.casecount")
    assert answer["ok"] and answer["problems"] == [] and len(answer["acts"]) == 4
    return answer["head"]


def tamper(cli, sql):
    """Writes into a copy of the file with the right key."""
    shutil.copy(cli.folder / "c.casecount", cli.folder / "t.casecount")
    subprocess.run([TAMPER, cli.folder / "t.casecount", harness.PASSPHRASE, sql], check=True, timeout=60)


def test_flipped_bytes(cli):
    make_case(cli)
    whole = (cli.folder / "c.casecount").read_bytes()
    places = [0, 20, 4095, len(whole) // 2, len(whole) - 1]
    places += [random.Random(3).randrange(len(whole)) for _ in range(6)]
    for place in places:
        changed = bytearray(whole)
        changed[place] ^= 0x40
        (cli.folder / "t.casecount").write_bytes(changed)
        cli.refused("verify", "t.casecount")
    assert cli.good("verify", "c.casecount")["ok"]


def test_altered_act(cli):
    make_case(cli)
    tamper(cli, "UPDATE audit SET user = 'somebody else' WHERE seq = 3")
    assert "act 3 " in cli.refused("audit", "t.casecount")
    cli.refused("verify", "t.casecount")
    tamper(cli, "UPDATE audit_change SET after = 'x' WHERE seq = 2 AND n = 0")
    assert "act 2 " in cli.refused("audit", "t.casecount")


def test_removed_act(cli):
    make_case(cli)
    tamper(cli, "DELETE FROM audit_change WHERE seq = 3; DELETE FROM audit WHERE seq = 3")
    assert "between numbers 2 and 4" in cli.refused("audit", "t.casecount")


def test_anchor(cli):
    head = make_case(cli)
    assert cli.good("audit", "c.casecount", "--anchor", head)["ok"]
    cli.good("entity", "c.casecount", "add", "later", "--name", "Later", "--type", "POL")
    assert cli.good("audit", "c.casecount", "--anchor", head)["ok"]
    # A chain without its last acts is whole in itself.
    tamper(cli, "DELETE FROM audit_change WHERE seq > 3; DELETE FROM audit WHERE seq > 3")
    assert cli.good("audit", "t.casecount")["ok"]
    assert "cut or written anew" in cli.refused("audit", "t.casecount", "--anchor", head)
    # An anchor that is still there does not cover up for an act that was altered.
    tamper(cli, "UPDATE audit SET act = 'export' WHERE seq = 2")
    assert "act 2 " in cli.refused("audit", "t.casecount", "--anchor", head)


TESTS = [value for name, value in list(globals().items()) if name.startswith("test_")]

if __name__ == "__main__":
    sys.exit(harness.run(TESTS, str(pathlib.Path(sys.argv[1]).resolve())))
