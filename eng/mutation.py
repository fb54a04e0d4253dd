"""Adds up Stryker's reports: the score, and the list of survivors. See mutation.sh."""
import argparse
import collections
import json
import os
import re
import sys

parser = argparse.ArgumentParser()
parser.add_argument("reports", nargs="+")
parser.add_argument("--survivors", help="a file to write them to")
parser.add_argument("--reaches", type=int, help="print nothing; exit code 0 when there are as many mutants as that")
asked = parser.parse_args()

counts = collections.defaultdict(collections.Counter)
survivors = []
for report in asked.reports:
    with open(report, encoding="utf-8") as stream:
        files = json.load(stream)["files"]
    for path, file in files.items():
        path = re.sub(r".*/src/", "src/", path.replace("\\", "/"))
        lines = file["source"].splitlines()
        for mutant in file["mutants"]:
            status = mutant["status"]
            if status in ("Ignored", "CompileError"):
                continue
            counts[path][status] += 1
            if status in ("Survived", "NoCoverage"):
                start, end = mutant["location"]["start"], mutant["location"]["end"]
                text = lines[start["line"] - 1:end["line"]]
                text[-1] = text[-1][:end["column"] - 1]
                text[0] = text[0][start["column"] - 1:]
                survivors.append((path, start["line"], start["column"], status, mutant["mutatorName"], " ".join(" ".join(text).split()),
                    " ".join(mutant.get("replacement", "").split())))

total = sum(counts.values(), collections.Counter())
killed = total["Killed"] + total["Timeout"]
whole = killed + total["Survived"] + total["NoCoverage"]
if asked.reaches is not None:
    sys.exit(0 if whole >= asked.reaches else 1)
score = 100.0 * killed / whole if whole else 0.0
line = (f"{whole} mutants in {len(counts)} files: {killed} killed ({total['Timeout']} by time), {total['Survived']} survived, "
    f"{total['NoCoverage']} not reached; score {score:.1f} %")
if asked.survivors:
    cut = lambda text: text if len(text) <= 100 else text[:97] + "..."
    with open(asked.survivors, "w", encoding="utf-8") as out:
        print(line, file=out)
        for path, in_file in sorted(counts.items()):
            dead = in_file["Killed"] + in_file["Timeout"]
            print(f"\n{path}: {dead} of {sum(in_file.values())}", file=out)
            for _, row, _, status, _, was, becomes in sorted(s for s in survivors if s[0] == path):
                print(f"  {row}{' not reached' if status == 'NoCoverage' else ''}: {cut(was)} => {cut(becomes)}", file=out)
print(line)
sys.exit(0 if score >= 75 else 1)
