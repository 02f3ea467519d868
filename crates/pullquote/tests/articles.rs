//! Snapshots of the whole record of every article in `examples/articles`.
//!
//! A change of a snapshot is a change of what the library reads: look at it, then accept it with
//! `INSTA_UPDATE=always cargo test -p pullquote --features serde --test articles`.

use std::path::{Path, PathBuf};

fn articles() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/articles");
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

#[test]
fn records() {
    let paths = articles();
    assert!(paths.len() >= 6, "articles are missing");
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for path in paths {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let text = std::fs::read_to_string(&path).unwrap();
            let record = serde_json::to_string_pretty(&pullquote::parse(&text)).unwrap();
            insta::assert_snapshot!(name, spans_on_one_line(&record));
        }
    });
}

/// Puts every list of numbers on one line, so that a snapshot shows a span as a span.
fn spans_on_one_line(json: &str) -> String {
    let mut out = String::new();
    for line in json.lines() {
        let item = line.trim_start();
        let in_list = out.ends_with('[') || out.ends_with(", ");
        if in_list && item.starts_with(|c: char| c.is_ascii_digit()) {
            out.push_str(&item.replace(',', ", "));
        } else if item.starts_with(']') && out.ends_with(|c: char| c.is_ascii_digit()) {
            out.push_str(item);
        } else {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(line);
        }
    }
    out
}

#[test]
fn lists_of_numbers_are_joined() {
    let json = serde_json::json!({"a": [1, 23], "b": [[1, 2], [3, 4]], "c": 5, "d": ["x", {"e": []}]});
    let expected = r#"{
  "a": [1, 23],
  "b": [
    [1, 2],
    [3, 4]
  ],
  "c": 5,
  "d": [
    "x",
    {
      "e": []
    }
  ]
}"#;
    assert_eq!(spans_on_one_line(&serde_json::to_string_pretty(&json).unwrap()), expected);
}
