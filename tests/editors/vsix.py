"""Checks a packaged VS Code extension: vsix.py EXTENSION.vsix SOURCE_FOLDER"""

import json
import pathlib
import re
import sys
import zipfile

vsix, source = zipfile.ZipFile(sys.argv[1]), pathlib.Path(sys.argv[2])
failed = False


def expect(name, wanted, found):
    global failed
    failed |= found != wanted
    print(f"ok    {name}" if found == wanted else f"FAIL  {name}, found: {found}")


FILES = [
    "[Content_Types].xml",
    "extension.vsixmanifest",
    "extension/LICENSE.txt",
    "extension/dist/THIRD-PARTY.txt",
    "extension/dist/extension.js",
    "extension/dist/ibid.schema.json",
    "extension/dist/pictures/chain.png",
    "extension/dist/pictures/fix.png",
    "extension/dist/pictures/names.png",
    "extension/dist/pictures/problems.png",
    "extension/icon.png",
    "extension/package.json",
    "extension/readme.md",
]
expect("the package holds its files and no other", FILES, sorted(vsix.namelist()))
expect("and is whole", None, vsix.testzip())

home = str(source.resolve().parents[1]).encode()
expect("no file in it names this machine's folders", [], [name for name in vsix.namelist() if home in vsix.read(name)])

manifest = json.loads(vsix.read("extension/package.json"))
code = "".join(path.read_text() for path in sorted(source.glob("src/*.ts")))

offered = {command["command"] for command in manifest["contributes"]["commands"]}
there = set(re.findall(r'registerCommand\("([^"]+)"', code))
expect("every command it offers is there", set(), offered - there)
expect("and of the others each is used by a view or the server", {"ibid.reveal", "ibid.showReferences"}, there - offered)

# Some settings are read here, some by the server; vscode-languageclient itself reads CLIENT.trace.server.
options = (source.parents[1] / "src/lsp/options.rs").read_text()
fields = re.findall(r"    pub (\w+):", options[options.index("pub struct Options") :].split("}")[0])
read = {re.sub(r"_(\w)", lambda found: found[1].upper(), field) for field in fields} | {"trace.server"}
read |= set(re.findall(r"settings\(\)\.get(?:<[^(]*>)?\(\"(\w+)\"", code))
expect("every setting it offers is read", {f"ibid.{key}" for key in read}, set(manifest["contributes"]["configuration"]["properties"]))

pictures = {step["media"]["image"] for walkthrough in manifest["contributes"]["walkthroughs"] for step in walkthrough["steps"]}
expect("every picture of the walkthrough is in it", set(), {f"extension/{picture}" for picture in pictures} - set(vsix.namelist()))

languages = {event.removeprefix("onLanguage:") for event in manifest["activationEvents"]}
expect("it wakes for the languages it serves", languages, set(re.findall(r'"(\w+)"', re.search(r"MANUSCRIPTS = \[([^\]]*)\]", code)[1])))

lock = (source / "package-lock.json").read_text()
expect("the lock file names no registry", [], re.findall(r'"resolved": .*', lock))

sys.exit(failed)
