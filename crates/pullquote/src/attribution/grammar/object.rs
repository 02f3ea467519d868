//! Objects: what is said as an infinitive, a gerund, a noun phrase or one word.

use core::ops::Range;

use super::{RELIVES, Reader, Rule};
use crate::attribution::cue::{Form, Group};
use crate::attribution::phrase::{self, Phrase};
use crate::few::few;
use crate::lex::token::{Token, TokenKind};
use crate::lexicon::{Class, terms};

/// Verbs that take an infinitive: "promised to mend it", "agreed to wait", "asked walkers to wait".
const INFINITIVE: Class =
    Class::CUE_PROMISE.or(Class::CUE_ASK).or(Class::CUE_DENY).or(Class::CUE_WANT).or(Class::CUE_TELL);

/// Verbs that say to whom before they say to do what.
pub(super) const ADDRESSED: [&str; 13] = [
    "invite",
    "instruct",
    "direct",
    "advise",
    "urge",
    "encourage",
    "order",
    "tell",
    "persuade",
    "command",
    "remind",
    "implore",
    "exhort",
];

impl Reader<'_, '_> {
    /// The object of `NP VERB` that is no clause and holds no quotation.
    pub(super) fn object(
        &mut self,
        group: &Group,
        source: &Phrase,
        addressee: Option<&Range<usize>>,
        hi: usize,
    ) -> bool {
        let s = self.s;
        if group.form != Form::Finite {
            return false;
        }
        let end = group.items.end;
        let behind = addressee.map_or(end, |a| a.end.max(end));
        let to = |i: usize| s.is_word(i, "to") || s.is_word(i, "not") && s.is_word(i + 1, "to");
        let word = self.one_word(group, end, hi);
        let one = word.is_some();
        let found = word.map(|r| (r, None)).or_else(|| {
            if let Some(found) = self.appealed(group, end, hi) {
                return Some(found);
            }
            if group.lists.any(INFINITIVE) && to(behind) {
                // "Roe, invited to a rally": who is spoken to says nothing.
                let passive = addressee.is_none() && ADDRESSED.contains(&group.lemma);
                return (!passive).then(|| (behind..self.phrase_end(behind, hi), addressee.cloned()));
            }
            if let Some(found) = self.urged(group, end, hi) {
                return Some(found);
            }
            if RELIVES.contains(&group.lemma) && s.ends_with(end, "ing") {
                return Some((end..self.phrase_end(end, hi), None));
            }
            self.behind_preposition(group, end, hi).or_else(|| self.noun(group, end, hi).map(|r| (r, None)))
        });
        let Some((content, addressee)) = found else { return false };
        if content.is_empty() || content.clone().any(|i| s.quotation(i).is_some()) {
            return false;
        }
        let bounded = one || addressee.is_some() && !to(behind) || s.is_word(content.end, "and");
        self.push(group, few![content], Some(source), addressee, few![], Rule::Phrase);
        if bounded {
            self.bound();
        }
        true
    }

    /// "appealed to the capital | for blankets"
    fn appealed(&self, group: &Group, end: usize, hi: usize) -> Option<(Range<usize>, Option<Range<usize>>)> {
        const LONGEST: usize = 12;
        let s = self.s;
        if group.lemma != "appeal" || !s.is_word(end, "to") {
            return None;
        }
        let aim = (end + 2..hi.min(end + LONGEST)).find(|&i| s.is_word(i, "for"))?;
        Some((aim + 1..self.phrase_end(aim + 1, hi), Some(end + 1..aim)))
    }

    /// "urged anyone with footage from Saturday night | to come forward": the one spoken to may be a long phrase.
    fn urged(&self, group: &Group, end: usize, hi: usize) -> Option<(Range<usize>, Option<Range<usize>>)> {
        const LONGEST: usize = 18;
        let s = self.s;
        let calls = group.lemma == "call" && s.is_word(end - 1, "on");
        let asks = calls || ADDRESSED.contains(&group.lemma) || matches!(group.lemma, "ask" | "warn" | "beg");
        let opens = Class::DETERMINER.or(Class::PRONOUN_OTHER).or(Class::POSSESSIVE).or(Class::GROUP);
        if !asks || !s.is(end, opens) {
            return None;
        }
        let plain = |i: &usize| {
            matches!(s.kind(*i), Some(TokenKind::Word | TokenKind::Number)) && !s.is(*i, Class::AUXILIARY)
        };
        let verb = |i: usize| {
            let other =
                Class::DETERMINER.or(Class::POSSESSIVE).or(Class::PRONOUN_OTHER).or(Class::PREPOSITION);
            s.token(i).is_some_and(|t| t.is_word() && !t.is_capital() && !t.is(other))
                && !s.ends_with(i, "ing")
        };
        let to = (end + 1..hi.min(end + LONGEST))
            .take_while(plain)
            .find(|&i| s.is_word(i, "to") && verb(i + 1))?;
        let from = if s.is_word(to - 1, "not") { to - 1 } else { to };
        Some((from..self.phrase_end(from, hi), Some(end..from)))
    }

