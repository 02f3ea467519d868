//! Names of people.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use crate::error::Error;
use crate::lexicon::{self, Class};
use crate::short::ShortText;
use crate::span::Span;

/// Holds a person's name as written, and its parts.
///
/// ```
/// let name: pullquote::PersonName = "Ada de la Cruz Jr.".parse().unwrap();
/// assert_eq!(name.as_str(), "Ada de la Cruz Jr.");
/// assert_eq!((name.given(), name.family(), name.suffix()), (Some("Ada"), Some("de la Cruz"), Some("Jr.")));
/// assert!(name.may_be_same(&"A. de la Cruz".parse().unwrap()));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PersonName {
    text: ShortText,
    name: Span,
    honorific: Option<Span>,
    given: Option<Span>,
    particles: Option<Span>,
    family: Option<Span>,
    suffix: Option<Span>,
    credentials: Option<Span>,
}

impl PersonName {
    /// Returns the name as written, without the letters after it.
    ///
    /// ```
    /// let name: pullquote::PersonName = "Dr. Ada van Roe Jr., PhD".parse().unwrap();
    /// assert_eq!(name.as_str(), "Dr. Ada van Roe Jr.");
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.name.of(&self.text)
    }

    /// Returns the honorific before the name, as written ("Dr.", "Sir").
    ///
    /// ```
    /// let name: pullquote::PersonName = "Dr. Ada van Roe Jr., PhD".parse().unwrap();
    /// assert_eq!(name.honorific(), Some("Dr."));
    /// ```
    #[must_use]
    pub fn honorific(&self) -> Option<&str> {
        self.honorific.map(|s| s.of(&self.text))
    }

    /// Returns the given names.
    ///
    /// ```
    /// let name: pullquote::PersonName = "Dr. Ada van Roe Jr., PhD".parse().unwrap();
    /// assert_eq!(name.given(), Some("Ada"));
    /// ```
    #[must_use]
    pub fn given(&self) -> Option<&str> {
        self.given.map(|s| s.of(&self.text))
    }

    /// Returns the particles that the family name starts with ("de la", "van").
    ///
    /// ```
    /// let name: pullquote::PersonName = "Dr. Ada van Roe Jr., PhD".parse().unwrap();
    /// assert_eq!(name.particles(), Some("van"));
    /// ```
    #[must_use]
    pub fn particles(&self) -> Option<&str> {
        self.particles.map(|s| s.of(&self.text))
    }

    /// Returns the family name, its particles included.
    ///
    /// ```
    /// let name: pullquote::PersonName = "Dr. Ada van Roe Jr., PhD".parse().unwrap();
    /// assert_eq!(name.family(), Some("van Roe"));
    /// ```
    #[must_use]
    pub fn family(&self) -> Option<&str> {
        self.family.map(|s| s.of(&self.text))
    }

    /// Returns the generational suffix ("Jr.", "III").
    ///
    /// ```
    /// let name: pullquote::PersonName = "Dr. Ada van Roe Jr., PhD".parse().unwrap();
    /// assert_eq!(name.suffix(), Some("Jr."));
    /// ```
    #[must_use]
    pub fn suffix(&self) -> Option<&str> {
        self.suffix.map(|s| s.of(&self.text))
    }

    /// Returns the degrees and orders after the name, as written ("MS, RD").
    ///
    /// ```
    /// let name: pullquote::PersonName = "Dr. Ada van Roe Jr., PhD".parse().unwrap();
    /// assert_eq!(name.credentials(), Some("PhD"));
    /// ```
    #[must_use]
    pub fn credentials(&self) -> Option<&str> {
        self.credentials.map(|s| s.of(&self.text))
    }

    /// Returns the name in mixed case: what is set in capitals, or all in lower case, is restored.
    ///
    /// ```
    /// let name: pullquote::PersonName = "IAN McPOOLE-O’ROE III".parse().unwrap();
    /// assert_eq!(name.display(), "Ian McPoole-O’Roe III");
    /// ```
    #[must_use]
    pub fn display(&self) -> String {
        let name = self.as_str();
        let lower = !name.chars().any(char::is_uppercase) && name.chars().any(char::is_lowercase);
        let mut shown = String::with_capacity(name.len());
        for (place, word) in name.split(' ').enumerate() {
            if place > 0 {
                shown.push(' ');
            }
            restore(word, place, lower, &mut shown);
        }
        shown
    }

    /// Tells whether two names may name the same person: the family names agree, and every given name of
    /// one agrees with that of the other, is its initial, or is missing.
    ///
    /// Case, accents on Latin letters, stops and honorifics do not count; two different suffixes do.
    ///
    /// ```
    /// let name = |s: &str| s.parse::<pullquote::PersonName>().unwrap();
    /// assert!(name("J. Smith").may_be_same(&name("Jane Smith")));
    /// assert!(!name("Jane Smith").may_be_same(&name("John Smith")));
    /// ```
    #[must_use]
    pub fn may_be_same(&self, other: &PersonName) -> bool {
        let family = |n: &PersonName| n.family().or(n.given()).map(letters).unwrap_or_default();
        let suffixes = match (self.suffix(), other.suffix()) {
            (Some(a), Some(b)) => letters(a) == letters(b),
            _ => true,
        };
        if !suffixes || family(self) != family(other) {
            return false;
        }
        if self.family.is_none() || other.family.is_none() {
            return true;
        }
        let (mine, theirs) = (self.given_words(), other.given_words());
        let agree = |a: &String, b: &String| {
            let initial = a.chars().count() == 1 || b.chars().count() == 1;
            a == b || initial && a.chars().next() == b.chars().next()
        };
        mine.iter().zip(&theirs).all(|(a, b)| agree(a, b))
    }

    /// Splits the given names into folded words; "J.M." gives two.
    fn given_words(&self) -> Vec<String> {
        let given = self.given().unwrap_or("");
        given.split([' ', '.', '-']).map(letters).filter(|w| !w.is_empty()).collect()
    }

    /// Returns the first byte of the name.
    pub(crate) fn first_byte(&self) -> Option<u8> {
        self.text.first_byte()
    }

    /// Splits a name of given names and one family name: its words are parted by single spaces, and none is
    /// known to be anything else.
    pub(crate) fn from_plain(text: &str) -> PersonName {
        let (name, family) = (Span::at(0, text.len()), text.rfind(' ').map_or(0, |i| i + 1));
        PersonName {
            name,
            honorific: None,
            given: Some(Span::at(0, family.saturating_sub(1))),
            particles: None,
            family: Some(Span::at(family, text.len())),
            suffix: None,
            credentials: None,
            text: text.into(),
        }
    }

    /// Splits a text that is known to be a name.
    pub(crate) fn from_text(text: &str) -> PersonName {
        PersonName::with_credentials(text, None)
    }

    /// Splits a text that is known to be a name; `credentials` stood after it.
    pub(crate) fn with_credentials(text: &str, credentials: Option<&str>) -> PersonName {
        let spaced = |t: &str| t.split(' ').all(|w| !w.is_empty() && !w.contains(char::is_whitespace));
        let mut text = if spaced(text) {
            Cow::Borrowed(text)
        } else {
            Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
        };
        let name = Span::at(0, text.len());
        let (mut few, mut many) = ([Span::default(); USUAL_WORDS], Vec::new());
        let mut count = 0;
        let mut start = 0;
        for word in text.split(' ').filter(|w| !w.is_empty()) {
            let span = Span::at(start, start + word.len());
            match few.get_mut(count) {
                Some(place) => *place = span,
                None if many.is_empty() => many.extend(few.into_iter().chain([span])),
                None => many.push(span),
            }
            count += 1;
            start = span.end() + 1;
        }
        let words = if many.is_empty() { &few[..count] } else { &many[..] };
        let credentials = credentials.map(|c| {
            let text = text.to_mut();
            text.push_str(", ");
            let start = text.len();
            text.push_str(c);
            Span::at(start, text.len())
        });
        let text = match text {
            Cow::Borrowed(text) => ShortText::from(text),
            Cow::Owned(text) => text.into(),
        };
        let class = |s: &Span| lexicon::class(s.of(&text).trim_matches(['.', ',']));
        let titles = words.iter().take_while(|s| class(s).any(HONORIFICS)).count();
        // "Dean Roe" has a given name, "Dr. Roe" and "Dean Ada Roe" have none there.
        let titles = titles.min(words.len().saturating_sub(1));
        let sure = |s: &Span| {
            s.of(&text).ends_with('.') || class(s).any(Class::ABBREVIATION) || words.len() > titles + 1
        };
        let titles = if words[..titles].iter().all(sure) { titles } else { 0 };
        let (honorific, rest) = words.split_at(titles);
        let suffixed = rest.len() > 1 && rest.last().is_some_and(|s| class(s).any(Class::SUFFIX));
        let (names, suffix) = rest.split_at(rest.len() - usize::from(suffixed));
        let reversed = names.first().is_some_and(|s| s.of(&text).ends_with(',')) && names.len() > 1;
        let (given, family): (&[Span], &[Span]) = match names {
            [] => (&[], &[]),
            // "Dr. Roe": one name after an honorific is the family's.
            [_] if titles > 0 => (&[], names),
            [_] => (names, &[]),
            // "Roe, Ada".
            [family, given @ ..] if reversed => (given, core::slice::from_ref(family)),
            _ => names.split_at(family_from(names, &text, &class)),
        };
        let particles = family.iter().take_while(|s| class(s).any(Class::PARTICLE)).count();
        let particles = &family[..particles.min(family.len().saturating_sub(1))];
        PersonName {
            name,
            honorific: cover(honorific),
            given: cover(given),
            particles: cover(particles),
            family: cover(family).map(|s| bare(s, &text)),
            suffix: cover(suffix),
            credentials,
            text,
        }
    }
}

