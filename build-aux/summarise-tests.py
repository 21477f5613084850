#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts the results in meson's JUnit files and prints "N passed, N failed, N skipped".

A step outside the test programs that failed (format, build) is told by --also-failed and counts as
one failure, and so does a results file that is missing or holds no test: a run that tested nothing
has not passed.
"""
import argparse
import pathlib
import sys
import xml.etree.ElementTree as ElementTree


def count(path):
    passed = failed = skipped = 0
    for case in ElementTree.parse(path).getroot().iter("testcase"):
        kinds = {child.tag for child in case}
        if kinds & {"failure", "error"}:
            failed += 1
            print(f"failed: {case.get('classname', '')} {case.get('name', '')}", file=sys.stderr)
        elif "skipped" in kinds:
            skipped += 1
        else:
            passed += 1
    return passed, failed, skipped


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--also-failed", type=int, default=0)
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    arguments = parser.parse_args()

    passed = skipped = 0
    failed = 0
    for path in arguments.files:
        if not path.exists():
            print(f"failed: {path} is missing", file=sys.stderr)
            failed += 1
            continue
        more_passed, more_failed, more_skipped = count(path)
        if more_passed + more_failed == 0:
            print(f"failed: {path} holds no test", file=sys.stderr)
            more_failed = 1
        passed += more_passed
        failed += more_failed
        skipped += more_skipped
    if failed == 0:
        failed = arguments.also_failed
    tail = f", {skipped} skipped" if skipped else ""
    print(f"{passed} passed, {failed} failed{tail}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
