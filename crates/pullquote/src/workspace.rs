//! `Workspace`: the memory of a parse, kept for the next one.

use alloc::vec::Vec;

use crate::article::{Article, Paragraph};
use crate::attribution::grammar::Raw;
use crate::attribution::{chain, merge, model};
use crate::block::Block;
use crate::diagnostic::Diagnostic;
use crate::lex::story::Story;
use crate::quotation::{Quotation, Scratch};
use crate::span::Span;
use crate::speaker::{self, Resolved};
use crate::words::Lexicon;

/// Keeps the buffers of a parse, so that the next one need not ask for memory again.
///
/// [`Parser::parse_into`](crate::Parser::parse_into) takes its buffers from here;
/// [`recycle`](Workspace::recycle) gives back those that an article holds. One workspace serves one thread.
///
/// ```
/// use pullquote::{Parser, Workspace};
/// let (parser, mut workspace) = (Parser::new(), Workspace::new());
/// for text in ["Pier shut\n\n“We are late,” said Ada Roe.", "Pier open\n\n“So are we,” said Ian Poole."] {
///     let article = parser.parse_into(text, &mut workspace);
///     assert_eq!(article.quotes().len(), 1);
///     workspace.recycle(article);
/// }
/// ```
#[derive(Debug, Default)]
pub struct Workspace {
    pub(crate) words: Lexicon,
    pub(crate) story: Story,
    pub(crate) pairing: Scratch,
    pub(crate) grammar: chain::Scratch,
    pub(crate) raws: Vec<Raw>,
    pub(crate) model: model::Scratch,
    pub(crate) merging: merge::Scratch,
    pub(crate) speaking: speaker::Scratch,
    pub(crate) resolved: Resolved,
    pub(crate) blocks: Vec<Block>,
    pub(crate) paragraphs: Vec<Paragraph>,
    pub(crate) sentences: Vec<Span>,
    pub(crate) quotations: Vec<Quotation>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Workspace {
    /// Makes an empty workspace; it grows to the size of the largest article read.
    #[must_use]
    pub fn new() -> Workspace {
        Workspace::default()
    }

    /// Makes an empty workspace whose articles are read with words of your own beside the built-in lists.
    ///
    /// ```
    /// use pullquote::{CueClass, Lexicon, Parser, Workspace};
    /// let words = Lexicon::new().cue("quacked", CueClass::Say).unwrap();
    /// let mut workspace = Workspace::with_words(words);
    /// let article = Parser::new().parse_into("Ada Roe quacked that it leaked.", &mut workspace);
    /// assert_eq!(article.quotes().len(), 1);
    /// ```
    #[must_use]
    pub fn with_words(words: Lexicon) -> Workspace {
        Workspace { words, ..Workspace::default() }
    }

    /// Takes the buffers of an article that is no longer needed.
    pub fn recycle(&mut self, article: Article<'_>) {
        self.blocks = article.blocks;
        self.paragraphs = article.paragraphs;
        self.sentences = article.sentences;
        self.quotations = article.quotations;
        self.diagnostics = article.diagnostics;
        self.resolved.recycle(article.quotes, article.speakers, article.mentions);
    }
}
