#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes stand-ins for org.gnome.Platform//48 and org.gnome.Sdk//48 in a repository on this machine,
# from the packages of Debian 13 (GTK 4.18, libadwaita 1.7, GLib 2.84: what GNOME 48 shipped).
# For machines that cannot reach Flathub: what is built against them shows that the manifest, the
# sandbox and the program work together, not that Flathub's own runtime has the same libraries.
#   make-local-runtime.sh WORKDIR        as root; leaves WORKDIR/repo
set -euo pipefail

work=$(realpath -m "${1:?a folder to work in}")
version=48
arch=$(flatpak --default-arch)
mirror=$(cat /etc/apt/sources.list.d/*.sources 2>/dev/null |
  awk '/^URIs:/ && $2 !~ /security/ { print $2; exit }')
mirror=${mirror:-http://deb.debian.org/debian}
export DEBIAN_FRONTEND=noninteractive LC_ALL=C

platform_packages="libgtk-4-1 libgtk-4-bin libadwaita-1-0 adwaita-icon-theme gsettings-desktop-schemas
  dconf-gsettings-backend librsvg2-common shared-mime-info fontconfig fonts-noto-core locales
  at-spi2-common ca-certificates libjson-glib-1.0-0 libexpat1 libssl3t64"
sdk_packages="gcc g++ libc6-dev make pkgconf meson ninja-build cmake gettext desktop-file-utils appstream
  elfutils file patch xz-utils bzip2 unzip python3 libgtk-4-dev libadwaita-1-dev libglib2.0-dev-bin
  libjson-glib-dev libexpat1-dev libssl-dev zlib1g-dev libxml2-utils"

say () { echo "[$(date +%T)] $*"; }

# apt inside a tree, with /proc mounted for as long as it runs
install_into () {
  local tree=$1
  shift
  unshare --mount sh -c 'mount -t proc proc "$1/proc"; tree=$1; shift
    chroot "$tree" apt-get update -q && chroot "$tree" apt-get install -y -q --no-install-recommends "$@" &&
    chroot "$tree" apt-get clean' sh "$tree" "$@"
}

# A tree becomes a runtime: its /usr, with /etc inside, and a line saying what it is. The empty
# ld.so.conf and the link to ldconfig make flatpak keep a linker cache that knows /app/lib.
export_tree () {
  local tree=$1 name=$2 stage=$1.stage
  rm -rf "$stage"
  mkdir -p "$stage/files"
  mv "$tree/usr" "$stage/usr"
  rm -rf "$stage/usr/etc"
  cp -a "$tree/etc" "$stage/usr/etc"
  for file in passwd group shadow gshadow passwd- group- shadow- gshadow- machine-id resolv.conf hosts \
    host.conf hostname mtab localtime timezone ld.so.cache; do
    rm -f "$stage/usr/etc/$file"
  done
  rm -rf "$stage/usr/etc/ld.so.conf.d" "$stage"/usr/share/{doc,man,info,lintian}
  : >"$stage/usr/etc/ld.so.conf"
  ln -sf ../sbin/ldconfig "$stage/usr/bin/ldconfig"
  cat >"$stage/metadata" <<END
[Runtime]
name=$name
runtime=org.gnome.Platform/$arch/$version
sdk=org.gnome.Sdk/$arch/$version
END
  flatpak build-export --runtime --disable-sandbox --no-update-summary "$work/repo" "$stage" "$version"
  rm -rf "$stage" "$tree"
}

mkdir -p "$work"
cd "$work"
if [ ! -d base ]; then
  say "Debian 13, the smallest tree"
  debootstrap --variant=minbase trixie base.new "$mirror" >debootstrap.log
  mv base.new base
fi
[ -d repo ] || ostree init --repo=repo --mode=bare-user-only
rm -rf platform sdk
say "platform"
cp -a base platform
printf 'force-unsafe-io\npath-exclude=/usr/share/doc/*\npath-exclude=/usr/share/man/*\n' \
  >platform/etc/dpkg/dpkg.cfg.d/slim
printf '%s UTF-8\n' en_US.UTF-8 fr_FR.UTF-8 ar_EG.UTF-8 >platform/etc/locale.gen
printf '#!/bin/sh\nexit 101\n' >platform/usr/sbin/policy-rc.d
chmod 755 platform/usr/sbin/policy-rc.d
# shellcheck disable=SC2086
install_into platform $platform_packages >platform.log 2>&1
say "sdk"
cp -a platform sdk
# shellcheck disable=SC2086
install_into sdk $sdk_packages >sdk.log 2>&1
export_tree platform org.gnome.Platform
export_tree sdk org.gnome.Sdk
flatpak build-update-repo repo
say "done: $(du -sm repo | cut -f1) MB in $work/repo"
