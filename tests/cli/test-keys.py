#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Backups, restoring and the passphrase by command; and nothing is left in the clear anywhere."""
import os
import pathlib
import subprocess
import sys

import harness

NAME = "Quenzafrill"
HEADER = "Réf;Nom;Sexe;Âge;Nationalité;Date d'identification;Type d'exploitation\n"


def write_rows(path, first, count):
    path.write_text(HEADER + "".join(
        f"V{i};{NAME};F;{10 + i % 30};Béninoise;2023-03-{1 + i % 28:02};Mendicité\n"
        for i in range(first, first + count)), encoding="utf-8")


def make_case(cli, count=40):
    cli.good("new", "c.casecount", "--country", "BEN")
    cli.good("entity", "c.casecount", "add", "police", "--name", "Police", "--type", "POL")
    write_rows(cli.folder / "one.csv", 1, count)
    cli.good("import", "c.casecount", "one.csv", "--entity", "police", "--period", "2023")


def list_backups(cli, folder="backups"):
    path = cli.folder / folder
    return sorted(file.name for file in path.glob("[!.]*")) if path.is_dir() else []


def test_backup_and_restore(cli):
    make_case(cli)
    assert cli.good("info", "c.casecount")["last_backup"] is None
    (cli.folder / "stick").mkdir()
    before = cli.content_hash("c.casecount")
    made = cli.good("backup", "c.casecount", "stick")
    assert made["ok"] and made["kept"] == 1 and made["problems"] == [], made
    assert [cli.folder / made["backup"]] == list((cli.folder / "stick").iterdir())
    info = cli.good("info", "c.casecount")
    assert info["last_backup"] and info["last_backup_path"].endswith(made["backup"].split("/")[-1]), info
    assert cli.content_hash("c.casecount") == before, "a backup is no change of the data"
    cli.good("restore", made["backup"], "again.casecount")
    assert cli.content_hash("again.casecount") == before
    assert cli.good("verify", "again.casecount")["ok"]
    assert "exists" in cli.refused("restore", made["backup"], "again.casecount")
    assert "not there" in cli.refused("backup", "c.casecount", "no-such-folder")
    damaged = bytearray((cli.folder / made["backup"]).read_bytes())
    damaged[len(damaged) // 2] ^= 4
    (cli.folder / "damaged.casecount").write_bytes(damaged)
    assert "damaged" in cli.refused("restore", "damaged.casecount", "never.casecount")
    assert not (cli.folder / "never.casecount").exists()


def test_rekey(cli):
    make_case(cli)
    new = cli.folder / "new-words"
    new.write_text("eleven grey umbrellas\n")
    before = cli.content_hash("c.casecount")
    wrong = cli.folder / "wrong"
    wrong.write_text("not this one\n")
    cli.refused("rekey", "c.casecount", "--new-passphrase-file", new, passphrase=wrong)
    assert cli.content_hash("c.casecount") == before
    answer = cli.good("rekey", "c.casecount", "--new-passphrase-file", new)
    assert answer["ok"] and "-passphrase-" in answer["backup"], answer
    cli.refused("info", "c.casecount")
    cli.good("restore", answer["backup"], "old.casecount")
    assert cli.content_hash("old.casecount") == before
    cli.passphrase = new
    assert cli.content_hash("c.casecount") == before
    assert cli.good("verify", "c.casecount")["ok"]
    assert [act["name"] for act in cli.good("audit", "c.casecount", "--limit", "2")["acts"]] == ["rekey", "backup"]
    assert not [name for name in os.listdir(cli.folder) if "new-passphrase" in name]


def test_backup_of_what_cannot_be_written(cli):
    """A copy can be made of a file in a folder that is not one's own; only its history cannot tell of it."""
    if os.geteuid() == 0:
        return
    make_case(cli)
    locked = cli.folder / "locked"
    locked.mkdir()
    (cli.folder / "c.casecount").rename(locked / "c.casecount")
    locked.chmod(0o500)
    try:
        answer = cli.good("backup", "locked/c.casecount", cli.folder)
        assert "cannot be written" in cli.call("backup", "locked/c.casecount", cli.folder).stderr
        cli.good("restore", answer["backup"], "back.casecount")
        assert "folder of your own" in cli.refused("restore", answer["backup"], "locked/new.casecount")
    finally:
        locked.chmod(0o700)


def test_audit_tells_changes(cli):
    cli.good("new", "c.casecount", "--country", "BEN")
    cli.good("entity", "c.casecount", "add", "police", "--name", "Police", "--type", "POL")
    assert "details" not in cli.good("audit", "c.casecount")["acts"][0]
    act = cli.good("audit", "c.casecount", "--changes", "--limit", "1")["acts"][0]
    assert len(act["details"]) == act["changes"] > 0, act
    detail = act["details"][0]
    assert (detail["table"], detail["key"], detail["before"], detail["after"]) == ("entity", "police", "", "Police"), detail
    assert "entity" in cli.call("audit", "c.casecount", "--changes").stdout


def test_backup_rule(cli):
    cli.good("new", "c.casecount", "--country", "BEN")
    usual = {"recent": 3, "days": 7, "weeks": 4, "months": 12, "import_rows": 1000, "daily": True}
    assert cli.good("backup", "c.casecount", "--show-rule")["rule"] == usual
    changed = usual | {"days": 2, "import_rows": 0, "daily": False}
    assert cli.good("backup", "c.casecount", "--rule", "days=2,import-rows=0,daily=no")["rule"] == changed
    assert cli.good("backup", "c.casecount", "--show-rule")["rule"] == changed, "it is kept in the file"
    for wrong in ("days", "days=", "days=-1", "days=many", "years=2", "daily=perhaps", "days=2,"):
        cli.refused("backup", "c.casecount", "--rule", wrong, code=2)
    cli.refused("backup", "c.casecount", "stick", "--rule", "days=2", code=2)
    cli.refused("backup", "c.casecount", "--show-rule", "--daily", code=2)
    assert cli.good("backup", "c.casecount", "--show-rule")["rule"] == changed
    assert cli.good("audit", "c.casecount", "--limit", "1")["acts"][0]["name"] == "setting"
    cli.good("undo", "c.casecount")
    assert cli.good("backup", "c.casecount", "--show-rule")["rule"] == usual


def test_backups_by_themselves(cli):
    """Before a large delivery, and once a day before the first command that writes."""
    make_case(cli)
    assert list_backups(cli) == [], "an empty file has nothing to lose"
    cli.good("nil", "c.casecount", "--entity", "police", "--period", "2022")
    assert len(list_backups(cli)) == 1 and "-daily-" in list_backups(cli)[0]
    write_rows(cli.folder / "large.csv", 1000, 1001)
    cli.good("import", "c.casecount", "large.csv", "--entity", "police", "--period", "2024")
    assert [name.split("-")[-2] for name in list_backups(cli)] == ["daily", "import"]
    cli.good("nil", "c.casecount", "--entity", "police", "--period", "2021")
    assert len(list_backups(cli)) == 2


def test_failed_daily_backup_warns(cli):
    make_case(cli)
    (cli.folder / "backups").write_text("in the way")
    done = cli.call("nil", "c.casecount", "--entity", "police", "--period", "2022")
    assert done.returncode == 0 and "backup was not made" in done.stderr, done.stderr
    new = cli.folder / "new-words"
    new.write_text("eleven grey umbrellas\n")
    before = cli.content_hash("c.casecount")
    message = cli.refused("rekey", "c.casecount", "--new-passphrase-file", new)
    assert "old passphrase still holds" in message, message
    assert cli.content_hash("c.casecount") == before


def find_plain_text(folder, words, skip):
    found = []
    for root, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(root, name)
            if name in skip or not os.path.isfile(path):
                continue
            with open(path, "rb") as file:
                data = file.read().lower()
            found += [f"{word} in {path}" for word in words
                      for text in (word.lower(),)
                      if text.encode() in data or text.encode("utf-16-le") in data]
            if b"sqlite format 3" in data:
                found.append(f"a database in the clear: {path}")
    return found


def test_nothing_in_the_clear(cli):
    """Files, logs, journals, temporary files, backups, settings: seen while a command runs, too."""
    home = cli.folder / "home"
    scratch = cli.folder / "scratch"
    for path in (home, scratch):
        path.mkdir()
    os.environ.update({"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "XDG_CONFIG_HOME": str(home / "config"),
                       "XDG_CACHE_HOME": str(home / "cache"), "TMPDIR": str(scratch), "XDG_RUNTIME_DIR": str(scratch),
                       "SQLITE_TMPDIR": str(scratch)})
    make_case(cli, 300)
    skip = {"one.csv", "large.csv", "passphrase", "new-words"}
    words = (NAME, harness.PASSPHRASE)
    new = cli.folder / "new-words"
    new.write_text("eleven grey umbrellas\n")
    write_rows(cli.folder / "large.csv", 5000, 3000)
    environment = dict(os.environ, CASECOUNT_PASSPHRASE_FILE=str(cli.passphrase))
    running = subprocess.Popen([cli.program, "import", "c.casecount", "large.csv", "--entity", "police",
                                "--period", "2024"], cwd=cli.folder, env=environment, stdout=subprocess.DEVNULL)
    looks = 0
    while running.poll() is None:
        assert find_plain_text(cli.folder, words, skip) == []
        looks += 1
    assert running.returncode == 0 and looks > 0
    cli.good("link", "c.casecount")
    cli.good("rekey", "c.casecount", "--new-passphrase-file", new)
    cli.passphrase = new
    cli.refused("import", "c.casecount", "absent.csv", "--entity", "police")
    cli.good("verify", "c.casecount")
    assert find_plain_text(cli.folder, (*words, "eleven grey umbrellas"), skip) == []
    assert list(scratch.iterdir()) == [], "something was left in the temporary folder"
    assert sorted(name for name in os.listdir(cli.folder) if name.startswith("c.casecount")) == ["c.casecount"]


TESTS = [value for name, value in list(globals().items()) if name.startswith("test_")]

if __name__ == "__main__":
    sys.exit(harness.run(TESTS, str(pathlib.Path(sys.argv[1]).resolve())))
