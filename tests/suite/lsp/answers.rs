//! What is asked while one writes, on small texts with a sign of two units before everything; `‸` is the cursor.

use super::scenario::capable;
use super::{Client, utf16};
use serde_json::{Value, json};

/// An open document with a cursor in it.
struct Page {
    client: Client,
    uri: String,
    text: String,
    at: Value,
}

fn page(language: &str, marked: &str) -> Page {
    let text = marked.replace('‸', "");
    let at = utf16(&text, marked.find('‸').unwrap_or(text.len()));
    let mut client = capable();
    let ending = match language {
        "markdown" => "md",
        "latex" => "tex",
        _ => "txt",
    };
    let uri = format!("file:///nowhere/page.{ending}");
    client.open_as(&uri, language, &text);
    Page { client, uri, text, at }
}

impl Page {
    fn ask(&mut self, method: &str) -> Value {
        let id = self.request(method);
        let answer = self.client.answer(id);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    fn request(&mut self, method: &str) -> i64 {
        self.client.request(method, json!({"textDocument": {"uri": self.uri}, "position": self.at}))
    }

    fn hover(&mut self) -> String {
        self.ask("textDocument/hover")["contents"]["value"].as_str().unwrap_or_default().to_owned()
    }

    fn completions(&mut self) -> Vec<String> {
        let items = self.ask("textDocument/completion");
        items.as_array().into_iter().flatten().map(|i| i["label"].as_str().unwrap().to_owned()).collect()
    }

    /// The text after an offered action.
    fn after(&mut self, title: &str) -> String {
        let range = json!({"start": self.at, "end": self.at});
        let params = json!({"textDocument": {"uri": self.uri}, "range": range, "context": {"diagnostics": []}});
        let all = self.client.ask("textDocument/codeAction", params);
        let action = all.as_array().unwrap().iter().find(|a| a["title"].as_str().unwrap().starts_with(title));
        let action = action.unwrap_or_else(|| panic!("{title}: {all}"));
        let mut edits = action["edit"]["documentChanges"][0]["edits"].as_array().unwrap().clone();
        // each counts in the text before them all: the last one first
        edits.sort_by_key(|e| (e["range"]["start"]["line"].as_u64(), e["range"]["start"]["character"].as_u64()));
        let changes: Vec<Value> =
            edits.iter().rev().map(|e| json!({"range": e["range"], "text": e["newText"]})).collect();
        let document = json!({"uri": self.uri, "version": 1});
        self.client.notify("textDocument/didChange", json!({"textDocument": document, "contentChanges": changes}));
        self.client.ask("ibid/documentText", json!({"uri": self.uri}))["text"].as_str().unwrap().to_owned()
    }
}

const NAMES: &str = "\
Vyshinskii spoke 🐝 to Iagoda and Ezhov. Then old Vyshin‸sky left. A. Ia. Vyshinskii and Kaganovich came.
";

#[test]
fn hover_on_a_name_counts_its_spellings_by_scheme() {
    let said = page("plaintext", NAMES).hover();
    assert!(said.contains("Vyshinskii: 2 times, ALA-LC"), "{said}");
    assert!(said.contains("Vyshinsky: once"), "{said}");
}

#[test]
fn hover_on_the_rule_of_a_comment_is_its_page() {
    let said =
        page("markdown", "🐝 Bees,, sleep.[^1] <!-- ibid: allow doubled-punc‸tuation -->\n\n[^1]: A note.\n").hover();
    assert!(said.contains("doubled-punctuation") && said.contains("## Why"), "{said}");
}

#[test]
fn a_rename_is_refused_with_its_reason() {
    let refusals = [
        (
            "🐝 Bees,[^1] they say.\n\n[^1]: John Smith, *The Hist‸ory of Bees* (Oxford: Clarendon Press, 1990), 12.\n",
            "title",
        ),
        ("🐝 He wrote: “Ask Ezh‸ov for the letters.” He did not.\n", "quotation"),
        ("🐝 Bees sleep.^‸[A note.]\n", "no label"),
        ("🐝 Nothing but wo‸rds here.\n", "nothing"),
    ];
    for (text, reason) in refusals {
        let mut page = page("markdown", text);
        let id = page.request("textDocument/prepareRename");
        let answer = page.client.answer(id);
        let said = answer["error"]["message"].as_str().unwrap_or_default();
        assert!(said.contains(reason), "{text}: {answer}");
    }
}

const CITED: &str = "\
Bees 🐝 sleep.[^1] Wax melts.[^2] Files stay.[^3] And on.[^4]

[^1]: John Smith, *The History of Bees* (Oxford: Clarendon Press, 1990), 12.

[^2]: Ann Brown, *The Book of Wax* (London: Faber, 1991), 3.

[^3]: GARF, f. 5459, op. 9, d. 150, l. 4.

[^4]: ";

#[test]
fn completions_where_one_writes_a_note() {
    let offered = |typed: &str| page("markdown", &format!("{CITED}🐝 {typed}")).completions();
    assert!(offered("See Sm").contains(&"Smith, *History of Bees*".to_owned()), "{:?}", offered("See Sm"));
    assert_eq!(offered("Ibi"), ["Ibid."]);
    let archive = offered("GA");
    assert!(archive.iter().any(|l| l.starts_with("GARF, f. 5459, op. 9, d. 150")), "{archive:?}");
    let recent = page("markdown", &CITED.replace("[^4]: ", "[^4]: Smith, *History of Bees*, 5; ‸")).completions();
    assert!(recent[0].starts_with("Smith"), "the latest first: {recent:?}");
}

#[test]
fn completions_of_labels_and_keys() {
    assert_eq!(page("markdown", &CITED.replace("And on.[^4]", "And 🐝 on.[^‸")).completions()[0], "4");
    let keys = "🐝 Bees [@doe99, p. 3], wax [@roe2001]. And";
    assert_eq!(page("markdown", &format!("{keys} [@")).completions(), ["roe2001", "doe99"]);
    let latex =
        "\\documentclass{book}\n\\begin{document}\n🐝 Bees \\autocite[3]{doe99}. Wax \\cite{‸}.\n\\end{document}\n";
    assert_eq!(page("latex", latex).completions(), ["doe99"]);
}

#[test]
fn a_note_moves_to_its_mark_and_back() {
    let below = "🐝 Bees[^1‸] sleep.\n\n[^1]: Ann Brown, *Wax*, 3.\n";
    let inline = page("markdown", below).after("Move the note to its mark");
    assert_eq!(inline, "🐝 Bees^[Ann Brown, *Wax*, 3.] sleep.\n\n");
    let back = page("markdown", &inline.replace("^[", "^‸[")).after("Move the note below");
    assert_eq!(back.trim_end(), below.replace('‸', "").trim_end());
}

#[test]
fn short_forms_ibid_and_numbers_change_places() {
    let ibid = format!("{CITED}🐝 GARF, f. 5459, op. 9, d. 150, l. 5.\n")
        .replace("[^2]: Ann Brown, *The Book of Wax* (London: Faber, 1991), 3.", "[^2]: Ib‸id., 14.");
    let short = page("markdown", &ibid).after("Write the short form");
    assert!(short.contains("[^2]: Smith, *History of Bees*, 14.\n"), "{short}");
    let back = page("markdown", &short.replace("[^2]: Smi", "[^2]: Smi‸")).after("Write Ibid.");
    assert_eq!(back, ibid.replace('‸', ""));
    let full = page("markdown", &ibid).after("Write the full citation");
    assert!(full.contains("[^2]: John Smith, *The History of Bees* (Oxford: Clarendon Press, 1990), 14.\n"), "{full}");
    let gap = "🐝 One.[^1] Two.[^5‸] Three.[^7]\n\n[^1]: Words.\n\n[^5]: See note 7.\n\n[^7]: More words.\n";
    let numbered = page("markdown", gap).after("Renumber notes from here");
    assert_eq!(numbered, gap.replace('‸', "").replace('5', "2").replace('7', "3"));
}

#[test]
fn symbols_of_the_workspace_are_sources_names_and_notes() {
    let text = format!("# Hives 🐝\n\n{NAMES}\n{CITED}\n");
    let mut page = page("markdown", &text);
    for (query, name) in [("smith", "Smith"), ("vysh", "Vyshinskii"), ("hives", "Hives"), ("garf", "GARF")] {
        let found = page.client.ask("workspace/symbol", json!({"query": query}));
        let names: Vec<&str> = found.as_array().unwrap().iter().filter_map(|s| s["name"].as_str()).collect();
        assert!(names.iter().any(|n| n.contains(name)), "{query}: {found}");
    }
    assert!(page.text.contains("Hives"));
}

#[test]
fn every_candidate_of_an_ambiguous_short_form() {
    let text = "🐝 A.[^1] B.[^2] C.[^3] D.[^4]\n\n[^1]: John Smith, *The History of Bees* (Oxford: Clarendon Press, 1990), 12.\n\n\
        [^2]: John Smith, *The Book of Wax* (London: Faber, 1991), 3.\n\n[^3]: Ann Brown, *Lamps* (London: Faber, 1991), 3.\n\n[^4]: Smi‸th, 44.\n";
    let found = page("markdown", text).ask("textDocument/definition");
    let lines: Vec<&Value> = found.as_array().unwrap().iter().map(|l| &l["targetRange"]["start"]["line"]).collect();
    assert_eq!(lines, [&json!(4), &json!(2)], "the latest first: {found}");
}
