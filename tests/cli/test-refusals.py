#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad input gets a clear message and exit 1, and the case file is as it was: content hashes agree."""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time
import zipfile

import harness

ROWS = "Sexe;Âge;Nationalité;Date d'identification;Type d'exploitation\nF;15;Béninoise;2023-03-02;Exploitation sexuelle\n"


def make_case(cli):
    cli.good("new", "c.casecount", "--country", "BEN")
    cli.good("entity", "c.casecount", "add", "police", "--name", "Police", "--type", "POL")
    (cli.folder / "good.csv").write_text(ROWS, encoding="utf-8")
    cli.good("import", "c.casecount", "good.csv", "--entity", "police", "--period", "2023")


def refuse_import(cli, path, *options, **keywords):
    """Importing must be refused and change nothing."""
    before = cli.content_hash("c.casecount")
    message = cli.refused("import", "c.casecount", path, *(options or ("--entity", "police")), **keywords)
    assert cli.content_hash("c.casecount") == before, "the case file changed"
    return message


def write_sheet(path, rows):
    """A minimal workbook of one sheet, made without any library of ours."""
    cells = "".join(
        "<row r='%d'>%s</row>" % (r + 1, "".join(
            f"<c r='{chr(65 + c)}{r + 1}' t='inlineStr'><is><t>{text}</t></is></c>"
            for c, text in enumerate(row)))
        for r, row in enumerate(rows))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<?xml version='1.0'?><Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/><Default Extension='xml' ContentType='application/xml'/><Override PartName='/xl/workbook.xml' ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'/><Override PartName='/xl/worksheets/sheet1.xml' ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml'/></Types>")
        book.writestr("_rels/.rels", "<?xml version='1.0'?><Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='r1' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' Target='xl/workbook.xml'/></Relationships>")
        book.writestr("xl/workbook.xml", "<?xml version='1.0'?><workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'><sheets><sheet name='S' sheetId='1' r:id='r1'/></sheets></workbook>")
        book.writestr("xl/_rels/workbook.xml.rels", "<?xml version='1.0'?><Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='r1' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet' Target='worksheets/sheet1.xml'/></Relationships>")
        book.writestr("xl/worksheets/sheet1.xml", f"<?xml version='1.0'?><worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>{cells}</sheetData></worksheet>")


def test_passphrase_files(cli):
    """What a file holds is the passphrase as somebody would type it, or it is none."""
    words = "correct horse battery staple"
    held = cli.folder / "held"
    cli.good("new", "c.casecount", "--country", "BEN")
    for text in (words, words + "\r\n", words + "\nmore\n", "\ufeff" + words + "\r\n"):
        held.write_bytes(text.encode())
        assert cli.call("info", "c.casecount", passphrase=held).returncode == 0, repr(text)
    for content, said in ((words.encode() + b"\0more\n", "no letters"), (b"x" * 5000 + b"\n", "longer than"),
                          (b"", "is empty"), (b"\xef\xbb\xbf\n", "is empty")):
        held.write_bytes(content)
        assert said in cli.refused("info", "c.casecount", passphrase=held), content[:40]
        assert said in cli.refused("new", "d.casecount", "--country", "BEN", passphrase=held), content[:40]
    assert "cannot be read" in cli.refused("info", "c.casecount", passphrase=cli.folder)
    # Nobody could type it in the window later.
    held.write_bytes("été chaud au bord de l'eau\n".encode("latin-1"))
    assert "UTF-8" in cli.refused("new", "d.casecount", "--country", "BEN", passphrase=held)
    assert "UTF-8" in cli.refused("rekey", "c.casecount", "--new-passphrase-file", held)
    assert "UTF-8" in cli.refused("package", "c.casecount", "--out", "p.casecount", "--package-passphrase-file", held)
    assert sorted(path.name for path in cli.folder.glob("*.casecount*")) == ["c.casecount"]


def test_wrong_passphrase(cli):
    make_case(cli)
    wrong = cli.folder / "wrong"
    wrong.write_text("not this one\n")
    before = cli.content_hash("c.casecount")
    message = cli.refused("info", "c.casecount", passphrase=wrong)
    assert "passphrase" in message
    cli.refused("import", "c.casecount", "good.csv", "--entity", "police", passphrase=wrong)
    assert cli.content_hash("c.casecount") == before


