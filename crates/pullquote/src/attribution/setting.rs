//! The setting of a quote: to whom, by what channel, and whether it was said at all.
//!
//! One pass over the finished quotes, so that those of the model and those of the grammar are read alike.

use core::ops::Range;

use crate::attribution::cue;
use crate::attribution::quote::{CueClass, Polarity, Quote};
use crate::lex::story::Story;
use crate::lex::token::{Token, TokenKind};
use crate::lexicon::Class;
use crate::span::Span;

/// How far from its cue a medium may stand, in tokens.
const REACH: usize = 14;
/// The longest phrase for a medium or an addressee, in tokens.
const LONGEST: usize = 6;
/// Prepositions before a medium: "in a statement", "on Twitter", "at a news conference".
const BEFORE_MEDIUM: &[&str] = &["in", "on", "at", "during", "via", "by", "through", "over"];

/// Fills in what stands around the cue of each quote. Linear in the quotes: every look-around is bounded.
pub(crate) fn read(text: &str, story: &Story, quotes: &mut [Quote]) {
    for quote in quotes {
        let Some(cue) = &quote.cue else { continue };
        let (Some(first), Some(last)) = (cue.spans().first(), cue.spans().last()) else { continue };
        let all = &story.tokens.tokens;
        let start = story.tokens.at(first.start());
        let end = story.tokens.at(last.end());
        let place = story.sentences.partition_point(|s| s.tokens().end <= start);
        let Some(sentence) = story.sentences.get(place).map(|s| s.tokens()) else { continue };
        let setting = Setting { text, all, sentence, cue: start..end.max(start + 1) };
        if quote.addressee().is_empty()
            && let Some(span) = setting.addressee(quote).or_else(|| setting.occasion(quote))
        {
            quote.addressee.push(span);
        }
        if let Some(span) = setting.medium(quote) {
            quote.medium.push(span);
        }
        if quote.polarity == Polarity::Asserted {
            quote.polarity = setting.polarity();
        }
    }
}

const OBJECT_PRONOUNS: Class = Class::PRONOUN_HE
    .or(Class::PRONOUN_SHE)
    .or(Class::PRONOUN_THEY)
    .or(Class::PRONOUN_IT)
    .or(Class::PRONOUN_FIRST)
    .or(Class::PRONOUN_SECOND);

struct Setting<'a> {
    text: &'a str,
    all: &'a [Token],
    sentence: Range<usize>,
    cue: Range<usize>,
}

