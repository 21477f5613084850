#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds with warnings as errors, checks the format of the whole tree, and runs all tests: once as
# built, and the core tests again under AddressSanitizer and UndefinedBehaviorSanitizer. The last
# line is "N passed, N failed", counted from the results.
set -euo pipefail

source_dir=$(cd "$(dirname "$0")/.." && pwd)
cd "$source_dir"
failed=0

echo "== format"
if git rev-parse --git-dir >/dev/null 2>&1; then
  files=$(git ls-files '*.c' '*.h')
else
  files=$(find src tests -name '*.c' -o -name '*.h')
fi
# shellcheck disable=SC2086
clang-format --dry-run -Werror $files || { echo "Run clang-format -i on the files above."; failed=1; }

setup () {
  local dir=$1
  shift
  if [ -f "$dir/build.ninja" ]; then
    meson setup --reconfigure "$dir" "$@" >/dev/null
  else
    meson setup "$dir" "$@" >/dev/null
  fi
  ninja -C "$dir" --quiet
}

echo "== build and test"
setup build-tests -Dwerror=true --buildtype=debugoptimized
build-aux/run-in-display.sh meson test -C build-tests --print-errorlogs --no-rebuild \
  --timeout-multiplier 4 || failed=1

echo "== core tests under AddressSanitizer and UndefinedBehaviorSanitizer"
setup build-sanitized -Dwerror=true --buildtype=debugoptimized \
  -Db_sanitize=address,undefined -Db_lundef=false
meson test -C build-sanitized --print-errorlogs --no-rebuild --timeout-multiplier 4 \
  --no-suite ui --no-suite house --no-suite cli --no-suite gates || failed=1

python3 build-aux/summarise-tests.py --also-failed "$failed" \
  build-tests/meson-logs/testlog.junit.xml build-sanitized/meson-logs/testlog.junit.xml
