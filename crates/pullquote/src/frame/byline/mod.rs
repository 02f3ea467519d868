//! Bylines: who wrote the article, in what role, for whom, from where.
//!
//! | file | reads |
//! |---|---|
//! | `clean.rs` | the line with plain spaces, glued words parted |
//! | `word.rs` | words and their shapes |
//! | `date.rs` | dates and times in every usual form |
//! | `role.rs` | billings |
//! | `person.rs` | one name inside a line |
//! | `trailer.rs` | what follows an author: date, read time, address, place, furniture |
//! | `share.rs` | those who had a share in the work |
//! | `house.rs` | outlets, agencies and newsrooms |
//! | `plain.rs` | "By Ada Roe", without the grammar |
//! | `grammar.rs` | the line: its items, the rules in their order |

mod clean;
pub(crate) mod date;
mod grammar;
mod house;
mod person;
mod plain;
mod role;
mod share;
mod trailer;
mod word;

use alloc::vec::Vec;
use core::str::FromStr;
use core::time::Duration;

pub(crate) use person::is_ordinary;
pub(crate) use word::is_first_name;

use crate::error::Error;
use crate::frame::byline::clean::Clean;
use crate::frame::byline::grammar::{Draft, Range};
use crate::frame::name::PersonName;
use crate::frame::read_time::StatedReadTime;
use crate::frame::signs;
use crate::lexicon::terms::OPENER;
use crate::short::{OneOrMore, ShortText};
use crate::span::Span;

/// Tells who signs: people, the staff as a body, or a news agency.
///
/// ```
/// use pullquote::{Byline, BylineKind};
/// let kind = |line: &str| line.parse::<Byline>().unwrap().kind();
/// assert_eq!(kind("By Ada Roe"), BylineKind::Person);
/// assert_eq!(kind("By Gazette Staff"), BylineKind::Staff);
/// assert_eq!(kind("By Reuters"), BylineKind::Agency);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BylineKind {
    /// One or more named people.
    Person,
    /// The staff as a body ("By Gazette Staff").
    Staff,
    /// A news agency ("Reuters").
    Agency,
}

impl BylineKind {
    /// Returns the name used in the record: `person`, `staff` or `agency`.
    ///
    /// ```
    /// let byline: pullquote::Byline = "By Gazette Staff".parse().unwrap();
    /// assert_eq!(byline.kind().as_str(), "staff");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            BylineKind::Person => "person",
            BylineKind::Staff => "staff",
            BylineKind::Agency => "agency",
        }
    }
}

/// Holds one author of a byline.
///
/// ```
/// let byline: pullquote::Byline = "By Ada Roe, Political Editor, and Ian Poole".parse().unwrap();
/// let authors: Vec<_> = byline.authors().iter().map(|a| a.name().as_str()).collect();
/// assert_eq!(authors, ["Ada Roe", "Ian Poole"]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Author {
    pub(crate) name: PersonName,
    pub(crate) span: Span,
    pub(crate) role: Option<ShortText>,
}

impl Author {
    /// Returns the name.
    ///
    /// ```
    /// let byline: pullquote::Byline = "By Ada Roe".parse().unwrap();
    /// assert_eq!(byline.authors()[0].name().given(), Some("Ada"));
    /// ```
    #[must_use]
    pub fn name(&self) -> &PersonName {
        &self.name
    }

    /// Returns where the name stands in the text that was parsed.
    ///
    /// ```
    /// let line = "By Ada Roe";
    /// let byline: pullquote::Byline = line.parse().unwrap();
    /// assert_eq!(&line[byline.authors()[0].span().range()], "Ada Roe");
    /// ```
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// Returns the role of this author alone, as written; that of all is [`Byline::role`].
    #[must_use]
    pub fn role(&self) -> Option<&str> {
        self.role.as_deref()
    }
}

/// Holds someone who had a share in the work without being its author: a photographer, a second reporter.
///
/// ```
/// let byline: pullquote::Byline = "Words by Ada Roe | Photographs by Ian Poole".parse().unwrap();
/// let helper = &byline.contributors()[0];
/// assert_eq!((helper.name().as_str(), helper.share()), ("Ian Poole", "Photographs by"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Contributor {
    pub(crate) name: PersonName,
    pub(crate) span: Span,
    pub(crate) share: ShortText,
}

