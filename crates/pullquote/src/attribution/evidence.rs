//! Evidence: what tells whether an attribution counts, and what a proposal of the model leaves open.

use crate::attribution::cue;
use crate::attribution::grammar::{Raw, RawCue, Rule, Who};
use crate::attribution::judge;
use crate::attribution::linker::{Margins, Proposal};
use crate::attribution::phrase;
use crate::attribution::quote::{CueClass, Polarity, QuoteKind};
use crate::block::BlockKind;
use crate::few::Few;
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
                let that = || {
                    raw.content.first().is_some_and(|c| {
                        self.tokens(*c).first().is_some_and(|t| t.span.of(self.text) == "that")
                    })
                };
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
        self.trim(&mut raw);
        self.set_kind(&mut raw);
        raw
    }

    /// Whether a word has the form of a past: "waved", "rang".
    pub(super) fn is_past(&self, token: &Token) -> bool {
        let word = token.span.of(self.text);
        !token.is_capital() && (word.ends_with("ed") || terms::PAST.has(word))
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
    pub(super) fn token_at(&self, offset: usize) -> usize {
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
