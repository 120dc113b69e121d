#!/usr/bin/env python3
"""How quickly language servers answer while somebody types, and whether their memory stays flat.

  server.py latency [--words N ...] [--edits 200] [--seconds 180] [--settings JSON] NAME=COMMAND ...
  server.py memory  [--words N] [--edits 100000] NAME=COMMAND

latency: opens an invented manuscript of N words (default 10,000 and 150,000), types single characters at random
places, and prints the median and the 95th percentile in milliseconds from the change to its diagnostics and, in a
second run of edits, from the change to a hover answer. Diagnostics are pulled right after the change where the server
offers that (nothing is debounced then), else the next publication of that version is waited for; a server's own
debounce is part of its answer. `--seconds` bounds the edits of each measurement. `--settings` is what a server that asks
for its configuration is told: harper-ls leaves manuscripts of over 120,000 characters alone unless it is given
{"harper-ls": {"maxFileLength": 10000000}}.

memory: replays edits, asks for diagnostics, tokens and completions in between, prints the resident memory, and fails if
it has grown by more than a fifth after the first quarter.

Standard library only; Linux, for /proc.
"""
import argparse
import json
import os
import pathlib
import queue
import random
import shlex
import subprocess
import sys
import tempfile
import threading
import time

WORDS = """the keepers of lamps on quay were paid by night and wrote in a book what oil they burned ships that came late
asked for light where no light was promised so council met again to read old letters about harbour money with care
until winter ended nobody knew who had signed first order or why it was kept among papers from another town""".split()
SURNAMES = ["Reed", "Holm", "Brown", "Keller", "Marsh", "Lindqvist", "Orlova", "Pike", "Tanner", "Vogel"]
PLACES = ["London: Quay Press", "Leeds: Low", "Bergen: North", "Riga: Harbour Books"]


def manuscript(words, dice):
    """A manuscript in Pandoc Markdown with a note every forty words: full, short, Ibid."""
    lines, notes, count, number, sources = ["# The Lamps\n"], [], 0, 0, []
    while count < words:
        paragraph = []
        for _ in range(4):
            sentence = [dice.choice(WORDS) for _ in range(40)]
            number += 1
            paragraph.append(" ".join(sentence).capitalize() + f".[^{number}]")
            count += 40
            page = dice.randrange(1, 300)
            kind = dice.random()
            if kind < 0.3 or not sources:
                name = dice.choice(SURNAMES)
                title = " ".join(dice.choice(WORDS) for _ in range(3)).title() + f" {number}"
                sources.append((name, title))
                note = f"Anna {name}, *The {title}* ({dice.choice(PLACES)}, {dice.randrange(1890, 2000)}), {page}."
            elif kind < 0.6:
                note = f"Ibid., {page}."
            else:
                name, title = dice.choice(sources[-40:])
                note = f"{name}, *{title}*, {page}."
            count += len(note.split())
            notes.append(f"[^{number}]: {note}\n")
        lines.append(" ".join(paragraph) + "\n")
        if len(lines) % 40 == 0:
            lines.append(f"## Chapter {len(lines) // 40}\n")
    return "\n".join(lines + notes)


SETTINGS = {}


