//! `ibid-form`

use super::Sink;
use crate::analysis::Analysis;

rule! {
    /// "Ibid" is written otherwise than the style asks.
    ///
    /// ## Why
    /// Ibid. is an abbreviation and takes a full stop.
    "ibid-form", Warning, "Chicago 17, 14.34"
}

fn check(_analysis: &Analysis, _out: &mut Sink) {}