/// Names of so many words are split without memory of their own.
const USUAL_WORDS: usize = 8;

const HONORIFICS: Class = Class::HONORIFIC.or(Class::HONORIFIC_HE).or(Class::HONORIFIC_SHE);

/// Returns where the family name starts: at its particles, before a joining "y", or at the last word.
fn family_from(names: &[Span], text: &str, class: &impl Fn(&Span) -> Class) -> usize {
    let last = names.len() - 1;
    // "Ian E. Roe": a single capital is an initial.
    let initial = |s: &str| s.ends_with('.') || s.len() == 1 && s.starts_with(char::is_uppercase);
    let particle = |i: usize| class(&names[i]).any(Class::PARTICLE) && !initial(names[i].of(text));
    // "Ana Ortega y Ruiz": "y" joins two family names.
    let y = (2..last).find(|&i| names[i].len() == 1 && particle(i)).map(|i| i - 1);
    let mut from = last;
    while from > 1 && particle(from - 1) {
        from -= 1;
    }
    y.unwrap_or(from)
}

fn cover(spans: &[Span]) -> Option<Span> {
    Some(spans.first()?.cover(*spans.last()?))
}

/// Leaves out the comma that a suffix or a given name follows.
fn bare(span: Span, text: &str) -> Span {
    Span::at(span.start(), span.start() + span.of(text).trim_end_matches(',').len())
}

