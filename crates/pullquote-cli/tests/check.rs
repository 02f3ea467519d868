//! `pullquote check` from outside: rendering, formats, levels, mending, exit codes.

use std::fs;

use assert_cmd::Command;

const DAMAGED: &str = "Pier ”closed’ for good\n\nThe \"pier” is old. “It is the end,” said Ian Poole.\n\n\
                       Ada Roe said: “We are late, and nobody knows.\n\nNobody waved.\n";

fn check() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pullquote"));
    command.env_remove("CLICOLOR_FORCE").env_remove("NO_COLOR").arg("check");
    command
}

/// Runs the command and returns exit code, standard output and standard error.
fn run(command: &mut Command) -> (i32, String, String) {
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap_or_else(|e| panic!("{e}: {text}"))
}

/// A folder with one file in it, `a.txt`.
fn folder(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), text).unwrap();
    folder
}

#[test]
fn findings_are_rendered_as_compilers_do() {
    let folder = folder(DAMAGED);
    let (code, out, err) = run(check().current_dir(&folder).arg("a.txt"));
    assert_eq!((code, err.as_str()), (3, "pullquote check: 4 errors\n"));
    insta::assert_snapshot!("check_rendering", out);
}

#[test]
fn carets_stand_under_wide_letters_combining_marks_and_tabs() {
    let text = "Pier shut\n\n\tThe\t日本 cafe\u{301} was ”grand” and 日本 “old”, said Roe.\n";
    let (code, out, _) = run(check().write_stdin(text));
    assert_eq!(code, 3);
    let lines: Vec<&str> = out.lines().collect();
    let shown = lines.iter().find(|line| line.starts_with("3 |")).unwrap();
    let carets = lines.iter().find(|line| line.trim_end().ends_with('^')).unwrap();
    let before = shown.split_once('”').unwrap().0;
    assert_eq!(textwrap::core::display_width(before), carets.trim_end().chars().count() - 1, "{out}");
    assert!(out.contains("--> <stdin>:3:19\n"), "{out}");
}

#[test]
fn sound_text_says_nothing() {
    let (code, out, err) = run(check().write_stdin("Pier shut\n\n“We are late,” said Ada Roe.\n"));
    assert_eq!((code, out.as_str(), err.as_str()), (0, "", ""));
}

#[test]
fn levels_can_be_changed() {
    let text = "Pier shut\n\n“We are late, the guard said.\n";
    let cases: &[(&[&str], i32, &str)] = &[
        (&[], 3, "error[unclosed-quotation]"),
        (&["--warn", "unclosed-quotation"], 0, "warning[unclosed-quotation]"),
        (&["--allow=unclosed-quotation"], 0, ""),
        (&["--allow=unclosed-quotation", "--allow=mojibake-mark"], 0, ""),
        (&["--deny=unclosed-quotation"], 3, "error[unclosed-quotation]"),
    ];
    for (args, code, start) in cases {
        let (got, out, _) = run(check().args(*args).write_stdin(text));
        assert!(
            got == *code && out.starts_with(start) && out.is_empty() == start.is_empty(),
            "{args:?}: {out}"
        );
    }
    let text = "Pier shut\n\n“We are late and nobody has come to tell us.”\n";
    assert_eq!(run(check().write_stdin(text)).0, 0);
    let (code, out, _) = run(check().args(["--deny", "unattributed-quotation"]).write_stdin(text));
    assert!(code == 3 && out.starts_with("error[unattributed-quotation]"), "{out}");
}

#[test]
fn wrong_usage_is_told() {
    let (code, out, err) = run(check().args(["--deny", "unclosed"]).write_stdin(""));
    assert_eq!((code, out.as_str()), (2, ""));
    for code in pullquote::DiagnosticCode::ALL {
        assert!(err.contains(code.slug()), "{err}");
    }
    let (code, _, err) = run(check().args(["--deny=mojibake-mark", "--allow=mojibake-mark"]).write_stdin(""));
    assert_eq!(
        (code, err.as_str()),
        (2, "pullquote: mojibake-mark is both --allow and --deny; choose one\n")
    );
    let (code, _, err) = run(check().arg("--fix").write_stdin(""));
    assert_eq!(code, 2);
    assert!(err.contains("name the files"), "{err}");
}

#[test]
fn the_catalogue_is_listed() {
    let (code, out, _) = run(check().args(["--list", "--deny", "entity-mark"]));
    assert_eq!((code, out.lines().count()), (0, pullquote::DiagnosticCode::ALL.len()));
    assert!(out.contains("\nentity-mark               deny   "), "{out}");
    let (_, out, _) = run(check().args(["--list", "--format", "json"]));
    assert_eq!(json(&out)[0]["code"], "unclosed-quotation");
}

