//! Trims: where what the tagger proposes reaches too far, or not far enough.
//!
//! The tagger cuts at tokens; a content may run on into the main clause, the place where it was said or what somebody
//! does next, a source into the clause before it. Each step of [`STEPS`] knows one of these, by the form of the sentence.

use crate::attribution::cue;
use crate::attribution::evidence::Evidence;
use crate::attribution::grammar::Raw;
use crate::attribution::linker::Proposal;
use crate::attribution::phrase;
use crate::block::BlockKind;
use crate::few::few;
use crate::lex::token::{Token, TokenKind};
use crate::lexicon::Class;
use crate::span::Span;

/// The steps, in the order in which they are taken.
const STEPS: [fn(&Evidence<'_>, &mut Raw); 10] = [
    |evidence, raw| evidence.part_source(raw),
    |evidence, raw| evidence.part_far(raw),
    |evidence, raw| evidence.part_voices(raw),
    |evidence, raw| evidence.part_about(raw),
    |evidence, raw| evidence.part_main(raw),
    |evidence, raw| evidence.part_lead(raw),
    |evidence, raw| evidence.part_when(raw),
    |evidence, raw| evidence.part_told(raw),
    |evidence, raw| evidence.part_deeds(raw),
    |evidence, raw| evidence.part_scene(raw),
];

impl Evidence<'_> {
    /// Takes all steps.
    pub(super) fn trim(&self, raw: &mut Raw) {
        STEPS.iter().for_each(|step| step(self, raw));
    }

    /// “…,” said Feld, who wrote *“The Long Pier”*: what stands in the source is not said.
    fn part_source(&self, raw: &mut Raw) {
        if let Some(source) = raw.source
            && raw.content.len() > 1
        {
            raw.content.retain(|c| !source.contains(*c));
        }
    }

    /// “Never.” That was in May. Feld said: “Perhaps.”: a quotation with another sentence between it and the cue's is not
    /// said with it, where the cue has one of its own.
    fn part_far(&self, raw: &mut Raw) {
        let Some(cue) = raw.cue.as_ref().and_then(|c| c.spans.first().copied()) else { return };
        let home = self.sentence_at(cue.start());
        let own = raw.content.iter().any(|c| c.start() > cue.start() && self.sentence_at(c.start()) == home);
        if !own || raw.content.len() < 2 {
            return;
        }
        // Nothing but words outside marks, with a verb.
        let told = |s: usize| {
            let tokens = &self.story.tokens.tokens[self.story.sentences[s].tokens()];
            let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return false };
            let span = first.span.cover(last.span);
            !self.has_marks(span) && self.has_verb(span) && !raw.content.iter().any(|c| c.overlaps(span))
        };
        let parted = |c: &Span| {
            let last = self.sentence_at(c.end().saturating_sub(1));
            c.end() <= cue.start() && (last + 1..home).any(told)
        };
        if let Some(far) = raw.content.iter().copied().rfind(parted) {
            raw.content.retain(|c| c.start() > far.start());
        }
    }

    /// “You first.” “No, you.” “Fine,” said Roe: quotations back to back are said by different people. The one nearest
    /// to the cue is left.
    fn part_voices(&self, raw: &mut Raw) {
        let Some(cue) = raw.cue.as_ref().and_then(|c| c.spans.first().copied()) else { return };
        for span in &mut raw.content {
            let whole = *span;
            let from = self.quotations.partition_point(|q| q.span.end() <= whole.start());
            let inside = self.quotations[from..].iter().take_while(|q| q.span.start() < whole.end());
            let mut before: Option<Span> = None;
            for q in inside.filter(|q| q.depth == 0 && q.close.is_some()) {
                let gap = before.map(|b| Span::at(b.end(), q.span.start()));
                // "an “anchor,” “fast” and “loose”" goes on.
                let inner = q.inner().of(self.text);
                let ends = inner.ends_with(['.', '?', '!']) && inner.starts_with(char::is_uppercase);
                before = ends.then_some(q.span);
                let Some(gap) = gap.filter(|g| !g.is_empty() && g.of(self.text).trim().is_empty()) else {
                    continue;
                };
                if cue.start() < whole.end() {
                    *span = Span::at(span.start(), gap.start());
                    break;
                }
                *span = Span::at(gap.end(), span.end());
            }
        }
    }

    /// "said | about 150 people slept there": "about" belongs to the number.
    fn part_about(&self, raw: &mut Raw) {
        let (Some(cue), Some(first)) = (&mut raw.cue, raw.content.first_mut()) else { return };
        let Some(span) = cue.spans.last_mut() else { return };
        let number = |t: &Token| t.kind == TokenKind::Number || t.is(Class::NUMBER_WORD);
        let [.., verb, about] = self.tokens(*span) else { return };
        if matches!(about.span.of(self.text), "about" | "around" | "over" | "nearly" | "some")
            && self.tokens(*first).first().is_some_and(number)
            && about.span.end() <= first.start()
        {
            *first = Span::at(about.span.start(), first.end());
            *span = Span::at(span.start(), verb.span.end());
        }
    }

    /// "If the board *decides* that the pier is safe, | the fair returns": the clause that follows is the main one.
    fn part_main(&self, raw: &mut Raw) {
        let (Some(source), [content]) = (raw.source, &raw.content[..]) else { return };
        let all = &self.story.tokens.tokens;
        let first = self.token_at(source.start());
        let Some(opener) = first.checked_sub(1) else { return };
        let opens = self.story.sentences.binary_search_by_key(&opener, |s| s.tokens().start).is_ok();
        let word = |i: usize| all.get(i).map_or("", |t| t.span.of(self.text));
        let subordinate = ["if", "when", "while", "after", "although", "though", "once", "unless"];
        if !opens || !subordinate.iter().any(|w| word(opener).eq_ignore_ascii_case(w)) {
            return;
        }
        let within = self.story.tokens.within(*content);
        let subject = Class::DETERMINER.or(Class::POSSESSIVE).or(Class::PRONOUN_SUBJECT);
        let main = |i: &usize| {
            all[*i].kind == TokenKind::Comma
                && all.get(i + 1).is_some_and(|t| t.is(subject) || t.is_capital())
                && !all[i + 1..within.end].iter().any(|t| t.kind == TokenKind::Comma)
        };
        let Some(comma) = within.clone().skip(2).find(main) else { return };
        let rest = Span::at(all[comma].span.end(), content.end());
        if self.has_verb(rest) && !self.has_marks(*content) {
            raw.content = few![Span::at(content.start(), all[comma].span.start())];
        }
    }

    /// ‘Late,’ she calls across | the yard. ‘Too late.’: words that end a sentence before a quotation are no part of it.
    fn part_lead(&self, raw: &mut Raw) {
        let Some(cue) = raw.cue.as_ref().and_then(|c| c.spans.last().copied()) else { return };
        for span in raw.content.iter_mut().filter(|s| s.start() >= cue.end()) {
            let from = self.quotations.partition_point(|q| q.span.end() <= span.start());
            let Some(q) = self.quotations.get(from).filter(|q| span.contains(q.span)) else { continue };
            let lead = self.tokens(Span::at(span.start(), q.span.start()));
            if lead.len() > 1 && lead.last().is_some_and(|t| t.kind == TokenKind::Stop) {
                *span = Span::at(q.span.start(), span.end());
            }
        }
    }

    /// "confirmed late on Sunday | that the road was shut": when it was said.
    fn part_when(&self, raw: &mut Raw) {
        const LONGEST: usize = 6;
        let [content] = &mut raw.content[..] else { return };
        let tokens = self.tokens(*content);
        let time =
            Class::ADVERB.or(Class::PREPOSITION).or(Class::WEEKDAY).or(Class::MONTH).or(Class::DATE_WORD);
        let that = tokens.iter().take(LONGEST).position(|t| t.span.of(self.text) == "that");
        let Some(that) = that.filter(|&i| i > 0) else { return };
        let when = |t: &Token| t.is(time) || t.kind == TokenKind::Number;
        let told =
            tokens[..that].iter().all(when) && tokens[..that].iter().any(|t| !t.is(Class::PREPOSITION));
        if told && !self.has_marks(*content) {
            *content = Span::at(tokens[that].span.start(), content.end());
        }
    }

    /// "confirmed the closure | to our correspondent": who was told.
    fn part_told(&self, raw: &mut Raw) {
        let [content] = &mut raw.content[..] else { return };
        if raw.addressee.is_some() || self.has_marks(*content) {
            return;
        }
        let tokens = self.tokens(*content);
        let word = |i: usize| tokens.get(i).map_or("", |t| t.span.of(self.text));
        let press = |t: &Token| {
            let word = t.span.of(self.text);
            t.is(Class::PRESS) || matches!(word, "reporters" | "journalists" | "newsmen" | "media" | "press")
        };
        let Some(to) = (tokens.len().saturating_sub(3)..tokens.len()).find(|&i| word(i) == "to") else {
            return;
        };
        let owner = tokens.get(to + 1).is_some_and(|t| t.is(Class::DETERMINER.or(Class::POSSESSIVE)));
        if to > 0 && to + 2 + usize::from(owner) == tokens.len() && tokens.last().is_some_and(press) {
            raw.addressee = Some(Span::at(tokens[to + 1].span.start(), content.end()));
            *content = Span::at(content.start(), tokens[to - 1].span.end());
        }
    }

    /// "has admitted there were failings | and has apologised": the same auxiliary goes on with what somebody does.
    fn part_deeds(&self, raw: &mut Raw) {
        let Some(cue) = raw.cue.as_ref().and_then(|c| c.spans.first()) else { return };
        if let [content] = &mut raw.content[..]
            && content.start() > cue.start()
            && self.tokens(*cue).iter().all(|t| self.is_past(t) || t.span.of(self.text) == "said")
        {
            self.part_next_deed(content);
            if self.tokens(*cue).iter().any(|t| t.is(cue::SPEECH)) {
                self.part_next_cue(content);
            }
        }
        let Some(auxiliary) = self.tokens(*cue).first().filter(|t| t.is(Class::AUXILIARY)).map(|t| t.hash)
        else {
            return;
        };
        let Some(last) = raw.content.last_mut() else { return };
        let tokens = self.tokens(*last);
        let and = |i: &usize| matches!(tokens[*i].span.of(self.text), "and" | "but");
        let goes_on = |i: &usize| tokens[*i + 1].hash == auxiliary && tokens[*i + 2].is_word();
        if let Some(at) = (2..tokens.len().saturating_sub(2)).find(|i| and(i) && goes_on(i)) {
            let comma = usize::from(tokens[at - 1].kind == TokenKind::Comma);
            *last = Span::at(last.start(), tokens[at - 1 - comma].span.end());
        }
    }

    /// "said the mill burned | and *believes* the board slept": what was said in the past does not go on in the present.
    fn part_next_cue(&self, content: &mut Span) {
        let tokens = self.tokens(*content);
        let object = Class::DETERMINER.or(Class::POSSESSIVE).or(Class::PRONOUN_SUBJECT);
        let next = |i: &usize| {
            let verb = &tokens[i + 1];
            tokens[*i].span.of(self.text) == "and"
                && verb.is(Class::CUE_SAY.or(Class::CUE_CLAIM).or(Class::CUE_THINK).or(Class::CUE_WANT))
                && verb.span.of(self.text).ends_with('s')
                && !verb.is(phrase::NOUNS.or(Class::NOUN_CUE))
                && (tokens[i + 2].is(object) || tokens[i + 2].span.of(self.text) == "that")
        };
        // "said he was hurt | but *vowed* to return", "said it was late | and *called for* calm"
        let turns = |i: &usize| {
            let (verb, joint) = (&tokens[i + 1], tokens[*i].span.of(self.text));
            let aim = matches!(tokens[i + 2].span.of(self.text), "for" | "on");
            (joint == "but" || joint == "and" && aim)
                && verb.is(cue::SPEECH)
                && (self.is_past(verb) || verb.span.of(self.text) == "said")
        };
        let ends = |i: &usize| next(i) || turns(i);
        if let Some(at) = (2..tokens.len().saturating_sub(2)).find(ends) {
            let comma = usize::from(tokens[at - 1].kind == TokenKind::Comma);
            *content = tokens[0].span.cover(tokens[at - 1 - comma].span);
        }
    }

    /// "noted the leak | and shut the lock": behind a thing, another past goes on with what somebody does.
    fn part_next_deed(&self, content: &mut Span) {
        let tokens = self.tokens(*content);
        let thing = tokens.first().is_some_and(|t| t.is(Class::DETERMINER.or(Class::POSSESSIVE)));
        let joins = |i: &usize| tokens[*i].span.of(self.text) == "and" || tokens[*i].kind == TokenKind::Comma;
        let goes_on = |i: &usize| {
            joins(i) && self.is_past(&tokens[i + 1]) && {
                let object = Class::DETERMINER.or(Class::POSSESSIVE).or(Class::PREPOSITION).or(Class::ADVERB);
                tokens.get(i + 2).is_some_and(|t| t.is(object) || t.is_capital())
            }
        };
        let Some(at) = (1..tokens.len().saturating_sub(1)).find(goes_on) else { return };
        let before = tokens[0].span.cover(tokens[at - 1].span);
        if thing && !self.has_verb(before) && !self.has_marks(*content) {
            *content = before;
        }
    }

    /// "called it “a mess” | before leaving the hall", "would “never go” | in an interview": what somebody does next, and where
    /// it was said, is not said.
    fn part_scene(&self, raw: &mut Raw) {
        let Some(last) = raw.content.last_mut() else { return };
        let from = self.quotations.partition_point(|q| q.span.end() <= last.start());
        let inside = self.quotations[from..].iter().take_while(|q| q.span.end() < last.end());
        let Some(end) = inside.last().filter(|q| q.close.is_some()).map(|q| q.span.end()) else {
            return self.part_medium(last);
        };
        let tail = self.tokens(Span::at(end, last.end()));
        let word = |i: usize| tail.get(i).map_or("", |t| t.span.of(self.text));
        let next = matches!(word(0), "before" | "after" | "while" | "when") && word(1).ends_with("ing");
        let owner = Class::DETERMINER.or(Class::POSSESSIVE);
        let medium = matches!(word(0), "in" | "during" | "on")
            && tail.get(1).is_some_and(|t| t.is(owner))
            && tail.iter().skip(2).take(3).any(|t| t.is(Class::MEDIUM));
        // "replied “no comment” | to all questions"
        let speaks = raw.cue.as_ref().is_some_and(|c| matches!(c.lemma, "reply" | "answer"));
        let whom =
            speaks && word(0) == "to" && tail.len() > 1 && !tail.iter().any(|t| t.is(Class::AUXILIARY));
        // "What he called “a ruin” | fell down."
        let what = raw.source.is_some_and(|s| {
            let at = self.token_at(s.start());
            at.checked_sub(1)
                .is_some_and(|i| self.story.tokens.tokens[i].span.of(self.text).eq_ignore_ascii_case("what"))
        });
        if next || medium || whom || what && !tail.is_empty() {
            *last = Span::at(last.start(), end);
        }
    }

    /// "announced a night ferry | in a note to members": where it was said.
    fn part_medium(&self, content: &mut Span) {
        const LONGEST: usize = 12;
        let tokens = self.tokens(*content);
        let tail = tokens.len().saturating_sub(LONGEST).max(1);
        let word = |i: usize| tokens.get(i).map_or("", |t| t.span.of(self.text));
        let article = |i: usize| matches!(word(i), "a" | "an");
        // In a clause something may have been said elsewhere: "that Roe had been named in an interview".
        let clause =
            |end: usize| word(0) == "that" || self.has_verb(tokens[0].span.cover(tokens[end - 1].span));
        let released =
            |i: usize| matches!(word(i), "statement" | "release" | "email" | "memo" | "tweet" | "post");
        let listed = |k: usize| tokens[k].is(Class::MEDIUM.or(Class::DOCUMENT));
        let named = |i: usize, clause: bool| {
            (i + 2..tokens.len().min(i + 5)).any(|k| if clause { released(k) } else { listed(k) })
        };
        let at = (tail..tokens.len()).find(|&i| word(i) == "in" && article(i + 1) && named(i, clause(i)));
        if let Some(at) = at {
            *content = Span::at(content.start(), tokens[at - 1].span.end());
        }
    }

    /// Returns all of a subject that was read in part, or with the verb behind it: "A driver, *who* asked not to be named,
    /// said", "*The driver rang the bell*, shouting".
    pub(super) fn subject(&self, source: Span, cue: Span) -> Span {
        const LONGEST: usize = 20;
        let all = &self.story.tokens.tokens;
        let within = self.story.tokens.within(source);
        let tokens = &all[within.clone()];
        let (who, verb) = (within.start, self.token_at(cue.start()));
        let comma = |i: usize| all.get(i).is_some_and(|t| t.kind == TokenKind::Comma);
        if let [lone] = tokens
            && lone.is(Class::WH_WORD)
            && who + 2 < verb
            && who > 0
            && comma(who - 1)
            && comma(verb - 1)
        {
            // Nothing stands before it in the sentence where a paragraph ends with a comma.
            let sentence = self.story.sentences.get(self.sentence_at(source.start()));
            let before = sentence.and_then(|s| all.get(s.tokens().start..who - 1)).unwrap_or_default();
            let clause = |t: &Token| t.is(Class::AUXILIARY.or(Class::WH_WORD)) || self.is_past(t);
            if (1..LONGEST).contains(&before.len()) && !before.iter().any(clause) {
                return Span::at(before[0].span.start(), all[verb - 2].span.end());
            }
        }
        // "Reacting, the mayor, Ada Roe, denied": what the mayor did is no part of who did it. "Fielding, 41, said" is.
        let opens = tokens.len() > 3
            && tokens[0].is(cue::ANY)
            && tokens[0].span.of(self.text).ends_with("ing")
            && tokens[1].kind == TokenKind::Comma;
        if opens && source.end() <= cue.start() {
            return Span::at(tokens[2].span.start(), source.end());
        }
        // "the barge sank, the harbour master, Ada Roe, told": what stands before somebody who is whole.
        let named = tokens.iter().rev().skip_while(|t| !t.is_word()).take_while(|t| t.is_capital()).count();
        let last = tokens.iter().rposition(Token::is_word).map_or(0, |i| i + 1).saturating_sub(named);
        if named > 1 && last > 2 && tokens[last - 1].kind == TokenKind::Comma {
            let opener = Class::DETERMINER.or(Class::POSSESSIVE);
            let office = (1..last - 1).rev().find(|&i| tokens[i].kind == TokenKind::Comma).filter(|&i| {
                tokens[i + 1].is(opener) && tokens[i + 1..last].iter().any(|t| t.is(phrase::NOUNS))
            });
            if let Some(office) = office.filter(|&i| !tokens[i - 1].is_capital()) {
                return Span::at(tokens[office + 1].span.start(), source.end());
            }
        }
        let participle = all.get(verb).is_some_and(|t| t.span.of(self.text).ends_with("ing"));
        let object = Class::DETERMINER.or(Class::POSSESSIVE);
        let ends = |i: &usize| {
            self.is_past(&tokens[*i]) && tokens[i + 1].is(object) && tokens[i - 1].kind != TokenKind::Comma
        };
        let end = (participle && source.end() <= cue.start())
            .then(|| (1..tokens.len().saturating_sub(1)).find(ends))
            .flatten();
        end.map_or(source, |i| Span::at(source.start(), tokens[i - 1].span.end()))
    }

    /// A headline is a text of its own: what it says and what the story says are two attributions. So is what stands
    /// behind a divider.
    pub(super) fn part_headline(&self, proposal: &mut Proposal) {
        let home = |s: &Span| {
            let region = self.region(Some(s)).and_then(|r| self.story.regions.get(r));
            region.map(|r| (r.kind == BlockKind::Headline, r.dividers))
        };
        if let Some(cue) = proposal.cue.first().map(home) {
            proposal.content.retain(|s| home(s) == cue);
            proposal.source.retain(|s| home(s) == cue);
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_subject_may_stand_in_the_paragraph_before() {
        let text = "It rained on the dam,\n\nwho asked not to be named, said the dam was safe.";
        assert_eq!(crate::parse(text).quotes().len(), 1);
    }
}
