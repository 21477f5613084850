#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Retention by commands: rules, what is due, its removal, and that counts do not move."""
import csv
import pathlib
import sys

import harness

ROWS = [
    ["Réf", "Nom", "Prénoms", "Sexe", "Âge", "Nationalité", "Date d'identification", "Type d'exploitation", "Statut"],
    ["V1", "Kodjo", "Abla Inventée", "F", "15", "Béninoise", "02/03/2003", "Exploitation sexuelle", "Victime identifiée"],
    ["V2", "Tossou", "Koffi Inventé", "M", "12", "Togolaise", "20/05/2023", "Mendicité", "Victime identifiée"],
]


def test_retention(cli):
    with open(cli.folder / "police.csv", "w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows(ROWS)
    cli.good("new", "c.casecount", "--country", "BEN")
    cli.good("entity", "c.casecount", "add", "police", "--name", "Police", "--type", "POL")
    cli.good("import", "c.casecount", "police.csv", "--entity", "police", "--period", "2003-01-01..2023-12-31")
    assert cli.good("retain", "c.casecount", "--due")["due"] == []
    rule = cli.good("retain", "c.casecount", "--rule", "VI,*,120,last-contact")["rules"]
    assert len(rule) == 1 and rule[0]["months"] == 120, rule
    cli.good("retain", "c.casecount", "--rule", "VI,phone,12,received", "--entity", "police")
    rules = cli.good("retain", "c.casecount", "--remove-rule", "2")["rules"]
    assert len(rules) == 1, rules
    before = cli.good("count", "c.casecount", "--questionnaire", "unodc-glotip", "--table", "Q7", "--years", "2003-2023")
    due = cli.good("retain", "c.casecount", "--due")
    assert due["records"] == 1 and due["due"][0]["counted"] == "2003-03-02", due
    assert "family" in due["due"][0]["kinds"] and "Backups" in due["note"], due
    assert cli.good("retain", "c.casecount", "--due", "--day", "2099-01-01")["records"] == 2
    line = cli.call("retain", "c.casecount", "--due").stdout.splitlines()[1]
    assert "victim, row 2 of “police.csv”" in line, line
    cli.refused("retain", "c.casecount", "--day", "2099-01-01")
    done = cli.good("retain", "c.casecount")
    assert done["records"] == 1 and done["identifiers"] >= 2 and done["rows"] == 1 and done["compacted"], done
    assert cli.good("verify", "c.casecount")["ok"]
    after = cli.good("count", "c.casecount", "--questionnaire", "unodc-glotip", "--table", "Q7", "--years", "2003-2023")
    assert before == after, "counts stay"
    cli.refused("undo", "c.casecount", "--act", done["act"])
    again = cli.good("import", "c.casecount", "police.csv", "--entity", "police", "--period", "2003-01-01..2023-12-31")
    assert again["unchanged"]["victim"] == 2, "what was removed is known by its hash"
    cli.good("link", "c.casecount")
    assert cli.good("retain", "c.casecount")["act"] == 0


def test_withdraw(cli):
    with open(cli.folder / "police.csv", "w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows(ROWS)
    cli.good("new", "c.casecount", "--country", "BEN")
    cli.good("entity", "c.casecount", "add", "police", "--name", "Police", "--type", "POL")
    cli.good("import", "c.casecount", "police.csv", "--entity", "police", "--period", "2003-01-01..2023-12-31")
    cli.good("retain", "c.casecount", "--rule", "VI,*,1,received")
    uuid = cli.good("retain", "c.casecount", "--due", "--day", "2099-01-01")["due"][0]["uuid"]
    done = cli.good("retain", "c.casecount", "--withdraw", uuid, "--reason", "asked for it")
    assert done["records"] == 1 and done["rows"] == 1, done
    cli.refused("retain", "c.casecount", "--withdraw", "00")
    cli.refused("retain", "c.casecount", "--rule", "VI,sex,1,received", code=2)
    cli.refused("retain", "c.casecount", "--rule", "VI", code=2)


if __name__ == "__main__":
    sys.exit(harness.run([test_retention, test_withdraw], str(pathlib.Path(sys.argv[1]).resolve())))
