//! Edges: where a clause of content starts and ends.

use super::Reader;
use super::object::is_past;
use crate::attribution::cue::{self, Form, Group};
use crate::attribution::phrase;
use crate::lex::token::{Case, TokenKind};
use crate::lexicon::Class;

impl Reader<'_, '_> {
    pub(super) fn is_taken_between(&self, from: usize, to: usize) -> bool {
        (from..to).any(|i| self.taken[i])
    }

    /// Whether a reporting verb stands between two items: the words there are not content.
    pub(super) fn has_subject_verb(&self, from: usize, to: usize) -> bool {
        let reports = |group: Group| group.form != Form::Passive;
        (from..to).any(|i| self.s.is(i, cue::SPEECH) && cue::group(self.s, i).is_some_and(reports))
    }

    /// Whether the clause that was cut by a tag goes on at item `i`.
    pub(super) fn resumes(&self, i: usize) -> bool {
        let s = self.s;
        s.token(i).is_some_and(|t| {
            t.is_word() && (t.is(Class::AUXILIARY.or(Class::PREPOSITION)) || t.case == Case::Lower)
        }) && !s.is(i, Class::CONJUNCTION)
            && !s.ends_with(i, "ing")
            && !matches!(s.bytes(i), b"who" | b"which" | b"whose" | b"referring" | b"adding")
    }

    /// Skips prepositional phrases and adverbs between a verb and its content, if content follows at all.
    pub(super) fn skip_circumstances(&self, from: usize, hi: usize) -> usize {
        let s = self.s;
        let mut i = from;
        let limit = hi.min(from + 16);
        while i < limit && !s.starts_sentence(i) {
            if s.is_word(i, "that") || s.quotation(i).is_some() || matches!(s.kind(i), Some(TokenKind::Colon))
            {
                return i;
            }
            if s.is(i, Class::PREPOSITION) && i + 1 < limit && !self.starts_clause(i) {
                i += 1;
                // The object: up to the next preposition, comma, quotation, pronoun or "that".
                let mut words = 0;
                while i < limit
                    && s.token(i).is_some_and(|t| t.is_word() || t.kind == TokenKind::Number)
                    && !s.is_word(i, "that")
                    && !(words > 0
                        && s.is(
                            i,
                            Class::PREPOSITION
                                .or(Class::PRONOUN_SUBJECT)
                                .or(Class::DETERMINER)
                                .or(Class::AUXILIARY),
                        ))
                    // "on Wednesday | prices rose"
                    && !(words > 0
                        && s.is(i - 1, Class::WEEKDAY)
                        && !matches!(s.bytes(i), b"morning" | b"afternoon" | b"evening" | b"night"))
                {
                    i += 1;
                    words += 1;
                }
            } else if s.is(i, Class::ADVERB.or(Class::WEEKDAY)) && !self.starts_clause(i) {
                i += 1;
            } else {
                return i;
            }
        }
        i.min(limit)
    }

    /// Whether a finite clause without "that" starts at item `i`: "he would wait", "the bridge was safe".
    pub(super) fn starts_clause(&self, i: usize) -> bool {
        let s = self.s;
        let Some(t) = s.token(i) else { return false };
        if !t.is_word() && t.kind != TokenKind::Number {
            return false;
        }
        if t.is(Class::PRONOUN_SUBJECT) {
            return true;
        }
        // A phrase, and soon after it an auxiliary or another finite verb.
        // "about 150 people were moved", "more than forty were hurt"
        let number = |k: usize| s.is(k, Class::NUMBER_WORD) || s.kind(k) == Some(TokenKind::Number);
        let about = matches!(s.bytes(i), b"about" | b"around" | b"nearly" | b"almost" | b"over" | b"under")
            && number(i + 1)
            || matches!(s.bytes(i + 1), b"than" | b"to" | b"least") && number(i + 2);
        let opens = about
            || t.is(Class::DETERMINER.or(Class::POSSESSIVE).or(Class::PRONOUN_OTHER))
            || t.is_capital()
            || t.kind == TokenKind::Number
            || (t.case == Case::Lower
                && !t.is(Class::PREPOSITION.or(Class::CONJUNCTION).or(Class::ADVERB).or(Class::AUXILIARY)));
        opens
            && (i + 1..(i + 14).min(s.len()))
                .map_while(|k| Some((k, s.token(k)?)))
                .take_while(|&(k, _)| !s.starts_sentence(k) && !self.opens_aside(k))
                .any(|(k, t)| t.is(Class::AUXILIARY) || is_past(s.text, t) && !s.is_word(k - 1, "and"))
    }

