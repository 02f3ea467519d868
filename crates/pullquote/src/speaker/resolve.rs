//! From the source phrase of a quote to one of the cast.

use alloc::format;
use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

use crate::attribution::grammar::{Raw, Who};
use crate::attribution::quote::{Cue, Quote, Spans};
use crate::lex::story::Story;
use crate::lex::token::TokenKind;
use crate::lexicon::Class;
use crate::mention::name::{self, Bearer, Gender};
use crate::quotation::Quotation;
use crate::span::Span;
use crate::speaker::cast::{Cast, Entity, clean, gender_of_noun};
use crate::speaker::{Speaker, SpeakerId};

/// How many tokens back a pronoun may reach; by the weights below nothing further back could win.
const REACH: usize = 2_000;

/// Turns raw attributions into quotes, and finds the speaker of each.
///
/// Time grows with the tokens of the story and the quotes, times the logarithm of the names.
pub(crate) fn resolve(
    text: &str,
    story: &Story,
    raws: Vec<Raw>,
    author: Option<&str>,
    quotations: &mut [Quotation],
) -> (Vec<Quote>, Vec<Speaker>) {
    let mut cast = Cast::read(text, story);
    let mut quotes: Vec<Quote> = Vec::with_capacity(raws.len());
    let mut previous: Option<Previous> = None;
    for raw in raws {
        let place = quotes.len();
        for &q in &raw.quotations {
            quotations[q].quote = u32::try_from(place).ok();
        }
        let who = match (raw.who, raw.head) {
            (Who::Source, Some(head)) => cast.of_phrase(head, raw.source.unwrap_or(head), previous, author),
            (Who::Source, None) => None,
            (Who::Follows(first), _) => {
                // The quotes are in the order of their content.
                let after = quotes.partition_point(|q| q.content().first().is_none_or(|c| *c <= first));
                let followed = quotes[..after].last().filter(|q| q.content().first() == Some(&first));
                followed.and_then(|q| q.speaker).map(SpeakerId::place)
            }
            (Who::Author, _) => {
                author.map(|a| cast.named(a, raw.content.first().copied().unwrap_or_default()))
            }
            (Who::Subject, _) => cast.subject(author),
        };
        if let Some(who) = who {
            let at = raw.head.or(raw.content.first().copied()).map_or(0, |s| cast.token_at(s.start()));
            previous = Some(Previous { who, at });
            cast.entities[who].speaks = true;
        }
        quotes.push(Quote {
            kind: raw.kind,
            content: raw.content.iter().copied().collect(),
            cue: raw.cue.map(|c| Cue {
                spans: c.spans.into_iter().collect(),
                lemma: c.lemma,
                class: c.class,
            }),
            source: raw.source.into_iter().collect(),
            addressee: raw.addressee.into_iter().collect(),
            medium: Spans::default(),
            speaker: who.map(SpeakerId::of_place),
            polarity: raw.polarity,
            confidence: raw.confidence.unwrap_or(raw.rule.confidence()),
            rule: raw.rule.name(),
        });
    }
    let speakers = speakers(cast.entities, &mut quotes);
    (quotes, speakers)
}

/// Who spoke last, and the token where that was said.
#[derive(Debug, Clone, Copy)]
struct Previous {
    who: usize,
    at: usize,
}

