#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The second command of the README: installs what is needed, builds, and runs all tests.
set -eu
here=$(dirname "$0")
"$here/install-debian.sh" tests
exec "$here/test.sh"
