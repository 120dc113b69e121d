//! Answers for editors in bytes and strings; no protocol.
//!
//! An editor asks about a byte of a file ([`subject`] says what stands there) or about a whole file. Every answer is a
//! plain value; `lsp` turns it into whatever the client on the other side can take.

pub mod actions;
pub mod allow;
pub mod completion;
pub mod definition;
pub mod folding;
pub mod hints;
pub mod hover;
pub mod inline;
pub mod lens;
pub mod links;
pub mod mentions;
pub mod names;
pub mod overview;
pub mod prose;
pub mod references;
pub mod rename;
pub mod rewrite;
pub mod search;
pub mod selection;
pub mod settings;
pub mod subject;
pub mod symbols;
pub mod tokens;

#[cfg(test)]
mod tests;
