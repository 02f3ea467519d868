//! `Entity`: one person or body of the article, with all that the text says of it.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::attribution::quote::joined;
use crate::few::{Few, few};
use crate::lexicon::Hash;
use crate::mention::gender::Gender;
use crate::mention::name::Bearer;
use crate::span::Span;
use crate::speaker::SpeakerId;
use crate::speaker::mention::MentionKind;

/// Tells what a gender is known by, the weakest first.
///
/// ```
/// use pullquote::GenderEvidence;
/// let article = pullquote::parse("“It leaks,” said Mrs Roe.");
/// assert_eq!(article.speakers()[0].gender_evidence(), Some(GenderEvidence::Honorific));
/// assert!(GenderEvidence::FirstName < GenderEvidence::Stated);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum GenderEvidence {
    /// A first name that (nearly) only men or only women bear.
    FirstName,
    /// A pronoun that can mean nobody else.
    Pronoun,
    /// A noun: "his mother", "a policeman".
    Noun,
    /// An honorific: "Mrs", "Sir".
    Honorific,
    /// The text states it: "who uses they".
    Stated,
}

impl GenderEvidence {
    /// Returns the name used in the record, in lower case with underscores.
    ///
    /// ```
    /// assert_eq!(pullquote::GenderEvidence::FirstName.as_str(), "first_name");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            GenderEvidence::FirstName => "first_name",
            GenderEvidence::Pronoun => "pronoun",
            GenderEvidence::Noun => "noun",
            GenderEvidence::Honorific => "honorific",
            GenderEvidence::Stated => "stated",
        }
    }
}

/// A person or body of the article.
#[derive(Debug)]
pub(super) struct Entity {
    /// The fullest name so far, where it stands in the text as it should be read.
    span: Option<Span>,
    /// Where it does not: with a line break in it, or of two who speak together.
    own: String,
    /// The lower-case hashes of the words of that name; empty for one who is only described.
    pub(super) words: Few<Hash>,
    /// The short form that the text introduces in brackets: "MinWorks".
    pub(super) short: Option<Hash>,
    pub(super) bearer: Bearer,
    pub(super) gender: Option<(Gender, GenderEvidence)>,
    pub(super) honorific: Option<Span>,
    pub(super) title: Option<Span>,
    pub(super) affiliation: Option<Span>,
    pub(super) age: Option<Span>,
    pub(super) place: Option<Span>,
    /// The words of its titles and affiliations, at most [`TRAITS`].
    pub(super) traits: Vec<Hash>,
    /// Where it is named in full: the first token of each naming, and its span; in the order of the text.
    pub(super) mentions: Few<(usize, Span)>,
    /// Where it is named by one word; joined to `mentions` when all names are read.
    pub(super) parts: Few<(usize, Span)>,
    /// What one who is only described is.
    pub(super) nominal: Option<MentionKind>,
    /// Those who speak together under this name.
    pub(super) members: Option<(usize, usize)>,
    /// Whom it stands for: the body of "a spokeswoman".
    pub(super) stands_for: Option<usize>,
    /// Pronouns that may mean it, but need not: those of women less those of men.
    pub(super) votes: i8,
    pub(super) speaks: bool,
    /// Where one who speaks is named first, when all namings are known.
    pub(super) first: Option<Span>,
    /// The id of one who speaks, when all of them are known.
    pub(super) id: Option<SpeakerId>,
}

/// A name without line breaks or trailing comma.
pub(super) fn clean(name: &str) -> Cow<'_, str> {
    match joined(name, &[Span::at(0, name.len())]) {
        Cow::Borrowed(name) => Cow::Borrowed(name.trim_end_matches(',')),
        Cow::Owned(name) => Cow::Owned(name.trim_end_matches(',').to_string()),
    }
}

/// How many describing words are kept of one entity.
const TRAITS: usize = 24;

impl Entity {
    fn new() -> Entity {
        Entity {
            span: None,
            own: String::new(),
            words: few![],
            short: None,
            bearer: Bearer::Unclear,
            gender: None,
            honorific: None,
            title: None,
            affiliation: None,
            age: None,
            place: None,
            traits: Vec::new(),
            mentions: few![],
            parts: few![],
            nominal: None,
            members: None,
            stands_for: None,
            votes: 0,
            speaks: false,
            first: None,
            id: None,
        }
    }

