#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""second_pack.py FOLDER: another classification out of the one we ship, with its concordance in the folder."""
import csv
import os
import pathlib
import shutil
import sys

PACK = pathlib.Path(os.environ["CASECOUNT_DATA_DIR"]) / "classification" / "ic-tip-2025-recon"
CONCORDANCE = ["code,EXPL,LAB,WORK", "code,EXPL,BEG,BEG1", "code,EXPL,BEG,BEG2"]


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


if __name__ == "__main__":
    make_pack(pathlib.Path(sys.argv[1]))
    write(pathlib.Path(sys.argv[1]) / "concordance.csv", CONCORDANCE)