class Server:
    def __init__(self, command, folder):
        self.process = subprocess.Popen(
            shlex.split(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=folder
        )
        self.answers, self.published, self.last, self.lock = {}, queue.Queue(), 0, threading.Condition()
        self.ended = False
        threading.Thread(target=self.read, daemon=True).start()

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def notify(self, method, params):
        self.send({"method": method, "params": params})

    def ask(self, method, params, patience=60):
        """The answer and when it came; None if it did not."""
        self.last += 1
        wanted, until = self.last, time.perf_counter() + patience
        self.send({"id": wanted, "method": method, "params": params})
        with self.lock:
            while wanted not in self.answers:
                left = until - time.perf_counter()
                if left <= 0 or self.ended:
                    return None
                self.lock.wait(left)
            return self.answers.pop(wanted)

    def read(self):
        stream = self.process.stdout
        try:
            while True:
                length = 0
                while line := stream.readline().strip():
                    if line.lower().startswith(b"content-length:"):
                        length = int(line.split(b":")[1])
                body = stream.read(length)
                if not body:
                    break
                came, message = time.perf_counter(), json.loads(body)
                if "method" in message and "id" in message:
                    items = message.get("params", {}).get("items", []) if message["method"] == "workspace/configuration" else []
                    told = [SETTINGS.get(item["section"], {}) if item.get("section") else SETTINGS for item in items]
                    self.send({"id": message["id"], "result": told or None})
                elif message.get("method") == "textDocument/publishDiagnostics":
                    self.published.put((came, message["params"]))
                elif "id" in message:
                    with self.lock:
                        self.answers[message["id"]] = (message, came)
                        self.lock.notify_all()
        except (OSError, ValueError):
            pass
        with self.lock:
            self.ended = True
            self.lock.notify_all()

    def memory(self):
        """Resident, in MB."""
        for line in open(f"/proc/{self.process.pid}/status"):
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        return 0.0

    def end(self):
        self.process.kill()
        self.process.wait()


class Session:
    """One open document, typed into."""

    def __init__(self, command, text, folder):
        self.server, self.lines, self.version = Server(command, folder), text.split("\n"), 1
        # where the last letter was typed, until it is taken away
        self.typed = None
        path = pathlib.Path(folder, "manuscript.md")
        path.write_text(text, encoding="utf-8")
        self.uri = path.as_uri()
        documents = {
            "synchronization": {},
            "publishDiagnostics": {"versionSupport": True},
            "diagnostic": {},
            "hover": {"contentFormat": ["plaintext"]},
        }
        root = pathlib.Path(folder).as_uri()
        begun = self.server.ask("initialize", {
            "processId": os.getpid(),
            "rootUri": root,
            "workspaceFolders": [{"uri": root, "name": "bench"}],
            "capabilities": {"textDocument": documents, "workspace": {"configuration": True}, "general": {"positionEncodings": ["utf-16"]}},
        })
        if begun is None:
            sys.exit(f"{command}: no answer to initialize")
        can = begun[0]["result"]["capabilities"]
        self.pulls = "diagnosticProvider" in can
        self.hovers = bool(can.get("hoverProvider"))
        sync = can.get("textDocumentSync", 1)
        self.whole = (sync if isinstance(sync, int) else sync.get("change", 1)) == 1
        self.server.notify("initialized", {})
        document = {"uri": self.uri, "languageId": "markdown", "version": 1, "text": text}
        self.server.notify("textDocument/didOpen", {"textDocument": document})
        self.diagnostics(60)

    def type(self, dice):
        """A letter somewhere, and the next time the key that takes it away, so that the text stays what it is."""
        if self.typed:
            (line, column), letter, self.typed = self.typed, "", None
            end = column + 1
        else:
            line = dice.randrange(len(self.lines))
            column = end = dice.randrange(len(self.lines[line]) + 1)
            letter, self.typed = dice.choice("aeinst"), (line, column)
        old = self.lines[line]
        self.lines[line] = old[:column] + letter + old[end:]
        self.version += 1
        place = {"start": {"line": line, "character": column}, "end": {"line": line, "character": end}}
        change = {"text": "\n".join(self.lines)} if self.whole else {"range": place, "text": letter}
        while not self.server.published.empty():
            self.server.published.get()
        params = {"textDocument": {"uri": self.uri, "version": self.version}, "contentChanges": [change]}
        begun = time.perf_counter()
        self.server.notify("textDocument/didChange", params)
        return begun

    def diagnostics(self, patience):
        """When the diagnostics of this version came."""
        if self.pulls:
            answer = self.server.ask("textDocument/diagnostic", {"textDocument": {"uri": self.uri}}, patience)
            return answer and answer[1]
        until = time.perf_counter() + patience
        while (left := until - time.perf_counter()) > 0 and not self.server.ended:
            try:
                came, told = self.server.published.get(timeout=left)
            except queue.Empty:
                return None
            if told["uri"] == self.uri and (told.get("version") or self.version) >= self.version:
                return came
        return None

    def hover(self, dice, patience):
        cited = [i for i, line in enumerate(self.lines) if "Ibid" in line] or [0]
        line = dice.choice(cited)
        at = {"line": line, "character": max(self.lines[line].find("Ibid"), 0) + 1}
        answer = self.server.ask("textDocument/hover", {"textDocument": {"uri": self.uri}, "position": at}, patience)
        return answer and answer[1]


def percentile(values, part):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(part * (len(ordered) - 1)))]


