//! Chains: quotations that no sentence attributes, given to the quote they go on from.
//!
//! Newspapers drop the cue: “…,” said Feld. “….” ¶ “….” This pass reads the blocks in order, runs the grammar
//! over each, and gives what is left over to the quote before it where the layout says so. Subheads, dividers
//! and paragraphs of narration break a chain.

use alloc::vec::Vec;
use core::ops::Range;

use crate::attribution::cue;
use crate::attribution::ends::Ends;
use crate::attribution::grammar::{self, Raw, RawCue, Rule, Who};
use crate::attribution::layout;
use crate::attribution::merge;
use crate::attribution::phrase;
use crate::attribution::quote::{CueClass, Polarity, QuoteKind};
use crate::attribution::stretch::{Items, Stretch};
use crate::block::{Block, BlockKind};
use crate::few::few;
use crate::lex::places::Places;
use crate::lex::story::Story;
use crate::lex::token::{Case, TokenKind};
use crate::lexicon::Class;
use crate::quotation::Quotation;
use crate::span::Span;

/// Reads all attributions of a story. Linear in its tokens.
pub(crate) fn read(text: &str, story: &Story, blocks: &[Block], quotations: &[Quotation]) -> Vec<Raw> {
    let mut raws = Vec::new();
    read_into(text, story, blocks, quotations, Wanted::All, &mut Scratch::default(), &mut raws);
    raws
}

/// Tells which attributions are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    All,
    /// Those of quotations: blocks without marks are read beside blocks with marks only, for a quotation may go on
    /// from the block before it and have its tag in the one behind it.
    Marked,
}

/// The memory that the grammar works with, kept from one article to the next.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    items: Items,
    /// The tokens that a rule of the grammar may start from.
    leads: Places,
    /// The blocks that layouts claim.
    claimed: Vec<bool>,
    block: BlockScratch,
    /// What the attributed quotations say, to find those that stand there twice.
    said: Vec<Span>,
}

/// The memory that one block needs.
#[derive(Debug, Default)]
struct BlockScratch {
    /// The items whose quotation has been attributed.
    taken: Vec<bool>,
    ends: Ends,
    /// What is found inside a quotation.
    inside: Items,
    found: Vec<Raw>,
}

/// Does what [`read`] does, into a vector that is cleared first.
pub(crate) fn read_into(
    text: &str,
    story: &Story,
    blocks: &[Block],
    quotations: &[Quotation],
    wanted: Wanted,
    scratch: &mut Scratch,
    raws: &mut Vec<Raw>,
) {
    raws.clear();
    layout::read(text, story, blocks, quotations, &mut scratch.claimed, raws);
    grammar::leads(&story.tokens.tokens, &mut scratch.leads);
    let mut last: Option<Last> = None;
    let mut place = 0;
    let mut r = 0;
    let mut marked_before = false;
    while r < story.regions.len() {
        let first = r;
        r = last_of_group(story, &scratch.claimed, first);
        let tokens = story.regions[first].tokens().start..story.regions[r].tokens().end;
        let end = story.regions[r].span.end();
        let from = place;
        let layout = scratch.claimed[first];
        while place < quotations.len() && quotations[place].span.start() < end {
            place += 1;
        }
        let marked = from < place;
        let near = marked || marked_before || {
            let next = story.regions.get(last_of_group(story, &scratch.claimed, r + 1));
            next.is_some_and(|n| quotations.get(place).is_some_and(|q| q.span.start() < n.span.end()))
        };
        marked_before = marked;
        if layout || wanted == Wanted::Marked && !near {
            last = None;
            r += 1;
            continue;
        }
        let items = core::mem::take(&mut scratch.items);
        let s = Stretch::of_blocks(text, story, quotations, tokens, from..place, items);
        let broken = last.as_ref().is_some_and(|l| {
            let between =
                blocks.get(l.block as usize + 1..story.regions[first].block as usize).unwrap_or(&[]);
            between.iter().any(|b| matches!(b.kind, BlockKind::Divider | BlockKind::Subhead))
        });
        if broken || matches!(story.regions[first].kind, BlockKind::Subhead | BlockKind::Headline) {
            last = None;
        }
        let BlockScratch { taken, ends, inside, found } = &mut scratch.block;
        let leads = &scratch.leads;
        let mut pass = Pass { s: &s, leads, raws, start: 0, last: last.take(), taken, ends, inside, found };
        pass.region(from..place);
        let keep =
            matches!(story.regions[r].kind, BlockKind::Paragraph | BlockKind::Dek | BlockKind::Caption);
        let next = story.regions.get(r + 1).and_then(|n| story.tokens.tokens.get(n.tokens().start));
        let opens = next.zip(quotations.get(place)).is_some_and(|(t, q)| q.span.start() <= t.span.start());
        last = pass.end(story.regions[r].block, opens).filter(|_| keep);
        scratch.items = s.into_items();
        r += 1;
    }
    repeats(text, quotations, &mut scratch.said, raws);
    merge::sort_by_place(raws);
}

