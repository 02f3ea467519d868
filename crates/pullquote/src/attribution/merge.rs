//! Grammar and model together: which decides when.
//!
//! Both read the whole story. Where only one of them finds an attribution, it counts. Where both find one in
//! the same words, [`Rule::is_certain`] decides: layouts and tags that leave no doubt stay as the grammar reads
//! them (the model has seen only US politics), and all else is the model's, which then takes the addressee
//! from the grammar.

use alloc::vec::Vec;

use crate::attribution::cue;
use crate::attribution::grammar::{Raw, RawCue, Rule, Who};
use crate::attribution::linker::Proposal;
use crate::attribution::phrase;
use crate::attribution::quote::{CueClass, Polarity, QuoteKind};
use crate::block::BlockKind;
use crate::lex::story::Story;
use crate::lex::token::{Token, TokenKind};
use crate::lexicon::{self, Class};
use crate::quotation::{Quotation, QuotationKind};
use crate::span::Span;

/// Merges the grammar's attributions with the model's proposals.
///
/// Time grows with both, times a logarithm, and with how many parts stand within the longest content of each.
pub(crate) fn merge(
    text: &str,
    story: &Story,
    quotations: &[Quotation],
    grammar: Vec<Raw>,
    proposals: Vec<Proposal>,
) -> Vec<Raw> {
    let reader = Reader { text, story, quotations };
    let (mut certain, mut others): (Vec<Raw>, Vec<Raw>) = (Vec::new(), Vec::new());
    let mut nested: Vec<Raw> = Vec::new();
    for raw in grammar {
        if raw.nested {
            nested.push(raw);
        } else if reader.is_work(&raw) {
            continue;
        } else if raw.rule.is_certain() {
            certain.push(raw);
        } else {
            others.push(raw);
        }
    }
    let owned = Parts::new(&certain);
    let mut model: Vec<Raw> = Vec::new();
    for mut proposal in proposals {
        reader.part_headline(&mut proposal);
        if proposal.content.is_empty() {
            continue;
        }
        let mut raw = reader.raw(proposal);
        // Marks are given to somebody only by a known cue, and plain words only to somebody who is named.
        let known = raw.cue.as_ref().is_some_and(|c| !c.lemma.is_empty());
        let plain = raw.kind == QuoteKind::Indirect;
        if !plain && !known
            || plain && raw.source.is_none()
            || reader.is_asked(&raw)
            || plain && reader.is_bare_relative(&raw)
        {
            continue;
        }
        let rivals = owned.near(&raw);
        if rivals.is_empty() {
            model.push(raw);
            continue;
        }
        // What the grammar is certain of stays; the rest of the proposal goes to the same speaker or stands alone.
        raw.content.retain(|c| !owned.touches(*c));
        raw.quotations.retain(|q| !rivals.iter().any(|&r| certain[r].quotations.contains(q)));
        let own = rivals.iter().copied().find(|&r| same_cue(&certain[r], &raw)).or_else(|| {
            rivals.iter().copied().find(|&r| raw.source.is_some() && same_source(&certain[r], &raw))
        });
        match own {
            Some(r) => {
                // What goes on with a certain quote stands in its own block, and between marks if the quote does.
                let block = reader.region(certain[r].content.first().or(certain[r].source.as_ref()));
                let direct = certain[r].kind == QuoteKind::Direct;
                raw.content.retain(|c| reader.region(Some(c)) == block && (!direct || reader.has_marks(*c)));
                raw.quotations.retain(|&q| raw.content.iter().any(|c| c.overlaps(quotations[q].span)));
                absorb(&mut certain[r], raw);
            }
            None if raw.content.is_empty() => {}
            None => model.push(raw),
        }
    }
    let mut out = certain;
    let proposed = Parts::new(&model);
    for raw in others {
        let rivals = proposed.near(&raw);
        if rivals.is_empty() {
            if reader.stands_alone(&raw) && !raw.content.iter().any(|c| owned.touches(*c)) {
                out.push(raw);
            }
            continue;
        }
        let free: Vec<Span> =
            raw.content.iter().copied().filter(|c| !proposed.touches(*c) && !owned.touches(*c)).collect();
        for i in rivals {
            let rival = &mut model[i];
            if rival.addressee.is_none() {
                rival.addressee = raw.addressee;
            }
            if rival.source.is_none() && overlap(&raw, rival) {
                rival.source = raw.source;
                rival.head = raw.head;
                rival.who = raw.who;
            }
            if same_source(&raw, rival) && !free.is_empty() {
                rival.content.extend(free.iter().copied());
                rival.content.sort_unstable();
                rival.quotations.extend(raw.quotations.iter().copied());
                rival.quotations.sort_unstable();
                rival.quotations.dedup();
                break;
            }
        }
    }
    let proposed = Parts::new(&model);
    out.extend(
        nested.into_iter().filter(|raw| !proposed.near(raw).iter().any(|&i| same_words(raw, &model[i]))),
    );
    out.extend(model);
    out.sort_by_key(|raw| raw.content.first().copied().or_else(|| raw.cue.as_ref().map(|c| c.spans[0])));
    out
}

