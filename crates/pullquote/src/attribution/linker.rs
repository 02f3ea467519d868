//! The linker: parts to attributions. A source or a content goes to the nearest cue on the side that its
//! label claims.
//!
//! The costs are in tokens of distance: they say how much nearer a worse cue must be to win. They were set on
//! jackknifed labels of the training articles.

use alloc::vec;
use alloc::vec::Vec;

use super::label::{self, Part, Role, Side};
use super::sequence::{Document, Place, Shape};
use super::tagger::Found;
use crate::lexicon::{Class, Hash};
use crate::span::Span;

/// Holds one attribution as the model proposes it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Proposal {
    /// What is attributed, in order.
    pub content: Vec<Span>,
    /// The words that attribute.
    pub cue: Vec<Span>,
    /// Who says it; empty where the text does not tell.
    pub source: Vec<Span>,
    /// How sure the model is: by how much its best labelling beats the best one that has another label at one of
    /// the tokens that matter most. In units of the weights; never negative.
    pub margin: u32,
}

/// The cue stands on the other side than the label claims.
const WRONG_SIDE: u32 = 14;
/// The cue stands in another sentence.
const OTHER_SENTENCE: u32 = 10;
/// Another cue stands between.
const CUE_BETWEEN: u32 = 6;
/// The cue has a source already.
const HAS_SOURCE: u32 = 8;
/// The cue stands in the paragraph before or after.
const OTHER_PARAGRAPH: u32 = 40;

struct Placed {
    part: Part,
    sentence: u32,
    paragraph: u32,
}

struct Linker<'d> {
    doc: &'d Document,
    margins: &'d [i32],
    parts: Vec<Placed>,
    /// The places of the cues in `parts`.
    cues: Vec<usize>,
}

/// Joins the parts that `labels` (one a token of `doc`) describe into attributions, in order of their cues.
#[must_use]
pub fn link(doc: &Document, found: &Found) -> Vec<Proposal> {
    let mut linker = Linker { doc, margins: &found.margins, parts: Vec::new(), cues: Vec::new() };
    for (p, stretch) in doc.paragraphs.iter().enumerate() {
        let range = stretch.tokens.start as usize..stretch.tokens.end as usize;
        let mut sentence = stretch.sentences.start;
        for part in label::parts(&found.labels[range], stretch.tokens.start) {
            while sentence + 1 < stretch.sentences.end && doc.sentences[sentence as usize].end <= part.first {
                sentence += 1;
            }
            if part.role == Role::Cue {
                linker.cues.push(linker.parts.len());
            }
            linker.parts.push(Placed { part, sentence, paragraph: u32::try_from(p).unwrap_or(u32::MAX) });
        }
    }
    linker.run()
}