impl Contributor {
    /// Returns the name.
    ///
    /// ```
    /// let byline: pullquote::Byline = "By Ada Roe | Photographs by Ian Poole".parse().unwrap();
    /// assert_eq!(byline.contributors()[0].name().family(), Some("Poole"));
    /// ```
    #[must_use]
    pub fn name(&self) -> &PersonName {
        &self.name
    }

    /// Returns where the name stands in the text that was parsed.
    ///
    /// ```
    /// let line = "By Ada Roe | Photographs by Ian Poole";
    /// let byline: pullquote::Byline = line.parse().unwrap();
    /// assert_eq!(&line[byline.contributors()[0].span().range()], "Ian Poole");
    /// ```
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// Returns the words that name the share, as written ("Photographs by", "contributed reporting").
    ///
    /// ```
    /// let byline: pullquote::Byline = "By Ada Roe | Photographs by Ian Poole".parse().unwrap();
    /// assert_eq!(byline.contributors()[0].share(), "Photographs by");
    /// ```
    #[must_use]
    pub fn share(&self) -> &str {
        &self.share
    }
}

/// Holds a byline: its authors and what the line tells of them.
///
/// ```
/// let byline: pullquote::Byline = "By Ada Roe and Ian Poole".parse().unwrap();
/// let names: Vec<&str> = byline.authors().iter().map(|a| a.name().as_str()).collect();
/// assert_eq!(names, ["Ada Roe", "Ian Poole"]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Byline {
    pub(crate) span: Span,
    pub(crate) kind: BylineKind,
    pub(crate) authors: OneOrMore<Author>,
    pub(crate) role: Option<ShortText>,
    pub(crate) outlet: Option<ShortText>,
    pub(crate) location: Option<ShortText>,
    pub(crate) date: Option<ShortText>,
    pub(crate) contributors: Vec<Contributor>,
    pub(crate) handle: Option<ShortText>,
    pub(crate) email: Option<ShortText>,
    pub(crate) read_time: Option<StatedReadTime>,
}

impl Byline {
    /// Returns where the byline stands, from its first word to its last.
    ///
    /// ```
    /// let line = "  By Ada Roe  ";
    /// let byline: pullquote::Byline = line.parse().unwrap();
    /// assert_eq!(&line[byline.span().range()], "By Ada Roe");
    /// ```
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// Returns whether people, the staff, or an agency signs.
    ///
    /// ```
    /// let byline: pullquote::Byline = "By Reuters".parse().unwrap();
    /// assert_eq!(byline.kind(), pullquote::BylineKind::Agency);
    /// ```
    #[must_use]
    pub fn kind(&self) -> BylineKind {
        self.kind
    }

    /// Returns the authors in the order of the line; none for a staff or agency byline.
    ///
    /// ```
    /// let byline: pullquote::Byline = "By Ada Roe and Ian Poole".parse().unwrap();
    /// assert_eq!(byline.authors().len(), 2);
    /// ```
    #[must_use]
    pub fn authors(&self) -> &[Author] {
        &self.authors
    }

    /// Returns the role, as written ("Political Correspondent").
    #[must_use]
    pub fn role(&self) -> Option<&str> {
        self.role.as_deref()
    }

    /// Returns the outlet or agency, as written.
    ///
    /// ```
    /// let byline: pullquote::Byline = "By Ada Roe, Harrow Gazette".parse().unwrap();
    /// assert_eq!(byline.outlet(), Some("Harrow Gazette"));
    /// ```
    #[must_use]
    pub fn outlet(&self) -> Option<&str> {
        self.outlet.as_deref()
    }

    /// Returns the place the author reports from, as written.
    ///
    /// ```
    /// let byline: pullquote::Byline = "By Ada Roe in Nairobi".parse().unwrap();
    /// assert_eq!(byline.location(), Some("Nairobi"));
    /// ```
    #[must_use]
    pub fn location(&self) -> Option<&str> {
        self.location.as_deref()
    }

    /// Returns the date, as written.
    ///
    /// ```
    /// let byline: pullquote::Byline = "By Ada Roe | May 4, 2024".parse().unwrap();
    /// assert_eq!(byline.date(), Some("May 4, 2024"));
    /// ```
    #[must_use]
    pub fn date(&self) -> Option<&str> {
        self.date.as_deref()
    }

