//! `Parser`: the options, and the one place that knows the order of the passes.

use alloc::borrow::Cow;
use alloc::vec;
use alloc::vec::Vec;
use core::num::NonZeroU16;

use crate::article::{Article, Paragraph};
use crate::attribution::chain::{self, Wanted};
use crate::attribution::grammar::Raw;
use crate::attribution::linker::Proposal;
use crate::attribution::quote::QuoteKind;
use crate::attribution::{merge, model, setting};
use crate::block::{self, BlockKind};
use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::finding;
use crate::frame::read_time::{ReadTime, WORDS_PER_MINUTE};
use crate::frame::{count, page};
use crate::lex::story::{self, Story};
use crate::quotation::{self, Quotation};
use crate::span::Span;
use crate::speaker;
use crate::words::Lexicon;
use crate::workspace::Workspace;

/// Reads `text` with the default options. See [`Parser::parse`].
///
/// ```
/// let article = pullquote::parse("“We are ready,” said Ada Roe.");
/// assert_eq!(article.speakers()[0].name(), "Ada Roe");
/// ```
#[must_use]
pub fn parse(text: &str) -> Article<'_> {
    Parser::new().parse(text)
}

/// Holds the options of a parse; copy it freely, make it a `const`.
///
/// ```
/// use std::num::NonZeroU16;
/// const PARSER: pullquote::Parser = pullquote::Parser::new().words_per_minute(NonZeroU16::new(200).unwrap());
/// let article = PARSER.parse("Pier shut\n\nIt rained all day on Monday.");
/// assert_eq!(article.read_time().estimated().as_secs(), 2);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parser {
    words_per_minute: NonZeroU16,
    quotes: bool,
    indirect: bool,
    /// In thousandths.
    speaker_confidence: u16,
}

/// Proposes attributions beside those of the grammar.
type Propose = fn(&str, &Story, &[Quotation], &[Raw], Wanted, &mut model::Scratch) -> Vec<Proposal>;

/// Reads a text as far as the tagger of attributions needs it.
pub(crate) fn story(text: &str) -> (Story, Vec<Quotation>, Vec<Raw>) {
    let mut blocks = block::split(text);
    page::classify(text, &mut blocks);
    let story = story::read(text, &blocks);
    let quotations = quotation::pair(text, &story, &mut Vec::new());
    let grammar = chain::read(text, &story, &blocks, &quotations);
    (story, quotations, grammar)
}

/// A share of one in thousandths; what is no share counts as the nearest.
const fn thousandths(share: f32) -> u16 {
    // The cast takes what is below 0, above 65,535 and not a number to the nearest bound or 0.
    let whole = (share * 1000.0) as u16;
    if whole > 1000 { 1000 } else { whole }
}

impl Default for Parser {
    fn default() -> Parser {
        Parser::new()
    }
}

impl Parser {
    /// Makes a parser with the default options: 238 words a minute, all kinds of quotes.
    ///
    /// ```
    /// assert_eq!(pullquote::Parser::new(), pullquote::Parser::default());
    /// ```
    #[must_use]
    pub const fn new() -> Parser {
        Parser {
            words_per_minute: WORDS_PER_MINUTE,
            quotes: true,
            indirect: true,
            speaker_confidence: thousandths(speaker::THRESHOLD),
        }
    }

    /// Sets the reading speed of the estimated read time, in words a minute. Default: 238, the mean of
    /// silent reading in Brysbaert (2019).
    ///
    /// ```
    /// let slow = pullquote::Parser::new().words_per_minute(60.try_into().unwrap());
    /// assert_eq!(slow.parse("It rained all day.").read_time().estimated().as_secs(), 4);
    /// ```
    #[must_use]
    pub const fn words_per_minute(self, words: NonZeroU16) -> Parser {
        Parser { words_per_minute: words, ..self }
    }

    /// Sets whether quotations, quotes and speakers are read at all. Default: `true`; with `false` only the
    /// frame is read.
    ///
    /// ```
    /// let frame = pullquote::Parser::new().quotes(false).parse("Pier shut\n\n“It leaks,” said Ada Roe.");
    /// assert!(frame.quotes().is_empty() && frame.headline().is_some());
    /// ```
    #[must_use]
    pub const fn quotes(self, quotes: bool) -> Parser {
        Parser { quotes, ..self }
    }

