//! Everything that is tested from outside, in one binary.

mod cases;
mod cli;
mod docs;
mod gold;
mod lsp;
mod manual;
mod notation;
mod profiles;
mod properties;
mod rewrite;
mod schema;
mod tidy;
mod twins;
