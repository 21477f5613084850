#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a case file holds in secret is nowhere in the clear: not in files while a command works, after it was killed or
after it ended, and no passphrase in its memory when it ends."""
import io
import os
import pathlib
import re
import signal
import subprocess
import sys
import time
import zipfile
import zlib

import harness

STOP_AT_EXIT = str(pathlib.Path(sys.argv[2]).resolve())
# Invented, and in no word list of the program: one plain, one that UTF-16 and upper case write otherwise.
NAMES = ("Quenzafrill", "Ouzédrimbavé")
CASE, NEW, PACKAGE = harness.PASSPHRASE, "eleven grey umbrellas", "seven slow grey herons"
SECRETS = (*NAMES, CASE, NEW, PACKAGE)
HEADER = "Réf;Nom;Prénom;Sexe;Âge;Nationalité;Date d'identification;Type d'exploitation;Statut\n"
# What the user wrote in the clear: the sheets that were delivered and the files with the passphrases.
GIVEN = {"one.csv", "large.csv", "passphrase", "new-words", "package-words"}
PAUSES = 3


def write_rows(path, first, count):
    path.write_text(HEADER + "".join(
        f"V{i};{NAMES[0]};{NAMES[1]};F;{10 + i % 30};Béninoise;2023-03-{13 + i % 15};Mendicité;Victime identifiée\n"
        for i in range(first, first + count)), encoding="utf-8")


def list_forms():
    """Each secret as UTF-8 and UTF-16, as written and in small and capital letters."""
    forms = {}
    for secret in SECRETS:
        for text in (secret, secret.lower(), secret.upper()):
            for code in ("utf-8", "utf-16-le", "utf-16-be"):
                forms[text.encode(code)] = secret
    return forms


FORMS = list_forms()


def find_secrets(data):
    return {secret for form, secret in FORMS.items() if form in data}


def unpack(data):
    """The parts of a zip file, and whatever begins like a stream of zlib or gzip."""
    if data[:2] == b"PK":
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for name in archive.namelist():
                    yield archive.read(name)
        except (zipfile.BadZipFile, zlib.error):
            pass
    if data[:2] in (b"\x1f\x8b", b"\x78\x9c", b"\x78\x01", b"\x78\xda"):
        try:
            yield zlib.decompressobj(47).decompress(data)
        except zlib.error:
            pass


def find_in_files(folder):
    found = []
    for root, _, names in os.walk(folder):
        for name in names:
            path = pathlib.Path(root, name)
            if name in GIVEN or not path.is_file():
                continue
            try:
                data = path.read_bytes()
            except FileNotFoundError:
                continue  # a temporary file that is gone meanwhile
            if any(find_secrets(part) for part in (path.name.encode(), data, *unpack(data))):
                found.append(str(path.relative_to(folder)))
            if b"SQLite format 3" in data:
                found.append(f"{path.name} is a database in the clear")
    return found


def look(cli):
    found = find_in_files(cli.folder)
    assert not found, f"in the clear: {found}"


def start(cli, *arguments, **options):
    environment = dict(os.environ, CASECOUNT_PASSPHRASE_FILE=str(cli.passphrase), **options)
    return subprocess.Popen([cli.program, *map(str, arguments)], cwd=cli.folder, env=environment,
                            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def watch(cli, *arguments):
    """Runs a command to its end; pauses it again and again and looks at every file. Returns how often."""
    process = start(cli, *arguments)
    looks = 0
    while process.poll() is None:
        time.sleep(0.02)
        process.send_signal(signal.SIGSTOP)
        look(cli)
        looks += 1
        process.send_signal(signal.SIGCONT)
        if looks > 20:
            time.sleep(0.5)
    message = process.stderr.read()
    assert process.returncode == 0, f"{arguments}: {message}"
    assert not find_secrets(message.encode()), f"a message of {arguments[0]} says a secret"
    look(cli)
    return looks


def kill_midway(cli, *arguments):
    """Kills a command at some instants, and looks at what it leaves each time."""
    for n in range(1, PAUSES + 1):
        process = start(cli, *arguments)
        try:
            process.wait(0.15 * n)
        except subprocess.TimeoutExpired:
            process.kill()
        process.wait(60)
        process.stderr.close()
        look(cli)


def enclose(cli):
    """Everything that a program could write to by itself lies in the test's folder."""
    home, scratch = cli.folder / "home", cli.folder / "scratch"
    for path in (home, scratch):
        path.mkdir(mode=0o700)
    os.environ.update({"HOME": str(home), "TMPDIR": str(scratch), "SQLITE_TMPDIR": str(scratch),
                       "XDG_RUNTIME_DIR": str(scratch)})
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        os.environ[f"XDG_{name}_HOME"] = str(home / name.lower())


def make_case(cli):
    for name, words in (("new-words", NEW), ("package-words", PACKAGE)):
        (cli.folder / name).write_text(words + "\n")
    cli.good("new", "c.casecount", "--country", "BEN")
    cli.good("entity", "c.casecount", "add", "police", "--name", "Police", "--type", "POL")
    write_rows(cli.folder / "one.csv", 1, 40)
    write_rows(cli.folder / "large.csv", 5000, 1500)


