//! Paragraphs: which lines inside the story are the story, which are headings over its parts, and who its
//! last lines are about.

use crate::block::BlockKind;
use crate::frame::byline::Author;
use crate::frame::line::{End, Line};
use crate::frame::signs;
use crate::lexicon::sieve::PARTICLES;
use crate::lexicon::{self, Class};

/// Headings over a part of the story are shorter than this, in bytes and in words.
const LONGEST_SUBHEAD: usize = 90;
const MOST_WORDS: usize = 14;

/// Returns what a line inside the story is that is no known furniture. `after_colon`: the line before it
/// announces a list. Constant time for long lines.
pub(crate) fn kind(line: &Line<'_>, after_colon: bool) -> BlockKind {
    if line.heading {
        return BlockKind::Subhead;
    }
    let subhead = line.end == End::Bare
        && !line.is_longer_than(LONGEST_SUBHEAD)
        && !line.set_in
        && !after_colon
        && line.text.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase())
        && !line.text.starts_with(['—', '–', '―', '-', '('])
        && !is_speech(line.text)
        && line.words(MOST_WORDS + 1) <= MOST_WORDS;
    if subhead { BlockKind::Subhead } else { BlockKind::Paragraph }
}

/// A quotation that is still open at the end of the line, or one with its speaker behind a dash.
fn is_speech(text: &str) -> bool {
    if !signs::may_quote(text) {
        return false;
    }
    let straight = text.matches('"').count();
    let (open, close) = (text.matches('“').count(), text.matches('”').count());
    if straight % 2 == 1 || open > close {
        return true;
    }
    let last = text.rfind(['"', '”']).map(|at| text[at..].trim_start_matches(['"', '”']).trim_start());
    last.is_some_and(|rest| rest.starts_with(['—', '–', '―', '-', ','])) || has_cue(text)
}

/// A verb of saying beside a quotation: "“Never,” Roe said".
fn has_cue(text: &str) -> bool {
    text.contains(['"', '”'])
        && text
            .split(|c: char| !c.is_alphanumeric())
            .any(|w| lexicon::class(w).any(Class::CUE_SAY.or(Class::CUE_TELL)))
}

/// Tells whether a line at the end of the page says who its author is: `authors` are those of the byline.
///
/// "Ada Roe covers farming for the Gazette."
pub(crate) fn is_bio(line: &Line<'_>, authors: &[Author]) -> bool {
    let text = line.text;
    // An author who asks or is quoted speaks in the story: "Ada Roe: Why piers?"
    let first = text.bytes().next().map(|b| b.to_ascii_lowercase());
    let opens = |author: &Author| {
        author.name().first_byte().map(|b| b.to_ascii_lowercase()) == first && {
            let name = author.name().as_str();
            text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
                && text[name.len()..].starts_with([' ', ',', '\'', '’'])
        }
    };
    if authors.iter().any(opens) && !text.contains(['“', '”', '"']) {
        return true;
    }
    // Without a byline: "Ada Roe is a reporter at the Gazette."
    let second = second_word(text);
    let particle = || PARTICLES.may_hold(second) && lexicon::class(second).any(Class::PARTICLE);
    if !second.starts_with(char::is_uppercase) && !particle() {
        return false;
    }
    let mut words = text.split_whitespace();
    let name = words.by_ref().take_while(|w| !w.eq_ignore_ascii_case("is")).take(6);
    let (mut count, mut capitals) = (0, true);
    for word in name {
        count += 1;
        capitals &= word.starts_with(char::is_uppercase) || lexicon::class(word).any(Class::PARTICLE);
    }
    (2..=4).contains(&count)
        && capitals
        && words.next().is_some_and(|w| ["a", "an", "the"].iter().any(|a| w.eq_ignore_ascii_case(a)))
        && {
            let mut roles = words.take(8).map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()));
            roles.any(|w| lexicon::class(w).any(Class::PRESS))
        }
}

/// Returns the second word of a line; nothing where there is none.
fn second_word(text: &str) -> &str {
    let bytes = text.as_bytes();
    let word = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_graphic()).count();
    let first = word(0);
    if first > 0 && bytes.get(first) == Some(&b' ') {
        let second = word(first + 1);
        // What is not plain ASCII may be white space too.
        if second > 0 && matches!(bytes.get(first + 1 + second), None | Some(b' ')) {
            return &text[first + 1..first + 1 + second];
        }
    }
    text.split_whitespace().nth(1).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block;
    use crate::frame::byline::Byline;

    fn line(text: &str) -> Line<'_> {
        Line::new(text, &block::split(text)[0])
    }

    #[test]
    fn subheads() {
        for text in [
            "The mood at the market",
            "By the numbers",
            "“We write with urgency”",
            "## What now?",
            "RISK REMAINS",
        ] {
            assert_eq!(kind(&line(text), false), BlockKind::Subhead, "{text:?}");
        }
    }

    #[test]
    fn story() {
        for text in [
            "The lift is stuck again.",
            "HALE: This is the pier.",
            "Who shops at five in the morning?",
            "“Rain on the blind man",
            "Rain on the mill,",
            "“You cannot shear with a tablet” — Ian Poole, farmer",
            "“You cannot shear with a tablet”, Roe said",
            "• “Ready” – Ada Roe, florist",
            "and then the rain came",
            "— Ada Roe",
        ] {
            assert_eq!(kind(&line(text), false), BlockKind::Paragraph, "{text:?}");
        }
        assert_eq!(kind(&line("Two loaves of bread"), true), BlockKind::Paragraph);
    }

    #[test]
    fn bios() {
        let byline: Byline = "By Ada Roe".parse().unwrap();
        for text in [
            "Ada Roe covers farming for the Gazette.",
            "ADA ROE IS OUR POLITICAL EDITOR",
            "Sam Orr is a staff writer at the Gazette.",
        ] {
            assert!(is_bio(&line(text), byline.authors()), "{text:?}");
        }
        for text in
            ["The pier is a wreck, said the writer.", "Sam Orr is a fisherman.", "Nobody is the editor now."]
        {
            assert!(!is_bio(&line(text), byline.authors()), "{text:?}");
        }
    }
}