    /// Returns those who had a share in the work without being authors, in the order of the line.
    ///
    /// ```
    /// let byline: pullquote::Byline = "By Ada Roe | Photographs by Ian Poole".parse().unwrap();
    /// assert_eq!(byline.contributors().len(), 1);
    /// ```
    #[must_use]
    pub fn contributors(&self) -> &[Contributor] {
        &self.contributors
    }

    /// Returns the handle of an author on a social network, its `@` included.
    ///
    /// ```
    /// let byline: pullquote::Byline = "By Ada Roe @adaroe".parse().unwrap();
    /// assert_eq!(byline.handle(), Some("@adaroe"));
    /// ```
    #[must_use]
    pub fn handle(&self) -> Option<&str> {
        self.handle.as_deref()
    }

    /// Returns the e-mail address.
    ///
    /// ```
    /// let byline: pullquote::Byline = "By Ada Roe, ada@gazette.example".parse().unwrap();
    /// assert_eq!(byline.email(), Some("ada@gazette.example"));
    /// ```
    #[must_use]
    pub fn email(&self) -> Option<&str> {
        self.email.as_deref()
    }

    /// Returns the read time stated on the same line.
    ///
    /// ```
    /// let byline: pullquote::Byline = "By Ada Roe | 4 min read".parse().unwrap();
    /// assert_eq!(byline.read_time().unwrap().duration().as_secs(), 240);
    /// ```
    #[must_use]
    pub fn read_time(&self) -> Option<StatedReadTime> {
        self.read_time
    }
}

const EXPECTED: &str = "a byline such as \"By Ada Roe and Ian Poole\"";

/// A byline longer than this is a sentence.
const LONGEST: usize = 400;

/// Reads `line` as a byline; its spans are moved by `base`. Linear in the line.
///
/// A line without "By" counts when `bare` is allowed; it must then hold nothing that a heading or a picture
/// credit could hold too.
pub(crate) fn parse_line(line: &str, base: usize, bare: bool) -> Option<Byline> {
    match plain::read(line) {
        Some(names) => Some(names.byline(line, base)),
        None => read_by_grammar(line, base, bare),
    }
}

fn read_by_grammar(line: &str, base: usize, bare: bool) -> Option<Byline> {
    if line.len() > LONGEST || line.trim_end().ends_with(['?', '!', '”', '"', '…']) {
        return None;
    }
    if is_sentence(line) || !bare && !may_open(line) {
        return None;
    }
    let clean = Clean::new(line);
    let draft = grammar::read(&clean.text)?;
    let signed = !draft.authors.is_empty() || draft.staff || draft.agency;
    // "From Our Partners" is a heading; "From Ada Roe in Paris" is signed.
    let likely = |a: &grammar::Signed| {
        let name = &clean.text[a.name.0..a.name.1];
        person::is_likely(name) && (!draft.heading || is_first_name(name.split(' ').next().unwrap_or("")))
    };
    let weak = draft.weak && !draft.agency && !draft.authors.iter().any(likely);
    if !signed || weak || !(draft.by || bare && stands_bare(&clean.text, &draft)) {
        return None;
    }
    let text = |range: Range| ShortText::from(&clean.text[range.0..range.1]);
    let whole = (0, clean.text.len());
    Some(Byline {
        span: clean.span(whole, base),
        kind: match (draft.authors.is_empty(), draft.agency) {
            (false, _) => BylineKind::Person,
            (true, true) => BylineKind::Agency,
            (true, false) => BylineKind::Staff,
        },
        authors: draft
            .authors
            .iter()
            .map(|a| Author {
                name: PersonName::with_credentials(
                    &clean.text[a.name.0..a.name.1],
                    a.credentials.map(|c| &clean.text[c.0..c.1]),
                ),
                span: clean.span(a.name, base),
                role: a.role.map(text),
            })
            .collect(),
        role: draft.role.map(text),
        outlet: draft.outlet.map(text),
        location: draft.location.map(text),
        date: draft.date.map(text),
        contributors: draft
            .contributors
            .iter()
            .map(|&(name, share)| Contributor {
                name: PersonName::from_text(&clean.text[name.0..name.1]),
                span: clean.span(name, base),
                share: text(share),
            })
            .collect(),
        handle: draft.handle.map(|h| clean.text[h.0..h.1].replace(' ', "").into()),
        email: draft.email.map(text),
        read_time: draft.read_time.map(|(range, seconds)| StatedReadTime {
            span: clean.span(range, base),
            duration: Duration::from_secs(seconds),
        }),
    })
}

