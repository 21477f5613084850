#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A shelter and a ministry link by keys alone: the shelter's names never leave it."""
import csv
import pathlib
import sys

import harness

HEAD = "surname,given_names,birth_date,sex,agency,record_no\n"
ROWS = ("Diallo,Aminata,1999-05-06,F,shelter,1\nTraore,Ousmane,2001-02-03,M,shelter,2\n"
        "Camara,Fatoumata,2003-07-19,F,shelter,3\n")
ROLES = ("[columns]\nsurname=family\ngiven_names=given\nbirth_date=birth-date\nsex=sex\nagency=source\n"
         "record_no=id\n")
CASE_ROWS = ("Sexe;Date de naissance;Nationalité;Date d'identification;Type d'exploitation;Nom;Prénom\n"
             "F;06/05/1999;Guinéenne;2023-03-02;Exploitation sexuelle;Diallo;Aminatou\n"
             "F;06/08/2000;Guinéenne;2023-03-05;Exploitation sexuelle;Keita;Mariama\n")


def write_secret(cli, name, text):
    (cli.folder / name).write_text(text + "\n")
    return name


def test_two_sides(cli):
    secret = write_secret(cli, "secret", "k7Qw" * 10)
    (cli.folder / "shelter.csv").write_text(HEAD + ROWS, encoding="utf-8")
    (cli.folder / "roles.ini").write_text(ROLES, encoding="utf-8")
    theirs = cli.good("keys", "shelter.csv", "--map", "roles.ini", "--secret-file", secret, "--out", "theirs.csv")
    assert theirs["rows"] == 3 and theirs["version"] == 1
    text = (cli.folder / "theirs.csv").read_text(encoding="utf-8").lower()
    assert not any(word in text for word in ("diallo", "aminata", "ousmane", "camara", "k7qw"))
    assert (cli.folder / "theirs.csv").stat().st_mode & 0o777 == 0o600
    cli.good("new", "c.casecount", "--country", "BEN")
    cli.good("entity", "c.casecount", "add", "police", "--name", "Police nationale", "--type", "POL")
    (cli.folder / "police.csv").write_text(CASE_ROWS, encoding="utf-8")
    cli.good("import", "c.casecount", "police.csv", "--entity", "police", "--period", "2023")
    ours = cli.good("keys", "--case", "c.casecount", "--secret-file", secret, "--out", "ours.csv")
    assert ours["rows"] == 2 and ours["secret_id"] == theirs["secret_id"]
    cli.good("link-table", "ours.csv", "theirs.csv", "--out", "clusters.csv", "--pairs", "pairs.csv", "--link-only")
    pairs = list(csv.DictReader((cli.folder / "pairs.csv").open(encoding="utf-8")))
    best = max(pairs, key=lambda pair: float(pair["weight"]))
    assert best["id_b"] == "1" and best["source_a"].startswith("case:"), best


def test_says_what_it_protects(cli):
    secret = write_secret(cli, "secret", "k7Qw" * 10)
    (cli.folder / "shelter.csv").write_text(HEAD + ROWS, encoding="utf-8")
    (cli.folder / "roles.ini").write_text(ROLES, encoding="utf-8")
    done = cli.call("keys", "shelter.csv", "--map", "roles.ini", "--secret-file", secret, "--out", "k.csv")
    for words in ("does not", "common names can be told", "personal data", "birth stand as they are"):
        assert words in done.stdout, words
    assert "personal data" in " ".join(cli.call("keys", "--help").stdout.split())


def test_refusals(cli):
    secret = write_secret(cli, "secret", "k7Qw" * 10)
    (cli.folder / "shelter.csv").write_text(HEAD + ROWS, encoding="utf-8")
    (cli.folder / "roles.ini").write_text(ROLES, encoding="utf-8")
    keys = ("keys", "shelter.csv", "--map", "roles.ini", "--out", "k.csv", "--secret-file")
    cli.refused(*keys, write_secret(cli, "short", "easy"), code=2)
    assert not (cli.folder / "k.csv").exists()
    cli.refused("keys", "shelter.csv", "--secret-file", secret, "--out", "k.csv", code=2)
    cli.good(*keys, secret)
    cli.good("keys", "shelter.csv", "--map", "roles.ini", "--out", "other.csv", "--secret-file",
             write_secret(cli, "another", "Zz90" * 10))
    assert "another secret" in cli.refused("link-table", "k.csv", "other.csv", "--out", "clusters.csv")
    cli.refused("link-table", "shelter.csv", "--out", "clusters.csv", code=2)


if __name__ == "__main__":
    sys.exit(harness.run([test_two_sides, test_says_what_it_protects, test_refusals],
                         pathlib.Path(sys.argv[1]).resolve()))
