//! The command from outside: formats, batches, errors, exit codes.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

const ARTICLE: &str =
    "Pier to close\nBy Ada Roe\n2 min read\n\n“It is the end,” said Ian Poole, a fisherman.\n";

mod support;

use support::{json, pullquote, run};

mod reading {
    use super::*;

    #[test]
    fn text_is_the_default() {
        let (code, out, err) = run(pullquote().write_stdin(ARTICLE));
        assert_eq!((code, err.as_str()), (0, ""));
        assert!(out.starts_with("Headline   Pier to close\nByline     Ada Roe\n"), "{out}");
        assert!(out.contains("2 min stated"), "{out}");
        assert!(!out.contains('\u{1b}'), "colours in a pipe: {out:?}");
    }

    #[test]
    fn colours_can_be_asked_for() {
        let (_, out, _) = run(pullquote().args(["--color", "always"]).write_stdin(ARTICLE));
        assert!(out.contains("\u{1b}[1mPier to close\u{1b}[0m"), "{out:?}");
    }

    #[test]
    fn json_is_one_record_with_its_id_first() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.txt"), ARTICLE).unwrap();
        let (code, out, _) = run(pullquote().current_dir(&folder).args(["a.txt", "--format", "json"]));
        assert_eq!(code, 0);
        assert!(out.starts_with("{\n  \"id\": \"a.txt\",\n  \"headline\": {"), "{out}");
        let record = json(&out);
        assert_eq!(record["headline"]["text"], "Pier to close");
        assert_eq!(record["read_time"]["stated"]["seconds"], 120);
        assert_eq!(record["byline"]["authors"][0]["name"], "Ada Roe");
    }

    #[test]
    fn jsonl_is_one_line_an_article() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.txt", "b.txt"] {
            fs::write(folder.path().join(name), ARTICLE).unwrap();
        }
        let (code, out, _) = run(pullquote().current_dir(&folder).args(["--format=jsonl", "b.txt", "a.txt"]));
        let ids: Vec<_> = out.lines().map(|line| json(line)["id"].clone()).collect();
        assert_eq!((code, ids), (0, vec!["b.txt".into(), "a.txt".into()]));
    }

    #[test]
    fn several_reports_are_headed() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.txt", "b.txt"] {
            fs::write(folder.path().join(name), ARTICLE).unwrap();
        }
        let (_, out, _) = run(pullquote().current_dir(&folder).args(["a.txt", "b.txt"]));
        assert!(out.starts_with("==> a.txt <==\n\nHeadline"), "{out}");
        assert!(out.contains("\n\n==> b.txt <==\n\nHeadline"), "{out}");
    }

    #[test]
    fn a_bad_file_does_not_stop_the_others() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.txt"), ARTICLE).unwrap();
        let (code, out, err) =
            run(pullquote().current_dir(&folder).args(["--format=jsonl", "none.txt", "a.txt"]));
        assert_eq!((code, out.lines().count()), (1, 1));
        assert_eq!(
            err,
            "pullquote: cannot read none.txt: no such file or folder; check the spelling and the current \
             folder\n"
        );
    }

    #[test]
    fn carriage_returns_wide_characters_and_control_codes() {
        let text = "日本の桟橋\r\n\r\nBy Ada Roe\r\n\r\n“日本 \u{1b}[31mred,” said Ada Roe.\r\n\r\n“Never closed, 日本.\r\n";
        let (code, out, err) = run(pullquote().write_stdin(text));
        assert_eq!((code, err.as_str()), (0, ""));
        assert!(
            out.starts_with("Headline   日本の桟橋\n") && !out.contains('\r') && !out.contains('\u{1b}'),
            "{out}"
        );
    }

    #[test]
    fn speakers_have_title_affiliation_and_addressee() {
        let text = "Pier to close\n\nAda Roe, a senior engineer at Harrow Works, told the Gazette: “It is the end.”\n";
        let (_, out, _) = run(pullquote().write_stdin(text));
        assert!(out.contains("Ada Roe, senior engineer, Harrow Works → the Gazette\n"), "{out}");
        assert!(out.contains("        “It is the end.”\n"), "{out}");
    }

    #[test]
    fn findings_point_at_the_text() {
        let folder = tempfile::tempdir().unwrap();
        let text = "Pier to close\r\n\r\nThe 桟橋 is old. “It is the end, said Ada Roe.\r\n";
        fs::write(folder.path().join("a.txt"), text).unwrap();
        let (code, out, _) = run(pullquote().current_dir(&folder).arg("a.txt"));
        assert_eq!(code, 0);
        let expected = "\
warning[unclosed-quotation]: this quotation is never closed; it is read up to the end of its paragraph
 --> a.txt:3:16
  |
3 | The 桟橋 is old. “It is the end, said Ada Roe.
  |                  ^
";
        assert!(out.ends_with(expected), "{out}");
    }

    #[test]
    fn an_empty_text_is_an_empty_article() {
        for text in ["", "\n", " \r\n\u{feff}"] {
            let (code, out, err) = run(pullquote().write_stdin(text));
            assert_eq!((code, err.as_str()), (0, ""));
            assert!(out.contains("0 paragraphs"), "{out}");
        }
    }
}

