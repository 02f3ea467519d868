//! Feature `serde`: an article back from its record, with everything in it checked against the text.
//!
//! A record may come from anywhere, so nothing in it is believed: a span must lie in the text and on character
//! boundaries, an id must lead somewhere, a name of a kind must be known, and the words that the record repeats
//! must be those of the text. What is wrong is told with its place: `quotes[3].content[0]: …`.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::Display;
use core::time::Duration;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error as _};

use crate::article::{Article, Paragraph};
use crate::attribution::cue;
use crate::attribution::grammar::Rule;
use crate::attribution::quote::{Cue, CueClass, Polarity, Quote, QuoteKind, Spans, joined};
use crate::block::{self, Block, BlockKind};
use crate::diagnostic::{Diagnostic, DiagnosticCode, Replacement};
use crate::frame::byline::{Author, Byline, BylineKind, Contributor};
use crate::frame::count;
use crate::frame::dateline::Dateline;
use crate::frame::name::PersonName;
use crate::frame::page;
use crate::frame::read_time::{ReadTime, StatedReadTime, WORDS_PER_MINUTE};
use crate::lex::glyph;
use crate::lexicon;
use crate::mention::gender::Gender;
use crate::quotation::{Quotation, QuotationKind, Repair};
use crate::serde_impls::SCHEMA;
use crate::serde_raw::*;
use crate::short::ShortText;
use crate::span::Span;
use crate::speaker::{GenderEvidence, Mention, MentionKind, Speaker, SpeakerId};

/// Reads a record, as [`Article`] is serialised, together with the text that it was made from and that is kept
/// elsewhere.
///
/// Where the text travels with the record ([`Article::with_text`]), `Article<'static>` deserialises by itself.
///
/// # Errors
///
/// When the record does not fit the text: a span out of range or inside a character, an id that leads nowhere, a
/// kind of no known name, repeated words that the text does not have, a schema newer than
/// [`SCHEMA`](crate::SCHEMA).
///
/// ```
/// use serde::de::DeserializeSeed;
/// let text = "“It leaks,” said Ada Roe.";
/// let record = serde_json::to_string(&pullquote::parse(text)).unwrap();
/// let read = |text| pullquote::TextSeed::new(text).deserialize(&mut serde_json::Deserializer::from_str(&record));
/// assert_eq!(read(text).unwrap().speakers()[0].name(), "Ada Roe");
/// let error = read("“It leaks,” said nobody!").unwrap_err();
/// assert!(error.to_string().contains("does not fit the text"), "{error}");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct TextSeed<'t> {
    text: &'t str,
}

impl<'t> TextSeed<'t> {
    /// Makes a seed for records of this text.
    ///
    /// ```
    /// use serde::de::DeserializeSeed;
    /// let record = serde_json::to_value(pullquote::parse("It rained.")).unwrap();
    /// assert_eq!(pullquote::TextSeed::new("It rained.").deserialize(record).unwrap().text(), "It rained.");
    /// ```
    #[must_use]
    pub const fn new(text: &'t str) -> TextSeed<'t> {
        TextSeed { text }
    }
}

impl<'t, 'de> DeserializeSeed<'de> for TextSeed<'t> {
    type Value = Article<'t>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Article<'t>, D::Error> {
        let raw = RawArticle::deserialize(deserializer)?;
        build(raw, Cow::Borrowed(self.text)).map_err(D::Error::custom)
    }
}

impl<'de> Deserialize<'de> for Article<'static> {
    /// Reads a record that holds its text, as [`Article::with_text`] writes it.
    ///
    /// A record of an older schema is read, too; what it does not hold is read from the text anew. A `rule` or a
    /// lemma that this version does not know becomes `other` or empty.
    ///
    /// ```
    /// use pullquote::Article;
    /// let article = pullquote::parse("“It leaks,” said Ada Roe.");
    /// let json = serde_json::to_string(&article.with_text()).unwrap();
    /// let back: Article<'static> = serde_json::from_str(&json).unwrap();
    /// assert_eq!(back.quotes(), article.quotes());
    /// let error = serde_json::from_str::<Article>(&json.replace("[0,", "[999,")).unwrap_err();
    /// assert!(error.to_string().contains("does not fit the text"), "{error}");
    /// ```
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Article<'static>, D::Error> {
        let mut raw = RawArticle::deserialize(deserializer)?;
        let text = raw.text.take().or_else(|| raw.input.take().and_then(|i| i.text)).ok_or_else(|| {
            D::Error::custom("the record holds no text; write it with `with_text`, or read it by `TextSeed`")
        })?;
        build(raw, Cow::Owned(text)).map_err(D::Error::custom)
    }
}

