//! `Article`: everything that was read, over one text.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::ops::Index;

use crate::attribution::quote::Quote;
use crate::block::Block;
use crate::diagnostic::Diagnostic;
use crate::frame::byline::Byline;
use crate::frame::dateline::Dateline;
use crate::frame::read_time::ReadTime;
use crate::quotation::Quotation;
use crate::span::Span;
use crate::speaker::{Mention, Speaker, SpeakerId};

/// Holds a paragraph of the story and its sentences.
///
/// ```
/// let article = pullquote::parse("It rained. It snowed.\n\nIt stopped.");
/// let first = &article.paragraphs()[0];
/// assert_eq!(&article[first.span()], "It rained. It snowed.");
/// assert_eq!(article.sentences_of(first).len(), 2);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Paragraph {
    pub(crate) span: Span,
    pub(crate) sentences: (u32, u32),
}

impl Paragraph {
    /// Returns where the paragraph stands.
    ///
    /// ```
    /// let article = pullquote::parse("It rained.\n\nIt stopped.");
    /// assert_eq!(&article[article.paragraphs()[1].span()], "It stopped.");
    /// ```
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }
}

/// Holds an article as it was read: the text, and typed records over it.
///
/// Every record holds spans into [`text`](Article::text); index the article with a span to get the words.
///
/// ```
/// let article = pullquote::parse("Pier to close\nBy Ada Roe\n\n“It is the end,” said Ian Poole.");
/// assert_eq!(&article[article.headline().unwrap()], "Pier to close");
/// let quote = &article.quotes()[0];
/// assert_eq!(article[quote.speaker().unwrap()].name(), "Ian Poole");
/// ```
#[derive(Debug, Clone)]
pub struct Article<'t> {
    pub(crate) text: Cow<'t, str>,
    pub(crate) headline: Option<Span>,
    pub(crate) dek: Option<Span>,
    pub(crate) byline: Option<Byline>,
    pub(crate) read_time: ReadTime,
    pub(crate) dateline: Option<Dateline>,
    pub(crate) blocks: Vec<Block>,
    pub(crate) paragraphs: Vec<Paragraph>,
    pub(crate) sentences: Vec<Span>,
    pub(crate) quotations: Vec<Quotation>,
    pub(crate) quotes: Vec<Quote>,
    pub(crate) speakers: Vec<Speaker>,
    pub(crate) mentions: Vec<Mention>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl<'t> Article<'t> {
    /// Returns the text, exactly as it was given.
    ///
    /// ```
    /// let text = "It rained.\r\n";
    /// assert_eq!(pullquote::parse(text).text(), text);
    /// ```
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns where the headline stands.
    ///
    /// ```
    /// let article = pullquote::parse("Pier shut\nBy Ada Roe\n2 min read\n\n“It leaks,” said Ian Poole.");
    /// assert_eq!(article.headline().map(|s| &article[s]), Some("Pier shut"));
    /// ```
    #[must_use]
    pub fn headline(&self) -> Option<Span> {
        self.headline
    }

    /// Returns where the dek (standfirst) stands.
    ///
    /// ```
    /// let article = pullquote::parse(
    ///     "Pier to stay shut until the spring\n\nThe planks are rotten, and the council has no money for new ones\n\n\
    ///      By Ada Roe\n\nThe pier at Harrow will not open before April, the council said on Tuesday.",
    /// );
    /// assert!(article[article.dek().unwrap()].starts_with("The planks are rotten"));
    /// ```
    #[must_use]
    pub fn dek(&self) -> Option<Span> {
        self.dek
    }

    /// Returns the byline.
    ///
    /// ```
    /// let article = pullquote::parse("Pier shut\nBy Ada Roe\n2 min read\n\n“It leaks,” said Ian Poole.");
    /// assert_eq!(article.byline().unwrap().authors()[0].name().family(), Some("Roe"));
    /// ```
    #[must_use]
    pub fn byline(&self) -> Option<&Byline> {
        self.byline.as_ref()
    }

    /// Returns the read time: stated, and estimated from the words of the body.
    ///
    /// ```
    /// let article = pullquote::parse("Pier shut\nBy Ada Roe\n2 min read\n\n“It leaks,” said Ian Poole.");
    /// assert_eq!(article.read_time().stated().unwrap().duration().as_secs(), 120);
    /// ```
    #[must_use]
    pub fn read_time(&self) -> &ReadTime {
        &self.read_time
    }

    /// Returns the dateline.
    ///
    /// ```
    /// let article = pullquote::parse("Pier shut\n\nHARROW (AP) — It rained all day on Monday.");
    /// assert_eq!(article.dateline().unwrap().place(), "HARROW");
    /// ```
    #[must_use]
    pub fn dateline(&self) -> Option<&Dateline> {
        self.dateline.as_ref()
    }

    /// Returns every block of the text with its kind, furniture included, in order.
    ///
    /// ```
    /// use pullquote::BlockKind;
    /// let article = pullquote::parse("Pier shut\nBy Ada Roe\n2 min read\n\n“It leaks,” said Ian Poole.");
    /// let kinds: Vec<_> = article.blocks().iter().map(|b| b.kind()).collect();
    /// assert_eq!(kinds, [BlockKind::Headline, BlockKind::Byline, BlockKind::ReadTime, BlockKind::Paragraph]);
    /// ```
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Returns the paragraphs of the story, in order.
    ///
    /// ```
    /// let article = pullquote::parse("It rained.\n\nIt stopped.");
    /// assert_eq!(article.paragraphs().len(), 2);
    /// ```
    #[must_use]
    pub fn paragraphs(&self) -> &[Paragraph] {
        &self.paragraphs
    }

    /// Returns the sentences of the whole story, in order.
    ///
    /// ```
    /// let article = pullquote::parse("It rained. It snowed.\n\nIt stopped.");
    /// assert_eq!(&article[article.sentences()[1]], "It snowed.");
    /// ```
    #[must_use]
    pub fn sentences(&self) -> &[Span] {
        &self.sentences
    }

    /// Returns the sentences of one paragraph.
    ///
    /// ```
    /// let article = pullquote::parse("It rained. It snowed.\n\nIt stopped.");
    /// assert_eq!(article.sentences_of(&article.paragraphs()[1]), &article.sentences()[2..]);
    /// ```
    #[must_use]
    pub fn sentences_of(&self, paragraph: &Paragraph) -> &[Span] {
        let (from, to) = paragraph.sentences;
        self.sentences.get(from as usize..to as usize).unwrap_or(&[])
    }

    /// Returns the stretches between quotation marks, attributed or not, in the order of their opening.
    ///
    /// ```
    /// let article = pullquote::parse("“It leaks,” said Ada “Anvil” Roe.");
    /// let words: Vec<_> = article.quotations().iter().map(|q| &article[q.span()]).collect();
    /// assert_eq!(words, ["“It leaks,”", "“Anvil”"]);
    /// ```
    #[must_use]
    pub fn quotations(&self) -> &[Quotation] {
        &self.quotations
    }

    /// Returns the quotes (attributed words), in the order of their content.
    ///
    /// ```
    /// let article = pullquote::parse("“It leaks,” said Ada Roe. She said it was old.");
    /// let words: Vec<_> = article.quotes().iter().map(|q| q.text(&article)).collect();
    /// assert_eq!(words, ["“It leaks,”", "it was old"]);
    /// ```
    #[must_use]
    pub fn quotes(&self) -> &[Quote] {
        &self.quotes
    }

    /// Returns the quotes of one speaker, in order; those said together with others included.
    ///
    /// ```
    /// let article = pullquote::parse("“It leaks,” said Ada Roe. “It does,” she said. “Mend it,” said Ivo Hale.");
    /// let ada = article.speakers()[0].id();
    /// assert_eq!(article.quotes_by(ada).count(), 2);
    /// assert_eq!(article.quotes_by(ada).next().unwrap().text(&article), "“It leaks,”");
    /// ```
    ///
    /// # Complexity
    ///
    /// Linear in the number of quotes.
    pub fn quotes_by(&self, speaker: SpeakerId) -> impl Iterator<Item = &Quote> {
        self.quotes.iter().filter(move |q| {
            q.speaker.is_some_and(|id| id == speaker || self[id].members().contains(&speaker))
        })
    }

    /// Returns everyone who is quoted, in the order of their first mention.
    ///
    /// ```
    /// let article = pullquote::parse("Ivo Hale was there. “It leaks,” said Ada Roe. “It does,” Hale said.");
    /// let names: Vec<_> = article.speakers().iter().map(|s| s.name()).collect();
    /// assert_eq!(names, ["Ivo Hale", "Ada Roe"]);
    /// ```
    #[must_use]
    pub fn speakers(&self) -> &[Speaker] {
        &self.speakers
    }

    /// Returns every mention of the speakers, and the sources whose speaker is not known, in the order of the text.
    ///
    /// ```
    /// use pullquote::MentionKind;
    /// let article = pullquote::parse("“It leaks,” said Ada Roe. “Nobody mends it,” she said. “No,” said Roe.");
    /// let kinds: Vec<_> = article.mentions().iter().map(|m| m.kind()).collect();
    /// assert_eq!(kinds, [MentionKind::Person, MentionKind::Pronoun, MentionKind::Person]);
    /// assert!(article.mentions().iter().all(|m| m.speaker() == Some(article.speakers()[0].id())));
    /// ```
    #[must_use]
    pub fn mentions(&self) -> &[Mention] {
        &self.mentions
    }

    /// Returns the findings about the text, in order.
    ///
    /// ```
    /// let article = pullquote::parse("“We are late, the guard said.");
    /// assert_eq!(article.diagnostics()[0].code().slug(), "unclosed-quotation");
    /// ```
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Makes the article independent of the text it was parsed from, by copying the text once.
    ///
    /// ```
    /// let article: pullquote::Article<'static> = {
    ///     let text = String::from("“It leaks,” said Ada Roe.");
    ///     pullquote::parse(&text).into_owned()
    /// };
    /// assert_eq!(article.speakers()[0].name(), "Ada Roe");
    /// ```
    #[must_use]
    pub fn into_owned(self) -> Article<'static> {
        Article {
            text: Cow::Owned(self.text.into_owned()),
            headline: self.headline,
            dek: self.dek,
            byline: self.byline,
            read_time: self.read_time,
            dateline: self.dateline,
            blocks: self.blocks,
            paragraphs: self.paragraphs,
            sentences: self.sentences,
            quotations: self.quotations,
            quotes: self.quotes,
            speakers: self.speakers,
            mentions: self.mentions,
            diagnostics: self.diagnostics,
        }
    }
}

impl Index<Span> for Article<'_> {
    type Output = str;

    /// Returns the words that a span of this article covers.
    ///
    /// # Panics
    ///
    /// When the span comes from another article and does not fit this text.
    fn index(&self, span: Span) -> &str {
        &self.text[span.range()]
    }
}

impl Index<SpeakerId> for Article<'_> {
    type Output = Speaker;

    /// Returns the speaker with this id.
    ///
    /// # Panics
    ///
    /// When the id comes from another article and is out of range here.
    fn index(&self, id: SpeakerId) -> &Speaker {
        &self.speakers[id.place()]
    }
}
