//! `pullquote batch` from outside: order, memory, what is kept when something goes wrong.

use std::fs;
use std::io::Write as _;
use std::process::{Command as Process, Stdio};
use std::time::{Duration, Instant};

mod support;

use support::{gzip, json, pullquote, rows, run, zstd};

const ROWS: &str = concat!(
    r#"{"id":"a","text":"Pier to close\nBy Ada Roe\n\nIt rained."}"#,
    "\n\n",
    "nonsense\n",
    r#"{"extra":[1],"text":"By Sam Orr","id":{"n":7}}"#,
    "\r\n",
    r#"{"id":"c"}"#,
    "\n",
    r#"["d","By Sam Orr"]"#,
    "\n",
    r#"{"text":"2 min read"}"#,
);

#[test]
fn good_lines_come_out_in_order_and_bad_ones_are_told() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("in.jsonl"), ROWS).unwrap();
    let (code, out, err) =
        run(pullquote().current_dir(&folder).args(["batch", "-q", "in.jsonl", "-o", "out.jsonl"]));
    assert_eq!((code, out.as_str()), (1, ""));
    let written = fs::read_to_string(folder.path().join("out.jsonl")).unwrap();
    let records: Vec<_> = written.lines().map(json).collect();
    assert_eq!(records.len(), 3);
    assert!(
        written.starts_with(r#"{"id":"a","headline":{"span":[0,13],"text":"Pier to close"},"#),
        "{written}"
    );
    assert_eq!(records[1]["id"]["n"], 7);
    assert!(records[2]["id"].is_null());
    assert_eq!(
        err,
        "pullquote: in.jsonl:3: not an object with \"id\" and \"text\"; the line is left out\n\
         pullquote: in.jsonl:5: not an object with \"id\" and \"text\": missing field `text` at column \
         10; the line is left out\n\
         pullquote: in.jsonl:6: not an object with \"id\" and \"text\"; the line is left out\n"
    );
}

#[test]
fn the_streams_are_the_default() {
    let rows = r#"{"id":1,"text":"Pier to close"}"#;
    for args in [&["batch", "-q"][..], &["batch", "-q", "-"], &["batch", "-q", "-", "-o", "-"]] {
        let (code, out, err) = run(pullquote().args(args).write_stdin(rows));
        assert_eq!((code, out.lines().count(), err.as_str()), (0, 1, ""), "{args:?}");
    }
}

#[test]
fn lines_of_one_kind() {
    let rows = concat!(
        r#"{"id":1,"text":"By Ada Roe"}"#,
        "\n",
        r#"{"id":2,"text":"4 min read"}"#,
        "\n",
        r#"{"id":3,"text":"HARROW (AP) — It rained."}"#,
        "\n",
    );
    let cases = [
        ("byline", 0, "/byline/authors/0/name", "Ada Roe"),
        ("read-time", 1, "/read_time/seconds", "240"),
        ("dateline", 2, "/dateline/place", "HARROW"),
    ];
    for (kind, row, pointer, value) in cases {
        let (code, out, err) = run(pullquote().args(["batch", "-q", "--as", kind]).write_stdin(rows));
        assert_eq!((code, err.as_str()), (0, ""), "{kind}");
        let records: Vec<_> = out.lines().map(json).collect();
        assert_eq!(records.len(), 3);
        let found = records[row].pointer(pointer).unwrap_or_else(|| panic!("{kind}: {out}"));
        assert_eq!(found.to_string().trim_matches('"'), value);
    }
    let (_, out, _) = run(pullquote().args(["batch", "--as", "read-time"]).write_stdin(rows));
    assert_eq!(out.lines().next(), Some(r#"{"id":1,"read_time":null}"#));
}

#[test]
fn its_own_input_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("in.jsonl"), ROWS).unwrap();
    let (code, _, err) =
        run(pullquote().current_dir(&folder).args(["batch", "in.jsonl", "-o", "./in.jsonl"]));
    assert_eq!(code, 1);
    assert_eq!(err, "pullquote: in.jsonl is both read and written; choose another file for the output\n");
    assert_eq!(fs::read_to_string(folder.path().join("in.jsonl")).unwrap(), ROWS);
}