mod unreadable {
    use super::*;

    #[test]
    fn folder() {
        let folder = tempfile::tempdir().unwrap();
        let (code, out, err) = run(pullquote().current_dir(&folder).arg("."));
        assert_eq!((code, out.as_str()), (1, ""));
        assert_eq!(err, "pullquote: nothing to read in .: it holds no files\n");
        fs::write(folder.path().join("a.md"), ARTICLE).unwrap();
        let (code, _, err) = run(pullquote().current_dir(&folder).arg("."));
        assert_eq!(code, 1);
        assert!(err.contains("none of its 1 file ends in .txt") && err.contains("--glob '*.md'"), "{err}");
        let (code, _, err) = run(pullquote().current_dir(&folder).args([".", "--glob", "*.rst"]));
        assert_eq!(code, 1);
        assert!(err.contains("none of its 1 file matches --glob"), "{err}");
    }

    #[test]
    fn not_utf8() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.txt"), b"Pier shut\n\nIt is caf\xe9 weather.\n").unwrap();
        let (code, _, err) = run(pullquote().current_dir(&folder).arg("a.txt"));
        assert_eq!(code, 1);
        assert!(
            err.starts_with("pullquote: cannot read a.txt: byte 0xe9 at offset 20 (line 3) is not UTF-8;"),
            "{err}"
        );
        assert!(err.contains("--encoding windows-1252"), "{err}");
    }

    #[test]
    #[cfg(unix)]
    fn forbidden() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, ARTICLE).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o0)).unwrap();
        // The superuser may read it all the same, and then there is nothing to test.
        if fs::read(&path).is_ok() {
            return;
        }
        let (code, _, err) = run(pullquote().arg(&path));
        assert_eq!(code, 1);
        assert!(err.contains("permission denied; check who may use it"), "{err}");
    }
}

mod unwritable {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn full_disk() {
        let full = "/dev/full";
        if !Path::new(full).exists() {
            return;
        }
        for args in [&["-"][..], &["--format=json"], &["--help"], &["name", "Ada Roe"]] {
            let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_pullquote"))
                .args(args)
                .stdin(Stdio::piped())
                .stdout(fs::OpenOptions::new().write(true).open(full).unwrap())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            let _ = child.stdin.take().unwrap().write_all(ARTICLE.as_bytes());
            let output = child.wait_with_output().unwrap();
            let err = String::from_utf8(output.stderr).unwrap();
            // clap prints its help itself, and does not look whether anybody got it.
            if args != ["--help"] {
                assert_eq!(output.status.code(), Some(1), "{args:?}: {err}");
                assert!(
                    err.contains("cannot write standard output: no space left on the device; free some"),
                    "{err}"
                );
            }
            assert!(!err.contains("panicked"), "{err}");
        }
        let row = "{\"id\":1,\"text\":\"Pier shut\"}\n";
        let (code, _, err) = run(pullquote().args(["batch", "-o", full]).write_stdin(row));
        assert_eq!(code, 1);
        assert!(err.contains("cannot write /dev/full: no space left"), "{err}");
    }

