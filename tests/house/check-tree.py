#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the order of the tree: what stands at the top, licence lines, sizes, translatable files."""
import pathlib
import re
import sys

TOP = {
    "meson.build", "meson_options.txt", "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "LICENSE",
    "NEWS.md", "src", "ui", "data", "icons", "po", "help", "tests", "flatpak", "build-aux",
}
MOST_LINES = 600
TRANSLATABLE = re.compile(r'(?<![A-Za-z0-9_])(?:_|N_|C_|ngettext) ?\(|translatable="yes"')


def sources(root):
    for folder in ("src", "tests"):
        yield from sorted((root / folder).rglob("*.[ch]"))


def check_top(root):
    for path in sorted(root.iterdir()):
        ours = path.name in TOP or path.name.startswith((".", "build-")) or path.name == "build"
        if not ours and path.name != "demo-out":
            yield f"{path.name} does not belong at the top of the tree"


def check_licence(root):
    for path in sources(root):
        if "SPDX-License-Identifier: GPL-3.0-or-later" not in path.read_text(encoding="utf-8")[:200]:
            yield f"{path.relative_to(root)} has no licence line"


def check_sizes(root):
    for path in sources(root):
        n_lines = path.read_text(encoding="utf-8").count("\n")
        if n_lines > MOST_LINES:
            yield f"{path.relative_to(root)} has {n_lines} lines: split it by topic"


def check_translatable(root):
    listed = set((root / "po" / "POTFILES.in").read_text(encoding="utf-8").split())
    for path in sorted([*(root / "src").rglob("*.c"), *(root / "ui").rglob("*.ui")]):
        name = str(path.relative_to(root))
        if TRANSLATABLE.search(path.read_text(encoding="utf-8")) and name not in listed:
            yield f"{name} has texts to translate but is missing in po/POTFILES.in"
    for name in sorted(listed):
        if not (root / name).exists():
            yield f"po/POTFILES.in names {name}, which does not exist"


def main():
    root = pathlib.Path(sys.argv[1])
    checks = [check_top, check_licence, check_sizes, check_translatable]
    print(f"TAP version 13\n1..{len(checks)}")
    failed = 0
    for number, check in enumerate(checks, 1):
        problems = list(check(root))
        failed += bool(problems)
        for problem in problems:
            print(f"# {problem}")
        print(f"{'not ok' if problems else 'ok'} {number} {check.__name__.replace('check_', '')}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
