// The manual: a rule's page beside the manuscript.

import * as vscode from "vscode";
import { ibid } from "./program";

const PAGES = "ibid-rule";

interface Manual {
  rules: { name: string; summary: string }[];
}

export function manual(): vscode.Disposable[] {
  return [
    vscode.commands.registerCommand("ibid.explain", explain),
    vscode.workspace.registerTextDocumentContentProvider(PAGES, { provideTextDocumentContent: page }),
  ];
}

async function explain(): Promise<void> {
  const manual = await ibid("explain", "--output-format", "json");
  if (manual === undefined) return;

  const here = rulesAtCursor();
  const rules = (JSON.parse(manual) as Manual).rules
    .map(({ name, summary }) => ({ label: name, description: summary }))
    .sort((a, b) => Number(here.has(b.label)) - Number(here.has(a.label)));
  const rule = await vscode.window.showQuickPick(rules, { placeHolder: "Which rule?", matchOnDescription: true });
  if (!rule) return;
  const uri = vscode.Uri.from({ scheme: PAGES, path: `${rule.label}.md` });
  await vscode.commands.executeCommand("markdown.showLockedPreviewToSide", uri);
}

async function page(uri: vscode.Uri): Promise<string | undefined> {
  return await ibid("explain", uri.path.replace(/\.md$/, ""));
}

function rulesAtCursor(): Set<unknown> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return new Set();
  const here = vscode.languages
    .getDiagnostics(editor.document.uri)
    .filter(({ source, range }) => source === "ibid" && range.contains(editor.selection.active));
  return new Set(here.map(({ code }) => (typeof code === "object" ? code.value : code)));
}
