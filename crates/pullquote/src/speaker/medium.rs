//! Whose words a medium holds: "the statement", "her reply", "Roe’s post".

use core::ops::Range;

use crate::lex::token::Token;
use crate::lexicon::{Class, Hash};
use crate::mention::name::Bearer;
use crate::mention::title;
use crate::speaker::discourse::gender_of;
use crate::speaker::resolve::Reader;

/// What somebody says in writing, or once: whose it is says it.
const LETTERS: [Hash; 13] = Hash::of_all([
    "answer",
    "comment",
    "e-mail",
    "email",
    "letter",
    "message",
    "note",
    "post",
    "reply",
    "response",
    "statement",
    "tweet",
    "video",
]);

impl Reader<'_, '_, '_> {
    /// Whose words "the statement" are, or "her reply": a medium that somebody used before, or that somebody owns.
    pub(super) fn medium(&self, noun: usize, range: &Range<usize>) -> Option<usize> {
        let cast = &*self.cast;
        if !LETTERS.contains(&cast.tokens[noun].hash) || noun + 1 != range.end {
            return None;
        }
        // "Roe’s post"
        if range.len() > 2 && title::is_clitic(cast.text, cast.tokens, noun - 1) {
            let n = cast.names_in(range.clone()).next_back()?;
            let fits = cast.names[n].tokens.end == noun - 1 && cast.names[n].bearer != Bearer::Place;
            return Some(cast.owners[n]).filter(|&who| fits && who != usize::MAX);
        }
        if range.len() != 2 {
            return None;
        }
        let owner = &cast.tokens[range.start];
        if let Some(gender) = gender_of(owner) {
            return self.talk.one(cast, range.start, Some(gender)).map(|g| g.who);
        }
        let used = self.mediums.iter().flatten().find(|m| m.0 == cast.tokens[noun].hash);
        used.map(|m| m.1).filter(|_| !owner.is(Class::POSSESSIVE))
    }

    /// Remembers "In a statement, …" of a quote whose source stands at token `at`.
    pub(super) fn remember_medium(&mut self, at: usize, who: usize) {
        const REACH: usize = 16;
        let cast = &*self.cast;
        let from = cast.sentence_start(at).max(at.saturating_sub(REACH));
        let near = &cast.tokens[from..(at + REACH).min(cast.tokens.len()).max(from)];
        // Few words are both, and no processor guesses which is one of them only.
        let article = |t: &Token| t.is(Class::DETERMINER) & (t.span.len() <= 2);
        let noun = near.windows(2).find(|pair| article(&pair[0]) && LETTERS.contains(&pair[1].hash));
        if let Some([_, noun]) = noun {
            let used = (noun.hash, who);
            self.mediums.rotate_right(1);
            self.mediums[0] = Some(used);
        }
    }
}
