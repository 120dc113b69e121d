//! Findings and facts written out: for people, for tools, for CI.