impl Linker<'_> {
    fn run(&self) -> Vec<Proposal> {
        let n = self.cues.len();
        let mut sources: Vec<Vec<usize>> = vec![Vec::new(); n];
        let mut contents: Vec<Vec<usize>> = vec![Vec::new(); n];
        for (i, p) in self.parts.iter().enumerate() {
            if p.part.role == Role::Source {
                if let Some(cue) = self.nearest(p, |c| if sources[c].is_empty() { 0 } else { HAS_SOURCE }) {
                    sources[cue].push(i);
                }
            }
        }
        let mut last: Option<usize> = None;
        for (i, p) in self.parts.iter().enumerate() {
            if p.part.role != Role::Content {
                continue;
            }
            let mut cue = self.nearest(p, |_| 0);
            if self.is_marked_paragraph(p)
                && cue.is_none_or(|c| self.parts[self.cues[c]].paragraph != p.paragraph)
            {
                // A paragraph that is only a quotation goes on with the quote before it.
                let before = last.filter(|c| self.last_paragraph(&contents[*c], *c) + 1 >= p.paragraph);
                cue = before.or(cue);
            }
            if let Some(cue) = cue {
                contents[cue].push(i);
                last = Some(cue);
            }
        }
        for c in 0..n {
            if sources[c].is_empty() && self.shares_source(c) {
                sources[c] = sources[c - 1].clone();
            }
        }
        let span = |i: &usize| self.span(&self.parts[*i].part);
        (0..n)
            .filter(|&c| !contents[c].is_empty())
            .map(|c| Proposal {
                content: contents[c].iter().map(span).collect(),
                cue: vec![span(&self.cues[c])],
                source: sources[c].iter().map(span).collect(),
                margin: self.margin(self.cues[c], &contents[c]),
            })
            .collect()
    }

    fn span(&self, part: &Part) -> Span {
        Span::new(self.doc.tokens[part.first as usize].start, self.doc.tokens[part.end as usize - 1].end)
    }

    /// The least margin of the first tokens of the cue and of the contents, and of their last ones.
    fn margin(&self, cue: usize, contents: &[usize]) -> u32 {
        let parts = core::iter::once(&cue).chain(contents).map(|i| &self.parts[*i].part);
        let tokens = parts.flat_map(|p| [p.first as usize, p.end as usize - 1]);
        let least = tokens.filter_map(|t| self.margins.get(t)).min().copied().unwrap_or(0);
        u32::try_from(least).unwrap_or(0)
    }

    fn last_paragraph(&self, contents: &[usize], cue: usize) -> u32 {
        contents.last().map_or(self.parts[self.cues[cue]].paragraph, |&i| self.parts[i].paragraph)
    }

    fn is_marked_paragraph(&self, p: &Placed) -> bool {
        let range = &self.doc.paragraphs[p.paragraph as usize].tokens;
        let tokens = &self.doc.tokens[range.start as usize..range.end as usize];
        tokens.iter().all(|t| t.place != Place::Outside || t.shape == Shape::Punctuation)
    }

    /// Returns the cheapest cue for a part.
    fn nearest(&self, p: &Placed, extra: impl Fn(usize) -> u32) -> Option<usize> {
        // Only the cues of this paragraph and its neighbours come into question, and of these the four nearest
        // on each side.
        let after = self.cues.partition_point(|&c| self.parts[c].part.first < p.part.first);
        let range = after.saturating_sub(4)..(after + 4).min(self.cues.len());
        let cost = |c: usize| {
            let cue = &self.parts[self.cues[c]];
            let left = cue.part.first >= p.part.first;
            let gap = if left {
                cue.part.first.saturating_sub(p.part.end)
            } else {
                p.part.first.saturating_sub(cue.part.end)
            };
            let between = if left { c - after } else { after - 1 - c };
            let wrong = left != (p.part.side == Side::Left);
            gap + u32::from(wrong) * WRONG_SIDE
                + u32::from(cue.sentence != p.sentence) * OTHER_SENTENCE
                + u32::try_from(between).unwrap_or(0) * CUE_BETWEEN
                + cue.paragraph.abs_diff(p.paragraph) * OTHER_PARAGRAPH
                + extra(c)
        };
        range
            .filter(|&c| self.parts[self.cues[c]].paragraph.abs_diff(p.paragraph) <= 1)
            .min_by_key(|&c| cost(c))
    }

    /// Tells whether a cue without a source goes on with the one before it: "Hale sat down and **said** …".
    fn shares_source(&self, c: usize) -> bool {
        if c == 0 {
            return false;
        }
        let (cue, before) = (&self.parts[self.cues[c]], &self.parts[self.cues[c - 1]]);
        if cue.paragraph != before.paragraph {
            return false;
        }
        const AND: u32 = Hash::START.push(b'a').push(b'n').push(b'd').0;
        const BUT: u32 = Hash::START.push(b'b').push(b'u').push(b't').0;
        const COMMA: u32 = Hash::START.push(b',').0;
        let first = cue.part.first as usize;
        let mut at = first;
        while at > 0 && first - at < 3 {
            at -= 1;
            let token = &self.doc.tokens[at];
            if matches!(token.word, AND | BUT | COMMA) || token.place == Place::Close {
                return true;
            }
            if !Class(token.class).any(Class::ADVERB.or(Class::AUXILIARY)) && token.shape != Shape::Lower {
                return false;
            }
        }
        false
    }
}
