#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The first command of the README: installs what is needed, builds, and does the main job.
set -eu
here=$(dirname "$0")
"$here/install-debian.sh"
exec "$here/run.sh" "$@"
