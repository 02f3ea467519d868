//! The formats from outside, each against a rule that is not ours where there is one.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

mod support;

use support::{json, pullquote, run};

fn articles() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/articles");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 5);
    files
}

fn page() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages/harbour.html")
}

/// Runs the command over all example articles and a page.
fn all(format: &str) -> String {
    let (code, out, err) = run(pullquote().args(["--format", format]).args(articles()).arg(page()));
    assert_eq!((code, err.as_str()), (0, ""));
    out
}

#[test]
fn records_follow_the_schema() {
    let (code, schema, _) = run(pullquote().arg("schema"));
    assert_eq!(code, 0);
    let schema = json(&schema);
    jsonschema::meta::validate(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let records = all("jsonl");
    assert_eq!(records.lines().count(), articles().len() + 1);
    for line in records.lines() {
        let errors: Vec<String> =
            validator.iter_errors(&json(line)).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
    // The schema is strict: it refuses what the record does not have.
    let mut record = json(records.lines().next().unwrap());
    record["surprise"] = 1.into();
    assert!(!validator.is_valid(&record));
}

#[test]
fn csv_has_one_quote_a_row() {
    let out = all("csv");
    let mut reader = csv::Reader::from_reader(out.as_bytes());
    let columns: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows: Vec<HashMap<String, String>> = reader
        .records()
        .map(|row| columns.iter().cloned().zip(row.unwrap().iter().map(str::to_owned)).collect())
        .collect();
    let records = all("jsonl");
    let quotes: Vec<Value> =
        records.lines().flat_map(|line| json(line)["quotes"].as_array().unwrap().clone()).collect();
    assert_eq!(rows.len(), quotes.len());
    for (row, quote) in rows.iter().zip(&quotes) {
        assert_eq!(row["text"], quote["text"].as_str().unwrap());
        assert_eq!(row["speaker"], quote["speaker"].as_str().unwrap_or(""));
        assert_eq!(row["rule"], quote["rule"].as_str().unwrap());
    }
    assert!(rows.iter().any(|row| !row["title"].is_empty() && row["words"].parse::<u32>().unwrap() > 5));
}

#[test]
fn jsonld_names_authors_time_and_creators() {
    let out = all("jsonld");
    let mut creators = 0;
    for line in out.lines() {
        let article = json(line);
        assert_eq!(
            (&article["@context"], &article["@type"]),
            (&"https://schema.org".into(), &"NewsArticle".into())
        );
        assert!(article["timeRequired"].as_str().unwrap().starts_with("PT"), "{line}");
        for quotation in article["hasPart"].as_array().unwrap() {
            assert_eq!(quotation["@type"], "Quotation");
            assert!(!quotation["text"].as_str().unwrap().is_empty());
            creators += usize::from(quotation["creator"]["name"].is_string());
        }
    }
    assert!(creators > 20, "{creators}");
    let last = json(out.lines().last().unwrap());
    assert_eq!(last["author"][0]["name"], "Petra Lindqvist-Mora");
    assert_eq!(last["publisher"]["name"], "The Quay Courier");
}

/// One annotation of brat: what it is, and what stands in its fields.
fn check_annotations(annotations: &str, text: &str) -> usize {
    let text: Vec<char> = text.chars().collect();
    let mut spans = HashMap::new();
    let mut others = 0;
    for line in annotations.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let id = fields[0];
        let parts: Vec<&str> = fields[1].split(' ').collect();
        match id.chars().next().unwrap() {
            'T' => {
                assert_eq!(fields.len(), 3, "{line}");
                let (kind, places) = fields[1].split_once(' ').unwrap();
                assert!(["Content", "Cue", "Source", "Addressee"].contains(&kind), "{line}");
                let mut words = Vec::new();
                let mut end = 0;
                for place in places.split(';') {
                    let (from, to) = place.split_once(' ').unwrap();
                    let (from, to): (usize, usize) = (from.parse().unwrap(), to.parse().unwrap());
                    assert!(end <= from && from < to && to <= text.len(), "{line}");
                    let piece: String = text[from..to].iter().collect();
                    assert!(!piece.contains(['\n', '\r']) && piece.trim() == piece, "{line}");
                    words.push(piece);
                    end = to;
                }
                assert_eq!(fields[2], words.join(" "), "{line}");
                assert!(spans.insert(id.to_owned(), kind.to_owned()).is_none(), "{line}");
            }
            'R' => {
                let [relation, one, two] = parts[..] else { panic!("{line}") };
                let one = &spans[one.strip_prefix("Arg1:").unwrap()];
                let two = &spans[two.strip_prefix("Arg2:").unwrap()];
                let pair = (relation, one.as_str(), two.as_str());
                let pairs = [("Cued-by", "Cue"), ("Said-by", "Source"), ("Said-to", "Addressee")];
                assert!(pairs.iter().any(|(r, kind)| pair == (r, "Content", kind)), "{line}");
                others += 1;
            }
            'A' => {
                let [_, of, value] = parts[..] else { panic!("{line}") };
                assert_eq!(spans[of], "Content", "{line}");
                assert!(["direct", "indirect", "mixed", "negated", "irrealis"].contains(&value), "{line}");
                others += 1;
            }
            '#' => {
                assert_eq!((fields.len(), parts[0]), (3, "AnnotatorNotes"), "{line}");
                assert!(spans.contains_key(parts[1]), "{line}");
                others += 1;
            }
            _ => panic!("{line}"),
        }
    }
    others
}

#[test]
fn brat_annotations_follow_the_format() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let (code, _, err) =
        run(pullquote().args(["--format", "brat", "-o"]).arg(&out).args(articles()).arg(page()));
    assert_eq!((code, err.as_str()), (0, ""));
    let mut checked = 0;
    for entry in fs::read_dir(&out).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "ann") {
            let text = fs::read_to_string(path.with_extension("txt")).unwrap();
            assert!(check_annotations(&fs::read_to_string(&path).unwrap(), &text) > 5, "{}", path.display());
            checked += 1;
        }
    }
    assert_eq!(checked, articles().len() + 1);
    assert_eq!(fs::read(out.join("wire-dateline.txt")).unwrap(), fs::read(&articles()[6]).unwrap());
    assert!(fs::read_to_string(out.join("annotation.conf")).unwrap().contains("[entities]"));
}

