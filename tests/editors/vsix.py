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
    "extension/icon.png",
    "extension/package.json",
    "extension/readme.md",
]
expect("the package holds its eight files and no other", FILES, sorted(vsix.namelist()))
expect("and is whole", None, vsix.testzip())

home = str(source.resolve().parents[1]).encode()
expect("no file in it names this machine's folders", [], [name for name in vsix.namelist() if home in vsix.read(name)])

manifest = json.loads(vsix.read("extension/package.json"))
code = "".join(path.read_text() for path in sorted(source.glob("src/*.ts")))

commands = {command["command"] for command in manifest["contributes"]["commands"]}
expect("every command it offers is there", commands, set(re.findall(r'registerCommand\("([^"]+)"', code)))

# vscode-languageclient itself reads the setting CLIENT.trace.server.
settings = set(manifest["contributes"]["configuration"]["properties"]) - {"ibid.trace.server"}
expect("every setting it offers is read", settings, {f"ibid.{key}" for key in re.findall(r"settings\(\)\.get(?:<[^(]*>)?\(\"(\w+)\"", code)})

languages = {event.removeprefix("onLanguage:") for event in manifest["activationEvents"]}
expect("it wakes for the languages it serves", languages, set(re.findall(r'"(\w+)"', re.search(r"MANUSCRIPTS = \[([^\]]*)\]", code)[1])))

lock = (source / "package-lock.json").read_text()
expect("the lock file names no registry", [], re.findall(r'"resolved": .*', lock))

sys.exit(failed)
