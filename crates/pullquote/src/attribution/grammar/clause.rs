//! What stands behind or before `NP VERB`: a quotation, a clause, an object.

use core::ops::Range;

use super::{Reader, Rule, Subject};
use crate::attribution::cue::{self, Form, Group};
use crate::attribution::phrase::{self, Phrase};
use crate::attribution::quote::Polarity;
use crate::few::{Few, few};
use crate::lex::token::TokenKind;
use crate::lexicon::{Class, terms};

impl Reader<'_, '_> {
    /// What stands right of `NP VERB`: a quotation, a clause, or an object with a quotation in it.
    pub(super) fn clause_after(
        &mut self,
        group: &Group,
        source: &Phrase,
        subject: Subject,
        hi: usize,
    ) -> bool {
        let s = self.s;
        let (addressee, mut i) = match subject {
            Subject::Own if source.items.end <= group.items.start => {
                self.addressee(group, source, group.items.end)
            }
            _ => self.addressee(group, source, group.items.end),
        };
        i = i.max(group.items.end);

        // Skip what may stand between verb and content: "on Monday", "in a statement", "outside the court".
        let start = self.skip_circumstances(i, hi);
        let after = if matches!(s.kind(start), Some(TokenKind::Comma | TokenKind::Colon))
            && !s.starts_sentence(start)
        {
            start + 1
        } else {
            start
        };
        // Feld said: “…”; the quotation may start the next sentence after a colon.
        if s.quotation(after).is_some()
            && !self.taken[after]
            && (after < hi || s.kind(after - 1) == Some(TokenKind::Colon))
        {
            // "known as “Moth”": thought takes a quotation only behind a comma or a colon.
            let thought = group.lists.any(Class::CUE_THINK) && after > start;
            let report = cue::SPEECH.or(Class::CUE_MANNER).or(Class::CUE_PHRASAL).or(Class::CUE_EVIDENCE);
            let speech = thought || group.lists.any(report);
            let title = after == start && self.is_title(after) && !group.lists.any(Class::CUE_MANNER);
            // "Man charged over ‘toxic’ lunch"
            let charged = group.lemma == "charge" && start > i;
            if group.form == Form::Passive && !group.lists.any(Class::CUE_TELL) || !speech || title || charged
            {
                return false;
            }
            // "what he calls “hell”", "anybody who says “no”": a clause inside another tells less.
            let relative = self.is_relative(source);
            let rule = match group.form {
                _ if relative || after == start && !group.lists.any(cue::SPEECH.or(Class::CUE_MANNER)) => {
                    Rule::Object
                }
                _ if after == start && !self.is_cry(after) => Rule::SourceVerbFragment,
                Form::Participle => Rule::ParticipleQuote,
                _ => Rule::SourceVerbQuote,
            };
            self.quote_after(group, source, addressee, after, rule);
            // "… said “it is over” *as* the tide turned": the scene goes on.
            let scene =
                matches!(s.bytes(after + 1), b"as" | b"while" | b"when" | b"until" | b"before" | b"after");
            let next = s.is_word(after + 1, "and") && self.is_past(after + 2);
            if rule == Rule::SourceVerbFragment && (scene || next) && !s.starts_sentence(after + 1) {
                self.bound();
            }
            return true;
        }
        if group.form == Form::Passive {
            return false;
        }
        if start >= hi || s.starts_sentence(start) {
            return self.object(group, source, None, hi);
        }
        if self.one_word(group, start, hi).is_some() {
            return self.object(group, source, None, hi);
        }
        // "He went on that year": a day or a year says nothing.
        let dated = matches!(
            s.bytes(start + 1),
            b"year"
                | b"month"
                | b"week"
                | b"day"
                | b"morning"
                | b"afternoon"
                | b"evening"
                | b"night"
                | b"summer"
                | b"winter"
        );
        let that = s.is_word(start, "that") && !s.starts_sentence(start) && !dated;
        let embedded = s.is(start, Class::WH_WORD)
            && !that
            && group.lists.any(cue::SPEECH)
            && !matches!(s.bytes(start), b"who" | b"which" | b"as" | b"whose")
            && (!matches!(s.bytes(start), b"when" | b"what")
                || group.polarity == Polarity::Negated
                || group.lists.any(Class::CUE_ASK));
        // "maintains a lead that …", "the swing states Ohio and …": verbs that take a thing as well need the clause's verb
        // right behind its subject.
        let things = || {
            matches!(
                group.lemma,
                "add" | "claim" | "find" | "maintain" | "note" | "state" | "respond" | "answer"
            )
        };
        let opens = s.is(start, Class::DETERMINER.or(Class::POSSESSIVE));
        let bare = || {
            group.lists.any(Class::CUE_BARE)
                && (!things() || self.is_plain_clause(start, hi))
                && (opens && group.lemma == "say" && hi >= start + 4
                    || self.starts_clause(start)
                    // "told the court the tins held £310"
                    || opens
                        && group.lists.any(Class::CUE_TELL)
                        && (start + 2..hi.min(start + 6)).any(|i| s.is_in(i, terms::PAST)))
        };
        if that || embedded || bare() {
            // "asked the clerk if …": the one asked is no part of the question.
            let asked = embedded
                && matches!(group.lemma, "ask" | "wonder" | "inquire" | "enquire" | "query" | "question")
                && !s.is_word(start, "when");
            let rule = if asked { Rule::Asked } else { Rule::Clause };
            let from = start;
            let to = self.clause_end(from, hi);
            // "Roe argued that": the clause is missing.
            if to > from + usize::from(that) {
                let quotations: Few<usize> = (from..to).filter(|&q| s.quotation(q).is_some()).collect();
                for &q in &quotations {
                    self.taken[q] = true;
                }
                let mut content = few![from..to];
                content.extend(self.carried_on(group, to));
                self.push(group, content, Some(source), addressee, quotations, rule);
                // "… would peak | and told analysts …", "…, | and nobody could say …"
                if matches!(s.bytes(to), b"and" | b"but")
                    || s.kind(to) == Some(TokenKind::Comma) && s.is_word(to + 1, "and")
                {
                    self.bound();
                }
                return true;
            }
        }
        if self.object(group, source, addressee.as_ref(), hi) {
            return true;
        }
        // Feld called it “a joke”: an object that holds a quotation.
        let object_verb = group.lists.any(Class::CUE_LABEL.or(Class::CUE_JUDGE).or(cue::SPEECH))
            && group.form != Form::Passive
            && !self.is_relative(source);
        // Most stretches hold no quotation.
        if !object_verb || !s.has_quotation(group.items.end..hi) {
            return false;
        }
        let to = self.clause_end(group.items.end, hi);
        let quotations: Few<usize> =
            (group.items.end..to).filter(|&q| s.quotation(q).is_some() && !self.taken[q]).collect();
        // "called the band back, singing “…”": behind a comma that is no list's stands no object of the verb.
        let before = group.items.end..quotations.first().copied().unwrap_or(to);
        let list = || before.clone().any(|i| s.is_word(i, "and") || s.is_word(i, "or"));
        let comma = before.clone().any(|i| s.kind(i) == Some(TokenKind::Comma));
        if !quotations.is_empty()
            && (!comma || list())
            && !before.clone().any(|i| {
                s.is(i, cue::SPEECH) && cue::group(s, i).is_some()
                    || matches!(s.bytes(i), b"goes" | b"went" | b"like")
            })
        {
            for &q in &quotations {
                self.taken[q] = true;
            }
            // "signed the mug “Best boss”": what is written is the quotation alone.
            let label = group.lists.any(Class::CUE_LABEL);
            let whole = label || group.lists.any(Class::CUE_JUDGE) || !group.lists.any(Class::CUE_WRITE);
            // "called him “the mule” at school"
            let last = quotations[quotations.len() - 1] + 1;
            let place = label && last < to && s.is(last, Class::PREPOSITION) && !s.is_word(last, "of");
            let to = if place { last } else { to };
            let content =
                if whole { group.items.end..to } else { quotations[0]..quotations[quotations.len() - 1] + 1 };
            self.push(group, few![content], Some(source), None, quotations, Rule::Object);
            if !whole {
                self.bound();
            }
            return true;
        }
        false
    }

