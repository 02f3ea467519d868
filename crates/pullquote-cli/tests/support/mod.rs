//! What the tests of the command share.
#![allow(dead_code, reason = "each test binary uses a part")]

use std::io::Write as _;

use assert_cmd::Command;

/// Prepares the command, without settings of the tester's own.
pub fn pullquote() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pullquote"));
    command.env_remove("CLICOLOR_FORCE").env_remove("NO_COLOR");
    command
}

/// Runs the command and returns exit code, standard output and standard error.
pub fn run(command: &mut Command) -> (i32, String, String) {
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// Reads JSON.
pub fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap_or_else(|e| panic!("{e}: {text}"))
}

/// Packs with gzip.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Packs with Zstandard.
pub fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

/// Lines of JSON Lines, numbered, whose articles differ a little.
pub fn rows(count: usize) -> String {
    let row = |n: usize| {
        let text = format!(
            "Pier {n} to close\n\nBy Ada Roe\n\n“It is the end of pier {n},” said Ian Poole, a fisherman.\n\n\
             The council said that it would rain {n} times."
        );
        serde_json::json!({"id": n, "text": text}).to_string() + "\n"
    };
    (0..count).map(row).collect()
}