/// Folds a name to its letters: lower case, no accents, no marks.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).map(unaccented).collect()
}

/// Takes the accent off a Latin letter; leaves every other letter alone.
fn unaccented(c: char) -> char {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' | 'ģ' => 'g',
        'ì'..='ï' | 'ī' | 'į' | 'ı' => 'i',
        'ł' | 'ľ' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'ş' | 'š' | 'ș' => 's',
        'ť' | 'ţ' | 'ț' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    }
}

/// Writes one word of a name in mixed case.
fn restore(word: &str, place: usize, lower: bool, out: &mut String) {
    let bare = word.trim_matches(['.', ',']);
    let class = lexicon::class(bare);
    let shouted = bare.chars().filter(|c| c.is_uppercase()).count() > 1;
    let initials = bare.contains('.') || place == 0 && bare.len() <= 3 && !bare.contains(is_vowel);
    let numeral = class.any(Class::SUFFIX) && bare.chars().all(|c| matches!(c, 'I' | 'V'));
    if !lower && (!shouted || initials || numeral) {
        out.push_str(word);
        return;
    }
    if place > 0 && class.any(Class::PARTICLE) && !class.any(Class::FIRST_HE.or(Class::FIRST_SHE)) {
        out.extend(word.chars().flat_map(char::to_lowercase));
        return;
    }
    let capitals = !word.chars().any(char::is_lowercase);
    if !capitals && !lower && !has_shouted_tail(word) {
        out.push_str(word);
        return;
    }
    // A capital stands first, after a hyphen, after "O’" and "D’", after "Mc", and where the name had a
    // lower-case prefix before its capitals ("MacROE").
    let mut up = true;
    let mut part = 0;
    let mut prefix = String::new();
    for c in word.chars() {
        let after_prefix = !capitals && !lower && c.is_uppercase() && prefix.ends_with(char::is_lowercase);
        if up || after_prefix {
            out.extend(c.to_uppercase());
        } else {
            out.extend(c.to_lowercase());
        }
        prefix.push(c);
        part += 1;
        let mc = prefix.eq_ignore_ascii_case("mc");
        let elided = matches!(c, '\'' | '’') && part <= 2;
        up = c == '-' || elided || mc;
        if c == '-' || elided {
            part = 0;
            prefix.clear();
        }
    }
}

