//! Evidence: what tells whether an attribution counts, and what a proposal of the model leaves open.

use crate::attribution::cue;
use crate::attribution::grammar::{Raw, RawCue, Rule, Who};
use crate::attribution::judge;
use crate::attribution::linker::{Margins, Proposal};
use crate::attribution::phrase;
use crate::attribution::quote::{CueClass, Polarity, QuoteKind};
use crate::block::BlockKind;
use crate::few::{Few, few};
use crate::lex::story::Story;
use crate::lex::token::{Token, TokenKind};
use crate::lexicon::{self, Class, Hash, terms};
use crate::quotation::{Quotation, QuotationKind};
use crate::span::Span;

/// The text around attributions.
pub(super) struct Evidence<'a> {
    pub(super) text: &'a str,
    pub(super) story: &'a Story,
    pub(super) quotations: &'a [Quotation],
}

/// Below this confidence a proposal needs more than a few marked words, or one plain one, to speak for it.
const UNSURE: f32 = 0.62;
/// Below this verdict a few marked words are a name or a thought.
const UNLIKELY: f32 = 0.35;
/// Below this confidence a cue that no list knows needs a clause as its content.
const UNKNOWN: f32 = 0.57;
/// From this confidence on, plain words that nobody is named for count, if the grammar reads nothing there: "There are
/// fears that the pier will go."
const NAMELESS: f32 = 0.6;
/// Below this verdict a verb of [`DEEDS`] does something with a thing.
const DEED: f32 = 0.5;
/// Verbs that report with a clause, and do something with a thing: "added a goal", "charged a fee", "wrote a book".
const DEEDS: [&str; 8] = ["add", "call", "charge", "claim", "find", "note", "offer", "write"];
/// How many marked words are few: titles, terms and scare quotes are seldom longer.
pub(super) const FEW: usize = 5;

