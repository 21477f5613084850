#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds Casecount as a Flatpak, makes the single file that is carried on a stick, installs it as an
# ordinary user and uses it in its sandbox. Slow (some minutes, 3 GB): not part of the tests.
#   build-and-test.sh WORKDIR      as root, on Debian 12 or newer; WORKDIR is kept and reused
# Where Flathub can be reached, its runtime is used; elsewhere a stand-in is made here.
set -euo pipefail

here=$(dirname "$(realpath "$0")")
work=$(realpath -m "${1:?a folder to work in}")
id=org.casecount.Casecount
user=${TEST_USER:-casecount-test}
mkdir -p "$work"
chmod a+rx "$work"

say () { echo "[$(date +%T)] $*"; }

say "what this needs"
backports=
grep -q bookworm /etc/os-release && backports="-t bookworm-backports"
# shellcheck disable=SC2086
apt-get install -y -q --no-install-recommends $backports flatpak flatpak-builder ostree elfutils debootstrap >"$work/apt.log" 2>&1
apt-get install -y -q --no-install-recommends xdg-desktop-portal xdg-desktop-portal-gtk >>"$work/apt.log" 2>&1
"$here/../build-aux/install-debian.sh" tests >>"$work/apt.log" 2>&1

remote=flathub
extra=()
if flatpak --user remote-add --if-not-exists flathub https://flathub.org/repo/flathub.flatpakrepo 2>/dev/null; then
  say "Flathub's runtime"
else
  say "Flathub cannot be reached: a stand-in for its runtime, from Debian 13"
  remote=casecount-runtime
  [ -f "$work/runtime/repo/summary" ] || "$here/make-local-runtime.sh" "$work/runtime"
  flatpak --user remote-add --if-not-exists --no-gpg-verify $remote "file://$work/runtime/repo"
  [ -d "$work/sources/downloads" ] || "$here/fetch-sources.sh" "$work/sources" >"$work/sources.log"
  extra=("--extra-sources=$work/sources")
  chmod -R a+rX "$work/runtime/repo"
fi
flatpak --user install -y --noninteractive --or-update $remote org.gnome.Platform//48 org.gnome.Sdk//48 >"$work/install.log" 2>&1

say "build"
flatpak-builder --user --force-clean "${extra[@]}" --state-dir="$work/state" --repo="$work/repo" \
  "$work/build" "$here/$id.json" >"$work/build.log" 2>&1 || { tail -n 30 "$work/build.log"; exit 1; }
flatpak build-bundle "$work/repo" "$work/casecount.flatpak" $id
echo "bundle: $(stat -c %s "$work/casecount.flatpak") bytes, $work/casecount.flatpak"

# The file portal shows files below /run/user/UID, through FUSE; a desktop sets both up at login.
say "an ordinary user"
id "$user" >/dev/null 2>&1 || useradd -m "$user"
number=$(id -u "$user")
install -d -m 700 -o "$user" -g "$user" "/run/user/$number"
[ ! -e /dev/fuse ] || chmod 666 /dev/fuse
rm -rf "$work/test"
mkdir -p "$work/test"
cp "$here/test-in-sandbox.py" "$here/../tests/app/driver.py" "$here/in-session.sh" "$work/test/"
cp -r "$here/../tests/app/jobs" "$here/../data" "$work/test/"
chmod -R a+rX "$work/test" "$work/casecount.flatpak"

say "install the bundle and use it"
su - "$user" -c "XDG_RUNTIME_DIR=/run/user/$number REMOTE=$remote REPO='$work/runtime/repo' BUNDLE='$work/casecount.flatpak' \
  xvfb-run -a -s '-screen 0 1366x900x24 -noreset' dbus-run-session -- bash '$work/test/in-session.sh' '$work/test'" 2>"$work/session.log" ||
  { tail -n 40 "$work/session.log"; exit 1; }
say "done"
