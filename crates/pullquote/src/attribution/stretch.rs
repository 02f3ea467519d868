//! `Stretch`: the tokens of a block (or of the inside of a quotation) with each quotation folded into one item.
//!
//! The grammar reads items, so that `“…,” said Feld` is one quotation followed by words, however long the
//! quotation is.

use alloc::vec::Vec;
use core::ops::Range;

use crate::lex::places::Places;
use crate::lex::sentence;
use crate::lex::story::Story;
use crate::lex::token::{Token, TokenKind};
use crate::lexicon::Class;
use crate::lexicon::terms::Phrases;
use crate::quotation::Quotation;
use crate::span::Span;

/// How far a sentence is followed to each side, in items; the longest in news have about 120. The bound keeps
/// time linear in text without full stops.
const LONGEST_SENTENCE: usize = 200;

/// The bit of an item that is a quotation; the others are its place in [`Items::folds`], or that of a token.
const FOLDED: u32 = 1 << 31;

/// A quotation that is one item.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fold {
    pub(crate) item: u32,
    /// Its place in the article.
    pub(crate) quotation: u32,
    tokens: (u32, u32),
}

impl Fold {
    fn tokens(&self) -> Range<usize> {
        self.tokens.0 as usize..self.tokens.1 as usize
    }
}

/// Holds the items of a stretch; kept from one block to the next.
#[derive(Debug, Default)]
pub(crate) struct Items {
    items: Vec<u32>,
    folds: Vec<Fold>,
    /// A bit for each item that a sentence starts with.
    starts: Vec<u64>,
}

impl Items {
    fn start_at(&mut self, item: usize) {
        if let Some(starts) = self.starts.get_mut(item / 64) {
            *starts |= 1 << (item % 64);
        }
    }
}

/// Holds the items of one stretch and where its sentences start.
pub(crate) struct Stretch<'a> {
    pub(crate) text: &'a str,
    pub(crate) story: &'a Story,
    pub(crate) quotations: &'a [Quotation],
    tokens: &'a [Token],
    items: Items,
}

