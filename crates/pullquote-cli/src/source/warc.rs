//! Records of a WARC file (ISO 28500), and the HTTP answers in them.
//!
//! The framing is a version line, header lines, an empty line, `Content-Length` bytes, two line ends. The crate
//! `warc` reads it too, but holds a header of any length, gives a file up at its first damaged record, and
//! brings 26 crates for it (dates, UUIDs, Unicode tables for URLs), none of which a text needs.

use std::io::{self, BufRead, Read};

use encoding_rs::Encoding;

use crate::source::charset;
use crate::source::kind::InputKind;
use crate::source::lines::{self, Line};

/// The longest header line that is read, in bytes.
const LONGEST_HEADER: usize = 1 << 16;
/// The most lines of a header.
const MOST_HEADERS: usize = 1000;

/// One record that holds a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) url: Option<String>,
    pub(crate) kind: InputKind,
    pub(crate) declared: Option<&'static Encoding>,
    pub(crate) content: Content,
}

/// What a record holds.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Content {
    Bytes(Vec<u8>),
    TooLong(u64),
}

/// Reads records one after the other.
pub(crate) struct Records<R> {
    input: R,
    /// Bytes taken so far.
    pub(crate) taken: u64,
    most: usize,
}

impl<R: BufRead> Records<R> {
    /// Reads from `input`; contents over `most` bytes are passed over.
    pub(crate) fn new(input: R, most: usize) -> Records<R> {
        Records { input, taken: 0, most }
    }

    /// Reads the next record: `None` at the end, `Some(None)` for one that holds no text (a request, a picture).
    pub(crate) fn next(&mut self) -> io::Result<Option<Option<Record>>> {
        let Some(headers) = self.headers()? else { return Ok(None) };
        let get = |name: &str| header(&headers, name);
        let length: u64 = get("content-length")
            .and_then(|v| v.parse().ok())
            .ok_or_else(|| damaged("a record has no Content-Length"))?;
        let kind = get("warc-type").unwrap_or_default().to_ascii_lowercase();
        let url = get("warc-target-uri").map(|u| u.trim_matches(['<', '>']).to_owned());
        let wanted = matches!(kind.as_str(), "response" | "conversion" | "resource");
        if !wanted || length > self.most as u64 {
            self.skip(length)?;
            // Pictures and films are long as well, and nobody misses them.
            let text = kind == "conversion" || get("content-type").is_some_and(|t| t.contains("html"));
            return Ok(Some((wanted && text).then_some(Record {
                url,
                kind: InputKind::Html,
                declared: None,
                content: Content::TooLong(length),
            })));
        }
        let mut block = Vec::with_capacity(length as usize);
        self.input.by_ref().take(length).read_to_end(&mut block)?;
        self.taken += block.len() as u64;
        if (block.len() as u64) < length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let (kind, declared, bytes) = if kind == "response" {
            let Some(answer) = Answer::read(&block, self.most) else { return Ok(Some(None)) };
            (answer.kind, answer.declared, answer.body)
        } else {
            let media = get("content-type").unwrap_or("text/plain");
            let Some(kind) = kind_of(media) else { return Ok(Some(None)) };
            (kind, charset::of_media_type(media), block)
        };
        Ok(Some(Some(Record { url, kind, declared, content: Content::Bytes(bytes) })))
    }

    /// Reads up to the empty line; `None` at the end of the file.
    fn headers(&mut self) -> io::Result<Option<Vec<(String, String)>>> {
        let version = loop {
            match self.line()? {
                None => return Ok(None),
                Some(line) if line.is_empty() => {}
                Some(line) => break line,
            }
        };
        if !version.starts_with("WARC/") {
            return Err(damaged("a record does not start with WARC/"));
        }
        let mut headers = Vec::new();
        loop {
            match self.line()? {
                None => return Err(io::ErrorKind::UnexpectedEof.into()),
                Some(line) if line.is_empty() => return Ok(Some(headers)),
                Some(_) if headers.len() >= MOST_HEADERS => {
                    return Err(damaged("a header has too many lines"));
                }
                Some(line) => headers.extend(split(&line)),
            }
        }
    }

    fn line(&mut self) -> io::Result<Option<String>> {
        match lines::next(&mut self.input, LONGEST_HEADER)? {
            None => Ok(None),
            Some((Line::TooLong(_), _)) => Err(damaged("a header line is longer than 64 KiB")),
            Some((Line::Whole(line), taken)) => {
                self.taken += taken;
                Ok(Some(String::from_utf8_lossy(line.trim_ascii_end()).into_owned()))
            }
        }
    }

    fn skip(&mut self, bytes: u64) -> io::Result<()> {
        let skipped = io::copy(&mut self.input.by_ref().take(bytes), &mut io::sink())?;
        self.taken += skipped;
        if skipped < bytes { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }
}

fn damaged(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

fn split(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once(':')?;
    Some((name.trim().to_ascii_lowercase(), value.trim().to_owned()))
}

fn header<'h>(headers: &'h [(String, String)], name: &str) -> Option<&'h str> {
    headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
}

