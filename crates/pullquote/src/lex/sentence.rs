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
pub(crate) fn end_after(tokens: &[Token], i: usize) -> Option<usize> {
    let token = &tokens[i];
    let abbreviation = token.stopped && is_abbreviation(token);
    if token.kind != TokenKind::Stop && !abbreviation {
        return None;
    }
    let mut next = i + 1;
    while let Some(t) = tokens.get(next) {
        let closes = t.kind == TokenKind::Close || (t.is_mark() && !t.spaced) || t.kind == TokenKind::Stop;
        if !closes {
            break;
        }
        next += 1;
    }
    let Some(mut after) = tokens.get(next) else { return Some(next) };
    if abbreviation && !after.is(STARTERS) {
        return None;
    }
    if !after.spaced && !tokens[next - 1].is_mark() {
        return None;
    }
    // A mark or a bracket opens the next sentence; look at the word behind it.
    let mut look = next;
    while after.is_mark() || after.kind == TokenKind::Open {
        look += 1;
        match tokens.get(look) {
            Some(t) => after = t,
            None => return Some(next),
        }
    }
    let starts = match after.kind {
        TokenKind::Word => after.case != Case::Lower,
        TokenKind::Number | TokenKind::Other | TokenKind::Dash => true,
        _ => false,
    };
    starts.then_some(next)
}

/// Tells whether a sentence starts with token `from + 1`, as the grammar reads it: where a closing bracket or a
/// stray mark follows the stop, behind that.
pub(crate) fn starts_behind(tokens: &[Token], from: usize) -> bool {
    let token = &tokens[from];
    let before = from.checked_sub(1).filter(|_| token.is_mark() || token.kind == TokenKind::Close);
    let next = Some(from + 1);
    end_after(tokens, from) == next || before.is_some_and(|before| end_after(tokens, before) == next)
}

/// A title before a name ("Mr.") never ends a sentence.
fn is_abbreviation(token: &Token) -> bool {
    const TITLES: Class = Class::HONORIFIC.or(Class::HONORIFIC_HE).or(Class::HONORIFIC_SHE);
    token.is_word() && token.case != Case::Initial && !token.is(TITLES)
}
