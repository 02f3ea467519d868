//! Any line, read as a person's name.
#![no_main]

use pullquote::PersonName;
use pullquote_fuzz::check_span;

libfuzzer_sys::fuzz_target!(|text: &str| match text.parse::<PersonName>() {
    Ok(name) => assert!(!name.as_str().is_empty()),
    Err(error) => check_span(text, error.span()),
});
