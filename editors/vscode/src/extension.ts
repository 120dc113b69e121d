import * as vscode from "vscode";
import { citations } from "./citations";
import { manual } from "./manual";
import { program } from "./program";
import { server } from "./server";
import { views } from "./views";

export async function activate({ subscriptions }: vscode.ExtensionContext): Promise<void> {
  subscriptions.push(...program(), ...manual(), ...citations(), ...views());
  subscriptions.push(...(await server.open()));
}

export function deactivate(): Promise<void> {
  return server.close();
}