/// Declares the names of an enum in the record; the match fails to compile when a variant is left out.
macro_rules! names {
    ($($function:ident $kind:ident: $($variant:ident)*;)*) => { $(
        fn $function(at: impl Display, name: &str) -> Result<$kind, String> {
            const ALL: &[$kind] = &[$($kind::$variant,)*];
            const _: fn($kind) = |kind| match kind { $($kind::$variant)|* => () };
            ALL.iter().copied().find(|k| k.as_str() == name).ok_or_else(|| {
                let known: Vec<&str> = ALL.iter().map(|k| k.as_str()).collect();
                format!("{at}: {name:?} is none of {}", known.join(", "))
            })
        }
    )* };
}

names! {
    quote_kind QuoteKind: Direct Indirect Mixed;
    polarity Polarity: Asserted Negated Irrealis;
    cue_class CueClass: Say Tell Ask Write Claim Deny Promise Judge Label Manner Think Want Evidence;
    repair Repair: None Unclosed Unopened Mismatched WrongDirection Unmarked;
    quotation_kind QuotationKind: Speech Fragment Scare Term Title Nickname Gloss;
    byline_kind BylineKind: Person Staff Agency;
    mention_kind MentionKind: Person Organisation Metonym Group Document Unnamed Role Pronoun Joint Spokesperson
        Handle;
    gender Gender: He She They;
    evidence GenderEvidence: FirstName Pronoun Noun Honorific Stated;
    block_kind BlockKind: Headline Dek Byline Date ReadTime Dateline Paragraph Subhead Divider Caption Credit Bio
        Correction Section Related Share Signup Advertisement Code Furniture;
}

/// Checks what a record says against the text and the lengths of its own lists.
struct Check<'a> {
    text: &'a str,
    speakers: usize,
    quotes: usize,
}

