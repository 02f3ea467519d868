//! "According to Feld, …".

use core::ops::Range;

use super::object::ADDRESSED;
use super::{Reader, Rule};
use crate::attribution::cue::{Form, Group, SPEECH};
use crate::attribution::phrase::{self, Phrase};
use crate::attribution::quote::{CueClass, Polarity};
use crate::few::{Few, few};
use crate::lex::token::{Token, TokenKind};
use crate::lexicon::Class;

impl Reader<'_, '_> {
    /// `According to NP, CLAUSE` and `CLAUSE, according to NP`.
    pub(super) fn according(&mut self, cue_start: usize, np_start: usize, lemma: &'static str) {
        let s = self.s;
        let sentence = s.sentence(cue_start);
        let hi = sentence.end;
        let Some(mut np) = phrase::at(s, np_start, hi) else { return };
        let group = Group {
            items: cue_start..np_start,
            verb: cue_start,
            lemma,
            class: CueClass::Say,
            lists: Class::CUE_SAY,
            form: Form::Finite,
            polarity: Polarity::Asserted,
        };
        // "According to Feld, the geese left early": what looks like an apposition is the clause.
        let fronted = s.kind(np.items.end) != Some(TokenKind::Comma) && cue_start <= sentence.start + 1;
        // "There are, according to Feld, few geese left": the clause needs what follows.
        let cut = cue_start >= sentence.start + 2
            && s.kind(cue_start - 1) == Some(TokenKind::Comma)
            && s.is(cue_start - 2, Class::AUXILIARY);
        if (fronted || cut) && s.kind(np.head.end) == Some(TokenKind::Comma) {
            np.items.end = np.head.end;
        }
        // "According to documents filed in Leeds, …"
        let filed = cue_start == sentence.start && s.ends_with(np.items.end, "ed");
        if filed
            && let Some(comma) =
                (np.items.end..hi.min(np.items.end + 10)).find(|&i| s.kind(i) == Some(TokenKind::Comma))
        {
            np.items.end = comma;
        }
        // "The shop, according to a notice *pinned to the door*, will shut": the clause goes on behind the comma.
        const LONGEST: usize = 16;
        let aside = cue_start >= sentence.start + 2 && s.kind(cue_start - 1) == Some(TokenKind::Comma);
        let after = np.items.end;
        let comma = (after..hi.min(after + LONGEST)).find(|&i| s.kind(i) == Some(TokenKind::Comma));
        let goes_on =
            comma.filter(|&i| aside && s.is(i + 1, Class::AUXILIARY) && s.quotation(after).is_none());
        let after = goes_on.unwrap_or(after);
        np.items.end = np.items.end.max(after);
        let content: Few<Range<usize>> = if cue_start == sentence.start
            || s.is(sentence.start, Class::CONJUNCTION) && cue_start == sentence.start + 1
        {
            if s.kind(after) != Some(TokenKind::Comma) {
                return;
            }
            few![after + 1..self.clause_end(after + 1, hi)]
        } else {
            let mut to = cue_start;
            while to > sentence.start && s.kind(to - 1) == Some(TokenKind::Comma) {
                to -= 1;
            }
            let mut content = few![sentence.start..to];
            if s.kind(after) == Some(TokenKind::Comma) && (cut || self.resumes(after + 1)) {
                content.push(after + 1..self.clause_end(after + 1, hi));
            }
            content
        };
        let content: Few<Range<usize>> = content.into_iter().filter(|r| !r.is_empty()).collect();
        if content.is_empty() || content.iter().any(|r| self.is_taken_between(r.start, r.end)) {
            return;
        }
        let quotations: Few<usize> =
            content.iter().flat_map(|r| r.clone()).filter(|&q| s.quotation(q).is_some()).collect();
        for &q in &quotations {
            self.taken[q] = true;
        }
        self.push(&group, content, Some(&np), None, quotations, Rule::AccordingTo);
    }

