"""Judges one report: judge.py FORMAT FILE [JSON]. JSON is the same run as the contract's json: both must tell of as many findings."""

import csv
import json
import subprocess
import sys

# https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^[^/.]"},
                    "lines": {"type": "object", "required": ["begin"], "properties": {"begin": {"type": "integer", "minimum": 1}}},
                },
            },
        },
    },
}


def findings(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)["findings"]


def same(count, path):
    wanted = len(findings(path))
    assert wanted > 0 and count == wanted, f"{count} findings, the json has {wanted}"


def multitool(tool, path):
    said = subprocess.run([tool, "validate", path, "--level", "Error", "--output", "validated.sarif", "--log", "ForceOverwrite"],
                          capture_output=True, text=True)
    with open("validated.sarif", encoding="utf-8-sig") as file:
        results = json.load(file)["runs"][0].get("results", [])
    errors = [r for r in results if r.get("level", "warning") == "error"]
    for r in results:
        print(r["ruleId"], r.get("level", "warning"), r["message"].get("text") or r["message"].get("arguments"))
    assert not errors and said.returncode == 0, said.stdout[-2000:]


def sarif(path, whole):
    from sarif import loader

    same(len(loader.load_sarif_file(path).get_results()), whole)


def gitlab(path, whole):
    import jsonschema

    with open(path, encoding="utf-8") as file:
        issues = json.load(file)
    jsonschema.validate(issues, GITLAB)
    prints = [i["fingerprint"] for i in issues]
    assert len(prints) == len(set(prints)), "two fingerprints are equal"
    same(len(issues), whole)


def junit(path, whole):
    import junitparser

    suites = junitparser.JUnitXml.fromfile(path)
    failures = sum(1 for suite in suites for case in suite for r in case.result if isinstance(r, junitparser.Failure))
    assert failures == suites.failures, f"{failures} failures, {suites.failures} said"
    same(failures, whole)


def csv_(path, whole):
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    for row in rows:
        assert None not in row and None not in row.values(), row
        assert not any(v.startswith(("=", "+", "-", "@")) for v in row.values()), row
    same(len(rows), whole)


def jsonl(path, whole):
    with open(path, encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    assert lines == findings(whole)


{"multitool": multitool, "sarif": sarif, "gitlab": gitlab, "junit": junit, "csv": csv_, "jsonl": jsonl}[sys.argv[1]](*sys.argv[2:])