#[test]
fn a_file_that_cannot_be_read_does_not_stop_the_others() {
    let folder = folder(DAMAGED);
    let (code, out, err) = run(check().current_dir(&folder).args(["none.txt", "a.txt"]));
    assert_eq!(code, 1);
    assert!(out.contains("a.txt:1:6") && err.starts_with("pullquote: cannot read none.txt: "), "{out}{err}");
}

#[test]
fn json_has_bytes_lines_and_columns() {
    let folder = folder("Pier\r\n\r\n日本 “We are late,\" said Ada Roe. “No.”\r\n");
    let (code, out, err) = run(check().current_dir(&folder).args(["a.txt", "--format=json"]));
    assert_eq!((code, err.as_str()), (3, ""));
    let list = json(&out);
    assert_eq!(list.as_array().unwrap().len(), 1);
    let finding = &list[0];
    assert_eq!(finding["code"], "mismatched-marks");
    assert_eq!((&finding["file"], &finding["level"]), (&"a.txt".into(), &"deny".into()));
    assert_eq!(finding["span"], serde_json::json!([30, 31]));
    assert_eq!(finding["start"], serde_json::json!({"line": 3, "column": 17}));
    assert_eq!(finding["end"], serde_json::json!({"line": 3, "column": 18}));
    assert_eq!(finding["related"]["start"], serde_json::json!({"line": 3, "column": 4}));
    assert_eq!(finding["replacement"], serde_json::json!({"span": [30, 31], "text": "”"}));
    assert_eq!(run(check().arg("--format=json").write_stdin("Pier")).1, "[]\n");
}

#[test]
fn sarif_has_rules_regions_and_fixes() {
    let folder = folder("Pier\n\n日本 “We are late,\" said Ada Roe. “No.”\n");
    fs::rename(folder.path().join("a.txt"), folder.path().join("a b.txt")).unwrap();
    let (code, out, _) = run(check().current_dir(&folder).args(["a b.txt", "--format=sarif"]));
    assert_eq!(code, 3);
    let log = json(&out);
    assert_eq!((&log["version"], log["runs"].as_array().unwrap().len()), (&"2.1.0".into(), 1));
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), pullquote::DiagnosticCode::ALL.len());
    let result = &run["results"][0];
    let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!(rules[index]["id"], result["ruleId"]);
    assert_eq!((&result["ruleId"], &result["level"]), (&"mismatched-marks".into(), &"error".into()));
    let location = &result["locations"][0]["physicalLocation"];
    assert_eq!(location["artifactLocation"]["uri"], "a%20b.txt");
    let region = serde_json::json!({
        "startLine": 3, "startColumn": 17, "endLine": 3, "endColumn": 18, "byteOffset": 28, "byteLength": 1,
    });
    assert_eq!(location["region"], region);
    assert_eq!(result["relatedLocations"][0]["physicalLocation"]["region"]["startColumn"], 4);
    let change = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!((&change["deletedRegion"], &change["insertedContent"]["text"]), (&region, &"”".into()));
}

#[test]
fn nothing_is_written_without_fix() {
    let folder = folder(DAMAGED);
    run(check().current_dir(&folder).arg("a.txt"));
    assert_eq!(fs::read_to_string(folder.path().join("a.txt")).unwrap(), DAMAGED);
}

#[test]
fn fix_writes_what_is_certain_and_reports_the_rest() {
    let folder =
        folder("Pier ”closed” for good\r\n\r\nThe \"pier” is old. “It is, said Ian Poole. “No.”\r\n");
    let (code, out, err) = run(check().current_dir(&folder).args(["--fix", "a.txt"]));
    assert_eq!((code, err.as_str()), (3, "pullquote check: 1 error, 2 marks mended\n"));
    assert!(out.starts_with("error[unclosed-quotation]") && !out.contains("wrong-direction"), "{out}");
    assert_eq!(
        fs::read_to_string(folder.path().join("a.txt")).unwrap(),
        "Pier “closed” for good\r\n\r\nThe “pier” is old. “It is, said Ian Poole. “No.”\r\n"
    );
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "a temporary file is left");
}

#[test]
fn fix_leaves_sound_files_and_allowed_findings_alone() {
    let folder = folder("Pier ”closed” for good\n");
    let path = folder.path().join("a.txt");
    let before = fs::metadata(&path).unwrap().modified().unwrap();
    let (code, _, err) =
        run(check().current_dir(&folder).args(["--fix", "--allow", "wrong-direction-mark", "a.txt"]));
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), before);
}

#[cfg(unix)]
#[test]
fn fix_keeps_permissions_and_links() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder("Pier ”closed” for good\n");
    let (path, link) = (folder.path().join("a.txt"), folder.path().join("link.txt"));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink("a.txt", &link).unwrap();
    assert_eq!(run(check().current_dir(&folder).args(["--fix", "link.txt"])).0, 0);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(fs::symlink_metadata(&link).unwrap().file_type().is_symlink());
    assert_eq!(fs::read_to_string(&path).unwrap(), "Pier “closed” for good\n");
}
