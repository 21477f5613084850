#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Invented victims in any number: what the commands that read them say of them."""
import csv
import pathlib
import sys
import unicodedata

import harness


def fold(text):
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))


def link(cli, answer, *more):
    return cli.good("link-table", answer["table"], "--schema", answer["schema"], "--truth", "invented_person",
                    "--out", "clusters.csv", *more)


def test_linked_and_compared(cli):
    answer = cli.good("practice", "--out", "big", "--big", "--victims", "2000", "--seed", "7")
    assert answer["victims"] == 2000
    with open(cli.folder / answer["table"], encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    assert len(rows) == sum(file["rows"] for file in answer["files"]) > 3200
    assert len({row["invented_person"] for row in rows}) == 2000
    # The commonest name as written, of which slips, gaps and other spellings take a part away.
    common = sum(bool({"diallo", "jallow", "djalo"} & set(fold(" ".join(
        (row["family_name"], row["given_names"], row["full_name"]))).split())) for row in rows) / len(rows)
    assert 0.07 < common < 0.15, common
    found = link(cli, answer)
    assert found["records"] == len(rows)
    assert abs(found["persons"] - 2000) < 250, found["persons"]
    assert found["reach"] > 0.95, found["reach"]
    assert found["clusters"]["f1"] > 0.89 and found["clusters"]["p"] > 0.95, found["clusters"]
    assert found["largest"] < 12
    one = (cli.folder / "clusters.csv").read_bytes()
    link(cli, answer, "--threads", "1")
    assert one == (cli.folder / "clusters.csv").read_bytes()


def test_imported(cli):
    answer = cli.good("practice", "--out", "big", "--big", "--records", "1500", "--seed", "2")
    cli.good("new", "x.casecount", "--country", "BEN", "--practice")
    total = 0
    for file in answer["files"]:
        cli.good("entity", "x.casecount", "add", file["entity"], "--name", file["name"], "--type", file["type"])
        if file["nil"]:
            continue
        said = cli.good("import", "x.casecount", file["path"], "--entity", file["entity"], "--period",
                        file["period"], *(("--map", file["map"]) if file["map"] else ()))
        imports = said["files"] if "files" in said else [said]
        assert len(imports) == 1 and imports[0]["parked"] == 0, said
        assert imports[0]["new"]["victim"] == file["rows"], (file["entity"], said)
        total += file["rows"]
    assert total == 1500


def test_refused(cli):
    cli.refused("practice", "--out", "x", "--records", "100", code=2)
    cli.refused("practice", "--out", "x", "--big", "--records", "100", "--victims", "100", code=2)
    cli.refused("practice", "--out", "x", "--big", "--records", "-4", code=2)
    cli.refused("practice", "--out", "x", "--big", "--records", "50000000", code=2)
    assert not (cli.folder / "x").exists()


if __name__ == "__main__":
    sys.exit(harness.run([test_linked_and_compared, test_imported, test_refused],
                         pathlib.Path(sys.argv[1]).resolve()))
