//! Grammar and model together: which decides when.
//!
//! Both read the whole story. In this order:
//!
//! 1. **Layouts are the grammar's** ([`Rule::is_layout`]): labels, Q and A, block quotes, credits, colons. The
//!    model has seen next to none of them.
//! 2. **Where only one of the two finds something, it counts**, if it passes that side's own test:
//!    [`Evidence::stands_alone`] for the grammar, [`Evidence::counts`] with its [`judge`] for the model.
//! 3. **Where the model contradicts itself, the grammar stands**: it names nobody, or it puts words of the cue
//!    into the content ("was heard | to say “at last”"). A paragraph that is only a quotation is a quote of its
//!    own, too, where the model gives it to the same speaker as the one before.
//! 4. **All else is the model's.** On the PolNeAR training articles, in four parts that the weights had not seen, the
//!    model alone was right in 1,211 cases, the grammar alone in 357. What the grammar read there still helps: see
//!    [`lend`].
//!
//! Quotes inside quotations are the grammar's alone; the model reads the outer level only.

use alloc::vec::Vec;

use crate::attribution::carry;
use crate::attribution::evidence::Evidence;
use crate::attribution::grammar::{Raw, Rule, Who};
use crate::attribution::judge::{self, Candidate};
use crate::attribution::linker::Proposal;
use crate::attribution::quote::QuoteKind;
use crate::few::{Few, few};
use crate::lex::story::Story;
use crate::quotation::Quotation;
use crate::span::Span;

/// The memory that merging works with, kept from one article to the next.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    /// The cues of the grammar and the places of their attributions.
    cues: Vec<(Span, usize)>,
    model: Vec<Raw>,
    nested: Vec<Raw>,
    alone: Vec<Raw>,
    standing: Vec<Raw>,
    hints: Vec<(Raw, Few<usize>)>,
    proposed: Parts,
    owned: Parts,
    /// The attribution that holds each quotation.
    owners: Vec<usize>,
}

/// Merges the grammar's attributions with the model's proposals.
///
/// `raws` holds those of the grammar before, and all that count after.
///
/// Time grows with both, times a logarithm, and with how many parts stand within the longest content of each.
pub(crate) fn merge(
    text: &str,
    story: &Story,
    quotations: &[Quotation],
    raws: &mut Vec<Raw>,
    proposals: Vec<Proposal>,
    scratch: &mut Scratch,
) {
    let evidence = Evidence { text, story, quotations };
    let Scratch { cues, model, nested, alone, standing, hints, proposed, owned, owners } = scratch;
    let readings = Cues::new(raws, core::mem::take(cues));
    model.extend(proposals.into_iter().filter_map(|proposal| {
        let margins = proposal.margins;
        let mut raw = evidence.raw(proposal);
        let reading = readings.of(&raw);
        evidence.counts(&mut raw, margins, reading).then_some(raw)
    }));
    *cues = readings.cues;
    proposed.take(model);

    for raw in raws.drain(..) {
        if raw.nested {
            nested.push(raw);
            continue;
        }
        if evidence.is_work(&raw) || evidence.is_unsaid(&raw) {
            continue;
        }
        let rivals = proposed.near(&raw);
        if raw.rule.is_layout() {
            standing.push(raw);
        } else if rivals.is_empty() {
            alone.push(raw);
        } else if rivals.iter().all(|&r| goes_on(&model[r], &raw)) {
            let Raw { source, head, .. } = model[rivals[0]];
            standing.push(Raw { source, head, ..raw });
        } else if evidence.names_speaker(&raw)
            && rivals.iter().all(|&r| {
                contradicts_itself(&evidence, &model[r], &raw) || reaches_over(&evidence, &model[r], &raw)
            })
        {
            standing.push(raw);
        } else if raw.addressee.is_some()
            && evidence.stands_alone(&raw)
            && rivals.iter().all(|&r| encloses(&raw, &model[r]))
        {
            // "Roe told the inquiry | her *landlord had promised* her the room": within what she told.
            rivals.iter().for_each(|&r| model[r].nested = true);
            standing.push(raw);
        } else {
            hints.push((raw, rivals));
        }
    }
    for (raw, rivals) in hints.drain(..) {
        // What a reading before it has cut off is free again: "… would peak | and told analysts …".
        if !rivals.iter().any(|&r| touch(&raw, &model[r])) {
            alone.push(raw);
            continue;
        }
        lend(&evidence, raw, &rivals, model, proposed);
    }
    owned.take(standing);
    alone.retain(|raw| evidence.stands_alone(raw) && !raw.content.iter().any(|c| owned.touches(*c)));
    model.retain_mut(|raw| yields(&evidence, raw, standing, owned));
    proposed.take(model);
    // What is reported within a content may be most of it.
    let found = |raw: &Raw, r: usize| {
        if raw.cue.is_some() { same_cue(raw, &model[r]) } else { same_words(raw, &model[r]) }
    };
    nested.retain(|raw| !proposed.near(raw).iter().any(|&r| found(raw, r)));

    for part in [standing, alone, nested, model] {
        raws.append(part);
    }
    raws.iter_mut().filter(|raw| !raw.nested).for_each(|raw| evidence.leave_names(raw));
    raws.iter_mut().for_each(|raw| say_once(text, raw));
    carry::back(quotations, raws, owners);
    sort_by_place(raws);
    name_followers(raws);
}

