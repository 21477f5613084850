# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs casecount-cli for tests: one call per command, JSON checked against its schema."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import jsonschema

SCHEMAS = pathlib.Path(__file__).parent / "schema"
PASSPHRASE = "correct horse battery staple"


class Cli:
    """casecount-cli with a passphrase file, in a folder of its own."""

    def __init__(self, program, folder):
        self.program = program
        self.folder = pathlib.Path(folder)
        self.passphrase = self.folder / "passphrase"
        self.passphrase.write_text(PASSPHRASE + "\n")

    def call(self, *arguments, passphrase=None, prefix=()):
        """Runs a command; returns the finished process."""
        environment = dict(os.environ)
        environment["CASECOUNT_PASSPHRASE_FILE"] = str(passphrase or self.passphrase)
        return subprocess.run(
            [*prefix, self.program, *map(str, arguments)],
            cwd=self.folder, env=environment, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, check=False, timeout=600,
        )

    def good(self, *arguments):
        """Runs a command that must succeed, and returns its checked JSON."""
        done = self.call(*arguments, "--json")
        assert done.returncode == 0, f"{arguments}: exit {done.returncode}: {done.stderr}"
        answer = json.loads(done.stdout)
        schema = json.loads((SCHEMAS / f"{arguments[0]}.json").read_text())
        jsonschema.validate(answer, schema)
        return answer

    def refused(self, *arguments, code=1, **options):
        """Runs a command that must be refused with a message, and returns the message."""
        done = self.call(*arguments, **options)
        assert done.returncode == code, f"{arguments}: exit {done.returncode}, not {code}: {done.stderr}"
        message = done.stderr.strip()
        assert len(message) > 20 and message.endswith("."), f"{arguments}: no sentence: {message!r}"
        for word in ("SQLITE", "errno", "assert", "GLib", "(null)"):
            assert word not in message, f"{arguments}: not the user's words: {message!r}"
        return message

    def content_hash(self, file):
        return self.good("info", file)["content_hash"]


def run(tests, program):
    """Runs test functions, each in a fresh folder, and prints TAP."""
    print(f"TAP version 13\n1..{len(tests)}")
    failed = 0
    for number, test in enumerate(tests, 1):
        name = test.__name__.removeprefix("test_").replace("_", " ")
        with tempfile.TemporaryDirectory(prefix="casecount-cli-") as folder:
            try:
                skipped = test(Cli(program, folder))
                print(f"ok {number} {name}" + (f" # SKIP {skipped}" if skipped else ""))
            except Exception as error:  # a test reports whatever went wrong
                failed += 1
                print(f"not ok {number} {name}")
                for line in (str(error) or repr(error)).splitlines()[:20]:
                    print(f"# {line}")
        sys.stdout.flush()
    return 1 if failed else 0
