//! Any line, read as a byline.
#![no_main]

use pullquote::Byline;
use pullquote_fuzz::check_span;

libfuzzer_sys::fuzz_target!(|text: &str| match text.parse::<Byline>() {
    Ok(byline) => {
        check_span(text, byline.span());
        byline.authors().iter().for_each(|author| check_span(text, author.span()));
    }
    Err(error) => check_span(text, error.span()),
});
