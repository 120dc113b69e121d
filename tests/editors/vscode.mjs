// Drives VS Code, as code-server in a headless browser, with the packaged extension.
//
// Run by run.sh, with `ibid` on PATH and lamp-keepers.md in the home folder. Reads from the environment:
//   CODE_SERVER  the code-server program (tried: 4.100.3 of npm, which is VS Code 1.100.3, on node 20)
//   PLAYWRIGHT   a folder whose node_modules has playwright-core
//   CHROMIUM     the browser, when it is not /usr/bin/chromium
//   VSIX         the extension
//   PICTURES     a folder for the screens that docs/pictures keeps, when they are wanted

import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";

const { CODE_SERVER, PLAYWRIGHT, VSIX, HOME, PICTURES, CHROMIUM = "/usr/bin/chromium" } = process.env;
const { chromium } = createRequire(`${PLAYWRIGHT}/`)("playwright-core");

const DATA = `${HOME}/data`;
const FOLDER = `${HOME}/book`;
const PLACES = ["--user-data-dir", DATA, "--extensions-dir", `${DATA}/extensions`];

let failed = false;

function report(name, passed, found) {
  failed ||= !passed;
  console.log(passed ? `ok    ${name}` : `FAIL  ${name}, found: ${JSON.stringify(found)}`);
}

/** Waits until what `look` finds contains every one of `wanted`. */
async function expect(name, wanted, look) {
  const deadline = Date.now() + 40000;
  let found, missing;
  do {
    found = await look().catch((error) => `nothing (${error.message.split("\n")[0]})`);
    missing = [wanted].flat().filter((text) => !found.includes(text));
    if (missing.length > 0) await sleep(100);
  } while (missing.length > 0 && Date.now() < deadline);
  report(name, missing.length === 0, found);
}

/** VS Code takes its PATH from a login shell and not from here, so it is told where `ibid` is. */
function configure({ path }) {
  const settings = { "workbench.startupEditor": "none", "ibid.path": path };
  for (const scope of ["User", "Machine"]) {
    mkdirSync(`${DATA}/${scope}`, { recursive: true });
    writeFileSync(`${DATA}/${scope}/settings.json`, JSON.stringify(settings));
  }
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  const { port } = server.address();
  server.close();
  return port;
}

