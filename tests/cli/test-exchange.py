#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A package leaves, is worked on and comes back; two copies meet and what both changed is settled."""
import pathlib
import shutil
import sys

import harness

ROWS = ("Sexe;Âge;Nationalité;Date d'identification;Type d'exploitation;Nom;Prénom\n"
        "{sex};15;Béninoise;2023-03-02;Exploitation sexuelle;{name};Awa\n")


def make_case(cli):
    cli.good("new", "c.casecount", "--country", "BEN")
    for key, name in (("police", "Police nationale"), ("refuge", "Refuge Espoirville")):
        cli.good("entity", "c.casecount", "add", key, "--name", name, "--type", "POL")
        (cli.folder / f"{key}.csv").write_text(ROWS.format(sex="F", name=f"Nom{key}"), encoding="utf-8")
        cli.good("import", "c.casecount", f"{key}.csv", "--entity", key, "--period", "2023")
    other = cli.folder / "other-passphrase"
    other.write_text("seven slow grey herons\n")
    return other


def test_package_and_back(cli):
    other = make_case(cli)
    answer = cli.good("package", "c.casecount", "--entity", "police", "--without-identifiers",
                      "--audience", "agency", "--out", "p.casecount", "--package-passphrase-file", other)
    assert answer["victims"] == 1 and answer["records"] >= 1
    cli.refused("info", "p.casecount")
    assert cli.call("info", "p.casecount", passphrase=other).returncode == 0
    before = cli.content_hash("c.casecount")
    answer = cli.good("merge", "c.casecount", "p.casecount", "--package-passphrase-file", other)
    assert answer["new"] == answer["updated"] == answer["conflicts"] == 0
    assert cli.content_hash("c.casecount") == before, "an untouched package changed the file"
    (cli.folder / "more.csv").write_text(ROWS.format(sex="M", name="Nomplus"), encoding="utf-8")
    done = cli.call("import", "p.casecount", "more.csv", "--entity", "police", "--period", "2023", passphrase=other)
    assert done.returncode == 0, done.stderr
    answer = cli.good("merge", "c.casecount", "p.casecount", "--package-passphrase-file", other)
    assert answer["new"] > 0 and answer["conflicts"] == 0
    after = cli.content_hash("c.casecount")
    assert after != before
    answer = cli.good("merge", "c.casecount", "p.casecount", "--package-passphrase-file", other)
    assert answer["new"] == 0 and cli.content_hash("c.casecount") == after
    assert cli.good("verify", "c.casecount")["ok"]
    cli.good("undo", "c.casecount")
    assert cli.content_hash("c.casecount") == before, "the merge was not taken back"


def test_copies_meet(cli):
    make_case(cli)
    shutil.copy(cli.folder / "c.casecount", cli.folder / "d.casecount")
    for file, sex in (("c", "M"), ("d", "F")):
        (cli.folder / f"{file}.csv").write_text(ROWS.format(sex=sex, name="Nom" + file), encoding="utf-8")
        cli.good("import", f"{file}.casecount", f"{file}.csv", "--entity", "police", "--period", "2023")
    answer = cli.good("merge", "c.casecount", "d.casecount")
    assert answer["new"] > 0
    items = cli.good("conflicts", "c.casecount")["items"]
    assert len(items) == answer["conflicts"]
    back = cli.good("merge", "d.casecount", "c.casecount")
    assert back["new"] > 0
    for file in ("c", "d"):
        info = cli.good("info", f"{file}.casecount")
        assert info["units"]["victim"] == 4, info["units"]


def test_refusals(cli):
    other = make_case(cli)
    cli.good("new", "practice.casecount", "--country", "BEN", "--practice")
    cli.good("new", "stranger.casecount", "--country", "BEN")
    before = cli.content_hash("c.casecount")
    assert "practice" in cli.refused("merge", "c.casecount", "practice.casecount")
    cli.refused("merge", "c.casecount", "stranger.casecount")
    assert "itself" in cli.refused("merge", "c.casecount", "c.casecount")
    cli.refused("merge", "c.casecount", "absent.casecount")
    cli.refused("merge", "c.casecount", "stranger.casecount", "--package-passphrase-file", other)
    cli.refused("package", "c.casecount", "--entity", "nobody", "--out", "p.casecount")
    cli.refused("package", "c.casecount", "--unit", "house", "--out", "p.casecount", code=2)
    cli.refused("conflicts", "c.casecount", "--settle", "9", "--take", "mine")
    assert cli.content_hash("c.casecount") == before
    assert not (cli.folder / "p.casecount").exists()


def test_repair(cli):
    make_case(cli)
    cli.good("backup", "c.casecount")
    cli.good("entity", "c.casecount", "add", "more", "--name", "More", "--type", "POL")
    before = cli.content_hash("c.casecount")
    assert cli.good("repair", "c.casecount")["way"] == "none"
    with open(cli.folder / "c.casecount", "r+b") as file:
        file.write(b"\0" * 4096)
    assert "repair" in cli.refused("info", "c.casecount")
    assert cli.good("repair", "c.casecount", "--dry-run")["way"] == "beginning"
    cli.refused("info", "c.casecount")
    answer = cli.good("repair", "c.casecount")
    assert answer["way"] == "beginning" and (cli.folder / answer["aside"]).exists()
    assert cli.content_hash("c.casecount") == before


if __name__ == "__main__":
    sys.exit(harness.run([test_package_and_back, test_copies_meet, test_refusals, test_repair], str(pathlib.Path(sys.argv[1]).resolve())))
