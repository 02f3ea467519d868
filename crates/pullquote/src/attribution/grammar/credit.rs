//! Attributions without a verb: colons, dash credits, "from Feld", "in Feld’s words".

use super::{Raw, RawCue, Reader, Rule, Who};
use crate::attribution::cue;
use crate::attribution::phrase::{self, Phrase};
use crate::attribution::quote::{CueClass, Polarity, QuoteKind};
use crate::attribution::stretch::Stretch;
use crate::few::{Few, few};
use crate::lex::token::{Token, TokenKind};
use crate::lexicon::Class;
use crate::span::Span;

/// "Ada Roe"
fn is_full_name(s: &Stretch<'_>, np: &Phrase) -> bool {
    np.head.len() >= 2 && np.head.clone().all(|i| s.token(i).is_some_and(Token::is_capital))
}

impl Reader<'_, '_> {
    /// `“Q” was the reply from NP` and `“Q,” came the word from NP`.
    pub(super) fn noun_cue(&mut self, q: usize) -> bool {
        let s = self.s;
        let verb = q + 1 + usize::from(s.kind(q + 1) == Some(TokenKind::Comma));
        if !(s.is(verb, Class::AUXILIARY) || s.is_word(verb, "came")) {
            return false;
        }
        // “No,” was Roe’s answer.
        const LONGEST: usize = 8;
        let owned =
            |i: &usize| s.is(*i, Class::NOUN_CUE) && (s.is_clitic(i - 1) || s.is(i - 1, Class::POSSESSIVE));
        let noun = (verb + 2..s.sentence(verb).end.min(verb + LONGEST)).find(owned);
        if let Some(noun) = noun.filter(|&i| !s.is_clitic(i - 1) || i > verb + 2) {
            let owner = if s.is_clitic(noun - 1) { verb + 1..noun - 1 } else { noun - 1..noun };
            if owner.start == verb + 1 {
                let np = Phrase { items: owner.clone(), head: owner };
                self.layout(q, &np, few![s.span(noun..noun + 1)], "reply", Rule::NounCue);
                return true;
            }
        }
        if !s.is(verb + 1, Class::DETERMINER) {
            return false;
        }
        let Some(noun) = (verb + 2..verb + 5).find(|&i| s.is(i, Class::NOUN_CUE)) else { return false };
        let Some(np) =
            phrase::at(s, noun + 2, s.len()).filter(|_| matches!(s.bytes(noun + 1), b"from" | b"of" | b"by"))
        else {
            return false;
        };
        let spans = few![s.span(noun..noun + 1)];
        self.layout(q, &np, spans, "reply", Rule::NounCue);
        true
    }

    /// `NP’s answer was short: “Q”`, `Her advice to others: “Q”`, `His last words were “Q”`, `His response? “Q”`.
    fn answer(&mut self, q: usize) -> bool {
        const LONGEST: usize = 12;
        let s = self.s;
        let Some(end) = q.checked_sub(1) else { return false };
        let asked = s.is_word(end, "?");
        let is = matches!(s.word(end), "is" | "was" | "were");
        if !asked && !is && s.kind(end) != Some(TokenKind::Colon) {
            return false;
        }
        let lo = s.sentence(end).start.max(q.saturating_sub(LONGEST));
        let noun =
            |i: &usize| s.is(*i, Class::NOUN_CUE) && (s.is_clitic(i - 1) || s.is(i - 1, Class::POSSESSIVE));
        let Some(noun) = (lo + 1..end).take(LONGEST / 2).find(noun) else { return false };
        let owner = if s.is_clitic(noun - 1) { lo..noun - 1 } else { noun - 1..noun };
        // "His response?" alone; "His response to the fire was a puzzle?" asks.
        let others = owner.start != lo && !s.is_clitic(noun - 1) || asked && noun + 1 != end;
        if owner.is_empty()
            || others
            || (noun..end).any(|i| s.is(i, cue::SPEECH) && !s.is(i, Class::NOUN_CUE))
        {
            return false;
        }
        let np = Phrase { items: owner.clone(), head: owner };
        self.layout(q, &np, few![s.span(noun..noun + 1)], "reply", Rule::NounCue);
        true
    }

