// The language server: started, stopped and started again, one step at a time; and the item that says how it is.

import * as vscode from "vscode";
import { type CancellationToken, type ClientCapabilities, LanguageClient, type MessageSignature, State } from "vscode-languageclient/node";
import { ibid, log, path, settings } from "./program";

const MANUSCRIPTS = ["plaintext", "markdown", "quarto", "rmd", "latex", "tex", "typst", "org", "restructuredtext", "asciidoc", "bibtex"];

const SELECTOR = MANUSCRIPTS.map((language) => ({ scheme: "file", language }));

/** Settings of a manuscript, whatever language another extension makes of them. */
const ALSO = [{ scheme: "file", pattern: "**/ibid.toml" }];

/** Commands that the server may put behind a lens. */
const COMMANDS = ["ibid.showReferences"];

/** A client that does not report what a server on its way out left unanswered. */
class Client extends LanguageClient {
  override handleFailedRequest<T>(type: MessageSignature, token: CancellationToken | undefined, error: unknown, absent: T, show?: boolean, rethrow?: boolean): T {
    if (this.state !== State.Running) return absent;
    return super.handleFailedRequest(type, token, error, absent, show, rethrow);
  }
}

let client: LanguageClient | undefined;
let status: vscode.LanguageStatusItem;
const changed = new vscode.EventEmitter<void>();

export const server = {
  /** Fires when the server has started or stopped. */
  onChange: changed.event,

  async open(): Promise<vscode.Disposable[]> {
    status = vscode.languages.createLanguageStatusItem("ibid", SELECTOR);
    status.name = "ibid";
    const own = [
      status,
      changed,
      vscode.commands.registerCommand("ibid.restart", restart),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration("ibid.path") || change.affectsConfiguration("ibid.args")) void restart();
      }),
    ];
    await restart();
    return own;
  },

  close(): Promise<void> {
    return inTurn(stop);
  },

  serves(document: vscode.TextDocument | undefined): document is vscode.TextDocument {
    return document !== undefined && vscode.languages.match(SELECTOR, document) > 0;
  },

  /** Asks the server something of ours; nothing where it does not run. */
  async ask<T>(method: string, params: object): Promise<T | undefined> {
    if (client?.state !== State.Running) return undefined;
    return await client.sendRequest<T>(method, params);
  },

  get running(): LanguageClient | undefined {
    return client?.state === State.Running ? client : undefined;
  },
};

function restart(): Promise<void> {
  return inTurn(async () => {
    await stop();
    await start();
  });
}

async function start(): Promise<void> {
  const version = await ibid("--version");
  if (version === undefined) return;

  const own = new Client(
    "ibid",
    { command: path(), args: settings().get<string[]>("args") },
    {
      documentSelector: [...SELECTOR, ...ALSO],
      initializationOptions: settings(),
      synchronize: { configurationSection: "ibid" },
      middleware: {
        workspace: {
          // A change of the program restarts the server, which then has the new settings.
          didChangeConfiguration: (sections, next) =>
            inTurn(async () => {
              if (server.running === own) await next(sections);
            }),
        },
      },
      outputChannel: log,
      traceOutputChannel: log,
    },
  );
  client = own;
  own.registerFeature({
    fillClientCapabilities(capabilities: ClientCapabilities) {
      capabilities.experimental = { commands: { commands: COMMANDS } };
    },
    initialize() {},
    getState: () => ({ kind: "static" }),
    clear() {},
  });
  own.onDidChangeState(({ newState }) => show(newState, version.trim()));
  try {
    await own.start();
  } catch (error) {
    log.error(`${path()} did not start as a language server`, error);
    show(State.Stopped, "see the log");
  }
}

async function stop(): Promise<void> {
  const stopping = client;
  client = undefined;
  try {
    await stopping?.dispose();
  } catch (error) {
    log.error("the server did not stop as it should", error);
  }
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
  void vscode.commands.executeCommand("setContext", "ibid.running", running);
  changed.fire();
}