/// The contents and cues of attributions, in order, to find those near a stretch.
struct Parts {
    parts: Vec<(Span, usize)>,
    longest: usize,
}

impl Parts {
    fn new(raws: &[Raw]) -> Parts {
        let mut parts: Vec<(Span, usize)> = Vec::new();
        for (i, raw) in raws.iter().enumerate() {
            parts.extend(
                raw.content.iter().chain(raw.cue.iter().flat_map(|c| c.spans.iter())).map(|s| (*s, i)),
            );
        }
        parts.sort_unstable();
        let longest = parts.iter().map(|(s, _)| s.len()).max().unwrap_or(0);
        Parts { parts, longest }
    }

    fn overlapping(&self, span: Span) -> impl Iterator<Item = usize> + '_ {
        let from = self.parts.partition_point(|(s, _)| s.start() + self.longest < span.start());
        let near = self.parts[from..].iter().take_while(move |(s, _)| s.start() < span.end());
        near.filter(move |(s, _)| s.overlaps(span)).map(|(_, i)| *i)
    }

    fn touches(&self, span: Span) -> bool {
        self.overlapping(span).next().is_some()
    }

    fn near(&self, raw: &Raw) -> Vec<usize> {
        let spans = raw.content.iter().chain(raw.cue.iter().flat_map(|c| c.spans.iter()));
        let mut out: Vec<usize> = spans.flat_map(|s| self.overlapping(*s)).collect();
        out.sort_unstable();
        out.dedup();
        out
    }
}

fn same_cue(a: &Raw, b: &Raw) -> bool {
    match (&a.cue, &b.cue) {
        (Some(a), Some(b)) => a.spans.iter().any(|x| b.spans.iter().any(|y| x.overlaps(*y))),
        _ => false,
    }
}

fn overlap(a: &Raw, b: &Raw) -> bool {
    a.content.iter().any(|x| b.content.iter().any(|y| x.overlaps(*y)))
}

/// Whether two attributions hold nearly the same words.
fn same_words(a: &Raw, b: &Raw) -> bool {
    let len = |r: &Raw| r.content.iter().map(|s| s.len()).sum::<usize>();
    let shared: usize = a
        .content
        .iter()
        .flat_map(|x| {
            b.content.iter().map(move |y| x.end().min(y.end()).saturating_sub(x.start().max(y.start())))
        })
        .sum();
    3 * shared >= 2 * (len(a) + len(b) - shared)
}

fn same_source(a: &Raw, b: &Raw) -> bool {
    match (a.source, b.source) {
        (Some(x), Some(y)) => x.overlaps(y),
        (_, None) => true,
        (None, _) => false,
    }
}

/// Takes from a proposal with the same source what the grammar did not see.
fn absorb(raw: &mut Raw, rival: Raw) {
    raw.content.extend(rival.content);
    raw.content.sort_unstable();
    raw.quotations.extend(rival.quotations);
    raw.quotations.sort_unstable();
    raw.quotations.dedup();
    if raw.kind != rival.kind {
        raw.kind = if raw.kind == QuoteKind::Indirect || rival.kind == QuoteKind::Indirect {
            QuoteKind::Mixed
        } else {
            raw.kind
        };
    }
    // The model knows how far a cue and a source reach.
    if let (Some(cue), Some(other)) = (&mut raw.cue, rival.cue)
        && cue.spans.iter().any(|a| other.spans.iter().any(|b| a.overlaps(*b)))
    {
        cue.spans = other.spans;
    }
    if let (Some(own), Some(source)) = (raw.source, rival.source)
        && (own.contains(source) || source.contains(own) && source.len() <= own.len() + 24)
    {
        raw.source = Some(source);
    }
}

struct Reader<'a> {
    text: &'a str,
    story: &'a Story,
    quotations: &'a [Quotation],
}

