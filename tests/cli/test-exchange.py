#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A package leaves, is worked on and comes back; two copies meet and what both changed is settled."""
import pathlib
import shutil
import sys
import time

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
    assert (cli.folder / "p.casecount").stat().st_mode & 0o777 == 0o600
    assert not list(cli.folder.rglob(".*.part-*.beginning")), "what is kept of a name that did not stay"
    assert cli.call("info", "p.casecount", passphrase=other).returncode == 0
    done = cli.call("verify", "p.casecount", passphrase=other)
    assert done.returncode == 0, done.stdout + done.stderr
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


def test_weak_passphrases(cli):
    """A script gets its way and a warning; a passphrase that is fit for its purpose gets none."""
    words = cli.folder / "words"
    for text, warning in (("a", "too easy"), ("benin2025", "too easy"), (harness.PASSPHRASE, "well known"),
                          ("four quiet river stones", None)):
        words.write_text(text + "\n")
        done = cli.call("new", "w.casecount", "--country", "BEN", passphrase=words)
        assert done.returncode == 0, done.stderr
        assert (warning in done.stderr) if warning else ("Warning" not in done.stderr), (text, done.stderr)
        (cli.folder / "w.casecount").unlink()
    words.write_text("a\n")
    assert "Warning" not in cli.call("new", "p.casecount", "--country", "BEN", "--practice", passphrase=words).stderr
    cli.good("new", "c.casecount", "--country", "BEN")
    done = cli.call("package", "c.casecount", "--out", "q.casecount", "--package-passphrase-file", words)
    assert done.returncode == 0 and "too easy" in done.stderr, done.stderr
    done = cli.call("rekey", "c.casecount", "--new-passphrase-file", words)
    assert done.returncode == 0 and "too easy" in done.stderr, done.stderr
    assert "is the old one" in cli.call("rekey", "c.casecount", "--new-passphrase-file", words, passphrase=words).stderr


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


CELL = ("--questionnaire", "unodc-glotip", "--table", "Q7", "--years", "2023", "--cell", "girls,2023")


def count_girls(cli, file):
    return cli.good("count", file, *CELL)["count"]


def judge(cli, file, pair, verdict):
    return cli.good("decide", file, "--a", pair[0], "--b", pair[1], "--verdict", verdict)["persons"]


def test_verdicts_meet(cli):
    """Of two verdicts on one pair the newer stands, and the records are one person as it says, whoever brings in whom."""
    cli.good("new", "c.casecount", "--country", "BEN")
    for key, name in (("police", "Kodjo"), ("refuge", "Tossou")):
        cli.good("entity", "c.casecount", "add", key, "--name", key, "--type", "POL")
        header, row = ROWS.format(sex="F", name=name).splitlines()
        (cli.folder / f"{key}.csv").write_text(f"{header};Statut\n{row};Victime identifiée\n", encoding="utf-8")
        cli.good("import", "c.casecount", f"{key}.csv", "--entity", key, "--period", "2023")
    pair = [record["uuid"] for record in cli.good("count", "c.casecount", *CELL)["records"]]
    assert len(pair) == 2
    for older, newer in (("same", "different"), ("different", "same")):
        for name in ("a", "b"):
            shutil.copy(cli.folder / "c.casecount", cli.folder / f"{name}.casecount")
        judge(cli, "a.casecount", pair, older)
        time.sleep(1.1)
        judge(cli, "b.casecount", pair, newer)
        for here, there in (("a", "b"), ("b", "a")):
            shutil.copy(cli.folder / f"{here}.casecount", cli.folder / "here.casecount")
            cli.good("merge", "here.casecount", f"{there}.casecount")
            item, = cli.good("conflicts", "here.casecount")["items"]
            assert item[item["kept"]] == newer, item
            persons = count_girls(cli, "here.casecount")
            assert persons == (1 if newer == "same" else 2), (older, newer, here, persons)
            for side in ("mine", "theirs"):
                shutil.copy(cli.folder / "here.casecount", cli.folder / "settled.casecount")
                settled = cli.good("conflicts", "settled.casecount", "--settle", "all", "--take", side)
                assert settled["items"] == [], settled
                assert [(one["id"], one["kept"], one["open"]) for one in settled["settled"]] == [(item["id"], side, False)]
                assert f"settled: {side}" in cli.call("conflicts", "settled.casecount", "--all").stdout
                persons = count_girls(cli, "settled.casecount")
                assert persons == (1 if item[side] == "same" else 2), (older, newer, here, side, persons)
                assert cli.good("verify", "settled.casecount")["ok"]
            assert cli.good("verify", "here.casecount")["ok"]


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
    cli.refused("package", "c.casecount", "--entity", "nobody", "--out", "p.casecount", "--package-passphrase-file", other)
    # The office's own passphrase is not given away without a word.
    message = cli.refused("package", "c.casecount", "--out", "p.casecount", code=2)
    assert "--package-passphrase-file" in message, message
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


def damage(cli, folder):
    """Backs up into a folder alone, then loses the beginning; returns what the file held."""
    cli.good("backup", "c.casecount", folder)
    before = cli.content_hash("c.casecount")
    shutil.rmtree(cli.folder / "backups", ignore_errors=True)
    with open(cli.folder / "c.casecount", "r+b") as file:
        file.write(b"\0" * 4096 * 3)
    return before


def test_repair_without_backup(cli):
    """The passphrase is right and nothing helps: no dead end, and the file stays as it is."""
    make_case(cli)
    shutil.rmtree(cli.folder / "backups", ignore_errors=True)
    with open(cli.folder / "c.casecount", "r+b") as file:
        file.seek(100)
        file.write(b"\0" * 50)
    before = (cli.folder / "c.casecount").read_bytes()
    message = cli.refused("repair", "c.casecount")
    for words in ("is damaged", "not changed", "no backup", "sticks", "--backups", "import"):
        assert words in message, message
    assert (cli.folder / "c.casecount").read_bytes() == before


def test_repair_elsewhere(cli):
    """A backup just beside the file is found; another where somebody says it is."""
    make_case(cli)
    (cli.folder / "stick").mkdir()
    before = damage(cli, "stick")
    message = cli.refused("repair", "c.casecount")
    assert "passphrase opens no part" in message and "look for copies" in message, message
    answer = cli.good("repair", "c.casecount", "--backups", "stick")
    assert answer["way"] == "backup" and "stick" in answer["source"], answer
    before = damage(cli, ".")
    answer = cli.good("repair", "c.casecount")
    assert answer["way"] == "backup", answer
    # The backup was noted in the file after it was written.
    assert cli.good("audit", "c.casecount")["ok"]
    assert cli.content_hash("c.casecount") == before


if __name__ == "__main__":
    sys.exit(harness.run([test_package_and_back, test_weak_passphrases, test_copies_meet, test_verdicts_meet, test_refusals, test_repair, test_repair_without_backup, test_repair_elsewhere], str(pathlib.Path(sys.argv[1]).resolve())))
