//! Tags behind a quotation: “…,” said Feld, and “…,” Feld said.

use core::ops::Range;

use super::{REACH, Reader, Rule};
use crate::attribution::cue::{self, Form, Group};
use crate::attribution::phrase::{self, Phrase};
use crate::few::{Few, few};
use crate::lex::token::{Case, TokenKind};
use crate::lexicon::Class;

impl Reader<'_, '_> {
    /// `“Q,” said NP` and `“Q,” NP said`.
    pub(super) fn quote_before(&mut self, group: &Group, lo: usize, hi: usize) -> bool {
        let s = self.s;
        let direct = group.lists.any(
            cue::SPEECH
                .or(Class::CUE_MANNER)
                .or(Class::CUE_THINK)
                .or(Class::CUE_PHRASAL)
                .or(Class::CUE_LABEL)
                .or(Class::CUE_JUDGE),
        );
        // "“No entry,” reads a sign."
        let direct = direct || group.lemma == "read" && group.form == Form::Finite;
        if !direct || group.form == Form::Participle {
            return false;
        }
        // A tag reaches no farther back than a rule looks, and over a mark or two.
        let near = group.items.start.saturating_sub(REACH + 4)..group.items.start;
        if !s.has_quotation(near) {
            return false;
        }
        // “Q,” said NP
        if group.form == Form::Finite
            && let Some(q) = self.quotation_left(group.items.start, true)
            && let Some(np) = phrase::at(s, group.items.end, hi.max(self.tag_end(group.items.end)))
            && !s.starts_sentence(group.items.end)
            && !self.object_follows(group, &np)
        {
            return self.tag(group, q, &np, np.items.end, Rule::QuoteVerbSource);
        }
        // “Q,” as NP put it, “Q”
        let put = group.lemma == "put" && s.is_word(group.items.end - 1, "it");
        if put
            && let Some(np) = phrase::before(s, group.items.start, self.floor_left(group.items.start, lo))
            && let Some(at) = np.items.start.checked_sub(1).filter(|&i| s.is_word(i, "as"))
            && let Some(q) = self.quotation_left(at, false).filter(|&q| !self.taken[q])
        {
            return self.tag(group, q, &np, group.items.end, Rule::QuoteSourceVerb);
        }
        // “Q,” NP said
        let floor = self.floor_left(group.items.start, lo);
        if let Some(np) = phrase::before(s, group.items.start, floor)
            && let Some(q) = self.quotation_left(np.items.start, false).filter(|&q| !self.taken[q])
        {
            return self.tag(group, q, &np, group.items.end, Rule::QuoteSourceVerb);
        }
        false
    }

    /// How far a tag after a quotation may reach: to the end of its sentence.
    pub(super) fn tag_end(&self, from: usize) -> usize {
        self.s.sentence(from.min(self.s.len().saturating_sub(1))).end.min(from + REACH)
    }

    /// A subject between a quotation and the verb starts after the quotation.
    pub(super) fn floor_left(&self, verb: usize, lo: usize) -> usize {
        let mut i = verb;
        while i > 0 && verb - i < 40 {
            if self.s.quotation(i - 1).is_some()
                && !(self.s.token(i).is_some_and(|t| t.is_capital()) && self.nickname(i - 1))
            {
                return i;
            }
            if i <= lo && i > 0 && self.s.quotation(i - 1).is_none() {
                return i;
            }
            i -= 1;
        }
        lo
    }

    pub(super) fn nickname(&self, i: usize) -> bool {
        let s = self.s;
        i > 0 && s.tokens_of(i).len() <= 5 && s.token(i - 1).is_some_and(|t| t.is_capital())
    }

    /// "“Go,” said the note he read" is fine, but after "told" and "asked" a phrase may be the one spoken to.
    pub(super) fn object_follows(&self, group: &Group, np: &Phrase) -> bool {
        let s = self.s;
        group.lists.any(Class::CUE_TELL) || (s.is(np.items.start, Class::PRONOUN_IT) && group.lemma != "say")
    }