    #[test]
    #[cfg(unix)]
    fn closed_pipe_is_quiet() {
        let folder = tempfile::tempdir().unwrap();
        let input = folder.path().join("in.jsonl");
        fs::write(&input, "{\"id\":1,\"text\":\"Pier shut\"}\n".repeat(20_000)).unwrap();
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_pullquote"))
            .arg("batch")
            .arg(&input)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
    }

    #[test]
    fn folder_that_is_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let (code, _, err) =
            run(pullquote().current_dir(&folder).args(["batch", "-o", "no/out.jsonl"]).write_stdin(""));
        assert_eq!(code, 1);
        assert!(err.starts_with("pullquote: cannot write no/out.jsonl: no such file or folder;"), "{err}");
    }
}

mod line {
    use super::*;

    #[test]
    fn parses_are_printed() {
        let cases = [
            (
                &["byline", "By Ada Roe and Ian Poole"][..],
                "By Ada Roe and Ian Poole\n  author    Ada Roe\n  author    Ian Poole\n",
            ),
            (&["read-time", "4 min read"], "4 min read\n  stated    4 min\n"),
            (
                &["dateline", "HARROW (AP) — It rained."],
                "HARROW (AP) — It rained.\n  place     HARROW\n  agency    AP\n",
            ),
            (
                &["name", "Ada de la Cruz Jr."],
                "Ada de la Cruz Jr.\n  given     Ada\n  particles de la\n  family    de la Cruz\n  suffix    Jr.\n",
            ),
        ];
        for (args, expected) in cases {
            let (code, out, err) = run(pullquote().args(args));
            assert_eq!((code, out.as_str(), err.as_str()), (0, expected, ""));
        }
    }

    #[test]
    fn formats() {
        let (_, out, _) = run(pullquote().args(["read-time", "--format=jsonl", "4 min read"]));
        assert_eq!(out, "{\"id\":\"4 min read\",\"read_time\":{\"span\":[0,10],\"seconds\":240}}\n");
        let (_, out, _) = run(pullquote().args(["name", "--format=json", "Ada Roe"]));
        assert_eq!(json(&out)["name"]["family"], "Roe");
    }

    #[test]
    fn lines_of_standard_input() {
        let (code, out, err) = run(pullquote().arg("read-time").write_stdin("4 min read\r\n\n5 min read"));
        assert_eq!((code, err.as_str()), (0, ""));
        assert_eq!(out, "4 min read\n  stated    4 min\n5 min read\n  stated    5 min\n");
        let (code, _, err) = run(pullquote().arg("name").write_stdin(&b"Ada Roe\nAda \xff"[..]));
        assert_eq!(code, 1);
        assert!(err.contains("byte 0xff at offset 12 (line 2)"), "{err}");
    }

    #[test]
    fn other_lines_are_refused() {
        let (code, out, err) = run(pullquote().args(["read-time", "once upon a time", "4 min read"]));
        assert_eq!((code, out.as_str()), (1, "4 min read\n  stated    4 min\n"));
        assert!(
            err.starts_with("pullquote: cannot parse \"once upon a time\": expected a read time"),
            "{err}"
        );
    }
}

mod usage {
    use super::*;

    #[test]
    fn wrong_usage_is_2() {
        for args in
            [&["--format=xml"][..], &["--nonsense"], &["batch", "--as", "page"], &["batch", "--as", "poem"]]
        {
            let (code, out, err) = run(pullquote().args(args));
            assert_eq!((code, out.as_str()), (2, ""), "{args:?}");
            assert!(err.starts_with("error: "), "{err}");
        }
    }

    #[test]
    fn help_and_version() {
        let (code, out, _) = run(pullquote().arg("--help"));
        assert!(code == 0 && out.contains("Exit codes:") && out.contains("batch"), "{out}");
        let (code, out, _) = run(pullquote().arg("--version"));
        assert_eq!((code, out), (0, format!("pullquote {}\n", env!("CARGO_PKG_VERSION"))));
    }
}