def list_uuids(cli):
    """Records behind one cell of a table."""
    cell = ("--questionnaire", "unodc-glotip", "--table", "Q7", "--years", "2023", "--cell", "girls,2023")
    return [record["uuid"] for record in cli.good("count", "c.casecount", *cell)["records"]]


def test_files(cli):
    """A whole job: import, link, a decision, tables, backup, package, merge, another passphrase, removal."""
    enclose(cli)
    make_case(cli)
    watch(cli, "import", "c.casecount", "one.csv", "--entity", "police", "--period", "2023")
    kill_midway(cli, "import", "c.casecount", "large.csv", "--entity", "police", "--period", "2024")
    assert watch(cli, "import", "c.casecount", "large.csv", "--entity", "police", "--period", "2024") > 2
    watch(cli, "link", "c.casecount")
    uuids = list_uuids(cli)
    watch(cli, "decide", "c.casecount", "--a", uuids[0], "--b", uuids[1], "--verdict", "same", "--reason", NAMES[0])
    watch(cli, "undo", "c.casecount")
    watch(cli, "redo", "c.casecount")
    # The workbook is what the user asked to have in the clear; its figures name nobody, so it is looked at, too.
    watch(cli, "questionnaire", "c.casecount", "--id", "unodc-glotip", "--years", "2023-2024", "--out", "q.xlsx")
    (cli.folder / "stick").mkdir()
    watch(cli, "backup", "c.casecount", "stick")
    kill_midway(cli, "package", "c.casecount", "--out", "p.casecount", "--package-passphrase-file", "package-words")
    for left in cli.folder.glob("p.casecount*"):
        left.unlink()
    watch(cli, "package", "c.casecount", "--out", "p.casecount", "--package-passphrase-file", "package-words")
    watch(cli, "merge", "c.casecount", "p.casecount", "--package-passphrase-file", "package-words")
    watch(cli, "restore", next((cli.folder / "stick").iterdir()), "again.casecount")
    kill_midway(cli, "rekey", "again.casecount", "--new-passphrase-file", "new-words")
    watch(cli, "rekey", "c.casecount", "--new-passphrase-file", "new-words")
    cli.passphrase = cli.folder / "new-words"
    watch(cli, "retain", "c.casecount", "--withdraw", uuids[0], "--reason", "asked for")
    watch(cli, "verify", "c.casecount")
    cli.refused("import", "c.casecount", "absent.csv", "--entity", "police")
    assert list((cli.folder / "scratch").iterdir()) == [], "something was left in the temporary folder"


def read_memory(pid):
    with open(f"/proc/{pid}/maps", encoding="utf-8") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for line in maps:
            place = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line)
            if not place or "[v" in line:
                continue
            begin, end = (int(part, 16) for part in place.groups())
            try:
                memory.seek(begin)
                yield memory.read(end - begin)
            except (OSError, ValueError, OverflowError):
                continue


def look_at_end(cli, *arguments):
    """Runs a command up to where it ends; returns the secrets that are still in its memory."""
    process = start(cli, *arguments, LD_PRELOAD=STOP_AT_EXIT)
    _, status = os.waitpid(process.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status), f"{arguments} ended with {status}"
    try:
        found = set().union(*map(find_secrets, read_memory(process.pid)))
    finally:
        process.kill()
        os.waitpid(process.pid, 0)
        process.stderr.close()
    return found


def test_memory(cli):
    """What is the program's own is wiped: passphrases and keys of all commands, and what is read of the file."""
    if os.environ.get("LD_PRELOAD") or "libasan" in subprocess.run(
            ["ldd", cli.program], capture_output=True, text=True, check=False).stdout:
        return "the sanitizer keeps memory that was freed"
    enclose(cli)
    make_case(cli)
    try:
        found = look_at_end(cli, "info", "c.casecount")
    except PermissionError:
        return "the memory of a program that guards it cannot be read here"
    assert not found, f"after info: {found}"
    cli.good("import", "c.casecount", "one.csv", "--entity", "police", "--period", "2023")
    # The search finds what is there, while rows are read.
    process = start(cli, "import", "c.casecount", "large.csv", "--entity", "police", "--period", "2024", "--dry-run")
    seen = set()
    while process.poll() is None and not seen:
        time.sleep(0.02)
        process.send_signal(signal.SIGSTOP)
        seen = set().union(*map(find_secrets, read_memory(process.pid)))
        process.send_signal(signal.SIGCONT)
    process.communicate()
    assert seen, "nothing was found in a program at work"
    for arguments in (("verify", "c.casecount"), ("audit", "c.casecount"), ("link", "c.casecount"),
                      ("backup", "c.casecount"),
                      ("package", "c.casecount", "--out", "p.casecount", "--package-passphrase-file", "package-words"),
                      ("merge", "c.casecount", "p.casecount", "--package-passphrase-file", "package-words"),
                      ("import", "c.casecount", "large.csv", "--entity", "police", "--period", "2024"),
                      ("rekey", "c.casecount", "--new-passphrase-file", "new-words")):
        found = look_at_end(cli, *arguments)
        print(f"# after {arguments[0]}: {sorted(found) or 'nothing'}")
        assert not found & {CASE, NEW, PACKAGE}, f"a passphrase is in memory after {arguments[0]}"


if __name__ == "__main__":
    sys.exit(harness.run([test_files, test_memory], str(pathlib.Path(sys.argv[1]).resolve())))
