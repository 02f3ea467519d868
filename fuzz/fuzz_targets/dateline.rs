//! Any line, read as a dateline.
#![no_main]

use pullquote::Dateline;
use pullquote_fuzz::check_span;

libfuzzer_sys::fuzz_target!(|text: &str| match text.parse::<Dateline>() {
    Ok(dateline) => check_span(text, dateline.span()),
    Err(error) => check_span(text, error.span()),
});
