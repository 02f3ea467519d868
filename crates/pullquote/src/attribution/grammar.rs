//! The grammar: attributions that the shape of a sentence gives away.
//!
//! It reads a block as a [`Stretch`] and goes from cue to cue. For each verb group it asks, in this order:
//! is there a quotation right before the tag (`“…,” said Feld`), one right after it (`Feld said: “…”`), a
//! clause after it (`Feld said that …`), a clause before it (`…, Feld said`)? What no cue claims is then read
//! by the layouts without a verb: a colon, a dash credit, a label.

// A list of item ranges that starts with one is meant, not the items of a range.
#![allow(clippy::single_range_in_vec_init)]

use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

use crate::attribution::cue::{self, Form, Group};
use crate::attribution::phrase::{self, Phrase};
use crate::attribution::quote::{CueClass, Polarity, QuoteKind};
use crate::attribution::stretch::Stretch;
use crate::lex::token::{Case, TokenKind};
use crate::lexicon::Class;
use crate::span::Span;

/// Holds an attribution as the grammar finds it, before its speaker is known.
#[derive(Debug, Clone)]
pub(crate) struct Raw {
    pub(crate) kind: QuoteKind,
    pub(crate) content: Vec<Span>,
    pub(crate) cue: Option<RawCue>,
    pub(crate) source: Option<Span>,
    /// The part of the source without appositions.
    pub(crate) head: Option<Span>,
    pub(crate) addressee: Option<Span>,
    pub(crate) polarity: Polarity,
    pub(crate) rule: Rule,
    /// The quotations whose words the content holds.
    pub(crate) quotations: Vec<usize>,
    /// Where its speaker comes from.
    pub(crate) who: Who,
    /// Stands inside another quotation.
    pub(crate) nested: bool,
    /// How sure it is; the rule's figure where the model does not say.
    pub(crate) confidence: Option<f32>,
}

/// Tells where the speaker of a raw attribution comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    /// From its source phrase, if it has one.
    Source,
    /// From the quote whose content starts here.
    Follows(Span),
    /// The writer of the article.
    Author,
    /// The person the article is about.
    Subject,
}

/// The cue of a raw attribution.
#[derive(Debug, Clone)]
pub(crate) struct RawCue {
    pub(crate) spans: Vec<Span>,
    pub(crate) lemma: &'static str,
    pub(crate) class: CueClass,
}

/// Declares the rules: name in the record, confidence, example.
macro_rules! rules {
    ($($variant:ident $name:literal $confidence:literal $example:literal;)*) => {
        /// Names a rule of the grammar.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Rule { $(#[doc = $example] $variant,)* }

        impl Rule {
            pub(crate) const fn name(self) -> &'static str {
                match self { $(Rule::$variant => $name,)* }
            }

            /// How often the rule was right on the 840 PolNeAR training articles (most of its words given to the
            /// right source), beside the model; 0.7 where it fired fewer than 20 times there. The model brings
            /// its own, calibrated on its margin.
            pub(crate) const fn confidence(self) -> f32 {
                match self { $(Rule::$variant => $confidence,)* }
            }
        }
    };
}

rules! {
    QuoteVerbSource "quote-verb-source" 0.95 "“No,” said Feld.";
    QuoteSourceVerb "quote-source-verb" 0.97 "“No,” Feld said.";
    SourceVerbQuote "source-verb-quote" 0.88 "Feld said: “No.”";
    SourceVerbFragment "source-verb-fragment" 0.75 "Feld said “it will not hold”.";
    VerbSourceQuote "verb-source-quote" 0.7 "Said Feld, who was late: “No.”";
    SourceColonQuote "source-colon-quote" 0.86 "Feld: “No.”";
    ParticipleQuote "participle-quote" 0.81 "Feld closed the file, saying: “No.”";
    AccordingTo "according-to" 0.85 "According to Feld, it is safe.";
    Clause "clause" 0.32 "Feld said that it was safe.";
    FrontedClause "fronted-clause" 0.36 "It was safe, Feld said.";
    Object "object" 0.11 "Feld called it “a joke”.";
    Declined "declined" 0.7 "Feld declined to comment.";
    NounCue "noun-cue" 0.7 "“No comment” was the reply from Pell.";
    Label "label" 0.44 "FELD: We are ready.";
    BlockQuote "block-quote" 0.7 "Feld wrote: ¶ > We are ready.";
    QuestionAnswer "question-answer" 0.7 "Who pays? ¶ We do.";
    DashCredit "dash-credit" 0.7 "“No.” —Feld";
    FromSource "from-source" 0.7 "“No,” from Feld.";
    InWords "in-words" 0.7 "in Feld’s words, “no”";

    Dropped "dropped-cue" 0.58 "A paragraph that is only a quotation goes on for the speaker before it.";
    Introduced "introduced" 0.28 "Feld has sold fish for 30 years. ¶ “I have seen worse.”";
    Model "model" 0.8 "What no rule is certain of.";
    Unknown "unknown" 0.66 "A whole utterance that nobody is named for.";
}

