#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was done to a case file can be proved: flipped bytes, altered acts, a cut or rewritten history."""
import json
import pathlib
import random
import shutil
import subprocess
import sys

import harness

TAMPER = str(pathlib.Path(sys.argv[2]).resolve())
STORED = pathlib.Path(__file__).parent.parent / "data"


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


def test_removal_of_earlier_version(cli):
    """A removal that did not note what it took out of the history is no fault, and is told."""
    stored = pathlib.Path(__file__).resolve().parent.parent / "data" / "case-file-v2.casecount"
    shutil.copy(stored, cli.folder / "c.casecount")
    cli.passphrase.write_text("four quiet river stones\n")
    for command in (("audit", "c.casecount"), ("verify", "c.casecount", "--rebuild-figures")):
        answer = cli.good(*command)
        assert answer["ok"] and answer["nameless_removals"] == 1
    cli.passphrase.write_text(harness.PASSPHRASE + "\n")
    (cli.folder / "c.casecount").unlink()
    make_case(cli)
    assert "nameless_removals" not in cli.good("verify", "c.casecount")


def test_no_history(cli):
    """A history that was taken out as a whole is told, with an anchor and without."""
    head = make_case(cli)
    tamper(cli, "DELETE FROM audit_change; DELETE FROM audit")
    for more in ((), ("--anchor", head)):
        assert "history is empty" in cli.refused("audit", "t.casecount", *more)
    cli.refused("verify", "t.casecount")


def test_signed(cli):
    """No act stands without a name: the one given, or the program's."""
    make_case(cli)
    cli.good("entity", "c.casecount", "add", "clinic", "--name", "Clinic", "--type", "POL",
             "--user", "Yawa Kossi", "--hat", "Data entry")
    users = {act["act"]: act["user"] for act in cli.good("audit", "c.casecount")["acts"]}
    assert users.pop(max(users)) == "Yawa Kossi (Data entry)"
    assert set(users.values()) == {"casecount-cli"}, users
    for wrong in (("--hat", "Trainer"), ("--user", " "), ("--user", "Afi", "--hat", ")")):
        assert cli.call("entity", "c.casecount", "list", *wrong).returncode == 2


def test_plain_words(cli):
    """What somebody reads says that the chain was verified, and gives the hash to keep."""
    head = make_case(cli)
    lines = cli.call("audit", "c.casecount", "--anchor", head).stdout.splitlines()
    assert len([line for line in lines if "casecount-cli" in line]) == 4, lines
    assert any("was verified" in line for line in lines), lines
    assert any(head in line for line in lines), lines
    assert any("act 4:" in line for line in lines), lines
    tamper(cli, "UPDATE audit SET user = '' WHERE seq = 3")
    done = cli.call("audit", "t.casecount")
    assert "verified" not in done.stdout and done.returncode == 1, done.stdout


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
    # Nothing is said beside it that would deny it.
    assert "was verified" not in cli.call("audit", "t.casecount", "--anchor", head).stdout
    answer = json.loads(cli.call("audit", "t.casecount", "--anchor", head, "--json").stdout)
    assert answer["ok"] is False and len(answer["problems"]) == 1, answer
    # What is no hash says nothing about the history.
    for slip in ("", "zz", "deadbeef", head + "0"):
        assert "64 digits" in cli.refused("audit", "c.casecount", "--anchor", slip, code=2)
    assert cli.good("audit", "c.casecount", "--anchor", head.upper())["ok"]
    # An anchor that is still there does not cover up for an act that was altered.
    tamper(cli, "UPDATE audit SET act = 'export' WHERE seq = 2")
    assert "act 2 " in cli.refused("audit", "t.casecount", "--anchor", head)


ROWS = ("Sexe;Âge;Nationalité;Date d'identification;Type d'exploitation;Nom;Prénom\n"
        "F;15;Béninoise;2023-03-02;Exploitation sexuelle;Nomun;Awa\n"
        "M;17;Béninoise;2023-03-04;Exploitation sexuelle;Nomdeux;Koffi\n")


def make_delivery(cli):
    cli.good("new", "c.casecount", "--country", "BEN")
    cli.good("entity", "c.casecount", "add", "police", "--name", "Police nationale", "--type", "POL")
    (cli.folder / "p.csv").write_text(ROWS, encoding="utf-8")
    cli.good("import", "c.casecount", "p.csv", "--entity", "police", "--period", "2023")
    assert cli.good("verify", "c.casecount")["ok"]


def told(cli, *arguments):
    """What a refused command says, with what it found."""
    done = cli.call(*arguments)
    assert done.returncode == 1, f"{arguments}: exit {done.returncode}"
    return done.stdout + done.stderr