    /// “It was one of”—he looked round and murmured—“us.”
    pub(super) fn dash_aside(&mut self, q: usize) -> bool {
        let s = self.s;
        if s.kind(q + 1) != Some(TokenKind::Dash) {
            return false;
        }
        let Some(close) = (q + 3..(q + 24).min(s.len())).find(|&i| s.kind(i) == Some(TokenKind::Dash)) else {
            return false;
        };
        let Some(group) = (q + 2..close).rev().find_map(|i| cue::group(s, i)) else { return false };
        if s.quotation(close + 1).is_none() || self.taken[close + 1] {
            return false;
        }
        let Some(np) = phrase::at(s, q + 2, close) else { return false };
        self.taken[q] = true;
        self.taken[close + 1] = true;
        self.push(
            &group,
            few![q..q + 1, close + 1..close + 2],
            Some(&np),
            None,
            few![q, close + 1],
            Rule::QuoteSourceVerb,
        );
        true
    }

    /// `‘Q’: NP`, as headlines have it; a caption goes on: `‘Q’: Nora Feld at the quay.`
    pub(super) fn colon_credit(&mut self, q: usize) -> bool {
        let s = self.s;
        if s.kind(q + 1) != Some(TokenKind::Colon) || q != 0 {
            return false;
        }
        let whole = |np: &Phrase| {
            np.items.end == s.len()
                || is_full_name(s, np)
                    && (s.is(np.items.end, Class::PREPOSITION)
                        || s.kind(np.items.end) == Some(TokenKind::Comma))
        };
        let Some(np) = phrase::at(s, q + 2, s.len()).filter(whole) else {
            return false;
        };
        let spans = few![s.span(q + 1..q + 2)];
        self.layout(q, &np, spans, ":", Rule::SourceColonQuote);
        true
    }

