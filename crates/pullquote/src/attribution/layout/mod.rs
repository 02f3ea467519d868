//! Layouts: blocks whose form says who speaks, without marks or cues of their own.
//!
//! Transcripts and interviews with labels, Q and A, block quotes after a colon, credits on a line of their own,
//! letters (`letter.rs`) and headlines (`heading.rs`). A block that a layout claims is not read by the grammar.

mod heading;
mod letter;

use alloc::vec::Vec;
use core::ops::Range;

use crate::attribution::cue;
use crate::attribution::grammar::{Raw, RawCue, Rule, Who};
use crate::attribution::phrase;
use crate::attribution::quote::{CueClass, Polarity, QuoteKind};
use crate::attribution::stretch::Stretch;
use crate::block::{Block, BlockKind};
use crate::few::{Few, few};
use crate::lex::story::{Region, Story};
use crate::lex::token::{Case, Token, TokenKind};
use crate::lexicon::{Class, terms};
use crate::quotation::Quotation;
use crate::span::Span;

/// Reads the layouts of a story; `claimed` tells for each region whether one claims it. Linear in the tokens.
pub(crate) fn read(
    text: &str,
    story: &Story,
    blocks: &[Block],
    quotations: &[Quotation],
    claimed: &mut Vec<bool>,
    out: &mut Vec<Raw>,
) {
    claimed.clear();
    claimed.resize(story.regions.len(), false);
    let mut reader = Reader { text, story, blocks, quotations, claimed, out };
    reader.letters();
    reader.labels();
    reader.questions();
    reader.block_quotes();
    reader.credits();
    reader.heading();
}

struct Reader<'a> {
    text: &'a str,
    story: &'a Story,
    blocks: &'a [Block],
    quotations: &'a [Quotation],
    claimed: &'a mut Vec<bool>,
    out: &'a mut Vec<Raw>,
}

/// A label at the start of a block: "FELD:", "Q.", "Nora Feld:".
#[derive(Debug, Clone)]
struct Label {
    region: usize,
    /// Its tokens, without colon and brackets.
    name: Range<usize>,
    /// With brackets: "HALE (voice-over)".
    whole: Range<usize>,
    colon: Option<usize>,
    rest: Range<usize>,
    kind: LabelKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LabelKind {
    Question,
    Answer,
    Capitals,
    Name,
}

/// The longest label in tokens.
const LONGEST_LABEL: usize = 8;

impl<'a> Reader<'a> {
    fn tokens(&self) -> &'a [Token] {
        &self.story.tokens.tokens
    }

    fn span(&self, range: Range<usize>) -> Span {
        self.story.span(range)
    }

    fn paragraph(&self, region: &Region) -> bool {
        matches!(region.kind, BlockKind::Paragraph | BlockKind::Subhead)
    }

    fn has_quotation(&self, region: &Region) -> bool {
        let at = self.quotations.partition_point(|q| q.span.end() <= region.span.start());
        self.quotations.get(at).is_some_and(|q| q.span.start() < region.span.end())
    }

    fn push(&mut self, content: Few<Span>, cue: Option<Span>, source: Option<Span>, rule: Rule, who: Who) {
        self.out.push(Raw {
            kind: QuoteKind::Direct,
            content,
            cue: cue.map(|span| RawCue { spans: few![span], lemma: ":", class: CueClass::Say }),
            source,
            head: source,
            addressee: None,
            polarity: Polarity::Asserted,
            rule,
            quotations: few![],
            who,
            nested: false,
            bounded: false,
            confidence: None,
            order: 0,
        });
    }

    // ---- labels ----------------------------------------------------------------------------------