    /// "If Roe says no, …", "Poole said yes."
    pub(super) fn one_word(&self, group: &Group, i: usize, hi: usize) -> Option<Range<usize>> {
        let s = self.s;
        let word = s.is_word(i, "yes") || s.is_word(i, "no");
        let ends = i + 1 >= hi || matches!(s.kind(i + 1), Some(TokenKind::Comma | TokenKind::Stop));
        (group.lemma == "say" && i < hi && word && ends).then_some(i..i + 1)
    }

    /// "warned against swimming", "called for calm", "thanked the crew for waiting".
    fn behind_preposition(
        &self,
        group: &Group,
        end: usize,
        hi: usize,
    ) -> Option<(Range<usize>, Option<Range<usize>>)> {
        let s = self.s;
        let preposition = |i: usize| {
            matches!(s.bytes(i), b"for" | b"against" | b"of" | b"about" | b"on" | b"over") && i + 1 < hi
        };
        if group.lemma == "thank" {
            let whom = phrase::at(s, end, hi).map(|np| np.head)?;
            // "the crew for waiting": the phrase may have swallowed its own complement.
            let at = (whom.start + 1..whom.end + 1).find(|&i| s.is_word(i, "for"))?;
            let content = at + 1..self.phrase_end(at + 1, hi);
            return s.ends_with(at + 1, "ing").then_some((content, Some(whom.start..at)));
        }
        let particle = group.items.clone().next_back().filter(|&i| i > group.verb && preposition(i));
        let at = particle.or_else(|| preposition(end).then_some(end))?;
        let from = at + 1;
        let opens = s.ends_with(from, "ing") || phrase::at(s, from, hi).is_some();
        (terms::CUE_AFTER.has(group.lemma) && opens).then(|| (from..self.phrase_end(from, hi), None))
    }

    /// "announced a night ferry", "denied any part in the sale".
    fn noun(&self, group: &Group, from: usize, hi: usize) -> Option<Range<usize>> {
        let s = self.s;
        if !terms::CUE_OBJECT.has(group.lemma) {
            return None;
        }
        // "demanded an answer": a noun that is a cue elsewhere.
        let cue = s.is(from, Class::DETERMINER) && s.is(from + 1, Class::NOUN_CUE);
        if !cue {
            phrase::at(s, from, hi)?;
        }
        // "fear a long drought": with a determiner or as a bare plural the object is no clause.
        let to = self.phrase_end(from, hi);
        (!s.is(from, Class::PRONOUN_SUBJECT)).then_some(from..to)
    }

    /// Whether a word looks like a verb in the past.
    pub(super) fn is_past(&self, i: usize) -> bool {
        self.s.token(i).is_some_and(|t| is_past(self.s.text, t))
    }

    /// Where an infinitive, a gerund or a noun phrase ends: where the sentence does, at a comma, or where the
    /// subject does the next thing ("apologised for missing it and *sat* down").
    fn phrase_end(&self, from: usize, hi: usize) -> usize {
        let s = self.s;
        (from..hi)
            .find(|&i| match s.kind(i) {
                Some(TokenKind::Stop | TokenKind::Semicolon | TokenKind::Colon | TokenKind::Comma) => {
                    i > from
                }
                Some(_) => s.is_word(i, "and") && self.is_past(i + 1),
                None => true,
            })
            .unwrap_or(hi)
    }
}

/// Whether a token looks like a verb in the past.
pub(super) fn is_past(text: &str, token: &Token) -> bool {
    token.ends_with(text, "ed") || token.is_in(text, terms::PAST) || token.reads(text, "said")
}

#[cfg(test)]
mod tests {
    #[test]
    fn objects() {
        let cases = [
            ("Ada Roe warned against swimming in the dock.", "swimming in the dock"),
            ("Ada Roe apologised for breaking the vase and left.", "breaking the vase"),
            ("Ada Roe called for cheaper fares.", "cheaper fares"),
            ("Ada Roe demanded a refund.", "a refund"),
            ("If Ada Roe says no, the deal is off.", "no"),
        ];
        for (text, want) in cases {
            let article = crate::parse(text);
            let got = article.quotes().first().map(|q| q.text(&article));
            assert_eq!(got.as_deref(), Some(want), "{text}");
        }
    }
}
