//! Where sentences end.

use crate::lex::token::{Case, Token, TokenKind};
use crate::lexicon::Class;

/// Words that start a sentence rather than go on after an abbreviation: "in the U.S. The talks".
const STARTERS: Class = Class::DETERMINER
    .or(Class::PRONOUN_SUBJECT)
    .or(Class::CONJUNCTION)
    .or(Class::PREPOSITION)
    .or(Class::ADVERB);

/// Tells whether a sentence ends after token `i` of a block, closing marks and brackets already passed.
///
/// `tokens` are the tokens of the block. The caller moves on to the returned place, the first token of the
/// next sentence. `None` when token `i` ends nothing.
fn end_after(tokens: &[Token], i: usize) -> Option<usize> {
    let next = i + 1 + tokens[i + 1..].iter().take_while(|t| closes(t)).count();
    ends_before(tokens, i, next).then_some(next)
}

/// What closes a sentence behind its stop.
fn closes(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Close | TokenKind::Stop) || token.is_mark() && !token.spaced
}

/// Tells whether a sentence ends with token `i` and those that close it, up to `next`.
fn ends_before(tokens: &[Token], i: usize, next: usize) -> bool {
    let token = &tokens[i];
    let abbreviation = token.stopped && is_abbreviation(token);
    if token.kind != TokenKind::Stop && !abbreviation {
        return false;
    }
    let Some(after) = tokens.get(next) else { return true };
    if abbreviation && !after.is(STARTERS) || !after.spaced && !tokens[next - 1].is_mark() {
        return false;
    }
    // A mark or a bracket opens the next sentence; look at the word behind it.
    let opens = |t: &&Token| t.is_mark() || t.kind == TokenKind::Open;
    let Some(after) = tokens[next..].iter().find(|t| !opens(t)) else { return true };
    match after.kind {
        TokenKind::Word => after.case != Case::Lower,
        TokenKind::Number | TokenKind::Other | TokenKind::Dash => true,
        _ => false,
    }
}

/// The ends of sentences, asked for token by token: where many stops follow each other, all of them get the answer of
/// the first, so that the time stays linear.
#[derive(Debug, Default)]
pub(crate) struct Ends {
    /// What stands before this place has been answered, if it is a stop.
    until: usize,
    answer: Option<usize>,
}

impl Ends {
    /// Returns where the next sentence starts if one ends after token `i`. The places asked for must rise.
    pub(crate) fn after(&mut self, tokens: &[Token], i: usize) -> Option<usize> {
        let stop = tokens[i].kind == TokenKind::Stop;
        if !stop {
            // An abbreviation, if anything: what closes it is not counted before that is known.
            return tokens[i].stopped.then(|| end_after(tokens, i)).flatten();
        }
        if i >= self.until {
            self.until = i + 1 + tokens[i + 1..].iter().take_while(|t| closes(t)).count();
            self.answer = ends_before(tokens, i, self.until).then_some(self.until);
        }
        self.answer
    }
}

/// Tells whether a sentence starts with token `from + 1`, as the grammar reads it: where a closing bracket or a
/// stray mark follows the stop, behind that.
pub(crate) fn starts_behind(tokens: &[Token], from: usize) -> bool {
    let next = from + 1;
    if tokens.get(next).is_some_and(closes) {
        return false;
    }
    let token = &tokens[from];
    let before = from.checked_sub(1).filter(|_| token.is_mark() || token.kind == TokenKind::Close);
    ends_before(tokens, from, next)
        || before.is_some_and(|before| closes(token) && ends_before(tokens, before, next))
}

/// A title before a name ("Mr.") never ends a sentence.
fn is_abbreviation(token: &Token) -> bool {
    const TITLES: Class = Class::HONORIFIC.or(Class::HONORIFIC_HE).or(Class::HONORIFIC_SHE);
    token.is_word() && token.case != Case::Initial && !token.is(TITLES)
}