impl Rule {
    /// Whether the rule stands where the model reads the same words another way.
    ///
    /// These are the layouts and the tags beside a quotation. Clauses, objects and quotations without comma or
    /// colon are the model's to decide: on the PolNeAR development articles that gains 3 points of full
    /// attributions against trusting the grammar there too.
    pub(crate) const fn is_certain(self) -> bool {
        matches!(
            self,
            Rule::QuoteVerbSource
                | Rule::QuoteSourceVerb
                | Rule::SourceVerbQuote
                | Rule::VerbSourceQuote
                | Rule::SourceVerbFragment
                | Rule::SourceColonQuote
                | Rule::ParticipleQuote
                | Rule::AccordingTo
                | Rule::Declined
                | Rule::NounCue
                | Rule::Label
                | Rule::BlockQuote
                | Rule::QuestionAnswer
                | Rule::DashCredit
                | Rule::FromSource
                | Rule::InWords
                | Rule::Dropped
        )
    }
}

/// Reads one stretch; `out` gets its attributions in the order of their cues. Linear in its items, since every
/// look-around is bounded.
pub(crate) fn read(s: &Stretch<'_>, out: &mut Vec<Raw>) {
    let mut reader = Reader { s, taken: vec![false; s.len()], shared: None, out };
    let mut i = 0;
    while i < s.len() {
        if s.is(i, cue::ANY)
            && let Some(group) = cue::group(s, i)
        {
            reader.verb(&group);
        } else if s.is_word(i, "according") && s.is_word(i + 1, "to") {
            reader.according(i, i + 2, "according to");
        }
        i += 1;
    }
    reader.layouts();
}

struct Reader<'a, 'b> {
    s: &'a Stretch<'b>,
    /// Quotations that an attribution already holds.
    taken: Vec<bool>,
    /// The source of the last cue, and its sentence: "…, said Feld, adding: …".
    shared: Option<(Phrase, usize)>,
    out: &'a mut Vec<Raw>,
}

/// How far a rule looks to either side, in items.
const REACH: usize = 60;

impl Reader<'_, '_> {
    /// Tries the rules around one verb group.
    fn verb(&mut self, group: &Group) {
        let s = self.s;
        let sentence = s.sentence(group.verb);
        let lo = sentence.start.max(group.verb.saturating_sub(REACH));
        let hi = sentence.end.min(group.verb + REACH);
        if self.quote_before(group, lo, hi) {
            return;
        }
        if self.is_imagined(group, lo) || self.inverted_lead(group, lo, hi) {
            return;
        }
        let Some((source, kind)) = self.subject(group, lo) else { return };
        if self.declined(group, &source) {
            return;
        }
        if self.is_how(group, &source, hi) || self.clause_after(group, &source, kind, hi) {
            return;
        }
        self.clause_before(group, &source, lo, hi);
    }

