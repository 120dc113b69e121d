#!/usr/bin/env bash
# Every report format judged by a validator that is not ours: IBID=target/release/ibid tests/formats/run.sh
# Tools are fetched by pip and npm into a folder of their own and kept there (TOOLS says where); one that cannot be had
# is said to be skipped. SCREENSHOT=FILE also takes a picture of the page.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$here/../..
ibid=$(realpath "${IBID:-$root/target/release/ibid}")
tools=${TOOLS:-$root/target/format-tools}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# judge NAME COMMAND…
judge() {
    local name=$1
    shift
    if "$@" >"$work/said" 2>&1; then
        echo "ok      $name"
    else
        echo "FAILED  $name"
        sed 's/^/        /' "$work/said" | head -40
        failed=1
    fi
}

mkdir -p "$tools"
python=$tools/venv/bin/python
if ! "$python" -c 'import junitparser, jsonschema, sarif' 2>/dev/null; then
    python3 -m venv "$tools/venv" >/dev/null 2>&1 &&
        "$tools/venv/bin/pip" install -q --disable-pip-version-check junitparser==5.* jsonschema==4.* sarif-tools==3.* >"$work/pip" 2>&1 ||
        echo "skip    pip: $(tail -1 "$work/pip" 2>/dev/null)"
fi
if ! [ -d "$tools/node_modules/playwright-core" ]; then
    (cd "$tools" && npm install --silent --no-audit --no-fund @microsoft/sarif-multitool@5 playwright-core@1 >"$work/npm" 2>&1) ||
        echo "skip    npm: $(tail -1 "$work/npm" 2>/dev/null)"
fi

# What is judged: the fixtures, and a manuscript that tries to break out of every format.
cp -r "$root/fixtures" "$work/fixtures"
mkdir "$work/fixtures/evil"
printf '%b' 'The <script>alert(1)</script> lamp\033[31m,[^1] ::error::x,[^2] end.[^3]\n\n' \
    '[^1]: Anna "Reed" & <b>Co</b>, *The ]]> Lamp* (London: Quay, 1931), p. 12.\n' \
    '[^2]: Paul Lind, *=1+1* (London: Quay, 1932), p. 14; Jane Holm, *The Wick* (London: Quay, 1933), p. 15.\n' \
    '[^3]: Ibid., p.15.\n' >"$work/fixtures/evil/<a> & b.md"
cd "$work"
for format in sarif gitlab junit html csv queries-html json jsonl; do
    "$ibid" check --exit-zero --output-format $format fixtures >"out.$format"
done
mv out.html page.html
mv out.queries-html queries.html

if [ -x "$tools/node_modules/.bin/sarif-multitool" ]; then
    judge "sarif: Microsoft's validator" python3 "$here/judge.py" multitool "$tools/node_modules/.bin/sarif-multitool" out.sarif
else
    echo "skip    sarif: no sarif-multitool"
fi
if [ -x "$python" ]; then
    judge "sarif: read by sarif-tools" "$python" "$here/judge.py" sarif out.sarif out.json
    judge "gitlab: the schema of its documentation" "$python" "$here/judge.py" gitlab out.gitlab out.json
    judge "junit: read by junitparser" "$python" "$here/judge.py" junit out.junit out.json
else
    echo "skip    sarif-tools, junitparser, jsonschema"
fi
judge "csv: read by Python's reader" python3 "$here/judge.py" csv out.csv out.json
judge "jsonl: each line an object" python3 "$here/judge.py" jsonl out.jsonl out.json
if command -v xmllint >/dev/null; then
    judge "junit: well-formed XML" xmllint --noout out.junit
fi
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
if [ -n "$chromium" ] && [ -d "$tools/node_modules/playwright-core" ]; then
    export NODE_PATH=$tools/node_modules
    judge "html: opened in Chromium" node "$here/page.cjs" "$chromium" "$work/page.html" "${SCREENSHOT:-}"
    judge "queries-html: opened in Chromium" node "$here/page.cjs" "$chromium" "$work/queries.html"
else
    echo "skip    html: no Chromium or no playwright-core"
fi
exit $failed
