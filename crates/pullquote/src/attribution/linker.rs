//! The linker: parts to attributions. A source or a content goes to the nearest cue on the side that its
//! label claims.
//!
//! The costs are in tokens of distance: they say how much nearer a worse cue must be to win. On right labels they link
//! 98 of 100 attributions rightly. What is far from every cue has lost its own: it is left to the grammar.

use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

use super::label::{self, Part, Role, Side};
use super::sequence::{Document, Place, Shape, Token};
use super::tagger::Found;
use crate::few::{Few, few};
use crate::lexicon::{Class, Hash};
use crate::mention::name::NO_NOUN;
use crate::span::Span;

/// Holds one attribution as the model proposes it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Proposal {
    /// What is attributed, in order.
    pub(crate) content: Few<Span>,
    /// The words that attribute.
    pub(crate) cue: Few<Span>,
    /// Who says it; empty where the text does not tell.
    pub(crate) source: Few<Span>,
    /// How sure the model is.
    pub margins: Margins,
}

/// How sure the model is of the parts of a proposal: by how much its best labelling beats the best one that has another
/// label there, in units of the weights.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Margins {
    /// Of the cue: of its first token or its last one, whichever is less sure.
    pub cue: u32,
    /// Of the first tokens of the contents.
    pub start: u32,
    /// Of the last tokens of the contents.
    pub end: u32,
    /// Of the sources; 0 where the source is another cue's, or was found without the model.
    pub source: u32,
}

impl Margins {
    /// The least margin of cue and contents.
    #[must_use]
    pub fn least(self) -> u32 {
        self.cue.min(self.start).min(self.end)
    }
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
    /// Returns what is attributed, the words that attribute, and who says it.
    #[must_use]
    pub fn parts(&self) -> [&[Span]; 3] {
        [&self.content, &self.cue, &self.source]
    }