/// Keeps those who speak, in the order of their first mention, and renumbers the quotes.
fn speakers(entities: Vec<Entity>, quotes: &mut [Quote]) -> Vec<Speaker> {
    let mut places: Vec<usize> = (0..entities.len()).filter(|&e| entities[e].speaks).collect();
    places.sort_by_key(|&e| entities[e].mentions.iter().map(|m| m.1).min());
    let mut ids = vec![None; entities.len()];
    for (place, &e) in places.iter().enumerate() {
        ids[e] = Some(SpeakerId::of_place(place));
    }
    for quote in quotes.iter_mut() {
        quote.speaker = quote.speaker.and_then(|id| ids[id.place()]);
    }
    let mut entities: Vec<Option<Entity>> = entities.into_iter().map(Some).collect();
    let mut speakers: Vec<Speaker> = Vec::with_capacity(places.len());
    for e in places {
        let Some(entity) = entities[e].take() else { continue };
        speakers.push(Speaker {
            id: SpeakerId::of_place(speakers.len()),
            name: entity.name,
            title: entity.title,
            affiliation: entity.affiliation,
            mentions: entity.mentions.iter().map(|m| m.1).collect(),
        });
    }
    // A pronoun or a noun phrase that was resolved is a mention too.
    for quote in quotes.iter() {
        if let (Some(id), Some(&source)) = (quote.speaker, quote.source().first()) {
            speakers[id.place()].mentions.push(source);
        }
    }
    for speaker in &mut speakers {
        speaker.mentions.sort_unstable_by_key(|m| (m.start(), m.end()));
        // A name inside its own source phrase is one mention, the shorter.
        speaker.mentions.dedup_by(|later, kept| {
            let same = later.overlaps(*kept);
            if same && later.len() < kept.len() {
                *kept = *later;
            }
            same
        });
    }
    speakers
}

