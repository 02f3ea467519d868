//! `Story`: the tokens of every block that can hold quotes, block by block, sentence by sentence.

use alloc::vec::Vec;
use core::ops::Range;

use crate::block::{Block, BlockKind};
use crate::lex::glyph::Glyph;
use crate::lex::scan;
use crate::lex::sentence;
use crate::lex::token::{Case, Token, TokenKind, Tokens};
use crate::lexicon::terms;
use crate::span::Span;

/// Holds the tokens of one block.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Region {
    /// Its place in the article's blocks.
    pub(crate) block: u32,
    pub(crate) kind: BlockKind,
    pub(crate) span: Span,
    /// How many dividers stand before it: blocks that differ in this are parted by one.
    pub(crate) dividers: u32,
    tokens: (u32, u32),
    sentences: (u32, u32),
}

impl Region {
    pub(crate) fn tokens(&self) -> Range<usize> {
        self.tokens.0 as usize..self.tokens.1 as usize
    }

    pub(crate) fn sentences(&self) -> Range<usize> {
        self.sentences.0 as usize..self.sentences.1 as usize
    }
}

/// Holds one sentence: its tokens, counted over the whole story.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sentence {
    pub(crate) region: u32,
    tokens: (u32, u32),
}

impl Sentence {
    pub(crate) fn tokens(&self) -> Range<usize> {
        self.tokens.0 as usize..self.tokens.1 as usize
    }
}

/// Holds everything one scan finds.
#[derive(Debug, Default)]
pub(crate) struct Story {
    pub(crate) tokens: Tokens,
    pub(crate) regions: Vec<Region>,
    pub(crate) sentences: Vec<Sentence>,
    /// The tokens that a sentence starts with as the grammar reads it, see [`sentence::starts_behind`]; those that
    /// blocks start with are left out.
    pub(crate) openings: Vec<u32>,
    /// The place in `regions` of each block; `None` for blocks that are not read.
    pub(crate) region_of_block: Vec<Option<u32>>,
}

/// Tells whether a block of this kind can hold quotes.
fn is_read(kind: BlockKind) -> bool {
    matches!(
        kind,
        BlockKind::Headline | BlockKind::Dek | BlockKind::Paragraph | BlockKind::Subhead | BlockKind::Caption
    )
}

/// Reads the blocks. Linear in the text.
pub(crate) fn read(text: &str, blocks: &[Block]) -> Story {
    let mut story = Story::default();
    read_into(text, blocks, &mut story);
    story
}

/// Does what [`read`] does, into a story that is cleared first.
pub(crate) fn read_into(text: &str, blocks: &[Block], story: &mut Story) {
    story.tokens.clear();
    story.regions.clear();
    story.sentences.clear();
    story.openings.clear();
    story.region_of_block.clear();
    // News has a token for about every five bytes, a sentence for every hundred, and a mark for every 150.
    story.tokens.tokens.reserve(text.len() / 5);
    story.tokens.marks.reserve(text.len() / 100);
    story.sentences.reserve(text.len() / 80);
    story.openings.reserve(text.len() / 80);
    story.regions.reserve(blocks.len());
    story.region_of_block.reserve(blocks.len());
    let mut dividers = 0;
    for (place, block) in blocks.iter().enumerate() {
        dividers += u32::from(block.kind == BlockKind::Divider);
        if !is_read(block.kind) {
            story.region_of_block.push(None);
            continue;
        }
        story.region_of_block.push(Some(count(story.regions.len())));
        let first = count(story.tokens.tokens.len());
        scan::read(text, block.span, &mut story.tokens);
        let last = count(story.tokens.tokens.len());
        story.regions.push(Region {
            block: count(place),
            kind: block.kind,
            span: block.span,
            dividers,
            tokens: (first, last),
            sentences: (0, 0),
        });
    }
    story.tokens.note();
    for region in 0..story.regions.len() {
        let first = count(story.sentences.len());
        split(story, region);
        story.regions[region].sentences = (first, count(story.sentences.len()));
    }
    story.unstamp(text);
}

/// Splits the tokens of a region into sentences.
fn split(story: &mut Story, region: usize) {
    let Story { tokens: all, regions, sentences, openings, .. } = story;
    let within = regions[region].tokens();
    // What stands behind the block is none of its sentences.
    let tokens = &all.tokens[..within.end];
    let region = count(region);
    let mut start = within.start;
    let closes = |i: usize| tokens.get(i).is_some_and(|t| t.is_mark() || t.kind == TokenKind::Close);
    // The bracket that a block starts with may end the sentence before it.
    if closes(start) && start + 1 < tokens.len() && sentence::starts_behind(tokens, start) {
        openings.push(count(start + 1));
    }
    let mut ends = sentence::Ends::default();
    let mut from = within.start;
    while let Some(i) = all.ends.next(from..within.end) {
        from = i + 1;
        let Some(next) = ends.after(tokens, i) else { continue };
        // Behind a stop of three dots and a bracket, say, the same sentence ends again.
        if i >= start {
            sentences.push(Sentence { region, tokens: (count(start), count(next)) });
            start = next;
        }
        if next < tokens.len() && (next == i + 1 || next == i + 2 && closes(i + 1)) {
            openings.push(count(next));
        }
    }
    if start < tokens.len() {
        sentences.push(Sentence { region, tokens: (count(start), count(tokens.len())) });
    }
}

