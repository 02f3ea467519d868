//! `Lexicon`: words that a program adds to the lists at run time.

use alloc::string::String;
use alloc::vec::Vec;

use crate::attribution::quote::CueClass;
use crate::error::Error;
use crate::lex::token::Tokens;
use crate::lexicon::{self, Class, Hash};
use crate::span::Span;

/// Holds words of your own beside the built-in lists: verbs that attribute, nouns for what people do.
///
/// ```
/// use pullquote::{CueClass, Lexicon, Parser};
/// # fn main() -> Result<(), pullquote::Error> {
/// let words = Lexicon::new().cue("quacked", CueClass::Say)?.title("harbourmistress")?;
/// let text = "“The pier is shut,” quacked Ada Roe, harbourmistress at Marle.";
/// let article = Parser::new().parse_with(text, &words);
/// let quote = &article.quotes()[0];
/// assert_eq!(&article[quote.cue().unwrap().spans()[0]], "quacked");
/// let speaker = &article[quote.speaker().unwrap()];
/// assert_eq!(&article[speaker.title().unwrap()], "harbourmistress");
/// # Ok(())
/// # }
/// ```
///
/// Parsing without a lexicon costs nothing more than before. With one, each word of the text is looked up once
/// more, in time that grows with the logarithm of the number of added words.
///
/// A word counts in any case (ASCII) and as it is written here: add each form of a verb ("quacks", "quacked",
/// "quacking"). Added words change how the story is read, not the frame: a byline knows the built-in titles only.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lexicon {
    /// Sorted by hash, then by word.
    words: Vec<Word>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    hash: Hash,
    /// In lower case.
    text: String,
    role: bool,
    cue: Option<CueClass>,
}

/// How many bytes an added word may have.
const LONGEST: usize = 40;

/// Words that hold a sentence together: as a verb or a title they would break every reading.
const GRAMMAR: Class = Class::AUXILIARY
    .or(Class::NEGATION)
    .or(Class::PRONOUN_SUBJECT)
    .or(Class::PRONOUN_OTHER)
    .or(Class::DETERMINER)
    .or(Class::POSSESSIVE)
    .or(Class::PREPOSITION)
    .or(Class::CONJUNCTION)
    .or(Class::WH_WORD);

impl Lexicon {
    /// Makes a lexicon without words.
    ///
    /// ```
    /// use pullquote::{Lexicon, Parser, parse};
    /// let text = "“It leaks,” said Ada Roe.";
    /// assert_eq!(Parser::new().parse_with(text, &Lexicon::new()).quotes(), parse(text).quotes());
    /// ```
    #[must_use]
    pub const fn new() -> Lexicon {
        Lexicon { words: Vec::new() }
    }

    /// Adds one form of a verb that attributes, and says to which family it belongs.
    ///
    /// It is read as the chief verb of the family is ("say", "tell", "ask" …) in the form that it looks like
    /// ("-s", "-ing", else the past), which is what [`Cue::lemma`](crate::Cue::lemma) returns, unless the built-in
    /// lists know the word, which then keeps its lemma. A word that was added before changes its family.
    ///
    /// # Errors
    ///
    /// When `form` is not one word of letters, hyphens and apostrophes inside it, is longer than 40 bytes, or is a
    /// word that grammar is made of ("the", "is", "who").
    ///
    /// ```
    /// use pullquote::{CueClass, Lexicon, Parser};
    /// let words = Lexicon::new().cue("hollered", CueClass::Say).unwrap();
    /// let article = Parser::new().parse_with("Ada Roe hollered that the pier was shut.", &words);
    /// assert_eq!(article.quotes()[0].text(&article), "that the pier was shut");
    /// let error = Lexicon::new().cue("hit back", CueClass::Say).unwrap_err();
    /// assert!(error.to_string().starts_with("expected one word"), "{error}");
    /// ```
    pub fn cue(self, form: &str, class: CueClass) -> Result<Lexicon, Error> {
        self.with(form, |word| word.cue = Some(class))
    }