/// Returns what a media type says a text is; `None` for pictures, scripts and all else.
fn kind_of(media: &str) -> Option<InputKind> {
    let media = media.to_ascii_lowercase();
    match media.split(';').next().unwrap_or("").trim() {
        "text/html" | "application/xhtml+xml" => Some(InputKind::Html),
        "text/plain" => Some(InputKind::Text),
        _ => None,
    }
}

/// What a server answered.
struct Answer {
    kind: InputKind,
    declared: Option<&'static Encoding>,
    body: Vec<u8>,
}

impl Answer {
    /// Reads an HTTP answer; `None` for a failure, a redirection, or what is no text.
    fn read(block: &[u8], most: usize) -> Option<Answer> {
        let end = memchr::memmem::find(block, b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&block[..end]).into_owned();
        let mut lines = head.split("\r\n");
        let status = lines.next()?.split(' ').nth(1)?;
        if !status.starts_with('2') {
            return None;
        }
        let headers: Vec<(String, String)> = lines.filter_map(split).collect();
        let media = header(&headers, "content-type")?;
        let kind = kind_of(media)?;
        let mut body = block[end + 4..].to_vec();
        if header(&headers, "transfer-encoding").is_some_and(|v| v.eq_ignore_ascii_case("chunked")) {
            // Crawlers often store the body joined already, and keep the header: then it stays as it is.
            body = dechunk(&body).unwrap_or(body);
        }
        if body.starts_with(&[0x1f, 0x8b]) {
            let mut plain = Vec::new();
            let unpacked =
                flate2::read::MultiGzDecoder::new(&body[..]).take(most as u64).read_to_end(&mut plain);
            unpacked.ok()?;
            body = plain;
        }
        Some(Answer { kind, declared: charset::of_media_type(media), body })
    }
}

/// Joins the chunks of a body (RFC 9112, section 7.1); `None` where it is not in chunks.
fn dechunk(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::with_capacity(body.len());
    loop {
        let end = memchr::memmem::find(body, b"\r\n")?;
        let size = std::str::from_utf8(&body[..end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        body = &body[end + 2..];
        if size == 0 {
            return Some(joined);
        }
        joined.extend_from_slice(body.get(..size)?);
        body = body.get(size..)?.strip_prefix(b"\r\n")?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: &str, media: &str, block: &str) -> String {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://h.example/{kind}\r\nContent-Type: {media}\r\n\
             Content-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        )
    }

    fn all(file: &str) -> (Vec<Option<Record>>, Option<String>) {
        let mut records = Records::new(file.as_bytes(), 200);
        let mut found = Vec::new();
        loop {
            match records.next() {
                Ok(Some(record)) => found.push(record),
                Ok(None) => return (found, None),
                Err(error) => return (found, Some(error.to_string())),
            }
        }
    }

    #[test]
    fn texts_are_found() {
        let http = "application/http; msgtype=response";
        let answer = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=ISO-8859-1\r\n\
                      Transfer-Encoding: chunked\r\n\r\n4\r\n<p>A\r\n2;x=1\r\nda\r\n0\r\n\r\n";
        let file = [
            record("warcinfo", "application/warc-fields", "software: a crawler"),
            record("response", http, answer),
            record("response", http, "HTTP/1.1 404 No\r\nContent-Type: text/html\r\n\r\n<p>no"),
            record("response", http, "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nPNG"),
            record("conversion", "text/plain", "It rained."),
            record("conversion", "text/plain", &"long ".repeat(50)),
        ]
        .concat();
        let (records, error) = all(&file);
        assert_eq!((records.len(), error), (6, None));
        let page = records[1].as_ref().unwrap();
        assert_eq!((page.kind, &page.content), (InputKind::Html, &Content::Bytes(b"<p>Ada".to_vec())));
        assert_eq!(page.declared, Some(encoding_rs::WINDOWS_1252));
        assert_eq!(page.url.as_deref(), Some("http://h.example/response"));
        assert!(records[2].is_none() && records[3].is_none());
        assert_eq!(records[4].as_ref().unwrap().content, Content::Bytes(b"It rained.".to_vec()));
        assert_eq!(records[5].as_ref().unwrap().content, Content::TooLong(250));
    }

    #[test]
    fn damage_is_told() {
        let good = record("conversion", "text/plain", "It rained.");
        let cases = [
            ("nonsense\r\n", "a record does not start with WARC/"),
            ("WARC/1.0\r\nWARC-Type: response\r\n\r\n", "a record has no Content-Length"),
            (&good[..good.len() - 10], "unexpected end of file"),
        ];
        for (file, why) in cases {
            assert_eq!(all(file).1.as_deref(), Some(why), "{file:?}");
        }
    }

    #[test]
    fn chunks() {
        assert_eq!(dechunk(b"3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n").unwrap(), b"abcd");
        for bad in [&b"<html>"[..], b"9\r\nabc\r\n0\r\n", b"3\r\nabcd\r\n0\r\n\r\n"] {
            assert_eq!(dechunk(bad), None);
        }
    }
}
