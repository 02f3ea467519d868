#!/usr/bin/env python3
"""Writes the table of THIRD-PARTY.md from the heads of the word lists, or checks that it is up to date.

    .ci/third_party.py [--write]

A list that comes from elsewhere says so in its comment lines: "US Census Bureau …". All others were written by
hand for this project. Python 3 standard library only.
"""
import os, sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
LEXICON = os.path.join(ROOT, "crates", "pullquote", "src", "lexicon")
PAGE = os.path.join(ROOT, "THIRD-PARTY.md")
START, END = "<!-- lists: made by .ci/third_party.py -->\n", "<!-- end of lists -->"

CENSUS = "US Census Bureau"
COUNTED = "of 840 news articles"


def row(folder, name):
    lines = open(os.path.join(LEXICON, folder, name), encoding="utf8").read().splitlines()
    head = [l[1:].strip() for l in lines if l.startswith("#")]
    if not head:
        sys.exit(f"{folder}/{name}: a list starts with a comment that says what it holds")
    what = next((h for h in head if CENSUS not in h), head[0]).split(" lemma: ")[0].replace("|", "\\|")
    entries = sum(1 for l in lines if l.strip() and not l.startswith("#"))
    if any(CENSUS in h for h in head):
        source, licence = "US Census Bureau, 1990 Census, names files; more by hand", "public domain; MIT OR Apache-2.0"
    elif any(COUNTED in h for h in head):
        source, licence = "by hand, of words counted over the training part of PolNeAR", "MIT OR Apache-2.0"
    else:
        source, licence = "by hand", "MIT OR Apache-2.0"
    return f"| `{folder}/{name}` | {what} | {entries} | {source} | {licence} |"


def main():
    rows = ["", "| list | holds | entries | source | licence |", "|---|---|---|---|---|"]
    for folder in ("lists", "phrases"):
        rows += [row(folder, n) for n in sorted(os.listdir(os.path.join(LEXICON, folder))) if n.endswith(".txt")]
    page = open(PAGE, encoding="utf8").read()
    before, rest = page.split(START)
    made = before + START + "\n".join(rows) + "\n\n" + END + rest.split(END)[1]
    if "--write" in sys.argv:
        open(PAGE, "w", encoding="utf8").write(made)
    elif made != page:
        sys.exit("THIRD-PARTY.md is older than the word lists; run .ci/third_party.py --write")


if __name__ == "__main__":
    main()