    /// Sets whether quotes without quotation marks are returned. Default: `true`; with `false` only paragraphs with
    /// marks and those beside them are searched for quotes.
    ///
    /// ```
    /// let direct = pullquote::Parser::new().indirect(false);
    /// assert_eq!(direct.parse("“It leaks,” said Ada Roe. She said it was old.").quotes().len(), 1);
    /// ```
    #[must_use]
    pub const fn indirect(self, indirect: bool) -> Parser {
        Parser { indirect, ..self }
    }

    /// Sets how sure a speaker must be, from 0 to 1, to be named. Default: 0.5; with less the quote keeps its source,
    /// and its speaker is unknown. See [`Quote::speaker_confidence`](crate::Quote::speaker_confidence).
    ///
    /// ```
    /// use pullquote::Parser;
    /// let text = "Ada Roe met Mrs Poole. “It leaks,” she said.";
    /// let quick = Parser::new().speaker_confidence(0.0).parse(text);
    /// assert!(quick.quotes()[0].speaker().is_some());
    /// let strict = Parser::new().speaker_confidence(0.9).parse(text);
    /// assert!(strict.quotes()[0].speaker().is_none());
    /// assert_eq!(&strict[strict.quotes()[0].source()[0]], "she");
    /// ```
    #[must_use]
    pub const fn speaker_confidence(self, least: f32) -> Parser {
        Parser { speaker_confidence: thousandths(least), ..self }
    }

