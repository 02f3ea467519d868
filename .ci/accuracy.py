#!/usr/bin/env python3
"""Writes the tables of docs/accuracy.md from what the scorers print.

    .ci/accuracy.py BIN EVAL [--write]

BIN is the built command, EVAL the folder of the gold data and its scorers (`measure.py`, `score_constructions.py`).
Prints the tables; --write puts them between the marks in docs/accuracy.md.
Python 3 standard library only.
"""
import os, re, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PAGE = os.path.join(HERE, "..", "docs", "accuracy.md")

# Figure of measure.py, what it is to a reader.
FIGURES = [
    ("Quotes: 84 articles of US news (PolNeAR, development part)", [
        ("quotes.units_right", "quoted passages given to the right source, F1"),
        ("quotes.units_precision", "the same, precision"),
        ("quotes.full", "content and source right, passages with marks, F1"),
        ("indirect.full", "content and source right, indirect speech, F1"),
        ("all.full", "content and source right, all, F1"),
    ]),
    ("Speakers: 630 quotations in 50 of those articles", [
        ("speakers.right", "the right speaker, F1"),
        ("speakers.full_name", "of those whose source is a name, found by full name"),
        ("speakers.full_pronoun", "of those whose source is a pronoun, found"),
        ("speakers.full_noun", "of those whose source is a noun phrase, found"),
        ("speakers.full_context", "of those without a source in the sentence, found"),
        ("speakers.unattributed_left_alone", "quotations of nobody given to nobody"),
    ]),
    ("The frame: byline, read-time and dateline strings of real pages, and whole pages", [
        ("bylines.authors_exact", "255 bylines: all authors exact"),
        ("bylines.whole_parse", "255 bylines: everything exact"),
        ("bylines.other_lines_refused", "111 lines that are no byline: refused"),
        ("read_time.stated", "81 read-time lines, F1"),
        ("datelines.span", "142 candidates for a dateline: span, F1"),
        ("pages.headline", "84 real pages: headline"),
        ("pages.authors", "84 real pages: authors"),
        ("pages.paragraphs", "84 real pages: paragraphs of the story, F1"),
    ]),
]

GROUPS = {
    "A": "direct, in one sentence", "B": "parted and continued", "C": "over several paragraphs", "D": "indirect",
    "E": "mixed", "F": "cues of every kind", "G": "addressee, medium, occasion", "H": "shapes of the source",
    "I": "who it is (pronouns, roles, short names)", "J": "not said, not sure", "K": "marks of every style",
    "L": "marks that are no speech", "M": "edits inside a quote", "N": "speech within speech",
    "O": "layouts (transcripts, questions and answers, lists)", "P": "the frame", "Q": "damaged text",
}
KINDS = {"D": "direct", "I": "indirect", "M": "mixed", "N": "nothing to find"}


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def main():
    words = [a for a in sys.argv[1:] if a != "--write"]
    if len(words) != 2:
        sys.exit(__doc__)
    binary, folder = os.path.abspath(words[0]), words[1]
    with tempfile.TemporaryDirectory() as kept:
        printed = run(sys.executable, os.path.join(folder, "measure.py"), binary, "--keep", kept)
        figures = dict(line.split()[:2] for line in printed.splitlines() if len(line.split()) >= 2)
        gold, found = os.path.join(folder, "gold", "constructions.dev.jsonl"), os.path.join(kept, "constructions.jsonl")
        by = {}
        for key in ("group", "kind"):
            told = run(sys.executable, os.path.join(folder, "score_constructions.py"), gold, found, "--by", key)
            by[key] = re.findall(r"^  (\w)\s+(\d+) of (\d+)", told, re.M)
            solved = re.search(r"texts solved\s+(\d+) of (\d+) = ([\d.]+)", told).groups()
    lines = []
    for title, rows in FIGURES:
        lines += [f"### {title}", "", "| | per cent |", "|---|---|"]
        lines += [f"| {name} | {figures[key]} |" for key, name in rows if name and key in figures] + [""]
    lines += [f"### Constructions: {solved[0]} of {solved[1]} texts solved ({solved[2]} per cent)", ""]
    for key, names, head in (("group", GROUPS, "group"), ("kind", KINDS, "kind of quote")):
        lines += [f"| {head} | solved | of |", "|---|---|---|"]
        lines += [f"| {names.get(k, k)} | {n} | {of} |" for k, n, of in by[key]] + [""]
    table = "\n".join(lines)
    print(table)
    if "--write" in sys.argv:
        page = open(PAGE, encoding="utf8").read()
        start, end = "<!-- figures: made by .ci/accuracy.py -->\n", "<!-- end of figures -->"
        head, rest = page.split(start)
        open(PAGE, "w", encoding="utf8").write(head + start + "\n" + table + "\n" + end + rest.split(end)[1])


if __name__ == "__main__":
    main()
