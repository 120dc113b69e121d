//! Misspellings: one edit that no scheme explains.

use super::letters::bare;

/// A single edit between two spellings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edit {
    /// The letter stands once too often, at a place of the longer spelling.
    Doubled(usize),
    Missing(usize),
    Swapped(usize),
    Replaced(usize),
    /// Two letters in a row are missing or others, or two have changed places and one is another: in long spellings only.
    Two(usize),
}

/// Shortest spelling that can be misspelt in two letters.
const LONG: usize = 7;

/// The slip that makes `b` of `a`: one edit, or in long spellings two that look like one slip.
pub(super) fn slip(a: &[char], b: &[char]) -> Option<Edit> {
    edit(a, b).or_else(|| two(a, b))
}

fn two(a: &[char], b: &[char]) -> Option<Edit> {
    let shortest = a.len().min(b.len());
    let plain = |c: &char| bare(*c);
    if shortest < LONG || a.len().abs_diff(b.len()) > 2 {
        return None;
    }
    let head = a.iter().zip(b).take_while(|(x, y)| plain(x) == plain(y)).count();
    let tail = a[head..].iter().rev().zip(b[head..].iter().rev()).take_while(|(x, y)| plain(x) == plain(y)).count();
    let middle = a.len().max(b.len()) - head - tail;
    let in_a_row = middle == 2 && a.len() != b.len();
    let reordered = || {
        let mut rest: Vec<char> = b[head..b.len() - tail].iter().map(plain).collect();
        let kept = a[head..a.len() - tail].iter().filter(|c| match rest.iter().position(|r| *r == plain(c)) {
            Some(at) => {
                rest.swap_remove(at);
                true
            }
            None => false,
        });
        middle == 3 && a.len() == b.len() && kept.count() == 2
    };
    (head > 0 && (in_a_row || reordered())).then_some(Edit::Two(head))
}

/// The one edit that makes `b` of `a`, marks aside; `None` where they are equal or more than one edit apart.
pub(super) fn edit(a: &[char], b: &[char]) -> Option<Edit> {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if long.len() - short.len() > 1 {
        return None;
    }
    let same = |x: &char, y: &char| x == y || bare(*x) == bare(*y);
    let head = short.iter().zip(long).take_while(|(x, y)| same(x, y)).count();
    let equal = |x: &[char], y: &[char]| x.len() == y.len() && x.iter().zip(y).all(|(x, y)| same(x, y));
    if short.len() < long.len() {
        if !equal(&short[head..], &long[head + 1..]) {
            return None;
        }
        let doubled = head > 0 && long[head - 1] == long[head];
        return Some(if doubled { Edit::Doubled(head) } else { Edit::Missing(head) });
    }
    if head == short.len() {
        return None;
    }
    if equal(&short[head + 1..], &long[head + 1..]) {
        return Some(Edit::Replaced(head));
    }
    let swapped = head + 1 < short.len() && same(&short[head], &long[head + 1]) && same(&short[head + 1], &long[head]);
    (swapped && equal(&short[head + 2..], &long[head + 2..])).then_some(Edit::Swapped(head))
}

/// How likely the edit is a slip rather than another name, from 0 to 1, from the spellings alone.
pub(super) fn likelihood(edit: Edit, a: &[char], b: &[char]) -> f32 {
    let length = a.len().min(b.len()) as f32;
    let kind = match edit {
        Edit::Swapped(_) => 0.8,
        Edit::Doubled(_) => 0.7,
        Edit::Missing(0) | Edit::Replaced(0) => 0.2,
        Edit::Missing(_) => 0.5,
        Edit::Replaced(_) => 0.4,
        Edit::Two(_) => 0.3,
    };
    let tripled = [a, b].iter().any(|w| w.windows(3).any(|t| t[0] == t[1] && t[1] == t[2]));
    if tripled { 0.95 } else { kind * (length / 12.0).clamp(0.25, 1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits() {
        let edit = |a: &str, b: &str| edit(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>());
        assert_eq!(edit("kamenev", "kamemev"), Some(Edit::Replaced(4)));
        assert_eq!(edit("dreitser", "dretiser"), Some(Edit::Swapped(3)));
        assert_eq!(edit("kirov", "kirrov"), Some(Edit::Doubled(3)));
        assert_eq!(edit("kirov", "krov"), Some(Edit::Missing(1)));
        assert_eq!(edit("kirov", "kirov"), None);
        assert_eq!(edit("kirov", "orlov"), None);
        assert_eq!(edit("", ""), None);
        let slip = |a: &str, b: &str| slip(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>());
        assert_eq!(slip("dretizer", "dreitser"), Some(Edit::Two(3)));
        assert_eq!(slip("soveshan", "soveshchan"), Some(Edit::Two(6)));
        assert_eq!(slip("predanii", "prenii"), None);
    }
}
