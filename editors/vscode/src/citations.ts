// Commands on the citation under the cursor: everything that cites its source, and the chain it means that source through.

import * as vscode from "vscode";
import type { Location, Position } from "vscode-languageclient/node";
import { server } from "./server";

/** A citation as `ibid/sources` and `ibid/chain` list it. */
export interface Citation {
  label: string;
  words: string;
  location: Location;
}

export function citations(): vscode.Disposable[] {
  return [
    vscode.commands.registerCommand("ibid.showCitations", showCitations),
    vscode.commands.registerCommand("ibid.showChain", showChain),
    vscode.commands.registerCommand("ibid.showReferences", showReferences),
  ];
}

async function showCitations(): Promise<void> {
  const here = cursor();
  if (!here) return;
  const found = await vscode.commands.executeCommand<vscode.Location[]>("vscode.executeReferenceProvider", here.uri, here.position);
  if (found.length === 0) return nothing();
  await vscode.commands.executeCommand("editor.action.showReferences", here.uri, here.position, found);
}

async function showChain(): Promise<void> {
  const here = cursor();
  const client = server.running;
  if (!here || !client) return;
  const position = client.code2ProtocolConverter.asPosition(here.position);
  const steps = await server.ask<Citation[]>("ibid/chain", { textDocument: { uri: client.code2ProtocolConverter.asUri(here.uri) }, position });
  if (!steps?.length) return nothing();
  const step = await vscode.window.showQuickPick(
    steps.map(({ label, words, location }) => ({ label, description: words, location })),
    { placeHolder: "What this citation stands for, step by step" },
  );
  if (step) await reveal(client.protocol2CodeConverter.asLocation(step.location));
}

/** What the server puts behind “cited 12 times”: its arguments are the protocol's. */
async function showReferences(uri: string, position: Position, locations: Location[]): Promise<void> {
  const convert = server.running?.protocol2CodeConverter;
  if (!convert) return;
  await vscode.commands.executeCommand(
    "editor.action.showReferences",
    convert.asUri(uri),
    convert.asPosition(position),
    locations.map((location) => convert.asLocation(location)),
  );
}

export async function reveal({ uri, range }: vscode.Location): Promise<void> {
  await vscode.window.showTextDocument(uri, { selection: range });
}

function cursor(): { uri: vscode.Uri; position: vscode.Position } | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor || !server.serves(editor.document)) return undefined;
  return { uri: editor.document.uri, position: editor.selection.active };
}

function nothing(): void {
  vscode.window.setStatusBarMessage("ibid: no citation here whose source is certain", 5000);
}