    /// Reads an article. Never fails and never panics: damaged text gives the best reading and diagnostics.
    ///
    /// A text over 4 GiB gives an empty article with an `input-too-long` diagnostic.
    ///
    /// # Complexity
    ///
    /// Time and memory are linear in the text.
    ///
    /// ```
    /// const PARSER: pullquote::Parser = pullquote::Parser::new();
    /// let article = PARSER.parse("“It leaks,” said Ada Roe.");
    /// assert_eq!(article.quotes()[0].text(&article), "“It leaks,”");
    /// ```
    #[must_use]
    pub fn parse<'t>(&self, text: &'t str) -> Article<'t> {
        self.parse_into(text, &mut Workspace::new())
    }

    /// Does what [`Parser::parse`] does, with the buffers of a workspace: for many articles one after the other.
    ///
    /// ```
    /// # use pullquote::{Parser, Workspace};
    /// let mut workspace = Workspace::new();
    /// let text = "Pier shut\n\n“We are late,” said Ada Roe.";
    /// let article = Parser::new().parse_into(text, &mut workspace);
    /// assert_eq!(article.quotes().len(), 1);
    /// ```
    ///
    /// # Complexity
    ///
    /// That of [`Parser::parse`].
    #[must_use]
    pub fn parse_into<'t>(&self, text: &'t str, workspace: &mut Workspace) -> Article<'t> {
        if u32::try_from(text.len()).is_err() {
            return Article {
                diagnostics: vec![Diagnostic::new(DiagnosticCode::InputTooLong, Span::default(), None)],
                ..self.frame("", workspace)
            };
        }
        let mut article = self.frame(text, workspace);
        if self.quotes {
            self.read_quotes(text, &mut article, workspace, model::propose);
        }
        article
    }

    /// Does what [`Parser::parse`] does, with words of your own beside the built-in lists.
    ///
    /// For many articles, give the words to a workspace once: [`Workspace::with_words`].
    ///
    /// ```
    /// use pullquote::{CueClass, Lexicon, Parser};
    /// let words = Lexicon::new().cue("quacked", CueClass::Say).unwrap();
    /// let article = Parser::new().parse_with("Ada Roe quacked that it leaked.", &words);
    /// assert_eq!(article.quotes()[0].text(&article), "that it leaked");
    /// ```
    ///
    /// # Complexity
    ///
    /// Linear in the text, times the logarithm of the number of added words.
    #[must_use]
    pub fn parse_with<'t>(&self, text: &'t str, words: &Lexicon) -> Article<'t> {
        self.parse_into(text, &mut Workspace::with_words(words.clone()))
    }

    /// Reads an article without the learned model.
    pub(crate) fn parse_untagged<'t>(&self, text: &'t str, workspace: &mut Workspace) -> Article<'t> {
        let mut article = self.frame(text, workspace);
        self.read_quotes(text, &mut article, workspace, |_, _, _, _, _, _| Vec::new());
        article
    }

    /// Reads an article as far as its quotations.
    pub(crate) fn parse_quotations<'t>(&self, text: &'t str, workspace: &mut Workspace) -> Article<'t> {
        let mut article = self.frame(text, workspace);
        self.read_quotations(text, &mut article, workspace);
        article
    }

    /// Reads sentences and quotations.
    fn read_quotations(&self, text: &str, article: &mut Article<'_>, workspace: &mut Workspace) {
        let Workspace { story, pairing, words, .. } = workspace;
        story::read_into(text, &article.blocks, story);
        words.mark(text, &mut story.tokens);
        // "KOCHI: The minister said …" is no label, "HARROW (AP) — The port cut …, citing …" has another subject.
        if let Some(dateline) = &article.dateline {
            story.skip_dateline(dateline.span());
        }
        quotation::pair_into(text, story, &mut article.diagnostics, pairing, &mut article.quotations);
        self.sentences(story, article);
    }

    /// Reads what is inside the story: sentences, quotations, quotes, speakers.
    fn read_quotes(
        &self,
        text: &str,
        article: &mut Article<'_>,
        workspace: &mut Workspace,
        propose: Propose,
    ) {
        self.read_quotations(text, article, workspace);
        let Workspace { story, grammar, raws, model, merging, speaking, resolved, .. } = workspace;
        let wanted = if self.indirect { Wanted::All } else { Wanted::Marked };
        chain::read_into(text, story, &article.blocks, &article.quotations, wanted, grammar, raws);
        let proposals = propose(text, story, &article.quotations, raws, wanted, model);
        merge::merge(text, story, &article.quotations, raws, proposals, merging);
        if !self.indirect {
            raws.retain(|raw| raw.kind != QuoteKind::Indirect);
        }
        let author = article.byline.as_ref().and_then(|b| b.authors().first());
        let author = author.map(|a| (a.name().as_str(), a.span()));
        let least = f32::from(self.speaker_confidence) / 1000.0;
        speaker::resolve(text, story, raws, author, &mut article.quotations, least, speaking, resolved);
        setting::read(text, story, &mut resolved.quotes);
        quotation::settle(text, &mut article.quotations, &resolved.quotes);
        article.quotes = core::mem::take(&mut resolved.quotes);
        article.speakers = core::mem::take(&mut resolved.speakers);
        article.mentions = core::mem::take(&mut resolved.mentions);
        finding::add(article);
    }

    fn sentences(&self, story: &Story, article: &mut Article<'_>) {
        let mut paragraphs = article.paragraphs.iter_mut();
        article.sentences.reserve(story.sentences.len());
        for region in story.regions.iter().filter(|r| r.kind == BlockKind::Paragraph) {
            let from = article.sentences.len();
            let spans = story.sentences[region.sentences()].iter().map(|s| story.span(s.tokens()));
            article.sentences.extend(spans);
            if let Some(paragraph) = paragraphs.next() {
                let place = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
                paragraph.sentences = (place(from), place(article.sentences.len()));
            }
        }
    }

    fn frame<'t>(&self, text: &'t str, workspace: &mut Workspace) -> Article<'t> {
        let mut blocks = core::mem::take(&mut workspace.blocks);
        block::split_into(text, &mut blocks);
        let frame = page::classify(text, &mut blocks);
        let mut paragraphs = core::mem::take(&mut workspace.paragraphs);
        paragraphs.clear();
        paragraphs.extend(
            blocks
                .iter()
                .filter(|b| b.kind == BlockKind::Paragraph)
                .map(|b| Paragraph { span: b.span, sentences: (0, 0) }),
        );
        let (words, cjk) = count::body(text, &blocks);
        let mut article = Article {
            text: Cow::Borrowed(text),
            headline: frame.headline,
            dek: frame.dek,
            byline: frame.byline,
            read_time: ReadTime { stated: frame.stated, words, cjk, words_per_minute: self.words_per_minute },
            dateline: frame.dateline,
            blocks,
            paragraphs,
            sentences: core::mem::take(&mut workspace.sentences),
            quotations: core::mem::take(&mut workspace.quotations),
            quotes: Vec::new(),
            speakers: Vec::new(),
            mentions: Vec::new(),
            diagnostics: core::mem::take(&mut workspace.diagnostics),
        };
        article.sentences.clear();
        article.quotations.clear();
        article.diagnostics.clear();
        article
    }
}