async function drive(page) {
  // What the page shows: VS Code writes its spaces as no-break ones.
  const text = async (selector) => {
    const all = await page.locator(selector).allTextContents();
    return all.join("\n").replaceAll("\u00a0", " ");
  };
  const press = (keys) => page.keyboard.press(keys);
  /** Types into VS Code's input box, opened by `keys`, and accepts `wanted` of what it lists. */
  const ask = async (keys, typed, wanted = typed) => {
    // A box that opens while the focus moves elsewhere closes again: three tries.
    for (let tries = 3; ; tries -= 1) {
      try {
        if (keys) await press(keys);
        await page.locator(".quick-input-widget input[type=text]").fill(typed, { timeout: 5000 });
        await page.locator(".quick-input-list .monaco-list-row.focused", { hasText: wanted }).waitFor({ timeout: 5000 });
        return await press("Enter");
      } catch (error) {
        if (tries === 1) throw error;
        await press("Escape");
      }
    }
  };
  const choose = (wanted) => ask(undefined, wanted);
  const command = (title) => ask("F1", `>${title}`, title);
  const putCursor = async (line, column) => {
    await ask("Control+G", `:${line}:${column}`, "");
    await page.locator("#status\\.editor\\.selection", { hasText: `Ln ${line},` }).waitFor();
  };
  const statusItem = async (name, wanted) => {
    await page.locator("#status\\.languageStatus").hover();
    await expect(name, wanted, () => text(".hover-language-status"));
    await page.mouse.move(0, 0);
    await page.locator(".hover-language-status").first().waitFor({ state: "hidden" });
  };
  const problems = () => text(".markers-panel .monaco-list-row");
  const lines = () => text(".editor-instance .view-line");

  const channel = () =>
    page.locator(".part.panel select").evaluateAll((all) => all.map(({ selectedOptions }) => selectedOptions[0]?.text).join());

  /** The window as it stands, without what the mouse points at. */
  const picture = async (name) => {
    if (!PICTURES) return;
    await sleep(1500);
    await page.screenshot({ path: `${PICTURES}/${name}.png` });
  };
  /** The lines of one of our trees; a click on its header opens it. */
  const tree = (title) => page.locator(".pane", { has: page.locator(`.pane-header[aria-label^="${title}"]`) });
  const treeLine = (title, words) => tree(title).locator(".monaco-list-row", { hasText: words }).first();
  const cursor = () => text("#status\\.editor\\.selection");

  await page.locator(".monaco-workbench").waitFor({ timeout: 60000 });
  await ask("Control+P", "lamp-keepers.md");
  await expect("the manuscript is open", "The storm", lines);

  await command("View: Focus Problems");
  // The place after the rule is line and column, counted in UTF-16 units.
  await expect("diagnostics stand at the right columns after an emoji", ["mark-without-note", "[Ln 9, Col 63]", "ibid-form", "[Ln 19, Col 40]"], problems);
  await expect("inlay hints say what an Ibid. means", "→ n. 1", lines);
  await press("Control+1");
  await picture("problems");

  await statusItem("the status item says that the server runs", "ibid: running");
  await expect("a lens says how often a source is cited", "cited 4 times, last in n. 6", () => text(".codelens-decoration"));

  await tree("Sources Cited").locator(".pane-header").click();
  const sources = () => text(".pane:has([aria-label^='Sources Cited']) .monaco-list-row");
  await expect("a tree lists the sources", ["Agnes Lind, Lights of the Northern Skerries", "4 times", "Tomas Brekke, Glass and Oil"], sources);
  await treeLine("Sources Cited", "Agnes Lind").click();
  await treeLine("Sources Cited", "n. 6").click();
  await expect("and leads from a source to each citation of it", "Ln 21,", cursor);

  await putCursor(15, 8);
  await command("Show or Focus Hover");
  await expect("hover names the source and the chain", ["Lights of the Northern Skerries", "n. 2"], () => text(".monaco-hover"));
  await picture("chain");
  await press("Escape");
  await press("F12");
  await expect("definition of a second Ibid. is the full citation", "Ln 11,", cursor);

  await putCursor(15, 8);
  await command("ibid: Show What This Citation Stands For");
  await expect("the chain is listed step by step", ["n. 3", "n. 2", "n. 1"], () => text(".quick-input-list .monaco-list-row"));
  await choose("n. 2");
  await expect("and leads to each step", "Ln 13,", cursor);
  await command("ibid: Show All Citations of This Source");
  await expect("all citations of a source are shown in place", "(4)", () => text(".peekview-title"));
  await press("Escape");

  await putCursor(19, 41);
  await sleep(500);
  await press("Control+.");
  await expect("a quick fix is offered", "ibid.", () => text(".action-widget"));
  await picture("fix");
  await press("Enter");
  await expect("and writes the full stop", "See ibid.", lines);

  await ask("Control+P", "@Brekke", "Tomas Brekke");
  await expect("the outline leads to a note", "Ln 17,", cursor);

  await putCursor(21, 3);
  await press("F2");
  await page.locator(".rename-box input").fill("26");
  await press("Enter");
  await expect("rename of a note's label", "[^26]: Lind", lines);
  await putCursor(7, 1);
  await expect("with its mark", "tide tables.[^26]", lines);
  await press("Control+Z");
  await expect("and it can be undone", "[^6]: Lind", lines);

  await press("Control+End");
  await page.keyboard.type("\n[^8]: Li");
  await press("Control+Space");
  await expect("completion offers the short form of a source", "Lind, *Lights of the Northern Skerries*", () => text(".suggest-widget .monaco-list-row"));
  await press("Escape");
  for (const _ of "\n[^8]: Li") await press("Backspace");

  await ask("Control+P", "letter.txt");
  await command("View: Focus Problems");
  await expect("plain text is served too", ["mark-without-note", "[Ln 2, Col 69]"], problems);

  await ask("Control+P", "ibid.toml");
  await expect("ibid.toml is open", "profile = ", lines);
  await putCursor(1, 12);
  await expect("with the cursor in its value", "Ln 1, Col 12", cursor);
  await press("Control+Space");
  await expect("ibid.toml completes its values", "mhra", () => text(".suggest-widget .monaco-list-row"));
  await press("Escape");

  await ask("Control+P", "lighthouse-board.md");
  await tree("Names Spelt").locator(".pane-header").click();
  await expect("a tree lists names with several spellings", "Vasilevskii / Vasilevsky", () => text(".pane:has([aria-label^='Names Spelt']) .monaco-list-row"));
  await treeLine("Names Spelt", "Vasilevskii / Vasilevsky").click();
  await expect("with the scheme of each", "ALA-LC", () => text(".pane:has([aria-label^='Names Spelt']) .monaco-list-row"));
  await picture("names");
  await ask("Control+P", "lamp-keepers.md");

  await command("ibid: Explain Rule");
  await choose("mark-without-note");
  await expect("Explain Rule shows the rule's page", "mark-without-note", () => text(".tabs-container .tab"));
  await page.locator(".tabs-container .tab", { hasText: "lamp-keepers.md" }).click();

  await command("ibid: Show Log");
  await expect("Show Log shows ibid's log", "ibid", channel);

  await command("ibid: Restart Server");
  await command("View: Focus Problems");
  await expect("after a restart the diagnostics are back", "mark-without-note", problems);

  await press("Control+1");
  configure({ path: "no-such-ibid" });
  await expect("a missing program is said in plain words", "There is no program “no-such-ibid”", () => text(".notification-list-item"));
  await statusItem("the status item says that the server is stopped", "ibid: stopped");
  await page.locator(".notification-list-item .monaco-button", { hasText: "Open Setting" }).click();
  await expect("with a way to the setting", "Ibid: Path", () => text(".settings-editor .setting-item-contents"));
  await expect("and the diagnostics go", "No problems", () => text(".markers-panel"));
}

