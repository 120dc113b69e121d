#!/usr/bin/env python3
"""One text in two syntaxes, read by ibid: do notes, back-references and findings agree?

  twins.py IBID A B [A B ...]      A and B are files or folders

Prints for each pair how many notes, back-references (Ibid. and its kin), links of their chains and errors and warnings
each of the two has, then what only one of them has. Words are compared without the signs of either syntax. Exits with 1 if
a pair differs. Standard library only.
"""
import collections
import json
import pathlib
import re
import subprocess
import sys
import unicodedata

BACK = {"ibid", "id", "idem", "opcit", "loccit"}


def ask(ibid, command, path):
    folder = pathlib.Path(path)
    files = [path] if folder.is_file() else [str(p) for p in sorted(folder.iterdir()) if p.suffix != ".txt"]
    out = subprocess.run([ibid, command, "--output-format", "json", *files], capture_output=True, text=True).stdout
    return json.loads(out)


def words(quote):
    """Letters and digits, without commands and diacritics: what every syntax writes alike."""
    quote = re.sub(r"\\footnote.*|#footnote.*|https?://[^\s)\]]+|<[^>]+>", " ", quote, flags=re.S)
    quote = re.sub(r"\\[a-zA-Z]+\*?|#[a-z]+(?=[\[(])|\[\^[^\]]*\]", " ", quote)
    plain = unicodedata.normalize("NFKD", quote)
    return "".join(c for c in plain.lower() if c.isalnum())[:60]


class Manuscript:
    def __init__(self, ibid, path):
        checked, cited = ask(ibid, "check", path), ask(ibid, "citations", path)
        judged = [f for f in checked["findings"] if f["severity"] in ("error", "warning")]
        self.notes = checked["summary"]["notes"]
        self.citations = checked["summary"]["citations"]
        back = [c for c in cited["citations"] if c["form"] in BACK and c["resolution"]]
        self.back = collections.Counter((c["form"], words(c["quote"]), c["resolution"]["state"]) for c in back)
        self.links = sum(1 + len(c["resolution"].get("via") or []) for c in back if c["resolution"]["state"] == "exact")
        self.findings = collections.Counter((f["rule"], words(f["quote"]) or f["message"]) for f in judged)
        self.lines = {(f["rule"], words(f["quote"]) or f["message"]): (f["start"]["line"], f["quote"]) for f in judged}

    def row(self):
        return [self.notes, self.citations, sum(self.back.values()), self.links, sum(self.findings.values())]


def main(ibid, paths):
    differ = False
    print(f"{'':44} notes  citations  back-references  links  errors and warnings")
    for a, b in zip(paths[::2], paths[1::2]):
        left, right = Manuscript(ibid, a), Manuscript(ibid, b)
        for path, m in ((a, left), (b, right)):
            cells = m.row()
            print(f"{str(path)[-44:]:44} {cells[0]:5}  {cells[1]:9}  {cells[2]:15}  {cells[3]:5}  {cells[4]:8}")
        for name, x, y, lines in (("only the first", left, right, left.lines), ("only the second", right, left, right.lines)):
            for key in x.findings - y.findings:
                line, quote = lines[key]
                print(f"    {name}: {key[0]} at line {line}: {' '.join(quote.split())[:90]}")
            for form, typed, state in x.back - y.back:
                print(f"    {name}: {form} ({state}) {typed}")
        differ |= left.row() != right.row() or left.findings != right.findings or left.back != right.back
    return int(differ)


if __name__ == "__main__":
    if len(sys.argv) < 4 or len(sys.argv) % 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2:]))