/// Drops pull quotes: a quotation nobody is named for whose words stand in an attributed one as well.
fn repeats(text: &str, quotations: &[Quotation], said: &mut Vec<Span>, raws: &mut Vec<Raw>) {
    if raws.iter().all(|raw| raw.cue.is_some() || raw.quotations.len() != 1) {
        return;
    }
    let words = |s: Span| s.of(text).trim_end_matches(|c: char| !c.is_alphanumeric());
    let inner = |q: usize| quotations[q].inner();
    said.clear();
    said.extend(raws.iter().filter(|r| r.cue.is_some()).flat_map(|r| r.quotations.iter().map(|&q| inner(q))));
    said.sort_unstable_by(|a, b| words(*a).cmp(words(*b)));
    let is_said = |q: usize| said.binary_search_by(|s| words(*s).cmp(words(inner(q)))).is_ok();
    raws.retain(|raw| raw.cue.is_some() || !matches!(raw.quotations[..], [q] if is_said(q)));
}

/// What the block before left behind.
struct Last {
    block: u32,
    /// The last quote of the block, if it ends with one or with its tag.
    raw: Option<usize>,
    /// The last quotation has no closing mark and goes on here.
    continued: bool,
    /// Who the block is about, if it holds no quote and a quotation follows.
    introduced: Option<(Span, Span)>,
    /// All of the block is quotations.
    only_quotes: bool,
}

/// The last block that is read together with block `r`: one that ends with a colon leads into the quotation of the
/// next one.
fn last_of_group(story: &Story, claimed: &[bool], mut r: usize) -> usize {
    while leads_in(story, r) && !claimed[r + 1] {
        r += 1;
    }
    r
}

/// Whether block `r` ends with a colon and the next one starts with an opening mark.
fn leads_in(story: &Story, r: usize) -> bool {
    let (Some(this), Some(next)) = (story.regions.get(r), story.regions.get(r + 1)) else { return false };
    let ends = story.tokens.tokens[this.tokens()].last().is_some_and(|t| t.kind == TokenKind::Colon);
    let opens = story.tokens.tokens[next.tokens()].first().is_some_and(|t| t.is_mark());
    ends && opens && this.kind == BlockKind::Paragraph && next.kind == BlockKind::Paragraph
}

/// Whether a quote inside a quotation is somebody else’s speech: not “I thought, ‘Why me?’”.
fn is_reported(s: &Stretch<'_>, raw: &Raw) -> bool {
    let all = &s.story.tokens.tokens;
    let own = Class::PRONOUN_FIRST.or(Class::PRONOUN_SECOND).or(Class::PRONOUN_IT);
    let by_itself = raw.head.is_some_and(|head| {
        let at = s.story.tokens.at(head.start());
        all.get(at).is_some_and(|t| t.span == head && t.is(own))
    });
    let speech = raw
        .cue
        .as_ref()
        .is_none_or(|c| !matches!(c.class, CueClass::Think | CueClass::Want | CueClass::Evidence));
    !by_itself && speech && raw.polarity == Polarity::Asserted
}

struct Pass<'a, 'b> {
    s: &'a Stretch<'b>,
    leads: &'a Places,
    raws: &'a mut Vec<Raw>,
    /// Where the quotes of this block start in `raws`.
    start: usize,
    last: Option<Last>,
    taken: &'a mut Vec<bool>,
    ends: &'a mut Ends,
    inside: &'a mut Items,
    found: &'a mut Vec<Raw>,
}