    /// Takes an entity out of those of an earlier article, with the memory of one of them.
    pub(super) fn reuse(spare: &mut Vec<Entity>) -> Entity {
        let Some(mut old) = spare.pop() else { return Entity::new() };
        old.own.clear();
        old.words.clear();
        old.traits.clear();
        old.mentions.clear();
        old.parts.clear();
        let Entity { own, words, traits, mentions, parts, .. } = old;
        Entity { own, words, traits, mentions, parts, ..Entity::new() }
    }

    pub(super) fn name<'a>(&'a self, text: &'a str) -> &'a str {
        self.span.map_or(&self.own, |span| span.of(text))
    }

    /// Calls it by a stretch of the text.
    pub(super) fn call(&mut self, text: &str, span: Span) {
        match clean(span.of(text)) {
            Cow::Borrowed(name) => {
                self.span = Some(Span::at(span.start(), span.start() + name.len()));
            }
            Cow::Owned(name) => self.call_so(&name),
        }
    }

    /// Calls it by a name that does not stand in the text like that.
    pub(super) fn call_so(&mut self, name: &str) {
        self.span = None;
        self.own.clear();
        self.own.push_str(name);
    }

    /// Whether its name stands in the text as it is read.
    pub(super) fn stands_in_text(&self) -> bool {
        self.span.is_some()
    }

    pub(super) fn gender(&self) -> Option<Gender> {
        self.gender.map(|g| g.0)
    }

    /// Takes a gender, unless a better evidence says otherwise.
    pub(super) fn learn(&mut self, gender: Gender, evidence: GenderEvidence) {
        if self.gender.is_none_or(|(_, old)| evidence > old) {
            self.gender = Some((gender, evidence));
        }
    }

    /// Takes a pronoun into account that may mean it: two of the same kind tell the gender.
    pub(super) fn vote(&mut self, gender: Gender) {
        const ENOUGH: i8 = 2;
        self.votes = self.votes.saturating_add(if gender == Gender::She { 1 } else { -1 });
        if self.votes.abs() >= ENOUGH {
            self.learn(gender, GenderEvidence::Pronoun);
        }
    }

    pub(super) fn describe(&mut self, words: impl Iterator<Item = Hash>) {
        for word in words {
            if self.traits.len() < TRAITS && !self.traits.contains(&word) {
                self.traits.push(word);
            }
        }
    }

    /// Whether a pronoun of one person may stand for it.
    pub(super) fn may_be_person(&self) -> bool {
        match self.bearer {
            Bearer::Person => true,
            Bearer::Body | Bearer::Place => false,
            Bearer::Unclear => match self.nominal {
                Some(kind) => matches!(
                    kind,
                    MentionKind::Role | MentionKind::Unnamed | MentionKind::Pronoun | MentionKind::Handle
                ),
                None => self.words.len() > 1 || self.gender.is_some() || self.title.is_some(),
            },
        }
    }

    /// Whether "it" may stand for it.
    pub(super) fn may_be_thing(&self) -> bool {
        match self.nominal {
            Some(kind) => matches!(kind, MentionKind::Document | MentionKind::Organisation),
            None => match self.bearer {
                Bearer::Body | Bearer::Place => true,
                Bearer::Unclear => self.gender.is_none() && self.title.is_none() && self.age.is_none(),
                Bearer::Person => false,
            },
        }
    }

    /// Whether several are named at once.
    pub(super) fn is_plural(&self) -> bool {
        self.members.is_some() || self.nominal == Some(MentionKind::Group)
    }

    /// The last naming before token `at`, plus one; 0 when there is none.
    pub(super) fn last_before(&self, at: usize) -> usize {
        let after = self.mentions.partition_point(|m| m.0 < at);
        self.mentions[..after].last().map_or(0, |m| m.0 + 1)
    }

    /// How many tokens lie between token `at` and the nearest naming in full; one named later is farther away.
    pub(super) fn distance_in_full(&self, at: usize) -> usize {
        nearest(&self.mentions, at)
    }

    /// The same for any naming.
    pub(super) fn distance(&self, at: usize) -> usize {
        nearest(&self.mentions, at).min(nearest(&self.parts, at))
    }
}

/// How many tokens lie between token `at` and the nearest of some namings, which are in the order of the text.
fn nearest(namings: &[(usize, Span)], at: usize) -> usize {
    const LATER: usize = 500;
    let after = namings.partition_point(|m| m.0 <= at);
    let before = after.checked_sub(1).map_or(usize::MAX, |last| at - namings[last].0);
    before.min(namings.get(after).map_or(usize::MAX, |m| 2 * (m.0 - at) + LATER))
}