def measured(session, dice, edits, seconds, wait):
    times, until = [], time.perf_counter() + seconds
    while len(times) < edits and time.perf_counter() < until:
        begun = session.type(dice)
        came = wait(until - time.perf_counter())
        if came is None:
            break
        times.append((came - begun) * 1000)
    if not times:
        return "none in time"
    return f"{percentile(times, 0.5):.1f} / {percentile(times, 0.95):.1f} ms ({len(times)})"


def latency(options):
    print("| words | server | change → diagnostics, p50 / p95 | change → hover, p50 / p95 |\n| --- | --- | --- | --- |")
    for words in options.words or [10_000, 150_000]:
        text = manuscript(words, random.Random(words))
        for name, command in options.servers:
            with tempfile.TemporaryDirectory() as folder:
                session, dice = Session(command, text, folder), random.Random(7)
                told = measured(session, dice, options.edits, options.seconds, session.diagnostics)
                way = "pulled" if session.pulls else "pushed"
                shown = "no hover"
                if session.hovers:
                    shown = measured(session, dice, options.edits, options.seconds, lambda left: session.hover(dice, left))
                session.server.end()
                print(f"| {len(text.split()):,} | {name} | {told}, {way} | {shown} |", flush=True)


def memory(options):
    words = (options.words or [10_000])[0]
    text = manuscript(words, random.Random(words))
    (name, command), dice = options.servers[0], random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        session, seen, begun = Session(command, text, folder), [], time.perf_counter()
        document = {"textDocument": {"uri": session.uri}}
        for edit in range(1, options.edits + 1):
            session.type(dice)
            if edit % 10 == 0:
                session.diagnostics(60)
            if edit % 50 == 0:
                session.server.ask("textDocument/semanticTokens/full", document)
                at = {"line": dice.randrange(len(session.lines)), "character": 0}
                session.server.ask("textDocument/completion", {**document, "position": at})
            if edit % max(options.edits // 20, 1) == 0:
                seen.append(session.server.memory())
                print(f"{name}: {edit:7} edits, {time.perf_counter() - begun:6.1f} s, {seen[-1]:6.1f} MB", flush=True)
        session.server.end()
    settled = max(seen[: len(seen) // 4 + 1])
    print(f"after a quarter at most {settled:.1f} MB, at the end {seen[-1]:.1f} MB")
    if seen[-1] > 1.2 * settled:
        sys.exit("memory grows")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["latency", "memory"])
    parser.add_argument("--words", type=int, action="append")
    parser.add_argument("--edits", type=int)
    parser.add_argument("--seconds", type=float, default=180)
    parser.add_argument("--settings", type=json.loads, default={}, metavar="JSON")
    parser.add_argument("servers", nargs="+", type=lambda s: tuple(s.split("=", 1)), metavar="NAME=COMMAND")
    options = parser.parse_args()
    if any(len(server) != 2 for server in options.servers):
        parser.error("a server is NAME=COMMAND")
    SETTINGS.update(options.settings)
    options.edits = options.edits or {"latency": 200, "memory": 100_000}[options.what]
    latency(options) if options.what == "latency" else memory(options)


if __name__ == "__main__":
    main()