    /// "Roe said the mill was sound. *It would grind again by May.*": the next sentence is still what was said.
    ///
    /// Only a pronoun with "would" or "had" tells so; on the PolNeAR training articles one such sentence of 7 was not.
    fn carried_on(&self, group: &Group, end: usize) -> Option<Range<usize>> {
        let s = self.s;
        let from = end + 1;
        let past = group.lemma == "say" && s.is_word(group.items.end - 1, "said");
        if !past || s.kind(end) != Some(TokenKind::Stop) || !s.starts_sentence(from) {
            return None;
        }
        let pronoun = matches!(s.bytes(from), b"It" | b"He" | b"She" | b"They");
        let next = s.sentence(from);
        let plain = !next.clone().any(|i| s.quotation(i).is_some() || s.is(i, cue::ANY));
        let told = pronoun && matches!(s.bytes(from + 1), b"would" | b"had");
        (told && plain).then(|| from..self.clause_end(from, next.end))
    }

    /// “Pull!”: a quotation that ends with a stop of its own is a whole utterance.
    fn is_cry(&self, q: usize) -> bool {
        let last = self.s.last_inside(q);
        last.is_some_and(|t| t.kind == TokenKind::Stop && !t.span.of(self.s.text).starts_with('.'))
    }

    /// Takes the quotation at `q` and those that go on from it in the same sentence.
    pub(super) fn quote_after(
        &mut self,
        group: &Group,
        source: &Phrase,
        addressee: Option<Range<usize>>,
        q: usize,
        rule: Rule,
    ) {
        let s = self.s;
        let mut content = few![q..q + 1];
        let mut quotations = few![q];
        // Feld said “it will not hold” and “nobody is staying”.
        let sentence = s.sentence(q).end;
        let open = s.last_inside(q).is_none_or(|t| t.kind != TokenKind::Stop && t.kind != TokenKind::Comma);
        if open && q + 1 < sentence && !self.has_right_tag(q) {
            let to = self.clause_end(q + 1, sentence);
            let more: Few<usize> = (q + 1..to).filter(|&i| s.quotation(i).is_some()).collect();
            if let Some(&last) = more.last()
                && !self.has_subject_verb(q + 1, last)
            {
                content = few![q..last + 1];
                quotations.extend(more);
            }
        }
        for &q in &quotations {
            self.taken[q] = true;
        }
        self.push(group, content, Some(source), addressee, quotations, rule);
    }