impl Pass<'_, '_> {
    fn region(&mut self, places: Range<usize>) {
        let s = self.s;
        self.start = self.raws.len();
        grammar::read(s, self.leads, self.taken, self.raws);
        self.nested(places.clone());
        self.backward();
        if s.folds().is_empty() {
            return;
        }
        // By their place among the quotations of the block.
        self.taken.clear();
        self.taken.resize(places.len(), false);
        self.ends.clear();
        for r in self.start..self.raws.len() {
            for &q in &self.raws[r].quotations {
                self.taken[q - places.start] = true;
            }
            let end = self.end_of(r);
            self.ends.find(end);
        }
        self.ends.sort();
        for fold in s.folds() {
            let (q, place) = (fold.item as usize, fold.quotation as usize);
            if self.taken[place - places.start] {
                continue;
            }
            if s.quotations[place].close.is_none() && self.tail_tag(q, place) {
                continue;
            }
            self.left_over(q, place);
        }
    }

    /// Where a quote of this block ends, so that the one before a quotation is found fast.
    fn end_of(&self, r: usize) -> Option<(usize, usize)> {
        let raw = &self.raws[r];
        let end = raw.content.last().filter(|_| raw.kind != QuoteKind::Indirect);
        end.map(|c| (c.end(), r))
    }

    /// Notes where a quote that was made of a left-over quotation ends.
    fn note(&mut self, r: usize) {
        if let Some((end, r)) = self.end_of(r) {
            self.ends.make(end, r);
        }
    }

    /// Quotes inside quotations: only those with marks of their own.
    fn nested(&mut self, places: Range<usize>) {
        let s = self.s;
        for place in places.clone() {
            let depth = s.quotations[place].depth;
            let span = s.quotations[place].span;
            let within = place + 1
                ..place
                    + 1
                    + s.quotations[place + 1..places.end].partition_point(|q| q.span.start() < span.end());
            if !within.clone().any(|p| s.quotations[p].depth == depth + 1) {
                continue;
            }
            let tokens = s.story.tokens.within(s.quotations[place].inner());
            let items = core::mem::take(self.inside);
            let inside = Stretch::of_tokens(s.text, s.story, s.quotations, tokens, within, depth + 1, items);
            grammar::read(&inside, self.leads, self.taken, self.found);
            *self.inside = inside.into_items();
            let reported =
                self.found.drain(..).filter(|raw| !raw.quotations.is_empty() && is_reported(s, raw));
            self.raws.extend(reported.map(|raw| Raw { nested: true, ..raw }));
        }
    }

    /// “…” ¶ So says Iris Boyd. / That is what Iris Boyd tells people.
    fn backward(&mut self) {
        let s = self.s;
        let Some(last) = &self.last else { return };
        let Some(raw) = last.raw.filter(|_| last.only_quotes) else { return };
        if !matches!(self.raws[raw].rule, Rule::Unknown | Rule::Introduced | Rule::Dropped) {
            return;
        }
        let said = s.is_word(0, "So") && s.is(1, cue::SPEECH);
        let words = s.is_word(0, "The") && s.is_word(1, "words") && s.is(2, Class::AUXILIARY);
        let end = s.sentence(0).end;
        let pointed = || {
            let is_what = |i: &usize| s.is(*i, Class::AUXILIARY) && matches!(s.word(i + 1), "what" | "how");
            matches!(s.word(0), "That" | "This" | "Those").then(|| (1..end.min(9)).find(is_what)).flatten()
        };
        let (verb, from) = if said {
            (1, 2)
        } else if words {
            let Some(of) = (3..8).find(|&i| s.is_word(i, "of")) else { return };
            (1, of + 1)
        } else if let Some(is) = pointed() {
            // "That, at least, is what Iris Boyd, who keeps the bees, tells her pupils."
            let reports = |i: &usize| s.is(*i, cue::SPEECH) && cue::group(s, *i).is_some();
            let Some(verb) = (is + 3..end).find(reports) else { return };
            (verb, is + 2)
        } else {
            return;
        };
        let Some(np) = phrase::at(s, from, end.min(verb.max(from))).or_else(|| phrase::at(s, from, end))
        else {
            return;
        };
        let raw = &mut self.raws[raw];
        raw.source = Some(s.span(np.items));
        raw.head = Some(s.span(np.head));
        raw.cue = Some(RawCue { spans: few![s.span(verb..verb + 1)], lemma: "say", class: CueClass::Say });
        raw.rule = Rule::VerbSourceQuote;
        raw.who = Who::Source;
    }