#[test]
fn wrong_bytes_spoil_their_line_only() {
    let rows = b"{\"id\":1,\"text\":\"a\xff\"}\n{\"id\":2,\"text\":\"b\"}\n";
    let (code, out, err) = run(pullquote().arg("batch").write_stdin(&rows[..]));
    assert_eq!((code, out.lines().count()), (1, 1));
    assert!(err.starts_with("pullquote: standard input:1: "), "{err}");
}

#[test]
fn the_output_is_the_same_for_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    // More than one chunk, and lines that are left out in between.
    let input = rows(80) + "nonsense\n" + &rows(80);
    fs::write(folder.path().join("in.jsonl"), &input).unwrap();
    let mut all = Vec::new();
    for jobs in ["1", "2", "7"] {
        let (code, out, err) = run(pullquote().current_dir(&folder).args([
            "batch",
            "-q",
            "-j",
            jobs,
            "in.jsonl",
            "--rejects",
            "bad.jsonl",
        ]));
        assert_eq!((code, err.as_str()), (1, ""));
        all.push((out, fs::read_to_string(folder.path().join("bad.jsonl")).unwrap()));
    }
    assert_eq!(all[0].0.lines().count(), 160);
    let ids = all[0].0.lines().map(|line| json(line)["id"].as_u64().unwrap());
    assert!(ids.eq((0..80).chain(0..80)));
    assert!(all.iter().all(|one| *one == all[0]));
}

#[test]
fn rejects_are_kept_whole() {
    let folder = tempfile::tempdir().unwrap();
    let long = format!("{{\"id\":9,\"text\":\"{}\"}}", "long ".repeat(1000));
    let input =
        [&b"{\"id\":1,\"text\":\"Pier shut\"}\nnonsense\n\xffbytes\n"[..], long.as_bytes(), b"\n"].concat();
    fs::write(folder.path().join("in.jsonl"), &input).unwrap();
    let args = ["batch", "in.jsonl", "-o", "out.jsonl", "--rejects", "bad.jsonl", "--max-size", "2K"];
    let (code, _, err) = run(pullquote().current_dir(&folder).args(args));
    assert_eq!(code, 1);
    assert!(err.starts_with("pullquote: 1 article, 0 quotes, 0 speakers, 3 rejects; "), "{err}");
    assert_eq!(err.lines().count(), 1, "{err}");
    let kept = fs::read_to_string(folder.path().join("bad.jsonl")).unwrap();
    let kept: Vec<_> = kept.lines().map(json).collect();
    assert_eq!(kept.len(), 3);
    assert_eq!(
        (&kept[0]["line"], &kept[0]["raw"], &kept[0]["file"]),
        (&2.into(), &"nonsense".into(), &"in.jsonl".into())
    );
    assert_eq!(kept[1]["raw_base64"], "/2J5dGVz");
    assert!(kept[2].get("raw").is_none());
    // What is too long to be held can be cut out of the input.
    let (offset, length) = (kept[2]["offset"].as_u64().unwrap(), kept[2]["length"].as_u64().unwrap());
    assert_eq!(&input[offset as usize..(offset + length) as usize], long.as_bytes());
    let reason = kept[2]["reason"].as_str().unwrap();
    assert!(reason.contains("5,018 bytes") && reason.contains("raise --max-size (now 2K)"), "{reason}");
}

#[test]
fn names_of_the_members_can_be_chosen() {
    let row = "{\"key\":\"k\",\"body\":\"Pier shut\",\"text\":1}\n";
    let args = ["batch", "-q", "--id-field", "key", "--text-field", "body"];
    let (code, out, err) = run(pullquote().args(args).write_stdin(row));
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(json(&out)["id"], "k");
}

