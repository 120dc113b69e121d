//! `--diff`: what a fix would change, as a unified diff.

use super::plain;
use std::collections::HashMap;
use std::fmt::Write;
use std::ops::Range;

/// Lines shown around a change.
const CONTEXT: usize = 3;

/// Old lines and the new ones in their place.
type Change = (Range<usize>, Range<usize>);

/// A unified diff of one file; empty when nothing differs.
pub fn unified(path: &str, old: &str, new: &str) -> String {
    let (a, b) = (lines(old), lines(new));
    let mut changes = Vec::new();
    compare(&a, 0..a.len(), &b, 0..b.len(), &mut changes);
    let mut out = String::new();
    if !changes.is_empty() {
        let path = plain::line(path);
        let _ = writeln!(out, "--- {path}\n+++ {path}");
    }
    let mut rest = changes.as_slice();
    while let Some(first) = rest.first() {
        let far = |pair: &[Change]| pair[1].0.start - pair[0].0.end > 2 * CONTEXT;
        let n = rest.windows(2).position(far).map_or(rest.len(), |i| i + 1);
        hunk(&mut out, &a, &b, first.0.start.saturating_sub(CONTEXT), &rest[..n]);
        rest = &rest[n..];
    }
    out
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn hunk(out: &mut String, a: &[&str], b: &[&str], from: usize, changes: &[Change]) {
    let (Some(first), Some(last)) = (changes.first(), changes.last()) else { return };
    let to = (last.0.end + CONTEXT).min(a.len());
    let b_from = first.1.start - (first.0.start - from);
    let b_to = last.1.end + (to - last.0.end);
    let head = |from: usize, n: usize| format!("{},{n}", if n == 0 { from } else { from + 1 });
    let _ = writeln!(out, "@@ -{} +{} @@", head(from, to - from), head(b_from, b_to - b_from));
    let mut at = from;
    for (old, new) in changes {
        a[at..old.start].iter().for_each(|l| line(out, ' ', l));
        a[old.clone()].iter().for_each(|l| line(out, '-', l));
        b[new.clone()].iter().for_each(|l| line(out, '+', l));
        at = old.end;
    }
    a[at..to].iter().for_each(|l| line(out, ' ', l));
}

/// The bytes as they are, so that `patch` can use them.
fn line(out: &mut String, sign: char, line: &str) {
    out.push(sign);
    out.push_str(line);
    if !line.ends_with('\n') {
        out.push_str("\n\\ No newline at end of file\n");
    }
}

/// Patience: what is the same at both ends, then the lines that occur once on either side hold the rest in place.
fn compare(a: &[&str], mut x: Range<usize>, b: &[&str], mut y: Range<usize>, out: &mut Vec<Change>) {
    while !x.is_empty() && !y.is_empty() && a[x.start] == b[y.start] {
        (x.start, y.start) = (x.start + 1, y.start + 1);
    }
    while !x.is_empty() && !y.is_empty() && a[x.end - 1] == b[y.end - 1] {
        (x.end, y.end) = (x.end - 1, y.end - 1);
    }
    if x.is_empty() && y.is_empty() {
        return;
    }
    let anchors = anchors(a, x.clone(), b, y.clone());
    if anchors.is_empty() {
        out.push((x, y));
        return;
    }
    for (i, j) in anchors {
        compare(a, x.start..i, b, y.start..j, out);
        (x.start, y.start) = (i + 1, j + 1);
    }
    compare(a, x, b, y, out);
}

/// Pairs of equal lines, each unique on its side, rising on both.
fn anchors(a: &[&str], x: Range<usize>, b: &[&str], y: Range<usize>) -> Vec<(usize, usize)> {
    let (once_a, once_b) = (unique(a, x), unique(b, y));
    let mut pairs: Vec<_> = once_a.iter().filter_map(|(l, i)| Some((*i, *once_b.get(l)?))).collect();
    pairs.sort_unstable();
    rising(&pairs)
}

fn unique<'t>(lines: &[&'t str], range: Range<usize>) -> HashMap<&'t str, usize> {
    let mut seen: HashMap<&str, Option<usize>> = HashMap::new();
    for i in range {
        seen.entry(lines[i]).and_modify(|at| *at = None).or_insert(Some(i));
    }
    seen.into_iter().filter_map(|(l, i)| Some((l, i?))).collect()
}

/// The longest run of pairs whose second numbers rise.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut tails: Vec<usize> = Vec::new();
    let mut before = vec![None; pairs.len()];
    for (k, (_, j)) in pairs.iter().enumerate() {
        let n = tails.partition_point(|t| pairs[*t].1 < *j);
        before[k] = n.checked_sub(1).map(|n| tails[n]);
        if n == tails.len() { tails.push(k) } else { tails[n] = k }
    }
    let mut run = Vec::new();
    let mut at = tails.last().copied();
    while let Some(k) = at {
        run.push(pairs[k]);
        at = before[k];
    }
    run.reverse();
    run
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_changed_is_nothing() {
        assert_eq!(unified("a", "x\n", "x\n"), "");
        assert_eq!(unified("a", "", ""), "");
    }

    #[test]
    fn changes_near_each_other_share_a_hunk() {
        let old: String = (1..=30).map(|i| format!("{i}\n")).collect();
        let new = old.replace("5\n6\n", "5\nnew\n6\n").replace("\n9\n", "\n").replace("28\n", "acht\n");
        let diff = unified("a", &old, &new);
        assert!(diff.starts_with("--- a\n+++ a\n@@ -3,10 +3,10 @@\n 3\n 4\n 5\n+new\n 6\n 7\n 8\n-9\n 10\n"), "{diff}");
        assert_eq!(diff.matches("@@ -").count(), 2, "{diff}");
    }

    #[test]
    fn a_last_line_without_its_end_is_said_so() {
        let expected = "--- a\n+++ a\n@@ -1,1 +1,1 @@\n-x\n\\ No newline at end of file\n+x\n";
        assert_eq!(unified("a", "x", "x\n"), expected);
    }

    /// Repeated lines (blank ones, in a manuscript) do not lead it astray.
    #[test]
    fn the_diff_applied_gives_the_new_text() {
        let cases = [("a\n\nb\n\nc\n", "a\n\n\nc\nb\n\n"), ("x\ny\nx\ny\n", "y\nx\ny\nx\n"), ("", "a\n"), ("a\n", "")];
        for (old, new) in cases {
            let (a, b) = (lines(old), lines(new));
            let mut changes = Vec::new();
            compare(&a, 0..a.len(), &b, 0..b.len(), &mut changes);
            let (mut made, mut at) = (String::new(), 0);
            for (from, to) in changes {
                made += &a[at..from.start].concat();
                made += &b[to].concat();
                at = from.end;
            }
            assert_eq!(made + &a[at..].concat(), new, "{old:?}");
        }
    }
}