    /// The layouts that attribute without a verb.
    pub(super) fn layouts(&mut self) {
        let s = self.s;
        for q in s.folds().iter().map(|f| f.item as usize) {
            if self.taken[q] {
                continue;
            }
            if self.noun_cue(q) || self.answer(q) || self.dash_aside(q) || self.colon_credit(q) {
                continue;
            }
            let before = q.checked_sub(1).and_then(|i| s.kind(i));
            // NP: “Q”
            if before == Some(TokenKind::Colon) && q >= 2 {
                let lo = s.sentence(q - 1).start;
                // "This from Feld, the club secretary: “…”"
                if let Some(from) = (lo..(lo + 3).min(q - 1)).find(|&i| s.is_word(i, "from"))
                    && let Some(np) = phrase::at(s, from + 1, q - 1).filter(|np| np.items.end == q - 1)
                {
                    let spans = few![s.span(from..from + 1), s.span(q - 1..q)];
                    self.layout(q, &np, spans, ":", Rule::SourceColonQuote);
                    continue;
                }
                if let Some(np) = phrase::before(s, q - 1, lo).filter(|np| {
                    np.items.start == lo
                        || self.skip_lead(lo, q - 1) == np.items.start
                        || s.is_word(np.items.start - 1, "from")
                }) {
                    let from = np.items.start.checked_sub(1).filter(|&i| i >= lo && s.is_word(i, "from"));
                    let mut spans: Few<Span> = from.map(|i| s.span(i..i + 1)).into_iter().collect();
                    spans.push(s.span(q - 1..q));
                    self.layout(q, &np, spans, ":", Rule::SourceColonQuote);
                    self.run_on(q);
                    continue;
                }
            }
            // "Feld was not convinced: “Q”"
            if before == Some(TokenKind::Colon)
                && let Some(np) = self.in_mood(q)
            {
                let spans = few![s.span(q - 1..q)];
                self.layout(q, &np, spans, ":", Rule::SourceColonQuote);
                continue;
            }
            // "Ada Roe on losing her mill: “Q”"
            if before == Some(TokenKind::Colon)
                && let Some(np) = phrase::at(s, s.sentence(q - 1).start, q - 1)
                && s.is_word(np.items.end, "on")
                && is_full_name(s, &np)
            {
                let spans = few![s.span(q - 1..q)];
                self.layout(q, &np, spans, ":", Rule::SourceColonQuote);
                continue;
            }
            // “Q” — NP
            let bullet = q == 1 && matches!(s.kind(0), Some(TokenKind::Other | TokenKind::Dash));
            if s.kind(q + 1) == Some(TokenKind::Dash)
                && (s.starts_sentence(q) || bullet)
                && let Some(np) = phrase::at(s, q + 2, s.len())
                && np.items.end + 6 >= s.sentence(q + 2).end
                && np.items.clone().any(|i| s.token(i).is_some_and(|t| t.is_capital()))
            {
                let spans = few![s.span(q + 1..q + 2)];
                // "—Feld, boatbuilder": the whole line says who.
                let mut end = s.sentence(q + 2).end;
                while end > np.items.end
                    && matches!(s.kind(end - 1), Some(TokenKind::Stop | TokenKind::Comma))
                {
                    end -= 1;
                }
                let described = s.kind(np.items.end) == Some(TokenKind::Comma);
                let np = Phrase { items: q + 2..if described { end } else { np.items.end }, head: np.head };
                self.layout(q, &np, spans, "—", Rule::DashCredit);
                continue;
            }
            // “Q,” from NP
            if s.is_word(q + 1, "from")
                && s.last_inside(q).is_some_and(|t| t.kind == TokenKind::Comma)
                && let Some(np) = phrase::at(s, q + 2, s.len())
            {
                self.layout(q, &np, few![], "from", Rule::FromSource);
                continue;
            }
            // “Q.” That was NP. / This from NP.
            let pointing = s.starts_sentence(q + 1)
                && matches!(s.bytes(q + 1), b"That" | b"This")
                && matches!(s.bytes(q + 2), b"was" | b"is" | b"from");
            if pointing
                && let Some(np) = phrase::at(s, q + 3, s.sentence(q + 1).end)
                && (np.items.end + 1 >= s.sentence(q + 1).end
                    // "That was Canon Roe in March."
                    || s.is(np.items.end, Class::PREPOSITION) && s.sentence(q + 1).end <= q + 11
                    // "That was Ada Roe, 81, in the front row."
                    || s.kind(np.items.end) == Some(TokenKind::Comma) && is_full_name(s, &np))
            {
                self.layout(q, &np, few![], "from", Rule::FromSource);
                continue;
            }
            // in the words of NP, “Q”
            let of = (q.saturating_sub(12)..q).rev().find(|&i| s.is_word(i, "of") && i >= 3);
            if s.kind(q.wrapping_sub(1)) == Some(TokenKind::Comma)
                && let Some(of) = of.filter(|&i| s.is_word(i - 1, "words") && s.is_word(i - 3, "in"))
                && let Some(np) = phrase::at(s, of + 1, q - 1)
                && np.items.end + 1 == q
            {
                self.layout(q, &np, few![s.span(of - 3..of + 1)], "words", Rule::InWords);
                continue;
            }
            // in NP’s words, “Q”
            let words = q >= 3
                && s.kind(q - 1) == Some(TokenKind::Comma)
                && matches!(s.word(q - 2), "words" | "phrase" | "view" | "opinion");
            // "It was, in his words, “a ruin”."
            if words && s.is(q - 3, Class::POSSESSIVE) && q >= 4 && s.is_word(q - 4, "in") {
                let np = Phrase { items: q - 3..q - 2, head: q - 3..q - 2 };
                let spans = few![s.span(q - 4..q - 3), s.span(q - 2..q - 1)];
                self.layout(q, &np, spans, "words", Rule::InWords);
                continue;
            }
            if words
                && let Some(possessor) = (q.saturating_sub(12)..q - 2).rev().find(|&i| s.is_word(i, "in"))
                && let Some(np) = phrase::at(s, possessor + 1, q - 2)
            {
                let end = (np.items.start + 1..np.items.end)
                    .find(|&i| s.token(i).is_some_and(|t| !t.spaced))
                    .unwrap_or(np.items.end);
                let np = Phrase { items: np.items.start..end, head: np.items.start..end };
                let spans = few![s.span(possessor..possessor + 1), s.span(q - 2..q - 1)];
                self.layout(q, &np, spans, "words", Rule::InWords);
            }
        }
    }