    /// The quotation right before item `end`, past a comma or a dash outside its marks.
    ///
    /// A quotation that ends with a full stop has no tag, unless the tag is inverted and in lower case or glued.
    pub(super) fn quotation_left(&self, end: usize, inverted: bool) -> Option<usize> {
        let s = self.s;
        let mut i = end.checked_sub(1)?;
        let mut comma = false;
        if matches!(s.kind(i), Some(TokenKind::Comma | TokenKind::Dash)) {
            comma = true;
            i = i.checked_sub(1)?;
        }
        s.quotation(i)?;
        if self.taken[i] && !s.last_inside(i).is_some_and(|t| t.kind == TokenKind::Comma) {
            return None;
        }
        let last = s.last_inside(i);
        let stop = last.is_some_and(|t| {
            t.kind == TokenKind::Stop && t.span.of(s.text).starts_with('.') && t.span.len() == 1
        });
        let first = s.token(end);
        let glued = first.is_some_and(|t| !t.spaced);
        let lower = first.is_some_and(|t| t.case == Case::Lower || t.case == Case::Upper && self.shouting(i));
        let ellipsis_or_question = last.is_some_and(|t| t.kind == TokenKind::Stop && !stop);
        let ends_open = last.is_none_or(|t| t.kind != TokenKind::Stop);
        let comma_inside = last.is_some_and(|t| t.kind == TokenKind::Comma);
        let ok = comma
            || comma_inside
            || glued && inverted
            || ellipsis_or_question
            || (stop && inverted && lower)
            || (ends_open && self.is_utterance(i));
        ok.then_some(i)
    }

    pub(super) fn shouting(&self, q: usize) -> bool {
        self.s.first_inside(q).is_some_and(|t| t.case == Case::Upper)
    }

    /// A quotation that is a whole utterance: it starts a sentence.
    pub(super) fn is_utterance(&self, q: usize) -> bool {
        self.s.starts_sentence(q)
    }

    /// Makes the attribution of a tag that follows quotation `q`, with all that goes on behind the tag.
    pub(super) fn tag(&mut self, group: &Group, q: usize, np: &Phrase, end: usize, rule: Rule) -> bool {
        let s = self.s;
        // He was “tired”, Feld said: the words before the quotation in its sentence belong to the content.
        let sentence = s.sentence(q);
        let mut from = q;
        let mut fronted = false;
        if sentence.start < q
            && !self.is_taken_between(sentence.start, q)
            && !s.first_inside(q).is_some_and(|t| t.is_capital())
        {
            from = self.skip_lead(sentence.start, q);
            fronted = from < q;
        }
        if sentence.start < q && fronted && self.has_subject_verb(sentence.start, q) {
            from = q;
            fronted = false;
        }
        let mut content: Few<Range<usize>> = few![from..q + 1];
        let mut quotations = few![q];
        let (addressee, after) = self.addressee(group, np, end);
        // “The snag,” Feld said, “is the roof.”
        let limit = (after + REACH).min(s.len());
        let mut look = after;
        while look < limit && s.quotation(look).is_none() && !s.starts_sentence(look) {
            let reader = s.is(look, cue::SPEECH) && cue::group(s, look).is_some();
            if reader {
                break;
            }
            look += 1;
        }
        let joined = look < limit
            && s.quotation(look).is_some()
            && look > 0
            && !s.starts_sentence(look)
            && (matches!(s.kind(look - 1), Some(TokenKind::Comma | TokenKind::Dash)) || look == after)
            && !self.has_right_tag(look);
        if joined && !self.taken[look] {
            content.push(look..look + 1);
            quotations.push(look);
        } else if fronted
            || s.last_inside(q).is_some_and(|t| t.kind != TokenKind::Comma && t.kind != TokenKind::Stop)
                && matches!(s.kind(after), Some(TokenKind::Comma))
                && self.resumes(after + 1)
                // “It is late”, said Feld, to cheers from the hall.
                && !(q == sentence.start && s.is(after + 1, Class::PREPOSITION))
        {
            // The plan, “a joke”, Feld said, was dead.
            if matches!(s.kind(after), Some(TokenKind::Comma)) && self.resumes(after + 1) {
                let to = self.clause_end(after + 1, s.sentence(after).end);
                if to > after + 1 {
                    content.push(after + 1..to);
                }
            }
        }
        for &q in &quotations {
            self.taken[q] = true;
        }
        self.push(group, content, Some(np), addressee, quotations, rule);
        true
    }

    /// Whether the quotation at `q` has a tag of its own on its right.
    pub(super) fn has_right_tag(&self, q: usize) -> bool {
        let s = self.s;
        let limit = (q + 14).min(s.len());
        let mut i = q + 1;
        let comma = s.last_inside(q).is_some_and(|t| t.kind == TokenKind::Comma)
            || s.kind(i) == Some(TokenKind::Comma);
        if !comma {
            return false;
        }
        while i < limit && s.quotation(i).is_none() && !s.starts_sentence(i) {
            if s.is(i, cue::SPEECH.or(Class::CUE_MANNER))
                && cue::group(s, i).is_some_and(|g| g.form == Form::Finite)
            {
                return true;
            }
            i += 1;
        }
        false
    }
}
