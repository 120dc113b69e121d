import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as vscode from "vscode";
import { LanguageClient, State } from "vscode-languageclient/node";

const MANUSCRIPTS = ["plaintext", "markdown", "quarto", "rmd", "latex"].map((language) => ({ scheme: "file", language }));
const PAGES = "ibid-rule";

const run = promisify(execFile);

let log: vscode.LogOutputChannel;
let status: vscode.LanguageStatusItem;
let client: LanguageClient | undefined;

export async function activate({ subscriptions }: vscode.ExtensionContext): Promise<void> {
  log = vscode.window.createOutputChannel("ibid", { log: true });
  status = vscode.languages.createLanguageStatusItem("ibid", MANUSCRIPTS);
  status.name = "ibid";

  subscriptions.push(
    log,
    status,
    vscode.commands.registerCommand("ibid.restart", restart),
    vscode.commands.registerCommand("ibid.showLog", () => log.show()),
    vscode.commands.registerCommand("ibid.explain", explain),
    vscode.workspace.registerTextDocumentContentProvider(PAGES, { provideTextDocumentContent: page }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("ibid.path") || change.affectsConfiguration("ibid.args")) void restart();
    }),
  );
  await restart();
}

export function deactivate(): Promise<void> {
  return inTurn(stop);
}

// The server

function restart(): Promise<void> {
  return inTurn(async () => {
    await stop();
    await start();
  });
}

async function start(): Promise<void> {
  const version = await ibid("--version");
  if (version === undefined) return;

  client = new LanguageClient(
    "ibid",
    { command: program(), args: settings().get<string[]>("args") },
    { documentSelector: MANUSCRIPTS, outputChannel: log, traceOutputChannel: log },
  );
  client.onDidChangeState(({ newState }) => show(newState, version.trim()));
  try {
    await client.start();
  } catch (error) {
    log.error(`${program()} did not start as a language server`, error);
    show(State.Stopped, "see the log");
  }
}

async function stop(): Promise<void> {
  const stopping = client;
  client = undefined;
  await stopping?.dispose();
  show(State.Stopped);
}

/** Starting and stopping take time: each waits for the one before it. */
let turn: Promise<void> = Promise.resolve();
function inTurn(job: () => Promise<void>): Promise<void> {
  turn = turn.then(job, job);
  return turn;
}

function show(state: State, detail = ""): void {
  const running = state === State.Running;
  status.text = running ? "ibid: running" : state === State.Starting ? "ibid: starting" : "ibid: stopped";
  status.detail = detail;
  status.busy = state === State.Starting;
  status.severity = state === State.Stopped ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
  status.command = running ? { title: "Show Log", command: "ibid.showLog" } : { title: "Restart", command: "ibid.restart" };
}

// The manual

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

interface Manual {
  rules: { name: string; summary: string }[];
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

// The program

function settings(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration("ibid");
}

function program(): string {
  return settings().get<string>("path") || "ibid";
}

/** What `ibid` prints; nothing when it could not be run, which the reader has then been told. */
async function ibid(...args: string[]): Promise<string | undefined> {
  try {
    return (await run(program(), args, { encoding: "utf8" })).stdout;
  } catch (error) {
    log.error(`${program()} ${args.join(" ")}`, error);
    void complain(error as NodeJS.ErrnoException);
    return undefined;
  }
}

async function complain({ code }: NodeJS.ErrnoException): Promise<void> {
  if (code === "ENOENT" || code === "EACCES") {
    const message = `There is no program “${program()}”. Install ibid, or say where it is.`;
    if (await vscode.window.showErrorMessage(message, "Open Setting")) {
      // The setting belongs to the machine that runs the program.
      const settings = vscode.env.remoteName ? "workbench.action.openRemoteSettings" : "workbench.action.openSettings";
      await vscode.commands.executeCommand(settings, { query: "ibid.path" });
    }
  } else if (await vscode.window.showErrorMessage(`${program()} failed.`, "Show Log")) {
    log.show();
  }
}
