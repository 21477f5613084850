#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole job by separate commands, and the demonstration in one; each answer against its schema."""
import csv
import json
import pathlib
import re
import sys
import zipfile

import harness

ROWS = [
    ["Réf", "Nom", "Prénoms", "Sexe", "Âge", "Nationalité", "Date d'identification", "Type d'exploitation", "Statut"],
    ["V1", "Kodjo", "Abla Inventée", "F", "15", "Béninoise", "02/03/2023", "Exploitation sexuelle", "Victime identifiée"],
    ["V2", "Tossou", "Koffi Inventé", "M", "12", "Togolaise", "20/05/2023", "Mendicité", "Victime présumée"],
    ["V3", "", "", "M", "24", "Togolaise", "29/09/2023", "Travail forcé", "Victime identifiée"],
]


def write_csv(path, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows(rows)


def test_any_table(cli):
    data = pathlib.Path(__file__).parent.parent / "linkage" / "data"
    answer = cli.good("link-table", str(data / "agency_sim_dev.csv"), "--schema", str(data / "agency-sim.ini"),
                      "--out", "clusters.csv", "--pairs", "pairs.csv", "--truth", "entity_id")
    assert answer["records"] == 6000 and answer["clusters"]["f1"] >= 0.94, answer
    with open(cli.folder / "clusters.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 6000 and len({row["cluster"] for row in rows}) == answer["persons"]
    with open(cli.folder / "pairs.csv", encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == answer["proposals"]


def test_the_job_by_hand(cli):
    write_csv(cli.folder / "police.csv", ROWS)
    assert cli.good("new", "c.casecount", "--country", "BEN")["schema"] >= 1
    cli.good("entity", "c.casecount", "add", "police", "--name", "Police", "--type", "POL")
    cli.good("entity", "c.casecount", "add", "embassy", "--name", "Embassy", "--type", "CSL")
    assert len(cli.good("entity", "c.casecount", "list")["entities"]) == 2
    sheets = cli.good("inspect", "police.csv")["sheets"]
    assert {column["variable"] for column in sheets[0]["tables"][0]["columns"]} >= {"sex", "age", "citizenship"}
    empty = cli.content_hash("c.casecount")
    dry = cli.good("import", "c.casecount", "police.csv", "--entity", "police", "--dry-run")
    assert dry["rows"] == 3 and cli.content_hash("c.casecount") == empty
    first = cli.good("import", "c.casecount", "police.csv", "--entity", "police", "--period", "2023")
    assert first["new"]["victim"] == 3 and first["parked"] == first["rejected"] == 0, first
    again = cli.good("import", "c.casecount", "police.csv", "--entity", "police", "--period", "2023")
    assert again["unchanged"]["victim"] == 3 and not sum(again["new"].values()), again
    cli.good("nil", "c.casecount", "--entity", "embassy", "--period", "2023")
    (cli.folder / "p.csv").write_text("year,sex,age_class,count,source\n2023,total,total,13000000,invented\n")
    assert cli.good("population", "c.casecount", "import", "p.csv")["rows"] == 1
    assert cli.good("link", "c.casecount", "--accept", "0.99")["records"] >= 3
    count = cli.good("count", "c.casecount", "--questionnaire", "unodc-glotip", "--table", "Q7", "--years", "2023")
    assert [cell["value"] for cell in count["totals"] if cell["year"] == "2023"] == [3], count["totals"]
    printed = cli.call("count", "c.casecount", "--questionnaire", "unodc-glotip", "--table", "Q8", "--years", "2020-2023")
    rows = [line for line in printed.stdout.splitlines()[1:] if line and not line.startswith("  ") or line[:3] == "   "]
    assert len({len(line) for line in rows}) == 1, f"columns are not straight: {printed.stdout}"
    cell = cli.good("count", "c.casecount", "--questionnaire", "unodc-glotip", "--table", "Q7", "--years", "2023",
                    "--cell", "girls,2023")
    assert len(cell["records"]) == 1 and cell["records"][0]["row"] == 2, cell
    kinds = cli.good("link", "c.casecount")["kinds"]
    assert [entry["kind"] for entry in kinds] == ["victim", "perpetrator", "event"], kinds
    without_years = cli.good("count", "c.casecount", "--questionnaire", "unodc-glotip", "--table", "Q7")
    assert without_years["totals"] == count["totals"], "the years are those of the victims"
    assert cli.good("verify", "c.casecount")["ok"]
    for language in ("en", "ar"):
        book = cli.good("questionnaire", "c.casecount", "--id", "unodc-glotip", "--years", "2022-2023", "--lang", language,
                        "--out", f"{language}.xlsx")
        assert book["tables"] == 10
        assert cli.good("read-back", "c.casecount", f"{language}.xlsx")["changed"] == []
    cli.good("questionnaire", "--blank", "--id", "unodc-glotip", "--years", "2022-2023", "--lang", "fr", "--out", "b.xlsx")
    assert all(change["difference"] == "removed" for change in cli.good("read-back", "c.casecount", "b.xlsx")["changed"])
    for suffix in ("png", "svg", "pdf"):
        chart = cli.good("chart", "c.casecount", "--id", "victims-by-year-agesex", "--years", "2022-2023",
                         "--out", f"chart.{suffix}")
        assert chart["base"] == 3 and len(chart["alt_text"]) > 30


def rewrite_sheets(source, target, change):
    """The same workbook with every sheet's XML put through `change`."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.namelist():
            data = old.read(item)
            if item.startswith("xl/worksheets/sheet"):
                data = change(data.decode("utf-8")).encode("utf-8")
            new.writestr(item, data)


def test_formulas_without_results(cli):
    """A program that saves formulas without results does not make totals vanish."""
    write_csv(cli.folder / "a.csv", ROWS)
    cli.good("new", "c.casecount", "--country", "BEN")
    cli.good("entity", "c.casecount", "add", "police", "--name", "Police", "--type", "POL")
    cli.good("import", "c.casecount", "a.csv", "--entity", "police")
    cli.good("questionnaire", "c.casecount", "--id", "unodc-glotip", "--years", "2022-2023", "--out", "q.xlsx")
    rewrite_sheets(cli.folder / "q.xlsx", cli.folder / "bare.xlsx",
                   lambda xml: re.sub(r"</f><v>[^<]*</v>", "</f><v></v>", xml))
    back = cli.good("read-back", "c.casecount", "bare.xlsx")
    assert back["changed"] == [] and back["uncomputed"] > 0, back
    assert cli.good("read-back", "c.casecount", "q.xlsx")["uncomputed"] == 0


def test_a_decision_joins_and_parts(cli):
    write_csv(cli.folder / "a.csv", ROWS)
    write_csv(cli.folder / "b.csv", ROWS)
    cli.good("new", "c.casecount", "--country", "BEN")
    for key in ("police", "shelter"):
        cli.good("entity", "c.casecount", "add", key, "--name", key, "--type", "POL")
    cli.good("import", "c.casecount", "a.csv", "--entity", "police")
    cli.good("import", "c.casecount", "b.csv", "--entity", "shelter")
    records = cli.good("count", "c.casecount", "--questionnaire", "unodc-glotip", "--table", "Q7", "--years", "2023",
                       "--cell", "girls,2023")["records"]
    assert len(records) == 2
    pair = ["--a", records[0]["uuid"], "--b", records[1]["uuid"]]
    assert cli.good("decide", "c.casecount", *pair, "--verdict", "same")["persons"] == 5
    assert cli.good("decide", "c.casecount", *pair, "--verdict", "different")["persons"] == 6
    cli.refused("decide", "c.casecount", *pair, "--verdict", "perhaps", code=2)
    cli.refused("decide", "c.casecount", "--a", records[0]["uuid"], "--b", "00" * 16, "--verdict", "same")


def test_acts_are_taken_back(cli):
    """Undo, undo of the undo, and counts that follow: verify compares them with a count made anew."""
    write_csv(cli.folder / "a.csv", ROWS)
    write_csv(cli.folder / "b.csv", ROWS)
    cli.good("new", "c.casecount", "--country", "BEN")
    for key in ("police", "shelter"):
        cli.good("entity", "c.casecount", "add", key, "--name", key, "--type", "POL")
    cli.good("import", "c.casecount", "a.csv", "--entity", "police")
    delivery = cli.good("import", "c.casecount", "b.csv", "--entity", "shelter")["submission"]
    records = cli.good("count", "c.casecount", "--questionnaire", "unodc-glotip", "--table", "Q7", "--years", "2023",
                       "--cell", "girls,2023")["records"]
    apart = cli.content_hash("c.casecount")
    cli.good("decide", "c.casecount", "--a", records[0]["uuid"], "--b", records[1]["uuid"], "--verdict", "same")
    joined = cli.content_hash("c.casecount")
    decide = cli.good("audit", "c.casecount", "--limit", "1")["acts"][0]
    assert decide["name"] == "decide" and decide["undoes"] == decide["undone_by"] == 0, decide
    undo = cli.good("undo", "c.casecount")
    assert undo["undoes"] == decide["act"] and cli.content_hash("c.casecount") == apart
    assert cli.good("verify", "c.casecount")["ok"]
    assert cli.good("audit", "c.casecount")["acts"][1]["undone_by"] == undo["act"]
    again = cli.good("redo", "c.casecount")
    assert again["undoes"] == undo["act"] and cli.content_hash("c.casecount") == joined
    assert "Nothing was taken back" in cli.refused("redo", "c.casecount")
    undo = cli.good("undo", "c.casecount")
    assert "taken back before" in cli.refused("undo", "c.casecount", "--act", str(decide["act"]))
    cli.good("undo", "c.casecount", "--act", str(undo["act"]))
    assert cli.content_hash("c.casecount") == joined and cli.good("verify", "c.casecount")["ok"]
    total = lambda: [cell["value"] for cell in cli.good(
        "count", "c.casecount", "--questionnaire", "unodc-glotip", "--table", "Q7", "--years", "2023")["totals"]
        if cell["year"] == "2023"]
    before = total()
    would = cli.good("undo-import", "c.casecount", "--submission", str(delivery), "--dry-run")["difference"]
    assert total() == before and cli.content_hash("c.casecount") == joined
    done = cli.good("undo-import", "c.casecount", "--submission", str(delivery))
    assert done["records"] > 0 and done["difference"] == would and would["persons"]["gone"] > 0
    assert cli.good("verify", "c.casecount")["ok"] and total() != before
    cli.good("undo", "c.casecount")
    assert cli.content_hash("c.casecount") == joined and total() == before
    assert cli.good("verify", "c.casecount")["ok"]
    profiles = cli.good("profile", "c.casecount", "list")["profiles"]
    cli.good("profile", "c.casecount", "export", profiles[0]["name"], "profile.map")
    named = {profile["name"] for profile in
             cli.good("profile", "c.casecount", "import", "profile.map", "--name", "again")["profiles"]}
    assert named == {profile["name"] for profile in profiles} | {"again"}
    cli.refused("profile", "c.casecount", "export", "nobody", "profile.map")
    cli.good("undo", "c.casecount")
    cli.refused("undo", "c.casecount", "--act", "4711")
    cli.refused("undo", "c.casecount", "--act", "1")


def test_the_demonstration(cli):
    done = cli.call("demo", "--out", "demo", "--victims", "150", "--seed", "5", "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    harness.jsonschema.validate(answer, json.loads((harness.SCHEMAS / "demo.json").read_text()))
    assert answer["files"] >= 7 and answer["persons"] < answer["records"]
    assert answer["persons_low"] <= answer["persons"] <= answer["persons_high"]
    assert answer["rows"] == answer["accepted"] + answer["parked"] + answer["rejected"]
    for path in answer["outputs"]:
        assert (cli.folder / path).stat().st_size > 1000, path
    again = cli.call("demo", "--out", "demo", "--victims", "150", "--seed", "5", "--json")
    assert again.returncode == 0, "a second run replaces the first: " + again.stderr
    assert json.loads(again.stdout)["persons"] == answer["persons"]


def test_counts_stay_apart(cli):
    """A table of counts makes no person, is told beside the tables, and goes with its delivery."""
    (cli.folder / "counts.csv").write_text("Nationality,Men,Women,Boys,Girls,Total\nTogo,3,4,5,6,18\nGhana,1,0,2,3,6\n")
    write_csv(cli.folder / "police.csv", ROWS)
    cli.good("new", "c.casecount", "--country", "BEN")
    for key in ("police", "social"):
        cli.good("entity", "c.casecount", "add", key, "--name", key, "--type", "POL")
    cli.good("import", "c.casecount", "police.csv", "--entity", "police", "--period", "2023")
    query = ["count", "c.casecount", "--questionnaire", "unodc-glotip", "--table", "Q7", "--years", "2023"]
    before = cli.good(*query)
    assert cli.good("sent-counts", "c.casecount") == {"deliveries": []}
    own = cli.good("import", "c.casecount", "counts.csv", "--entity", "police", "--period", "2023")["submission"]
    sent = cli.good("import", "c.casecount", "counts.csv", "--entity", "social", "--period", "2023")
    assert not sum(sent["new"].values()), sent
    deliveries = cli.good("sent-counts", "c.casecount")["deliveries"]
    assert [(line["entity"], line["total"], line["figures"], line["beside_records"]) for line in deliveries] == \
        [("police", 24, 10, True), ("social", 24, 10, False)], deliveries
    figures = cli.good("sent-counts", "c.casecount", "--submission", sent["submission"])["figures"]
    assert len(figures) == 10 and figures[7] == {
        "sheet": "counts", "row": 3, "column": "Boys", "unit": "victim", "period": "2023", "count": 2, "repeated": False,
        "categories": [{"name": "Nationality", "text": "Ghana"}]}, figures[7]
    after = cli.good(*query)
    assert after["rows"] == before["rows"] and after["totals"] == before["totals"]
    assert [note for note in after["notes"] if note not in before["notes"]] == \
        ["Sent by agencies as counts only, and not in the table: 24"], after["notes"]
    cli.good("questionnaire", "c.casecount", "--id", "unodc-glotip", "--years", "2023", "--out", "q.xlsx")
    with zipfile.ZipFile(cli.folder / "q.xlsx") as book:
        texts = book.read("xl/sharedStrings.xml").decode("utf-8")
    for text in ("Sent by agencies as counts only, and not in the table: 24", "What was sent as counts", "counts.csv",
                 "In no table: no records were sent for the period", "own records of the period are counted"):
        assert text in texts, text
    for submission in (own, sent["submission"]):
        cli.good("undo-import", "c.casecount", "--submission", submission)
    assert cli.good("sent-counts", "c.casecount") == {"deliveries": []}
    assert cli.good(*query)["notes"] == before["notes"]


def test_a_list_without_status_is_warned_about(cli):
    write_csv(cli.folder / "police.csv", [row[:-1] for row in ROWS])
    cli.good("new", "c.casecount", "--country", "BEN")
    cli.good("entity", "c.casecount", "add", "police", "--name", "Police", "--type", "POL")
    cli.good("import", "c.casecount", "police.csv", "--entity", "police", "--period", "2023")
    book = cli.good("questionnaire", "c.casecount", "--id", "unodc-glotip", "--years", "2023", "--out", "b.xlsx")
    warnings = [entry["value"] for entry in book["findings"] if entry["rule"] == "left-out"]
    assert warnings and "3 persons" in warnings[0], book["findings"]


def test_sex_from_a_column_of_genders(cli):
    write_csv(cli.folder / "ngo.csv", [
        ["Victim ID", "Gender", "Age", "Nationality", "Date rescued", "Status", "Type of exploitation"],
        ["V1", "Female", "19", "Togo", "2023-04-05", "identified", "Sexual exploitation"],
        ["V2", "Male", "16", "Togo", "2023-04-05", "identified", "Forced labour"],
        ["V3", "Trans woman", "30", "Ghana", "2023-05-06", "identified", "Forced labour"],
        ["V4", "", "", "Ghana", "2023-05-06", "identified", ""]])
    columns = cli.good("inspect", "ngo.csv")["sheets"][0]["tables"][0]["columns"]
    gender = next(column for column in columns if column["header"] == "Gender")
    assert gender["variable"] == "gender, sex" and "no column gives the sex" in gender["why"], gender
    assert gender["why"] in cli.call("inspect", "ngo.csv").stdout
    cli.good("new", "c.casecount", "--country", "BEN")
    cli.good("entity", "c.casecount", "add", "ngo", "--name", "Invented", "--type", "NGO")
    answer = cli.good("import", "c.casecount", "ngo.csv", "--entity", "ngo", "--period", "2023")
    assert answer["findings"]["intake.finding.gender-sex"] == 1, answer["findings"]
    assert [(value["variable"], value["text"]) for value in answer["unmapped_values"]] == [("victim.sex", "Trans woman")]
    # What is missing from the disaggregation is said in the words of the table, in the workbook, too.
    for language, words in (("en", "missing from the figures by sex and age (2023): 2 of 4."),
                            ("fr", "absentes des chiffres par sexe et âge (2023) : 2 sur 4.")):
        book = cli.good("questionnaire", "c.casecount", "--id", "sdg-16-2-2", "--years", "2023", "--lang", language,
                        "--out", language + ".xlsx")
        found = [(entry["severity"], entry["value"]) for entry in book["findings"] if entry["rule"] == "K2"]
        assert len(found) == 1 and found[0][0] == "warning" and words in found[0][1], book["findings"]
        with zipfile.ZipFile(cli.folder / (language + ".xlsx")) as book:
            assert words in book.read("xl/sharedStrings.xml").decode("utf-8")


def test_lists(cli):
    ids = {entry["id"] for entry in cli.good("questionnaires", "list")["questionnaires"]}
    assert ids >= {"ecowas-tip", "unodc-glotip", "sdg-16-2-2"}
    assert {entry["id"] for entry in cli.good("charts", "list")["charts"]} >= {"victims-by-year-agesex", "forms-by-sex"}


TESTS = [value for name, value in list(globals().items()) if name.startswith("test_")]

if __name__ == "__main__":
    sys.exit(harness.run(TESTS, str(pathlib.Path(sys.argv[1]).resolve())))
