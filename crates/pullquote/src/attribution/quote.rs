//! `Quote`: attributed words, and what attributes them.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::article::Article;
use crate::few::Few;
use crate::span::Span;
use crate::speaker::SpeakerId;

/// Tells how the words are given.
///
/// ```
/// use pullquote::QuoteKind;
/// let article = pullquote::parse("“It leaks,” said Ada Roe. Ian Poole said that it had “always leaked”.");
/// let kinds: Vec<_> = article.quotes().iter().map(|q| q.kind()).collect();
/// assert_eq!(kinds, [QuoteKind::Direct, QuoteKind::Mixed]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum QuoteKind {
    /// Word for word, between marks (or in a layout that stands for marks, such as a transcript).
    Direct,
    /// In the writer's words: "Feld said the roof was sound".
    Indirect,
    /// In the writer's words with parts between marks.
    Mixed,
}

impl QuoteKind {
    /// Returns the name used in the record: `direct`, `indirect` or `mixed`.
    ///
    /// ```
    /// assert_eq!(pullquote::QuoteKind::Mixed.as_str(), "mixed");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            QuoteKind::Direct => "direct",
            QuoteKind::Indirect => "indirect",
            QuoteKind::Mixed => "mixed",
        }
    }
}

/// Tells whether the saying is a fact.
///
/// ```
/// use pullquote::Polarity;
/// let article = pullquote::parse("Ada Roe did not say that the pier was shut.");
/// assert_eq!(article.quotes()[0].polarity(), Polarity::Negated);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Polarity {
    /// It was said.
    #[default]
    Asserted,
    /// It was not said: "did not say", "declined to say".
    Negated,
    /// It may be said: "will say", "if she says".
    Irrealis,
}

impl Polarity {
    /// Returns the name used in the record: `asserted`, `negated` or `irrealis`.
    ///
    /// ```
    /// assert_eq!(pullquote::Polarity::Irrealis.as_str(), "irrealis");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Polarity::Asserted => "asserted",
            Polarity::Negated => "negated",
            Polarity::Irrealis => "irrealis",
        }
    }
}

/// Names what a cue does: the family of its verb.
///
/// ```
/// use pullquote::CueClass;
/// let article = pullquote::parse("“It leaks,” Ada Roe wrote.");
/// assert_eq!(article.quotes()[0].cue().unwrap().class(), CueClass::Write);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum CueClass {
    /// Plain saying: "said", "added", "according to", a colon.
    #[default]
    Say,
    /// Its object is the one spoken to: "told".
    Tell,
    /// Asking and ordering: "asked", "urged".
    Ask,
    /// Written and online speech: "wrote", "tweeted".
    Write,
    /// Arguing: "claimed", "argued".
    Claim,
    /// Admitting, denying, agreeing.
    Deny,
    /// Announcing, promising, warning.
    Promise,
    /// Judging in words: "accused", "praised".
    Judge,
    /// Giving a name: "called", "described as".
    Label,
    /// Manner of speaking: "whispered", "smiled".
    Manner,
    /// Thought and feeling: "believes", "fears".
    Think,
    /// Wish and intent: "wants", "plans".
    Want,
    /// What a document or data says: "found", "shows".
    Evidence,
}

impl CueClass {
    /// Tells whether the cue reports speech or writing; thought, wish and evidence are not speech.
    ///
    /// ```
    /// let article = pullquote::parse("Ada Roe said that the pier was shut.");
    /// let spoken = article.quotes().iter().filter(|q| q.cue().is_none_or(|c| c.class().is_speech()));
    /// assert_eq!(spoken.count(), 1);
    /// assert!(!pullquote::CueClass::Want.is_speech());
    /// ```
    #[must_use]
    pub const fn is_speech(self) -> bool {
        !matches!(self, CueClass::Think | CueClass::Want | CueClass::Evidence)
    }

    /// Returns the name used in the record, in lower case.
    ///
    /// ```
    /// assert_eq!(pullquote::CueClass::Evidence.as_str(), "evidence");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            CueClass::Say => "say",
            CueClass::Tell => "tell",
            CueClass::Ask => "ask",
            CueClass::Write => "write",
            CueClass::Claim => "claim",
            CueClass::Deny => "deny",
            CueClass::Promise => "promise",
            CueClass::Judge => "judge",
            CueClass::Label => "label",
            CueClass::Manner => "manner",
            CueClass::Think => "think",
            CueClass::Want => "want",
            CueClass::Evidence => "evidence",
        }
    }
}