mkdirSync(FOLDER, { recursive: true });
for (const name of ["lamp-keepers.md", "lighthouse-board.md", "letter.txt"]) execFileSync("cp", [`${HOME}/${name}`, FOLDER]);
writeFileSync(`${FOLDER}/ibid.toml`, 'profile = "chicago-ibid"\n');
configure({ path: execFileSync("sh", ["-c", "command -v ibid"], { encoding: "utf8" }).trim() });
execFileSync(CODE_SERVER, [...PLACES, "--install-extension", VSIX]);

const port = await freePort();
const quiet = ["--auth", "none", "--disable-telemetry", "--disable-update-check", "--disable-workspace-trust", "--disable-getting-started-override"];
const server = spawn(CODE_SERVER, [...PLACES, ...quiet, "--bind-addr", `127.0.0.1:${port}`], { detached: true, stdio: "ignore" });
let browser;
try {
  for (let up = false; !up; await sleep(100)) up = await fetch(`http://127.0.0.1:${port}/healthz`).then(({ ok }) => ok, () => false);
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
  const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
  page.setDefaultTimeout(40000);
  await page.goto(`http://127.0.0.1:${port}/?folder=${FOLDER}`);
  await drive(page).catch(async (error) => report("no error in the driver", false, error.stack));
  if (failed) await page.screenshot({ path: `${HOME}/failed.png` });
} finally {
  await browser?.close();
  process.kill(-server.pid);
}
process.exit(failed ? 1 : 0);