    /// “Hello, he said. — a quotation that was never closed and holds its own tag.
    fn tail_tag(&mut self, q: usize, place: usize) -> bool {
        let s = self.s;
        let range = s.tokens_of(q);
        let items = core::mem::take(self.inside);
        let inside = Stretch::of_tokens(s.text, s.story, &[], range.start + 1..range.end, 0..0, 0, items);
        // What the block has taken is asked for no more, but which quotations are held is.
        grammar::read(&inside, self.leads, &mut Vec::new(), self.found);
        let start = inside.span(inside.sentence(0)).start();
        *self.inside = inside.into_items();
        let Some(mut raw) = self.found.drain(..).find(|raw| {
            raw.rule == Rule::FrontedClause && raw.content.len() == 1 && raw.content[0].start() == start
        }) else {
            return false;
        };
        let mut content = s.quotations[place].span;
        // The comma before the tag belongs to the quotation.
        let end = raw.content[0].end() + usize::from(s.text[raw.content[0].end()..].starts_with(','));
        content = Span::at(content.start(), end);
        raw.content = few![content];
        raw.kind = QuoteKind::Direct;
        raw.quotations = few![place];
        raw.rule = Rule::QuoteSourceVerb;
        self.raws.push(raw);
        self.note(self.raws.len() - 1);
        true
    }

    /// Gives a quotation that no sentence attributes to somebody, or to nobody.
    fn left_over(&mut self, q: usize, place: usize) {
        let utterance = self.is_utterance(q);
        // “We lost the boat. ¶ “We lost the nets.”
        if q == 0
            && let Some(last) = &self.last
            && last.continued
            && let Some(raw) = last.raw
        {
            self.extend(raw, q, place);
            return;
        }
        if !utterance {
            return;
        }
        if let Some((raw, adjacent)) = self.previous_in_block(q) {
            if adjacent && self.raws[raw].rule != Rule::Unknown {
                self.extend(raw, q, place);
            } else if self.raws[raw].rule == Rule::Unknown
                && let Some(found) = self.beat(raw, q)
            {
                let first = &mut self.raws[raw];
                (first.source, first.head, first.rule) = (Some(found.0), Some(found.1), Rule::Introduced);
                self.push(q, place, Some(found), Rule::Introduced, None);
            } else {
                let rule = if self.raws[raw].rule == Rule::Unknown { Rule::Unknown } else { Rule::Dropped };
                self.push(q, place, None, rule, Some(raw).filter(|_| rule == Rule::Dropped));
            }
            return;
        }
        // Narration, then the quotation: “…” after a sentence about somebody.
        if q > 0 {
            let introduced = self.subject_of_sentence(q - 1).filter(|found| !self.speaks_of(q, found.1));
            let rule = if introduced.is_some() { Rule::Introduced } else { Rule::Unknown };
            self.push(q, place, introduced, rule, None);
            return;
        }
        match &self.last {
            Some(Last { raw: Some(raw), .. }) => {
                let raw = *raw;
                let rule = if self.raws[raw].rule == Rule::Unknown { Rule::Unknown } else { Rule::Dropped };
                self.push(q, place, None, rule, Some(raw).filter(|_| rule == Rule::Dropped));
            }
            Some(Last { introduced: Some(found), .. }) if !self.speaks_of(q, found.1) => {
                let found = *found;
                self.push(q, place, Some(found), Rule::Introduced, None);
            }
            _ => self.push(q, place, None, Rule::Unknown, None),
        }
    }

