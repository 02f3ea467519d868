//! Headlines that say who says so: at the end, at the start, or who heard it.
//!
//! Only the forms without marks and verbs of their own; the grammar reads the others.

use core::ops::Range;

use super::Reader;
use crate::attribution::grammar::{Rule, Who};
use crate::attribution::quote::QuoteKind;
use crate::block::BlockKind;
use crate::few::few;
use crate::lex::token::{Case, Token, TokenKind};
use crate::lexicon::{Class, Hash, terms};

/// Who is named by what he is: "– minister", "Police: …".
const SPEAKS: Class = Class::ROLE.or(Class::GROUP);

const FIRST: Class = Class::FIRST_HE.or(Class::FIRST_SHE).or(Class::FIRST_BOTH);

/// Texts that find something out: "– report".
const FINDS: [Hash; 6] = [
    Hash::of("report"),
    Hash::of("study"),
    Hash::of("survey"),
    Hash::of("poll"),
    Hash::of("research"),
    Hash::of("audit"),
];

/// So many tokens at most name who says it.
const LONGEST: usize = 4;

/// So many at least are said.
const LEAST: usize = 4;

/// What a headline says, where its cue stands, who says it, and to whom.
struct Heading {
    content: Range<usize>,
    cue: usize,
    source: Option<Range<usize>>,
    addressee: Option<Range<usize>>,
}

impl Reader<'_> {
    /// Reads the headline.
    pub(super) fn heading(&mut self) {
        let regions = &self.story.regions;
        let Some(r) = regions.iter().position(|g| g.kind == BlockKind::Headline) else { return };
        let range = regions[r].tokens();
        let found = self.credited(range.clone()).or_else(|| self.heard(range.clone()));
        let Some(found) = found.or_else(|| self.labelled(range)) else { return };
        let content = self.span(found.content.clone());
        // ‘I am tired’ – Roe: the grammar's.
        let mut inside = self.quotations.iter().enumerate().filter(|(_, q)| content.overlaps(q.span));
        if inside.clone().any(|(_, q)| q.span == content) {
            return;
        }
        let quotations = inside.by_ref().map(|(n, _)| n).collect();
        let cue = self.tokens()[found.cue].span;
        let source = found.source.map(|s| self.span(s));
        let addressee = found.addressee.map(|a| self.span(a));
        self.claimed[r] = true;
        self.push(few![content], Some(cue), source, Rule::Heading, Who::Source);
        if let Some(raw) = self.out.last_mut() {
            raw.quotations = quotations;
            raw.kind = if raw.quotations.is_empty() { QuoteKind::Indirect } else { QuoteKind::Mixed };
            raw.addressee = addressee;
        }
    }

    /// "Bridge shut for a year – minister", "Bridge beyond repair: Feld": the last dash or colon, and who says so.
    fn credited(&self, range: Range<usize>) -> Option<Heading> {
        let tokens = self.tokens();
        let dash = range.clone().rev().take(LONGEST + 1).find(|&i| {
            let parts = match tokens[i].kind {
                TokenKind::Dash => tokens[i].spaced,
                kind => kind == TokenKind::Colon,
            };
            parts && tokens.get(i + 1).is_some_and(|t| t.spaced)
        })?;
        let source = dash + 1..range.end;
        let last = tokens.get(source.clone())?.last()?;
        let words = tokens[source.clone()].iter().all(Token::is_word);
        let named = source.len() == 1 && (last.case == Case::Upper || self.is_surname(last, range.end));
        let finds = || FINDS.contains(&last.hash);
        let known = named || last.case == Case::Lower && (last.is(SPEAKS.or(Class::BODY)) || finds());
        let outlet = terms::OUTLET.has(self.span(source.clone()).of(self.text));
        let content = range.start..dash;
        (words && known && !outlet && content.len() >= LEAST).then_some(Heading {
            content,
            cue: dash,
            source: Some(source),
            addressee: None,
        })
    }

    /// "Brakes were worn, inquest hears", "Brakes ‘worn out’, court told".
    fn heard(&self, range: Range<usize>) -> Option<Heading> {
        let tokens = self.tokens();
        let cue = range.end.checked_sub(1).filter(|&i| i > range.start)?;
        let word = |i: usize| tokens[i].span.of(self.text);
        let comma = (range.start..cue).rev().take(LONGEST).find(|&i| tokens[i].kind == TokenKind::Comma)?;
        let who = comma + 1..cue;
        let hears = matches!(word(cue), "hears" | "told" | "heard") && !who.is_empty();
        let content = range.start..comma;
        (hears && terms::HEARING.has(word(cue - 1)) && content.len() >= LEAST).then_some(Heading {
            content,
            cue,
            source: None,
            addressee: Some(who),
        })
    }

    /// "Police: Bridge was shut too late": a label for who speaks, by office or trade.
    fn labelled(&self, range: Range<usize>) -> Option<Heading> {
        let tokens = self.tokens();
        let colon = range.clone().take(LONGEST).find(|&i| tokens[i].kind == TokenKind::Colon)?;
        let source = range.start..colon;
        let last = tokens[source.clone()].last()?;
        let words = tokens[source.clone()].iter().all(Token::is_word);
        let content = colon + 1..range.end;
        let asks = tokens[range.end - 1].span.of(self.text).ends_with('?');
        let marked = tokens.get(content.start).is_some_and(Token::is_mark);
        let first = &tokens[range.start];
        // "Nora Feld: I swam for an hour"
        let own = || tokens[content.clone()].iter().any(|t| t.is(Class::PRONOUN_FIRST));
        let role = match source.len() {
            1 => last.is(SPEAKS) && !last.is(FIRST),
            _ => last.is(SPEAKS) && last.case == Case::Lower || first.is(FIRST) && last.is_capital() && own(),
        };
        (words && role && !asks && !marked && content.len() >= LEAST).then_some(Heading {
            content,
            cue: colon,
            source: Some(source),
            addressee: None,
        })
    }

    /// Whether a word is the last one of a name that stands in the story, behind a first name or an office: "Nora Feld",
    /// "minister Odhran Feld".
    fn is_surname(&self, word: &Token, from: usize) -> bool {
        let tokens = &self.tokens()[from..];
        let again = |i: usize| tokens[i].hash == word.hash && tokens[i].is_capital();
        let named = |i: usize| {
            let before = |n: usize| i.checked_sub(n).map(|i| &tokens[i]);
            before(1).is_some_and(|first| {
                first.is_capital()
                    && (first.is(FIRST.or(SPEAKS)) || before(2).is_some_and(|office| office.is(Class::ROLE)))
            })
        };
        word.case == Case::Capital && (0..tokens.len()).any(|i| again(i) && named(i))
    }
}
