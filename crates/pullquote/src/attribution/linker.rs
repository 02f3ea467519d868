//! The linker: parts to attributions. A source or a content goes to the nearest cue on the side that its
//! label claims.
//!
//! The costs are in tokens of distance: they say how much nearer a worse cue must be to win. On right labels they link
//! 98 of 100 attributions rightly. What is far from every cue has lost its own: it is left to the grammar.

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

/// Margins, and the share of proposals of that margin that were right on the development articles.
const CALIBRATION: [(u32, f32); 11] = [
    (0, 0.47),
    (80, 0.51),
    (240, 0.56),
    (440, 0.63),
    (640, 0.69),
    (900, 0.73),
    (1200, 0.79),
    (1530, 0.85),
    (1930, 0.88),
    (2350, 0.94),
    (2800, 0.96),
];

impl Proposal {
    /// Returns how likely content and source are right, from 0 to 1: the margin, calibrated on articles that
    /// nothing was learned from.
    #[must_use]
    pub fn confidence(&self) -> f32 {
        let above = CALIBRATION.partition_point(|c| c.0 <= self.margin);
        match (CALIBRATION[above - 1], CALIBRATION.get(above)) {
            ((_, last), None) => last,
            ((from, low), Some(&(to, high))) => {
                low + (high - low) * (self.margin - from) as f32 / (to - from) as f32
            }
        }
    }
}

/// The cue stands on the other side than the label claims.
const WRONG_SIDE: u32 = 14;
/// The cue stands in another sentence.
const OTHER_SENTENCE: u32 = 20;
/// Another cue stands between.
const CUE_BETWEEN: u32 = 6;
/// The cue has a source already.
const HAS_SOURCE: u32 = 8;
/// The cue stands in the paragraph before or after.
const OTHER_PARAGRAPH: u32 = 40;
/// From this cost on no cue is near enough for plain words or a source. What stands between marks is somebody's, and
/// goes to the nearest cue however far it is.
const FAR: u32 = 30;

const AND: u32 = Hash::of("and").0;
const BUT: u32 = Hash::of("but").0;
const COMMA: u32 = Hash::of(",").0;
const OWNER: u32 = Hash::of("'s").0;

