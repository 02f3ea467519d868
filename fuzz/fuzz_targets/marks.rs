//! Bytes folded into the marks' alphabet, read as an article.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| pullquote_fuzz::check_article(&pullquote_fuzz::folded(bytes)));
