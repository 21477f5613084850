#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Writes pictures of every page of the window, for people to look at: light, dark, narrow, 200 % text
# in English, light and narrow in Arabic, light in French.
#   screenshots.sh FOLDER [LANGUAGE [LOOK...]]
# The case file in them is invented (casecount-cli demo).
set -eu

source_dir=$(cd "$(dirname "$0")/.." && pwd)
build_dir=${BUILD_DIR:-$source_dir/build}
out=${1:?a folder for the pictures}
mkdir -p "$out"
out=$(cd "$out" && pwd)
[ -f "$build_dir/build.ninja" ] || meson setup "$build_dir" "$source_dir" >/dev/null
ninja -C "$build_dir" src/cli/casecount-cli tests/app/take-screenshots casecount-gmo >/dev/null

CASECOUNT_DATA_DIR=$source_dir/data
CASECOUNT_LOCALE_DIR=$build_dir/po
GSETTINGS_SCHEMA_DIR=$build_dir/data
export CASECOUNT_DATA_DIR CASECOUNT_LOCALE_DIR GSETTINGS_SCHEMA_DIR
demo=$out/demo
[ -f "$demo/demo.casecount" ] || "$build_dir/src/cli/casecount-cli" demo --out "$demo" >/dev/null

take () {
  language=$1
  shift
  LANGUAGE=$language "$source_dir/build-aux/run-in-display.sh" -s 1920x1200 \
    "$build_dir/tests/app/take-screenshots" "$demo/demo.casecount" practice "$out" "$language" "$@"
}

if [ $# -gt 1 ]; then
  shift
  take "$@"
else
  take en light dark narrow large-text
  take ar light narrow
  take fr light
fi
