//! Bytes to text: UTF-8 as it is, a BOM or a declared other charset by `encoding_rs`.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::error::Error;

/// How far into a page its charset may be declared, in bytes (HTML Living Standard, 13.2.3.2).
const PRESCAN: usize = 1024;

/// A text, and how it was made of bytes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    /// The charset it was converted from; `None` when the bytes are the text.
    pub(crate) charset: Option<&'static str>,
    /// Whether some bytes meant nothing and became U+FFFD.
    pub(crate) lossy: bool,
}

/// Finds a charset by its name.
///
/// # Errors
///
/// When there is none of that name.
pub(crate) fn by_name(name: &str) -> Result<&'static Encoding, String> {
    Encoding::for_label(name.as_bytes()).ok_or_else(|| {
        "no charset of that name; the names are those of web pages, such as utf-8, windows-1252, utf-16le, \
         iso-8859-15, shift_jis, gb18030"
            .to_owned()
    })
}

/// Makes a text of bytes: a BOM decides, then what the user said, then what the bytes are declared to be.
///
/// # Errors
///
/// When nothing was declared and the bytes are not UTF-8.
pub(crate) fn decode(
    name: &str,
    bytes: Vec<u8>,
    said: Option<&'static Encoding>,
    declared: Option<&'static Encoding>,
) -> Result<Decoded, Error> {
    let encoding = utf16_bom(&bytes).or(said).or(declared);
    let encoding = match encoding {
        None => UTF_8,
        // What is declared is often wrong, and UTF-8 is not valid by accident.
        Some(encoding) if said.is_none() && std::str::from_utf8(&bytes).is_ok() && !is_utf16(encoding) => {
            UTF_8
        }
        Some(encoding) => encoding,
    };
    if encoding != UTF_8 || (said == Some(UTF_8)) || (declared == Some(UTF_8)) {
        if encoding == UTF_8 {
            return match String::from_utf8(bytes) {
                Ok(text) => Ok(Decoded { text, charset: None, lossy: false }),
                Err(error) => Ok(convert(encoding, error.as_bytes())),
            };
        }
        return Ok(convert(encoding, &bytes));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Decoded { text, charset: None, lossy: false }),
        Err(error) => Err(Error::not_utf8(name, error.as_bytes(), error.utf8_error().valid_up_to())),
    }
}

fn convert(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, used, lossy) = encoding.decode(bytes);
    Decoded { text: text.into_owned(), charset: Some(used.name()), lossy }
}

/// Returns what a BOM says, where it says anything but UTF-8.
pub(crate) fn utf16_bom(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        _ => None,
    }
}

fn is_utf16(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

/// Returns the charset that a page declares in its first bytes; windows-1252 where it declares none and is not
/// UTF-8, as browsers do.
pub(crate) fn of_page(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..PRESCAN).unwrap_or(bytes).to_ascii_lowercase();
    let declared = memchr_find(&head, b"charset=").and_then(|at| label(&head[at + 8..]));
    match declared {
        // A page that says UTF-16 in ASCII letters is none.
        Some(encoding) if is_utf16(encoding) => Some(UTF_8),
        Some(encoding) => Some(encoding),
        None if std::str::from_utf8(bytes).is_ok() => None,
        None => Some(WINDOWS_1252),
    }
}

/// Returns the charset of a media type such as `text/html; charset=iso-8859-1`.
pub(crate) fn of_media_type(value: &str) -> Option<&'static Encoding> {
    let lower = value.to_ascii_lowercase();
    lower.find("charset=").and_then(|at| label(&lower.as_bytes()[at + 8..]))
}

fn label(rest: &[u8]) -> Option<&'static Encoding> {
    let rest = rest.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or(rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = rest.iter().position(|b| b"\"'>; /\t\r\n".contains(b)).unwrap_or(rest.len());
    Encoding::for_label(&rest[..end])
}

fn memchr_find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

/// Tells why bytes are no text at all, if they are none: a zero byte stands in them.
pub(crate) fn binary(head: &[u8]) -> Option<Cow<'static, str>> {
    if utf16_bom(head).is_some() {
        return None;
    }
    const KNOWN: [(&[u8], &str); 6] = [
        (b"%PDF", "a PDF; take its text out first, for example with pdftotext"),
        (b"PK\x03\x04", "a ZIP archive or an office document; take the text out of it first"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"\x7fELF", "a program"),
        (b"SQLite format 3", "a database"),
    ];
    if let Some((_, what)) = KNOWN.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Some(Cow::Borrowed(what));
    }
    let at = head.iter().position(|&b| b == 0)?;
    Some(Cow::Owned(format!(
        "not text: a zero byte stands at offset {at}; give plain text, HTML, JSON Lines or WARC, or say its \
         charset with --encoding"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charsets() {
        let text = |bytes: &[u8], said, declared| {
            decode("a.txt", bytes.to_vec(), said, declared).map(|d| (d.text, d.charset, d.lossy))
        };
        let ok = |words: &str, charset, lossy| Ok::<_, String>((words.to_owned(), charset, lossy));
        let cases = [
            (&b"caf\xc3\xa9"[..], None, None, ok("café", None, false)),
            (b"\xef\xbb\xbfcaf\xc3\xa9", None, None, ok("\u{feff}café", None, false)),
            (b"\xff\xfec\0a\0", None, None, ok("ca", Some("UTF-16LE"), false)),
            (b"\xfe\xff\0c\0a", Some(WINDOWS_1252), None, ok("ca", Some("UTF-16BE"), false)),
            (b"\x93caf\xe9\x94", Some(WINDOWS_1252), None, ok("“café”", Some("windows-1252"), false)),
            (b"\x93caf\xe9\x94", None, Some(WINDOWS_1252), ok("“café”", Some("windows-1252"), false)),
            (b"caf\xc3\xa9", None, Some(WINDOWS_1252), ok("café", None, false)),
            (b"caf\xe9", None, Some(UTF_8), ok("caf\u{fffd}", Some("UTF-8"), true)),
        ];
        for (bytes, said, declared, expected) in cases {
            assert_eq!(text(bytes, said, declared).map_err(|e| e.to_string()), expected, "{bytes:?}");
        }
        assert!(text(b"caf\xe9", None, None).is_err());
    }

    #[test]
    fn pages_declare_their_charset() {
        let cases = [
            (&b"<meta charset=\"ISO-8859-1\"><p>"[..], Some(WINDOWS_1252)),
            (
                b"<meta http-equiv=content-type content='text/html; charset=Shift_JIS'>",
                Some(encoding_rs::SHIFT_JIS),
            ),
            (b"<meta charset=utf-16le>", Some(UTF_8)),
            (b"<p>caf\xe9", Some(WINDOWS_1252)),
            (b"<p>caf\xc3\xa9", None),
        ];
        for (page, charset) in cases {
            assert_eq!(of_page(page), charset, "{}", String::from_utf8_lossy(page));
        }
        assert_eq!(of_media_type("text/html; Charset=\"utf-8\""), Some(UTF_8));
    }

    #[test]
    fn binaries_are_told() {
        assert!(binary(b"%PDF-1.7").unwrap().contains("pdftotext"));
        assert!(binary(b"ab\0c").unwrap().contains("offset 2"));
        assert_eq!(binary(b"\xff\xfea\0"), None);
        assert_eq!(binary(b"plain"), None);
    }
}
