//! The command `pullquote`.

use std::io::{BufRead, BufWriter, Write};

fn main() {
    // First form: `pullquote batch [--as KIND] IN -o OUT`.
    let args: Vec<String> = std::env::args().skip(1).collect();
    let mut kind = "article".to_owned();
    let (mut input, mut output) = (String::new(), String::new());
    let mut i = 1;
    while i < args.len() {
        match args[i].as_str() {
            "--as" => {
                kind = args[i + 1].clone();
                i += 1;
            }
            "-o" => {
                output = args[i + 1].clone();
                i += 1;
            }
            other => input = other.to_owned(),
        }
        i += 1;
    }
    let input = std::io::BufReader::new(std::fs::File::open(input).expect("input"));
    let mut output = BufWriter::new(std::fs::File::create(output).expect("output"));
    for line in input.lines() {
        let row: serde_json::Value = serde_json::from_str(&line.expect("line")).expect("json");
        let text = row["text"].as_str().expect("text");
        let mut record = match kind.as_str() {
            "byline" => serde_json::json!({"byline": text.parse::<pullquote::Byline>().ok()}),
            "read-time" => {
                serde_json::json!({"read_time": text.parse::<pullquote::ReadTime>().ok().and_then(|r| r.stated()).map(|s| serde_json::json!({"seconds": s.duration().as_secs(), "span": s.span()}))})
            }
            "dateline" => serde_json::json!({"dateline": text.parse::<pullquote::Dateline>().ok()}),
            _ => serde_json::to_value(pullquote::parse(text)).expect("record"),
        };
        record["id"] = row["id"].clone();
        writeln!(output, "{record}").expect("write");
    }
}
