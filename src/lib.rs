//! `ibid` reads a manuscript, works out what every citation in it means, and only then judges.
//!
//! This file is the table of contents. A blank line between modules is a floor: a module may use the
//! modules of the paragraphs above its own and nothing else, its neighbours included (a test holds it).
//! Everything above `lsp` and `cli` is a pure function of `(path, text)` pairs and a [`config::Config`].

pub mod encoding;
pub mod script;
pub mod text;

pub mod config;
pub mod model;

pub mod citation;
pub mod romanization;

pub mod formats;

pub mod analysis;

pub mod rules;

pub mod ide;
pub mod project;
pub mod report;

pub mod cli;
pub mod lsp;