/// Takes pull quotes out of a content: words that stand in it already.
fn say_once(text: &str, raw: &mut Raw) {
    const LEAST: usize = 16;
    if raw.content.len() < 2 {
        return;
    }
    let words = |s: Span| s.of(text).trim_matches(|c: char| !c.is_alphanumeric());
    let mut said: Few<&str> = few![];
    raw.content.retain(|span| {
        let new = words(*span);
        let again = new.len() >= LEAST && said.iter().take(LEAST).any(|old| *old == new);
        said.push(new);
        !again
    });
}

/// Returns the model's proposals that name somebody, as the training of the judge sees them.
pub(crate) fn candidates(
    text: &str,
    story: &Story,
    quotations: &[Quotation],
    grammar: &[Raw],
    proposals: Vec<Proposal>,
) -> Vec<Candidate> {
    let evidence = Evidence { text, story, quotations };
    let readings = Cues::new(grammar, Vec::new());
    let seen = |proposal: Proposal| {
        let margins = proposal.margins;
        let raw = evidence.raw(proposal);
        judge::candidate(&evidence, &raw, margins, readings.of(&raw))
    };
    proposals.into_iter().filter_map(seen).collect()
}

/// Sorts attributions by where they start; those that start together keep their order. No memory is asked for.
pub(crate) fn sort_by_place(raws: &mut [Raw]) {
    for (order, raw) in raws.iter_mut().enumerate() {
        raw.order = order;
    }
    raws.sort_unstable_by_key(|raw| (place(raw), raw.order));
}

/// Where an attribution starts: the order of the attributions.
fn place(raw: &Raw) -> Option<Span> {
    raw.content.first().copied().or_else(|| raw.cue.as_ref().map(|c| c.spans[0]))
}

/// Gives a quote that goes on from another the source of that one, so that all of them say who speaks.
fn name_followers(raws: &mut [Raw]) {
    for i in 0..raws.len() {
        let Who::Follows(before) = raws[i].who else { continue };
        if raws[i].source.is_none()
            && let Ok(at) = raws.binary_search_by_key(&Some(before), place)
        {
            (raws[i].source, raws[i].head) = (raws[at].source, raws[at].head);
        }
    }
}