    fn labels(&mut self) {
        let labels: Vec<Label> = (0..self.story.regions.len()).filter_map(|r| self.label(r)).collect();
        let questions = labels.iter().any(|l| l.kind == LabelKind::Question);
        let capitals = labels.iter().filter(|l| l.kind == LabelKind::Capitals).count();
        let names: Vec<&Label> =
            labels.iter().filter(|l| matches!(l.kind, LabelKind::Name | LabelKind::Capitals)).collect();
        // "Verdict: …" and "Price: …" are labels too; among people, somebody has a first name or comes again.
        // "Interviewer: Is it late?": who asks may be called by what he does.
        let person = |l: &Label| {
            let first = &self.tokens()[l.name.start];
            let named = || first.is(Class::FIRST_HE.or(Class::FIRST_SHE).or(Class::FIRST_BOTH));
            let asks =
                || self.asks(&self.story.regions[l.region]) && first.is_in(self.text, terms::FUNCTIONARY);
            if l.name.len() >= 2 { named() } else { asks() }
        };
        let people = names.len() >= 2 && names.iter().any(|l| person(l));
        let accepted: Vec<Label> = labels
            .iter()
            .filter(|l| match l.kind {
                LabelKind::Question | LabelKind::Answer => questions,
                LabelKind::Capitals => capitals >= 2,
                LabelKind::Name => people && names.len() >= 2,
            })
            .cloned()
            .collect();
        for label in accepted {
            self.claimed[label.region] = true;
            let who = match label.kind {
                LabelKind::Question => Who::Author,
                LabelKind::Answer => Who::Subject,
                LabelKind::Capitals | LabelKind::Name => Who::Source,
            };
            let content = self.without_notes(label.rest.clone());
            let cue = label.colon.map(|c| self.tokens()[c].span);
            let source = Some(self.span(label.whole.clone()));
            if !content.is_empty() {
                self.push(content, cue, source, Rule::Label, who);
                let head = self.span(label.name.clone());
                if let Some(raw) = self.out.last_mut() {
                    raw.head = Some(head);
                }
            }
        }
    }

    /// Reads the label that block `r` starts with; the mark of a transcript that is quoted as a whole may stand
    /// before it: "“FELD: The lift is out.", "“BOYD: Since when?”".
    fn label(&self, r: usize) -> Option<Label> {
        let region = self.story.regions.get(r).filter(|g| self.paragraph(g))?;
        let tokens = self.tokens();
        let mut range = region.tokens();
        range.start += usize::from(tokens.get(range.start).is_some_and(Token::is_mark));
        let first = tokens.get(range.start).filter(|_| range.len() >= 2)?;
        let word = first.span.of(self.text);
        // "Q. Is it late?"
        if matches!(word, "Q." | "A.") {
            let kind = if word == "Q." { LabelKind::Question } else { LabelKind::Answer };
            let name = range.start..range.start + 1;
            return Some(Label {
                region: r,
                whole: name.clone(),
                name,
                colon: None,
                rest: range.start + 1..range.end,
                kind,
            });
        }
        let limit = range.end.min(range.start + LONGEST_LABEL);
        let colon = (range.start..limit).find(|&i| tokens[i].kind == TokenKind::Colon)?;
        let bracket = (range.start..colon).find(|&i| tokens[i].kind == TokenKind::Open);
        let name = range.start..bracket.unwrap_or(colon);
        let rest = colon + 1..range.end;
        if name.is_empty() || rest.is_empty() || tokens[rest.start].is_mark() {
            return None;
        }
        // "THE WITNESS: I was there."
        let the = usize::from(name.len() > 1 && first.case == Case::Upper && first.is(Class::DETERMINER));
        let capital = tokens[name.start + the..name.end].iter().all(|t| {
            t.is_capital()
                && (word == "A" || !t.is(Class::DETERMINER.or(Class::PREPOSITION).or(Class::CONJUNCTION)))
                || t.is(Class::PARTICLE)
        });
        if !capital || name.len() > 4 {
            return None;
        }
        let kind = match word {
            "Q" | "Question" => LabelKind::Question,
            "A" | "Answer" => LabelKind::Answer,
            _ if tokens[name.clone()].iter().all(|t| matches!(t.case, Case::Upper | Case::Initial)) => {
                LabelKind::Capitals
            }
            _ => LabelKind::Name,
        };
        Some(Label { region: r, whole: range.start..colon, name, colon: Some(colon), rest, kind })
    }

    /// The spans of a stretch without stage directions in square brackets.
    fn without_notes(&self, range: Range<usize>) -> Few<Span> {
        let tokens = self.tokens();
        let mut out = few![];
        let mut start = range.start;
        let mut i = range.start;
        while i < range.end {
            let opens = tokens[i].kind == TokenKind::Open && tokens[i].span.of(self.text) == "[";
            let close = (i..range.end.min(i + 12)).find(|&k| tokens[k].span.of(self.text) == "]");
            // "[Boyd] was ready" is an insert, "[laughter]" at a sentence's edge is a note.
            let edge = i == range.start || tokens[i - 1].kind == TokenKind::Stop;
            match close {
                Some(close) if opens && edge => {
                    if i > start {
                        out.push(self.span(start..i));
                    }
                    start = close + 1;
                    i = close + 1;
                }
                _ => i += 1,
            }
        }
        if range.end > start {
            out.push(self.span(start..range.end));
        }
        out
    }

