//! Questions about a corpus, and what comes with the command.

use std::fs;

mod support;

use support::{json, pullquote, run};

fn corpus() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        (
            "a.txt",
            "Pier to close\n\n“The pier is old,” said Ian Poole, a fisherman.\n\n“So am I,” said Ada Roe.",
        ),
        ("b.txt", "Rain again\n\n“Taxation eats the piers of this town,” Ian Poole said.\n"),
    ];
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

#[test]
fn quotes_are_found_by_speaker_and_word() {
    let folder = corpus();
    let find =
        |args: &[&str]| run(pullquote().current_dir(&folder).args(["quotes", "-q"]).args(args).arg("."));
    let (code, out, err) = find(&["--by", "poole"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(
        out,
        "./a.txt:3:1: Ian Poole, fisherman: “The pier is old,”\n\
         ./b.txt:3:1: Ian Poole: “Taxation eats the piers of this town,”\n"
    );
    assert_eq!(find(&["--by", "poole", "--about", "pier"]).1.lines().count(), 1);
    assert_eq!(find(&["--about", "TAX*"]).1.lines().count(), 1);
    assert_eq!(find(&["--by", "roe", "--by", "ian poole"]).1.lines().count(), 3);
    let (code, out, _) = find(&["--by", "nobody"]);
    assert_eq!((code, out.as_str()), (0, ""));
    let (_, out, _) = find(&["--by", "roe", "--format", "jsonl"]);
    assert_eq!((&json(&out)["id"], &json(&out)["text"]), (&"./a.txt".into(), &"“So am I,”".into()));
    let (_, out, _) = find(&["--by", "roe", "--format", "csv"]);
    assert!(out.starts_with("id,headline,quote,speaker,") && out.lines().count() == 2, "{out}");
    let (_, _, err) = run(pullquote().current_dir(&folder).args(["quotes", "--by", "roe", "a.txt", "b.txt"]));
    assert_eq!(err, "pullquote: 1 quote found in 2 articles\n");
}

#[test]
fn stats_count_a_corpus() {
    let folder = corpus();
    let stats = |args: &[&str]| run(pullquote().current_dir(&folder).args(["stats", "."]).args(args));
    let (code, out, err) = stats(&[]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.starts_with("2 articles, 3 quotes, 2 speakers\n\nAttributed words"), "{out}");
    assert!(
        out.contains("\nIan Poole                         11 words, 2 quotes  ") && out.contains('█'),
        "{out}"
    );
    assert!(out.contains("\nsay  ") && out.contains("100.0 %  3"), "{out}");
    let (_, out, _) = stats(&["--format", "json", "--top", "1"]);
    let figures = json(&out);
    assert_eq!(figures["top_speakers"].as_array().unwrap().len(), 1);
    assert_eq!(
        figures["top_speakers"][0],
        serde_json::json!({"name": "Ian Poole", "quotes": 2, "words": 11, "articles": 2})
    );
    let share = figures["quoted_share"].as_f64().unwrap();
    assert!(share > 0.3 && share < 1.0, "{share}");
    let (_, out, _) = stats(&["--format", "csv"]);
    assert_eq!(out, "speaker,quotes,words,articles\nIan Poole,2,11,2\nAda Roe,1,3,1\n");
    // Any number of threads counts the same.
    assert_eq!(stats(&["-j", "1"]).1, stats(&["-j", "5"]).1);
}

#[test]
fn every_job_has_help_with_examples() {
    for job in [&[][..], &["batch"], &["quotes"], &["stats"], &["completions"]] {
        let (code, out, _) = run(pullquote().args(job).arg("--help"));
        assert_eq!(code, 0);
        assert!(out.contains("Example"), "{job:?}: {out}");
    }
    for job in [&[][..], &["batch"], &["quotes"], &["stats"], &["check"]] {
        let (_, out, _) = run(pullquote().args(job).arg("--help"));
        assert!(out.contains("Exit codes: 0 ") && out.contains("2 wrong usage"), "{job:?}: {out}");
    }
}

#[test]
fn manual_pages() {
    let (code, out, _) = run(pullquote().arg("man"));
    assert_eq!(code, 0);
    assert!(out.contains(".TH pullquote 1") && out.contains(".SH SYNOPSIS"), "{out}");
    let folder = tempfile::tempdir().unwrap();
    let (code, _, err) = run(pullquote().args(["man", "-o"]).arg(folder.path().join("man1")));
    assert_eq!((code, err.as_str()), (0, ""));
    let page = fs::read_to_string(folder.path().join("man1/pullquote-batch.1")).unwrap();
    assert!(page.contains("resume") && page.contains(".TH pullquote-batch 1"), "{page}");
    fs::write(folder.path().join("file"), "").unwrap();
    let (code, _, err) = run(pullquote().args(["man", "-o"]).arg(folder.path().join("file")));
    assert_eq!(code, 2);
    assert!(err.contains("is a file, and a folder is needed"), "{err}");
}

#[test]
fn completions() {
    for (shell, word) in
        [("bash", "_pullquote"), ("zsh", "#compdef pullquote"), ("fish", "complete -c pullquote")]
    {
        let (code, out, _) = run(pullquote().args(["completions", shell]));
        assert_eq!(code, 0);
        assert!(out.contains(word) && out.contains("resume"), "{shell}");
    }
}
