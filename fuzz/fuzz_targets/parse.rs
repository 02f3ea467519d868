//! Any text at all, read as an article.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| pullquote_fuzz::check_article(text));