    /// Adds a noun for what somebody does ("harbourmistress"), which is then read as a title beside a name and as
    /// somebody who can speak.
    ///
    /// # Errors
    ///
    /// As [`cue`](Lexicon::cue) does.
    ///
    /// ```
    /// use pullquote::{Lexicon, Parser};
    /// let words = Lexicon::new().title("harbourmistress").unwrap();
    /// let text = "Harbourmistress Ada Roe said that the pier was shut.";
    /// let article = Parser::new().parse_with(text, &words);
    /// assert_eq!(article.speakers()[0].name(), "Ada Roe");
    /// assert!(Lexicon::new().title("the").is_err());
    /// ```
    pub fn title(self, noun: &str) -> Result<Lexicon, Error> {
        self.with(noun, |word| word.role = true)
    }

    fn with(mut self, text: &str, set: impl FnOnce(&mut Word)) -> Result<Lexicon, Error> {
        const ONE_WORD: &str = "one word of letters, such as \"quacked\"";
        let whole = Span::at(0, text.len());
        let bad = text.char_indices().find(|(_, c)| !(c.is_alphabetic() || matches!(c, '-' | '\'' | '’')));
        if let Some((at, _)) = bad {
            return Err(Error::new(ONE_WORD, text, Span::at(at, text.len())));
        }
        let ends = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        if text.len() > LONGEST || !ends(text.chars().next()) || !ends(text.chars().next_back()) {
            return Err(Error::new(ONE_WORD, text, whole));
        }
        if lexicon::class(text).any(GRAMMAR) {
            return Err(Error::new("a verb or a noun, not a word that grammar is made of", text, whole));
        }
        let (hash, text) = (Hash::of(text), text.to_ascii_lowercase());
        let key = |w: &Word| (w.hash.0, w.text.clone());
        let place = match self.words.binary_search_by_key(&(hash.0, text.clone()), key) {
            Ok(place) => place,
            Err(place) => {
                self.words.insert(place, Word { hash, text, role: false, cue: None });
                place
            }
        };
        set(&mut self.words[place]);
        Ok(self)
    }

    /// Tells whether no word was added.
    ///
    /// ```
    /// assert!(pullquote::Lexicon::new().is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Returns the number of words added.
    ///
    /// ```
    /// let words = pullquote::Lexicon::new().title("reeve").unwrap().title("Reeve").unwrap();
    /// assert_eq!(words.len(), 1);
    /// ```
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Gives the tokens of a text what the added words say of them. Linear in the tokens.
    pub(crate) fn mark(&self, text: &str, tokens: &mut Tokens) {
        if self.words.is_empty() {
            return;
        }
        for token in tokens.tokens.iter_mut().filter(|t| t.is_word()) {
            let from = self.words.partition_point(|w| w.hash.0 < token.hash.0);
            let word = token.span.of(text);
            let alike = self.words[from..].iter().take_while(|w| w.hash == token.hash);
            let Some(found) = alike.into_iter().find(|w| w.text.eq_ignore_ascii_case(word)) else { continue };
            if found.role {
                token.class = token.class.or(Class::ROLE);
            }
            if let Some(class) = found.cue {
                let model = lexicon::look_up(model(class, &found.text));
                token.class = token.class.without(CUES).or(model.map_or(Class::NONE, |m| m.class));
                if token.lemma == 0 {
                    token.lemma = model.map_or(0, |m| m.lemma);
                    token.hash = Hash::of(self::model(class, &found.text));
                    token.plain = false;
                }
            }
        }
    }
}

/// The lists that a family of verbs is told by; an added verb leaves those it stood in.
const CUES: Class = crate::attribution::cue::ANY;