def test_foreign_files_as_case_file(cli):
    write_sheet(cli.folder / "book.casecount", [["a"]])
    (cli.folder / "text.casecount").write_text("Dear colleague, please find attached\n" * 50)
    (cli.folder / "empty.casecount").write_bytes(b"")
    for name in ("book.casecount", "text.casecount", "empty.casecount", "absent.casecount"):
        cli.refused("info", name)


def test_text_named_xlsx(cli):
    make_case(cli)
    (cli.folder / "text.xlsx").write_text(ROWS)
    refuse_import(cli, "text.xlsx")


def test_truncated_xlsx(cli):
    make_case(cli)
    write_sheet(cli.folder / "whole.xlsx", [["Sexe", "Âge", "Nationalité"], ["F", "15", "Béninoise"]] * 40)
    data = (cli.folder / "whole.xlsx").read_bytes()
    for part in (0.3, 0.7, 0.95):
        (cli.folder / "part.xlsx").write_bytes(data[:int(len(data) * part)])
        refuse_import(cli, "part.xlsx")


def test_empty_sheet(cli):
    make_case(cli)
    write_sheet(cli.folder / "empty.xlsx", [])
    (cli.folder / "empty.csv").write_bytes(b"")
    refuse_import(cli, "empty.xlsx")
    refuse_import(cli, "empty.csv")


def test_headers_only(cli):
    make_case(cli)
    header = ["Sexe", "Âge", "Nationalité", "Date d'identification"]
    write_sheet(cli.folder / "headers.xlsx", [header])
    (cli.folder / "headers.csv").write_text(";".join(header) + "\n", encoding="utf-8")
    refuse_import(cli, "headers.xlsx")
    refuse_import(cli, "headers.csv")


def test_unknown_entity(cli):
    make_case(cli)
    assert "nobody" in refuse_import(cli, "good.csv", "--entity", "nobody")


def test_absent_sheet(cli):
    make_case(cli)
    refuse_import(cli, "absent.xlsx")


def test_full_disk_during_import(cli):
    """The case file lies on a file system of its own that is too small for the delivery."""
    make_case(cli)
    rows = "Sexe;Âge;Nationalité;Date d'identification;Nom et prénoms\n" + "".join(
        f"F;{10 + i % 40};Béninoise;2023-03-{1 + i % 28:02};Personne {i} {'x' * 60}\n" for i in range(20000))
    (cli.folder / "large.csv").write_text(rows, encoding="utf-8")
    small = cli.folder / "small"
    small.mkdir()
    mount = ["unshare", "-rm", "sh", "-c"]
    if subprocess.run([*mount, f"mount -t tmpfs -o size=1m none '{small}'"], check=False,
                      capture_output=True).returncode != 0:
        return "no private mount of a small file system is allowed here"
    size = (cli.folder / "c.casecount").stat().st_size
    script = f"""
        mount -t tmpfs -o size={size + 1500000} none '{small}' && cp c.casecount '{small}/c.casecount' &&
        '{cli.program}' import '{small}/c.casecount' large.csv --entity police
        status=$?
        cp '{small}/c.casecount' after.casecount
        exit $status"""
    before = cli.content_hash("c.casecount")
    done = subprocess.run([*mount, script], cwd=cli.folder, capture_output=True, text=True, check=False,
                          env={**__import__("os").environ, "CASECOUNT_PASSPHRASE_FILE": str(cli.passphrase)})
    assert done.returncode == 1, f"exit {done.returncode}: {done.stderr}"
    assert "full" in done.stderr or "space" in done.stderr, done.stderr
    assert cli.content_hash("after.casecount") == before, "the case file changed"
    return None


def test_nil_against_cases(cli):
    """Who has sent cases of a year cannot have had none in it."""
    make_case(cli)
    before = cli.content_hash("c.casecount")
    message = cli.refused("nil", "c.casecount", "--entity", "police", "--period", "2023")
    assert "good.csv" in message, message
    assert cli.content_hash("c.casecount") == before
    cli.good("nil", "c.casecount", "--entity", "police", "--period", "2022")


