#!/usr/bin/env bash
# Puts VS Code where a headless browser can drive it: code-server and playwright-core from npm, native modules built here.
#
#   tests/editors/code-server.sh FOLDER     then FOLDER/node_modules/.bin/code-server runs
#
# The package's own postinstall step wants another user than root and a download of ripgrep, so its steps are done one by one.
# Debian packages: chromium libkrb5-dev libx11-dev libxkbfile-dev libsecret-1-dev ripgrep g++ make python3. Node 20 takes 4.100.

set -euo pipefail

folder=$1
npm_install=(npm install --ignore-scripts --no-audit --no-fund --loglevel=error)

mkdir -p "$folder"
cd "$folder"
[ -f package.json ] || echo '{ "private": true }' >package.json
"${npm_install[@]}" code-server@4.100.3 playwright-core@1
npm rebuild argon2

cd node_modules/code-server/lib/vscode
"${npm_install[@]}" --omit=dev
# Without these the editor starts but has no terminal, log or file watcher.
for module in node-pty @vscode/spdlog @parcel/watcher native-watchdog kerberos @vscode/deviceid; do
    npm rebuild "$module" || echo "$module is not built"
done
mkdir -p node_modules/@vscode/ripgrep/bin
ln -sf "$(command -v rg)" node_modules/@vscode/ripgrep/bin/rg
ln -sfn node_modules node_modules.asar
ln -sf code-linux.sh bin/remote-cli/code-server
ln -sf browser-linux.sh bin/helpers/browser.sh
(cd extensions && "${npm_install[@]}" --omit=dev)
"$folder/node_modules/.bin/code-server" --version