    // ---- questions and answers without labels ------------------------------------------------------

    /// Blocks that are one question each, with the answers between them.
    fn questions(&mut self) {
        let regions = &self.story.regions;
        let is_question = |r: usize| {
            let region = &regions[r];
            region.sentences().len() == 1
                && self.asks(region)
                && self.paragraph(region)
                && !self.claimed[r]
                && !self.has_quotation(region)
        };
        let bold = |r: usize| self.tokens()[regions[r].tokens()].first().is_some_and(|t| self.is_star(t));
        let questions: Vec<usize> = (0..regions.len()).filter(|&r| is_question(r)).collect();
        let pairs: Vec<(usize, usize)> = questions
            .iter()
            .filter(|&&q| {
                q + 1 < regions.len()
                    && questions.binary_search(&(q + 1)).is_err()
                    && self.paragraph(&regions[q + 1])
                    && !self.has_quotation(&regions[q + 1])
                    && !self.claimed[q + 1]
            })
            .map(|&q| (q, q + 1))
            .collect();
        let holds = |r: usize, class: Class| self.tokens()[regions[r].tokens()].iter().any(|t| t.is(class));
        let answers_in_person = pairs.iter().filter(|(_, a)| holds(*a, Class::PRONOUN_FIRST)).count();
        // "How high do you climb?" and no advice in return, as a guide for readers would give it.
        let spoken_to = |&&(q, a): &&(usize, usize)| {
            let you = Class::PRONOUN_SECOND;
            holds(q, you) && !holds(q, Class::PRONOUN_FIRST) && !holds(a, you)
        };
        let all_spoken_to = pairs.iter().filter(spoken_to).count() == pairs.len();
        let brief = pairs.iter().filter(|(_, a)| regions[*a].tokens().len() <= 15).count();
        // "Who pays? You do.": a guide for readers speaks to them.
        let guides = pairs.iter().filter(|(_, a)| holds(*a, Class::PRONOUN_SECOND)).count() * 2 > pairs.len();
        let all_bold = !pairs.is_empty() && pairs.iter().all(|(q, _)| bold(*q));
        let interview = pairs.len() >= 2
            && (answers_in_person * 2 > pairs.len() || brief == pairs.len() && !guides || all_spoken_to)
            || all_bold && answers_in_person > 0;
        if !interview {
            return;
        }
        for (q, a) in pairs {
            for (r, who) in [(q, Who::Author), (a, Who::Subject)] {
                let mut range = self.story.regions[r].tokens();
                while range.start < range.end && self.is_star(&self.tokens()[range.start]) {
                    range.start += 1;
                }
                while range.start < range.end && self.is_star(&self.tokens()[range.end - 1]) {
                    range.end -= 1;
                }
                self.claimed[r] = true;
                let span = self.span(range);
                self.push(few![span], None, None, Rule::QuestionAnswer, who);
            }
        }
    }

    /// Whether a block ends with a question.
    fn asks(&self, region: &Region) -> bool {
        let last = self.tokens()[region.tokens()].iter().rev().find(|t| !self.is_star(t));
        last.is_some_and(|t| t.kind == TokenKind::Stop && t.span.of(self.text).ends_with('?'))
    }

    fn is_star(&self, token: &Token) -> bool {
        matches!(token.span.of(self.text), "*" | "_")
    }

    // ---- block quotes ------------------------------------------------------------------------------

    /// "Feld wrote:" and then blocks that are indented, start with ">" or are numbered.
    fn block_quotes(&mut self) {
        for r in 0..self.story.regions.len() {
            let region = self.story.regions[r];
            let ends = self.tokens()[region.tokens()].last().is_some_and(|t| t.kind == TokenKind::Colon);
            if !ends || !self.paragraph(&region) || self.claimed[r] {
                continue;
            }
            let mut content = few![];
            let mut next = r + 1;
            while let Some(more) = self.story.regions.get(next).copied() {
                let Some(from) =
                    self.quoted_from(&more, &region).filter(|_| self.paragraph(&more) && !self.claimed[next])
                else {
                    break;
                };
                content.push(self.span(from..more.tokens().end));
                next += 1;
            }
            if content.is_empty() {
                continue;
            }
            let Some(mut raw) = self.lead_in(&region) else { continue };
            raw.content = content;
            self.out.push(raw);
            (r + 1..next).for_each(|c| self.claimed[c] = true);
        }
    }

