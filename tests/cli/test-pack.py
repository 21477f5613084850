#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Another classification over the one in use: ids and counts stay, names change, one-to-many waits for a person."""
import csv
import pathlib
import sys

import harness
from second_pack import CONCORDANCE, PACK, make_pack, write

ROWS = [
    ["Réf", "Nom", "Prénoms", "Sexe", "Âge", "Nationalité", "Date d'identification", "Type d'exploitation", "Statut"],
    ["V1", "Kodjo", "Abla Inventée", "F", "15", "Béninoise", "02/03/2023", "Exploitation sexuelle", "Victime identifiée"],
    ["V2", "Tossou", "Koffi Inventé", "M", "12", "Togolaise", "20/05/2023", "Mendicité", "Victime identifiée"],
    ["V3", "Agbo", "Yao Inventé", "M", "24", "Togolaise", "29/09/2023", "Corvée du vieux", "Victime identifiée"],
]
# What only a person knew, kept in the agency's profile.
MAP = "[values form]\nCorvée du vieux=LAB\n"
TABLES = [("unodc-glotip", table) for table in ("Q7", "Q8")] + [("ecowas-tip", "V12")]


def count_all(cli):
    return [cli.good("count", "c.casecount", "--questionnaire", questionnaire, "--table", table, "--years", "2023")
            for questionnaire, table in TABLES]


def test_install(cli):
    with open(cli.folder / "police.csv", "w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows(ROWS)
    make_pack(cli.folder / "second")
    cli.good("new", "c.casecount", "--country", "BEN")
    cli.good("entity", "c.casecount", "add", "police", "--name", "Police", "--type", "POL")
    (cli.folder / "police.map").write_text(MAP, encoding="utf-8")
    cli.good("import", "c.casecount", "police.csv", "--entity", "police", "--period", "2023", "--map", "police.map")
    before = count_all(cli)
    assert any(cell["value"] for cell in before[0]["totals"]), before[0]
    write(cli.folder / "bad.csv", ["code,EXPL,LAB,NOSUCH"])
    message = cli.refused("pack", "c.casecount", "install", "second", "--concordance", "bad.csv")
    assert "bad.csv, line 2" in message and "NOSUCH" in message, message
    write(cli.folder / "bad.csv", ["variable,,VI03,VI04"])
    cli.refused("pack", "c.casecount", "install", "second", "--concordance", "bad.csv")
    assert cli.good("info", "c.casecount")["pack"] == "ic-tip-2025-recon"

    write(cli.folder / "concordance.csv", CONCORDANCE)
    told = cli.good("pack", "c.casecount", "preview", "second", "--concordance", "concordance.csv")
    changes = {change["old"]: change for change in told["changes"]}
    assert set(changes) == {"LAB", "BEG"} and told["records"] == 2 and told["added"] == 3, told
    assert changes["LAB"]["kind"] == "renamed" and changes["LAB"]["name"] == "WORK", changes
    assert changes["BEG"]["kind"] == "split" and changes["BEG"]["targets"] == ["BEG1", "BEG2"], changes
    assert changes["LAB"]["records"] == changes["BEG"]["records"] == 1, changes
    assert cli.good("info", "c.casecount")["pack"] == "ic-tip-2025-recon", "told, not done"
    assert not list(cli.folder.glob("backups/*-classification-*")), "nothing was done that needs a backup"
    done = cli.good("pack", "c.casecount", "install", "second", "--concordance", "concordance.csv")
    assert done["pack"] == "second-pack" and done["codes"] == 1 and done["kept"] == 1, done
    assert "-classification-" in done["backup"], done
    assert "concordance" in cli.refused("undo", "c.casecount", "--act", done["act"])
    cli.good("restore", done["backup"], "before.casecount")
    assert cli.good("info", "before.casecount")["pack"] == "ic-tip-2025-recon"
    again = cli.refused("pack", "c.casecount", "install", "second", "--concordance", "concordance.csv")
    assert "already" in again, again
    assert done["open"] == [{"list": "EXPL", "code": "BEG", "targets": ["BEG1", "BEG2"], "records": 1}], done
    assert count_all(cli) == before, "what was counted by old codes is counted as before"
    assert cli.good("verify", "c.casecount")["ok"], "verify"
    assert cli.good("info", "c.casecount")["pack"] == "second-pack", "info"
    assert cli.good("pack", "c.casecount", "list")["open"] == done["open"], "list"
    acts = [act["name"] for act in cli.good("audit", "c.casecount")["acts"]]
    assert acts.count("pack") == 1, acts

    # A file of its own brings its pack along, and what is imported next is coded by it.
    again = cli.good("import", "c.casecount", "police.csv", "--entity", "police", "--period", "2023")
    assert sum(again["new"].values()) == 0 and not again["unmapped_values"], again
    assert cli.good("pack", "c.casecount", "list")["open"][0]["records"] == 0, "a word decided what the code could not"
    assert count_all(cli) == before, count_all(cli)

    # What is no classification, or a damaged one, is told in words and changes nothing.
    (cli.folder / "foreign").mkdir()
    (cli.folder / "foreign" / "letter.txt").write_text("dear colleague", encoding="utf-8")
    words = cli.refused("pack", "c.casecount", "preview", "foreign", "--concordance", "concordance.csv")
    assert "holds no classification" in words, words
    make_pack(cli.folder / "damaged")
    (cli.folder / "damaged" / "codes.csv").unlink()
    words = cli.refused("pack", "c.casecount", "install", "damaged", "--concordance", "concordance.csv")
    assert "damaged or not complete" in words and "Nothing was changed" in words, words
    words = cli.refused("pack", "c.casecount", "preview", str(PACK), "--concordance", "absent.csv")
    assert "absent.csv" in words, words

    # Several codes that become one: the first gives its name, the others stay beside it.
    write(cli.folder / "merge.csv", ["code,EXPL,WORK,LAB", "code,EXPL,BEG1,BEG", "code,EXPL,BEG2,BEG"])
    told = cli.good("pack", "c.casecount", "preview", str(PACK), "--concordance", "merge.csv")
    kinds = {change["old"]: change["kind"] for change in told["changes"]}
    assert kinds["WORK"] == "renamed" and "merged" in kinds.values(), kinds

    # And back again: the old name returns to the same id; the code that was split is there all the time.
    write(cli.folder / "back.csv", ["code,EXPL,WORK,LAB", "code,EXPL,BEG1,BEG", "code,EXPL,BEG2,BEG"])
    back = cli.good("pack", "c.casecount", "install", str(PACK), "--concordance", "back.csv")
    assert back["codes"] == 1 and back["pack"] == "ic-tip-2025-recon", back
    assert count_all(cli) == before, count_all(cli)


if __name__ == "__main__":
    sys.exit(harness.run([test_install], str(pathlib.Path(sys.argv[1]).resolve())))
