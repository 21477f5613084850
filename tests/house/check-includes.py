#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks every #include of every file against the table of layers in ARCHITECTURE.md.

    check-includes.py ROOT          exits 1 and lists each violation
    check-includes.py --self-test   plants violations and demands that each is found
"""
import pathlib
import re
import sys
import tempfile

# What a layer may include: other layers (and what those may include), and system headers by prefix.
LAYERS = {
    "base": [],
    "model": ["base"],
    "store": ["model"],
    "sheet": ["base"],
    "intake": ["store", "sheet"],
    "linkage": ["store"],
    "stats": ["store"],
    "chart": ["base"],
    "report": ["stats", "sheet", "chart"],
    "practice": ["model", "sheet"],
    "cli": ["intake", "linkage", "stats", "chart", "report", "practice"],
    "app": ["intake", "linkage", "stats", "chart", "report", "practice"],
}
OWNERS = {
    "json-glib/": {"cli"},
    "gtk/": {"app"},
    "gdk/": {"app"},
    "gsk/": {"app"},
    "adwaita": {"app"},
    "sqlite3": {"store"},
    "sqlcipher": {"store"},
    "openssl/": {"store"},
    "xlsxwriter": {"sheet"},
    "zip.h": {"sheet"},
    "expat": {"sheet"},
    "freexl": {"sheet"},
    "cairo": {"chart", "app"},
    "pango/": {"chart", "app"},
}
C_AND_GLIB = re.compile(
    r"^(glib|gio|gmodule|gobject|glib-unix\.h|libintl\.h|langinfo\.h|locale\.h|malloc\.h|math\.h"
    r"|string\.h|stdlib\.h"
    r"|stdarg\.h|stdio\.h|stdint\.h|inttypes\.h|float\.h|limits\.h|errno\.h|ctype\.h|time\.h|wchar\.h"
    r"|fcntl\.h|unistd\.h|signal\.h|termios\.h|sys/|immintrin\.h|pthread\.h|linux/magic\.h)"
)
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


def reachable(layer):
    seen = {layer}
    waiting = list(LAYERS[layer])
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += LAYERS[name]
    return seen


def judge(layer, kind, name):
    """Says what is wrong with one include, or nothing."""
    if kind == '"':
        if ".." in name:
            return "a quoted include leads out of its folder"
        return None if "/" not in name or layer == "app" else "a quoted include names a folder"
    if name.startswith("cc/"):
        target = name.split("/")[1]
        if target not in LAYERS:
            return f"there is no layer {target}"
        return None if target in reachable(layer) else f"{layer} may not include {target}"
    if name == "config.h" or C_AND_GLIB.match(name):
        return None
    for prefix, owners in OWNERS.items():
        if name.startswith(prefix):
            return None if layer in owners else f"only {', '.join(sorted(owners))} may include it"
    return "this header belongs to no layer of the table"


def check(root):
    problems = []
    n_files = 0
    for path in sorted((root / "src").rglob("*.[ch]")):
        layer = path.relative_to(root / "src").parts[0]
        n_files += 1
        for match in INCLUDE.finditer(path.read_text(encoding="utf-8")):
            reason = judge(layer, match[1], match[2]) if layer in LAYERS else "no such layer"
            if reason:
                problems.append(f"{path.relative_to(root)}: {match[2]}: {reason}")
    return n_files, problems


PLANTED = [
    ("base", "<cc/model/cc-pack.h>"),
    ("model", "<gtk/gtk.h>"),
    ("linkage", "<sqlite3.h>"),
    ("stats", "<cc/sheet/cc-book.h>"),
    ("practice", "<cc/stats/cc-count.h>"),
    ("practice", "<cc/store/cc-case-file.h>"),
    ("report", "<xlsxwriter.h>"),
    ("sheet", "<cc/store/cc-case-file.h>"),
    ("store", '"../stats/cc-count.h"'),
    ("cli", "<adwaita.h>"),
    ("chart", "<curl/curl.h>"),
]
ALLOWED = [
    ("app", "<gtk/gtk.h>"),
    ("store", "<sqlite3.h>"),
    ("report", "<cc/base/cc-day.h>"),
    ("stats", '"cc-axis-private.h"'),
    ("chart", "<cairo.h>"),
]


def self_test():
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for number, (layer, include) in enumerate(PLANTED + ALLOWED):
            (root / "src" / layer).mkdir(parents=True, exist_ok=True)
            (root / "src" / layer / f"f{number:02}.c").write_text(f"#include {include}\n")
        _, problems = check(root)
        found = {int(re.search(r"/f(\d+)\.c", problem)[1]) for problem in problems}
        return found == set(range(len(PLANTED)))


def main():
    if sys.argv[1:] == ["--self-test"]:
        good = self_test()
        print("TAP version 13\n1..1")
        print(f"{'ok' if good else 'not ok'} 1 planted violations are found")
        return 0 if good else 1
    n_files, problems = check(pathlib.Path(sys.argv[1]))
    print("TAP version 13\n1..2")
    for problem in problems:
        print(f"# {problem}")
    print(f"{'not ok' if problems else 'ok'} 1 every include is allowed")
    print(f"{'ok' if n_files > 20 else 'not ok'} 2 there are files to check ({n_files})")
    return 1 if problems or n_files <= 20 else 0


if __name__ == "__main__":
    sys.exit(main())
