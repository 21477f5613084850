#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Another classification over the one in use: ids and counts stay, names change, one-to-many waits for a person."""
import csv
import os
import pathlib
import shutil
import sys

import harness

PACK = pathlib.Path(os.environ["CASECOUNT_DATA_DIR"]) / "classification" / "ic-tip-2025-recon"
ROWS = [
    ["Réf", "Nom", "Prénoms", "Sexe", "Âge", "Nationalité", "Date d'identification", "Type d'exploitation", "Statut"],
    ["V1", "Kodjo", "Abla Inventée", "F", "15", "Béninoise", "02/03/2023", "Exploitation sexuelle", "Victime identifiée"],
    ["V2", "Tossou", "Koffi Inventé", "M", "12", "Togolaise", "20/05/2023", "Mendicité", "Victime identifiée"],
    ["V3", "Agbo", "Yao Inventé", "M", "24", "Togolaise", "29/09/2023", "Corvée du vieux", "Victime identifiée"],
]
# What only a person knew, kept in the agency's profile.
MAP = "[values form]\nCorvée du vieux=LAB\n"
TABLES = [("unodc-glotip", table) for table in ("Q7", "Q8")] + [("ecowas-tip", "V12")]


def change(path, function):
    """Rewrites a table of the pack row by row: the function gets a dictionary and yields dictionaries."""
    with open(path, newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        header = reader.fieldnames
        rows = [new for row in reader for new in function(row)]
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def make_pack(folder):
    """A second pack out of the first: forced labour has another code, begging is told in two codes."""
    shutil.copytree(PACK, folder)

    def codes(row):
        if row["list"] == "EXPL":
            row = {**row, "parent": {"LAB": "WORK", "BEG": "BEG1"}.get(row["parent"], row["parent"])}
        yield from lines(row)

    def lines(row):
        if row["list"] == "EXPL" and row["code"] == "LAB":
            yield {**row, "code": "WORK"}
        elif row["list"] == "EXPL" and row["code"] == "BEG":
            yield {**row, "code": "BEG1"}
            yield {**row, "code": "BEG2"}
        else:
            yield row

    def synonyms(row):
        """What agencies called begging is the first of the two codes."""
        if row["list"] == "EXPL":
            row = {**row, "code": {"LAB": "WORK", "BEG": "BEG1"}.get(row["code"], row["code"])}
        yield row

    def labels(row):
        if row["scope"] == "code" and row["key"] == "EXPL.LAB":
            yield {**row, "key": "EXPL.WORK"}
        elif row["scope"] == "code" and row["key"] == "EXPL.BEG":
            yield {**row, "key": "EXPL.BEG1"}
            yield {**row, "key": "EXPL.BEG2"}
        else:
            yield row

    def headers(row):
        target = row["target"]
        yield {**row, "target": {"form:LAB": "form:WORK", "form:BEG": "form:BEG1"}.get(target, target)}

    def conditions(row):
        other = {"LAB": "WORK", "BEG": "BEG1;BEG2"}
        yield {**row, "codes": ";".join(other.get(code, code) for code in row["codes"].split(";"))}

    change(folder / "codes.csv", codes)
    for name in ("codes-ever.csv", "rollups.csv"):
        change(folder / name, lines)
    change(folder / "synonyms_values.csv", synonyms)
    change(folder / "labels.csv", labels)
    change(folder / "synonyms_headers.csv", headers)
    change(folder / "skips.csv", conditions)
    ini = folder / "pack.ini"
    ini.write_text(ini.read_text(encoding="utf-8").replace("ic-tip-2025-recon", "second-pack"), encoding="utf-8")


def write(path, lines):
    path.write_text("kind,list,old,new\n" + "".join(line + "\n" for line in lines), encoding="utf-8")


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

    write(cli.folder / "concordance.csv", ["code,EXPL,LAB,WORK", "code,EXPL,BEG,BEG1", "code,EXPL,BEG,BEG2"])
    done = cli.good("pack", "c.casecount", "install", "second", "--concordance", "concordance.csv")
    assert done["pack"] == "second-pack" and done["codes"] == 1 and done["kept"] == 1, done
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

    # And back again: the old name returns to the same id; the code that was split is there all the time.
    write(cli.folder / "back.csv", ["code,EXPL,WORK,LAB", "code,EXPL,BEG1,BEG", "code,EXPL,BEG2,BEG"])
    back = cli.good("pack", "c.casecount", "install", str(PACK), "--concordance", "back.csv")
    assert back["codes"] == 1 and back["pack"] == "ic-tip-2025-recon", back
    assert count_all(cli) == before, count_all(cli)


if __name__ == "__main__":
    sys.exit(harness.run([test_install], str(pathlib.Path(sys.argv[1]).resolve())))