    /// Returns how likely content and source are right, from 0 to 1: the margin, calibrated on articles that
    /// nothing was learned from.
    #[must_use]
    pub fn confidence(&self) -> f32 {
        let margin = self.margins.least();
        let above = CALIBRATION.partition_point(|c| c.0 <= margin);
        match (CALIBRATION[above - 1], CALIBRATION.get(above)) {
            ((_, last), None) => last,
            ((from, low), Some(&(to, high))) => {
                low + (high - low) * (margin - from) as f32 / (to - from) as f32
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
/// From this margin on a cue that nobody was found for is given the subject of its sentence.
const SURE: u32 = 370;
/// How many adverbs may stand before a verb: "later also publicly said".
const ADVERBS: usize = 4;
/// How many tokens a name with its titles has at most.
const LONGEST_NAME: usize = 20;
/// From this cost on no cue is near enough for plain words or a source. What stands between marks is somebody's, and
/// goes to the nearest cue however far it is.
const FAR: u32 = 30;

const AND: u32 = Hash::of("and").0;
const BUT: u32 = Hash::of("but").0;
const COMMA: u32 = Hash::of(",").0;
const BY: u32 = Hash::of("by").0;
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
        let mut sources: Vec<Few<usize>> = vec![Few::new(); n];
        let mut contents: Vec<Few<usize>> = vec![Few::new(); n];
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
        let margins = |c: usize| self.margins(self.cues[c], &contents[c], &sources[c]);
        let mut spans: Vec<Few<Span>> =
            sources.iter().map(|s| s.iter().map(|i| self.span(&self.parts[*i].part)).collect()).collect();
        for c in 0..n {
            if !spans[c].is_empty() {
                continue;
            }
            if self.shares_source(c) {
                spans[c] = spans[c - 1].clone();
            } else if let Some(subject) = self.subject(c, margins(c)) {
                spans[c] = few![subject];
            }
        }
        let span = |i: &usize| self.span(&self.parts[*i].part);
        (0..n)
            .filter(|&c| !contents[c].is_empty())
            .map(|c| Proposal {
                content: contents[c].iter().map(span).collect(),
                cue: few![span(&self.cues[c])],
                source: core::mem::take(&mut spans[c]),
                margins: margins(c),
            })
            .collect()
    }

    fn span(&self, part: &Part) -> Span {
        Span::new(self.doc.tokens[part.first as usize].start, self.doc.tokens[part.end as usize - 1].end)
    }

    /// How sure the parts of a proposal are, given by their places.
    fn margins(&self, cue: usize, contents: &[usize], sources: &[usize]) -> Margins {
        let at = |token: u32| self.margins.get(token as usize).map_or(0, |m| u32::try_from(*m).unwrap_or(0));
        let least = |places: &[usize], last: bool| {
            let part = |i: &usize| &self.parts[*i].part;
            places.iter().map(part).map(|p| at(if last { p.end - 1 } else { p.first })).min().unwrap_or(0)
        };
        let both = |places: &[usize]| least(places, false).min(least(places, true));
        Margins {
            cue: both(&[cue]),
            start: least(contents, false),
            end: least(contents, true),
            source: both(sources),
        }
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
        let tokens = self.tokens(cue);
        let opens = |t: &Token| t.start == self.doc.tokens[self.sentence(cue).start].start;
        tokens.iter().any(|t| t.is_ing && (t.shape == Shape::Lower || opens(t)))
            && !tokens.iter().any(|t| Class(t.class).any(Class::AUXILIARY))
    }

    fn tokens(&self, placed: &Placed) -> &[Token] {
        &self.doc.tokens[placed.part.first as usize..placed.part.end as usize]
    }

    /// The tokens of the sentence of a part.
    fn sentence(&self, placed: &Placed) -> Range<usize> {
        let sentence = &self.doc.sentences[placed.sentence as usize];
        sentence.start as usize..sentence.end as usize
    }

    /// Returns who says what follows a cue that the tagger found nobody for: the owner of a noun ("**Feld's** *claim*"), or
    /// the subject of the sentence, if the verb goes with it: "**Hale**, who left the hall, *said* it was late", "**Hale**
    /// left the hall, *saying* it was late", "*Citing* the cost, **she** closed the pier".
    fn subject(&self, c: usize, margins: Margins) -> Option<Span> {
        let cue = &self.parts[self.cues[c]];
        let Range { start: first, end } = self.sentence(cue);
        let at = cue.part.first as usize;
        let word = |t: usize| &self.doc.tokens[t];
        if at > first && word(at - 1).word == OWNER {
            let capital = |t: &usize| {
                matches!(word(*t).shape, Shape::Title | Shape::Upper | Shape::Initial | Shape::Mixed)
            };
            let start = (first..at - 1).rev().take(LONGEST_NAME).take_while(capital).last()?;
            return Some(Span::new(word(start).start, word(at - 1).end));
        }
        let noun = Class(word(at).class).any(Class::DETERMINER.or(Class::POSSESSIVE));
        if noun || self.is_passive(cue) {
            return None;
        }
        let subject = self.noun_phrase(self.clause(first, at.min(end)), at);
        let goes = || margins.least() >= SURE && self.goes_with_subject(first, at);
        subject.filter(|_| self.is_participle(cue) || goes()).or_else(|| {
            // The cue opens the sentence; the main clause follows the next comma.
            let opens = at - first <= 1 && self.is_participle(cue);
            let comma = (opens.then_some(cue.part.end as usize..end)?).find(|&t| word(t).word == COMMA)?;
            self.noun_phrase(comma + 1, end)
        })
    }

    /// Whether the verb at `at` goes with the subject at the front of its sentence: something set in commas, another verb or
    /// a day stands between.
    fn goes_with_subject(&self, first: usize, at: usize) -> bool {
        let tokens = &self.doc.tokens;
        let mut near = tokens[first..at].iter().rev().take(ADVERBS + 1);
        let before = near.find(|t| !Class(t.class).any(Class::ADVERB));
        before.is_some_and(|t| t.word == COMMA || Class(t.class).any(Class::CONJUNCTION.or(Class::WEEKDAY)))
    }

    /// Whether who says it follows: "*is supported* by **the board**".
    fn is_passive(&self, cue: &Placed) -> bool {
        let by = self.doc.tokens.get(cue.part.end as usize).is_some_and(|t| t.word == BY);
        by && self.tokens(cue).iter().any(|t| Class(t.class).any(Class::AUXILIARY))
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
        let end = end.min(at + LONGEST_NAME);
        // "State **fisheries** minister Ada Roe"
        let head = |t: usize| {
            let office = t + 1 < end && class(t + 1).any(Class::ROLE);
            head(t) || t > start && office && tokens[t].shape == Shape::Lower && !class(t).any(NO_NOUN)
        };
        while stop < end && head(stop) && !class(stop).any(Class::PREPOSITION.or(Class::CONJUNCTION)) {
            stop += 1;
        }
        let owner = tokens.get(stop).is_some_and(|t| t.word == OWNER);
        // "Following an outcry": no name.
        let gerund = tokens[at].is_ing
            && tokens.get(stop).is_some_and(|t| Class(t.class).any(Class::DETERMINER.or(Class::POSSESSIVE)));
        (stop > start && !owner && !gerund).then(|| Span::new(tokens[at].start, tokens[stop - 1].end))
    }
}