impl Check<'_> {
    fn span(&self, at: impl Display, [start, end]: Pair) -> Result<Span, String> {
        // `get` refuses what is out of range, back to front, or inside a character.
        if self.text.get(start as usize..end as usize).is_none() {
            return Err(format!(
                "{at}: the span {start}..{end} does not fit the text, which is {} bytes long",
                self.text.len()
            ));
        }
        Ok(Span::new(start, end))
    }

    fn maybe(&self, at: impl Display, pair: Option<Pair>) -> Result<Option<Span>, String> {
        pair.map(|p| self.span(at, p)).transpose()
    }

    fn spans<C: FromIterator<Span>>(&self, at: impl Display, pairs: &[Pair]) -> Result<C, String> {
        pairs.iter().enumerate().map(|(i, p)| self.span(format_args!("{at}[{i}]"), *p)).collect()
    }

    fn words(&self, at: &str, words: Option<RawWords>) -> Result<Option<Span>, String> {
        let Some(words) = words else { return Ok(None) };
        let span = self.span(at, words.span)?;
        self.same(at, &words.text, span.of(self.text))?;
        Ok(Some(span))
    }

    fn same(&self, at: impl Display, told: &str, found: &str) -> Result<(), String> {
        if told == found {
            return Ok(());
        }
        let short = |s: &str| s.chars().take(40).collect::<String>();
        Err(format!("{at}: the record has {:?}, its text has {:?} there", short(told), short(found)))
    }

    fn speaker(&self, at: impl Display, id: u32) -> Result<SpeakerId, String> {
        let place = id.checked_sub(1).map(|p| p as usize).filter(|p| *p < self.speakers);
        place
            .map(SpeakerId::of_place)
            .ok_or_else(|| format!("{at}: there is no speaker {id} among the {}", self.speakers))
    }

    fn stated(&self, at: &str, stated: Option<RawStated>) -> Result<Option<StatedReadTime>, String> {
        let Some(stated) = stated else { return Ok(None) };
        Ok(Some(StatedReadTime {
            span: self.span(at, stated.span)?,
            duration: Duration::from_secs(stated.seconds),
        }))
    }

    fn byline(&self, raw: RawByline) -> Result<Byline, String> {
        let span = self.span("byline", raw.span)?;
        if let Some(text) = &raw.text {
            self.same("byline", text, span.of(self.text))?;
        }
        let authors = raw.authors.into_iter().enumerate().map(|(i, author)| {
            Ok(Author {
                name: PersonName::with_credentials(&author.name, author.credentials.as_deref()),
                span: self.span(format_args!("byline.authors[{i}]"), author.span)?,
                role: author.role.map(ShortText::from),
            })
        });
        let contributors = raw.contributors.into_iter().enumerate().map(|(i, helper)| {
            Ok(Contributor {
                name: PersonName::from_text(&helper.name),
                span: self.span(format_args!("byline.contributors[{i}]"), helper.span)?,
                share: helper.share.into(),
            })
        });
        Ok(Byline {
            span,
            kind: byline_kind("byline.kind", &raw.kind)?,
            authors: authors.collect::<Result<_, String>>()?,
            role: raw.role.map(ShortText::from),
            outlet: raw.outlet.map(ShortText::from),
            location: raw.location.map(ShortText::from),
            date: raw.date.map(ShortText::from),
            contributors: contributors.collect::<Result<_, String>>()?,
            handle: raw.handle.map(ShortText::from),
            email: raw.email.map(ShortText::from),
            read_time: self.stated("byline.read_time", raw.read_time)?,
        })
    }

    fn dateline(&self, raw: RawDateline) -> Result<Dateline, String> {
        Ok(Dateline {
            span: self.span("dateline", raw.span)?,
            place: raw.place.unwrap_or_default().into(),
            agency: raw.agency.map(ShortText::from),
            date: raw.date.map(ShortText::from),
        })
    }

    fn quotation(&self, i: usize, raw: RawQuotation) -> Result<Quotation, String> {
        let at = format!("quotations[{i}]");
        let span = self.span(&at, raw.span)?;
        let mark = |name: &str, pair| {
            let mark = self.maybe(format_args!("{at}.{name}"), pair)?;
            match mark.filter(|m| !span.contains(*m)) {
                Some(mark) => Err(format!("{at}.{name}: the mark {mark:?} does not lie in {span:?}")),
                None => Ok(mark),
            }
        };
        if let Some(quote) = raw.quote.filter(|q| *q as usize >= self.quotes) {
            return Err(format!("{at}.quote: there is no quote {quote} among the {}", self.quotes));
        }
        Ok(Quotation {
            span,
            open: mark("open", raw.open)?,
            close: mark("close", raw.close)?,
            depth: raw.depth,
            continued: raw.continued,
            repair: repair(format_args!("{at}.repair"), &raw.repair)?,
            kind: quotation_kind(format_args!("{at}.kind"), &raw.kind)?,
            quote: raw.quote,
        })
    }

    fn quote(&self, i: usize, raw: RawQuote, cue: Option<RawCue>) -> Result<Quote, String> {
        let at = format!("quotes[{i}]");
        let content: Spans = self.spans(format_args!("{at}.content"), &raw.content)?;
        self.same(format_args!("{at}.text"), &raw.text, &joined(self.text, &content))?;
        let share = |name: &str, share: f32| {
            let fits = (0.0..=1.0).contains(&share);
            fits.then_some(share).ok_or_else(|| format!("{at}.{name}: {share} is no share from 0 to 1"))
        };
        let speaker =
            raw.speaker_id.map(|id| self.speaker(format_args!("{at}.speaker_id"), id)).transpose()?;
        let sure = raw.speaker_confidence.unwrap_or(if speaker.is_some() { 1.0 } else { 0.0 });
        Ok(Quote {
            kind: quote_kind(format_args!("{at}.kind"), &raw.kind)?,
            content,
            cue: self.cue(&at, &raw.cue, cue)?,
            source: self.spans(format_args!("{at}.source"), &raw.source)?,
            addressee: self.spans(format_args!("{at}.addressee"), &raw.addressee)?,
            medium: self.spans(format_args!("{at}.medium"), raw.medium.as_deref().unwrap_or(&[]))?,
            speaker,
            speaker_confidence: share("speaker_confidence", sure)?,
            polarity: polarity(format_args!("{at}.polarity"), &raw.polarity)?,
            confidence: share("confidence", raw.confidence)?,
            rule: Rule::ALL.iter().map(|r| r.name()).find(|name| *name == raw.rule).unwrap_or("other"),
        })
    }

    /// The cue; its verb is looked for in its own words where the record does not name it.
    fn cue(&self, at: &str, pairs: &[Pair], told: Option<RawCue>) -> Result<Option<Cue>, String> {
        if pairs.is_empty() && told.is_none() {
            return Ok(None);
        }
        let spans: Spans = self.spans(format_args!("{at}.cue"), pairs)?;
        if let Some(told) = told {
            let class = cue_class(format_args!("rest.cues of {at}"), &told.class)?;
            return Ok(Some(Cue { spans, lemma: known_lemma(&told.lemma), class }));
        }
        let words = spans.iter().flat_map(|s| s.of(self.text).split_whitespace());
        let verb = words.filter_map(lexicon::look_up).rfind(|w| w.class.any(cue::ANY));
        let lemma = match verb {
            Some(verb) => lexicon::lemma(verb.lemma),
            None => known_lemma(spans.first().map_or("", |s| s.of(self.text))),
        };
        let class = verb.map_or(CueClass::Say, |v| cue::class_of(v.class));
        Ok(Some(Cue { spans, lemma, class }))
    }

    fn mention(&self, at: String, span: Pair, kind: &str, id: Option<u32>) -> Result<Mention, String> {
        Ok(Mention {
            span: self.span(&at, span)?,
            kind: mention_kind(&at, kind)?,
            speaker: id.map(|id| self.speaker(&at, id)).transpose()?,
        })
    }

    fn speaker_of(&self, i: usize, raw: RawSpeaker) -> Result<Speaker, String> {
        let at = format!("speakers[{i}]");
        let id = self.speaker(format_args!("{at}.id"), raw.id)?;
        if id.place() != i {
            return Err(format!("{at}.id: {} stands where {} should", raw.id, i + 1));
        }
        if raw.mentions.len() != raw.mention_kinds.len() {
            return Err(format!("{at}: `mentions` and `mention_kinds` differ in length"));
        }
        let mentions = raw.mentions.iter().zip(&raw.mention_kinds).enumerate();
        let mentions = mentions
            .map(|(n, (span, kind))| self.mention(format!("{at}.mentions[{n}]"), *span, kind, Some(raw.id)));
        let gender = match (&raw.gender, &raw.gender_evidence) {
            (Some(name), Some(by)) => Some((
                gender(format_args!("{at}.gender"), name)?,
                evidence(format_args!("{at}.gender_evidence"), by)?,
            )),
            (None, None) => None,
            _ => return Err(format!("{at}: `gender` and `gender_evidence` go together")),
        };
        let members = raw.members.unwrap_or_default();
        let described = raw.spans.unwrap_or(RawDescribed {
            honorific: None,
            title: None,
            affiliation: None,
            age: None,
            place: None,
        });
        let span = |name: &str, pair| self.maybe(format_args!("{at}.spans.{name}"), pair);
        Ok(Speaker {
            id,
            name: raw.name,
            kind: mention_kind(format_args!("{at}.kind"), &raw.kind)?,
            honorific: span("honorific", described.honorific)?,
            gender,
            title: span("title", described.title)?,
            affiliation: span("affiliation", described.affiliation)?,
            age: span("age", described.age)?,
            place: span("place", described.place)?,
            members: members
                .iter()
                .map(|id| self.speaker(format_args!("{at}.members"), *id))
                .collect::<Result<_, _>>()?,
            mentions: mentions.collect::<Result<_, _>>()?,
        })
    }

    fn diagnostic(&self, i: usize, raw: RawDiagnostic) -> Result<Diagnostic, String> {
        let at = format!("diagnostics[{i}]");
        let code =
            raw.code.parse::<DiagnosticCode>().map_err(|e| format!("{at}.code: {:?}: {e}", raw.code))?;
        let replacement = raw.replacement.map(|replacement| {
            let text = glyph::known(&replacement.text);
            Ok::<_, String>(Replacement {
                span: self.span(format_args!("{at}.replacement"), replacement.span)?,
                text: text.ok_or_else(|| {
                    format!("{at}.replacement: {:?} is no quotation mark", replacement.text)
                })?,
            })
        });
        Ok(Diagnostic {
            code,
            span: self.span(&at, raw.span)?,
            related: self.maybe(format_args!("{at}.related"), raw.related)?,
            replacement: replacement.transpose()?,
        })
    }

    fn blocks(&self, raw: Vec<RawBlock>) -> Result<Vec<Block>, String> {
        let blocks = raw.into_iter().enumerate().map(|(i, block)| {
            let at = format!("rest.blocks[{i}]");
            let span = self.span(&at, block.span)?;
            Ok(Block {
                span,
                kind: block_kind(&at, &block.kind)?,
                after_blank: block.after_blank,
                indent: block.indent,
                wrapped: block::is_wrapped(span.of(self.text)),
            })
        });
        blocks.collect()
    }
}