    /// “Nobody asked.” She shrugs. “Not once.”: who does something between two quotations says both.
    fn beat(&self, raw: usize, q: usize) -> Option<(Span, Span)> {
        const LONGEST: usize = 16;
        let s = self.s;
        let sentence = s.sentence(q.checked_sub(1)?);
        let before = self.raws[raw].content.last()?.end();
        let alone = sentence.end == q && sentence.len() <= LONGEST && sentence.start > 0;
        let behind = alone && s.span(sentence.start - 1..sentence.start).end() == before;
        let plain = !sentence.clone().any(|i| s.quotation(i).is_some() || s.is(i, cue::SPEECH));
        let found = self.subject_of_sentence(q - 1).filter(|_| behind && plain)?;
        (!self.speaks_of(q, found.1)).then_some(found)
    }

    /// "What did he say? “He said no.”": who is spoken of at the start of a quotation does not say it.
    fn speaks_of(&self, q: usize, who: Span) -> bool {
        let first = self.s.first_inside(q).filter(|t| t.is(Class::PRONOUN_SUBJECT));
        first.is_some_and(|t| t.span.of(self.s.text).eq_ignore_ascii_case(who.of(self.s.text)))
    }

    /// A whole utterance: it starts a sentence, in upper case, and ends one.
    fn is_utterance(&self, q: usize) -> bool {
        let s = self.s;
        let first = s.first_inside(q);
        let starts =
            s.starts_sentence(q) && first.is_some_and(|t| t.case != Case::Lower || t.kind == TokenKind::Open);
        let place = s.quotation(q).unwrap_or(0);
        let open_end = s.quotations[place].close.is_none();
        let last = s.last_inside(q);
        let ends = last.is_some_and(|t| matches!(t.kind, TokenKind::Stop | TokenKind::Dash) || t.stopped)
            || s.kind(q + 1) == Some(TokenKind::Stop)
            || s.len() == q + 1;
        starts && (ends || open_end)
    }

    /// The quote before item `q` in this block, and whether nothing but its tag stands between.
    fn previous_in_block(&self, q: usize) -> Option<(usize, bool)> {
        let s = self.s;
        let at = s.span(q..q + 1).start();
        let raw = self.ends.last_before(at)?;
        let previous = &self.raws[raw];
        let end = previous
            .content
            .last()
            .into_iter()
            .chain(previous.source.iter())
            .chain(previous.cue.iter().flat_map(|c| c.spans.iter()))
            .chain(previous.addressee.iter())
            .map(|s| s.end())
            .max()?;
        // The sentence before the quotation is the one that holds the tag.
        let sentence = s.sentence(q.checked_sub(1)?);
        let adjacent = s.span(sentence).start() < end;
        Some((raw, adjacent))
    }

    fn extend(&mut self, r: usize, q: usize, place: usize) {
        let span = self.s.span(q..q + 1);
        let raw = &mut self.raws[r];
        raw.content.push(span);
        raw.quotations.push(place);
        if raw.kind == QuoteKind::Indirect {
            raw.kind = QuoteKind::Mixed;
        }
        self.note(r);
    }

    fn push(
        &mut self,
        q: usize,
        place: usize,
        source: Option<(Span, Span)>,
        rule: Rule,
        follows: Option<usize>,
    ) {
        let follows = follows.and_then(|raw| self.raws[raw].content.first().copied());
        self.raws.push(Raw {
            kind: QuoteKind::Direct,
            content: few![self.s.span(q..q + 1)],
            cue: None,
            source: source.map(|s| s.0),
            head: source.map(|s| s.1),
            addressee: None,
            polarity: Polarity::Asserted,
            rule,
            quotations: few![place],
            who: follows.map_or(Who::Source, Who::Follows),
            nested: false,
            bounded: false,
            confidence: None,
            order: 0,
        });
        self.note(self.raws.len() - 1);
    }