    /// "In the *view* of NP, CLAUSE".
    pub(super) fn is_view(&self, noun: usize) -> bool {
        let s = self.s;
        matches!(s.word(noun), "view" | "opinion" | "eyes" | "judgment" | "judgement")
            && noun >= 2
            && s.starts_sentence(noun - 2)
            && s.is_word(noun - 2, "in")
            && s.is_word(noun - 1, "the")
            && s.is_word(noun + 1, "of")
    }

    /// "As NP puts it, CLAUSE", "As NP noted, CLAUSE" and "CLAUSE, as NP put it".
    pub(super) fn as_put(&mut self, group: &Group, source: &Phrase, lo: usize, hi: usize) -> bool {
        let s = self.s;
        // "As Roe tells it, …"
        let told_it = group.lemma == "tell" && s.is_word(group.items.end, "it");
        let end = group.items.end + usize::from(told_it);
        let group = &Group { items: group.items.start..end, ..group.clone() };
        let as_at = source.items.start.checked_sub(1).filter(|&i| i >= lo && s.is_word(i, "as"));
        let put = matches!(group.lemma, "put" | "see") && s.is_word(end - 1, "it");
        let told =
            group.form == Form::Finite && group.lists.any(SPEECH) && group.polarity == Polarity::Asserted;
        let Some(as_at) = as_at.filter(|_| put || told) else {
            return false;
        };
        let comma = |i: usize| s.kind(i) == Some(TokenKind::Comma);
        // "As Roe noted in her ruling, …", but not "As Roe told the court of the fire, …".
        let aside = s.is(end, Class::PREPOSITION) && !s.is_word(end, "of");
        let clause = (end..hi.min(end + 14)).find(|&i| comma(i)).filter(|&i| i == end || aside);
        // "Or, as Roe put it, …"
        let opens = as_at == lo || as_at <= lo + 2 && s.is(lo, Class::CONJUNCTION);
        let aside = as_at > lo + 1 && comma(as_at - 1);
        let content = if let Some(comma) = clause.filter(|_| opens) {
            few![comma + 1..self.clause_end(comma + 1, hi)]
        } else if aside && (end >= hi || s.kind(end) == Some(TokenKind::Stop)) {
            few![lo..as_at - 1]
        } else if put && aside && comma(end) && self.resumes(end + 1) {
            // "The toll, as Roe puts it, is a tax."
            few![lo..as_at - 1, end + 1..self.clause_end(end + 1, hi)]
        } else {
            return false;
        };
        self.reported(group, content, Some(source), None, Rule::AccordingTo)
    }

    /// "It is understood that CLAUSE", "The court was told that CLAUSE", "NP is said to be …": nobody is named.
    pub(super) fn passive(&mut self, group: &Group, lo: usize, hi: usize) -> bool {
        let s = self.s;
        let (start, end) = (group.items.start, group.items.end);
        // "Farmers *told* to brace for snow", as headlines have it
        let told = group.form == Form::Finite && s.is_word(group.verb, "told") && s.is_word(end, "to");
        let passive = group.form == Form::Passive || told;
        if !passive || start == lo || group.polarity != Polarity::Asserted {
            return false;
        }
        let to = self.clause_end(end, hi);
        // "It is thought the sale is off": the clause may stand without "that".
        let thought = matches!(group.lemma, "think" | "believe" | "understand") && self.starts_clause(end);
        if (s.is_word(end, "that") || thought) && s.is_word(start - 1, "it") {
            return self.reported(group, few![end..to], None, None, Rule::Passive);
        }
        let floor = self.clause_floor(start, lo);
        let Some(np) = phrase::before(s, start, floor) else { return false };
        if s.is_word(end, "that") && group.lists.any(Class::CUE_TELL) {
            return self.reported(group, few![end..to], None, Some(np.items), Rule::Passive);
        }
        if group.lists.any(Class::CUE_LABEL.or(Class::CUE_JUDGE)) && self.judged(group, &np, to) {
            return true;
        }
        // "Drivers *were urged* to wait": they are told.
        let asked = group.lists.any(Class::CUE_TELL)
            || ADDRESSED.contains(&group.lemma)
            || matches!(group.lemma, "ask" | "warn");
        if asked && s.is_word(end, "to") && s.token(end + 1).is_some_and(Token::is_word) {
            return self.reported(group, few![end..to], None, Some(np.items), Rule::Passive);
        }
        let hearsay = matches!(group.lemma, "say" | "think" | "believe" | "understand" | "report" | "allege");
        // "is reported to have told colleagues": the next verb has a subject.
        let heard = (end + 2..hi.min(end + 4)).any(|i| s.is(i, SPEECH));
        if hearsay && !heard && s.is_word(end, "to") && s.is(end + 1, Class::AUXILIARY) {
            return self.reported(group, few![np.items, end..to], None, None, Rule::Passive);
        }
        false
    }

