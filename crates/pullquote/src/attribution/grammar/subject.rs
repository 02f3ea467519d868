//! Who: the subject of a cue, and to whom it is said.

use core::ops::Range;

use super::{Reader, Subject};
use crate::attribution::cue::{Form, Group};
use crate::attribution::phrase::{self, Phrase};
use crate::frame::dateline;
use crate::lex::token::{Case, TokenKind};
use crate::lexicon::{Class, terms};

impl Reader<'_, '_> {
    /// The subject of a verb group: the phrase right before it, or that of its sentence when verbs are joined.
    pub(super) fn subject(&self, group: &Group, lo: usize) -> Option<(Phrase, Subject)> {
        let s = self.s;
        let start = group.items.start;
        if group.form != Form::Participle && start > lo {
            let floor = self.clause_floor(start, lo);
            // "The union on Wednesday demanded"
            let day = usize::from(s.is(start - 1, Class::WEEKDAY));
            let day = day + usize::from(day == 1 && start >= lo + 2 && s.is_word(start - 2, "on"));
            if let Some(np) = phrase::before(s, start - day, floor)
                && !self.is_object(&np, lo)
            {
                return Some((np, Subject::Own));
            }
        }
        if let Some(np) = self.document(group, lo) {
            return Some((np, Subject::Own));
        }
        // "Feld looked up and said", "…, saying", ", adding"
        let link = start.checked_sub(1)?;
        let joined = s.is_word(link, "and")
            || s.is_word(link, "but")
            || s.is_word(link, "then")
            || matches!(s.kind(link), Some(TokenKind::Comma))
            || s.is(link, Class::ADVERB);
        if start > lo && joined {
            if let Some((np, sentence)) = &self.shared
                && *sentence == s.sentence(start).start
            {
                return Some((np.clone(), Subject::Shared));
            }
            let from = self.skip_lead(self.behind_dateline(lo, start), start);
            return phrase::at(s, from, start).map(|np| (np, Subject::Shared));
        }
        None
    }

    /// "A study of 900 nurses published on Friday | found that …", "Figures released by the port | show that …": a text with
    /// all that is said of it up to the verb.
    fn document(&self, group: &Group, lo: usize) -> Option<Phrase> {
        const NEAR: usize = 4;
        let s = self.s;
        let start = group.items.start;
        let from = self.skip_lead(lo, start);
        if group.form != Form::Finite || !s.starts_sentence(from) && from == lo {
            return None;
        }
        let noun = (from..start.min(from + NEAR))
            .find(|&i| s.is(i, Class::DOCUMENT) && !s.token(i).is_some_and(|t| t.is_capital() && i > from))?;
        let behind = noun + 1;
        let goes_on =
            s.is(behind, Class::PREPOSITION) || s.ends_with(behind, "ed") || terms::PAST.has(s.word(behind));
        let plain = |i: usize| {
            matches!(s.kind(i), Some(TokenKind::Word | TokenKind::Number))
                && !s.is(i, Class::AUXILIARY.or(Class::WH_WORD).or(Class::PRONOUN_SUBJECT))
        };
        let verb = s.is_word(group.items.end, "that") || group.lists.any(Class::CUE_EVIDENCE);
        let found = behind < start && goes_on && verb && (from..start).all(plain);
        found.then_some(Phrase { items: from..start, head: from..behind })
    }

    /// A phrase that is the object of a preposition at the start of the sentence is no subject: "In Leeds said".
    pub(super) fn is_object(&self, np: &Phrase, lo: usize) -> bool {
        np.items.start > lo
            && self.s.is(np.items.start - 1, Class::PREPOSITION)
            && !self.s.is(np.items.start - 1, Class::CONJUNCTION)
            && np.items.start - 1 == lo
            && !matches!(self.s.bytes(np.items.start - 1), b"like" | b"as" | b"As" | b"Like")
    }

    /// Where the clause of the verb at `verb` starts: after a quotation, a semicolon, a dash or a colon.
    pub(super) fn clause_floor(&self, verb: usize, lo: usize) -> usize {
        let s = self.s;
        (lo..verb)
            .rev()
            .find(|&i| {
                matches!(s.kind(i), Some(TokenKind::Semicolon | TokenKind::Colon | TokenKind::Dash))
                    || (s.quotation(i).is_some() && !self.nickname(i))
            })
            .map_or(lo, |i| i + 1)
    }

    /// "LEEDS — Feld, smiling, said": the sentence starts behind the dateline of its block.
    fn behind_dateline(&self, from: usize, to: usize) -> usize {
        let s = self.s;
        let Some(first) = s.token(from).filter(|t| from == 0 && t.case == Case::Upper) else { return from };
        // No dateline is longer.
        let start = s.span(from..to.min(from + 16));
        let Some(dateline) = dateline::parse_start(start.of(s.text), first.span.start()) else { return from };
        let end = dateline.span().end();
        (from..to).find(|&i| s.token(i).is_some_and(|t| t.span.start() >= end)).unwrap_or(from)
    }

