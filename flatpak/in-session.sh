#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The part of build-and-test.sh that an ordinary user does in a session of the desktop: installs the
# bundle, prints the facts of the sandbox, runs the test inside it.
set -euo pipefail

test=$1
id=org.casecount.Casecount
# No system bus here: flatpak asks one about parental controls.
export DBUS_SYSTEM_BUS_ADDRESS=$DBUS_SESSION_BUS_ADDRESS
export XDG_CURRENT_DESKTOP=GNOME GDK_BACKEND=x11 GSK_RENDERER=cairo GTK_MODULES=gail:atk-bridge
dbus-update-activation-environment DISPLAY XAUTHORITY XDG_CURRENT_DESKTOP XDG_RUNTIME_DIR \
  DBUS_SYSTEM_BUS_ADDRESS GTK_MODULES
openbox >/dev/null 2>&1 &
xcompmgr >/dev/null 2>&1 &
trap 'kill %1 %2 2>/dev/null || true' EXIT

if [ "$REMOTE" = flathub ]; then
  flatpak --user remote-add --if-not-exists flathub https://flathub.org/repo/flathub.flatpakrepo
else
  flatpak --user remote-add --if-not-exists --no-gpg-verify "$REMOTE" "file://$REPO"
fi
flatpak --user install -y --noninteractive --or-update "$REMOTE" org.gnome.Platform//48 >/dev/null
flatpak --user install -y --noninteractive --reinstall "$BUNDLE" >/dev/null
echo "installed: $(flatpak --user info --show-size $id 2>/dev/null || flatpak --user list --app --columns=size | head -n 1)"
echo "permissions:"
flatpak --user info --show-permissions $id

echo "inside the sandbox:"
flatpak run --command=sh $id -c '
  grep -E "CapEff|NoNewPrivs|Seccomp:" /proc/self/status
  touch /usr/casecount 2>/dev/null && echo "/usr can be written" || echo "/usr cannot be written"
  ls /home/*/ 2>/dev/null | grep -q . && echo "the home folder is visible" || echo "no file of the home folder is visible"
  echo "network interfaces: $(tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d "\n")"
  echo "libraries with SQLite: $(ldd /app/bin/casecount | grep -c -i sqli || true) (SQLCipher is part of the program)"'
/usr/bin/python3 "$test/test-in-sandbox.py" "$test/data" flatpak run $id
