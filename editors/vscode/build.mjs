// Bundles the extension, the licences of the packages that went into it, the pictures, and a README that carries them.
import { cpSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const { metafile } = await build({
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.js",
  bundle: true,
  external: ["vscode"],
  format: "cjs",
  metafile: true,
  minify: true,
  platform: "node",
  target: "node20",
});

const folders = Object.keys(metafile.inputs)
  .map((path) => path.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//)?.[1])
  .filter((folder) => folder !== undefined);

const notices = [...new Set(folders)].sort().map((folder) => {
  const { name, version } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const licence = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
  if (!licence) throw new Error(`${name} has no licence file`);
  return `${name} ${version}\n\n${readFileSync(`${folder}/${licence}`, "utf8").trim()}\n`;
});
writeFileSync("dist/THIRD-PARTY.txt", notices.join(`\n${"-".repeat(72)}\n\n`));

cpSync("../ibid.schema.json", "dist/ibid.schema.json");

// An extension's page resolves no relative links: its pictures travel inside it.
const PICTURES = "../../docs/pictures";
cpSync(PICTURES, "dist/pictures", { recursive: true, filter: (path) => !/\.\w+$/.test(path) || path.endsWith(".png") });
const inline = (_, file) => `(data:image/png;base64,${readFileSync(`${PICTURES}/${file}`).toString("base64")})`;
const readme = readFileSync("README.md", "utf8");
writeFileSync("dist/README.md", readme.replaceAll(/\(\.\.\/\.\.\/docs\/pictures\/([\w-]+\.png)\)/g, inline));
