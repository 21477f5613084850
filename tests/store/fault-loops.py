#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the whole loops of the fault tests, one after the other, and writes a line for each.

    tests/store/fault-loops.py BUILD RESULTS [--tries 0|places|N] [--limit SECONDS] [PATTERN ...]

BUILD is a build folder, RESULTS a file that lines are added to; ways that stand there already are
left out, so that what was broken off can go on. A PATTERN is a part of a loop's name, such as
rekey/cut; without one all loops run. Each line, with tabs between: loop, tries asked for, how the
program ended (0: well), calls, tries, old states, new states, new ones told as failed, seconds,
processor seconds. Where it did not end well the call stands that it stopped at, and the program's
words lie beside RESULTS.
"""
import argparse
import json
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import time

PROGRAMS = ["store-faults", "store-fault-copies", "store-fault-changes", "intake-import-faults"]
FOUND = re.compile(r"(\d+) calls, (\d+) tries: the old state (\d+) times, the new one (\d+), (\d+)")
PLACE = re.compile(r"# (\d+ of \d+)")


def read_programs(build):
    listed = subprocess.run(["meson", "introspect", build, "--tests"], check=True,
                            capture_output=True, text=True).stdout
    tests = {test["name"]: test for test in json.loads(listed)}
    return [tests[name] for name in PROGRAMS]


def list_loops(program):
    listed = subprocess.run([*program["cmd"], "-l"], check=True, capture_output=True, text=True,
                            env={**os.environ, **program["env"]}).stdout
    return [line for line in listed.split("\n") if line.count("/") == 4]


def processor_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run(program, loop, tries, limit, log):
    began, used = time.monotonic(), processor_seconds()
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder, open(log, "w") as words:
        env = {**os.environ, **program["env"], "CASECOUNT_FAULT_TRIES": tries, "TMPDIR": folder}
        try:
            code = subprocess.run([*program["cmd"], "-p", loop, "--verbose"], env=env, stdout=words,
                                  stderr=subprocess.STDOUT, timeout=limit, check=False).returncode
        except subprocess.TimeoutExpired:
            code = "time"
    text = log.read_text(errors="replace")
    found = FOUND.search(text)
    places = PLACE.findall(text)
    if code == 0:
        log.unlink()
    counts = found.groups() if found else ["at " + (places[-1] if places else "the beginning")]
    return [code, *counts, f"{time.monotonic() - began:.0f}", f"{processor_seconds() - used:.1f}"]


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("results", type=pathlib.Path)
    parser.add_argument("--tries", default="0")
    parser.add_argument("--limit", type=float)
    parser.add_argument("pattern", nargs="*")
    wanted = parser.parse_intermixed_args()
    done = wanted.results.read_text().split("\n") if wanted.results.exists() else []
    done = {tuple(line.split("\t")[:2]) for line in done}
    failed = False

    for program in read_programs(wanted.build):
        for loop in list_loops(program):
            if (loop, wanted.tries) in done:
                continue
            if wanted.pattern and not any(pattern in loop for pattern in wanted.pattern):
                continue
            log = wanted.results.with_name(loop.strip("/").replace("/", "-") + ".log")
            line = [loop, wanted.tries, *run(program, loop, wanted.tries, wanted.limit, log)]
            failed = failed or line[2] != 0
            with open(wanted.results, "a") as results:
                print(*line, sep="\t", file=results)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
