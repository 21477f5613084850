#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Writes pictures of every page and every window, for people to look at: light, dark, narrow, dark and narrow, 200 %
# text (also narrow) and high contrast (also dark) in English, light, dark and narrow in Arabic,
# light and narrow in French.
#   screenshots.sh FOLDER [LANGUAGE [LOOK...]]
# SCENES="start import" takes only those: start, demo, scenes, library, import or empty.
# "screenshots.sh FOLDER readme" makes the pictures of README.md and the metainfo in help/ anew.
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
cli=$build_dir/src/cli/casecount-cli
if [ ! -f "$demo/setup.casecount" ]; then
  "$cli" demo --out "$demo" >/dev/null
  printf practice >"$demo/passphrase"
  for name in empty setup; do
    "$cli" new "$demo/$name.casecount" --country BEN --practice \
      --passphrase-file "$demo/passphrase" >/dev/null
  done
  "$cli" new "$demo/real.casecount" --country BEN --passphrase-file "$demo/passphrase" >/dev/null
  "$cli" entity "$demo/setup.casecount" add police --name "Police nationale" --type POL \
    --passphrase-file "$demo/passphrase" >/dev/null
  mkdir -p "$demo/setup"
  cp "$demo/agencies/police.xlsx" "$demo/setup"
  python3 "$source_dir/tests/cli/second_pack.py" "$demo/second"
fi

take () {
  language=$1
  shift
  LANGUAGE=$language "$source_dir/build-aux/run-in-display.sh" -s 1920x1200 \
    "$build_dir/tests/app/take-screenshots" "$demo" practice "$out" "$language" "$@"
}

# take_readme PICTURE NAME: without the frame that a bare X server leaves around the window.
take_readme () {
  convert "$out/en-$1-readme.png" -shave 4x4 -strip -define png:compression-level=9 \
    "$source_dir/help/$2.png"
}

if [ "${2:-}" = readme ]; then
  take en readme
  take_readme overview overview
  take_readme duplicates duplicates
  take_readme questionnaire-tables questionnaire
elif [ $# -gt 1 ]; then
  shift
  take "$@"
else
  take en light dark narrow large-text narrow-large narrow-dark
  ADW_DEBUG_HIGH_CONTRAST=1 take en high-contrast high-contrast-dark
  take ar light dark narrow
  take fr light narrow
fi