impl Setting<'_> {
    fn word(&self, i: usize) -> &str {
        self.all[i].span.of(self.text)
    }

    fn span(&self, items: Range<usize>) -> Span {
        self.all[items.start].span.cover(self.all[items.end - 1].span)
    }

    /// "told *the Courier*", "said to *Boyd*": what stands right behind the cue and is no content.
    fn addressee(&self, quote: &Quote) -> Option<Span> {
        let to = self.cue.end < self.sentence.end && self.word(self.cue.end).eq_ignore_ascii_case("to");
        let told = quote.cue.as_ref().is_some_and(|c| c.class() == CueClass::Tell);
        if !to && !told {
            return None;
        }
        let from = self.cue.end + usize::from(to);
        let limit = self.sentence.end.min(from + LONGEST + 1);
        let end = (from..limit).find(|&i| self.ends_phrase(i, from, quote)).unwrap_or(limit);
        let span = (from < end && end - from <= LONGEST).then(|| self.span(from..end))?;
        let named = (from..end).any(|i| !self.all[i].is(Class::DETERMINER.or(Class::ADVERB)));
        let free = !quote.source().iter().any(|s| s.overlaps(span));
        // "promised to sell": a bare word in lower case behind "to" is a verb.
        let opens = Class::DETERMINER.or(Class::POSSESSIVE).or(Class::GROUP).or(OBJECT_PRONOUNS);
        let verb = to && !self.all[from].is_capital() && !self.all[from].is(opens);
        (named && free && !verb).then_some(span)
    }

    /// "Speaking to *Radio Pell*, Roe said …", "In an interview with *the Bell*, Roe said …"
    fn occasion(&self, quote: &Quote) -> Option<Span> {
        let first = self.sentence.start;
        let word = |i: usize| if i < self.cue.start { self.word(i) } else { "" };
        let from = match word(first) {
            "Speaking" | "Talking" if matches!(word(first + 1), "to" | "with") => first + 2,
            "In" => (first + 2..first + LONGEST).find(|&i| matches!(word(i), "with" | "to"))? + 1,
            _ => return None,
        };
        let held = (first + 1..from).any(|i| matches!(word(i), "interview" | "to" | "with" | "conversation"));
        let limit = self.cue.start.min(from + LONGEST + 1);
        let end = (from..limit).find(|&i| self.ends_phrase(i, from, quote) || self.is_verb(i))?;
        let span = (held && from < end).then(|| self.span(from..end))?;
        let interview = word(from - 1) == "to" || (first..from).any(|i| word(i) == "interview");
        (interview && !quote.source().iter().any(|s| s.overlaps(span))).then_some(span)
    }

    /// "the Bell *published* on Friday": a word in lower case that ends in "-ed".
    fn is_verb(&self, i: usize) -> bool {
        !self.all[i].is_capital() && self.word(i).ends_with("ed")
    }

    /// Whether the phrase that starts at `from` ends before token `i`.
    fn ends_phrase(&self, i: usize, from: usize, quote: &Quote) -> bool {
        let token = &self.all[i];
        let inside = quote.content().iter().any(|c| c.overlaps(token.span));
        let joins = Class::PREPOSITION.or(Class::CONJUNCTION).or(Class::WH_WORD).or(Class::WEEKDAY);
        let that = i > from && self.word(i).eq_ignore_ascii_case("that");
        inside || that || token.kind != TokenKind::Word || token.is(joins)
    }

    /// "in a statement": within the cue, as the model reads it, behind it or before it.
    fn medium(&self, quote: &Quote) -> Option<Span> {
        let behind = self.cue.start..self.sentence.end.min(self.cue.end + REACH);
        let before = self.sentence.start.max(self.cue.start.saturating_sub(REACH))..self.cue.start;
        self.medium_among(behind, quote).or_else(|| self.medium_among(before.rev(), quote))
    }

    /// The first medium whose noun is one of some tokens.
    fn medium_among(&self, mut places: impl Iterator<Item = usize>, quote: &Quote) -> Option<Span> {
        places.find_map(|i| {
            let token = &self.all[i];
            if !token.is(Class::MEDIUM) || token.kind != TokenKind::Word {
                return None;
            }
            if token.span.len() == 1 && !token.is_capital() {
                return None;
            }
            let from = self.preposition(i)?;
            // "in a phone interview"
            let end = (i + 1..self.sentence.end).find(|&k| !self.all[k].is(Class::MEDIUM)).unwrap_or(i + 1);
            let span = self.span(from..end);
            let taken = quote.content().iter().chain(quote.source()).any(|s| s.overlaps(span));
            (!taken).then_some(span)
        })
    }

    /// The preposition of the phrase whose noun is token `i`.
    fn preposition(&self, i: usize) -> Option<usize> {
        let floor = self.sentence.start.max(i.saturating_sub(LONGEST));
        for k in (floor..i).rev() {
            let token = &self.all[k];
            if BEFORE_MEDIUM.iter().any(|w| self.word(k).eq_ignore_ascii_case(w)) {
                return Some(k);
            }
            let breaks = Class::PREPOSITION.or(Class::CONJUNCTION).or(Class::AUXILIARY);
            if !matches!(token.kind, TokenKind::Word | TokenKind::Number) || token.is(breaks) {
                return None;
            }
        }
        None
    }

    /// "has not | said", "would | say": auxiliaries that the cue span left out.
    fn polarity(&self) -> Polarity {
        let floor = self.sentence.start.max(self.cue.start.saturating_sub(LONGEST));
        let mut polarity = Polarity::Asserted;
        // "If Roe says no, we stop."
        let lead = self.sentence.start..self.cue.start;
        let open = lead.clone().all(|i| self.all[i].kind != TokenKind::Comma);
        if open && !lead.is_empty() && matches!(self.word(lead.start), "If" | "Unless") {
            polarity = Polarity::Irrealis;
        }
        let group = Class::AUXILIARY.or(Class::NEGATION).or(Class::ADVERB);
        for i in (floor..self.cue.start).rev().take_while(|&i| self.all[i].is(group)) {
            if self.all[i].is(Class::NEGATION) {
                return Polarity::Negated;
            }
            if cue::is_irrealis(self.word(i)) {
                polarity = Polarity::Irrealis;
            }
        }
        polarity
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    #[test]
    fn media_and_addressees() {
        let cases = [
            ("“The pier is shut,” Ada Roe said in a statement.", "in a statement", ""),
            ("“The pier is shut,” Ada Roe wrote on Twitter.", "on Twitter", ""),
            ("Ada Roe said at a news conference that the pier was shut.", "at a news conference", ""),
            ("In an interview on Monday, Ada Roe said: “The pier is shut.”", "In an interview", ""),
            ("“The pier is shut,” Ada Roe told the Gazette.", "", "the Gazette"),
            ("“The pier is shut,” Ada Roe said.", "", ""),
            ("“The pier is shut,” Ada Roe said in a phone interview.", "in a phone interview", ""),
            ("“The pier is shut,” Ada Roe said to her deputy.", "", "her deputy"),
            ("Ada Roe promised to mend the pier.", "", ""),
        ];
        for (text, medium, addressee) in cases {
            let article = crate::parse(text);
            let quote = &article.quotes()[0];
            let words = |spans: &[crate::Span]| spans.first().map_or("", |s| s.of(text)).trim();
            let got = (String::from(words(quote.medium())), String::from(words(quote.addressee())));
            assert_eq!(got, (medium.into(), addressee.into()), "{text}");
        }
    }
}
