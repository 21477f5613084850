#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A program and all libraries it is linked with hold SQLite once, and it exports none of its names.

    check-engine.py PROGRAM...
"""
import os
import pathlib
import re
import subprocess
import sys

# Each copy of SQLite carries this message once.
MESSAGE = b"unable to delete/modify user-function due to active statements"


def list_files(program):
    """The program and the libraries that the system's linker would load for it."""
    environment = dict(os.environ, LD_TRACE_LOADED_OBJECTS="1")
    done = subprocess.run([program], env=environment, capture_output=True, text=True, check=True)
    return [program] + sorted(set(re.findall(r"(/\S+) \(0x", done.stdout)))


def list_exports(file):
    done = subprocess.run(["readelf", "--dyn-syms", "--wide", file], capture_output=True, text=True, check=True)
    lines = [line.split() for line in done.stdout.splitlines()]
    return [words[7] for words in lines if len(words) > 7 and words[6] != "UND" and words[7].startswith("sqlite3_")]


def check(program):
    files = list_files(program)
    holders = [file for file in files for _ in range(pathlib.Path(file).read_bytes().count(MESSAGE))]
    exporters = [file for file in files if list_exports(file)]
    reasons = []
    if len(files) < 5:
        reasons.append(f"only {len(files)} files are loaded")
    if len(holders) != 1:
        reasons.append(f"SQLite stands in {holders}")
    # Linked statically it is hidden; linked dynamically it is the one library and no other.
    if exporters and exporters != holders:
        reasons.append(f"SQLite's names are exported by {exporters}")
    return reasons


def main():
    print(f"TAP version 13\n1..{len(sys.argv) - 1}")
    failed = 0
    for number, program in enumerate(sys.argv[1:], 1):
        reasons = check(program)
        for reason in reasons:
            print(f"# {reason}")
        print(f"{'not ok' if reasons else 'ok'} {number} {pathlib.Path(program).name} has one SQLite")
        failed += bool(reasons)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
