// Two trees in the Explorer: every source with its citations, and every name that is spelt in several ways.

import * as vscode from "vscode";
import type { Location } from "vscode-languageclient/node";
import type { Citation } from "./citations";
import { log } from "./program";
import { server } from "./server";

interface Source {
  name: string;
  orphan: boolean;
  citations: Citation[];
}

interface Name {
  preferred: string | null;
  spellings: { text: string; scheme: string | null; locations: Location[] }[];
}

/** A line of a tree. */
interface Line {
  label: string;
  description?: string;
  icon?: string;
  location?: vscode.Location;
  lines?: Line[];
}

/** Typing pauses this long before the trees follow, in milliseconds. */
const PAUSE = 300;

export function views(): vscode.Disposable[] {
  const sources = new Tree<Source>("ibid.sources", "ibid/sources", source);
  const names = new Tree<Name>("ibid.names", "ibid/names", name);
  const refresh = () => Promise.all([sources.refresh(), names.refresh()]);
  let soon: NodeJS.Timeout | undefined;
  const later = () => {
    clearTimeout(soon);
    soon = setTimeout(refresh, PAUSE);
  };
  return [
    sources.view,
    names.view,
    vscode.commands.registerCommand("ibid.reveal", (location: vscode.Location) =>
      vscode.window.showTextDocument(location.uri, { selection: location.range }),
    ),
    vscode.window.onDidChangeActiveTextEditor(later),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document === vscode.window.activeTextEditor?.document) later();
    }),
    server.onChange(later),
    new vscode.Disposable(() => clearTimeout(soon)),
  ];
}

/** A view that asks the server for a list of `T` about the manuscript in front. */
class Tree<T> implements vscode.TreeDataProvider<Line> {
  readonly view: vscode.TreeView<Line>;
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private lines: Line[] = [];
  private asked = 0;

  constructor(
    id: string,
    private readonly method: string,
    private readonly line: (item: T) => Line,
  ) {
    this.view = vscode.window.createTreeView(id, { treeDataProvider: this, showCollapseAll: true });
  }

  async refresh(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    // Where another kind of file or a panel is in front, what was shown last stays.
    if (server.running && !server.serves(document)) return;
    this.asked += 1;
    const question = this.asked;
    const items = await this.ask(document);
    if (question !== this.asked) return;
    this.lines = items.map(this.line);
    this.view.message = items.length === 0 && server.running ? "None in this manuscript." : undefined;
    this.changed.fire();
  }

  private async ask(document: vscode.TextDocument | undefined): Promise<T[]> {
    const client = server.running;
    if (!client || !document) return [];
    try {
      return (await server.ask<T[]>(this.method, { uri: client.code2ProtocolConverter.asUri(document.uri) })) ?? [];
    } catch (error) {
      log.error(this.method, error);
      return [];
    }
  }

  getTreeItem({ label, description, icon, location, lines }: Line): vscode.TreeItem {
    const state = lines ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None;
    const item = new vscode.TreeItem(label, state);
    item.description = description;
    item.tooltip = description ? `${label} ${description}` : label;
    if (icon) item.iconPath = new vscode.ThemeIcon(icon);
    if (location) item.command = { title: "Go There", command: "ibid.reveal", arguments: [location] };
    return item;
  }

  getChildren(line?: Line): Line[] {
    return line ? (line.lines ?? []) : this.lines;
  }
}

function source({ name, orphan, citations }: Source): Line {
  const times = citations.length === 1 ? "once" : `${citations.length} times`;
  return {
    label: name,
    description: orphan ? `${times}, never in full` : times,
    icon: orphan ? "question" : "book",
    lines: citations.map(({ label, words, location }) => ({ label, description: words, location: there(location) })),
  };
}

function name({ preferred, spellings }: Name): Line {
  return {
    label: spellings.map(({ text }) => text).join(" / "),
    icon: "person",
    lines: spellings.map(({ text, scheme, locations }) => ({
      label: text,
      description: [scheme, text === preferred ? "to prefer" : undefined].filter(Boolean).join(", "),
      lines: locations.map((location) => ({ label: `line ${location.range.start.line + 1}`, location: there(location) })),
    })),
  };
}

function there(location: Location): vscode.Location | undefined {
  return server.running?.protocol2CodeConverter.asLocation(location);
}