    /// Whether a subject stands at item `i` with its verb right behind it: "the bridge was safe", "Ada Roe had gone".
    pub(super) fn is_plain_clause(&self, i: usize, hi: usize) -> bool {
        let s = self.s;
        let Some(np) = phrase::at(s, i, hi) else { return false };
        let verb = np.items.end + usize::from(s.is(np.items.end, Class::ADVERB));
        s.is(verb, Class::AUXILIARY) || self.is_past(verb)
    }

    /// "denied any part in it | when she appeared": a clause of its own, whose verb is not that of what stands before it.
    fn opens_aside(&self, i: usize) -> bool {
        let s = self.s;
        let subject = Class::PRONOUN_SUBJECT.or(Class::DETERMINER).or(Class::POSSESSIVE);
        // Few words stand before such a subject.
        s.is(i + 1, subject)
            && matches!(
                s.bytes(i),
                b"when" | b"after" | b"before" | b"while" | b"because" | b"although" | b"as"
            )
    }

    /// "would", "had": what another verb in the past does not go on from.
    fn is_modal(&self, i: usize) -> bool {
        matches!(
            self.s.bytes(i),
            b"would"
                | b"will"
                | b"could"
                | b"should"
                | b"can"
                | b"may"
                | b"might"
                | b"had"
                | b"has"
                | b"have"
        )
    }

    /// Whether somebody else, or the same person, is said to say something at `i`: "…, and nobody could say".
    fn next_report(&self, i: usize, hi: usize) -> bool {
        let s = self.s;
        let verb = (i..hi.min(i + 5)).find(|&k| s.is(k, cue::SPEECH));
        verb.and_then(|k| cue::group(s, k)).is_some_and(|g| {
            g.form == Form::Finite
                && g.items.start > i
                && phrase::before(s, g.items.start, i).is_some_and(|np| np.items.start == i)
        })
    }

    /// Where the clause that starts at `from` ends: before the sentence's stop, or where the reporter's own
    /// words go on ("…, but records show").
    pub(super) fn clause_end(&self, from: usize, hi: usize) -> usize {
        let s = self.s;
        let mut end = hi;
        for i in from + 1..hi {
            let ends = match s.kind(i) {
                Some(TokenKind::Comma) => {
                    ["but", "while", "although", "adding", "saying"].iter().any(|word| s.is_word(i + 1, word))
                        || s.is_word(i + 1, "and") && self.next_report(i + 2, hi)
                        // "…, he replied: “…”"
                        || s.is(i + 1, Class::PRONOUN_SUBJECT)
                            && s.is(i + 2, cue::SPEECH)
                            && (matches!(s.kind(i + 3), Some(TokenKind::Colon | TokenKind::Comma))
                                || s.quotation(i + 3).is_some())
                }
                Some(TokenKind::Semicolon) => true,
                // "… and pledged that …", "… would peak and told analysts …": the next cue with the same subject.
                Some(TokenKind::Word) => {
                    s.is(i + 1, cue::SPEECH)
                        && matches!(s.bytes(i), b"and" | b"but")
                        && (s.is_word(i + 2, "that")
                            || self.is_past(i + 1)
                                && s.is(i + 1, Class::CUE_TELL.or(Class::CUE_ASK))
                                && (from..i).any(|k| self.is_modal(k)))
                }
                _ => false,
            };
            if ends {
                end = i;
                break;
            }
        }
        while end > from
            && matches!(s.kind(end - 1), Some(TokenKind::Stop | TokenKind::Comma | TokenKind::Colon))
        {
            end -= 1;
        }
        end
    }
}