fn is_vowel(c: char) -> bool {
    "AEIOUYaeiouy".contains(c) || !c.is_ascii()
}

/// "MacROE", "deROSA": two capitals side by side at the end of a mixed word.
fn has_shouted_tail(word: &str) -> bool {
    let mut from_end = word.chars().rev().filter(|c| c.is_alphabetic());
    from_end.next().is_some_and(char::is_uppercase) && from_end.next().is_some_and(char::is_uppercase)
}

impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for PersonName {
    type Err = Error;

    /// Reads a line that holds one name and nothing else; degrees may follow a comma.
    ///
    /// # Errors
    ///
    /// When the line is empty, longer than ten words, or a word of it starts with neither a capital nor a
    /// letter of a script without case, and is no particle ("de", "van").
    fn from_str(line: &str) -> Result<PersonName, Error> {
        const EXPECTED: &str = "a person's name such as \"Ada Roe\"";
        let text = line.trim();
        let whole = Span::at(0, line.len());
        if text.is_empty() || text.split_whitespace().count() > 10 {
            return Err(Error::new(EXPECTED, line, whole));
        }
        for word in text.split_whitespace() {
            let capital = word.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
            let grown =
                word.chars().next().is_some_and(char::is_alphabetic) && word.contains(char::is_uppercase);
            if !capital && !grown && !lexicon::class(word).any(Class::PARTICLE) {
                let start = word.as_ptr() as usize - line.as_ptr() as usize;
                return Err(Error::new(EXPECTED, line, Span::at(start, start + word.len())));
            }
        }
        // "Ada Roe, MD": what follows the comma is degrees when every part of it is one.
        let degree = |w: &str| {
            let bare: String = w.chars().filter(|&c| c != '.').collect();
            lexicon::class(&bare).any(Class::CREDENTIAL)
        };
        let cut = text.match_indices(',').map(|(i, _)| i).find(|&i| {
            let rest = &text[i + 1..];
            !rest.trim().is_empty() && rest.split(',').all(|p| degree(p.trim()))
        });
        Ok(match cut {
            Some(i) => PersonName::with_credentials(&text[..i], Some(text[i + 1..].trim())),
            None => PersonName::from_text(text),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> PersonName {
        text.parse().unwrap_or_else(|e| panic!("{text}: {e}"))
    }

    #[test]
    fn a_name_is_split_into_its_parts() {
        // Name, honorific, given, particles, family, suffix, credentials.
        for (text, honorific, given, particles, family, suffix, credentials) in [
            ("Ada Roe", "", "Ada", "", "Roe", "", ""),
            ("Ada M. Roe", "", "Ada M.", "", "Roe", "", ""),
            ("Ian E. Roe", "", "Ian E.", "", "Roe", "", ""),
            ("J.K. Roe", "", "J.K.", "", "Roe", "", ""),
            ("Ada van der Roe", "", "Ada", "van der", "van der Roe", "", ""),
            ("Fouad El Roe", "", "Fouad", "El", "El Roe", "", ""),
            ("Luz de la Marsh", "", "Luz", "de la", "de la Marsh", "", ""),
            ("Ana Ortega y Poole", "", "Ana", "", "Ortega y Poole", "", ""),
            ("Ian Poole Jr.", "", "Ian", "", "Poole", "Jr.", ""),
            ("Ian Poole, Sr.", "", "Ian", "", "Poole", "Sr.", ""),
            ("Ian Poole III", "", "Ian", "", "Poole", "III", ""),
            ("Dr. Ada Roe", "Dr.", "Ada", "", "Roe", "", ""),
            ("Sir Ian Poole", "Sir", "Ian", "", "Poole", "", ""),
            ("Mrs. Roe", "Mrs.", "", "", "Roe", "", ""),
            ("Dean Roe", "", "Dean", "", "Roe", "", ""),
            ("Ada Roe, MD", "", "Ada", "", "Roe", "", "MD"),
            ("Ian Poole Sr, MD, PhD", "", "Ian", "", "Poole", "Sr", "MD, PhD"),
            ("Roe, Ada", "", "Ada", "", "Roe", "", ""),
            ("Madonna", "", "Madonna", "", "", "", ""),
            ("  Ada   O’Roe-Poole ", "", "Ada", "", "O’Roe-Poole", "", ""),
            ("Иван Петров", "", "Иван", "", "Петров", "", ""),
        ] {
            let name = name(text);
            let got = [
                name.honorific(),
                name.given(),
                name.particles(),
                name.family(),
                name.suffix(),
                name.credentials(),
            ];
            let want = [honorific, given, particles, family, suffix, credentials];
            assert_eq!(got.map(Option::unwrap_or_default), want, "{text}");
        }
    }

    #[test]
    fn capitals_are_restored() {
        for (text, display) in [
            ("ADA ROE", "Ada Roe"),
            ("ADA O'ROE", "Ada O'Roe"),
            ("IAN McPOOLE", "Ian McPoole"),
            ("IAN MCPOOLE", "Ian McPoole"),
            ("IAN MacPOOLE", "Ian MacPoole"),
            ("ADA-MAY ROE-POOLE", "Ada-May Roe-Poole"),
            ("ADA DE LA ROE", "Ada de la Roe"),
            ("J.K. ROE", "J.K. Roe"),
            ("JD ROE", "JD Roe"),
            ("IAN POOLE JR.", "Ian Poole Jr."),
            ("IAN POOLE III", "Ian Poole III"),
            ("JÖRG RÖHE", "Jörg Röhe"),
            ("Ada deRoe", "Ada deRoe"),
            ("Ada van der Roe", "Ada van der Roe"),
        ] {
            assert_eq!(name(text).display(), display, "{text}");
        }
        assert_eq!(PersonName::from_text("ada roe").display(), "Ada Roe");
    }

    #[test]
    fn two_writings_may_name_one_person() {
        for (a, b, same) in [
            ("J. Smith", "Jane Smith", true),
            ("J.M. Smith", "Jane Smith", true),
            ("JANE SMITH", "Jane Smith", true),
            ("Dr. Jane Smith", "Jane Smith", true),
            ("José Núñez", "Jose Nunez", true),
            ("Jane Mary Smith", "Jane M. Smith", true),
            ("Mrs. Smith", "Jane Smith", true),
            ("Ian Poole Jr.", "Ian Poole", true),
            ("Ian Poole Jr.", "Ian Poole Sr.", false),
            ("Jane Smith", "John Smith", false),
            ("J. Smith", "Kay Smith", false),
            ("Jane Smith", "Jane Smythe", false),
        ] {
            assert_eq!(name(a).may_be_same(&name(b)), same, "{a} / {b}");
            assert_eq!(name(b).may_be_same(&name(a)), same, "{b} / {a}");
        }
    }

    #[test]
    fn what_is_no_name_is_refused_where_it_fails() {
        for (text, at) in [("", 0), ("Ada likes Roe", 4), ("7 Roe", 0), ("Ada 2nd", 4)] {
            assert_eq!(text.parse::<PersonName>().unwrap_err().span().start(), at, "{text}");
        }
    }
}