/// The verb that one of a family is read as, in the form that `word` looks like.
fn model(class: CueClass, word: &str) -> &'static str {
    let [s, past, ing] = match class {
        CueClass::Say => ["says", "said", "saying"],
        CueClass::Tell => ["tells", "told", "telling"],
        CueClass::Ask => ["asks", "asked", "asking"],
        CueClass::Write => ["writes", "wrote", "writing"],
        CueClass::Claim => ["claims", "claimed", "claiming"],
        CueClass::Deny => ["denies", "denied", "denying"],
        CueClass::Promise => ["announces", "announced", "announcing"],
        CueClass::Judge => ["praises", "praised", "praising"],
        CueClass::Label => ["brands", "branded", "branding"],
        CueClass::Manner => ["whispers", "whispered", "whispering"],
        CueClass::Think => ["thinks", "thought", "thinking"],
        CueClass::Want => ["intends", "intended", "intending"],
        CueClass::Evidence => ["shows", "showed", "showing"],
    };
    if word.ends_with("ing") {
        ing
    } else if word.ends_with('s') && !word.ends_with("ss") {
        s
    } else {
        past
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Parser;
    use alloc::format;

    #[test]
    fn every_family_has_a_verb_that_is_read_as_one_of_it() {
        use CueClass::*;
        for class in
            [Say, Tell, Ask, Write, Claim, Deny, Promise, Judge, Label, Manner, Think, Want, Evidence]
        {
            for form in ["zorbs", "zorbed", "zorbing"] {
                let word = lexicon::look_up(model(class, form)).unwrap();
                assert_eq!(crate::attribution::cue::class_of(word.class), class, "{form} as {class:?}");
            }
            let words = Lexicon::new().cue("zorbed", class).unwrap();
            let article = Parser::new().parse_with("“The pier is shut,” Ada Roe zorbed on Monday.", &words);
            let cue = article.quotes()[0].cue().unwrap();
            assert_eq!((cue.class(), &article[cue.spans()[0]]), (class, "zorbed"));
        }
    }

    #[test]
    fn added_verbs_attribute_and_only_where_they_are_added() {
        let words =
            Lexicon::new().cue("zorbs", CueClass::Say).unwrap().cue("zorbed", CueClass::Tell).unwrap();
        let cases: &[(&str, &str, &str)] = &[
            ("Ada Roe zorbed the Gazette that the pier was shut.", "zorbed", "that the pier was shut"),
            ("“No,” ZORBS Ada Roe.", "ZORBS", "“No,”"),
            ("The pier, Ada Roe zorbs, is shut.", "zorbs", "The pier is shut"),
        ];
        for (text, cue, content) in cases {
            let article = Parser::new().parse_with(text, &words);
            let quote = &article.quotes()[0];
            assert_eq!(&article[quote.cue().unwrap().spans()[0]], *cue, "{text}");
            assert_eq!(quote.text(&article).replace(", Ada Roe zorbs,", ""), *content, "{text}");
            assert!(crate::parse(text).quotes().iter().all(|q| q.cue().is_none()), "{text}");
        }
    }

    #[test]
    fn added_titles_are_titles() {
        let words = Lexicon::new().title("portreeve").unwrap();
        for text in [
            "“It leaks,” said Ada Roe, the portreeve of Marle.",
            "Marle portreeve Ada Roe said that it leaked.",
        ] {
            let article = Parser::new().parse_with(text, &words);
            assert_eq!(article.speakers()[0].title().map(|s| &article[s]), Some("portreeve"), "{text}");
        }
    }

    #[test]
    fn bad_words_are_refused_with_a_reason() {
        let cases: &[(&str, &str)] = &[
            ("", "expected one word of letters, such as \"quacked\", found \"\" at byte 0"),
            ("hit back", "expected one word of letters, such as \"quacked\", found \" back\" at byte 3"),
            ("-quacked", "expected one word of letters, such as \"quacked\", found \"-quacked\" at byte 0"),
            ("b2b", "expected one word of letters, such as \"quacked\", found \"2b\" at byte 1"),
            ("who", "expected a verb or a noun, not a word that grammar is made of, found \"who\" at byte 0"),
        ];
        for (word, want) in cases {
            assert_eq!(format!("{}", Lexicon::new().title(word).unwrap_err()), *want);
            assert_eq!(format!("{}", Lexicon::new().cue(word, CueClass::Say).unwrap_err()), *want);
        }
        assert!(Lexicon::new().title(&"a".repeat(41)).is_err());
    }
}