def test_absent_map(cli):
    make_case(cli)
    message = refuse_import(cli, "good.csv", "--entity", "police", "--map", "absent.map")
    assert "absent.map" in message and "Nothing was changed" in message, message


def test_undo_names_what_stands_in_the_way(cli):
    make_case(cli)
    acts = {act["name"]: act["act"] for act in cli.good("audit", "c.casecount")["acts"]}
    added, brought = acts["entity"], acts["import"]
    message = cli.refused("undo", "c.casecount", "--act", str(added))
    assert f"number {brought} " in message and "rows of a delivery are kept" in message, message
    cli.good("undo-import", "c.casecount", "--submission", "1")
    message = cli.refused("undo", "c.casecount", "--act", str(added))
    assert f"number {brought} " in message, message


def test_no_act_has_number_nought(cli):
    """What was meant by 0 is not known: the last act must not go for it."""
    make_case(cli)
    before = len(cli.good("audit", "c.casecount")["acts"])
    for number in "0", "-1":
        message = cli.refused("undo", "c.casecount", "--act", number, code=2)
        assert "--act 12" in message, message
    assert len(cli.good("audit", "c.casecount")["acts"]) == before


def test_stopped(cli):
    """Ctrl+C is answered by a sentence that says what was kept."""
    with subprocess.Popen([cli.program, "demo", "--out", "d", "--victims", "6000"], cwd=cli.folder, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        while process.poll() is None and not list(cli.folder.glob("d/*.casecount")):
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        message = process.communicate(timeout=300)[1]
    assert process.returncode == 1 and "What was finished before stays" in message, message


def test_wrong_use(cli):
    make_case(cli)
    cli.refused("link", "c.casecount", "--accept", "2", code=2)
    cli.refused("link", "c.casecount", "--accept", "99", code=2)
    cli.refused("import", code=2)
    cli.refused("nonsense", code=2)
    cli.refused("info", "a", "b", code=2)
    assert cli.call("import", "--help").returncode == 0
    assert "casecount-cli import" in cli.call("import", "--help").stdout


def test_plain_locale(cli):
    """A script without a locale may name offices with accents."""
    make_case(cli)
    for locale in ("C", "xx_YY"):
        done = cli.call("entity", "c.casecount", "add", "e" + locale.lower().replace("_", ""), "--name", "Échange",
                        "--type", "POL", prefix=("env", "-u", "LANG", f"LC_ALL={locale}"))
        assert done.returncode == 0 and "Échange" in done.stdout, done.stderr


def test_eight_bit_name(cli):
    """JSON stays JSON where the name of a file is no text."""
    name = os.fsdecode(b"caf\xe9.casecount")
    cli.good("new", name, "--country", "BEN")
    assert cli.good("info", name)["file"].startswith("caf")


def test_absent_folder(cli):
    """Whoever writes where there is no folder is told so."""
    make_case(cli)
    words = cli.folder / "words"
    words.write_text("seven slow grey herons\n")
    for command in (("package", "c.casecount", "--out", "away/p.casecount", "--package-passphrase-file", words),
                    ("restore", "c.casecount", "away/d.casecount")):
        message = cli.refused(*command)
        assert "folder" in message and "is not there" in message and ".part" not in message, message


def test_no_plain_text_in_the_file(cli):
    make_case(cli)
    data = (cli.folder / "c.casecount").read_bytes()
    for word in (b"SQLite format", b"noise", b"police", b"2023-03-02"):
        assert word not in data
    assert sorted(p.name for p in cli.folder.glob("c.casecount*")) == ["c.casecount"], "a closed file is one file"


TESTS = [value for name, value in list(globals().items()) if name.startswith("test_")]

if __name__ == "__main__":
    assert shutil.which("unshare") and pathlib.Path(sys.argv[1]).exists()
    sys.exit(harness.run(TESTS, str(pathlib.Path(sys.argv[1]).resolve())))
