//! Views: clauses that are somebody's without a verb of speech.

use core::ops::Range;

use super::{Reader, Rule};
use crate::attribution::cue;
use crate::attribution::phrase::{self, Phrase};
use crate::attribution::quote::CueClass;
use crate::few::{Few, few};
use crate::lex::token::TokenKind;
use crate::lexicon::Class;

/// What somebody makes of a thing, and the word that leads there: "*in* Roe’s *view*"; construction 47.
const VIEWS: [(&str, &str); 17] = [
    ("in", "view"),
    ("in", "opinion"),
    ("in", "eyes"),
    ("in", "judgment"),
    ("in", "judgement"),
    ("in", "words"),
    ("in", "telling"),
    ("in", "estimation"),
    ("in", "assessment"),
    ("to", "mind"),
    ("by", "account"),
    ("by", "admission"),
    ("by", "calculation"),
    ("by", "estimate"),
    ("by", "estimation"),
    ("by", "reckoning"),
    ("by", "telling"),
];

impl Reader<'_, '_> {
    /// "*For* Roe, the quay is a second home."
    pub(super) fn view_of(&mut self, i: usize) {
        let s = self.s;
        let hi = s.sentence(i).end;
        let Some(np) = phrase::at(s, i + 1, hi) else { return };
        // "For choirmaster Ada Roe": an office before the name.
        let capital = |k: usize| s.token(k).is_some_and(|t| t.is_capital());
        let name = np.head.clone().rev().take_while(|&k| capital(k)).count();
        let named = name >= 2 && np.head.len() <= name + 3;
        let comma = if s.kind(np.items.end) == Some(TokenKind::Comma) { np.items.end } else { np.head.end };
        if !named || s.kind(comma) != Some(TokenKind::Comma) {
            return;
        }
        let states = |k: usize| matches!(s.word(k), "is" | "was" | "means" | "meant" | "matters" | "remains");
        let to = self.clause_end(comma + 1, hi);
        let opens = s.is(comma + 1, Class::DETERMINER.or(Class::PRONOUN_IT).or(Class::POSSESSIVE));
        if !opens || !(comma + 2..to.min(comma + 8)).any(states) {
            return;
        }
        let np = Phrase { items: np.items.start..comma, head: np.head };
        let cue = self.noun_group(i..i + 1, "for", CueClass::Think);
        self.reported(&cue, few![comma + 1..to], Some(&np), None, Rule::View);
    }

    /// "*In Roe’s view*, the toll is unfair", "The toll, *by her own account*, is unfair": what the noun belongs to is
    /// somebody’s. Returns whether it is.
    pub(super) fn view_by(&mut self, noun: usize) -> bool {
        let s = self.s;
        let sentence = s.sentence(noun);
        let (lo, hi) = (sentence.start, sentence.end);
        let Some((lead, owner)) = self.owner(noun, lo) else { return false };
        // "Roe said that, in her view, the toll is unfair": part of what she said.
        let view = s.span(lead..noun + 1);
        if self.out.last().is_some_and(|outer| outer.content.iter().any(|c| c.contains(view))) {
            return false;
        }
        let comma = |i: usize| s.kind(i) == Some(TokenKind::Comma);
        let after = noun + 1;
        let opens = lead == lo || lead == lo + 1 && s.is(lo, Class::CONJUNCTION);
        let aside = !opens && comma(lead - 1);
        let ends = after >= hi || s.kind(after) == Some(TokenKind::Stop);
        // "In her view, Roe said, the toll is unfair" is what she said, too.
        let said = || self.has_subject_verb(after + 1, hi.min(after + 6));
        let content: Few<Range<usize>> =
            if opens && comma(after) && s.quotation(after + 1).is_none() && !said() {
                few![after + 1..self.clause_end(after + 1, hi)]
            } else if aside && comma(after) && self.resumes(after + 1) {
                few![self.clause_floor(lead - 1, lo)..lead - 1, after + 1..self.clause_end(after + 1, hi)]
            } else if aside && ends {
                few![lo..lead - 1]
            } else {
                return false;
            };
        let own = owner.end + usize::from(s.is_clitic(owner.end));
        let np = Phrase { items: owner.clone(), head: owner };
        let cue = self.noun_group(lead..lead + 1, "view", CueClass::Think);
        if !self.reported(&cue, content, Some(&np), None, Rule::View) {
            return false;
        }
        if let Some(cue) = self.out.last_mut().and_then(|raw| raw.cue.as_mut()) {
            cue.spans.push(s.span(own..noun + 1));
        }
        true
    }

    /// Returns the place of the word that leads to a noun of [`VIEWS`], and whose view it is.
    fn owner(&self, noun: usize, lo: usize) -> Option<(usize, Range<usize>)> {
        let s = self.s;
        let before = noun.checked_sub(1)?;
        let end = before.checked_sub(usize::from(s.is_word(before, "own")))?;
        let leads = |&i: &usize| VIEWS.iter().any(|v| s.is_word(i, v.0) && s.is_word(noun, v.1));
        if s.is_clitic(end) {
            let plain = |&i: &usize| s.token(i).is_some_and(|t| t.is_word() && !t.is(Class::AUXILIARY));
            let lead = (lo..end).rev().take(8).take_while(plain).find(leads)?;
            return (lead + 1 < end).then(|| (lead, lead + 1..end));
        }
        let lead = end.checked_sub(1).filter(|i| *i >= lo && leads(i))?;
        s.is(end, Class::POSSESSIVE).then(|| (lead, end..end + 1))
    }

