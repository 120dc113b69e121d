//! Which candidates are the notes, and which the marks: the ascending numbers that explain most of them.

/// What a gap in the numbers costs, in candidates.
const GAP: f32 = 0.6;
/// What it is worth that nothing stands between two numbers: a list of notes, not a list in the text.
const NEXT: f32 = 0.05;
/// The longest gap that is still one numbering.
const REACH: usize = 60;

/// Finds the numbering that explains most candidates (number and weight, in the order of the file): for each
/// candidate that belongs to it the scope, counted from 0. Numbers ascend within a scope.
pub fn chain(items: &[(u32, f32)], restart: f32) -> Vec<Option<usize>> {
    let highest = items.iter().map(|i| i.0).max().unwrap_or(0) as usize;
    let mut best: Vec<Option<usize>> = vec![None; highest + 1];
    let mut steps: Vec<Step> = Vec::with_capacity(items.len());
    let mut top: Option<usize> = None;
    for (i, (number, weight)) in items.iter().enumerate() {
        let number = *number as usize;
        let mut step = Step { score: -GAP * f32::from(number > 1), from: None, restart: false };
        for k in 1..=REACH.min(number) {
            // No gap beats a predecessor that is as good as the best there is.
            if k == 2 && top.is_some_and(|j| step.score >= steps[j].score - GAP) {
                break;
            }
            if let Some(j) = best[number - k] {
                let cost = if k == 1 { 0.0 } else { GAP + 0.1 * (k - 2) as f32 };
                let next = if j + 1 == i { NEXT } else { 0.0 };
                step.better(steps[j].score - cost + next, j, false);
            }
        }
        if let Some(j) = top.filter(|_| number <= 3) {
            step.better(steps[j].score - restart - 0.3 * (number as f32 - 1.0), j, true);
        }
        step.score += weight;
        if best[number].is_none_or(|j| steps[j].score <= step.score) {
            best[number] = Some(i);
        }
        if top.is_none_or(|j| steps[j].score < step.score) {
            top = Some(i);
        }
        steps.push(step);
    }
    trace(&steps, top)
}

struct Step {
    score: f32,
    from: Option<usize>,
    restart: bool,
}

impl Step {
    fn better(&mut self, score: f32, from: usize, restart: bool) {
        if score > self.score {
            *self = Step { score, from: Some(from), restart };
        }
    }
}

fn trace(steps: &[Step], top: Option<usize>) -> Vec<Option<usize>> {
    let mut path = Vec::new();
    let mut at = top;
    while let Some(i) = at {
        path.push(i);
        at = steps[i].from;
    }
    let mut scopes = vec![None; steps.len()];
    let mut scope = 0;
    for i in path.into_iter().rev() {
        scope += usize::from(steps[i].restart);
        scopes[i] = Some(scope);
    }
    scopes
}

/// The heaviest strictly ascending choice among candidates (rank and weight, in the order of the file).
pub fn ascending(items: &[(usize, f32)], ranks: usize) -> Vec<bool> {
    // A Fenwick tree over ranks: the best choice that ends below a rank.
    let mut tree: Vec<Option<usize>> = vec![None; ranks + 1];
    let mut steps: Vec<(f32, Option<usize>)> = Vec::with_capacity(items.len());
    let mut top: Option<usize> = None;
    for (i, (rank, weight)) in items.iter().enumerate() {
        let mut below: Option<usize> = None;
        let mut at = *rank;
        while at > 0 {
            below = heavier(below, tree[at], &steps);
            at &= at - 1;
        }
        steps.push((weight + below.map_or(0.0, |j| steps[j].0), below));
        let mut at = rank + 1;
        while at <= ranks {
            tree[at] = heavier(tree[at], Some(i), &steps);
            at += at & at.wrapping_neg();
        }
        top = heavier(top, Some(i), &steps);
    }
    let mut chosen = vec![false; items.len()];
    let mut at = top;
    while let Some(i) = at {
        chosen[i] = true;
        at = steps[i].1;
    }
    chosen
}

/// The heavier of two, the first if they weigh the same.
fn heavier(a: Option<usize>, b: Option<usize>, steps: &[(f32, Option<usize>)]) -> Option<usize> {
    match (a, b) {
        (Some(i), Some(j)) => Some(if steps[j].0 > steps[i].0 { j } else { i }),
        _ => a.or(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scopes(numbers: &[u32]) -> Vec<Option<usize>> {
        chain(&numbers.iter().map(|n| (*n, 1.0)).collect::<Vec<_>>(), 0.9)
    }

    #[test]
    fn a_year_at_the_start_of_a_line_is_no_note() {
        assert_eq!(scopes(&[1, 2, 1928, 3]), [Some(0), Some(0), None, Some(0)]);
    }

    #[test]
    fn numbering_may_begin_again() {
        assert_eq!(scopes(&[1, 2, 3, 1, 2]), [Some(0), Some(0), Some(0), Some(1), Some(1)]);
    }

    #[test]
    fn the_list_that_goes_on_is_the_list_of_notes() {
        let chained = chain(&[1, 2, 1, 2, 3, 4].map(|n| (n, 1.0)), 2.2);
        assert_eq!(chained[..2], [None, None]);
    }

    #[test]
    fn of_a_number_typed_twice_the_first_counts() {
        assert_eq!(scopes(&[4, 5, 5, 6]), [Some(0), Some(0), None, Some(0)]);
    }

    #[test]
    fn lost_numbers_do_not_end_the_numbering() {
        assert_eq!(scopes(&[10, 11, 20, 21]), [Some(0); 4]);
    }

    #[test]
    fn the_heaviest_ascent() {
        assert_eq!(ascending(&[(0, 1.0), (2, 0.4), (1, 1.0), (2, 1.0)], 3), [true, false, true, true]);
    }
}