/// Holds the words that attribute: "has repeatedly said", "according to", ":".
///
/// ```
/// let article = pullquote::parse("Ada Roe has repeatedly said that it leaks.");
/// let cue = article.quotes()[0].cue().unwrap();
/// assert_eq!((&article[cue.spans()[0]], cue.lemma()), ("has repeatedly said", "say"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cue {
    pub(crate) spans: Spans,
    pub(crate) lemma: &'static str,
    pub(crate) class: CueClass,
}

impl Cue {
    /// Returns where the cue stands.
    ///
    /// ```
    /// let article = pullquote::parse("“It leaks,” Ada Roe told the Gazette.");
    /// let quote = &article.quotes()[0];
    /// assert_eq!(&article[quote.cue().unwrap().spans()[0]], "told");
    /// ```
    #[must_use]
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// Returns the base form of its verb or noun, or the mark itself (":").
    ///
    /// ```
    /// let article = pullquote::parse("“It leaks,” Ada Roe told the Gazette.");
    /// let quote = &article.quotes()[0];
    /// assert_eq!(quote.cue().unwrap().lemma(), "tell");
    /// ```
    #[must_use]
    pub fn lemma(&self) -> &'static str {
        self.lemma
    }

    /// Returns the family of its verb.
    ///
    /// ```
    /// let article = pullquote::parse("“It leaks,” Ada Roe told the Gazette.");
    /// let quote = &article.quotes()[0];
    /// assert_eq!(quote.cue().unwrap().class(), pullquote::CueClass::Tell);
    /// ```
    #[must_use]
    pub fn class(&self) -> CueClass {
        self.class
    }
}

/// The spans of one part of a quote.
pub(crate) type Spans = Few<Span>;

/// Holds one quote: content, cue, source, addressee, speaker.
///
/// ```
/// let article = pullquote::parse("“The pier is shut,” said Ada Roe.");
/// let quote = &article.quotes()[0];
/// assert_eq!(quote.text(&article), "“The pier is shut,”");
/// assert_eq!(&article[quote.source()[0]], "Ada Roe");
/// assert_eq!(quote.cue().unwrap().lemma(), "say");
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Quote {
    pub(crate) kind: QuoteKind,
    pub(crate) content: Spans,
    pub(crate) cue: Option<Cue>,
    pub(crate) source: Spans,
    pub(crate) addressee: Spans,
    pub(crate) medium: Spans,
    pub(crate) speaker: Option<SpeakerId>,
    pub(crate) speaker_confidence: f32,
    pub(crate) polarity: Polarity,
    pub(crate) confidence: f32,
    pub(crate) rule: &'static str,
}

impl Quote {
    /// Returns how the words are given.
    ///
    /// ```
    /// let article = pullquote::parse("“It leaks,” Ada Roe told the Gazette.");
    /// let quote = &article.quotes()[0];
    /// assert_eq!(quote.kind(), pullquote::QuoteKind::Direct);
    /// ```
    #[must_use]
    pub fn kind(&self) -> QuoteKind {
        self.kind
    }

    /// Returns the words attributed, marks included, in the order of the text; empty for "declined to comment".
    ///
    /// ```
    /// let article = pullquote::parse("“It leaks,” said Ada Roe, “and it always did.”");
    /// let parts: Vec<_> = article.quotes()[0].content().iter().map(|s| &article[*s]).collect();
    /// assert_eq!(parts, ["“It leaks,”", "“and it always did.”"]);
    /// ```
    #[must_use]
    pub fn content(&self) -> &[Span] {
        &self.content
    }

    /// Returns the content as one string: its spans joined by a space, line breaks read as spaces.
    ///
    /// Borrows where the content is one span on one line.
    ///
    /// ```
    /// let article = pullquote::parse("“It leaks,” said Ada Roe, “and it always did.”");
    /// assert_eq!(article.quotes()[0].text(&article), "“It leaks,” “and it always did.”");
    /// ```
    #[must_use]
    pub fn text<'a>(&self, article: &'a Article<'_>) -> Cow<'a, str> {
        joined(article.text(), self.content())
    }

    /// Returns the words that attribute; `None` where the layout alone does.
    ///
    /// ```
    /// let article = pullquote::parse("“It leaks,” Ada Roe told the Gazette.");
    /// let quote = &article.quotes()[0];
    /// assert_eq!(quote.cue().map(|c| c.lemma()), Some("tell"));
    /// ```
    #[must_use]
    pub fn cue(&self) -> Option<&Cue> {
        self.cue.as_ref()
    }

