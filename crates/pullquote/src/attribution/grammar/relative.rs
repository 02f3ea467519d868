//! Clauses around a cue that is not the main verb: relative clauses, hearsay, quotatives.

use core::ops::Range;

use super::{Reader, Rule};
use crate::attribution::cue::{self, Form, Group};
use crate::attribution::phrase::{self, Phrase};
use crate::attribution::quote::{CueClass, Polarity};
use crate::few::few;
use crate::lex::token::{Case, TokenKind};
use crate::lexicon::{Class, terms};

/// Verbs that say little by themselves: the noun that they take tells what is done.
const LIGHT: [&str; 20] = [
    "made",
    "make",
    "makes",
    "making",
    "gave",
    "give",
    "gives",
    "issued",
    "issues",
    "offered",
    "repeated",
    "voiced",
    "expressed",
    "raised",
    "delivered",
    "sent",
    "published",
    "put",
    "launched",
    "renewed",
];

impl Reader<'_, '_> {
    /// "The winch, which *Roe said* had been oiled, broke": the clause goes on behind the cue.
    pub(super) fn relative(&mut self, group: &Group, source: &Phrase, lo: usize, hi: usize) -> bool {
        let s = self.s;
        let wh = |i: usize| matches!(s.bytes(i), b"which" | b"who" | b"that" | b"whom");
        let inside = wh(source.items.start) && source.items.len() > 1;
        let from = source.items.start + usize::from(inside);
        let Some(open) = from.checked_sub(1).filter(|&i| i > lo && wh(i)) else { return false };
        let end = group.items.end;
        let comma = s.kind(open - 1) == Some(TokenKind::Comma);
        let verb = s.is(end, Class::AUXILIARY) || s.is_in(end, terms::PAST) || s.ends_with(end, "ed");
        let other = Class::DETERMINER.or(Class::PREPOSITION).or(Class::PRONOUN_OTHER).or(Class::ADVERB);
        let present = comma
            && s.token(end).is_some_and(|t| t.case == Case::Lower && !t.is(other.or(Class::PRONOUN_SUBJECT)));
        let verb = verb || present;
        // "New York state": a noun.
        let bare =
            group.lists.any(Class::CUE_BARE) && group.form == Form::Finite && !s.is(group.verb, Class::BODY);
        let last = source.head.end - 1;
        let speaks = s.is(last, Class::PRONOUN_SUBJECT.or(phrase::NOUNS))
            || s.token(last).is_some_and(|t| t.is_capital());
        if !verb || !bare || !speaks || s.starts_sentence(end) {
            return false;
        }
        let closing = (end..hi).find(|&i| comma && s.kind(i) == Some(TokenKind::Comma));
        let to = closing.or_else(|| self.next_verb(end, hi)).unwrap_or_else(|| self.clause_end(end, hi));
        let source = Phrase { items: from..source.items.end, head: from..source.head.end.max(from + 1) };
        let found = self.reported(group, few![end..to], Some(&source), None, Rule::Relative);
        if found {
            self.bound();
        }
        found
    }

    /// The second finite verb of a stretch that starts with a clause: "that the kiln was cold | *fell* apart".
    ///
    /// `None` where a comma, a conjunction or another clause makes it doubtful.
    pub(super) fn next_verb(&self, from: usize, hi: usize) -> Option<usize> {
        let s = self.s;
        let auxiliary = |i: usize| s.is(i, Class::AUXILIARY);
        let first = (from..hi).find(|&i| auxiliary(i) || s.is_in(i, terms::PAST))?;
        let mut i = first + 1;
        // "had been", "was not ever"
        while auxiliary(first) && i < hi && s.is(i, Class::AUXILIARY.or(Class::ADVERB).or(Class::NEGATION)) {
            i += 1;
        }
        // What follows an auxiliary is its own verb or complement.
        i += usize::from(auxiliary(first));
        while i < hi {
            let breaks = Class::CONJUNCTION.or(Class::WH_WORD).or(Class::PRONOUN_SUBJECT);
            if s.is(i, breaks) && !s.is(i, Class::PREPOSITION)
                || !matches!(s.kind(i), Some(TokenKind::Word | TokenKind::Number))
                || s.is_word(i, "that")
            {
                return None;
            }
            let free = !s.is(i - 1, Class::DETERMINER.or(Class::POSSESSIVE)) && !s.is_word(i - 1, "to");
            if free && (auxiliary(i) || s.is_in(i, terms::PAST)) {
                return Some(i);
            }
            i += 1;
        }
        None
    }

    /// The only word behind the verb of a clause that ends like a verb in the past: "that no ship would sail | *lasted* a
    /// day".
    fn next_past(&self, from: usize, hi: usize) -> Option<usize> {
        let s = self.s;
        let first = (from..hi).find(|&i| s.is(i, Class::AUXILIARY))?;
        let verb =
            (first + 1..hi).find(|&i| !s.is(i, Class::AUXILIARY.or(Class::ADVERB).or(Class::NEGATION)))?;
        let plain = |i: usize| matches!(s.kind(i), Some(TokenKind::Word | TokenKind::Number));
        let other = Class::DETERMINER.or(Class::POSSESSIVE).or(Class::CONJUNCTION).or(Class::ADVERB);
        let mut past = (verb + 1..hi).take_while(|&i| plain(i)).filter(|&i| s.ends_with(i, "ed"));
        let one = past.next().filter(|_| past.next().is_none())?;
        let free = !s.is(one - 1, other) && one > verb + 1 && !s.is_word(one + 1, "by");
        free.then_some(one)
    }