/// Tells whether a line is no byline by the number of its small words: a byline has few ("and", "on", "staff
/// writer"), unless it says that it is one. The line is no longer than [`LONGEST`].
fn is_sentence(line: &str) -> bool {
    let (words, small) = signs::words(line);
    let by = line.trim_start().get(..3).is_some_and(|w| w.eq_ignore_ascii_case("by "));
    !by && small > 6 && u16::from(small) * 2 > u16::from(words)
}

/// Tells whether a line may hold an opener such as "By" at all: one cheap pass before the grammar.
///
/// An opener ends with a colon, or with one of a few short words where a word ends or a capital is glued to it.
fn may_open(line: &str) -> bool {
    let mut before = 0;
    for (at, &byte) in line.as_bytes().iter().enumerate() {
        let sort = SORTS[usize::from(byte)];
        let starts = sort & INITIAL != 0 && (before & ALNUM == 0 || sort & UPPER != 0);
        if starts && ends_opener(&line[at..]) || sort & SIGN != 0 && is_sign(line, at) {
            return true;
        }
        before = sort;
    }
    false
}

/// A colon, or the last byte of what has no width and is taken out of the line: an opener may hide round it.
fn is_sign(line: &str, at: usize) -> bool {
    matches!(
        line.as_bytes()[..=at],
        [.., b':'] | [.., 0x80, 0x8b..=0x8f] | [.., 0x81, 0xa0] | [.., 0xbb, 0xbf] | [.., 0xc2, 0xad]
    )
}

const ALNUM: u8 = 1;
const UPPER: u8 = 2;
/// The first letter of what [`ends_opener`] looks for.
const INITIAL: u8 = 4;
/// What [`is_sign`] looks at.
const SIGN: u8 = 8;

/// What each byte may be to [`may_open`].
static SORTS: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let b = byte as u8;
        if b.is_ascii_alphanumeric() {
            table[byte] |= ALNUM;
        }
        if b.is_ascii_uppercase() {
            table[byte] |= UPPER;
        }
        if matches!(b.to_ascii_lowercase(), b'a' | b'b' | b'd' | b'f' | b'p' | b'v') {
            table[byte] |= INITIAL;
        }
        if matches!(b, b':' | 0x8b..=0x8f | 0xa0 | 0xbf | 0xad) {
            table[byte] |= SIGN;
        }
        byte += 1;
    }
    table
};

/// Tells whether one of the words that mean "by" stands at the start of `text`.
fn ends_opener(text: &str) -> bool {
    let bytes = text.as_bytes();
    let len = bytes.iter().take(5).take_while(|b| b.is_ascii_alphabetic()).count();
    // "ByAda", "byby ADA": an extractor glued them.
    (2..=len.min(4)).any(|end| {
        let glued = bytes.get(end).is_none_or(|b| !b.is_ascii_lowercase() || *b == b'b');
        glued && OPENER.has(&text[..end])
    })
}

/// Tells whether a line without "By" is a byline all the same.
///
/// "Ada Roe" and "ADA ROE and IAN POOLE" are; "Closing Thoughts", "REUTERS" (a picture's credit) are not.
fn stands_bare(text: &str, draft: &Draft) -> bool {
    if draft.authors.is_empty() {
        let name = draft.outlet.map_or("", |o| &text[o.0..o.1]);
        let dated = draft.date.is_some() || draft.location.is_some();
        // An agency that is no initialism is set in capitals only under pictures.
        return if draft.agency {
            !(name.len() > 4 && word::is_all_capitals(name))
        } else {
            draft.staff && (dated || draft.label)
        };
    }
    let backed = draft.date.is_some()
        || draft.handle.is_some()
        || draft.email.is_some()
        || draft.role.is_some()
        || draft.read_time.is_some();
    // "Ada Roe:" speaks, "Ada Roe/Reuters" took a picture.
    let pictured = draft.slashed && draft.outlet.is_some() && draft.date.is_none() && draft.role.is_none();
    if text.ends_with(':') || pictured {
        return false;
    }
    let likely = |a: &grammar::Signed| person::is_likely(&text[a.name.0..a.name.1]);
    let given = |a: &grammar::Signed| is_first_name(text[a.name.0..a.name.1].split(' ').next().unwrap_or(""));
    if backed {
        draft.authors.iter().any(|a| likely(a) || given(a))
    } else {
        draft.authors.iter().all(likely)
    }
}

