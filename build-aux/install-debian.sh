#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what a Debian 12 or newer machine needs to build and run Casecount.
#   install-debian.sh         to build and run
#   install-debian.sh tests   also what the tests need
# Needs root or sudo. Debian 12 has only SQLCipher 3.4, whose files are of another format, so on
# Debian 12 this adds the distribution's own "backports" archive and takes SQLCipher 4.6 from there.
set -eu

with_tests=${1:-}
as_root=
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "Please run this as root, or install sudo." >&2; exit 1; }
  as_root=sudo
fi
[ -f /etc/debian_version ] || { echo "This script is for Debian 12 or newer." >&2; exit 1; }
. /etc/os-release
export DEBIAN_FRONTEND=noninteractive

# The mirror the machine already uses, so that an office's own mirror is respected.
find_mirror () {
  cat /etc/apt/sources.list.d/*.sources 2>/dev/null |
    awk '/^URIs:/ && $2 !~ /security/ { print $2; exit }'
  cat /etc/apt/sources.list 2>/dev/null |
    awk '$1 == "deb" { for (i = 2; i <= NF; i++) if ($i ~ "^[a-z]+://" && $i !~ /security/) { print $i; exit } }'
}

sqlcipher="libsqlcipher-dev"
if [ "${VERSION_CODENAME:-}" = bookworm ]; then
  list=/etc/apt/sources.list.d/casecount-backports.sources
  if ! grep -rqs 'bookworm-backports' /etc/apt/sources.list /etc/apt/sources.list.d; then
    mirror=$(find_mirror | head -n 1)
    echo "Adding Debian's backports archive in $list: SQLCipher 4.6 comes from there."
    printf 'Types: deb\nURIs: %s\nSuites: bookworm-backports\nComponents: main\nSigned-By: %s\n' \
      "${mirror:-http://deb.debian.org/debian}" /usr/share/keyrings/debian-archive-keyring.gpg |
      $as_root tee "$list" >/dev/null
  fi
  sqlcipher="libsqlcipher-dev/bookworm-backports libsqlcipher1/bookworm-backports"
fi

build="gcc libc6-dev pkg-config meson ninja-build gettext desktop-file-utils appstream
  libgtk-4-dev libadwaita-1-dev libxlsxwriter-dev libzip-dev libexpat1-dev libssl-dev libjson-glib-dev
  adwaita-icon-theme librsvg2-common fonts-noto-core libxml2-utils python3"
tests="clang clang-format libclang-rt-14-dev xvfb xauth dbus at-spi2-core gir1.2-atspi-2.0
  python3-gi python3-openpyxl python3-jsonschema xdotool openbox xcompmgr x11-xserver-utils imagemagick locales
  libgtk-4-bin libreoffice-calc-nogui poppler-utils git procps util-linux"
if [ "${VERSION_CODENAME:-}" != bookworm ]; then
  tests=$(echo "$tests" | sed 's/libclang-rt-14-dev/libclang-rt-dev/')
fi
[ "$with_tests" = tests ] || tests=

$as_root apt-get update -q
# shellcheck disable=SC2086
$as_root apt-get install -y -q --no-install-recommends $build $tests $sqlcipher