    /// Returns the phrase that names who speaks; empty where this quote's own sentence names nobody.
    ///
    /// ```
    /// let article = pullquote::parse("“It leaks,” Ada Roe told the Gazette.");
    /// let quote = &article.quotes()[0];
    /// assert_eq!(&article[quote.source()[0]], "Ada Roe");
    /// ```
    #[must_use]
    pub fn source(&self) -> &[Span] {
        &self.source
    }

    /// Returns the phrase that names to whom it is said.
    ///
    /// ```
    /// let article = pullquote::parse("“It leaks,” Ada Roe told the Gazette.");
    /// let quote = &article.quotes()[0];
    /// assert_eq!(&article[quote.addressee()[0]], "the Gazette");
    /// ```
    #[must_use]
    pub fn addressee(&self) -> &[Span] {
        &self.addressee
    }

    /// Returns the phrase that names the channel or the occasion, with its preposition; empty where none is stated.
    ///
    /// ```
    /// let article = pullquote::parse("“The pier is shut,” Ada Roe said in a statement.");
    /// let quote = &article.quotes()[0];
    /// assert_eq!(&article[quote.medium()[0]], "in a statement");
    /// ```
    #[must_use]
    pub fn medium(&self) -> &[Span] {
        &self.medium
    }

    /// Returns who speaks, if that is known.
    ///
    /// ```
    /// let article = pullquote::parse("“It leaks,” Ada Roe told the Gazette.");
    /// let quote = &article.quotes()[0];
    /// assert_eq!(article[quote.speaker().unwrap()].name(), "Ada Roe");
    /// ```
    #[must_use]
    pub fn speaker(&self) -> Option<SpeakerId> {
        self.speaker
    }

    /// Returns how sure it is that this is the [`speaker`](Quote::speaker), given the source, from 0 to 1; 0 where
    /// the speaker is not known.
    ///
    /// A full name is nearly certain; a pronoun is as sure as its bearer stands before the next who agrees with it.
    ///
    /// ```
    /// let article = pullquote::parse("Ada Roe met Mrs Poole. “It leaks,” said Ada Roe. “It does,” she said.");
    /// let [name, pronoun] = article.quotes() else { panic!() };
    /// assert!(name.speaker_confidence() > pronoun.speaker_confidence());
    /// ```
    #[must_use]
    pub fn speaker_confidence(&self) -> f32 {
        self.speaker_confidence
    }

    /// Returns whether the saying is asserted, negated or only possible.
    ///
    /// ```
    /// let article = pullquote::parse("“It leaks,” Ada Roe told the Gazette.");
    /// let quote = &article.quotes()[0];
    /// assert_eq!(quote.polarity(), pullquote::Polarity::Asserted);
    /// ```
    #[must_use]
    pub fn polarity(&self) -> Polarity {
        self.polarity
    }

    /// Returns how sure the attribution is, from 0 to 1.
    ///
    /// ```
    /// let article = pullquote::parse("“It leaks,” Ada Roe told the Gazette.");
    /// let quote = &article.quotes()[0];
    /// assert!(quote.confidence() > 0.9 && quote.confidence() <= 1.0);
    /// ```
    #[must_use]
    pub fn confidence(&self) -> f32 {
        self.confidence
    }

    /// Returns the name of the rule that decided.
    ///
    /// ```
    /// let article = pullquote::parse("“It leaks,” Ada Roe told the Gazette.");
    /// let quote = &article.quotes()[0];
    /// assert_eq!(quote.rule(), "quote-source-verb");
    /// ```
    #[must_use]
    pub fn rule(&self) -> &'static str {
        self.rule
    }
}

/// Joins the text of several spans by spaces, with line breaks read as spaces.
pub(crate) fn joined<'a>(text: &'a str, spans: &[Span]) -> Cow<'a, str> {
    match spans {
        [one] if !one.of(text).bytes().any(|b| matches!(b, b'\n' | b'\r')) => Cow::Borrowed(one.of(text)),
        _ => {
            let mut out = String::new();
            for word in spans
                .iter()
                .flat_map(|s| s.of(text).split(['\n', '\r']))
                .map(str::trim)
                .filter(|w| !w.is_empty())
            {
                if !out.is_empty() {
                    out.push(' ');
                }
                out.push_str(word);
            }
            Cow::Owned(out)
        }
    }
}