def test_altered_content(cli):
    """What stands in the file is compared with what its history says."""
    make_delivery(cli)
    for sql, said in (
            ("UPDATE identifier SET value = 'MALLORY', norm = 'mallory'",
             "what it says was changed by something other than Casecount"),
            ("UPDATE source_row SET cells = '[]' WHERE id = 1", "its rows as they arrived"),
            ("DELETE FROM source_row WHERE id = 1", "its rows as they arrived"),
            ("UPDATE entity SET name = 'Autre'", "Agency 1"),
            ("UPDATE meta SET value = 'TGO' WHERE key = 'country'", "What the file says of itself"),
            ("UPDATE submission SET accepted = accepted + 1", "what is noted of it"),
            ("CREATE TRIGGER evil AFTER INSERT ON audit BEGIN DELETE FROM audit WHERE seq = 2; END", "“evil”")):
        tamper(cli, sql)
        assert said in told(cli, "verify", "t.casecount"), sql
        assert "made anew" not in told(cli, "verify", "t.casecount"), sql


def test_earlier_file(cli):
    """A file of an earlier version is accused of nothing; what was not compared is said."""
    cli.passphrase.write_text("four quiet river stones\n")
    for version in (1, 2):
        name = f"case-file-v{version}.casecount"
        shutil.copy(STORED / name, cli.folder / name)
        before = (cli.folder / name).read_bytes()
        answer = cli.good("verify", name)
        assert answer["ok"] and answer["problems"] == []
        assert "figures kept for counting were not compared" in answer["not_compared"]
        said = cli.call("verify", name).stdout
        assert answer["not_compared"] in said and "its counts are in order" not in said, said
        # Nor are figures that are not there taken for nought.
        assert "open it for writing" in cli.refused("count", name, "--questionnaire", "unodc-glotip",
                                                    "--table", "Q7").lower()
        assert (cli.folder / name).read_bytes() == before
        cli.good("entity", name, "add", "new", "--name", "New", "--type", "POL")
        answer = cli.good("verify", name)
        assert answer["ok"] and "not_compared" not in answer
        cli.good("count", name, "--questionnaire", "unodc-glotip", "--table", "Q7")


def test_figures(cli):
    """Figures are made anew where they alone are wrong, never to cover up for altered records."""
    make_delivery(cli)
    tamper(cli, "DELETE FROM person_fact WHERE cluster = 1")
    assert "the figures can be made anew" in told(cli, "verify", "t.casecount")
    assert cli.good("verify", "t.casecount", "--rebuild-figures")["ok"]
    assert cli.good("verify", "t.casecount")["ok"]
    # Names as they are searched and compared: one who brings persons together by them alters no record.
    tamper(cli, "UPDATE identifier SET norm = 'nomun' WHERE value = 'Nomdeux'")
    said = told(cli, "verify", "t.casecount")
    assert "names and numbers of record 3" in said and "the figures can be made anew" in said, said
    assert cli.good("verify", "t.casecount", "--rebuild-figures")["ok"]
    assert cli.good("verify", "t.casecount")["ok"]
    tamper(cli, "DELETE FROM person_fact WHERE cluster = 1; UPDATE identifier SET value = 'MALLORY'")
    said = told(cli, "verify", "t.casecount", "--rebuild-figures")
    assert "do not have the figures made anew before" in said
    assert "something other than Casecount" in said
    # Two persons made one by somebody: the figures follow from it, and yet are not made from it.
    tamper(cli, "UPDATE membership SET cluster = 1; UPDATE cluster SET state = 1 WHERE id > 1;"
                "INSERT OR IGNORE INTO dirty_cluster SELECT id FROM cluster")
    said = told(cli, "verify", "t.casecount", "--rebuild-figures")
    assert "nothing is lost" not in said and "which person or event it is counted as" in said


def test_own_acts(cli):
    """Whatever the program itself does is no tampering."""
    make_delivery(cli)
    (cli.folder / "q.csv").write_text(ROWS.replace("Nomdeux", "Nomtrois"), encoding="utf-8")
    for command in (("import", "c.casecount", "q.csv", "--entity", "police", "--period", "2023"),
                    ("undo", "c.casecount"), ("redo", "c.casecount"),
                    ("nil", "c.casecount", "--entity", "police", "--period", "2020"), ("undo", "c.casecount")):
        cli.good(*command)
        assert cli.good("verify", "c.casecount")["ok"], command


TESTS = [value for name, value in list(globals().items()) if name.startswith("test_")]

if __name__ == "__main__":
    sys.exit(harness.run(TESTS, str(pathlib.Path(sys.argv[1]).resolve())))
