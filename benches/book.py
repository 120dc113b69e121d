#!/usr/bin/env python3
"""A book of several files: how long a cold check takes, and an edit of one chapter until the findings of another are new.

  book.py IBID [--chapters 12] [--words 200000] [--edits 20] [--runs 5] [--keep FOLDER]

Writes an invented book (`ibid.toml` lists its chapters) and the same text in one file. Prints the best of some cold checks
of both, then the median from a change in the first chapter, which takes away the only full citation of a work or brings it
back, to the diagnostics of another chapter that cites it. Everything also as a ratio to the cold check of the one file.

Standard library only.
"""
import argparse
import os
import pathlib
import queue
import random
import re
import subprocess
import tempfile
import time

import server

WORK = "Anna Solano, *The Salt Road of the Interior* (London: Quay Press, 1931), 12."
SHORT = "Solano, *Salt Road*, 14."
GONE = "The keeper of the salt had no name that was written down by anybody."


def chapters(many, words):
    """Chapters with notes numbered through the book: one text in several files or in one."""
    out, number = [], 0
    for chapter in range(1, many + 1):
        text = server.manuscript(words // many, random.Random(chapter))
        notes = max(int(n) for n in re.findall(r"\[\^(\d+)\]:", text))
        note = {1: WORK, many // 2 + 1: SHORT}.get(chapter)
        if note:
            text = f"Salt was dear.[^{notes + 1}]\n\n" + text.rstrip() + f"\n\n[^{notes + 1}]: {note}\n"
            notes += 1
        text = re.sub(r"\[\^(\d+)\]", lambda m: f"[^{number + int(m[1])}]", text)
        out.append(text.replace("# The Lamps", f"# Chapter {chapter}"))
        number += notes
    return out


def best(command, runs):
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append((time.perf_counter() - begun) * 1000)
    return min(times)


class Book:
    """Two chapters open in an editor that takes what is pushed."""

    def __init__(self, ibid, folder, first, other):
        self.server, self.version = server.Server(f"{ibid} server", folder), 1
        root = pathlib.Path(folder).as_uri()
        self.server.ask("initialize", {
            "processId": os.getpid(),
            "rootUri": root,
            "workspaceFolders": [{"uri": root, "name": "book"}],
            "capabilities": {
                "textDocument": {"synchronization": {}, "publishDiagnostics": {"versionSupport": True}},
                "general": {"positionEncodings": ["utf-16"]},
            },
        })
        self.server.notify("initialized", {})
        self.first, self.other = pathlib.Path(first).as_uri(), pathlib.Path(other).as_uri()
        self.text = pathlib.Path(first).read_text(encoding="utf-8").split("\n")
        self.line = next(i for i, line in enumerate(self.text) if WORK in line)
        for uri, path in ((self.first, first), (self.other, other)):
            text = pathlib.Path(path).read_text(encoding="utf-8")
            self.server.notify("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "markdown", "version": 1, "text": text}})
        time.sleep(3)

    def change(self):
        """Milliseconds from the change to the findings of the other chapter that fit it."""
        old = self.text[self.line]
        gone = WORK in old
        new = old.replace(WORK, GONE) if gone else old.replace(GONE, WORK)
        self.text[self.line], self.version = new, self.version + 1
        while not self.server.published.empty():
            self.server.published.get()
        place = {"start": {"line": self.line, "character": 0}, "end": {"line": self.line, "character": len(old)}}
        document = {"uri": self.first, "version": self.version}
        begun = time.perf_counter()
        self.server.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [{"range": place, "text": new}]})
        while True:
            try:
                came, told = self.server.published.get(timeout=30)
            except queue.Empty:
                raise SystemExit("the other chapter was never told")
            orphan = any("Solano" in str(d) or d.get("code") == "short-without-full" for d in told["diagnostics"])
            if told["uri"] == self.other and orphan == gone:
                return (came - begun) * 1000


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ibid")
    parser.add_argument("--chapters", type=int, default=12)
    parser.add_argument("--words", type=int, default=200_000)
    parser.add_argument("--edits", type=int, default=20)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--keep", help="write the book here and leave it")
    options = parser.parse_args()
    ibid = str(pathlib.Path(options.ibid).resolve())
    with tempfile.TemporaryDirectory() as scratch:
        root = pathlib.Path(options.keep or scratch)
        (root / "book").mkdir(parents=True, exist_ok=True)
        texts = chapters(options.chapters, options.words)
        paths = [root / "book" / f"chapter{i:02}.md" for i in range(1, len(texts) + 1)]
        for path, text in zip(paths, texts):
            path.write_text(text, encoding="utf-8")
        names = ", ".join(f'"{path.name}"' for path in paths)
        (root / "book" / "ibid.toml").write_text(f"[files]\nchapters = [{names}]\n", encoding="utf-8")
        (root / "one.md").write_text("\n".join(texts), encoding="utf-8")
        one = best([ibid, "check", str(root / "one.md")], options.runs)
        book = best([ibid, "check", str(root / "book")], options.runs)
        session = Book(ibid, root / "book", paths[0], paths[options.chapters // 2])
        times = [session.change() for _ in range(options.edits)]
        session.server.end()
        middle, late = server.percentile(times, 0.5), server.percentile(times, 0.95)
    print(f"{options.chapters} files, {sum(len(t.split()) for t in texts):,} words")
    print(f"cold check: one file {one:.1f} ms, the book {book:.1f} ms = {book / one:.2f} x")
    print(f"a change in one chapter to the findings of another: {middle:.1f} ms p50, {late:.1f} ms p95 = {middle / one:.2f} x the cold check of one file")


if __name__ == "__main__":
    main()