/// Whether a proposal cannot be right as it stands: nobody is named, the cue reaches into the content, or the
/// source is who was told ("The jury heard …") or what is talked of ("The organ is said to be …").
fn contradicts_itself(evidence: &Evidence<'_>, proposal: &Raw, grammar: &Raw) -> bool {
    if grammar.rule == Rule::Passive && (same_cue(proposal, grammar) || grammar.addressee.is_some()) {
        let mut others = grammar.content.iter().chain(&grammar.addressee);
        // "Roe said | she had been told | …" is one's words about the other.
        let mut cues = grammar.cue.iter().flat_map(|c| &c.spans);
        let within = cues.any(|cue| proposal.content.iter().any(|c| c.contains(*cue)));
        let told = !same_cue(proposal, grammar) && !within;
        return told || proposal.source.is_some_and(|source| others.any(|o| o.overlaps(source)));
    }
    // "Prices to rise, *says Feld*": the phrase behind the verb is no content. "Two growers, Feld and Boyd, had
    // challenged *the plan*": what stands before it is no clause.
    let inverted = grammar.rule == Rule::FrontedClause
        && same_cue(proposal, grammar)
        && grammar.content.iter().any(|c| evidence.has_verb(*c))
        && grammar.source.is_some_and(|s| proposal.content.iter().any(|c| c.start() == s.start()));
    // "The two climbers, *Roe said*, were roped": what is said does not say it.
    let spoken = grammar.rule == Rule::FrontedClause
        && grammar.content.len() > 1
        && same_cue(proposal, grammar)
        && proposal.source.is_some_and(|s| grammar.content.iter().any(|c| c.overlaps(s)));
    // "has denied | knowing about the payments": words of the content are no part of the cue.
    let ran_on = grammar.rule == Rule::Phrase
        && same_cue(proposal, grammar)
        && proposal.cue.iter().flat_map(|c| &c.spans).any(|s| grammar.content.iter().any(|c| c.overlaps(*s)));
    let mut cue = grammar.cue.iter().flat_map(|c| c.spans.iter());
    let swallowed = same_cue(proposal, grammar)
        && cue.any(|c| proposal.content.iter().any(|content| content.overlaps(*c)));
    // "According to Roe, *who keeps the books, the mill is shut*": who he is, he does not say.
    let described = grammar.rule == Rule::AccordingTo
        && same_cue(proposal, grammar)
        && proposal.content.first().is_some_and(|c| evidence.opens_relative(*c));
    described
        || swallowed
        || inverted
        || spoken
        || ran_on
        || proposal.source.is_none() && grammar.source.is_some()
}

/// “Come in,” said Roe. ¶ Boyd replied: “No.”: whether a proposal takes words that have a cue of their own for those of a
/// cue in another paragraph.
fn reaches_over(evidence: &Evidence<'_>, proposal: &Raw, grammar: &Raw) -> bool {
    let block = |raw: &Raw| evidence.region(raw.cue.as_ref().and_then(|c| c.spans.first()));
    let (own, other) = (block(grammar), block(proposal));
    let certain =
        grammar.kind == QuoteKind::Direct && !grammar.rule.is_doubtful() && grammar.who == Who::Source;
    // “The gate stays,” he said. “Who has the key?” a boy called: the second has a tag of its own.
    let tagged = matches!(grammar.rule, Rule::QuoteVerbSource | Rule::QuoteSourceVerb)
        && grammar.content.len() == 1
        && proposal.content.len() > 1
        && proposal.content.iter().any(|c| !c.overlaps(grammar.content[0]))
        && evidence.sentence_at(own_start(grammar)) != evidence.sentence_at(own_start(proposal));
    certain && (tagged || own.is_some() && other.is_some() && own != other)
}

/// Where the cue of an attribution starts.
fn own_start(raw: &Raw) -> usize {
    raw.cue.as_ref().map_or(0, |c| c.spans[0].start())
}

/// Whether all parts of a proposal stand within one content of the grammar's.
fn encloses(grammar: &Raw, proposal: &Raw) -> bool {
    grammar.content.iter().any(|whole| {
        let mut parts = spans(proposal).chain(&proposal.source);
        proposal.source.is_some() && parts.all(|part| whole.contains(*part))
    })
}

/// Whether a proposal holds a paragraph that is only a quotation together with the quote that it goes on from.
fn goes_on(proposal: &Raw, grammar: &Raw) -> bool {
    let Who::Follows(before) = grammar.who else { return false };
    proposal.content.iter().any(|c| c.overlaps(before))
}

