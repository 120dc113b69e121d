// The `ibid` program: where it is, what it prints, and what the user is told when it cannot be run.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as vscode from "vscode";

const run = promisify(execFile);

export const log = vscode.window.createOutputChannel("ibid", { log: true });

export function program(): vscode.Disposable[] {
  return [log, vscode.commands.registerCommand("ibid.showLog", () => log.show())];
}

export function settings(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration("ibid");
}

export function path(): string {
  return settings().get<string>("path") || "ibid";
}

/** What `ibid` prints; nothing when it could not be run, which the reader has then been told. */
export async function ibid(...args: string[]): Promise<string | undefined> {
  try {
    return (await run(path(), args, { encoding: "utf8" })).stdout;
  } catch (error) {
    log.error(`${path()} ${args.join(" ")}`, error);
    void complain(error as NodeJS.ErrnoException);
    return undefined;
  }
}

async function complain({ code }: NodeJS.ErrnoException): Promise<void> {
  if (code === "ENOENT" || code === "EACCES") {
    const message = `There is no program “${path()}”. Install ibid, or say where it is.`;
    if (await vscode.window.showErrorMessage(message, "Open Setting")) {
      // The setting belongs to the machine that runs the program.
      const open = vscode.env.remoteName ? "workbench.action.openRemoteSettings" : "workbench.action.openSettings";
      await vscode.commands.executeCommand(open, { query: "ibid.path" });
    }
  } else if (await vscode.window.showErrorMessage(`${path()} failed.`, "Show Log")) {
    log.show();
  }
}
