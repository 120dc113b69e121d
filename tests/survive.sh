#!/usr/bin/env bash
# --fix killed in the middle (kill -9, RUNS times) and on a full disk: IBID=target/release/ibid tests/survive.sh
# Every manuscript must be what it was or what it should become, byte for byte.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
ibid=$(realpath "${IBID:-$here/../target/release/ibid}")
work=$(mktemp -d)
trap 'umount "$work/small" 2>/dev/null || true; rm -rf "$work"' EXIT

manuscript() {
    printf 'The lamp was sold,[^1] then lost,[^2] then found.[^3]\n\n[^1]: Anna Reed, *The Lamp* (London: Quay, 1931), p. 12.\n\n[^2]: Paul Lind, *The Oil* (London: Quay, 1932), p. 14.\n\n[^3]: Jane Holm, *The Wick* (London: Quay, 1933), p.15.\n\n'
    for _ in $(seq 1 "$1"); do
        printf 'A paragraph of the manuscript that says nothing at all about lamps, only about the harbour and its weather.\n\n'
    done
}
mkdir "$work/old" "$work/new" "$work/run"
for i in $(seq 1 40); do manuscript $((i * 5)) >"$work/old/$i.md"; done
cp "$work"/old/* "$work/new/"
began=$(date +%s%N)
"$ibid" check --quiet --fix "$work/new" >/dev/null || true
# how long a whole run takes, in milliseconds: the kills fall all over it
whole_run=$((($(date +%s%N) - began) / 1000000 + 1))

whole=0 halfway=0
for run in $(seq 1 "${RUNS:-200}"); do
    cp "$work"/old/* "$work/run/"
    "$ibid" check --quiet --fix "$work/run" >/dev/null 2>&1 &
    sleep "$(printf '%d.%03d' $((RANDOM % whole_run / 1000)) $(((RANDOM * 32768 + RANDOM) % whole_run % 1000)))"
    kill -9 $! 2>/dev/null || true
    wait $! 2>/dev/null || true
    changed=0
    for i in $(seq 1 40); do
        if cmp -s "$work/run/$i.md" "$work/new/$i.md"; then
            changed=$((changed + 1))
        elif ! cmp -s "$work/run/$i.md" "$work/old/$i.md"; then
            echo "FAILED  run $run: $i.md is neither the old nor the new one"
            exit 1
        fi
    done
    if [ $changed -eq 40 ]; then whole=$((whole + 1)); elif [ $changed -gt 0 ]; then halfway=$((halfway + 1)); fi
    rm -rf "$work"/run/.ibid-*
done
echo "ok      ${RUNS:-200} runs killed: $halfway among the files, $whole after the last, the others before the first; nothing lost"

mkdir "$work/small"
if mount -t tmpfs -o size=64k tmpfs "$work/small" 2>/dev/null; then
    manuscript 300 >"$work/full.md"
    cp "$work/full.md" "$work/small/"
    if "$ibid" check --quiet --fix "$work/small" >/dev/null 2>"$work/said"; then
        echo "FAILED  a full disk is no error"
        exit 1
    fi
    cmp "$work/full.md" "$work/small/full.md"
    [ -z "$(find "$work/small" -name '.ibid-*')" ]
    echo "ok      a full disk: $(cat "$work/said")"
else
    echo "skip    a full disk: no file system can be mounted"
fi