    /// "Roe *made the point* that the ferry was full", "Roe *issued a plea* for calm": `content` is where the content starts.
    pub(super) fn light_verb(&mut self, noun: usize, content: usize) -> bool {
        let s = self.s;
        let sentence = s.sentence(noun);
        let lo = sentence.start;
        let from = noun.saturating_sub(4).max(lo + 1);
        // "is of the opinion that …"
        let holds = |i: &usize| s.is(*i, Class::AUXILIARY) && s.is_word(i + 1, "of") && i + 3 == noun;
        let light = |i: &usize| LIGHT.contains(&s.word(*i)) || holds(i);
        let Some(verb) = (from..noun).rev().find(light) else { return false };
        let start = (from..verb).rev().take_while(|&i| s.is(i, Class::AUXILIARY)).last().unwrap_or(verb);
        let Some(np) = phrase::before(s, start, self.clause_floor(start, lo)) else { return false };
        let content = content..self.clause_end(content, sentence.end);
        let cue = self.noun_group(start..noun + 1, "claim", CueClass::Claim);
        self.reported(&cue, few![content], Some(&np), None, Rule::NounClause)
    }

    /// "Roe’s *claim* that the ferry was full fell apart."
    pub(super) fn claim(&mut self, noun: usize) {
        let s = self.s;
        let sentence = s.sentence(noun);
        let lo = sentence.start;
        if self.light_verb(noun, noun + 1) {
            return;
        }
        let Some(clitic) = noun.checked_sub(1).filter(|&i| i > lo && s.is_clitic(i)) else { return };
        let Some(np) = phrase::before(s, clitic, lo) else { return };
        // "They seized on | Feld’s claim"
        let link = |i: &usize| s.is(*i, Class::PREPOSITION) && !s.is_word(*i, "of");
        let start = np.items.clone().rev().find(link).map_or(np.items.start, |i| i + 1);
        if start >= clitic {
            return;
        }
        let np = Phrase { items: start..clitic, head: start..clitic };
        let from = noun + 1;
        let next = self.next_verb(from + 1, sentence.end).or_else(|| self.next_past(from + 1, sentence.end));
        let to = next.unwrap_or_else(|| self.clause_end(from, sentence.end));
        let cue = self.noun_group(noun..noun + 1, "claim", CueClass::Claim);
        if self.reported(&cue, few![from..to], Some(&np), None, Rule::NounClause) && next.is_some() {
            self.bound();
        }
    }

    /// "And she’s *like*, “Go home.”", "and the girl *goes*, “No.”"
    pub(super) fn quotative(&mut self, i: usize) {
        let s = self.s;
        let like = s.is_word(i, "like");
        let start = if like { i.saturating_sub(1) } else { i };
        let leads = matches!(s.kind(i + 1), Some(TokenKind::Comma | TokenKind::Colon));
        if like && (i == 0 || !s.is(start, Class::AUXILIARY))
            || !leads
            || s.quotation(i + 2).is_none_or(|_| self.taken[i + 2])
        {
            return;
        }
        let lo = s.sentence(i).start;
        let Some(np) = phrase::before(s, start, lo.max(self.last_clause(lo, start))) else { return };
        let cue =
            Group { items: start..i + 1, verb: i, ..self.noun_group(start..i + 1, "be like", CueClass::Say) };
        self.quote_after(&cue, &np, None, i + 2, Rule::Quotative);
    }

    /// Where the last clause before a verb starts: "so I called and | the girl goes".
    fn last_clause(&self, lo: usize, verb: usize) -> usize {
        let s = self.s;
        (lo..verb).rev().find(|&i| s.is_word(i, "and") || s.is_word(i, "so")).map_or(lo, |i| i + 1)
    }

    /// "The jury *heard* that the door was open", "Jurors *were told* …": nobody is named.
    pub(super) fn hearing(&mut self, group: &Group, lo: usize, hi: usize) -> bool {
        let s = self.s;
        let (start, end) = (group.items.start, group.items.end);
        let heard = group.lemma == "hear" && group.form == Form::Finite;
        let told = group.form == Form::Passive && group.lists.any(Class::CUE_TELL);
        if !(heard || told) || !s.is_word(end, "that") && !self.starts_clause(end) {
            return false;
        }
        let Some(np) = phrase::before(s, start, self.clause_floor(start, lo)) else { return false };
        if heard && !terms::HEARING.has(s.word(np.head.end - 1)) {
            return false;
        }
        let to = self.clause_end(end, hi);
        self.reported(group, few![end..to], None, Some(np.items), Rule::Passive)
    }

    /// The cue of a construction without a verb of speech.
    pub(super) fn noun_group(&self, items: Range<usize>, lemma: &'static str, class: CueClass) -> Group {
        Group {
            verb: items.start,
            items,
            lemma,
            class,
            lists: cue::SPEECH,
            form: Form::Finite,
            polarity: Polarity::Asserted,
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn clauses() {
        let cases = [
            ("The winch, which Ada Roe said had been oiled in May, broke.", "had been oiled in May"),
            ("Ada Roe’s claim that the ferry was full fell apart.", "that the ferry was full"),
            ("So I called the bakery and the girl goes, “We are shut.”", "“We are shut.”"),
            ("The jury heard that the door was open.", "that the door was open"),
        ];
        for (text, want) in cases {
            let article = crate::parse(text);
            let got = article.quotes().first().map(|q| q.text(&article));
            assert_eq!(got.as_deref(), Some(want), "{text}");
        }
    }
}