struct Placed {
    part: Part,
    sentence: u32,
    paragraph: u32,
    /// Whether its paragraph is nothing but quotations.
    quoted: bool,
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
        let quoted = doc.tokens[range.clone()]
            .iter()
            .all(|t| t.place != Place::Outside || t.shape == Shape::Punctuation);
        let mut sentence = stretch.sentences.start;
        for part in label::parts(&found.labels[range], stretch.tokens.start) {
            while sentence + 1 < stretch.sentences.end && doc.sentences[sentence as usize].end <= part.first {
                sentence += 1;
            }
            if part.role == Role::Cue {
                linker.cues.push(linker.parts.len());
            }
            let paragraph = u32::try_from(p).unwrap_or(u32::MAX);
            linker.parts.push(Placed { part, sentence, paragraph, quoted });
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
            if p.part.role == Role::Source
                && let Some(cue) = self.nearest(p, |c| if sources[c].is_empty() { 0 } else { HAS_SOURCE })
            {
                sources[cue].push(i);
            }
        }
        let mut last: Option<usize> = None;
        for (i, p) in self.parts.iter().enumerate() {
            if p.part.role != Role::Content {
                continue;
            }
            let mut cue = self.nearest(p, |_| 0);
            if p.quoted && cue.is_none_or(|c| self.parts[self.cues[c]].paragraph != p.paragraph) {
                // A paragraph that is only a quotation goes on with the quote before it.
                let before = last.filter(|c| self.last_paragraph(&contents[*c], *c) + 1 >= p.paragraph);
                cue = before.or(cue);
            }
            if let Some(cue) = cue {
                contents[cue].push(i);
                last = Some(cue);
            }
        }
        let mut spans: Vec<Vec<Span>> =
            sources.iter().map(|s| s.iter().map(|i| self.span(&self.parts[*i].part)).collect()).collect();
        for c in 0..n {
            if !spans[c].is_empty() {
                continue;
            }
            if self.shares_source(c) {
                spans[c] = spans[c - 1].clone();
            } else if let Some(subject) = self.subject(c) {
                spans[c] = vec![subject];
            }
        }
        let span = |i: &usize| self.span(&self.parts[*i].part);
        (0..n)
            .filter(|&c| !contents[c].is_empty())
            .map(|c| Proposal {
                content: contents[c].iter().map(span).collect(),
                cue: vec![span(&self.cues[c])],
                source: spans[c].clone(),
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

    /// Returns the cheapest cue for a part.
    fn nearest(&self, p: &Placed, extra: impl Fn(usize) -> u32) -> Option<usize> {
        // Only the cues of this paragraph and its neighbours come into question, and of these the four nearest
        // on each side.
        let after = self.cues.partition_point(|&c| self.parts[c].part.first < p.part.first);
        let range = after.saturating_sub(4)..(after + 4).min(self.cues.len());
        let cost = |c: usize| {
            let cue = &self.parts[self.cues[c]];
            let left = cue.part.first >= p.part.first;
            let place = |token: u32| self.doc.tokens[token as usize].place_in_story;
            let gap = if left {
                place(cue.part.first).saturating_sub(place(p.part.end - 1) + 1)
            } else {
                place(p.part.first).saturating_sub(place(cue.part.end - 1) + 1)
            };
            let between = if left { c - after } else { after - 1 - c };
            let wrong = left != (p.part.side == Side::Left);
            gap + u32::from(wrong) * WRONG_SIDE
                + u32::from(cue.sentence != p.sentence) * OTHER_SENTENCE
                + u32::try_from(between).unwrap_or(0) * CUE_BETWEEN
                + cue.paragraph.abs_diff(p.paragraph) * OTHER_PARAGRAPH
                + extra(c)
        };
        let marked = self.doc.tokens[p.part.first as usize].place != Place::Outside;
        let most = if marked && p.part.role == Role::Content { u32::MAX } else { FAR };
        range
            .filter(|&c| self.parts[self.cues[c]].paragraph.abs_diff(p.paragraph) <= 1)
            .map(|c| (cost(c), c))
            .min_by_key(|near| near.0)
            .filter(|near| near.0 < most)
            .map(|near| near.1)
    }

    /// Tells whether a cue without a source goes on with the one before it: "Hale sat down and **said** …",
    /// "Hale praised the plan, **calling** it a triumph".
    fn shares_source(&self, c: usize) -> bool {
        let Some(before) = c.checked_sub(1).map(|b| &self.parts[self.cues[b]]) else { return false };
        let cue = &self.parts[self.cues[c]];
        if cue.paragraph != before.paragraph {
            return false;
        }
        if cue.sentence == before.sentence && self.is_participle(cue) {
            return true;
        }
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

    fn is_participle(&self, cue: &Placed) -> bool {
        let tokens = &self.doc.tokens[cue.part.first as usize..cue.part.end as usize];
        tokens.iter().any(|t| t.is_ing && t.shape == Shape::Lower)
            && !tokens.iter().any(|t| Class(t.class).any(Class::AUXILIARY))
    }

    /// Returns the subject of the sentence of a cue that only goes along with its verb: "**Hale** left the hall,
    /// *saying* it was late", "*Citing* the cost, **she** closed the pier".
    fn subject(&self, c: usize) -> Option<Span> {
        let cue = &self.parts[self.cues[c]];
        if !self.is_participle(cue) {
            return None;
        }
        let sentence = &self.doc.sentences[cue.sentence as usize];
        let (first, end) = (sentence.start as usize, sentence.end as usize);
        let at = cue.part.first as usize;
        self.noun_phrase(self.clause(first, at.min(end)), at).or_else(|| {
            // The cue opens the sentence; the main clause follows the next comma.
            let opens = at - first <= 1;
            let comma =
                (cue.part.end as usize..end).find(|&t| self.doc.tokens[t].word == COMMA).filter(|_| opens)?;
            self.noun_phrase(comma + 1, end)
        })
    }

    /// Skips what may stand before the subject: a conjunction, an adverb, their commas.
    fn clause(&self, first: usize, end: usize) -> usize {
        let skipped = Class::CONJUNCTION.or(Class::ADVERB);
        let skip = |t: &usize| {
            let token = &self.doc.tokens[*t];
            Class(token.class).any(skipped) || token.word == COMMA
        };
        (first..end.min(first + 3)).find(|t| !skip(t)).unwrap_or(end)
    }

    /// Reads a pronoun or a name with its titles at `at`.
    fn noun_phrase(&self, at: usize, end: usize) -> Option<Span> {
        let tokens = &self.doc.tokens;
        let class = |t: usize| Class(tokens[t].class);
        if at >= end || tokens[at].place != Place::Outside {
            return None;
        }
        if class(at).any(Class::PRONOUN_SUBJECT) {
            return Some(Span::new(tokens[at].start, tokens[at].end));
        }
        let names = Class::GROUP.or(Class::ROLE).or(Class::BODY);
        let head = |t: usize| {
            matches!(tokens[t].shape, Shape::Title | Shape::Upper | Shape::Initial | Shape::Mixed)
                || class(t).any(names)
        };
        let mut stop = at + usize::from(class(at).any(Class::DETERMINER));
        let start = stop;
        while stop < end && head(stop) && !class(stop).any(Class::PREPOSITION.or(Class::CONJUNCTION)) {
            stop += 1;
        }
        let owner = tokens.get(stop).is_some_and(|t| t.word == OWNER);
        (stop > start && !owner).then(|| Span::new(tokens[at].start, tokens[stop - 1].end))
    }
}