#[test]
fn the_summary_counts() {
    let (_, _, err) = run(pullquote().arg("batch").write_stdin(rows(3)));
    assert!(err.starts_with("pullquote: 3 articles, 6 quotes, 6 speakers, 0 rejects; 0.0 MB in "), "{err}");
    assert!(err.ends_with(" MB/s)\n"), "{err}");
}

#[test]
fn packed_inputs_read_as_the_plain_one() {
    let folder = tempfile::tempdir().unwrap();
    let rows = rows(5);
    let half = rows.find("{\"id\":2").unwrap();
    let (a, b) = rows.as_bytes().split_at(half);
    fs::write(folder.path().join("a.jsonl"), &rows).unwrap();
    // Two members each, as `cat a.gz b.gz` makes.
    fs::write(folder.path().join("b.jsonl.gz"), [gzip(a), gzip(b)].concat()).unwrap();
    fs::write(folder.path().join("c.jsonl.zst"), [zstd(a), zstd(b)].concat()).unwrap();
    let out = |name| run(pullquote().current_dir(&folder).args(["batch", "-q", name]));
    let plain = out("a.jsonl");
    assert_eq!((plain.0, plain.1.lines().count()), (0, 5));
    assert_eq!(out("b.jsonl.gz"), plain);
    assert_eq!(out("c.jsonl.zst"), plain);
    // Cut short: what was read is written, and the rest told.
    let whole = fs::read(folder.path().join("b.jsonl.gz")).unwrap();
    fs::write(folder.path().join("d.jsonl.gz"), &whole[..whole.len() - 20]).unwrap();
    let (code, out, err) = out("d.jsonl.gz");
    assert_eq!(code, 1);
    assert!(out.lines().count() >= 2 && plain.1.starts_with(&out), "{out}");
    assert!(err.starts_with("pullquote: cannot read d.jsonl.gz: it ") && err.contains("again"), "{err}");
}

/// Starts a run that reads `first` from its standard input, waits until it has noted how far it is, and kills it.
fn killed(folder: &std::path::Path, first: &str) {
    let mut child = Process::new(env!("CARGO_BIN_EXE_pullquote"))
        .current_dir(folder)
        .args(["batch", "--checkpoint", "0", "-o", "out.jsonl", "--rejects", "bad.jsonl"])
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(first.as_bytes()).unwrap();
    stdin.flush().unwrap();
    let started = Instant::now();
    while !folder.join("out.jsonl.part.json").exists() {
        assert!(started.elapsed() < Duration::from_secs(60), "no progress was noted");
        std::thread::sleep(Duration::from_millis(5));
    }
    // The pipe is still open, so the run is not at its end. On Unix this is SIGKILL.
    child.kill().unwrap();
    child.wait().unwrap();
    drop(stdin);
    assert!(!folder.join("out.jsonl").exists() && !folder.join("bad.jsonl").exists());
}

#[test]
fn a_killed_run_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let input = rows(40) + "nonsense\n" + &rows(160);
    let first = &input[..input.len() * 2 / 3];
    let args = ["batch", "-o", "out.jsonl", "--rejects", "bad.jsonl"];
    let whole = tempfile::tempdir().unwrap();
    assert_eq!(run(pullquote().current_dir(&whole).args(args).write_stdin(&*input)).0, 1);
    killed(folder.path(), first);
    // Something that was written after the last note, and cut in the middle.
    let mut part = fs::OpenOptions::new().append(true).open(folder.path().join("out.jsonl.part")).unwrap();
    part.write_all(b"{\"id\":7,\"hea").unwrap();
    drop(part);
    let (code, _, err) =
        run(pullquote().current_dir(&folder).args(args).arg("--resume").write_stdin(&*input));
    assert_eq!(code, 1, "{err}");
    assert!(err.starts_with("pullquote: 200 articles, 400 quotes, 400 speakers, 1 reject; "), "{err}");
    for name in ["out.jsonl", "bad.jsonl"] {
        let read = |folder: &tempfile::TempDir| fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(read(&folder), read(&whole));
    }
    // Nothing is left behind.
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 2);
}

