#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds Casecount in the folder build and does the main job on invented data: six and more
# agencies' spreadsheets become one count, the regional workbook and two charts. Where there is a
# display, the window then opens on the result.
#   run.sh [FOLDER]   FOLDER takes the results (default: demo-out)
set -eu

source_dir=$(cd "$(dirname "$0")/.." && pwd)
build_dir=$source_dir/build
out=${1:-$source_dir/demo-out}

[ -f "$build_dir/build.ninja" ] || meson setup "$build_dir" "$source_dir" --buildtype=release
ninja -C "$build_dir" src/cli/casecount-cli src/app/casecount casecount-gmo

CASECOUNT_DATA_DIR=$source_dir/data
CASECOUNT_LOCALE_DIR=$build_dir/po
export CASECOUNT_DATA_DIR CASECOUNT_LOCALE_DIR
"$build_dir/src/cli/casecount-cli" demo --out "$out"

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  echo "The window opens on the result. The practice passphrase is: practice"
  exec "$build_dir/src/app/casecount" "$out/demo.casecount"
fi
echo "There is no display here, so the window was not opened."