impl Reader<'_> {
    fn tokens(&self, span: Span) -> &[Token] {
        let all = &self.story.tokens.tokens;
        let from = all.partition_point(|t| t.span.start() < span.start());
        let to = all.partition_point(|t| t.span.start() < span.end());
        &all[from..to.max(from)]
    }

    /// Reads what a proposal leaves open: kind, lemma, polarity, the head of the source.
    fn raw(&self, proposal: Proposal) -> Raw {
        let confidence = proposal.confidence();
        let cue = proposal.cue.first().map(|_| self.cue(&proposal.cue));
        let polarity = proposal.cue.first().map_or(Polarity::Asserted, |&span| self.polarity(span));
        let source = proposal.source.first().copied();
        let mut quotations: Vec<usize> = Vec::new();
        let mut bare = false;
        for &span in &proposal.content {
            let from = self.quotations.partition_point(|q| q.span.end() <= span.start());
            let mut at = span.start();
            for (q, quotation) in self.quotations.iter().enumerate().skip(from) {
                if quotation.span.start() >= span.end() {
                    break;
                }
                if quotation.depth > 0 {
                    continue;
                }
                let inside = quotation
                    .span
                    .end()
                    .min(span.end())
                    .saturating_sub(quotation.span.start().max(span.start()));
                if 2 * inside >= quotation.span.len() {
                    quotations.push(q);
                }
                let gap = Span::at(at.min(quotation.span.start()), quotation.span.start());
                bare |= gap.of(self.text).contains(char::is_alphanumeric);
                at = quotation.span.end();
            }
            bare |= at < span.end() && Span::at(at, span.end()).of(self.text).contains(char::is_alphanumeric);
        }
        let kind = match (quotations.is_empty(), bare) {
            (true, _) => QuoteKind::Indirect,
            (false, true) => QuoteKind::Mixed,
            (false, false) => QuoteKind::Direct,
        };
        Raw {
            kind,
            content: proposal.content,
            cue,
            source,
            head: source.map(|s| self.head(s)),
            addressee: None,
            polarity,
            rule: Rule::Model,
            quotations,
            who: Who::Source,
            nested: false,
            confidence: Some(confidence),
        }
    }

    /// The place of the block that holds a span.
    fn region(&self, span: Option<&Span>) -> Option<usize> {
        span.map(|s| self.story.regions.partition_point(|r| r.span.end() <= s.start()))
    }

    fn has_marks(&self, span: Span) -> bool {
        let from = self.quotations.partition_point(|q| q.span.end() <= span.start());
        self.quotations.get(from).is_some_and(|q| q.span.overlaps(span))
    }

    /// A headline is a text of its own: what it says and what the story says are two attributions.
    fn part_headline(&self, proposal: &mut Proposal) {
        let headline = |s: &Span| {
            let region = self.region(Some(s)).and_then(|r| self.story.regions.get(r));
            region.is_some_and(|r| r.kind == BlockKind::Headline)
        };
        if let Some(cue) = proposal.cue.first() {
            let home = headline(cue);
            proposal.content.retain(|c| headline(c) == home);
            proposal.source.retain(|s| headline(s) == home);
        }
    }

    /// Whether an attribution counts although the model saw none there.
    ///
    /// On the PolNeAR training articles one in five of such clauses was right, one in twenty of such fronted
    /// ones; those with a plain verb of speech and a source that can speak are far better.
    fn stands_alone(&self, raw: &Raw) -> bool {
        if !matches!(raw.rule, Rule::Clause | Rule::FrontedClause | Rule::Object) {
            return true;
        }
        let Some(cue) = &raw.cue else { return false };
        let verb = match raw.rule {
            Rule::FrontedClause => cue.lemma == "say" || cue.lemma == "report",
            Rule::Object => {
                matches!(cue.class, CueClass::Label | CueClass::Judge | CueClass::Write | CueClass::Manner)
            }
            _ => matches!(cue.class, CueClass::Say | CueClass::Tell | CueClass::Claim | CueClass::Promise),
        };
        verb && raw.head.is_some_and(|head| self.can_speak(head))
    }

    /// Whether a phrase may name a speaker: a name, a person’s pronoun, a noun for people, bodies or texts.
    fn can_speak(&self, head: Span) -> bool {
        let tokens = self.tokens(head);
        let person = Class::PRONOUN_HE.or(Class::PRONOUN_SHE).or(Class::PRONOUN_THEY).or(phrase::NOUNS);
        let relative = tokens.first().is_some_and(|t| t.is(Class::WH_WORD) || t.span.of(self.text) == "that");
        let last = tokens.last();
        let named = last.is_some_and(|t| t.is_capital() && !t.is(Class::PRONOUN_FIRST.or(Class::DETERMINER)));
        !relative && (named || tokens.iter().any(|t| t.is(person)))
    }

    /// "In an interview on “The Long Pier,” Roe said …": a work's title beside a tag is nobody's words.
    ///
    /// On the PolNeAR training articles 26 of 29 tagged quotations in the form of a title were no speech.
    fn is_work(&self, raw: &Raw) -> bool {
        let titles = || raw.quotations.iter().all(|&q| self.quotations[q].kind == QuotationKind::Title);
        let tagged = match raw.rule {
            Rule::QuoteVerbSource | Rule::QuoteSourceVerb => true,
            // "She agreed to a talk on “Gulls and Men,” …"
            Rule::SourceVerbFragment => raw.quotations.first().is_some_and(|&q| {
                let all = &self.story.tokens.tokens;
                let at = all.partition_point(|t| t.span.start() < self.quotations[q].span.start());
                at.checked_sub(1).is_some_and(|i| all[i].is(Class::PREPOSITION))
            }),
            _ => false,
        };
        tagged && !raw.quotations.is_empty() && titles()
    }

    /// "any grower who asks", "those who say": a relative clause that picks out nobody in particular.
    fn is_bare_relative(&self, raw: &Raw) -> bool {
        let all = &self.story.tokens.tokens;
        raw.source.is_some_and(|source| {
            let at = all.partition_point(|t| t.span.start() < source.start());
            let lone = all.get(at).is_some_and(|t| t.span == source && t.is(Class::WH_WORD));
            let generic = |t: &Token| {
                let word = t.span.of(self.text);
                t.is(Class::GENERIC) || word.eq_ignore_ascii_case("no")
            };
            lone && all[at.saturating_sub(3)..at].iter().any(generic)
        })
    }

    /// "Asked if she would stay, …", "When pressed on it, …": the question is not the answerer's.
    fn is_asked(&self, raw: &Raw) -> bool {
        let Some(cue) = raw.cue.as_ref().filter(|c| c.class == CueClass::Ask) else { return false };
        let all = &self.story.tokens.tokens;
        let at = all.partition_point(|t| t.span.start() < cue.spans[0].start());
        let past = all.get(at).is_some_and(|t| t.span.of(self.text).ends_with("ed"));
        let first = self.story.sentences.binary_search_by_key(&at, |s| s.tokens().start).is_ok();
        let when = at.checked_sub(1).is_some_and(|i| all[i].span.of(self.text).eq_ignore_ascii_case("when"));
        past && (first || when)
    }

    /// The source up to its first apposition.
    fn head(&self, source: Span) -> Span {
        let tokens = self.tokens(source);
        let end = tokens
            .iter()
            .position(|t| t.kind == TokenKind::Comma || t.kind == TokenKind::Open)
            .filter(|&i| i > 0);
        match end {
            Some(i) => tokens[0].span.cover(tokens[i - 1].span),
            None => source,
        }
    }

    fn cue(&self, spans: &[Span]) -> RawCue {
        let tokens = || spans.iter().flat_map(|s| self.tokens(*s));
        let verb =
            tokens().rev_find(|t| t.is(cue::ANY)).or_else(|| tokens().rev_find(|t| t.is(Class::NOUN_CUE)));
        RawCue {
            spans: spans.to_vec(),
            lemma: verb.map_or("", |t| lexicon::lemma(t.lemma)),
            class: verb.map_or(CueClass::Say, |t| cue::class_of(t.class)),
        }
    }

    fn polarity(&self, cue: Span) -> Polarity {
        let tokens = self.tokens(cue);
        if tokens.iter().any(|t| t.is(Class::NEGATION) || t.is(Class::DECLINE)) {
            Polarity::Negated
        } else if tokens.iter().any(|t| cue::is_irrealis(t.span.of(self.text))) {
            Polarity::Irrealis
        } else {
            Polarity::Asserted
        }
    }
}

/// `rfind` for iterators that only go forward.
trait RevFind: Iterator + Sized {
    fn rev_find(self, test: impl Fn(&Self::Item) -> bool) -> Option<Self::Item> {
        let mut found = None;
        for item in self {
            if test(&item) {
                found = Some(item);
            }
        }
        found
    }
}

impl<I: Iterator> RevFind for I {}