    /// `CLAUSE, NP said.` and `CLAUSE, NP said, CLAUSE.`
    pub(super) fn clause_before(&mut self, group: &Group, source: &Phrase, lo: usize, hi: usize) -> bool {
        let s = self.s;
        if !group.lists.any(
            Class::CUE_SAY
                .or(Class::CUE_CLAIM)
                .or(Class::CUE_PROMISE)
                .or(Class::CUE_DENY)
                .or(Class::CUE_TELL)
                .or(Class::CUE_THINK)
                .or(Class::CUE_EVIDENCE)
                .or(Class::CUE_WRITE),
        ) || group.form != Form::Finite
        {
            return false;
        }
        // "It is safe, *or so* Roe says."
        let so = source.items.start.saturating_sub(2);
        let start = if s.is_word(so, "or") && s.is_word(so + 1, "so") { so } else { source.items.start };
        let Some(comma) = start.checked_sub(1).filter(|&c| c > lo && s.kind(c) == Some(TokenKind::Comma))
        else {
            return false;
        };
        let (addressee, after) = self.addressee(group, source, group.items.end);
        self.front(group, source, addressee, lo, comma, after, hi, Rule::FrontedClause)
    }

    /// Makes the attribution of a clause before a tag; `after` is the first item behind the tag.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn front(
        &mut self,
        group: &Group,
        source: &Phrase,
        addressee: Option<Range<usize>>,
        lo: usize,
        comma: usize,
        after: usize,
        hi: usize,
        rule: Rule,
    ) -> bool {
        let s = self.s;
        let long_enough = comma - lo >= 2;
        let circumstance =
            s.is(lo, Class::PREPOSITION) && comma - lo < 8 && !(lo..comma).any(|i| s.is(i, Class::AUXILIARY));
        let participle = s.ends_with(lo, "ed") || s.ends_with(lo, "ing");
        if !long_enough || participle || self.has_subject_verb(lo, comma) {
            return false;
        }
        // "The bell, divers said *on Friday*, had cracked."
        const TIME: usize = 5;
        let comma_at = (after..hi.min(after + TIME)).find(|&i| s.kind(i) == Some(TokenKind::Comma));
        let timed = s.is(after, Class::PREPOSITION.or(Class::WEEKDAY).or(Class::ADVERB));
        let after = comma_at.filter(|&i| timed && s.is(i + 1, Class::AUXILIARY)).unwrap_or(after);
        let resumed = s.kind(after) == Some(TokenKind::Comma) && after + 1 < hi && self.resumes(after + 1);
        let mut content = few![lo..comma];
        if resumed {
            let to = self.clause_end(after + 1, hi);
            if to > after + 1 {
                content.push(after + 1..to);
            }
        } else if circumstance {
            return false;
        }
        let quotations: Few<usize> = content
            .iter()
            .flat_map(|r| r.clone())
            .filter(|&q| s.quotation(q).is_some() && !self.taken[q])
            .collect();
        for &q in &quotations {
            self.taken[q] = true;
        }
        // "The brakes were worn, *the court heard*": it was told.
        let hears = group.lemma == "hear" && terms::HEARING.has(s.word(source.head.end - 1));
        let (source, addressee, rule) = if hears {
            (None, Some(source.items.clone()), Rule::Passive)
        } else {
            (Some(source), addressee, rule)
        };
        self.push(group, content, source, addressee, quotations, rule);
        true
    }

    /// `…, said NP.` after a clause, and `Said NP: “…”`.
    pub(super) fn inverted_lead(&mut self, group: &Group, lo: usize, hi: usize) -> bool {
        let s = self.s;
        if group.form != Form::Finite
            || !group.lists.any(
                Class::CUE_SAY
                    .or(Class::CUE_CLAIM)
                    .or(Class::CUE_PROMISE)
                    .or(Class::CUE_WRITE)
                    .or(Class::CUE_ASK),
            )
        {
            return false;
        }
        let start = group.items.start;
        let fresh = start == lo || s.is_word(lo, "So") && start == lo + 1;
        let comma = start.checked_sub(1).filter(|&c| c > lo && s.kind(c) == Some(TokenKind::Comma));
        // Most verbs stand behind their subject.
        if !fresh && (comma.is_none() || group.lists.any(Class::CUE_TELL)) {
            return false;
        }
        let Some(np) = phrase::at(s, group.items.end, hi) else { return false };
        let after = np.items.end;
        if fresh {
            if matches!(s.kind(after), Some(TokenKind::Colon | TokenKind::Comma))
                && s.quotation(after + 1).is_some()
                && !self.taken[after + 1]
            {
                self.quote_after(group, &np, None, after + 1, Rule::VerbSourceQuote);
                return true;
            }
            return false;
        }
        // The tag must end with its source: "…, said Feld." against "…, said the roof was sound".
        let ends = after >= hi
            || s.token(after).is_some_and(|t| {
                matches!(t.kind, TokenKind::Stop | TokenKind::Comma)
                    || t.is(Class::PREPOSITION.or(Class::WEEKDAY))
            });
        if !ends {
            return false;
        }
        // "The mayor, Ada Roe, urged drivers to wait": what stands before the verb is its subject.
        let subject = phrase::before(s, start, lo).is_some_and(|np| np.items.start == lo);
        if let Some(comma) = comma.filter(|_| !subject) {
            return self.front(group, &np, None, lo, comma, after, hi, Rule::FrontedClause);
        }
        false
    }

    /// “A circus” is how Roe summed up the sale.
    pub(super) fn is_how(&mut self, group: &Group, source: &Phrase, hi: usize) -> bool {
        let s = self.s;
        // The phrase may have taken "what" for its determiner.
        let opens = |i: &usize| *i >= 2 && matches!(s.bytes(*i), b"how" | b"what");
        let first = source.items.start;
        let Some(how) = Some(first).filter(opens).or_else(|| first.checked_sub(1).filter(opens)) else {
            return false;
        };
        let source =
            Phrase { items: first.max(how + 1)..source.items.end, head: first.max(how + 1)..source.head.end };
        let q = how - 2;
        if !s.is(how - 1, Class::AUXILIARY) || s.quotation(q).is_none() || self.taken[q] {
            return false;
        }
        self.taken[q] = true;
        let to = self.clause_end(group.items.end, hi);
        let mut content = few![q..how + 1];
        content.extend((to > group.items.end).then_some(group.items.end..to));
        self.push(group, content, Some(&source), None, few![q], Rule::How);
        true
    }

    /// "It is as if the stones said …": nobody said it.
    pub(super) fn is_imagined(&self, group: &Group, lo: usize) -> bool {
        let s = self.s;
        let as_if = |i: usize| s.is_word(i, "as") && matches!(s.bytes(i + 1), b"if" | b"though");
        let compared = (lo..group.items.start).any(|i| s.is(i, Class::PREPOSITION) && as_if(i));
        let fancied = group.polarity == Polarity::Irrealis && s.ends_with(group.verb, "ing");
        compared || fancied
    }

    /// "Feld declined to comment": a quote without content.
    pub(super) fn declined(&mut self, group: &Group, source: &Phrase) -> bool {
        let s = self.s;
        let comment = group.polarity == Polarity::Negated
            && group.lemma == "comment"
            && s.is(group.items.start, Class::DECLINE);
        if comment {
            self.push(group, few![], Some(source), None, few![], Rule::Declined);
        }
        comment
    }

    /// A quotation in title case, with no stop inside: the name of a work.
    pub(super) fn is_title(&self, q: usize) -> bool {
        let s = self.s;
        let words = || s.story.tokens.tokens[s.tokens_of(q)].iter().filter(|t| !t.is_mark());
        let capitals = words().filter(|t| t.is_capital()).count();
        let small = Class::PREPOSITION.or(Class::DETERMINER).or(Class::CONJUNCTION);
        capitals >= 2 && words().all(|t| t.is_capital() || t.is(small) || t.kind == TokenKind::Number)
    }
}