impl Cast<'_> {
    /// Finds who a source phrase names.
    fn of_phrase(
        &mut self,
        head: Span,
        source: Span,
        previous: Option<Previous>,
        author: Option<&str>,
    ) -> Option<usize> {
        let range = self.token_at(head.start())..self.token_at(head.end());
        if range.is_empty() {
            return None;
        }
        if range.len() == 1 {
            let token = self.tokens[range.start];
            let text = token.span.of(self.text);
            if token.is(Class::PRONOUN_HE) {
                return self.of_pronoun(range.start, Some(Gender::He), previous);
            } else if token.is(Class::PRONOUN_SHE) {
                return self.of_pronoun(range.start, Some(Gender::She), previous);
            } else if text == "I" {
                return author.map(|a| self.named(a, head));
            } else if token.is(Class::PRONOUN_THEY) {
                return previous.map(|p| p.who).or_else(|| self.of_pronoun(range.start, None, None));
            } else if matches!(text, "who" | "Who") {
                return self.antecedent(range.start);
            } else if token.is(Class::PRONOUN_IT) {
                // "The report said … It added": what spoke last, if it is no person.
                return previous.map(|p| p.who).filter(|&e| self.is_thing(e));
            } else if token.is(NOBODY) {
                return None;
            }
        }
        // The core ends at the first preposition: "a spokesman | for the port", "residents | of Mill Lane".
        let link = range
            .clone()
            .skip(1)
            .find(|&i| self.tokens[i].is(Class::PREPOSITION) && !self.tokens[i].is_capital());
        let core = range.start..link.unwrap_or(range.end);
        let inside = self.names_in(core.clone()).filter(|&n| {
            let end = self.names[n].tokens.end;
            self.owners[n] != usize::MAX
                && !(self.names[n].possessive && end < core.end)
                && !self.modifies(end, core.end)
        });
        let names: Vec<usize> = inside.map(|n| self.owners[n]).collect();
        let and = core.clone().any(|i| self.tokens[i].span.of(self.text) == "and");
        match names.as_slice() {
            [] => {}
            [a, b] if and && a != b => return Some(self.joint(*a, *b, head)),
            [.., last] => return Some(*last),
        }
        // "The port’s head of security, Ivo Hale": the name stands in the apposition.
        let comma = self.token_at(head.end());
        if source.end() > head.end() && self.tokens.get(comma).is_some_and(|t| t.kind == TokenKind::Comma) {
            let next = self.names_in(comma + 1..comma + 5).next().filter(|&n| {
                let first = self.names[n].title.as_ref().map_or(self.names[n].tokens.start, |t| t.start);
                first == comma + 1 && self.names[n].bearer != Bearer::Body && self.owners[n] != usize::MAX
            });
            if let Some(n) = next {
                return Some(self.owners[n]);
            }
        }
        self.of_noun(range, core, previous)
    }

    /// Whether an entity is a body, or a text that is known by its noun alone.
    fn is_thing(&self, e: usize) -> bool {
        let entity = &self.entities[e];
        let document = || {
            let at = entity.mentions.first().map(|m| m.0..self.token_at(m.1.end()));
            at.is_some_and(|at| self.tokens[at].iter().any(|t| t.is(Class::DOCUMENT.or(Class::BODY))))
        };
        entity.bearer == Bearer::Body || entity.words.is_empty() && document()
    }

    /// Who "who" at token `at` refers to: the name right before it, past a comma.
    fn antecedent(&self, at: usize) -> Option<usize> {
        let n = self.names_in(at.saturating_sub(8)..at).next_back()?;
        let gap = self.names[n].tokens.end..at;
        let near = gap.len() <= 1 && self.tokens[gap].iter().all(|t| t.kind == TokenKind::Comma);
        near.then_some(self.owners[n]).filter(|&o| o != usize::MAX)
    }

    /// Whether a name that ends at `end` only stands before a noun: "Chinese | companies".
    fn modifies(&self, end: usize, core: usize) -> bool {
        end < core
            && self.tokens[end].is_word()
            && self.tokens[end].spaced
            && !self.tokens[end].is_capital()
            && self.tokens[end].span.of(self.text) != "and"
    }

    /// "the analyst", "a spokesman for the port", "officials"
    fn of_noun(
        &mut self,
        range: Range<usize>,
        core: Range<usize>,
        previous: Option<Previous>,
    ) -> Option<usize> {
        let noun = core
            .clone()
            .rev()
            .find(|&i| self.tokens[i].is_word() || self.tokens[i].kind == TokenKind::Number)?;
        let token = self.tokens[noun];
        // A spokesperson speaks for the body behind the preposition.
        if token.span.of(self.text).to_ascii_lowercase().starts_with("spokes") && core.end < range.end {
            let body = self.names_in(core.end + 1..range.end).next();
            if let Some(owner) = body.map(|n| self.owners[n]).filter(|&o| o != usize::MAX) {
                self.entities[owner].title.get_or_insert(token.span);
                return Some(owner);
            }
        }
        let first = self.tokens[range.start];
        let definite = first.span.of(self.text).eq_ignore_ascii_case("the")
            || first.is(Class::POSSESSIVE) && token.is(Class::BODY);
        let single = Class::ROLE.or(Class::BODY).or(Class::DOCUMENT);
        let plural = token.is(Class::GROUP) || (token.span.of(self.text).ends_with('s') && !token.is(single));
        if definite && !plural {
            if let Some(e) = self.described(&token, range.start) {
                return Some(e);
            }
            let bare = core.len() <= 6 && core.end == range.end;
            if bare
                && token.is(Class::BODY)
                && !token.is(Class::ROLE)
                && let Some(e) = self.body_before(range.start)
            {
                return Some(e);
            }
            let person =
                token.is(Class::ROLE.or(Class::KIN_HE).or(Class::KIN_SHE)) && !token.is(Class::DOCUMENT);
            if bare
                && person
                && let Some(found) = self.of_pronoun(range.start, gender_of_noun(&token), previous)
            {
                return Some(found);
            }
        }
        // "One driver said … The driver, Ivo Hale, added": the role is given a name later.
        if !plural
            && token.is(Class::ROLE)
            && let Some(e) = self.named_later(noun, &token)
        {
            return Some(e);
        }
        // Nobody named: the phrase itself is the best name there is.
        let skip =
            usize::from(range.len() > 1 && first.is(Class::DETERMINER) && !first.is(Class::NUMBER_WORD));
        let span = name::span(self.tokens, range.start + skip..range.end);
        let text = clean(span.of(self.text));
        Some(self.named(&text, span))
    }

    /// Finds the person that a pronoun or a bare noun at token `at` stands for.
    ///
    /// The weights are those measured in prototypes on PolNeAR: recency −1 a 40 tokens, the start of a sentence
    /// +1.2, a possessive −0.7, after a preposition −0.8, the previous speaker +2.5; here in hundredths.
    fn of_pronoun(&self, at: usize, gender: Option<Gender>, previous: Option<Previous>) -> Option<usize> {
        let paragraph = self.region_of(at);
        let mut best: Option<(i64, usize)> = None;
        let reach = at.saturating_sub(REACH)..at;
        for n in self.names_in(reach).rev() {
            let name = &self.names[n];
            let start = name.tokens.start;
            let e = self.owners[n];
            if e == usize::MAX {
                continue;
            }
            let entity = &self.entities[e];
            if entity.bearer == Bearer::Body
                || (entity.bearer == Bearer::Unclear && entity.words.len() < 2 && entity.gender.is_none())
            {
                continue;
            }
            if let (Some(want), Some(have)) = (gender, entity.gender)
                && want != have
            {
                continue;
            }
            let away = i64::try_from(paragraph - self.region_of(start)).unwrap_or(99);
            let mut score = -((at - start) as i64) * 100 / 40 - away * 80;
            let sentence = self.sentence_start(start);
            score += if start - sentence <= 2 { 120 } else { 0 };
            score -= if name.possessive { 70 } else { 0 };
            score -= if start > 0 && self.tokens[start - 1].is(Class::PREPOSITION) { 80 } else { 0 };
            score += match (gender, entity.gender) {
                (Some(_), Some(_)) => 150,
                (Some(_), None) if entity.bearer == Bearer::Unclear => -150,
                _ => 0,
            };
            if best.is_none_or(|(b, _)| score > b) {
                best = Some((score, e));
            }
            // Nothing further back can win.
            if best.is_some_and(|(b, _)| -((at - start) as i64) * 100 / 40 + 520 < b) {
                break;
            }
        }
        // The previous speaker, if near enough and of the right gender.
        if let Some(Previous { who: e, at: spoke }) = previous {
            let entity = &self.entities[e];
            let away = i64::try_from(paragraph.saturating_sub(self.region_of(spoke.min(at)))).unwrap_or(99);
            let agrees = match (gender, entity.gender) {
                (Some(a), Some(b)) => a == b,
                _ => entity.bearer != Bearer::Body,
            };
            if agrees && away <= 2 && spoke <= at {
                // An unnamed speaker ("one questioner") is seldom meant by a pronoun later on.
                let bonus = if entity.words.is_empty() { 0 } else { 250 };
                let score = -((at - spoke) as i64) * 100 / 40 - away * 80 + bonus;
                if best.is_none_or(|(b, _)| score > b) {
                    best = Some((score, e));
                }
            }
        }
        best.map(|(_, e)| e)
    }

    fn region_of(&self, token: usize) -> usize {
        self.story.regions.partition_point(|r| r.tokens().end <= token)
    }

    fn sentence_start(&self, token: usize) -> usize {
        let place = self.story.sentences.partition_point(|s| s.tokens().end <= token);
        self.story.sentences.get(place).map_or(token, |s| s.tokens().start.min(token))
    }

    /// The person the article is about: the one named most often, the first of them if several are.
    pub(super) fn subject(&self, author: Option<&str>) -> Option<usize> {
        let people = self.entities.iter().enumerate().filter(|(_, e)| {
            e.bearer != Bearer::Body && e.words.len() > 1 && author != Some(e.name.as_str())
        });
        people.max_by_key(|(i, e)| (e.mentions.len(), core::cmp::Reverse(*i))).map(|(i, _)| i)
    }

    /// Two who speak as one: "Feld and Boyd".
    fn joint(&mut self, a: usize, b: usize, span: Span) -> usize {
        let name = format!("{} and {}", self.entities[a].name, self.entities[b].name);
        self.named(&name, span)
    }
}

/// Pronouns that name nobody in particular.
const NOBODY: Class = Class::PRONOUN_OTHER.or(Class::PRONOUN_FIRST).or(Class::PRONOUN_SECOND);

#[cfg(test)]
mod tests {
    #[test]
    fn it_is_the_thing_that_spoke_last() {
        let cases: &[(&str, Option<&str>)] = &[
            ("“Every bolt is loose,” the report said.\n\n“The pier is unsafe,” it added.", Some("report")),
            ("“Every bolt is loose,” Ada Roe said.\n\n“The pier is unsafe,” it added.", None),
        ];
        for (text, want) in cases {
            let text = alloc::format!("Pier shut\n\n{text}");
            let article = crate::parse(&text);
            let last = article.quotes().last().and_then(|q| q.speaker());
            assert_eq!(last.map(|id| article[id].name()), *want, "{text}");
        }
    }
}