    /// The subject of the sentence that holds item `i`, if it may be a person.
    fn subject_of_sentence(&self, i: usize) -> Option<(Span, Span)> {
        let s = self.s;
        let sentence = s.sentence(i);
        // "Would she go back? “Never.”"
        let asks = s.is_word(sentence.end - 1, "?");
        let opener = Class::AUXILIARY.or(Class::WH_WORD).or(Class::CONJUNCTION).or(Class::ADVERB);
        let start = sentence.clone().find(|&i| !asks || !s.is(i, opener))?;
        let np = phrase::at(s, start, sentence.end)?;
        let head = np.head.clone();
        // "Nobody on the Long Mere"
        if s.is(head.start, Class::PRONOUN_OTHER) || matches!(s.word(head.start), "No" | "no") {
            return None;
        }
        let person = head.clone().any(|i| {
            s.is(
                i,
                Class::ROLE.or(Class::KIN_HE).or(Class::KIN_SHE).or(Class::PRONOUN_HE).or(Class::PRONOUN_SHE),
            )
        }) || s.token(head.end - 1).is_some_and(|t| t.is_capital() && !t.is(Class::DETERMINER))
            && head.len() >= 2;
        person.then(|| (s.span(np.items), s.span(np.head)))
    }

    /// What this block leaves behind for the next one; `opens` tells whether that one starts with a quotation.
    fn end(self, block: u32, opens: bool) -> Option<Last> {
        let s = self.s;
        let only_quotes = !s.folds().is_empty()
            && (0..s.len()).all(|i| s.quotation(i).is_some() || !s.token(i).is_some_and(|t| t.is_word()));
        let continued = s.len() > 0 && s.quotation(s.len() - 1).is_some_and(|p| s.quotations[p].continued);
        // The chain lives on when the block holds a quote, whoever tags it.
        let raw = (self.start..self.raws.len())
            .max_by_key(|&r| self.raws[r].content.last().map(|c| c.end()))
            .or_else(|| self.last.as_ref().and_then(|l| l.raw).filter(|_| only_quotes));
        // A quote of the block before that goes on here was given the first quotation of this one.
        let first = s.folds().first().map(|f| f.quotation as usize);
        let extended = self.last.as_ref().and_then(|l| l.raw).filter(|&r| {
            first.is_some_and(|first| self.raws[r].quotations.last().is_some_and(|&p| p >= first))
        });
        let wanted = opens && raw.is_none() && extended.is_none();
        let introduced = if wanted { self.person_of_block() } else { None };
        Some(Last { block, raw: raw.or(extended), continued, introduced, only_quotes })
    }

    /// The one person a block without quotes is about: its first subject, or the only name in it.
    fn person_of_block(&self) -> Option<(Span, Span)> {
        let s = self.s;
        if s.len() == 0 {
            return None;
        }
        let last = s.sentence(s.len() - 1);
        self.subject_of_sentence(0).or_else(|| self.subject_of_sentence(last.start)).or_else(|| {
            // "Nobody here has mended as many nets as Olaf Byrne."
            self.only_name(last.clone()).map(|one| (s.span(one.clone()), s.span(one)))
        })
    }

    /// The run of two or three capitalised words inside a sentence, if it is the only one, or the only one that does
    /// something ("For years Olaf Byrne has …") or is compared with ("… as Olaf Byrne").
    fn only_name(&self, sentence: Range<usize>) -> Option<Range<usize>> {
        let s = self.s;
        let capital = |i: usize| s.token(i).is_some_and(|t| t.is_capital());
        let acts = |name: &Range<usize>| {
            // "in Selby has", "the Selby had"
            let other = Class::DETERMINER.or(Class::PREPOSITION);
            let subject = s.is(name.end, Class::AUXILIARY) && !s.is(name.start - 1, other);
            subject || matches!(s.word(name.start - 1), "as" | "than")
        };
        let (mut found, mut acting) = ([None, None], [None, None]);
        let note = |to: &mut [Option<Range<usize>>; 2], name: &Range<usize>| {
            let free = usize::from(to[0].is_some());
            to[free] = Some(name.clone());
        };
        let mut i = sentence.start + 1;
        while i < sentence.end {
            let end = (i..sentence.end).find(|&k| !capital(k)).unwrap_or(sentence.end);
            let name = i..end;
            if (2..=3).contains(&name.len()) && !s.is(i, Class::DETERMINER) {
                note(&mut found, &name);
                if acts(&name) {
                    note(&mut acting, &name);
                }
            }
            i = end + 1;
        }
        [acting, found].into_iter().find_map(|names| match names {
            [name, None] => name,
            _ => None,
        })
    }
}