impl FromStr for Byline {
    type Err = Error;

    /// Reads a line as a byline; spans count from the start of `line`.
    ///
    /// # Errors
    ///
    /// When the line holds something besides a byline, or nobody who signs.
    fn from_str(line: &str) -> Result<Byline, Error> {
        parse_line(line, 0, true).ok_or_else(|| Error::new(EXPECTED, line, Span::at(0, line.len())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use alloc::string::String;

    /// Writes a byline on one line: authors, then what else was found, as `key=value`.
    fn told(line: &str) -> String {
        let Ok(byline) = line.parse::<Byline>() else { return "none".into() };
        let mut parts: Vec<String> = Vec::new();
        match byline.kind() {
            BylineKind::Person => {}
            BylineKind::Staff => parts.push("staff".into()),
            BylineKind::Agency => parts.push("agency".into()),
        }
        for author in byline.authors() {
            assert_eq!(author.span().of(line).is_empty(), author.name().as_str().is_empty(), "{line}");
            let more = author.name().credentials().map(|c| format!(" [{c}]")).unwrap_or_default();
            let role = author.role().map(|r| format!(" ({r})")).unwrap_or_default();
            parts.push(format!("{}{more}{role}", author.name()));
        }
        let minutes = byline.read_time().map(|r| format!("{}", r.duration().as_secs() / 60));
        for (key, value) in [
            ("role", byline.role()),
            ("outlet", byline.outlet()),
            ("in", byline.location()),
            ("on", byline.date()),
            ("handle", byline.handle()),
            ("email", byline.email()),
            ("minutes", minutes.as_deref()),
        ] {
            parts.extend(value.map(|v| format!("{key}={v}")));
        }
        for helper in byline.contributors() {
            parts.push(format!("{}: {}", helper.share(), helper.name()));
        }
        parts.join("; ")
    }

    #[test]
    fn forms_of_a_byline() {
        let table = include_str!("cases.txt");
        let mut checked = 0;
        for case in table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let (line, want) = case.split_once(" => ").expect("a case is `line => what is read`");
            assert_eq!(told(line), want, "{line}");
            checked += 1;
        }
        assert!(checked > 150);
    }

    #[test]
    fn spans_point_into_the_line_as_it_was_given() {
        for line in [
            "  By\u{a0}Ada\u{a0}Roe  ",
            "By Ada\u{200b} RoeStaff Writer",
            "Von JÖRG RÖHE@jroehe",
            "By 王小明",
        ] {
            let byline = parse_line(line, 7, true).unwrap();
            let author = &byline.authors()[0];
            let written = &line[author.span().start() - 7..author.span().end() - 7];
            let plain: String = written.chars().filter(|&c| c != '\u{200b}').collect();
            assert_eq!(plain.replace('\u{a0}', " "), author.name().as_str(), "{line}");
            assert!(byline.span().contains(author.span()), "{line}");
        }
    }

    #[test]
    fn every_opener_is_looked_for() {
        for word in
            include_str!("../../lexicon/lists/frame_opener.txt").lines().filter(|l| !l.starts_with('#'))
        {
            assert!(may_open(&format!("Roe, {word} Poole")) && may_open(&format!("{word}Poole")), "{word}");
        }
    }

    #[test]
    fn odd_lines_are_read_without_panic() {
        for line in [
            "",
            " ",
            "By",
            "by ",
            "By:",
            "By By By",
            "|||",
            "By ,",
            "@",
            "By @",
            "(",
            "By (",
            "By Ada Roe (",
            "’",
            "By ’ ’",
            "By .",
            "ÀÉ",
            "By Ada Roe, ,, and",
            "ßß Ünï",
            "By \u{301}Ada Roe",
            "5",
            "By 5 min",
        ] {
            let _ = told(line);
        }
        for c in ["a ", "By ", "(", "A. ", "@a ", "5 ", "and ", "é", "—"] {
            let _ = told(&c.repeat(200));
            let _ = told(&format!("By Ada Roe {}", c.repeat(150)));
        }
    }
}
