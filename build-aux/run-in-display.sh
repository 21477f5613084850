#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a command on a private X screen with its own session bus, home, window manager and
# compositor, so that tests of the window neither see nor disturb the desktop of whoever runs them.
#   run-in-display.sh [-s WIDTHxHEIGHT] COMMAND [ARGUMENT...]
set -u

size=1366x900
if [ "${1:-}" = -s ]; then
  size=$2
  shift 2
fi
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
export HOME=$home XDG_CONFIG_HOME=$home/.config XDG_DATA_HOME=$home/.local/share
export XDG_CACHE_HOME=$home/.cache XDG_STATE_HOME=$home/.local/state XDG_RUNTIME_DIR=$home/run
mkdir -m 700 "$XDG_RUNTIME_DIR"
export GSK_RENDERER=cairo GDK_BACKEND=x11 GDK_DEBUG=gl-disable GDK_DISABLE=gl,vulkan
export GSETTINGS_BACKEND=memory ADW_DISABLE_PORTAL=1 GTK_USE_PORTAL=0
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS AT_SPI_BUS_ADDRESS

xvfb-run -a -s "-screen 0 ${size}x24 -noreset" dbus-run-session -- bash -c '
  openbox >/dev/null 2>&1 & manager=$!
  sleep 0.3
  xcompmgr >/dev/null 2>&1 & compositor=$!
  "$@"
  status=$?
  kill $compositor $manager 2>/dev/null
  wait 2>/dev/null
  exit $status' bash "$@"
