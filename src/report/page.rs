//! A page that stands alone: style and script within, nothing fetched, nothing run that we did not write.

use super::plain::markup;
use base64::prelude::{BASE64_STANDARD, Engine};
use sha2::{Digest, Sha256};

const STYLE: &str = include_str!("page.css");

/// A whole page. `body` is markup; `script` may be empty. The policy in its head lets style and script run by their hashes only.
pub fn page(title: &str, body: &str, script: &str) -> String {
    let hash = |text: &str| format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)));
    let scripts = if script.is_empty() { "'none'".to_owned() } else { hash(script) };
    let policy = format!(
        "default-src 'none'; style-src {}; script-src {scripts}; base-uri 'none'; form-action 'none'",
        hash(STYLE)
    );
    let script = if script.is_empty() { String::new() } else { format!("<script>{script}</script>\n") };
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}{script}</body>\n</html>\n",
        markup(title)
    )
}