/// Gives the proposals what the grammar knows better about them: the addressee, a source where they have none,
/// the source that stands between a quotation and its verb, and parts of the content that nobody proposed.
fn lend(evidence: &Evidence<'_>, raw: Raw, rivals: &[usize], model: &mut [Raw], proposed: &Parts) {
    for &r in rivals {
        let rival = &mut model[r];
        let one = same_cue(&raw, rival);
        if one && rival.addressee.is_none() {
            rival.addressee = raw.addressee;
        }
        if rival.source.is_none() && overlap(&raw, rival) || one && evidence.names_better(&raw, rival) {
            rival.source = raw.source;
            rival.head = raw.head;
            rival.who = raw.who;
        }
        if !same_source(&raw, rival) {
            continue;
        }
        // Both found it: the grammar's tags were right in 98 of 100 such cases on the PolNeAR training articles.
        if one && raw.rule.is_tag() && same_words(&raw, rival) {
            rival.rule = raw.rule;
            rival.confidence = rival.confidence.map(|c| c.max(raw.rule.confidence()));
        }
        if one
            && raw.bounded
            && let (Some(first), Some(last)) = (raw.content.first(), raw.content.last())
        {
            let bounds = first.cover(*last);
            if rival.content.iter().any(|s| s.overlaps(bounds)) {
                clip(&mut rival.content, bounds);
                evidence.set_kind(rival);
            }
            break;
        }
        if one
            && raw.rule == Rule::Phrase
            && let (Some(whom), Some(first)) = (raw.addressee, raw.content.first())
        {
            // "urged *walkers* | to wait": the one spoken to is no part of what is said.
            // "appealed *to the capital* for food"
            const TO: usize = "to ".len();
            let appeals = raw.cue.as_ref().is_some_and(|c| c.lemma == "appeal");
            let told = |s: &&mut Span| {
                let start = s.start() + if appeals && s.start() < whom.start() { TO } else { 0 };
                start == whom.start() && s.overlaps(*first)
            };
            for span in rival.content.iter_mut().filter(told) {
                *span = Span::at(first.start(), span.end());
            }
        }
        let before = rival.content.len();
        if one && raw.kind == QuoteKind::Direct {
            // A whole utterance in marks: words outside the marks are no part of it.
            rival.content.retain(|c| evidence.has_marks(*c));
            rival.content.iter_mut().for_each(|c| *c = evidence.at_mark(*c));
        }
        // "Though it rained, Roe said the pitch was dry": what stands before the tag is no part of what stands behind it.
        let other = raw.rule == Rule::FrontedClause && raw.content.len() == 1 && !overlap(&raw, rival);
        let more = raw.content.iter().copied().filter(|c| !other && !proposed.touches(*c));
        rival.content.extend(more);
        if rival.content.len() != before {
            rival.content.sort_unstable();
            evidence.set_kind(rival);
        }
        if one {
            break;
        }
    }
}

/// Takes from spans what lies outside `bounds`.
fn clip(spans: &mut Few<Span>, bounds: Span) {
    spans.retain(|s| s.overlaps(bounds));
    for span in spans {
        *span = Span::at(span.start().max(bounds.start()), span.end().min(bounds.end()));
    }
}

/// Takes out of a proposal what the standing attributions hold; returns whether it is still one of its own.
///
/// What is left goes to the standing attribution of the same cue or the same source.
fn yields(evidence: &Evidence<'_>, raw: &mut Raw, standing: &mut [Raw], owned: &Parts) -> bool {
    if raw.nested {
        return true;
    }
    let rivals = owned.near(raw);
    if rivals.is_empty() {
        return true;
    }
    raw.content.retain(|c| !owned.touches(*c));
    let open = |r: &usize| standing[*r].who == Who::Source;
    let own = rivals.iter().copied().find(|&r| same_cue(&standing[r], raw)).or_else(|| {
        rivals.iter().copied().filter(open).find(|&r| raw.source.is_some() && same_source(&standing[r], raw))
    });
    let Some(r) = own else {
        evidence.set_kind(raw);
        return !raw.content.is_empty();
    };
    // What goes on with a quote stands in its own block, and between marks if the quote does.
    let own = &mut standing[r];
    if own.bounded {
        return false;
    }
    let block = evidence.region(own.content.first().or(own.source.as_ref()));
    let direct = own.kind == QuoteKind::Direct;
    let before = own.content.len();
    own.content.extend(
        raw.content
            .drain(..)
            .filter(|c| evidence.region(Some(c)) == block && (!direct || evidence.has_marks(*c))),
    );
    if own.content.len() != before {
        own.content.sort_unstable();
        evidence.set_kind(own);
    }
    false
}