#[test]
fn pages_stand_alone_and_run_nothing_of_the_text() {
    let text = "Pier <script>alert(1)</script> shut\n\n“It <b>is</b> & was,” said Ian \"Fish\" Poole.";
    let (code, out, err) = run(pullquote().args(["--format", "html"]).write_stdin(text));
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.starts_with("<!doctype html>") && out.ends_with("</html>\n"));
    assert_eq!(out.matches("<script>").count(), 1);
    assert!(
        out.contains("&lt;script&gt;alert(1)") && out.contains("“It &lt;b&gt;is&lt;/b&gt; &amp; was,”"),
        "{out}"
    );
    for foreign in ["http://", "https://", "src=", "url(", "@import", "<link"] {
        assert!(!out.contains(foreign), "{foreign}");
    }
    // The page holds the whole report.
    let (_, out, _) = run(pullquote().args(["--format", "html"]).arg(&articles()[1]));
    for part in [
        "class=\"q s1",
        "class=\"cue\"",
        "class=\"src\"",
        "<svg",
        "<rect class=\"bar\"",
        "confidence 0.",
        "unclosed-quotation",
        "aria-pressed=\"false\"",
        "prefers-color-scheme: dark",
        "name=\"viewport\"",
    ] {
        assert!(out.contains(part), "{part}");
    }
}

#[test]
fn one_file_an_article_needs_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let two = &articles()[..2];
    for format in ["html", "brat"] {
        let (code, out, err) = run(pullquote().args(["--format", format]).args(two));
        assert_eq!((code, out.as_str()), (2, ""));
        assert!(err.contains("there are more; give a folder with -o FOLDER/"), "{err}");
        let (code, _, err) = run(pullquote()
            .current_dir(&folder)
            .args(["batch", "-q", "--format", format, "-o", "new/pages/"])
            .write_stdin(support::rows(3)));
        assert_eq!((code, err.as_str()), (0, ""));
    }
    let mut names: Vec<String> = fs::read_dir(folder.path().join("new/pages"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "0.ann",
            "0.html",
            "0.txt",
            "1.ann",
            "1.html",
            "1.txt",
            "2.ann",
            "2.html",
            "2.txt",
            "annotation.conf"
        ]
    );
    let (code, _, err) = run(pullquote().args(["--format", "html"]).write_stdin(support::rows(2)));
    assert_eq!(code, 2);
    assert!(err.contains("give a folder"), "{err}");
    let (code, _, err) =
        run(pullquote().current_dir(&folder).args(["--format", "html", "-o", "one.html"]).arg(&two[0]));
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(folder.path().join("one.html").is_file());
}