/// How many tokens at the front of a block are a time stamp: "14:05", "8.22pm:", "10.02 am BST –".
fn stamp(text: &str, tokens: &[Token]) -> usize {
    let word = |i: usize| tokens.get(i).map_or(&[][..], |t| t.span.of(text).as_bytes());
    let (clock, half) = match word(0) {
        [hour, b':' | b'.', tens, ones, half @ ..] => ([b'0', *hour, *tens, *ones], half),
        [ten, hour, b':' | b'.', tens, ones, half @ ..] => ([*ten, *hour, *tens, *ones], half),
        _ => return 0,
    };
    let is_half = |w: &[u8]| {
        matches!(
            w,
            [b'a' | b'p' | b'A' | b'P', b'm' | b'M']
                | [b'a' | b'p', b'.', b'm']
                | [b'a' | b'p', b'.', b'm', b'.']
        )
    };
    let fits = clock.iter().all(u8::is_ascii_digit) && clock[0] < b'3' && clock[2] < b'6';
    if !fits || !(half.is_empty() || is_half(half)) {
        return 0;
    }
    let zone = |t: &Token| t.case == Case::Upper && t.is_in(text, terms::ZONE);
    let parts = |t: &Token| matches!(t.kind, TokenKind::Colon | TokenKind::Dash);
    let mut end = 1 + usize::from(is_half(word(1)));
    end += usize::from(tokens.get(end).is_some_and(zone));
    end + usize::from(tokens.get(end).is_some_and(parts))
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl Story {
    /// Leaves time stamps at the front of blocks out of what is read, if there are several: a live blog.
    fn unstamp(&mut self, text: &str) {
        const LEAST: usize = 2;
        let stamps = |r: &Region| stamp(text, &self.tokens.tokens[r.tokens()]);
        let stamped = |r: &&Region| stamps(r) > 0 && r.kind == BlockKind::Paragraph;
        if self.regions.iter().filter(stamped).take(LEAST).count() < LEAST {
            return;
        }
        for n in 0..self.regions.len() {
            let lead = stamp(text, &self.tokens.tokens[self.regions[n].tokens()]);
            self.skip(n, lead);
        }
    }

    /// Leaves a dateline out of what is read.
    pub(crate) fn skip_dateline(&mut self, line: Span) {
        let n = self.regions.partition_point(|r| r.span.end() <= line.start());
        if let Some(region) = self.regions.get(n) {
            let tokens = &self.tokens.tokens[region.tokens()];
            self.skip(n, tokens.iter().take_while(|t| t.span.end() <= line.end()).count());
        }
    }

    /// Leaves out the first `lead` tokens of region `n`, unless it holds no more.
    fn skip(&mut self, n: usize, lead: usize) {
        let region = &mut self.regions[n];
        if lead == 0 || lead >= region.tokens().len() {
            return;
        }
        region.tokens.0 += count(lead);
        let first = region.tokens.0;
        region.span = Span::at(self.tokens.tokens[first as usize].span.start(), region.span.end());
        // A stamp may look like a sentence of its own.
        let ended = |s: &Sentence| s.tokens.1 <= first;
        let sentences = &mut self.sentences[region.sentences()];
        let gone = sentences.iter().take_while(|s| ended(s)).count();
        sentences[gone].tokens.0 = first;
        region.sentences.0 += count(gone);
    }

    /// The marks, in order.
    pub(crate) fn glyphs(&self) -> impl Iterator<Item = Glyph> {
        let tokens = &self.tokens;
        tokens.marks.iter().filter_map(|&i| tokens.tokens.get(i as usize)?.glyph())
    }

    /// The span from the first to the last token of a range that is not empty.
    pub(crate) fn span(&self, range: Range<usize>) -> Span {
        match self.tokens.tokens.get(range) {
            Some([first, .., last]) => first.span.cover(last.span),
            Some([one]) => one.span,
            _ => Span::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block;

    #[test]
    fn sentences() {
        let cases: &[(&str, usize)] = &[
            ("It rained. It snowed.", 2),
            ("Mr. Roe of the U.S. Navy paid $4.5m at 9 a.m. on Monday.", 1),
            ("He left the U.S. The boat stayed.", 2),
            ("“Is it safe?” asked Roe. “It is.”", 2),
            ("“It is safe.” The mayor left.", 2),
            ("He said no (twice). She said yes.", 2),
            ("J. R. Roe met A. Poole. They left.", 2),
            ("We waited... and waited. Then it came!", 2),
            ("It cost 4.5 per cent. Nobody paid", 2),
        ];
        for (text, want) in cases {
            let story = read(text, &block::split(text));
            let got: Vec<&str> = story.sentences.iter().map(|s| story.span(s.tokens()).of(text)).collect();
            assert_eq!(got.len(), *want, "{got:?}");
        }
    }
}
