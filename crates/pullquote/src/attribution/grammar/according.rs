//! "According to Feld, …".

use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

use super::{Reader, Rule};
use crate::attribution::cue::{Form, Group};
use crate::attribution::phrase;
use crate::attribution::quote::{CueClass, Polarity};
use crate::lex::token::TokenKind;
use crate::lexicon::Class;

impl Reader<'_, '_> {
    /// `According to NP, CLAUSE` and `CLAUSE, according to NP`.
    pub(super) fn according(&mut self, cue_start: usize, np_start: usize, lemma: &'static str) {
        let s = self.s;
        let sentence = s.sentence(cue_start);
        let hi = sentence.end;
        let Some(np) = phrase::at(s, np_start, hi) else { return };
        let group = Group {
            items: cue_start..np_start,
            verb: cue_start,
            lemma,
            class: CueClass::Say,
            lists: Class::CUE_SAY,
            form: Form::Finite,
            polarity: Polarity::Asserted,
        };
        let after = np.items.end;
        let content: Vec<Range<usize>> = if cue_start == sentence.start
            || s.is(sentence.start, Class::CONJUNCTION) && cue_start == sentence.start + 1
        {
            if s.kind(after) != Some(TokenKind::Comma) {
                return;
            }
            vec![after + 1..self.clause_end(after + 1, hi)]
        } else {
            let mut to = cue_start;
            while to > sentence.start && s.kind(to - 1) == Some(TokenKind::Comma) {
                to -= 1;
            }
            let mut content = vec![sentence.start..to];
            if s.kind(after) == Some(TokenKind::Comma) && self.resumes(after + 1) {
                content.push(after + 1..self.clause_end(after + 1, hi));
            }
            content
        };
        let content: Vec<Range<usize>> = content.into_iter().filter(|r| !r.is_empty()).collect();
        if content.is_empty() || content.iter().any(|r| self.is_taken_between(r.start, r.end)) {
            return;
        }
        let quotations: Vec<usize> =
            content.iter().flat_map(|r| r.clone()).filter(|&q| s.quotation(q).is_some()).collect();
        for &q in &quotations {
            self.taken[q] = true;
        }
        self.push(&group, content, Some(&np), None, quotations, Rule::AccordingTo);
    }
}