    /// The first token of a block quote behind its marker; `None` when the block is none.
    fn quoted_from(&self, region: &Region, lead: &Region) -> Option<usize> {
        let range = region.tokens();
        let tokens = self.tokens();
        let first = tokens.get(range.start).filter(|_| range.len() >= 3)?;
        let word = first.span.of(self.text);
        if word == ">" {
            return Some(range.start + 1);
        }
        let numbered = first.kind == TokenKind::Number
            && tokens[range.start + 1].kind == TokenKind::Stop
            && !tokens[range.start + 1].spaced;
        if numbered {
            return Some(range.start + 2);
        }
        if first.kind == TokenKind::Open
            && tokens[range.start + 2].kind == TokenKind::Close
            && tokens[range.start + 1].span.len() <= 2
        {
            return Some(range.start + 3);
        }
        let indent = |g: &Region| self.blocks.get(g.block as usize).map_or(0, |b| b.indent);
        (indent(region) >= indent(lead) + 2 && !first.is_mark()).then_some(range.start)
    }

    /// The cue and the source of the sentence that leads into a block quote.
    fn lead_in(&self, region: &Region) -> Option<Raw> {
        let s = Stretch::new(self.text, self.story, &[], region.tokens(), 0..0, 0);
        let sentence = s.sentence(s.len().checked_sub(1)?);
        let group = sentence
            .clone()
            .rev()
            .find_map(|i| cue::group(&s, i).filter(|g| g.lists.any(cue::SPEECH.or(Class::CUE_EVIDENCE))))?;
        let np = phrase::before(&s, group.items.start, sentence.start)?;
        let addressee = (s.is_word(group.items.end, "to") || group.lists.any(Class::CUE_TELL))
            .then(|| {
                phrase::at(&s, group.items.end + usize::from(s.is_word(group.items.end, "to")), sentence.end)
            })
            .flatten();
        Some(Raw {
            kind: QuoteKind::Direct,
            content: few![],
            cue: Some(RawCue {
                spans: few![s.span(group.items.clone())],
                lemma: group.lemma,
                class: group.class,
            }),
            source: Some(s.span(np.items.clone())),
            head: Some(s.span(np.head.clone())),
            addressee: addressee.map(|a| s.span(a.head)),
            polarity: group.polarity,
            rule: Rule::BlockQuote,
            quotations: few![],
            who: Who::Source,
            nested: false,
            bounded: false,
            confidence: None,
            order: 0,
        })
    }

    // ---- credits -----------------------------------------------------------------------------------

    /// "— Nora Feld (@norafeld) May 3, 2024" on a line of its own: the block before is hers.
    fn credits(&mut self) {
        for r in 1..self.story.regions.len() {
            let (before, region) = (self.story.regions[r - 1], self.story.regions[r]);
            let range = region.tokens();
            let tokens = self.tokens();
            let dash = tokens.get(range.start).is_some_and(|t| t.kind == TokenKind::Dash);
            let handle = || range.clone().any(|i| tokens[i].span.of(self.text).starts_with('@'));
            // Marks may stand around all of it.
            let at = self.quotations.partition_point(|q| q.span.end() <= before.span.start());
            let marked = self.quotations.get(at).filter(|q| q.span == before.span).map(|_| at);
            if !dash
                || range.len() > 20
                || !handle()
                || marked.is_none() && self.has_quotation(&before)
                || self.claimed[r - 1]
                || !self.paragraph(&before)
            {
                continue;
            }
            let s = Stretch::new(self.text, self.story, &[], range, 0..0, 0);
            let Some(np) = phrase::at(&s, 1, s.len()) else { continue };
            let (cue, source, head) = (s.span(0..1), s.span(np.items.clone()), s.span(np.head.clone()));
            self.claimed[r] = true;
            self.claimed[r - 1] = true;
            self.push(few![before.span], Some(cue), Some(source), Rule::DashCredit, Who::Source);
            if let Some(raw) = self.out.last_mut() {
                raw.head = Some(head);
                raw.quotations = marked.into_iter().collect();
            }
        }
    }
}