    /// "The novel *was called* “unreadable” by Roe", "Roe *was accused* by Boyd of lying": somebody says so of the subject.
    fn judged(&mut self, group: &Group, subject: &Phrase, to: usize) -> bool {
        let s = self.s;
        let end = group.items.end;
        let agent =
            |by: usize| phrase::at(s, by + 1, to).filter(|np| !s.is(np.head.start, Class::PRONOUN_IT));
        let (source, content) = if s.is_word(end, "by") {
            // "by Roe *of* lying": the phrase may have swallowed what it is.
            let leads = |i: &usize| matches!(s.word(*i), "of" | "for" | "as");
            let Some(from) = (end + 2..to).take(8).find(leads) else { return false };
            let Some(np) = phrase::at(s, end + 1, from).filter(|np| np.items.end == from) else {
                return false;
            };
            (np, from..to)
        } else {
            let by = (end + 1..to).find(|&i| s.is_word(i, "by") && s.quotation(i - 1).is_some());
            let Some((by, np)) = by.and_then(|by| Some((by, agent(by)?))) else { return false };
            (np, end..by)
        };
        self.reported(group, few![subject.items.clone(), content], Some(&source), None, Rule::Passive)
    }

    /// Pushes content that is free, with the quotations in it.
    pub(super) fn reported(
        &mut self,
        group: &Group,
        content: Few<Range<usize>>,
        source: Option<&Phrase>,
        addressee: Option<Range<usize>>,
        rule: Rule,
    ) -> bool {
        let s = self.s;
        if content.iter().any(|r| r.is_empty() || self.is_taken_between(r.start, r.end)) {
            return false;
        }
        let quotations: Few<usize> =
            content.iter().flat_map(|r| r.clone()).filter(|&q| s.quotation(q).is_some()).collect();
        for &q in &quotations {
            self.taken[q] = true;
        }
        self.push(group, content, source, addressee, quotations, rule);
        true
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn reports_without_a_plain_subject() {
        let cases = [
            ("In the view of Ada Roe, the toll is far too low.", "the toll is far too low"),
            (
                "In the opinion of the harbour master, the winch was past mending.",
                "the winch was past mending",
            ),
            ("As Ian Poole put it, the road is a sponge.", "the road is a sponge"),
            ("The road is a sponge, as Ian Poole puts it.", "The road is a sponge"),
            ("It is believed that four boats sank.", "that four boats sank"),
            ("The inquiry was told that the valve had stuck.", "that the valve had stuck"),
            ("The organ is said to be haunted.", "The organ to be haunted"),
            ("According to Ada Roe, who runs the mill, the flour is damp.", "the flour is damp"),
        ];
        for (text, want) in cases {
            let article = crate::parse(text);
            let got = article.quotes().first().map(|q| q.text(&article));
            assert_eq!(got.as_deref(), Some(want), "{text}");
        }
    }
}
