#!/usr/bin/env python3
"""Checks every crate in the tree: its licence against deny.toml, its Rust version against ours.

    .ci/crates.py [FOLDER]

FOLDER is that of a workspace, with a deny.toml of its own; without it, the root.

A licence is checked as `cargo deny` does: an expression passes when what is allowed is enough for it. A crate
that states no Rust version is counted, not refused. Python 3.11 standard library only.
"""
import json, os, re, subprocess, sys, tomllib

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")


def allowed(expression, allow):
    """Evaluates an SPDX expression; "MIT/Apache-2.0" is the old way to write OR."""
    words = re.findall(r"\(|\)|[^\s()]+", expression.replace("/", " OR "))
    at = 0

    def atom():
        nonlocal at
        word = words[at]
        at += 1
        if word == "(":
            inside = either()
            at += 1
            return inside
        if words[at:at + 1] == ["WITH"]:
            word += " WITH " + words[at + 1]
            at += 2
        return word in allow

    def both():
        nonlocal at
        result = atom()
        while words[at:at + 1] == ["AND"]:
            at += 1
            result = atom() and result
        return result

    def either():
        nonlocal at
        result = both()
        while words[at:at + 1] == ["OR"]:
            at += 1
            result = both() or result
        return result

    return either()


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else ROOT
    licences = tomllib.load(open(os.path.join(folder, "deny.toml"), "rb"))["licenses"]
    allow = set(licences["allow"])
    exceptions = {e["crate"]: allow | set(e["allow"]) for e in licences.get("exceptions", [])}
    # The expressions themselves, so that a slip in the reader cannot let everything through.
    assert allowed("(MIT OR GPL-3.0) AND Unicode-3.0", allow) and not allowed("MIT AND GPL-3.0", allow)
    assert allowed("MIT/Apache-2.0", allow) and not allowed("GPL-3.0 OR LGPL-2.1", allow)
    told = subprocess.run(
        ["cargo", "metadata", "--format-version", "1", "--locked", "--all-features"],
        capture_output=True, check=True, text=True, cwd=folder,
    )
    tree = json.loads(told.stdout)
    ours = set(tree["workspace_members"])
    number = lambda version: tuple(int(n) for n in version.split(".")[:3])
    msrv = next(p["rust_version"] for p in tree["packages"] if p["id"] in ours)
    bad, silent, newest = [], 0, ("", (0,))
    for package in tree["packages"]:
        if package["id"] in ours:
            continue
        name = f"{package['name']} {package['version']}"
        licence, rust = package["license"], package["rust_version"]
        if not licence or not allowed(licence, exceptions.get(package["name"], allow)):
            bad.append(f"{name}: the licence {licence!r} is not allowed by deny.toml")
        if rust is None:
            silent += 1
        elif number(rust) + (0,) * (3 - len(number(rust))) > number(msrv) + (0,) * (3 - len(number(msrv))):
            bad.append(f"{name}: needs Rust {rust}, we state {msrv}")
        elif number(rust) > newest[1]:
            newest = (f"{name} needs {rust}", number(rust))
    print(f"{len(tree['packages']) - len(ours)} crates, {silent} state no Rust version; {newest[0]}, we state {msrv}")
    if bad:
        sys.exit("\n".join(bad))


if __name__ == "__main__":
    main()