    /// Skips what may stand before the subject of a sentence: "But", "On Tuesday,", "Asked if she would,".
    pub(super) fn skip_lead(&self, from: usize, to: usize) -> usize {
        let s = self.s;
        let mut i = from;
        let joins = |i: usize| {
            matches!(
                s.bytes(i),
                b"And" | b"and" | b"But" | b"but" | b"Or" | b"or" | b"So" | b"so" | b"Yet" | b"yet" | b"Nor"
            )
        };
        while i < to && (joins(i) || s.kind(i) == Some(TokenKind::Dash)) {
            i += 1;
        }
        // "When the whistle went, Feld sat down and said": what opens a clause of its own holds no subject of the verb.
        let lead = s.is(i, Class::PREPOSITION.or(Class::CONJUNCTION))
            || s.ends_with(i, "ing")
            || s.ends_with(i, "ed")
            || s.is(i, Class::ADVERB);
        let opens = |c: &usize| {
            s.kind(c - 1) == Some(TokenKind::Comma)
                && s.token(*c).is_some_and(|t| t.is_word() && !t.is(Class::WH_WORD))
        };
        if lead { (i + 1..to.min(i + 26)).find(opens).unwrap_or(i) } else { i }
    }

    /// "a local radio *report* that …", "the trade *rules* that could …": what looks like a verb in the present is a noun, as
    /// one does not "report", and as no clause opens with the verb behind "that".
    pub(super) fn disagrees(&self, group: &Group, source: &Phrase) -> bool {
        // Verbs whose past is no other word.
        const SAME: [&str; 9] = ["put", "read", "set", "let", "cut", "bet", "hit", "quit", "spread"];
        let s = self.s;
        let (verb, next) = (group.verb, group.items.end);
        if group.items.len() != 1 || SAME.contains(&group.lemma) || s.ends_with(verb, "ed") {
            return false;
        }
        let one =
            |word: &str| ["a", "an", "another", "each", "every"].iter().any(|o| word.eq_ignore_ascii_case(o));
        let base = s.is_word(verb, group.lemma);
        let noun = s.is(verb, Class::NOUN_CUE) || matches!(group.lemma, "rule" | "state" | "plan" | "order");
        let that = s.is_word(next, "that") && s.is(next + 1, Class::AUXILIARY);
        base && one(s.word(source.items.start)) && source.items.len() > 1
            || noun && that && source.items.end == verb
    }

    /// Whether a subject is or follows a relative word: "what Feld can post", "anybody who says".
    pub(super) fn is_relative(&self, source: &Phrase) -> bool {
        let s = self.s;
        let first = source.head.start;
        let relative = |i: usize| s.is(i, Class::WH_WORD) && !s.is(i, Class::CONJUNCTION);
        relative(first) || first.checked_sub(1).is_some_and(relative)
    }

    /// "told the Courier", "said to Boyd": the addressee and where it ends.
    pub(super) fn addressee(&self, group: &Group, np: &Phrase, end: usize) -> (Option<Range<usize>>, usize) {
        let s = self.s;
        let after_verb = group.items.end;
        let limit = (after_verb + 12).min(s.len());
        if np.items.start >= after_verb {
            return (None, end);
        }
        let addressing = group.lists.any(Class::CUE_TELL.or(Class::CUE_ASK).or(Class::CUE_ADDRESS))
            && !group.lists.any(Class::CUE_LABEL);
        if addressing
            && !s.starts_sentence(after_verb)
            && !s.is_word(after_verb, "that")
            && let Some(mut to) = phrase::at(s, after_verb, limit)
        {
            // "told the BBC's “Today” that …"
            let end = to.items.end;
            if s.quotation(end).is_some() && self.is_title(end) && s.is_word(end + 1, "that") {
                to.items.end = end + 1;
                to.head.end = end + 1;
            }
            // "tells MPs | taxes will not rise": who is told needs no article in headlines, and what is told has its verb next.
            let capital = |i: usize| s.token(i).is_some_and(|t| t.is_capital());
            let small = (to.items.start..end).find(|&i| !capital(i));
            if let Some(small) = small.filter(|&i| i > to.items.start && s.is(end, Class::AUXILIARY))
                && (small..end).all(|i| {
                    s.token(i).is_some_and(|t| t.case == Case::Lower) && !s.is(i, Class::PREPOSITION)
                })
            {
                return (Some(to.items.start..small), small);
            }
            return (Some(self.whom(&to.head)), to.items.end.max(to.head.end));
        }
        let link = s.is_word(after_verb, "to") || s.is_word(after_verb, "with") && group.lemma == "plead";
        // "appealed to walkers to wait" against "promised to mend the gate"
        if link
            && let Some(to) = phrase::at(s, after_verb + 1, limit)
            && (!addressing || s.is_word(to.head.end, "to"))
        {
            return (Some(self.whom(&to.head)), to.items.end);
        }
        (None, end)
    }

    /// "a group of pupils | in the yard": where it is said is no part of whom it is said to.
    fn whom(&self, head: &Range<usize>) -> Range<usize> {
        let s = self.s;
        let place = |i: &usize| {
            let opens = Class::DETERMINER.or(Class::POSSESSIVE).or(Class::WEEKDAY);
            matches!(
                s.bytes(*i),
                b"in" | b"at" | b"on" | b"outside" | b"near" | b"by" | b"from" | b"inside" | b"behind"
            ) && s.is(i + 1, opens)
        };
        head.start..(head.start + 1..head.end).find(place).unwrap_or(head.end)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_dateline_is_no_subject() {
        let cases = [
            "PORT HALE — Mayor Ada Roe, opening a new pier on Sunday, said it would outlive her.",
            "NASA chief Ada Roe — tall, tired — stood up, smiling, and said it would outlive her.",
            "PORT HALE (AP) -- Ada Roe, opening a new pier on Sunday, said it was “one of ours, one of many”.",
        ];
        for text in cases {
            let article = crate::parse(text);
            assert_eq!(article.quotes().len(), 1, "{text}");
            assert_eq!(article.speakers()[0].name(), "Ada Roe", "{text}");
        }
    }
}
