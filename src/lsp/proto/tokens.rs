//! Semantic tokens: counted from one another, and only what changed since the client last asked.

use super::super::documents::View;
use crate::ide::tokens::{self, TokenKind};
use crate::text::Span;
use lsp_types::*;

/// Types that every colour theme knows, in the order of [`tokens::KINDS`].
pub fn legend() -> SemanticTokensLegend {
    let name = |kind: &TokenKind| match kind {
        TokenKind::Form => SemanticTokenType::KEYWORD,
        TokenKind::Author => SemanticTokenType::CLASS,
        TokenKind::Title => SemanticTokenType::STRING,
        TokenKind::Locator => SemanticTokenType::NUMBER,
        TokenKind::Archive => SemanticTokenType::NAMESPACE,
        TokenKind::Key => SemanticTokenType::VARIABLE,
    };
    SemanticTokensLegend { token_types: tokens::KINDS.iter().map(name).collect(), token_modifiers: Vec::new() }
}

/// The tokens of a range, or of the whole file.
pub fn tokens(view: &View, range: Option<Range>) -> Vec<SemanticToken> {
    let whole = Span::new(0, view.document().text.len_bytes());
    let stretch = range.map_or(whole, |r| view.span(r));
    let (mut line, mut column) = (0, 0);
    let encode = |token: tokens::Token| {
        let at = view.range(token.span);
        let kind = tokens::KINDS.iter().position(|k| *k == token.kind).unwrap_or_default();
        let delta_line = at.start.line - line;
        let delta_start = if delta_line == 0 { at.start.character - column } else { at.start.character };
        (line, column) = (at.start.line, at.start.character);
        SemanticToken {
            delta_line,
            delta_start,
            length: at.end.character - at.start.character,
            token_type: kind as u32,
            token_modifiers_bitset: 0,
        }
    };
    tokens::tokens(&view.analysis, view.file, stretch).into_iter().map(encode).collect()
}

/// What makes the new tokens of the old ones: the one run in which they differ. The protocol counts five numbers a token.
pub fn delta(old: &[SemanticToken], new: &[SemanticToken]) -> Vec<SemanticTokensEdit> {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (rest, fresh) = (&old[head..], &new[head..]);
    let tail = rest.iter().rev().zip(fresh.iter().rev()).take_while(|(a, b)| a == b).count();
    let (gone, come) = (rest.len() - tail, &fresh[..fresh.len() - tail]);
    if gone == 0 && come.is_empty() {
        return Vec::new();
    }
    vec![SemanticTokensEdit { start: 5 * head as u32, delete_count: 5 * gone as u32, data: Some(come.to_vec()) }]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(n: u32) -> SemanticToken {
        SemanticToken { delta_line: n, delta_start: 0, length: 1, token_type: 0, token_modifiers_bitset: 0 }
    }

    #[test]
    fn a_delta_makes_the_new_of_the_old() {
        let all = |numbers: &[u32]| numbers.iter().map(|n| token(*n)).collect::<Vec<_>>();
        for (old, new) in
            [(&[1, 2, 3][..], &[1, 9, 3][..]), (&[], &[1]), (&[1], &[]), (&[1, 1], &[1, 1, 1]), (&[4], &[4])]
        {
            let (mut tokens, new) = (all(old), all(new));
            for edit in delta(&tokens, &new) {
                let start = edit.start as usize / 5;
                tokens.splice(start..start + edit.delete_count as usize / 5, edit.data.unwrap_or_default());
            }
            assert_eq!(tokens, new);
        }
    }
}
