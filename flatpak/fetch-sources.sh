#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Fetches the sources that the manifest names from a Debian mirror, where their addresses cannot be
# reached, and lays them where flatpak-builder's --extra-sources looks: DIR/downloads/SHA256/NAME.
# Only files whose checksum is the manifest's are taken.
#   fetch-sources.sh DIR
set -euo pipefail

here=$(dirname "$(realpath "$0")")
target=$(realpath -m "${1:?a folder for the sources}")
mirror=$(cat /etc/apt/sources.list.d/*.sources 2>/dev/null |
  awk '/^URIs:/ && $2 !~ /security/ { print $2; exit }')
lists=$target/apt
mkdir -p "$target/downloads" "$lists/state/partial"
for suite in bookworm trixie; do
  echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror:-http://deb.debian.org/debian} $suite main"
done >"$lists/sources.list"
# Lists of their own: the machine's stay as they were.
apt="apt-get -q -o Dir::Etc::SourceList=$lists/sources.list -o Dir::Etc::SourceParts=/dev/null
  -o Dir::State::Lists=$lists/state -o APT::Sandbox::User=root"
$apt update
cd "$lists"
for package in tcl8.6/trixie sqlcipher/trixie libxlsxwriter/bookworm libzip/bookworm; do
  $apt source --download-only --tar-only "$package"
done
python3 - "$here/org.casecount.Casecount.json" "$target" <<'END'
import glob, hashlib, json, os, shutil, sys
manifest, target = sys.argv[1:]
have = {hashlib.sha256(open(path, 'rb').read()).hexdigest(): path for path in glob.glob('*.tar.*')}
for module in json.load(open(manifest))['modules']:
    for source in module['sources']:
        if source['type'] != 'archive':
            continue
        if source['sha256'] not in have:
            sys.exit(f"{module['name']}: no file of this mirror has the checksum in the manifest")
        folder = os.path.join(target, 'downloads', source['sha256'])
        os.makedirs(folder, exist_ok=True)
        shutil.copy(have[source['sha256']], os.path.join(folder, os.path.basename(source['url'])))
        print(module['name'], source['sha256'])
END
