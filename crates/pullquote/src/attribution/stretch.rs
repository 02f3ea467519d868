//! `Stretch`: the tokens of a block (or of the inside of a quotation) with each quotation folded into one item.
//!
//! The grammar reads items, so that `“…,” said Feld` is one quotation followed by words, however long the
//! quotation is.

use alloc::vec::Vec;
use core::ops::Range;

use crate::lex::story::Story;
use crate::lex::token::{Token, TokenKind};
use crate::lexicon::Class;
use crate::quotation::Quotation;
use crate::span::Span;

/// One item: a token, or a whole quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Item {
    /// The place of a token in the story.
    Token(u32),
    /// The place of a quotation in the article, and its first and last-plus-one token.
    Quotation(u32, u32, u32),
}

/// How far a sentence is followed to each side, in items; the longest in news have about 120. The bound keeps
/// time linear in text without full stops.
const LONGEST_SENTENCE: usize = 200;

/// Holds the items of one stretch and where its sentences start.
pub(crate) struct Stretch<'a> {
    pub(crate) text: &'a str,
    pub(crate) story: &'a Story,
    pub(crate) quotations: &'a [Quotation],
    pub(crate) items: Vec<Item>,
    /// For each item, whether a sentence starts with it.
    starts: Vec<bool>,
}

impl<'a> Stretch<'a> {
    /// Folds `tokens` by the quotations of depth `depth` among `places`, which are in order.
    pub(crate) fn new(
        text: &'a str,
        story: &'a Story,
        quotations: &'a [Quotation],
        tokens: Range<usize>,
        places: Range<usize>,
        depth: u8,
    ) -> Stretch<'a> {
        let mut items = Vec::with_capacity(tokens.len());
        let mut starts = Vec::with_capacity(tokens.len());
        let all = &story.tokens.tokens;
        let mut i = tokens.start;
        let mut fresh = true;
        let mut inner = places.filter(|&p| quotations[p].depth == depth).peekable();
        while i < tokens.end {
            let at = all[i].span.start();
            while inner.peek().is_some_and(|&p| quotations[p].span.end() <= at) {
                inner.next();
            }
            let item = match inner.peek() {
                Some(&p) if quotations[p].span.start() <= at => {
                    let end = quotations[p].span.end();
                    let len = all[i..tokens.end].partition_point(|t| t.span.start() < end).max(1);
                    Item::Quotation(place(p), place(i), place(i + len))
                }
                _ => Item::Token(place(i)),
            };
            items.push(item);
            starts.push(fresh);
            let next = match item {
                Item::Token(_) => i + 1,
                Item::Quotation(_, _, end) => end as usize,
            };
            fresh = ends_sentence(all, item, i, next, tokens.end);
            i = next;
        }
        Stretch { text, story, quotations, items, starts }
    }

    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }

    pub(crate) fn token(&self, item: usize) -> Option<&'a Token> {
        match self.items.get(item)? {
            Item::Token(t) => Some(&self.story.tokens.tokens[*t as usize]),
            Item::Quotation(..) => None,
        }
    }

    /// The quotation that is item `item`.
    pub(crate) fn quotation(&self, item: usize) -> Option<usize> {
        match self.items.get(item)? {
            Item::Quotation(place, ..) => Some(*place as usize),
            Item::Token(_) => None,
        }
    }

    pub(crate) fn tokens_of(&self, item: usize) -> Range<usize> {
        match self.items[item] {
            Item::Token(t) => t as usize..t as usize + 1,
            Item::Quotation(_, from, to) => from as usize..to as usize,
        }
    }

    pub(crate) fn is(&self, item: usize, class: Class) -> bool {
        self.token(item).is_some_and(|t| t.is(class))
    }

    pub(crate) fn kind(&self, item: usize) -> Option<TokenKind> {
        self.token(item).map(|t| t.kind)
    }

    pub(crate) fn word(&self, item: usize) -> &'a str {
        self.token(item).map_or("", |t| t.span.of(self.text))
    }

    /// Tells whether item `item` is this word, in lower case.
    pub(crate) fn is_word(&self, item: usize, word: &str) -> bool {
        self.word(item).eq_ignore_ascii_case(word)
    }

    /// Whether item `item` is a possessive ’s or a plural’s ’ right behind its word.
    pub(crate) fn is_clitic(&self, item: usize) -> bool {
        let word = self.word(item);
        let glued = self.token(item).is_some_and(|t| !t.spaced && (t.is_word() || t.is_mark()));
        glued && word.len() <= 4 && !word.starts_with(char::is_alphanumeric)
    }

    pub(crate) fn starts_sentence(&self, item: usize) -> bool {
        self.starts.get(item).copied().unwrap_or(true)
    }

    /// The items of the sentence that holds `item`; of a sentence without end, what is near `item`.
    pub(crate) fn sentence(&self, item: usize) -> Range<usize> {
        let floor = item.saturating_sub(LONGEST_SENTENCE);
        let mut from = item;
        while from > floor && !self.starts_sentence(from) {
            from -= 1;
        }
        let ceiling = self.len().min(item + LONGEST_SENTENCE);
        let mut to = item + 1;
        while to < ceiling && !self.starts_sentence(to) {
            to += 1;
        }
        from..to
    }

    /// The span from the first to the last of the items.
    pub(crate) fn span(&self, items: Range<usize>) -> Span {
        if items.is_empty() || items.end > self.len() {
            return Span::default();
        }
        let item_span = |i: usize| match self.items[i] {
            Item::Token(t) => self.story.tokens.tokens[t as usize].span,
            Item::Quotation(p, ..) => self.quotations[p as usize].span,
        };
        item_span(items.start).cover(item_span(items.end - 1))
    }

    /// The last token inside the quotation at `item` that is no closing mark.
    pub(crate) fn last_inside(&self, item: usize) -> Option<&'a Token> {
        let range = self.tokens_of(item);
        self.story.tokens.tokens[range].iter().rev().find(|t| !t.is_mark())
    }

    /// The first token inside the quotation at `item` that is no opening mark.
    pub(crate) fn first_inside(&self, item: usize) -> Option<&'a Token> {
        let range = self.tokens_of(item);
        self.story.tokens.tokens[range].iter().find(|t| !t.is_mark())
    }
}

fn place(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Whether a sentence ends after `item`, which covers the tokens `from..to`.
fn ends_sentence(all: &[Token], item: Item, from: usize, to: usize, end: usize) -> bool {
    let Some(next) = all[..end].get(to) else { return true };
    match item {
        Item::Token(_) => {
            let tokens = &all[..end];
            match crate::lex::sentence::end_after(tokens, from) {
                Some(start) => start == to,
                // A closing bracket or a stray mark after the stop: the sentence ended one token before.
                None => {
                    from > 0
                        && (all[from].is_mark() || all[from].kind == TokenKind::Close)
                        && crate::lex::sentence::end_after(tokens, from - 1) == Some(to)
                }
            }
        }
        Item::Quotation(..) => {
            // “We are late.” The guard left. A question or a cry may be followed by its tag: “Who?” Roe asked.
            let stop = all[from..to].iter().rev().find(|t| !t.is_mark());
            let ends = stop.is_some_and(|t| t.kind == TokenKind::Stop);
            ends && next.spaced && (next.is_capital() || next.is_mark() || next.kind == TokenKind::Number)
        }
    }
}
