//! Answers for editors in bytes and strings; no protocol.