    /// "Roe *is adamant* that the toll is a tax."
    pub(super) fn stance(&mut self, adjective: usize) {
        let s = self.s;
        let sentence = s.sentence(adjective);
        let from = adjective + 1;
        let copula = |i: usize| {
            s.is(i, Class::AUXILIARY.or(Class::ADVERB))
                || matches!(s.word(i), "remains" | "remained" | "feels" | "felt" | "seems" | "seemed")
        };
        let start = (sentence.start..adjective).rev().take(4).take_while(|&i| copula(i)).last();
        let modal = |i| (i..adjective).any(|k| cue::is_irrealis(s.word(k)));
        let Some(start) = start.filter(|&i| !s.is(i, Class::ADVERB) && !modal(i)) else { return };
        let Some(np) = phrase::before(s, start, self.clause_floor(start, sentence.start)) else { return };
        let nobody =
            s.is(np.head.start, Class::PRONOUN_IT.or(Class::WH_WORD)) || s.is_word(np.head.start, "there");
        if nobody || !(s.is_word(from, "that") || self.is_plain_clause(from, sentence.end)) {
            return;
        }
        let cue = self.noun_group(start..from, "be", CueClass::Think);
        self.reported(
            &cue,
            few![from..self.clause_end(from, sentence.end)],
            Some(&np),
            None,
            Rule::NounClause,
        );
    }

    /// "Legend *has it* that a monk built the mill": nobody else is named. Returns whether it is.
    pub(super) fn has_it(&mut self, noun: usize) -> bool {
        let s = self.s;
        if !s.is_word(noun + 2, "it") || !matches!(s.word(noun + 1), "has" | "had") {
            return false;
        }
        let sentence = s.sentence(noun);
        // "An old saying": as a verb it would end the phrase.
        let items = match phrase::before(s, noun + 1, sentence.start) {
            Some(np) => np.items,
            None => match phrase::before(s, noun, sentence.start) {
                Some(np) => np.items.start..noun + 1,
                None => return false,
            },
        };
        let np = Phrase { items: items.clone(), head: items };
        let cue = self.noun_group(noun + 1..noun + 3, "have", CueClass::Say);
        let content = noun + 3..self.clause_end(noun + 3, sentence.end);
        self.reported(&cue, few![content], Some(&np), None, Rule::View)
    }

    /// "Roe *put* the cost at £4m."
    pub(super) fn put_at(&mut self, verb: usize) {
        const LONGEST: usize = 8;
        let s = self.s;
        let sentence = s.sentence(verb);
        let hi = sentence.end;
        let number = |i: usize| s.is(i, Class::NUMBER_WORD) || s.kind(i) == Some(TokenKind::Number);
        let opens = s.is(verb + 1, Class::DETERMINER.or(Class::POSSESSIVE));
        let at = (verb + 2..hi.min(verb + LONGEST)).find(|&i| s.is_word(i, "at"));
        let Some(at) = at.filter(|&i| opens && (i + 1..hi.min(i + 4)).any(number)) else { return };
        let start =
            (sentence.start..verb).rev().take_while(|&i| s.is(i, Class::AUXILIARY)).last().unwrap_or(verb);
        let Some(np) = phrase::before(s, start, self.clause_floor(start, sentence.start)) else { return };
        let cue = self.noun_group(start..verb + 1, "put", CueClass::Claim);
        let content = verb + 1..self.clause_end(at, hi);
        self.reported(&cue, few![content], Some(&np), None, Rule::View);
    }

    /// "As Roe *sees it*, the toll is unfair." Returns whether it is.
    pub(super) fn sees_it(&mut self, verb: usize) -> bool {
        let s = self.s;
        if !s.is_word(verb + 1, "it") || !matches!(s.word(verb), "sees" | "saw") {
            return false;
        }
        let sentence = s.sentence(verb);
        let Some(np) = phrase::before(s, verb, sentence.start) else { return false };
        let cue = self.noun_group(verb..verb + 2, "see", CueClass::Think);
        self.as_put(&cue, &np, sentence.start, sentence.end)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn views() {
        let cases = [
            ("For Ada Roe, the quay is a second home.", "the quay is a second home"),
            ("For ferryman Ada Roe, the quay is a second home.", "the quay is a second home"),
            ("In Ada Roe’s telling, the mill burned first.", "the mill burned first"),
            ("By her own account, Ada Roe never saw the letter.", "Ada Roe never saw the letter"),
            ("The toll, to Ada Roe’s mind, is a tax.", "The toll is a tax"),
            ("The toll is a tax, in Ada Roe’s opinion.", "The toll is a tax"),
            ("Legend has it that a monk built the mill.", "that a monk built the mill"),
            ("As Ada Roe sees it, the toll is a tax.", "the toll is a tax"),
            ("Ada Roe is adamant that the toll is a tax.", "that the toll is a tax"),
            ("She remains confident the toll will go.", "the toll will go"),
            ("The toll, as Ada Roe sees it, is a tax.", "The toll is a tax"),
        ];
        for (text, want) in cases {
            let article = crate::parse(text);
            let got = article.quotes().first().map(|q| q.text(&article));
            assert_eq!(got.as_deref(), Some(want), "{text}");
        }
        for text in [
            "By the account of the bank, a tree grew.",
            "Ada Roe had it by heart.",
            "In his eyes stood tears.",
        ] {
            assert!(crate::parse(text).quotes().is_empty(), "{text}");
        }
    }
}
