//! One manuscript, and everything an editor asks about it.