impl Evidence<'_> {
    // ---- which attributions count ----------------------------------------------------------------

    /// Whether an attribution of the model counts; sets how sure it is.
    ///
    /// Where somebody is named, the judge decides; `margins` are the model's, `reading` is what the grammar reads with the
    /// same cue.
    pub(super) fn counts(&self, raw: &mut Raw, margins: Margins, reading: Option<&Raw>) -> bool {
        let known = raw.cue.as_ref().is_some_and(RawCue::is_known);
        let plain = raw.kind == QuoteKind::Indirect;
        let sure = reading.is_none() && raw.confidence.is_some_and(|c| c >= NAMELESS);
        let verdict = match raw.source {
            Some(_) => judge::judge(self, raw, margins, reading),
            None => raw.confidence.filter(|_| if plain { sure } else { known }),
        };
        let counts = !raw.content.is_empty()
            && verdict.is_some()
            && !self.is_article(raw)
            && !self.is_title(raw)
            && !self.is_sight(raw)
            && !self.is_bare_relative(raw)
            && !self.is_asked(raw)
            && !self.is_nobodys(raw, verdict)
            && !self.is_unsaid(raw)
            && !self.is_deed(raw, verdict)
            && !self.is_lone_word(raw);
        raw.confidence = verdict.or(raw.confidence);
        counts
    }

    /// Whether an attribution of the grammar counts although the model saw none there.
    ///
    /// On the PolNeAR training articles one in five of such clauses was right, one in twenty of such fronted
    /// ones; those with a plain verb of speech and a source that can speak are far better.
    pub(super) fn stands_alone(&self, raw: &Raw) -> bool {
        if !raw.rule.is_doubtful() {
            return true;
        }
        let Some(cue) = &raw.cue else { return false };
        let verb = match raw.rule {
            Rule::Phrase => cue.class != CueClass::Want,
            Rule::Relative | Rule::NounClause => true,
            Rule::FrontedClause => {
                // "The album, Roe admits, was late": a clause that goes on behind its tag is surely one.
                // "The trawler will be broken up, its owner confirmed.": so does one that a tag ends.
                matches!(cue.lemma, "say" | "report" | "estimate" | "add")
                    || (raw.content.len() > 1 || self.ends_sentence(cue.spans[0]))
                        && matches!(
                            cue.class,
                            CueClass::Say
                                | CueClass::Claim
                                | CueClass::Deny
                                | CueClass::Promise
                                | CueClass::Think
                                | CueClass::Evidence
                        )
            }
            Rule::Object => {
                matches!(cue.class, CueClass::Label | CueClass::Judge | CueClass::Write | CueClass::Manner)
            }
            _ => {
                let that =
                    || raw.content.first().is_some_and(|c| self.tokens(*c)[0].span.of(self.text) == "that");
                matches!(cue.class, CueClass::Say | CueClass::Tell | CueClass::Claim | CueClass::Promise)
                    || matches!(cue.class, CueClass::Think | CueClass::Evidence) && that()
            }
        };
        verb && raw.head.is_some_and(|head| self.can_speak(head))
    }

    /// A few words in marks that nobody said: "a plan known as “Low Tide”", "He knew the “old guard”."
    ///
    /// On the PolNeAR training articles none of 96 such proposals without a source was right, and of the unsure
    /// ones 28 % where the marks hold a title, 27 % where the cue is one of thought.
    fn is_nobodys(&self, raw: &Raw, verdict: Option<f32>) -> bool {
        let marked = raw.quotations.iter().map(|&q| &self.quotations[q]);
        let words = |q: &Quotation| q.inner().of(self.text).split_whitespace().take(FEW + 1).count();
        let form = marked.clone().all(|q| q.kind.is_name());
        let speech = raw.cue.as_ref().is_none_or(|c| c.class.is_speech());
        let unsure = raw.confidence.is_some_and(|c| c < UNSURE) || verdict.is_some_and(|v| v < UNLIKELY);
        (raw.source.is_none() || unsure && (form || !speech))
            && !raw.quotations.is_empty()
            && marked.map(words).sum::<usize>() <= FEW
    }

    /// What nobody said: "did not answer to calls", "said nothing", "as if the walls said “go”".
    pub(super) fn is_unsaid(&self, raw: &Raw) -> bool {
        let Some(cue) = &raw.cue else { return false };
        let Some(first) = raw.content.first() else { return false };
        let content = self.tokens(*first);
        let word = |i: usize| content.get(i).map_or("", |t| t.span.of(self.text));
        let answers = |t: &Token| matches!(lexicon::lemma(t.lemma), "respond" | "reply" | "answer");
        let cue_tokens = self.tokens(cue.spans[0]);
        // "did not respond to calls seeking …", but "did not answer whether …"
        let silent = raw.polarity == Polarity::Negated
            && cue_tokens.iter().any(answers)
            && !content.first().is_some_and(|t| t.is(Class::WH_WORD) || word(0) == "if");
        // "seethed after the report | that …": the clause says what the noun says.
        let of_noun = word(0) == "that"
            && matches!(cue_tokens, [.., p, d, n]
                if p.is(Class::PREPOSITION)
                    && p.span.of(self.text) != "of"
                    && d.is(Class::DETERMINER)
                    && n.is(Class::NOUN_CUE));
        // "asked not to be named", "declined to be identified", "asked to remain anonymous"
        let hidden = usize::from(word(0) == "not");
        let unnamed = word(hidden) == "to"
            && matches!(word(hidden + 1), "be" | "remain" | "stay")
            && (hidden == 1 && cue.lemma == "ask"
                || matches!(word(hidden + 2), "named" | "identified" | "anonymous" | "unnamed"));
        // "He said nothing since noon" against "He said nothing was left".
        let states = Class::AUXILIARY.or(Class::PRONOUN_SUBJECT);
        let mute = cue.lemma == "say" && raw.kind == QuoteKind::Indirect && {
            matches!(word(0), "nothing" | "little" | "less" | "more" | "much" | "anything")
                && (content.len() <= 5
                    || matches!(word(1), "since" | "until" | "when" | "after" | "before" | "during"))
                && !content.iter().take(5).any(|t| t.is(states) || t.is_capital())
        };
        let all = &self.story.tokens.tokens;
        let at = self.token_at(cue.spans[0].start());
        const AS: Hash = Hash::of("as");
        const REACH: usize = 7;
        let text_of = |t: &Token| t.span.of(self.text);
        let imagined = all[at.saturating_sub(REACH)..at].windows(2).any(|pair| {
            pair[0].hash == AS
                && text_of(&pair[0]).eq_ignore_ascii_case("as")
                && matches!(text_of(&pair[1]), "if" | "though")
        });
        let fancied = raw.source.is_none()
            && raw.polarity == Polarity::Irrealis
            && cue_tokens.last().is_some_and(|t| t.span.of(self.text).ends_with("ing"));
        // "said little about | the dam"
        let little = matches!(cue_tokens, [.., l, about]
            if matches!(l.span.of(self.text), "little" | "nothing") && about.is(Class::PREPOSITION));
        let differs = cue.lemma == "beg" && word(0) == "to" && word(1) == "differ";
        little || differs || silent || of_noun || unnamed || mute || imagined || fancied
    }

    /// "The plumbers were called at ten": one plain word says nothing, unless the reading is sure of it.
    fn is_lone_word(&self, raw: &Raw) -> bool {
        let [content] = raw.content[..] else { return false };
        raw.confidence.is_some_and(|c| c < UNSURE)
            && raw.kind == QuoteKind::Indirect
            && self.tokens(content).len() == 1
    }

    /// "painted the same hill", "claimed the match ball": a verb of no list, or one of [`DEEDS`], with a thing as its
    /// object.
    fn is_deed(&self, raw: &Raw, verdict: Option<f32>) -> bool {
        let [content] = raw.content[..] else { return false };
        let clause = Class::AUXILIARY.or(Class::WH_WORD).or(Class::NEGATION).or(Class::PRONOUN_SUBJECT);
        let doubtful = match &raw.cue {
            Some(cue) if raw.kind == QuoteKind::Indirect && DEEDS.contains(&cue.lemma) => {
                verdict.is_some_and(|c| c < DEED)
            }
            Some(cue) => !self.is_speech(cue) && raw.confidence.is_some_and(|c| c < UNKNOWN),
            None => raw.confidence.is_some_and(|c| c < UNKNOWN),
        };
        // "called her sister": one thing has no name given to it.
        let owner = Class::DETERMINER.or(Class::POSSESSIVE);
        let calls = |t: &Token| lexicon::lemma(t.lemma) == "call";
        if let [first, thing] = self.tokens(content)
            && raw.cue.as_ref().is_some_and(|c| self.tokens(c.spans[0]).last().is_some_and(calls))
            && first.is(owner)
            && (!first.is(Class::PRONOUN_SHE) || thing.is(phrase::NOUNS))
            && raw.kind == QuoteKind::Indirect
        {
            return true;
        }
        // "wrote it on a train": no subject of a clause.
        let tokens = self.tokens(content);
        let object = tokens.len() > 1 && tokens[0].is(Class::PRONOUN_IT) && tokens[1].is(Class::PREPOSITION);
        // "called Roe a fool", "called them heroes"
        let word = |t: &Token| t.span.of(self.text);
        let whom = tokens.len() > 1 && matches!(word(&tokens[0]), "him" | "them" | "it" | "us" | "me");
        let labels = raw.cue.as_ref().is_some_and(|c| c.lemma == "call")
            && (whom || word(&tokens[0]) != "a" && word(&tokens[0]) != "an")
            && (whom || tokens.iter().skip(1).any(|t| matches!(word(t), "a" | "an")));
        if labels {
            return false;
        }
        let opens = |t: &Token| t.is(clause) || matches!(t.span.of(self.text), "that" | "to");
        let says = tokens[usize::from(object)..].iter().any(opens);
        !says && (doubtful || raw.kind == QuoteKind::Indirect && self.is_found(raw, tokens))
    }

    /// Whether a cue has a verb that speaks by itself: not "put" of "put down", nor the noun of "dodged a question".
    fn is_speech(&self, cue: &RawCue) -> bool {
        let speaks = |t: &Token| t.is(cue::ANY.without(Class::CUE_PHRASAL));
        cue.spans.iter().any(|s| self.tokens(*s).iter().any(speaks))
    }

    /// "Divers *found* the bell under the quay": somebody comes upon a thing. What texts and bodies find is a
    /// finding.
    fn is_found(&self, raw: &Raw, content: &[Token]) -> bool {
        let finds = raw.cue.as_ref().is_some_and(|c| c.lemma == "find" && self.tokens(c.spans[0]).len() == 1);
        let texts = Class::DOCUMENT.or(Class::BODY).or(Class::MEDIUM).or(Class::NOUN_CUE);
        let judges = raw.source.is_some_and(|s| self.tokens(s).iter().any(|t| t.is(texts)));
        let judged =
            |t: &Token| matches!(t.span.of(self.text), "guilty" | "evidence" | "no" | "nothing" | "little");
        finds && raw.source.is_some() && !judges && !content.iter().any(judged)
    }

    /// Whether the grammar's source is better than that of a proposal with the same cue.
    pub(super) fn names_better(&self, raw: &Raw, proposal: &Raw) -> bool {
        let (Some(own), Some(other), Some(cue)) = (raw.source, proposal.source, &raw.cue) else {
            return false;
        };
        let tag = matches!(raw.rule, Rule::QuoteSourceVerb | Rule::QuoteVerbSource);
        let Some(cue) = cue.spans.first() else { return false };
        let gap = |s: Span| self.text.get(s.end()..cue.start()).map(|g| g.trim_matches([' ', ',']));
        if !own.overlaps(other) {
            // “…,” *they* said; "Boyd … . *Feld* said": what stands beside the verb, not what stands in another sentence.
            let beside = gap(own).is_some_and(str::is_empty);
            let far = self.sentence_at(other.start()) != self.sentence_at(cue.start());
            // "*Speaking* to the Courier, Feld said": nobody.
            let [lone] = self.tokens(other) else { return tag || beside && far };
            let nobody = lone.span.of(self.text).ends_with("ing") && !lone.is(phrase::NOUNS);
            return tag || beside && (far || nobody);
        }
        if own.contains(other) {
            // "a person who asked not to be named, said": *who* is not beside the verb.
            let lone = self.tokens(other).iter().all(|t| t.is(Class::WH_WORD));
            // "said the mother of two*, who walks to work*": it tells who she is.
            let more = self.tokens(Span::at(other.end(), own.end()));
            let comma = more.first().is_some_and(|t| t.kind == TokenKind::Comma);
            let relative = comma
                && more.get(1).is_some_and(|t| t.is(Class::WH_WORD))
                && !more[2..].iter().any(|t| t.is(Class::CUE_BARE) || t.span.of(self.text) == "that");
            // "*Will* Roe said"
            let whole = own.end() == other.end()
                && self.tokens(Span::at(own.start(), other.start())).iter().all(Token::is_capital)
                && self.tokens(other).iter().all(Token::is_capital);
            return whole
                || relative && own.start() == other.start()
                || lone && gap(own).is_some_and(str::is_empty) && !gap(other).is_some_and(str::is_empty);
        }
        // "Feld *waved from the roof*, saying", "Feld *and she sat down*": a source that runs on into a clause.
        let tail = self.tokens(Span::at(own.end().min(other.end()), other.end()));
        let comma = tail.first().is_some_and(|t| t.kind == TokenKind::Comma);
        let tail = &tail[usize::from(comma)..];
        let word = |i: usize| tail.get(i).map_or("", |t| t.span.of(self.text));
        let verb = tail.first().is_some_and(|t| self.is_past(t));
        let clause = word(0) == "and" && tail.get(1).is_some_and(|t| t.is(Class::PRONOUN_SUBJECT));
        own.start() == other.start() && (verb || clause)
    }

    /// Whether a reading of the grammar has somebody who can speak, or needs nobody.
    pub(super) fn names_speaker(&self, raw: &Raw) -> bool {
        !raw.rule.is_doubtful() || raw.head.is_some_and(|head| self.can_speak(head))
    }

    /// Whether a sentence ends right behind a span.
    fn ends_sentence(&self, span: Span) -> bool {
        let next = self.story.tokens.at(span.end());
        self.story.tokens.tokens.get(next).is_none_or(|t| t.kind == TokenKind::Stop)
    }

    /// Whether a phrase may name a speaker: a name, a person’s pronoun, a noun for people, bodies or texts.
    fn can_speak(&self, head: Span) -> bool {
        let tokens = self.tokens(head);
        let person = Class::PRONOUN_HE.or(Class::PRONOUN_SHE).or(Class::PRONOUN_THEY).or(phrase::NOUNS);
        let relative = tokens.first().is_some_and(|t| t.is(Class::WH_WORD) || t.span.of(self.text) == "that");
        let last = tokens.last();
        let named = last.is_some_and(|t| t.is_capital() && !t.is(Class::PRONOUN_FIRST.or(Class::DETERMINER)));
        // "the 23-year-old"
        let aged =
            last.is_some_and(|t| t.kind == TokenKind::Number && t.span.of(self.text).ends_with("-old"));
        !relative && (named || aged || tokens.iter().any(|t| t.is(person)))
    }

    /// "In an interview on “The Salt Road,” Roe said …": a work's title beside a tag is nobody's words.
    ///
    /// On the PolNeAR training articles 26 of 29 tagged quotations in the form of a title were no speech.
    pub(super) fn is_work(&self, raw: &Raw) -> bool {
        let titles = || raw.quotations.iter().all(|&q| self.quotations[q].kind == QuotationKind::Title);
        let tagged = match raw.rule {
            Rule::QuoteVerbSource | Rule::QuoteSourceVerb => true,
            // "She agreed to a talk on “Gulls and Men,” …"
            Rule::SourceVerbFragment => raw.quotations.first().is_some_and(|&q| {
                let at = self.token_at(self.quotations[q].span.start());
                at.checked_sub(1).is_some_and(|i| self.story.tokens.tokens[i].is(Class::PREPOSITION))
            }),
            _ => false,
        };
        tagged && !raw.quotations.is_empty() && titles()
    }

    /// "**A** note …": an article alone is nobody.
    fn is_article(&self, raw: &Raw) -> bool {
        let lone = raw.source.map_or("", |s| s.of(self.text));
        ["a", "an", "the"].iter().any(|article| lone.eq_ignore_ascii_case(article))
    }

    /// "a *view of* the quarry": a noun that nobody is named for needs a clause.
    fn is_sight(&self, raw: &Raw) -> bool {
        let clause = |s: &Span| {
            self.has_verb(*s) || self.tokens(*s).first().is_some_and(|t| t.span.of(self.text) == "that")
        };
        let noun = raw.cue.as_ref().is_some_and(|c| !self.is_speech(c) && !self.has_verb(c.spans[0]));
        raw.source.is_none() && noun && raw.kind == QuoteKind::Indirect && !raw.content.iter().any(clause)
    }

    /// "Ada Roe: ferrywoman who sailed at 90": a headline that says who somebody is.
    fn is_title(&self, raw: &Raw) -> bool {
        const SURE: f32 = 0.35;
        let colon = raw.cue.as_ref().is_some_and(|c| c.spans[0].of(self.text) == ":");
        let headline = || {
            let region = self.region(raw.content.first()).and_then(|r| self.story.regions.get(r));
            region.is_some_and(|r| r.kind == BlockKind::Headline)
        };
        colon && raw.kind == QuoteKind::Indirect && raw.confidence.is_some_and(|c| c < SURE) && headline()
    }

    /// "any grower who asks", "those who say": a relative clause that picks out nobody in particular.
    fn is_bare_relative(&self, raw: &Raw) -> bool {
        let all = &self.story.tokens.tokens;
        raw.source.is_some_and(|source| {
            let at = self.token_at(source.start());
            let lone = all.get(at).is_some_and(|t| t.span == source && t.is(Class::WH_WORD));
            let generic = |t: &Token| {
                let word = t.span.of(self.text);
                t.is(Class::GENERIC) || word.eq_ignore_ascii_case("no")
            };
            lone && all[at.saturating_sub(3)..at].iter().any(generic)
        })
    }

    /// "Asked if she would stay, …", "When pressed on it, …": the question is not the answerer's.
    fn is_asked(&self, raw: &Raw) -> bool {
        let Some(cue) = raw.cue.as_ref().filter(|c| c.class == CueClass::Ask) else { return false };
        let all = &self.story.tokens.tokens;
        let at = self.token_at(cue.spans[0].start());
        let past = all.get(at).is_some_and(|t| t.span.of(self.text).ends_with("ed"));
        let first = self.story.sentences.binary_search_by_key(&at, |s| s.tokens().start).is_ok();
        let when = at.checked_sub(1).is_some_and(|i| all[i].span.of(self.text).eq_ignore_ascii_case("when"));
        past && (first || when)
    }

    // ---- what a proposal leaves open ---------------------------------------------------------------

    /// Makes an attribution of a proposal: kind, lemma, polarity, the head of the source.
    pub(super) fn raw(&self, mut proposal: Proposal) -> Raw {
        self.part_headline(&mut proposal);
        let cue = proposal.cue.first().copied();
        let source = proposal.source.first().map(|&s| cue.map_or(s, |cue| self.subject(s, cue)));
        let mut raw = Raw {
            kind: QuoteKind::Indirect,
            confidence: Some(proposal.confidence()),
            cue: proposal.cue.first().map(|_| self.cue(&proposal.cue)),
            polarity: proposal.cue.first().map_or(Polarity::Asserted, |&span| self.polarity(span)),
            content: proposal.content,
            source,
            head: source.map(|s| self.head(s)),
            addressee: None,
            rule: Rule::Model,
            quotations: Few::new(),
            who: Who::Source,
            nested: false,
            bounded: false,
            order: 0,
        };
        self.part_source(&mut raw);
        self.part_far(&mut raw);
        self.part_voices(&mut raw);
        self.part_about(&mut raw);
        self.part_main(&mut raw);
        self.part_lead(&mut raw);
        self.part_when(&mut raw);
        self.part_told(&mut raw);
        self.part_deeds(&mut raw);
        self.part_scene(&mut raw);
        self.set_kind(&mut raw);
        raw
    }

    /// Returns all of a subject that was read in part, or with the verb behind it: "A driver, *who* asked not to be named,
    /// said", "*The driver rang the bell*, shouting".
    fn subject(&self, source: Span, cue: Span) -> Span {
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
            let first = self.story.sentences[self.sentence_at(source.start())].tokens().start;
            let before = &all[first..who - 1];
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

    /// Whether a word has the form of a past: "waved", "rang".
    fn is_past(&self, token: &Token) -> bool {
        let word = token.span.of(self.text);
        !token.is_capital() && (word.ends_with("ed") || terms::PAST.has(word))
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

    /// A headline is a text of its own: what it says and what the story says are two attributions. So is what stands
    /// behind a divider.
    fn part_headline(&self, proposal: &mut Proposal) {
        let home = |s: &Span| {
            let region = self.region(Some(s)).and_then(|r| self.story.regions.get(r));
            region.map(|r| (r.kind == BlockKind::Headline, r.dividers))
        };
        if let Some(cue) = proposal.cue.first().map(home) {
            proposal.content.retain(|s| home(s) == cue);
            proposal.source.retain(|s| home(s) == cue);
        }
    }

    /// Sets which quotations the content of an attribution holds, and its kind.
    pub(super) fn set_kind(&self, raw: &mut Raw) {
        raw.quotations.clear();
        let mut bare = false;
        for &span in &raw.content {
            let from = self.quotations.partition_point(|q| q.span.end() <= span.start());
            let mut at = span.start();
            for (q, quotation) in self.quotations.iter().enumerate().skip(from) {
                if quotation.span.start() >= span.end() {
                    break;
                }
                if quotation.depth > 0 {
                    continue;
                }
                let (start, end) = (quotation.span.start(), quotation.span.end());
                let inside = end.min(span.end()).saturating_sub(start.max(span.start()));
                if 2 * inside >= quotation.span.len() && raw.quotations.last() != Some(&q) {
                    raw.quotations.push(q);
                }
                bare |= Span::at(at.min(start), start).of(self.text).contains(char::is_alphanumeric);
                at = end;
            }
            bare |= at < span.end() && Span::at(at, span.end()).of(self.text).contains(char::is_alphanumeric);
        }
        raw.kind = match (raw.quotations.is_empty(), bare) {
            (true, _) => QuoteKind::Indirect,
            (false, true) => QuoteKind::Mixed,
            (false, false) => QuoteKind::Direct,
        };
    }

    /// "Roe said she loved “The Salt Road”": her words hold a title that nobody said. What names a thing by its marks
    /// is nobody's, unless the cue gives the name: "Roe called it “the Grip”".
    pub(super) fn leave_names(&self, raw: &mut Raw) {
        let label = raw.cue.as_ref().is_some_and(|c| c.class == CueClass::Label);
        if raw.kind != QuoteKind::Mixed || label {
            return;
        }
        raw.quotations.retain(|&q| !self.quotations[q].kind.is_name());
        if raw.quotations.is_empty() {
            raw.kind = QuoteKind::Indirect;
        }
    }

    fn cue(&self, spans: &[Span]) -> RawCue {
        let tokens = || spans.iter().flat_map(|s| self.tokens(*s));
        let verb = tokens().rfind(|t| t.is(cue::ANY)).or_else(|| tokens().rfind(|t| t.is(Class::NOUN_CUE)));
        RawCue {
            spans: spans.iter().copied().collect(),
            lemma: verb.map_or("", |t| lexicon::lemma(t.lemma)),
            class: verb.map_or(CueClass::Say, |t| cue::class_of(t.class)),
        }
    }

    fn polarity(&self, cue: Span) -> Polarity {
        let tokens = self.tokens(cue);
        if tokens.iter().any(|t| t.is(Class::NEGATION) || t.is(Class::DECLINE)) {
            Polarity::Negated
        } else if tokens.iter().any(|t| cue::is_irrealis(t.span.of(self.text))) {
            Polarity::Irrealis
        } else {
            Polarity::Asserted
        }
    }

    /// The source up to its first apposition.
    fn head(&self, source: Span) -> Span {
        let tokens = self.tokens(source);
        let end = tokens
            .iter()
            .position(|t| t.kind == TokenKind::Comma || t.kind == TokenKind::Open)
            .filter(|&i| i > 0);
        match end {
            Some(i) => tokens[0].span.cover(tokens[i - 1].span),
            None => source,
        }
    }

    // ---- places ------------------------------------------------------------------------------------

    /// The place of the first token that does not start before `offset`.
    fn token_at(&self, offset: usize) -> usize {
        self.story.tokens.at(offset)
    }

    pub(super) fn sentence_at(&self, offset: usize) -> usize {
        let at = self.token_at(offset);
        self.story.sentences.partition_point(|s| s.tokens().end <= at)
    }

    pub(super) fn tokens(&self, span: Span) -> &[Token] {
        &self.story.tokens.tokens[self.story.tokens.within(span)]
    }

    /// How many words and numbers stand in spans.
    pub(super) fn words(&self, spans: &[Span]) -> usize {
        let word = |t: &&Token| matches!(t.kind, TokenKind::Word | TokenKind::Number);
        spans.iter().map(|s| self.tokens(*s).iter().filter(word).count()).sum()
    }

    /// The place of the block that holds a span.
    pub(super) fn region(&self, span: Option<&Span>) -> Option<usize> {
        span.map(|s| self.story.regions.partition_point(|r| r.span.end() <= s.start()))
    }

    /// Whether a span holds what may be the verb of a clause: an auxiliary, a past, an infinitive, as in headlines.
    pub(super) fn has_verb(&self, span: Span) -> bool {
        self.tokens(span)
            .iter()
            .any(|t| t.is(Class::AUXILIARY) && t.spaced || self.is_past(t) || t.span.of(self.text) == "to")
    }

    /// Whether a span begins with "who" or "whose".
    pub(super) fn opens_relative(&self, span: Span) -> bool {
        self.tokens(span).first().is_some_and(|t| matches!(t.span.of(self.text), "who" | "whose"))
    }

    /// A span from the first quotation that begins in it on.
    pub(super) fn at_mark(&self, span: Span) -> Span {
        let from = self.quotations.partition_point(|q| q.span.end() <= span.start());
        let first = self.quotations.get(from).map_or(span.start(), |q| q.span.start());
        if (span.start()..span.end()).contains(&first) { Span::at(first, span.end()) } else { span }
    }

    /// Whether a quotation stands in a span.
    pub(super) fn has_marks(&self, span: Span) -> bool {
        let from = self.quotations.partition_point(|q| q.span.end() <= span.start());
        self.quotations.get(from).is_some_and(|q| q.span.overlaps(span))
    }
}
