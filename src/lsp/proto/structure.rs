//! What an editor asks of a whole file: outline, folds, links, lenses; and of a whole project: its symbols.

use super::super::client::Abilities;
use super::super::documents::View;
use crate::ide::{folding, lens, links, search, selection, symbols};
use lsp_types::*;
use serde_json::json;

/// The command of a lens, which the client has to know: position and locations as its arguments.
pub const SHOW_REFERENCES: &str = "ibid.showReferences";

pub fn symbols(view: &View, client: &Abilities) -> DocumentSymbolResponse {
    let found = symbols::symbols(&view.analysis, view.file);
    if client.nested_symbols {
        return DocumentSymbolResponse::Nested(found.iter().map(|s| nested_symbol(view, s)).collect());
    }
    let mut flat = Vec::new();
    found.iter().for_each(|s| flat_symbols(view, s, None, &mut flat));
    DocumentSymbolResponse::Flat(flat)
}

fn symbol_kind(kind: symbols::SymbolKind) -> SymbolKind {
    match kind {
        symbols::SymbolKind::Heading => SymbolKind::STRING,
        symbols::SymbolKind::Note => SymbolKind::KEY,
    }
}

#[expect(deprecated, reason = "the field `deprecated` has to be given")]
fn nested_symbol(view: &View, symbol: &symbols::Symbol) -> DocumentSymbol {
    let children: Vec<_> = symbol.children.iter().map(|s| nested_symbol(view, s)).collect();
    DocumentSymbol {
        name: symbol.name.clone(),
        detail: None,
        kind: symbol_kind(symbol.kind),
        tags: None,
        deprecated: None,
        range: view.range(symbol.extent),
        selection_range: view.range(symbol.focus),
        children: (!children.is_empty()).then_some(children),
    }
}

#[expect(deprecated, reason = "the field `deprecated` has to be given")]
fn flat_symbols(view: &View, symbol: &symbols::Symbol, parent: Option<&str>, out: &mut Vec<SymbolInformation>) {
    out.push(SymbolInformation {
        name: symbol.name.clone(),
        kind: symbol_kind(symbol.kind),
        tags: None,
        deprecated: None,
        location: view.location(view.file, symbol.extent),
        container_name: parent.map(str::to_owned),
    });
    symbol.children.iter().for_each(|s| flat_symbols(view, s, Some(&symbol.name), out));
}

/// The best of a project for a query.
#[expect(deprecated, reason = "the field `deprecated` has to be given")]
pub fn workspace_symbols(view: &View, query: &str) -> Vec<(usize, SymbolInformation)> {
    let found = search::search(&view.analysis, query).into_iter();
    let symbol = |found: search::Found| {
        let kind = match found.kind {
            search::FoundKind::Source => SymbolKind::CLASS,
            search::FoundKind::Name => SymbolKind::VARIABLE,
            search::FoundKind::Heading => SymbolKind::STRING,
            search::FoundKind::Note => SymbolKind::KEY,
        };
        let location = view.location(found.place.file, found.place.span);
        let container_name = (!found.detail.is_empty()).then_some(found.detail);
        let symbol =
            SymbolInformation { name: found.name, kind, tags: None, deprecated: None, location, container_name };
        (found.distance, symbol)
    };
    found.map(symbol).collect()
}

pub fn folds(view: &View) -> Vec<FoldingRange> {
    let fold = |fold: folding::Fold| {
        let range = view.range(fold.span);
        let kind = match fold.kind {
            folding::FoldKind::Comment => FoldingRangeKind::Comment,
            _ => FoldingRangeKind::Region,
        };
        FoldingRange {
            start_line: range.start.line,
            end_line: range.end.line,
            kind: Some(kind),
            ..FoldingRange::default()
        }
    };
    folding::folds(&view.analysis, view.file).into_iter().map(fold).collect()
}

pub fn links(view: &View) -> Vec<DocumentLink> {
    let link = |link: links::Link| {
        let tooltip = (!link.through.is_empty()).then(|| link.through.to_owned());
        let target = Url::parse(&link.target).ok()?;
        Some(DocumentLink { range: view.range(link.span), target: Some(target), tooltip, data: None })
    };
    let pdf = |pdf: links::Pdf| {
        let list = view.project.documents[pdf.list].uri.to_file_path().ok()?;
        let path = list.parent()?.join(&pdf.path);
        let mut target = path.is_file().then(|| Url::from_file_path(&path).ok()).flatten()?;
        let page = pdf.page.map(|page| format!("page={page}"));
        target.set_fragment(page.as_deref());
        let tooltip = Some(pdf.page.map_or_else(|| "PDF".to_owned(), |page| format!("PDF, page {page} of the file")));
        Some(DocumentLink { range: view.range(pdf.span), target: Some(target), tooltip, data: None })
    };
    let pdfs = links::pdfs(&view.analysis, view.file).into_iter().filter_map(pdf);
    links::links(&view.analysis, view.file).into_iter().filter_map(link).chain(pdfs).collect()
}

/// For each position the stretches around it, the smallest outside.
pub fn selections(view: &View, positions: &[Position]) -> Vec<SelectionRange> {
    let chain = |at: &Position| {
        let around = selection::around(&view.analysis, view.file, view.byte(*at));
        let grown = around.iter().rev().fold(None, |parent: Option<Box<SelectionRange>>, span| {
            Some(Box::new(SelectionRange { range: view.range(*span), parent }))
        });
        grown.map_or(SelectionRange { range: Range::new(*at, *at), parent: None }, |chain| *chain)
    };
    positions.iter().map(chain).collect()
}

/// A client that does not know the command gets the words alone.
pub fn lenses(view: &View, client: &Abilities) -> Vec<CodeLens> {
    let lens = |lens: lens::Lens| {
        let whole = view.range(lens.place.span);
        let locations: Vec<_> = lens.citations.iter().map(|p| view.location(p.file, p.span)).collect();
        let command = if client.shows_references {
            let arguments = Some(vec![json!(view.document().uri), json!(whole.start), json!(locations)]);
            Command { title: lens.title, command: SHOW_REFERENCES.to_owned(), arguments }
        } else {
            Command { title: lens.title, command: String::new(), arguments: None }
        };
        CodeLens { range: whole, command: Some(command), data: None }
    };
    lens::lenses(&view.analysis, view.file).into_iter().map(lens).collect()
}
