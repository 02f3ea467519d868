//! What the tagger sees of a text: tokens with the few facts its features are made of.

use alloc::vec::Vec;
use core::ops::Range;

use super::grammar::{Raw, Rule};
use super::label::{self, Label, Role, Side};
use crate::block::BlockKind;
use crate::lex::story::Story;
use crate::lex::token::{self as lex, Case, TokenKind};
use crate::lexicon::{self, Hash};
use crate::quotation::Quotation;
use crate::span::Span;

/// Names where a token stands with regard to quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Place {
    /// In no quotation.
    Outside = 1,
    /// The mark that opens one.
    Open = 2,
    /// Between the marks.
    Inside = 3,
    /// The mark that closes one.
    Close = 4,
}

/// Names the look of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Shape {
    /// `rain`
    Lower = 1,
    /// `Rain`
    Title = 2,
    /// `NATO`
    Upper = 3,
    /// `A`
    Initial = 4,
    /// `McCoy`, `iPhone`
    Mixed = 5,
    /// `42`
    Number = 6,
    /// `42nd`, `B2`
    Coded = 7,
    /// Anything without a letter or a digit.
    Punctuation = 8,
}

/// Holds one token: a word, a number, a mark of punctuation, or a clitic such as `'s`.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
    /// The hash of the word in lower case, every digit read as 0.
    pub word: u32,
    /// The hash of the lemma where the lexicon knows it, else of the word without its ending.
    pub stem: u32,
    /// The hash of the first three bytes in lower case.
    pub prefix: u32,
    /// The hash of the last three bytes in lower case.
    pub suffix: u32,
    /// The word lists it stands in, as bits.
    pub class: u64,
    /// Its look.
    pub shape: Shape,
    /// Its place with regard to quotation marks.
    pub place: Place,
    /// The place in [`Document::quotations`] of the quotation it belongs to, plus one; 0 for none.
    pub quotation: u32,
    /// The part that the grammar takes it for.
    pub reading: Label,
    /// The rule by which the grammar does so, as a number above 0; 0 for none.
    pub rule: u8,
}

/// Holds one outermost quotation: the tokens from mark to mark.
#[derive(Debug, Clone)]
pub struct Marked {
    /// Its tokens, marks included.
    pub tokens: Range<u32>,
    /// Whether a closing mark ends it.
    pub closed: bool,
}

/// Holds one paragraph, or the headline.
#[derive(Debug, Clone)]
pub struct Stretch {
    /// Its tokens.
    pub tokens: Range<u32>,
    /// Its sentences: places in [`Document::sentences`].
    pub sentences: Range<u32>,
    /// Whether it stands over the story instead of in it.
    pub headline: bool,
}

/// Holds a text as the tagger sees it.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// All tokens in order.
    pub tokens: Vec<Token>,
    /// The tokens of each sentence.
    pub sentences: Vec<Range<u32>>,
    /// The paragraphs.
    pub paragraphs: Vec<Stretch>,
    /// The outermost quotations.
    pub quotations: Vec<Marked>,
}

impl Document {
    /// Makes the tagger's view of a story; `grammar` is what the rules found in it. Linear in its tokens.
    pub(crate) fn new(text: &str, story: &Story, quotations: &[Quotation], grammar: &[Raw]) -> Document {
        let mut doc = Document::default();
        doc.tokens.extend(story.tokens.tokens.iter().map(|t| view(text, t)));
        doc.sentences.extend(story.sentences.iter().map(|s| range(s.tokens())));
        doc.paragraphs.extend(story.regions.iter().filter(|r| !r.tokens().is_empty()).map(|r| Stretch {
            tokens: range(r.tokens()),
            sentences: range(r.sentences()),
            headline: r.kind != BlockKind::Paragraph,
        }));
        let mut at = 0;
        for q in quotations.iter().filter(|q| q.depth == 0) {
            let span = q.span();
            at += doc.tokens[at..].partition_point(|t| (t.end as usize) <= span.start());
            let end = at + doc.tokens[at..].partition_point(|t| (t.start as usize) < span.end());
            if at >= end {
                continue;
            }
            let number = place(doc.quotations.len() + 1);
            for token in &mut doc.tokens[at..end] {
                token.place = Place::Inside;
                token.quotation = number;
            }
            if q.open().is_some() {
                doc.tokens[at].place = Place::Open;
            }
            if q.close().is_some() {
                doc.tokens[end - 1].place = Place::Close;
            }
            doc.quotations.push(Marked { tokens: place(at)..place(end), closed: q.close().is_some() });
            at = end;
        }
        doc.read(grammar);
        doc
    }