#[test]
fn only_the_same_run_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    killed(folder.path(), &rows(100));
    let args = ["batch", "-o", "out.jsonl", "--rejects", "bad.jsonl", "--resume"];
    let (code, _, err) =
        run(pullquote().current_dir(&folder).args(args).args(["--format", "csv"]).write_stdin(""));
    assert_eq!(code, 1);
    assert!(
        err.contains("other inputs, options or another version; leave out --resume to begin anew"),
        "{err}"
    );
    fs::remove_file(folder.path().join("out.jsonl.part")).unwrap();
    let (code, _, err) = run(pullquote().current_dir(&folder).args(args).write_stdin(""));
    assert_eq!(code, 1);
    assert!(err.contains("is gone or shorter"), "{err}");
    let (code, _, err) = run(pullquote().args(["batch", "--resume"]).write_stdin(""));
    assert_eq!(code, 2);
    assert!(err.contains("--resume needs one file"), "{err}");
    let fresh = tempfile::tempdir().unwrap();
    let (code, _, err) = run(pullquote().current_dir(&fresh).args(args).write_stdin(rows(1)));
    assert_eq!(code, 0);
    assert!(
        err.starts_with("pullquote: note: no interrupted run was found; this one begins anew\n"),
        "{err}"
    );
}

#[test]
fn a_failed_run_leaves_the_old_output() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("out.jsonl"), "old\n").unwrap();
    let args = ["batch", "-q", "in.jsonl", "-o", "out.jsonl", "--rejects", "no/bad.jsonl"];
    let (code, _, err) = run(pullquote().current_dir(&folder).args(args));
    assert_eq!(code, 1);
    assert!(err.contains("cannot write no/bad.jsonl: no such file or folder"), "{err}");
    assert_eq!(fs::read_to_string(folder.path().join("out.jsonl")).unwrap(), "old\n");
}

#[test]
#[cfg(target_os = "linux")]
fn memory_does_not_grow_with_the_input() {
    let mut child = Process::new(env!("CARGO_BIN_EXE_pullquote"))
        .args(["batch", "-q", "-j", "2", "--rejects", "/dev/null"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // Lines that are no rows cost next to nothing to work on, but are read, held and handed on as all are.
    let line = format!("\"{}\"\n", "It rained. ".repeat(9_000));
    for _ in 0..800 {
        stdin.write_all(line.as_bytes()).unwrap();
    }
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let peak = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap();
    let peak: u64 = peak.trim().trim_end_matches(" kB").parse().unwrap();
    drop(stdin);
    assert_eq!(child.wait().unwrap().code(), Some(1));
    // 79 MB went through.
    assert!(peak < 60_000, "{peak} kB");
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_keeps_what_can_be_gone_on_with() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("in.jsonl"), rows(800)).unwrap();
    // The largest file that this process may write stands for the disk. A unit is 512 or 1024 bytes.
    let script = "trap '' XFSZ; ulimit -f 800; exec \"$0\" batch --checkpoint 0 in.jsonl -o out.jsonl";
    let output = Process::new("sh")
        .current_dir(&folder)
        .args(["-c", script, env!("CARGO_BIN_EXE_pullquote")])
        .output()
        .unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{err}");
    assert!(err.contains("with --resume to go on") && err.contains("cannot write out.jsonl: "), "{err}");
    assert!(!folder.path().join("out.jsonl").exists());
    let (code, _, err) =
        run(pullquote().current_dir(&folder).args(["batch", "in.jsonl", "-o", "out.jsonl", "--resume"]));
    assert_eq!(code, 0);
    assert!(err.starts_with("pullquote: 800 articles, "), "{err}");
    let written = fs::read_to_string(folder.path().join("out.jsonl")).unwrap();
    let ids = written.lines().map(|line| json(line)["id"].as_u64().unwrap());
    assert!(ids.eq(0..800));
}