/// The contents and cues of attributions, in order, to find those near a stretch.
#[derive(Debug, Default)]
struct Parts {
    parts: Vec<(Span, usize)>,
    longest: usize,
}

impl Parts {
    /// Takes the parts of `raws` in place of those before.
    fn take(&mut self, raws: &[Raw]) {
        self.parts.clear();
        for (i, raw) in raws.iter().enumerate() {
            self.parts.extend(spans(raw).map(|s| (*s, i)));
        }
        self.parts.sort_unstable();
        self.longest = self.parts.iter().map(|(s, _)| s.len()).max().unwrap_or(0);
    }

    fn overlapping(&self, span: Span) -> impl Iterator<Item = usize> + '_ {
        let from = self.parts.partition_point(|(s, _)| s.start() + self.longest < span.start());
        let near = self.parts[from..].iter().take_while(move |(s, _)| s.start() < span.end());
        near.filter(move |(s, _)| s.overlaps(span)).map(|(_, i)| *i)
    }

    fn touches(&self, span: Span) -> bool {
        self.overlapping(span).next().is_some()
    }

    fn near(&self, raw: &Raw) -> Few<usize> {
        let mut out: Few<usize> = spans(raw).flat_map(|s| self.overlapping(*s)).collect();
        out.sort_unstable();
        let mut last = None;
        out.retain(|near| last.replace(*near) != Some(*near));
        out
    }
}

/// The attributions of the grammar by their cues.
struct Cues<'g> {
    grammar: &'g [Raw],
    cues: Vec<(Span, usize)>,
}

impl<'g> Cues<'g> {
    /// Sorts the cues of the grammar; `cues` lends its memory.
    fn new(grammar: &'g [Raw], mut cues: Vec<(Span, usize)>) -> Cues<'g> {
        let cue = |(i, raw): (usize, &Raw)| Some((*raw.cue.as_ref()?.spans.first()?, i));
        let outer = grammar.iter().enumerate().filter(|(_, raw)| !raw.nested);
        cues.clear();
        cues.extend(outer.filter_map(cue));
        cues.sort_unstable();
        Cues { grammar, cues }
    }

    /// The attribution with the same cue that shares most with the content.
    fn of(&self, raw: &Raw) -> Option<&'g Raw> {
        let cue = *raw.cue.as_ref()?.spans.first()?;
        let end = self.cues.partition_point(|(c, _)| c.start() < cue.end());
        // A cue of the grammar is a few words long: those that start before the last few cannot reach this one.
        let near = self.cues[end.saturating_sub(4)..end].iter().filter(|(c, _)| c.overlaps(cue));
        near.map(|(_, i)| &self.grammar[*i]).max_by_key(|g| judge::shared(raw, g).0)
    }
}

/// The content and the cue of an attribution.
fn spans(raw: &Raw) -> impl Iterator<Item = &Span> {
    raw.content.iter().chain(raw.cue.iter().flat_map(|c| c.spans.iter()))
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

/// Whether a part of one attribution reaches into a part of the other.
fn touch(a: &Raw, b: &Raw) -> bool {
    spans(a).any(|x| spans(b).any(|y| x.overlaps(*y)))
}

/// Whether two attributions hold nearly the same words.
fn same_words(a: &Raw, b: &Raw) -> bool {
    let (shared, all) = judge::shared(a, b);
    3 * shared >= 2 * all
}

fn same_source(a: &Raw, b: &Raw) -> bool {
    match (a.source, b.source) {
        (Some(x), Some(y)) => x.overlaps(y),
        (_, None) => true,
        (None, _) => false,
    }
}
