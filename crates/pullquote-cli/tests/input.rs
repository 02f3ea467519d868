//! What the command reads: folders, packed files, pages, crawls, charsets; and what it refuses.

use std::fs;
use std::path::Path;

mod support;

use support::{gzip, json, pullquote, run, zstd};

const ARTICLE: &str = "Pier to close\nBy Ada Roe\n\n“It is the end,” said Ian Poole, a fisherman.\n";

/// A page in the manner of a small paper; the byline stands in the metadata only.
const PAGE: &str = include_str!("pages/harbour.html");

fn folder_of(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// Returns the ids of the records that the command prints.
fn ids(folder: &Path, args: &[&str]) -> Vec<String> {
    let (_, out, err) = run(pullquote().current_dir(folder).args(["--format", "jsonl"]).args(args));
    assert!(!err.contains("panicked"), "{err}");
    out.lines().map(|line| json(line)["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn folders_are_read_with_all_folders_in_them() {
    let text = ARTICLE.as_bytes();
    let folder = folder_of(&[
        ("news/b.txt", text),
        ("news/a/c.txt.gz", &gzip(text)),
        ("news/a/d.md", text),
        ("news/.hidden.txt", text),
        ("news/e.jpg", b"\xff\xd8\xff"),
        ("other.txt", text),
    ]);
    assert_eq!(ids(folder.path(), &["news"]), ["news/a/c.txt.gz", "news/b.txt"]);
    assert_eq!(ids(folder.path(), &["other.txt", "news"]), ["other.txt", "news/a/c.txt.gz", "news/b.txt"]);
    assert_eq!(ids(folder.path(), &["news", "--glob", "*.md"]), ["news/a/d.md"]);
    assert_eq!(ids(folder.path(), &["news", "--glob", "a/*", "--glob", "b.*"]).len(), 3);
    let (code, _, err) = run(pullquote().current_dir(&folder).args(["news", "--glob", "a["]));
    assert_eq!(code, 2);
    assert!(err.contains("--glob \"a[\" is no pattern"), "{err}");
}

#[test]
#[cfg(unix)]
fn a_loop_of_folders_is_told() {
    let folder = folder_of(&[("news/a.txt", ARTICLE.as_bytes())]);
    std::os::unix::fs::symlink("..", folder.path().join("news/up")).unwrap();
    std::os::unix::fs::symlink("nowhere", folder.path().join("news/x.txt")).unwrap();
    let (code, out, err) = run(pullquote().current_dir(&folder).args(["--format", "jsonl", "news"]));
    assert_eq!((code, out.lines().count()), (1, 1));
    let told: Vec<&str> = err.lines().collect();
    assert_eq!(told.len(), 2, "{err}");
    let again = "pullquote: cannot read news/up/news: by a link it is the folder news again";
    assert!(told[0].starts_with(again), "{err}");
    assert!(told[1].starts_with("pullquote: cannot read news/x.txt: no such file"), "{err}");
}

#[test]
fn packed_texts_read_as_the_plain_one() {
    let text = ARTICLE.as_bytes();
    let folder = folder_of(&[("a.txt", text), ("b", &gzip(text)), ("c.txt.zst", &zstd(text))]);
    let record = |name: &str| {
        let (code, out, _) = run(pullquote().current_dir(&folder).args(["--format", "json", name]));
        assert_eq!(code, 0);
        let mut record = json(&out);
        record["id"].take();
        record
    };
    assert_eq!(record("a.txt")["headline"]["text"], "Pier to close");
    assert_eq!(record("b"), record("a.txt"));
    assert_eq!(record("c.txt.zst"), record("a.txt"));
    // Packed standard input is unpacked as well.
    let (code, out, _) = run(pullquote().args(["--format", "json"]).write_stdin(gzip(text)));
    assert_eq!((code, json(&out)["byline"].clone()), (0, record("a.txt")["byline"].clone()));
}

#[test]
fn charsets() {
    let utf16: Vec<u8> =
        "\u{feff}“Café,” said Ian Poole.".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let rows: Vec<u8> = "\u{feff}{\"id\":1,\"text\":\"“Café,” said Ian Poole.\"}\n"
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    let folder = folder_of(&[
        ("a.txt", &utf16),
        ("b.txt", b"\x93Caf\xe9,\x94 said Ian Poole."),
        ("c.txt", "\u{feff}“Café,” said Ian Poole.".as_bytes()),
        ("d.jsonl", &rows),
    ]);
    let read = |args: &[&str]| run(pullquote().current_dir(&folder).args(["--format", "jsonl"]).args(args));
    let (code, out, err) = read(&["a.txt"]);
    assert_eq!(code, 0);
    assert_eq!(
        err,
        "pullquote: note: a.txt: converted from UTF-16LE to UTF-8; places count in the converted text\n"
    );
    let record = json(&out);
    assert_eq!(record["input"]["charset"], "UTF-16LE");
    assert_eq!(record["quotes"][0]["text"], "“Café,”");
    let text = record["input"]["text"].as_str().unwrap();
    let span = |n: usize| record["quotes"][0]["content"][0][n].as_u64().unwrap() as usize;
    assert_eq!(&text[span(0)..span(1)], "“Café,”");
    let (code, out, err) = read(&["b.txt", "--encoding", "windows-1252", "--quiet"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(json(&out)["quotes"][0]["text"], "“Café,”");
    // A BOM of UTF-8 changes nothing: offsets count the bytes of the file.
    let (_, out, err) = read(&["c.txt"]);
    assert_eq!((err.as_str(), json(&out)["quotes"][0]["content"][0][0].as_u64()), ("", Some(3)));
    assert!(json(&out).get("input").is_none());
    let (code, out, _) = read(&["d.jsonl"]);
    assert_eq!((code, json(&out)["quotes"][0]["text"].as_str()), (0, Some("“Café,”")));
    let (code, _, err) = read(&["a.txt", "--encoding", "klingon"]);
    assert_eq!(code, 2);
    assert!(err.contains("no charset of that name"), "{err}");
}

#[test]
fn pages() {
    let folder = folder_of(&[
        ("harbour.html", PAGE.as_bytes()),
        ("empty.html", b"<html><body><nav></nav></body></html>"),
    ]);
    let (code, out, err) = run(pullquote().current_dir(&folder).args(["--format", "jsonl", "harbour.html"]));
    assert_eq!((code, err.as_str()), (0, ""));
    let record = json(&out);
    let input = &record["input"];
    let text = input["text"].as_str().unwrap();
    assert_eq!((input["kind"].as_str(), record["paragraphs"].as_array().unwrap().len()), (Some("html"), 5));
    assert!(!text.contains("Cookie") && !text.contains("More stories"), "{text}");
    // The metadata fills what the text lacks, and only that.
    assert_eq!(input["metadata"]["byline"]["authors"][0], "Petra Lindqvist-Mora");
    assert_eq!(input["metadata"]["headline"].is_null(), !record["headline"].is_null());
    assert_eq!(input["metadata"]["outlet"], "The Quay Courier");
    assert_eq!(input["metadata"]["published"], "2026-03-02T07:30:00Z");
    let speakers: Vec<_> = record["speakers"].as_array().unwrap().iter().map(|s| s["name"].clone()).collect();
    assert!(speakers.contains(&"Oswin Tarrant".into()), "{speakers:?}");
    // The report marks what is not the text's own; standard input is known for a page by its first bytes.
    let (_, out, _) = run(pullquote().write_stdin(PAGE));
    assert!(out.contains("Petra Lindqvist-Mora (the page's metadata)"), "{out}");
    let (code, _, err) = run(pullquote().current_dir(&folder).arg("empty.html"));
    assert_eq!(code, 1);
    assert_eq!(
        err,
        "pullquote: cannot read empty.html: no article was found in this page; if there is one, copy its text to \
         a file\n"
    );
}

fn warc(records: &[(&str, &str, Vec<u8>)]) -> Vec<u8> {
    let mut file = Vec::new();
    for (n, (kind, media, block)) in records.iter().enumerate() {
        let head = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://courier.example/{n}\r\nContent-Type: {media}\r\n\
             Content-Length: {}\r\n\r\n",
            block.len()
        );
        file.extend([head.as_bytes(), block, b"\r\n\r\n"].concat());
    }
    file
}

#[test]
fn crawls() {
    let http = "application/http; msgtype=response";
    let answer = |head: &str, body: &str| format!("HTTP/1.1 {head}\r\n\r\n{body}").into_bytes();
    let file = warc(&[
        ("warcinfo", "application/warc-fields", b"software: test".to_vec()),
        ("response", http, answer("200 OK\r\nContent-Type: text/html; charset=utf-8", PAGE)),
        ("response", http, answer("404 Not Found\r\nContent-Type: text/html", "<p>no</p>")),
        ("conversion", "text/plain", ARTICLE.as_bytes().to_vec()),
    ]);
    // A crawl is packed record by record.
    let folder =
        folder_of(&[("a.warc", &file), ("b.warc.gz", &gzip(&file)), ("cut.warc", &file[..file.len() - 30])]);
    for name in ["a.warc", "b.warc.gz"] {
        assert_eq!(ids(folder.path(), &[name]), ["https://courier.example/1", "https://courier.example/3"]);
    }
    let (code, out, err) = run(pullquote().current_dir(&folder).args(["batch", "-q", "cut.warc"]));
    assert_eq!((code, out.lines().count()), (1, 1));
    assert_eq!(err, "pullquote: cannot read cut.warc:4: it ends too early; fetch or pack it again\n");
}

#[test]
fn what_is_no_text_is_told() {
    let folder = folder_of(&[
        ("a.txt", b"%PDF-1.7 \x00"),
        ("b.txt", b"ab\x00cd"),
        ("c.txt.gz", b"\x1f\x8bnonsense"),
        ("d.txt", "It rained. ".repeat(300).as_bytes()),
        ("e.warc", b"nonsense\r\n"),
    ]);
    let cases = [
        ("a.txt", "cannot read a.txt: it is a PDF; take its text out first, for example with pdftotext"),
        ("b.txt", "cannot read b.txt: it is not text: a zero byte stands at offset 2; give plain text"),
        ("c.txt.gz", "cannot read c.txt.gz: it "),
        (
            "d.txt",
            "cannot read d.txt: it has 3,300 bytes, more than an article has; raise --max-size (now 2K)",
        ),
        (
            "e.warc",
            "cannot read e.warc:1: it is damaged (a record does not start with WARC/); fetch or pack it again",
        ),
    ];
    for (name, told) in cases {
        let (code, out, err) = run(pullquote().current_dir(&folder).args(["--max-size", "2K", name]));
        assert_eq!((code, out.as_str()), (1, ""), "{name}");
        assert!(err.contains(told), "{name}: {err}");
    }
    let (code, _, _) = run(pullquote().current_dir(&folder).args(["--max-size", "1M", "d.txt"]));
    assert_eq!(code, 0);
}