/// A lemma of the lists, or a sign that attributes; empty where it is neither.
fn known_lemma(lemma: &str) -> &'static str {
    const OTHERS: &[&str] =
        &[":", "—", "according to", "be like", "claim", "for", "from", "reply", "view", "words"];
    let listed = lexicon::look_up(lemma).map(|w| lexicon::lemma(w.lemma)).filter(|l| *l == lemma);
    listed.or_else(|| OTHERS.iter().copied().find(|o| o.eq_ignore_ascii_case(lemma))).unwrap_or("")
}

/// Makes an article of a record and its text, or says what is wrong with the record, and where.
fn build(raw: RawArticle, text: Cow<'_, str>) -> Result<Article<'_>, String> {
    let schema = raw.schema.unwrap_or(0);
    if schema > SCHEMA {
        return Err(format!("schema: the record has version {schema}, this library reads up to {SCHEMA}"));
    }
    if u32::try_from(text.len()).is_err() {
        return Err("text: longer than 4 GiB, which spans cannot address".to_string());
    }
    let check = Check { text: &text, speakers: raw.speakers.len(), quotes: raw.quotes.len() };
    let headline = check.words("headline", raw.headline)?;
    let dek = check.words("dek", raw.dek)?;
    let byline = raw.byline.map(|b| check.byline(b)).transpose()?;
    let stated = check.stated("read_time.stated", raw.read_time.stated)?;
    let dateline = raw.dateline.map(|d| check.dateline(d)).transpose()?;
    let (mut paragraphs, mut sentences) = (Vec::new(), Vec::new());
    for (i, paragraph) in raw.paragraphs.iter().enumerate() {
        let place = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let from = place(sentences.len());
        let span = check.span(format_args!("paragraphs[{i}]"), paragraph.span)?;
        sentences.extend(
            check.spans::<Vec<Span>>(format_args!("paragraphs[{i}].sentences"), &paragraph.sentences)?,
        );
        paragraphs.push(Paragraph { span, sentences: (from, place(sentences.len())) });
    }
    let speakers: Vec<Speaker> = raw
        .speakers
        .into_iter()
        .enumerate()
        .map(|(i, s)| check.speaker_of(i, s))
        .collect::<Result<_, _>>()?;
    let (blocks, mentions, mut cues, cjk, words_per_minute) = match raw.rest {
        Some(rest) => {
            if rest.cues.len() != raw.quotes.len() {
                return Err("rest.cues: not one for each quote".to_string());
            }
            let mentions = rest.mentions.into_iter().enumerate();
            let mentions = mentions
                .map(|(i, m)| check.mention(format!("rest.mentions[{i}]"), m.span, &m.kind, m.speaker))
                .collect::<Result<_, _>>()?;
            (check.blocks(rest.blocks)?, mentions, rest.cues, rest.cjk, rest.words_per_minute)
        }
        None => {
            let mut blocks = block::split(&text);
            page::classify(&text, &mut blocks);
            let mut mentions: Vec<Mention> = speakers.iter().flat_map(|s| s.mentions.clone()).collect();
            mentions.sort_by_key(|m| m.span);
            let (_, cjk) = count::body(&text, &blocks);
            (blocks, mentions, Vec::new(), cjk, WORDS_PER_MINUTE)
        }
    };
    cues.resize_with(raw.quotes.len(), || None);
    let quotes = raw.quotes.into_iter().zip(cues).enumerate();
    let quotes = quotes.map(|(i, (quote, cue))| check.quote(i, quote, cue)).collect::<Result<_, _>>()?;
    let quotations = raw.quotations.into_iter().enumerate();
    let quotations = quotations.map(|(i, q)| check.quotation(i, q)).collect::<Result<_, _>>()?;
    let diagnostics = raw.diagnostics.into_iter().enumerate();
    let diagnostics = diagnostics.map(|(i, d)| check.diagnostic(i, d)).collect::<Result<_, _>>()?;
    let read_time = ReadTime { stated, words: raw.read_time.words, cjk, words_per_minute };
    Ok(Article {
        headline,
        dek,
        byline,
        read_time,
        dateline,
        blocks,
        paragraphs,
        sentences,
        quotations,
        quotes,
        speakers,
        mentions,
        diagnostics,
        text,
    })
}