    /// Notes what the grammar takes each token for. Where parts overlap, a cue counts more than a source, and a
    /// source more than a content.
    fn read(&mut self, grammar: &[Raw]) {
        let mut paint = |span: Span, role: Role, side: Side, rule: Rule| {
            let first = self.tokens.partition_point(|t| (t.end as usize) <= span.start());
            let end = first + self.tokens[first..].partition_point(|t| (t.start as usize) < span.end());
            for (n, token) in self.tokens[first..end].iter_mut().enumerate() {
                token.reading = label::label(role, side, n == 0);
                token.rule = rule as u8 + 1;
            }
        };
        let cue = |raw: &Raw| raw.cue.as_ref().and_then(|c| c.spans.first().copied());
        let side = |raw: &Raw, span: Span| match cue(raw) {
            Some(cue) if span.start() < cue.start() => Side::Left,
            _ => Side::Right,
        };
        for raw in grammar.iter().filter(|raw| !raw.nested) {
            raw.content.iter().for_each(|c| paint(*c, Role::Content, side(raw, *c), raw.rule));
        }
        for raw in grammar.iter().filter(|raw| !raw.nested) {
            raw.source.iter().for_each(|s| paint(*s, Role::Source, side(raw, *s), raw.rule));
        }
        for raw in grammar.iter().filter(|raw| !raw.nested) {
            let cues = raw.cue.iter().flat_map(|c| &c.spans);
            cues.for_each(|c| paint(*c, Role::Cue, Side::Left, raw.rule));
        }
    }
}

fn place(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn range(r: Range<usize>) -> Range<u32> {
    place(r.start)..place(r.end)
}

fn view(text: &str, token: &lex::Token) -> Token {
    let bytes = token.span.of(text).as_bytes();
    let fold = |b: &u8| if b.is_ascii_digit() { b'0' } else { *b };
    let hash = |bytes: &[u8]| bytes.iter().fold(Hash::START, |h, b| h.push(fold(b))).0;
    let shape = match (token.kind, token.case) {
        (TokenKind::Word, Case::None | Case::Lower) => Shape::Lower,
        (TokenKind::Word, Case::Capital) => Shape::Title,
        (TokenKind::Word, Case::Upper) => Shape::Upper,
        (TokenKind::Word, Case::Initial) => Shape::Initial,
        (TokenKind::Number, _) if bytes.iter().any(u8::is_ascii_alphabetic) => Shape::Coded,
        (TokenKind::Number, _) => Shape::Number,
        _ => Shape::Punctuation,
    };
    Token {
        start: place(token.span.start()),
        end: place(token.span.end()),
        word: if token.kind == TokenKind::Word { token.hash.0 } else { hash(bytes) },
        stem: stem(bytes, token),
        prefix: hash(&bytes[..bytes.len().min(3)]),
        suffix: hash(&bytes[bytes.len().saturating_sub(3)..]),
        class: token.class.0,
        shape,
        place: Place::Outside,
        quotation: 0,
        reading: label::OUT,
        rule: 0,
    }
}

/// Endings that words of one stem differ by, longest first where one ends another.
const ENDINGS: &[&[u8]] = &[b"ying", b"ied", b"ies", b"ing", b"ed", b"es", b"s", b"e", b"y"];

/// The lemma or, of a word in no list, what is left when a common ending goes: "clarifies", "clarified".
fn stem(bytes: &[u8], token: &lex::Token) -> u32 {
    let hash = |bytes: &[u8]| bytes.iter().fold(Hash::START, |h, b| h.push(*b)).0;
    if token.kind != TokenKind::Word {
        return 0;
    }
    if token.lemma != 0 {
        return hash(lexicon::lemma(token.lemma).as_bytes());
    }
    let fits = |ending: &&&[u8]| {
        bytes.len() >= ending.len() + 3 && bytes[bytes.len() - ending.len()..].eq_ignore_ascii_case(ending)
    };
    let cut = ENDINGS.iter().find(fits).map_or(0, |e| e.len());
    hash(&bytes[..bytes.len() - cut])
}