impl<'a> Stretch<'a> {
    /// Folds any `tokens` by the quotations of depth `depth` among `places`, which are in order.
    pub(crate) fn new(
        text: &'a str,
        story: &'a Story,
        quotations: &'a [Quotation],
        tokens: Range<usize>,
        places: Range<usize>,
        depth: u8,
    ) -> Stretch<'a> {
        Stretch::of_tokens(text, story, quotations, tokens, places, depth, Items::default())
    }

    /// Does what [`Stretch::new`] does, into `items`.
    pub(crate) fn of_tokens(
        text: &'a str,
        story: &'a Story,
        quotations: &'a [Quotation],
        tokens: Range<usize>,
        places: Range<usize>,
        depth: u8,
        items: Items,
    ) -> Stretch<'a> {
        let mut stretch = Stretch { text, story, quotations, tokens: &story.tokens.tokens, items };
        stretch.fold(tokens.clone(), places, depth);
        let tokens = &story.tokens.tokens[..tokens.end];
        for item in 1..stretch.len() {
            if let Some(Item::Token(before)) = stretch.item(item - 1)
                && sentence::starts_behind(tokens, before)
            {
                stretch.items.start_at(item);
            }
        }
        stretch
    }

    /// Folds the `tokens` of one block or of several, as [`Stretch::new`] does, into `items`.
    pub(crate) fn of_blocks(
        text: &'a str,
        story: &'a Story,
        quotations: &'a [Quotation],
        tokens: Range<usize>,
        places: Range<usize>,
        items: Items,
    ) -> Stretch<'a> {
        let mut stretch = Stretch { text, story, quotations, tokens: &story.tokens.tokens, items };
        stretch.fold(tokens.clone(), places, 0);
        // The story knows where sentences start, quotations aside.
        let first = story.openings.partition_point(|&t| t as usize <= tokens.start);
        let openings = story.openings[first..].iter().map(|&t| t as usize).take_while(|t| *t < tokens.end);
        let (mut folded, mut next) = (0, 0);
        for token in openings {
            while let Some(fold) = stretch.items.folds.get(next).filter(|f| f.tokens().end <= token) {
                folded += fold.tokens().len() - 1;
                next += 1;
            }
            let behind = next.checked_sub(1).map(|f| stretch.items.folds[f].tokens().end) == Some(token);
            let inside = stretch.items.folds.get(next).is_some_and(|f| f.tokens().start < token);
            if !behind && !inside {
                stretch.items.start_at(token - tokens.start - folded);
            }
        }
        stretch
    }

    /// Gives the memory of the items back.
    pub(crate) fn into_items(self) -> Items {
        self.items
    }

    /// Makes the items, and notes the sentences that start at the first one and right behind quotations.
    fn fold(&mut self, tokens: Range<usize>, places: Range<usize>, depth: u8) {
        let all = self.tokens;
        let Items { items, folds, starts } = &mut self.items;
        items.clear();
        folds.clear();
        starts.clear();
        // A text of so many tokens is read without any quotes.
        if tokens.is_empty() || all.len() >= FOLDED as usize {
            return;
        }
        starts.resize(tokens.len().div_ceil(64), 0);
        starts[0] = 1;
        let mut at = tokens.start;
        for q in places.filter(|&p| self.quotations[p].depth == depth) {
            let span = self.quotations[q].span;
            let within = self.story.tokens.within(span);
            let (from, end) = (within.start.clamp(at, tokens.end), within.end.clamp(at, tokens.end));
            if from == end {
                continue;
            }
            items.extend(place(at)..place(from));
            let item = items.len();
            items.push(FOLDED | place(folds.len()));
            at = end;
            folds.push(Fold { item: place(item), quotation: place(q), tokens: (place(from), place(at)) });
            let next = (item + 1) / 64;
            if at < tokens.end && starts_behind(&all[from..at], &all[at]) {
                starts[next] |= 1 << ((item + 1) % 64);
            }
        }
        items.extend(place(at)..place(tokens.end));
    }

    pub(crate) fn len(&self) -> usize {
        self.items.items.len()
    }

    /// The quotations that are items, in order.
    pub(crate) fn folds(&self) -> &[Fold] {
        &self.items.folds
    }

    /// Tells whether a quotation is among some items.
    pub(crate) fn has_quotation(&self, items: Range<usize>) -> bool {
        let folds = &self.items.folds;
        let first = folds.partition_point(|f| (f.item as usize) < items.start);
        folds.get(first).is_some_and(|f| (f.item as usize) < items.end)
    }

    fn item(&self, item: usize) -> Option<Item<'_>> {
        let &at = self.items.items.get(item)?;
        if at & FOLDED == 0 {
            return Some(Item::Token(at as usize));
        }
        self.items.folds.get((at & !FOLDED) as usize).map(Item::Quotation)
    }

    pub(crate) fn token(&self, item: usize) -> Option<&'a Token> {
        let &at = self.items.items.get(item)?;
        // The place of a quotation is past the last token.
        self.tokens.get(at as usize)
    }

    /// The first item from `from` on that is one of some tokens.
    pub(crate) fn next_of(&self, tokens: &Places, from: usize) -> Option<usize> {
        let Items { items, folds, .. } = &self.items;
        let passed = folds.partition_point(|f| (f.item as usize) < from);
        let mut from = from;
        // Between two quotations, items stand side by side as their tokens do.
        for end in folds[passed..].iter().map(|f| f.item as usize).chain([items.len()]) {
            let first = *items.get(from)? as usize;
            if from < end
                && let Some(token) = tokens.next(first..first + (end - from))
            {
                return Some(from + (token - first));
            }
            from = end + 1;
        }
        None
    }

    /// The quotation that is item `item`.
    pub(crate) fn quotation(&self, item: usize) -> Option<usize> {
        match self.item(item)? {
            Item::Quotation(fold) => Some(fold.quotation as usize),
            Item::Token(_) => None,
        }
    }

    pub(crate) fn tokens_of(&self, item: usize) -> Range<usize> {
        match self.item(item) {
            Some(Item::Token(t)) => t..t + 1,
            Some(Item::Quotation(fold)) => fold.tokens(),
            None => 0..0,
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

    /// The text of an item that is a token, to be compared with words: cheaper than [`Stretch::word`].
    pub(crate) fn bytes(&self, item: usize) -> &'a [u8] {
        self.token(item).map_or(&[], |t| t.bytes(self.text))
    }

    /// Tells whether item `item` is this word, in lower case.
    pub(crate) fn is_word(&self, item: usize, word: &str) -> bool {
        // Most words have another length.
        self.token(item).is_some_and(|t| {
            t.span.len() == word.len() && t.bytes(self.text).eq_ignore_ascii_case(word.as_bytes())
        })
    }

    /// Tells whether item `item` is a word that ends with these letters.
    pub(crate) fn ends_with(&self, item: usize, end: &str) -> bool {
        self.token(item).is_some_and(|t| t.ends_with(self.text, end))
    }

    /// Tells whether item `item` is a word of a list of phrases.
    pub(crate) fn is_in(&self, item: usize, list: Phrases) -> bool {
        self.token(item).is_some_and(|t| t.is_in(self.text, list))
    }

    /// Whether item `item` is a possessive ’s or a plural’s ’ right behind its word.
    pub(crate) fn is_clitic(&self, item: usize) -> bool {
        let word = self.word(item);
        let glued = self.token(item).is_some_and(|t| !t.spaced && (t.is_word() || t.is_mark()));
        glued && word.len() <= 4 && !word.starts_with(char::is_alphanumeric)
    }

    pub(crate) fn starts_sentence(&self, item: usize) -> bool {
        item >= self.len() || self.items.starts[item / 64] >> (item % 64) & 1 != 0
    }

    /// The items of the sentence that holds `item`; of a sentence without end, what is near `item`.
    pub(crate) fn sentence(&self, item: usize) -> Range<usize> {
        let floor = item.saturating_sub(LONGEST_SENTENCE);
        let ceiling = self.len().min(item + LONGEST_SENTENCE);
        if item >= self.len() {
            return item..item + 1;
        }
        let starts = &self.items.starts;
        let mut word = item / 64;
        let mut bits = starts[word] << (63 - item % 64);
        let mut at = item;
        while bits == 0 && word > 0 && word * 64 > floor {
            at = word * 64 - 1;
            word -= 1;
            bits = starts[word];
        }
        let from = at.saturating_sub(bits.leading_zeros() as usize).max(floor);
        let mut at = item + 1;
        let mut bits = starts.get(at / 64).map_or(0, |w| w >> (at % 64));
        while bits == 0 && at < ceiling {
            at = (at / 64 + 1) * 64;
            bits = starts.get(at / 64).copied().unwrap_or(0);
        }
        let to = (at + bits.trailing_zeros() as usize).min(ceiling).max(item + 1);
        from..to
    }

    /// The span from the first to the last of the items.
    pub(crate) fn span(&self, items: Range<usize>) -> Span {
        if items.is_empty() || items.end > self.len() {
            return Span::default();
        }
        let item_span = |i: usize| match self.item(i) {
            Some(Item::Token(t)) => self.tokens[t].span,
            Some(Item::Quotation(fold)) => self.quotations[fold.quotation as usize].span,
            None => Span::default(),
        };
        item_span(items.start).cover(item_span(items.end - 1))
    }

    /// The last token inside the quotation at `item` that is no closing mark.
    pub(crate) fn last_inside(&self, item: usize) -> Option<&'a Token> {
        let range = self.tokens_of(item);
        self.tokens[range].iter().rev().find(|t| !t.is_mark())
    }

    /// The first token inside the quotation at `item` that is no opening mark.
    pub(crate) fn first_inside(&self, item: usize) -> Option<&'a Token> {
        let range = self.tokens_of(item);
        self.tokens[range].iter().find(|t| !t.is_mark())
    }
}

/// One item: a token, or a whole quotation.
enum Item<'a> {
    Token(usize),
    Quotation(&'a Fold),
}

fn place(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Whether a sentence starts with `next`, behind a quotation.
///
/// “We are late.” The guard left. A question or a cry may be followed by its tag: “Who?” Roe asked.
fn starts_behind(quotation: &[Token], next: &Token) -> bool {
    let stop = quotation.iter().rev().find(|t| !t.is_mark());
    let ends = stop.is_some_and(|t| t.kind == TokenKind::Stop);
    ends && next.spaced && (next.is_capital() || next.is_mark() || next.kind == TokenKind::Number)
}