    /// "Feld: ‘no reason’ to sell the mill": a few words in marks open a sentence of which all is said.
    fn run_on(&mut self, q: usize) {
        let s = self.s;
        let mut end = s.sentence(q).end;
        while end > q + 1 && matches!(s.kind(end - 1), Some(TokenKind::Stop)) {
            end -= 1;
        }
        let few = !s.last_inside(q).is_some_and(|t| matches!(t.kind, TokenKind::Stop | TokenKind::Comma));
        let goes_on = s.token(q + 1).is_some_and(Token::is_word) && !s.is(q + 1, cue::ANY);
        if let Some(raw) = self.out.last_mut().filter(|_| few && goes_on && end > q + 1) {
            raw.content = few![s.span(q..end)];
            raw.kind = QuoteKind::Mixed;
        }
    }

    /// The person whom the clause before the colon before quotation `q` says to be or to seem something: what follows is
    /// how that person puts it.
    fn in_mood(&self, q: usize) -> Option<Phrase> {
        const LONGEST: usize = 12;
        const SEEMS: [&str; 18] = [
            "is", "are", "was", "were", "’s", "'s", "seemed", "seems", "sounded", "sounds", "looked",
            "looks", "remained", "remains", "stayed", "felt", "feels", "appeared",
        ];
        const PERSON: Class = Class::ROLE
            .or(Class::GROUP)
            .or(Class::KIN_HE)
            .or(Class::KIN_SHE)
            .or(Class::PRONOUN_HE)
            .or(Class::PRONOUN_SHE)
            .or(Class::PRONOUN_THEY);
        let s = self.s;
        let (colon, lo) = (q - 1, s.sentence(q - 1).start);
        let np = phrase::at(s, self.skip_lead(lo, colon), colon)?;
        let last = s.token(np.head.end - 1)?;
        let person = last.is_capital() && last.is_word() || np.head.clone().any(|i| s.is(i, PERSON));
        let verb = np.items.end;
        let state = verb + 1..colon;
        let plain = |i: usize| s.token(i).is_some_and(|t| t.is_word() && !t.is(cue::ANY));
        let seems = SEEMS.contains(&s.word(verb)) && !state.is_empty() && state.len() <= LONGEST;
        let capital = s.first_inside(q).is_some_and(|t| t.is_capital());
        (person && seems && capital && state.clone().all(plain)).then_some(np)
    }

    pub(super) fn layout(&mut self, q: usize, np: &Phrase, cue: Few<Span>, lemma: &'static str, rule: Rule) {
        let s = self.s;
        self.taken[q] = true;
        self.out.push(Raw {
            kind: QuoteKind::Direct,
            content: few![s.span(q..q + 1)],
            cue: (!cue.is_empty()).then_some(RawCue { spans: cue, lemma, class: CueClass::Say }),
            source: Some(s.span(np.items.clone())),
            head: Some(s.span(np.head.clone())),
            addressee: None,
            polarity: Polarity::Asserted,
            rule,
            quotations: s.quotation(q).into_iter().collect(),
            who: Who::Source,
            nested: false,
            bounded: false,
            confidence: None,
            order: 0,
        });
    }
}