    /// `“Q,” said NP` and `“Q,” NP said`.
    fn quote_before(&mut self, group: &Group, lo: usize, hi: usize) -> bool {
        let s = self.s;
        let direct = group.lists.any(
            cue::SPEECH
                .or(Class::CUE_MANNER)
                .or(Class::CUE_THINK)
                .or(Class::CUE_PHRASAL)
                .or(Class::CUE_LABEL)
                .or(Class::CUE_JUDGE),
        );
        if !direct || group.form == Form::Participle {
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
        // “Q,” NP said
        let floor = self.floor_left(group.items.start, lo);
        if let Some(np) = phrase::before(s, group.items.start, floor)
            && let Some(q) = self.quotation_left(np.items.start, false)
        {
            return self.tag(group, q, &np, group.items.end, Rule::QuoteSourceVerb);
        }
        false
    }

    /// "It is as if the stones said …": nobody said it.
    fn is_imagined(&self, group: &Group, lo: usize) -> bool {
        let s = self.s;
        let compared =
            (lo..group.items.start).any(|i| s.is_word(i, "as") && matches!(s.word(i + 1), "if" | "though"));
        let fancied = group.polarity == Polarity::Irrealis && s.word(group.verb).ends_with("ing");
        compared || fancied
    }

    /// "Feld declined to comment": a quote without content.
    fn declined(&mut self, group: &Group, source: &Phrase) -> bool {
        let s = self.s;
        let comment = group.polarity == Polarity::Negated
            && group.lemma == "comment"
            && s.is(group.items.start, Class::DECLINE);
        if comment {
            self.push(group, Vec::new(), Some(source), None, Vec::new(), Rule::Declined);
        }
        comment
    }

    /// “A soap opera” is how Feld described the merger.
    fn is_how(&mut self, group: &Group, source: &Phrase, hi: usize) -> bool {
        let s = self.s;
        let Some(how) =
            source.items.start.checked_sub(1).filter(|&i| i >= 2 && matches!(s.word(i), "how" | "what"))
        else {
            return false;
        };
        let q = how - 2;
        if !s.is(how - 1, Class::AUXILIARY) || s.quotation(q).is_none() || self.taken[q] {
            return false;
        }
        self.taken[q] = true;
        let to = self.clause_end(group.items.end, hi);
        let mut content = vec![q..how + 1];
        content.extend((to > group.items.end).then_some(group.items.end..to));
        self.push(group, content, Some(source), None, vec![q], Rule::Object);
        true
    }

    /// How far a tag after a quotation may reach: to the end of its sentence.
    fn tag_end(&self, from: usize) -> usize {
        self.s.sentence(from.min(self.s.len().saturating_sub(1))).end.min(from + REACH)
    }

    /// A subject between a quotation and the verb starts after the quotation.
    fn floor_left(&self, verb: usize, lo: usize) -> usize {
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

    fn nickname(&self, i: usize) -> bool {
        let s = self.s;
        i > 0 && s.tokens_of(i).len() <= 5 && s.token(i - 1).is_some_and(|t| t.is_capital())
    }

    /// "“Go,” said the note he read" is fine, but after "told" and "asked" a phrase may be the one spoken to.
    fn object_follows(&self, group: &Group, np: &Phrase) -> bool {
        let s = self.s;
        group.lists.any(Class::CUE_TELL) || (s.is(np.items.start, Class::PRONOUN_IT) && group.lemma != "say")
    }

    /// The quotation right before item `end`, past a comma or a dash outside its marks.
    ///
    /// A quotation that ends with a full stop has no tag, unless the tag is inverted and in lower case or glued.
    fn quotation_left(&self, end: usize, inverted: bool) -> Option<usize> {
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

    fn shouting(&self, q: usize) -> bool {
        self.s.first_inside(q).is_some_and(|t| t.case == Case::Upper)
    }

    /// A quotation that is a whole utterance: it starts a sentence.
    fn is_utterance(&self, q: usize) -> bool {
        self.s.starts_sentence(q)
    }

    /// Makes the attribution of a tag that follows quotation `q`, with all that goes on behind the tag.
    fn tag(&mut self, group: &Group, q: usize, np: &Phrase, end: usize, rule: Rule) -> bool {
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
        let mut content: Vec<Range<usize>> = vec![from..q + 1];
        let mut quotations = vec![q];
        let (addressee, after) = self.addressee(group, np, end);
        // “The trouble,” Feld said, “is the money.”
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

    fn is_taken_between(&self, from: usize, to: usize) -> bool {
        (from..to).any(|i| self.taken[i])
    }

    /// Whether a reporting verb stands between two items: the words there are not content.
    fn has_subject_verb(&self, from: usize, to: usize) -> bool {
        (from..to).any(|i| self.s.is(i, cue::SPEECH) && cue::group(self.s, i).is_some())
    }

    /// Whether the clause that was cut by a tag goes on at item `i`.
    fn resumes(&self, i: usize) -> bool {
        let s = self.s;
        s.token(i).is_some_and(|t| {
            t.is_word() && (t.is(Class::AUXILIARY.or(Class::PREPOSITION)) || t.case == Case::Lower)
        }) && !s.is(i, Class::CONJUNCTION)
            && !s.word(i).ends_with("ing")
            && !matches!(s.word(i), "who" | "which" | "whose" | "referring" | "adding")
    }

    /// Whether the quotation at `q` has a tag of its own on its right.
    fn has_right_tag(&self, q: usize) -> bool {
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

    /// "told the Courier", "said to Boyd": the addressee and where it ends.
    fn addressee(&self, group: &Group, np: &Phrase, end: usize) -> (Option<Range<usize>>, usize) {
        let s = self.s;
        let after_verb = group.items.end;
        let limit = (after_verb + 12).min(s.len());
        if np.items.start >= after_verb {
            return (None, end);
        }
        if group.lists.any(Class::CUE_TELL.or(Class::CUE_ASK).or(Class::CUE_ADDRESS))
            && !group.lists.any(Class::CUE_LABEL)
        {
            if let Some(to) = phrase::at(s, after_verb, limit).filter(|_| !s.starts_sentence(after_verb)) {
                return (Some(to.head.clone()), to.items.end.max(to.head.end));
            }
        } else if s.is_word(after_verb, "to")
            && let Some(to) = phrase::at(s, after_verb + 1, limit)
        {
            return (Some(to.head.clone()), to.items.end);
        }
        (None, end)
    }

    /// The subject of a verb group: the phrase right before it, or that of its sentence when verbs are joined.
    fn subject(&self, group: &Group, lo: usize) -> Option<(Phrase, Subject)> {
        let s = self.s;
        let start = group.items.start;
        if group.form != Form::Participle && start > lo {
            let floor = self.clause_floor(start, lo);
            if let Some(np) = phrase::before(s, start, floor)
                && !self.is_object(&np, lo)
            {
                return Some((np, Subject::Own));
            }
        }
        // "Feld shook her head and said", "…, saying", ", adding"
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
            let from = self.skip_lead(lo, start);
            return phrase::at(s, from, start).map(|np| (np, Subject::Shared));
        }
        None
    }

    /// A phrase that is the object of a preposition at the start of the sentence is no subject: "In Leeds said".
    fn is_object(&self, np: &Phrase, lo: usize) -> bool {
        np.items.start > lo
            && self.s.is(np.items.start - 1, Class::PREPOSITION)
            && !self.s.is(np.items.start - 1, Class::CONJUNCTION)
            && np.items.start - 1 == lo
            && !matches!(self.s.word(np.items.start - 1), "like" | "as" | "As" | "Like")
    }

    /// Where the clause of the verb at `verb` starts: after a quotation, a semicolon, a dash or a colon.
    fn clause_floor(&self, verb: usize, lo: usize) -> usize {
        let s = self.s;
        (lo..verb)
            .rev()
            .find(|&i| {
                matches!(s.kind(i), Some(TokenKind::Semicolon | TokenKind::Colon | TokenKind::Dash))
                    || (s.quotation(i).is_some() && !self.nickname(i))
            })
            .map_or(lo, |i| i + 1)
    }

    /// Skips what may stand before the subject of a sentence: "But", "On Tuesday,", "Asked if she would,".
    fn skip_lead(&self, from: usize, to: usize) -> usize {
        let s = self.s;
        let mut i = from;
        while i < to
            && (s.is(i, Class::CONJUNCTION) && !s.is(i, Class::PREPOSITION)
                || s.kind(i) == Some(TokenKind::Dash))
        {
            i += 1;
        }
        let lead = s.is(i, Class::PREPOSITION)
            || s.word(i).ends_with("ing")
            || s.word(i).ends_with("ed")
            || s.is(i, Class::ADVERB);
        if lead && let Some(comma) = (i..to.min(i + 25)).find(|&c| s.kind(c) == Some(TokenKind::Comma)) {
            let after = comma + 1;
            if after < to && s.token(after).is_some_and(|t| t.is_word()) {
                return after;
            }
        }
        i
    }

    /// What stands right of `NP VERB`: a quotation, a clause, or an object with a quotation in it.
    fn clause_after(&mut self, group: &Group, source: &Phrase, subject: Subject, hi: usize) -> bool {
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
            if group.form == Form::Passive && !group.lists.any(Class::CUE_TELL) || !speech || title {
                return false;
            }
            // "what he calls “hell”", "anybody who says “no”": a clause inside another tells less.
            let relative = self.is_relative(source);
            let rule = match group.form {
                _ if relative || !group.lists.any(cue::SPEECH.or(Class::CUE_MANNER)) => Rule::Object,
                _ if after == start => Rule::SourceVerbFragment,
                Form::Participle => Rule::ParticipleQuote,
                _ => Rule::SourceVerbQuote,
            };
            self.quote_after(group, source, addressee, after, rule);
            return true;
        }
        if group.form == Form::Passive {
            return false;
        }
        if start >= hi || s.starts_sentence(start) {
            return false;
        }
        let that = s.is_word(start, "that") && !s.starts_sentence(start);
        let embedded = s.is(start, Class::WH_WORD)
            && !that
            && group.lists.any(cue::SPEECH)
            && !matches!(s.word(start), "who" | "which" | "as" | "whose")
            && (!matches!(s.word(start), "when" | "what")
                || group.polarity == Polarity::Negated
                || group.lists.any(Class::CUE_ASK));
        let bare = group.lists.any(Class::CUE_BARE)
            && (self.starts_clause(start)
                || group.lemma == "say"
                    && hi >= start + 4
                    && s.is(start, Class::DETERMINER.or(Class::POSSESSIVE)));
        if that || embedded || bare {
            let from = start;
            let to = self.clause_end(from, hi);
            if to > from {
                let quotations: Vec<usize> = (from..to).filter(|&q| s.quotation(q).is_some()).collect();
                for &q in &quotations {
                    self.taken[q] = true;
                }
                self.push(group, vec![from..to], Some(source), addressee, quotations, Rule::Clause);
                return true;
            }
        }
        // Feld called it “a joke”: an object that holds a quotation.
        let object_verb = group.lists.any(Class::CUE_LABEL.or(Class::CUE_JUDGE).or(cue::SPEECH))
            && group.form != Form::Passive
            && !self.is_relative(source);
        let to = self.clause_end(group.items.end, hi);
        let quotations: Vec<usize> =
            (group.items.end..to).filter(|&q| s.quotation(q).is_some() && !self.taken[q]).collect();
        if object_verb
            && !quotations.is_empty()
            && !(group.items.end..quotations[0]).any(|i| s.is(i, cue::SPEECH) && cue::group(s, i).is_some())
        {
            for &q in &quotations {
                self.taken[q] = true;
            }
            // "signed the mug “Best boss”": what is written is the quotation alone.
            let whole =
                group.lists.any(Class::CUE_LABEL.or(Class::CUE_JUDGE)) || !group.lists.any(Class::CUE_WRITE);
            let content =
                if whole { group.items.end..to } else { quotations[0]..quotations[quotations.len() - 1] + 1 };
            self.push(group, vec![content], Some(source), None, quotations, Rule::Object);
            return true;
        }
        false
    }

    /// Whether a subject is or follows a relative word: "what Feld can post", "anybody who says".
    fn is_relative(&self, source: &Phrase) -> bool {
        let s = self.s;
        let first = source.head.start;
        let relative = |i: usize| s.is(i, Class::WH_WORD) && !s.is(i, Class::CONJUNCTION);
        relative(first) || first.checked_sub(1).is_some_and(relative)
    }

    /// Takes the quotation at `q` and those that go on from it in the same sentence.
    fn quote_after(
        &mut self,
        group: &Group,
        source: &Phrase,
        addressee: Option<Range<usize>>,
        q: usize,
        rule: Rule,
    ) {
        let s = self.s;
        let mut content = vec![q..q + 1];
        let mut quotations = vec![q];
        // Feld said “it will not hold” and “nobody is staying”.
        let sentence = s.sentence(q).end;
        let open = s.last_inside(q).is_none_or(|t| t.kind != TokenKind::Stop && t.kind != TokenKind::Comma);
        if open && q + 1 < sentence && !self.has_right_tag(q) {
            let to = self.clause_end(q + 1, sentence);
            let more: Vec<usize> = (q + 1..to).filter(|&i| s.quotation(i).is_some()).collect();
            if let Some(&last) = more.last()
                && !self.has_subject_verb(q + 1, last)
            {
                content = vec![q..last + 1];
                quotations.extend(more);
            }
        }
        for &q in &quotations {
            self.taken[q] = true;
        }
        self.push(group, content, Some(source), addressee, quotations, rule);
    }

    /// Skips prepositional phrases and adverbs between a verb and its content, if content follows at all.
    fn skip_circumstances(&self, from: usize, hi: usize) -> usize {
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
    fn starts_clause(&self, i: usize) -> bool {
        let s = self.s;
        let Some(t) = s.token(i) else { return false };
        if !t.is_word() && t.kind != TokenKind::Number {
            return false;
        }
        if t.is(Class::PRONOUN_SUBJECT) {
            return true;
        }
        // A phrase, and soon after it an auxiliary or another finite verb.
        let opens = t.is(Class::DETERMINER.or(Class::POSSESSIVE).or(Class::PRONOUN_OTHER))
            || t.is_capital()
            || t.kind == TokenKind::Number
            || (t.case == Case::Lower
                && !t.is(Class::PREPOSITION.or(Class::CONJUNCTION).or(Class::ADVERB).or(Class::AUXILIARY)));
        opens
            && (i + 1..(i + 14).min(s.len()))
                .take_while(|&k| !s.starts_sentence(k) && s.quotation(k).is_none())
                .any(|k| s.is(k, Class::AUXILIARY) || s.word(k).ends_with("ed"))
    }

    /// Where the clause that starts at `from` ends: before the sentence's stop, or where the reporter's own
    /// words go on ("…, but records show").
    fn clause_end(&self, from: usize, hi: usize) -> usize {
        let s = self.s;
        let mut end = hi;
        for i in from + 1..hi {
            let comma = s.kind(i) == Some(TokenKind::Comma);
            if comma
                && (s.is_word(i + 1, "but")
                    || s.is_word(i + 1, "while")
                    || s.is_word(i + 1, "although")
                    || s.is_word(i + 1, "adding")
                    || s.is_word(i + 1, "saying"))
            {
                end = i;
                break;
            }
            // "… and pledged that …": the next cue with the same subject.
            if s.is_word(i, "and") && s.is(i + 1, cue::SPEECH) && s.is_word(i + 2, "that") {
                end = i;
                break;
            }
            if s.kind(i) == Some(TokenKind::Semicolon) {
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

    /// `CLAUSE, NP said.` and `CLAUSE, NP said, CLAUSE.`
    fn clause_before(&mut self, group: &Group, source: &Phrase, lo: usize, hi: usize) -> bool {
        let s = self.s;
        if !group.lists.any(
            Class::CUE_SAY
                .or(Class::CUE_CLAIM)
                .or(Class::CUE_PROMISE)
                .or(Class::CUE_TELL)
                .or(Class::CUE_WRITE),
        ) || group.form != Form::Finite
        {
            return false;
        }
        let Some(comma) =
            source.items.start.checked_sub(1).filter(|&c| c > lo && s.kind(c) == Some(TokenKind::Comma))
        else {
            return false;
        };
        let (addressee, after) = self.addressee(group, source, group.items.end);
        self.front(group, source, addressee, lo, comma, after, hi, Rule::FrontedClause)
    }

    /// Makes the attribution of a clause before a tag; `after` is the first item behind the tag.
    #[allow(clippy::too_many_arguments)]
    fn front(
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
        let participle = s.word(lo).ends_with("ed") || s.word(lo).ends_with("ing");
        if !long_enough || participle || self.has_subject_verb(lo, comma) {
            return false;
        }
        let resumed = s.kind(after) == Some(TokenKind::Comma) && after + 1 < hi && self.resumes(after + 1);
        let mut content = vec![lo..comma];
        if resumed {
            let to = self.clause_end(after + 1, hi);
            if to > after + 1 {
                content.push(after + 1..to);
            }
        } else if circumstance {
            return false;
        }
        let quotations: Vec<usize> = content
            .iter()
            .flat_map(|r| r.clone())
            .filter(|&q| s.quotation(q).is_some() && !self.taken[q])
            .collect();
        for &q in &quotations {
            self.taken[q] = true;
        }
        self.push(group, content, Some(source), addressee, quotations, rule);
        true
    }

    /// `…, said NP.` after a clause, and `Said NP: “…”`.
    fn inverted_lead(&mut self, group: &Group, lo: usize, hi: usize) -> bool {
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
        let Some(np) = phrase::at(s, group.items.end, hi) else { return false };
        let after = np.items.end;
        let start = group.items.start;
        let fresh = start == lo || s.is_word(lo, "So") && start == lo + 1;
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
        // The tag must end with its source: "…, said Feld." against "…, said the bridge was safe".
        let ends = after >= hi
            || s.token(after).is_some_and(|t| {
                matches!(t.kind, TokenKind::Stop | TokenKind::Comma)
                    || t.is(Class::PREPOSITION.or(Class::WEEKDAY))
            });
        if !ends || group.lists.any(Class::CUE_TELL) {
            return false;
        }
        if let Some(comma) = start.checked_sub(1).filter(|&c| c > lo && s.kind(c) == Some(TokenKind::Comma)) {
            return self.front(group, &np, None, lo, comma, after, hi, Rule::FrontedClause);
        }
        false
    }

    /// `According to NP, CLAUSE` and `CLAUSE, according to NP`.
    fn according(&mut self, cue_start: usize, np_start: usize, lemma: &'static str) {
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

    /// A quotation in title case, with no stop inside: the name of a work.
    fn is_title(&self, q: usize) -> bool {
        let s = self.s;
        let words: Vec<_> = s.story.tokens.tokens[s.tokens_of(q)].iter().filter(|t| !t.is_mark()).collect();
        let capitals = words.iter().filter(|t| t.is_capital()).count();
        let small = Class::PREPOSITION.or(Class::DETERMINER).or(Class::CONJUNCTION);
        capitals >= 2 && words.iter().all(|t| t.is_capital() || t.is(small) || t.kind == TokenKind::Number)
    }

    /// `“Q” was the reply from NP` and `“Q,” came the word from NP`.
    fn noun_cue(&mut self, q: usize) -> bool {
        let s = self.s;
        let verb = q + 1 + usize::from(s.kind(q + 1) == Some(TokenKind::Comma));
        if !(s.is(verb, Class::AUXILIARY) || s.is_word(verb, "came")) || !s.is(verb + 1, Class::DETERMINER) {
            return false;
        }
        let Some(noun) = (verb + 2..verb + 5).find(|&i| s.is(i, Class::NOUN_CUE)) else { return false };
        let Some(np) =
            phrase::at(s, noun + 2, s.len()).filter(|_| matches!(s.word(noun + 1), "from" | "of" | "by"))
        else {
            return false;
        };
        let spans = vec![s.span(noun..noun + 1)];
        self.layout(q, &np, spans, "reply", Rule::NounCue);
        true
    }

    /// “It will be our”—she leaned in and whispered—“secret.”
    fn dash_aside(&mut self, q: usize) -> bool {
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
            vec![q..q + 1, close + 1..close + 2],
            Some(&np),
            None,
            vec![q, close + 1],
            Rule::QuoteSourceVerb,
        );
        true
    }

    /// `‘Q’: NP`, as headlines have it.
    fn colon_credit(&mut self, q: usize) -> bool {
        let s = self.s;
        if s.kind(q + 1) != Some(TokenKind::Colon) || q != 0 {
            return false;
        }
        let Some(np) = phrase::at(s, q + 2, s.len()).filter(|np| np.items.end == s.len()) else {
            return false;
        };
        let spans = vec![s.span(q + 1..q + 2)];
        self.layout(q, &np, spans, ":", Rule::SourceColonQuote);
        true
    }

    /// The layouts that attribute without a verb.
    fn layouts(&mut self) {
        let s = self.s;
        for q in 0..s.len() {
            if s.quotation(q).is_none() || self.taken[q] {
                continue;
            }
            if self.noun_cue(q) || self.dash_aside(q) || self.colon_credit(q) {
                continue;
            }
            let before = q.checked_sub(1).and_then(|i| s.kind(i));
            // NP: “Q”
            if before == Some(TokenKind::Colon) && q >= 2 {
                let lo = s.sentence(q - 1).start;
                if let Some(np) = phrase::before(s, q - 1, lo).filter(|np| {
                    np.items.start == lo
                        || self.skip_lead(lo, q - 1) == np.items.start
                        || s.is_word(np.items.start - 1, "from")
                }) {
                    let from = np.items.start.checked_sub(1).filter(|&i| i >= lo && s.is_word(i, "from"));
                    let mut spans: Vec<Span> = from.map(|i| s.span(i..i + 1)).into_iter().collect();
                    spans.push(s.span(q - 1..q));
                    self.layout(q, &np, spans, ":", Rule::SourceColonQuote);
                    continue;
                }
            }
            // “Q” — NP
            let bullet = q == 1 && matches!(s.kind(0), Some(TokenKind::Other | TokenKind::Dash));
            if s.kind(q + 1) == Some(TokenKind::Dash)
                && (s.starts_sentence(q) || bullet)
                && let Some(np) = phrase::at(s, q + 2, s.len())
                && np.items.end + 6 >= s.sentence(q + 2).end
                && s.token(q + 2).is_some_and(|t| t.is_capital())
            {
                let spans = vec![s.span(q + 1..q + 2)];
                self.layout(q, &np, spans, "—", Rule::DashCredit);
                continue;
            }
            // “Q,” from NP
            if s.is_word(q + 1, "from")
                && s.last_inside(q).is_some_and(|t| t.kind == TokenKind::Comma)
                && let Some(np) = phrase::at(s, q + 2, s.len())
            {
                self.layout(q, &np, Vec::new(), "from", Rule::FromSource);
                continue;
            }
            // “Q.” That was NP. / This from NP.
            let pointing = s.starts_sentence(q + 1)
                && matches!(s.word(q + 1), "That" | "This")
                && matches!(s.word(q + 2), "was" | "is" | "from");
            if pointing
                && let Some(np) = phrase::at(s, q + 3, s.sentence(q + 1).end)
                && np.items.end + 1 >= s.sentence(q + 1).end
            {
                self.layout(q, &np, Vec::new(), "from", Rule::FromSource);
                continue;
            }
            // in NP’s words, “Q”
            let words = q >= 3
                && s.kind(q - 1) == Some(TokenKind::Comma)
                && matches!(s.word(q - 2), "words" | "phrase" | "view" | "opinion");
            if words
                && let Some(possessor) = (q.saturating_sub(8)..q - 2).rev().find(|&i| s.is_word(i, "in"))
                && let Some(np) = phrase::at(s, possessor + 1, q - 2)
            {
                let end = (np.items.start + 1..np.items.end)
                    .find(|&i| s.token(i).is_some_and(|t| !t.spaced))
                    .unwrap_or(np.items.end);
                let np = Phrase { items: np.items.start..end, head: np.items.start..end };
                let spans = vec![s.span(possessor..possessor + 1), s.span(q - 2..q - 1)];
                self.layout(q, &np, spans, "words", Rule::InWords);
            }
        }
    }

    fn layout(&mut self, q: usize, np: &Phrase, cue: Vec<Span>, lemma: &'static str, rule: Rule) {
        let s = self.s;
        self.taken[q] = true;
        self.out.push(Raw {
            kind: QuoteKind::Direct,
            content: vec![s.span(q..q + 1)],
            cue: (!cue.is_empty()).then_some(RawCue { spans: cue, lemma, class: CueClass::Say }),
            source: Some(s.span(np.items.clone())),
            head: Some(s.span(np.head.clone())),
            addressee: None,
            polarity: Polarity::Asserted,
            rule,
            quotations: s.quotation(q).into_iter().collect(),
            who: Who::Source,
            nested: false,
            confidence: None,
        });
    }

    fn push(
        &mut self,
        group: &Group,
        content: Vec<Range<usize>>,
        source: Option<&Phrase>,
        addressee: Option<Range<usize>>,
        quotations: Vec<usize>,
        rule: Rule,
    ) {
        let s = self.s;
        let bare = content.iter().any(|r| {
            r.clone().any(|i| s.token(i).is_some_and(|t| t.is_word() || t.kind == TokenKind::Number))
        });
        let kind = match (quotations.is_empty(), bare) {
            (true, _) => QuoteKind::Indirect,
            (false, true) => QuoteKind::Mixed,
            (false, false) => QuoteKind::Direct,
        };
        let lo = s.sentence(group.verb).start;
        self.shared = source.map(|np| (np.clone(), lo));
        let conditional = s.is_word(lo, "if") && source.is_some_and(|np| np.items.start == lo + 1);
        self.out.push(Raw {
            kind,
            content: content.into_iter().map(|r| s.span(r)).collect(),
            cue: Some(RawCue {
                spans: vec![s.span(group.items.clone())],
                lemma: group.lemma,
                class: group.class,
            }),
            source: source.map(|np| s.span(np.items.clone())),
            head: source.map(|np| s.span(np.head.clone())),
            addressee: addressee.map(|a| s.span(a)),
            polarity: if conditional { Polarity::Irrealis } else { group.polarity },
            rule,
            quotations: quotations.into_iter().filter_map(|q| s.quotation(q)).collect(),
            who: Who::Source,
            nested: false,
            confidence: None,
        });
    }
}

/// Whether the subject is the verb's own or that of the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Subject {
    Own,
    Shared,
}
