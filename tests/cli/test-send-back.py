#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A list goes back with questions, is answered in the package itself, and returns."""
import pathlib
import re
import sys
import zipfile

import harness

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
ROWS = [
    ["Police, cas de 2023"],
    [],
    ["N° victime", "Sexe", "Âge", "Nationalité", "Date d'identification", "Type d'exploitation"],
    ["V1", "F", "15", "Béninoise", "13/04/2023", "Exploitation sexuelle"],
    ["V2", "M", "150", "Togolaise", "14/04/2023", "Travail forcé"],
    ["V3", "", "22", "NIG", "31/02/2023", "Mendicité"],
    ["TOTAL", "", "3"],
]


def make_workbook(path):
    """A workbook written by no program that the tests know, with a part of its own."""
    cells = ""
    for r, row in enumerate(ROWS, 1):
        texts = "".join(
            f'<c r="{chr(65 + c)}{r}" t="inlineStr"><is><t>{text}</t></is></c>' for c, text in enumerate(row) if text
        )
        cells += f'<row r="{r}">{texts}</row>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="a" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="Cas" sheetId="1" '
        'r:id="s"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="s" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>',
        "xl/media/image1.png": "a picture",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts.items():
            book.writestr(name, text)


def answer(sent, back, values):
    """Writes texts into cells of the list, as somebody with an editor does."""
    with zipfile.ZipFile(sent) as old, zipfile.ZipFile(back, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            text = old.read(info)
            if info.filename == "xl/worksheets/sheet1.xml":
                sheet = text.decode()
                for cell, value in values.items():
                    style = re.search(rf'<c r="{cell}"[^>]*?( s="\d+")', sheet)
                    assert style, f"{cell} is coloured"
                    sheet = re.sub(
                        rf'<c r="{cell}"[^>]*?(/>|>.*?</c>)',
                        f'<c r="{cell}"{style[1]} t="inlineStr"><is><t>{value}</t></is></c>',
                        sheet,
                    )
                text = sheet.encode()
            new.writestr(info.filename, text)


def test_send_back(cli):
    make_workbook(cli.folder / "police.xlsx")
    cli.good("new", "c.casecount", "--country", "BEN")
    cli.good("entity", "c.casecount", "add", "police", "--name", "Police", "--type", "POL")
    first = cli.good("import", "c.casecount", "police.xlsx", "--entity", "police", "--period", "2023")
    assert "answers" not in first
    cli.refused("send-back", "c.casecount", "--submission", "1", code=2)
    cli.refused("send-back", "c.casecount", "--submission", "9", "--original", "police.xlsx", "--out", "b.xlsx")
    sent = cli.good(
        "send-back", "c.casecount", "--submission", "1", "--original", "police.xlsx", "--out", "back.xlsx"
    )
    assert sent["language"] == "fr" and not sent["fresh"] and sent["rows"] == 2 and sent["notes"] == 4, sent
    with zipfile.ZipFile(cli.folder / "police.xlsx") as old, zipfile.ZipFile(cli.folder / "back.xlsx") as new:
        assert new.testzip() is None
        assert new.read("xl/media/image1.png") == old.read("xl/media/image1.png")
        questions = new.read("xl/worksheets/sheetCc1.xml").decode()
        assert "police.xlsx" in questions and "NIG" in questions
    answer(cli.folder / "back.xlsx", cli.folder / "answers.xlsx", {"C5": "15", "D6": "Nigériane", "B6": "F"})
    cli.refused("send-back", "c.casecount", "--submission", "1", "--original", "answers.xlsx", "--out", "b.xlsx")
    second = cli.good("import", "c.casecount", "answers.xlsx", "--entity", "police")
    assert second["updated"] == {"victim": 2} and second["new"] == {}, second
    said = second["answers"]
    assert said == {
        "submission": 1, "asked": 4, "answered": 3, "touched": 2, "untouched": 1, "added": 0, "gone": 0,
    }, said
    assert cli.good("verify", "c.casecount")["ok"]
    whole = cli.good("import", "c.casecount", "answers.xlsx", "--entity", "police", "--whole", "--dry-run")
    assert whole["rows"] == 4 and "answers" not in whole, whole
    cli.good("undo-import", "c.casecount", "--submission", second["submission"])
    cli.good("undo-import", "c.casecount", "--submission", "1")
    cli.refused("import", "c.casecount", "answers.xlsx", "--entity", "police")


def test_fresh(cli):
    lines = "\n".join(";".join(row) for row in ROWS[2:]) + "\n"
    (cli.folder / "police.csv").write_text(lines, encoding="utf-8")
    cli.good("new", "c.casecount", "--country", "BEN")
    cli.good("entity", "c.casecount", "add", "police", "--name", "Police", "--type", "POL")
    cli.good("import", "c.casecount", "police.csv", "--entity", "police", "--period", "2023")
    sent = cli.good(
        "send-back", "c.casecount", "--submission", "1", "--original", "police.csv", "--out", "b.xlsx", "--lang", "ar"
    )
    assert sent["fresh"] and sent["language"] == "ar", sent
    again = cli.good("import", "c.casecount", "b.xlsx", "--entity", "police")
    assert again["rows"] == 0 and again["answers"]["untouched"] == 3, again


if __name__ == "__main__":
    sys.exit(harness.run([test_send_back, test_fresh], str(pathlib.Path(sys.argv[1]).resolve())))
