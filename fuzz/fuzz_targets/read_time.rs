//! Any line, read as a read time.
#![no_main]

use pullquote::ReadTime;
use pullquote_fuzz::check_span;

libfuzzer_sys::fuzz_target!(|text: &str| match text.parse::<ReadTime>() {
    Ok(time) => check_span(text, time.stated().expect("a strict read time is stated").span()),
    Err(error) => check_span(text, error.span()),
});
