//! What a quotation is: speech, fragment, title, nickname, term, gloss or scare quote.
//!
//! Decided twice: by form and neighbours alone, before anything is known of who speaks, and again when
//! the quotes are known: words that somebody is quoted with are speech, whatever they look like.

use core::ops::Range;

use super::record::{Quotation, QuotationKind};
use crate::attribution::quote::{Quote, QuoteKind};
use crate::lex::story::Story;
use crate::lex::token::{Case, Token, TokenKind};
use crate::lexicon::{Class, terms};

/// The longest nickname, term or gloss, in words.
const FEW: usize = 4;
/// So many tokens of a quotation, marks left out, are looked at.
const START: usize = 2 * LONGEST_TITLE;
/// The longest title, in words.
const LONGEST_TITLE: usize = 12;

/// Sets the kinds by form and neighbours. Linear in the tokens but for the depth of nesting.
pub(super) fn read(text: &str, story: &Story, quotations: &mut [Quotation]) {
    let tokens = &story.tokens.tokens;
    for quotation in quotations {
        let Range { start: from, end: to } = story.tokens.within(quotation.span);
        quotation.kind = Form { text, tokens, from, to, quotation }.kind();
    }
}

/// Settles the kinds when the quotes are known. Linear in the quotations.
pub(crate) fn settle(text: &str, quotations: &mut [Quotation], quotes: &[Quote]) {
    for quotation in quotations {
        let quote = quotation.quote.and_then(|q| quotes.get(q as usize));
        quotation.kind = match (quotation.kind, quote) {
            (QuotationKind::Nickname | QuotationKind::Gloss, _) => quotation.kind,
            (QuotationKind::Title | QuotationKind::Term | QuotationKind::Scare, Some(quote)) => {
                // She said she loved “The Salt Road”: the words around it are hers, the title is not.
                let own = quote.kind == QuoteKind::Direct
                    && quote.content().iter().any(|c| c.start() == quotation.span.start());
                if !own {
                    quotation.kind
                } else if quotation.kind == QuotationKind::Title {
                    QuotationKind::Speech
                } else {
                    QuotationKind::Fragment
                }
            }
            (QuotationKind::Fragment, None) if is_short(quotation, text) => QuotationKind::Scare,
            (kind, _) => kind,
        };
    }
}

fn is_short(quotation: &Quotation, text: &str) -> bool {
    quotation.inner().of(text).split_whitespace().take(FEW + 1).count() <= FEW
}

/// A quotation and the tokens around it.
struct Form<'a> {
    text: &'a str,
    tokens: &'a [Token],
    /// Its first token and the one after its last.
    from: usize,
    to: usize,
    quotation: &'a Quotation,
}

impl Form<'_> {
    fn kind(&self) -> QuotationKind {
        if self.quotation.open.is_none() || self.quotation.close.is_none() {
            return QuotationKind::Speech;
        }
        let from = (self.from + 1).min(self.to);
        let inside = &self.tokens[from..self.to.saturating_sub(1).max(from)];
        let Some(any) = inside.first() else { return QuotationKind::Fragment };
        // Most quotations are longer than all that is neither speech nor a fragment.
        let start = || inside.iter().filter(|t| !t.is_mark()).take(START);
        let mut words = 0;
        for token in start() {
            words += usize::from(counts(token));
            if words > LONGEST_TITLE {
                break;
            }
        }
        let ends = || {
            let last = if inside.len() > START {
                start().last()
            } else {
                inside.iter().rev().find(|t| !t.is_mark())
            };
            last.is_some_and(|t| matches!(t.kind, TokenKind::Comma | TokenKind::Stop))
        };
        if words > 0 && words <= FEW && !self.leads_in() {
            if !ends() && self.is_gloss() {
                return QuotationKind::Gloss;
            }
            if self.is_nickname(start().next(), ends()) {
                return QuotationKind::Nickname;
            }
        }
        if words <= LONGEST_TITLE && (inside.len() > START || may_be_title(inside)) {
            let (mut kept, mut len) = ([any; START], 0);
            for (to, token) in kept.iter_mut().zip(start()) {
                *to = token;
                len += 1;
            }
            if self.is_title(&kept[..len]) {
                return QuotationKind::Title;
            }
        }
        if words > 0 && words <= FEW && self.is_term() {
            return QuotationKind::Term;
        }
        let starts_small = start().next().is_some_and(|t| t.case == Case::Lower);
        let whole = || ends() || self.follows_with(&[TokenKind::Comma, TokenKind::Stop]) || self.leads_in();
        if starts_small || !whole() || (words < 2 && !ends()) {
            QuotationKind::Fragment
        } else {
            QuotationKind::Speech
        }
    }

    /// The token `n` before the quotation, in the same block.
    fn before(&self, n: usize) -> Option<&Token> {
        self.tokens.get(self.from.checked_sub(n)?)
    }

    fn after(&self, n: usize) -> Option<&Token> {
        self.tokens.get(self.to + n)
    }

    fn follows_with(&self, kinds: &[TokenKind]) -> bool {
        self.after(0).is_some_and(|t| kinds.contains(&t.kind))
    }

    /// A comma or a colon leads into it, as into an utterance.
    fn leads_in(&self) -> bool {
        self.before(1).is_some_and(|t| matches!(t.kind, TokenKind::Comma | TokenKind::Colon))
    }

    /// Whether the words before it end with a phrase of a list: `known as`, `the word`.
    fn follows(&self, list: terms::Phrases) -> bool {
        let Some(last) = self.before(1) else { return false };
        (1..=3).any(|n| {
            self.before(n)
                .is_some_and(|first| first.is_word() && list.has(first.span.cover(last.span).of(self.text)))
        })
    }

    /// jidai (“era”); “era”, which is what jidai means, is none.
    fn is_gloss(&self) -> bool {
        let bracketed = self.before(1).is_some_and(|t| t.kind == TokenKind::Open)
            && self.follows_with(&[TokenKind::Close])
            && self.before(2).is_some_and(Token::is_word);
        let name = self.tokens.get(self.from + 1).is_some_and(Token::is_capital)
            && self.before(2).is_some_and(Token::is_capital);
        (bracketed && !name) || self.follows(terms::QUOTE_GLOSS)
    }

    /// Ruben “Copper” Hale; a man who goes by the name “Lefty”; Robert (“Bob”) Roe.
    fn is_nickname(&self, first: Option<&Token>, ends: bool) -> bool {
        let capital = first.is_some_and(Token::is_capital);
        if self.follows(terms::QUOTE_ALIAS) {
            return capital;
        }
        let name_before = |n: usize| {
            self.before(n).is_some_and(|t| t.is_capital() && !t.stopped || t.case == Case::Initial)
        };
        let between = name_before(1) && self.after(0).is_some_and(|t| t.is_capital() && t.spaced);
        let bracketed = self.before(1).is_some_and(|t| t.kind == TokenKind::Open)
            && self.follows_with(&[TokenKind::Close])
            && name_before(2);
        capital && !ends && (between || bracketed)
    }

    /// “The Salt Road”: title case and nothing that ends an utterance, or a work's noun before it.
    fn is_title(&self, inside: &[&Token]) -> bool {
        let small = Class::PREPOSITION.or(Class::DETERMINER).or(Class::CONJUNCTION).or(Class::PARTICLE);
        let words = || inside.iter().filter(|t| counts(t));
        let (Some(first), Some(last)) = (words().next(), words().next_back()) else { return false };
        // “The Ferryman’s Coat”
        let owner = |t: &Token| !t.spaced && t.span.of(self.text).starts_with(['\'', '’']);
        if !upper(first) || !upper(last) || !words().all(|t| upper(t) || t.is(small) || owner(t)) {
            return false;
        }
        // “WE ARE READY” is copy in capitals.
        let cased = words().any(|t| t.case == Case::Capital);
        // “No.” ends an utterance; “The Salt Road.” at the end of a sentence need not.
        let stops = inside.iter().rev().skip(1).any(|t| t.kind == TokenKind::Stop);
        let mid = self.before(1).is_some_and(|t| t.is_word() || t.kind == TokenKind::Number);
        let work = self.follows(terms::QUOTE_WORK) || self.names_work();
        work || (cased && !stops && words().nth(1).is_some() && mid)
    }

    /// In her first book, “The Salt Road,” she …: an apposition to a work's noun.
    fn names_work(&self) -> bool {
        let comma = self.before(1).is_some_and(|t| t.kind == TokenKind::Comma);
        comma && self.before(2).is_some_and(|t| t.is_word() && terms::QUOTE_WORK.has(t.span.of(self.text)))
    }

    /// so-called “phantom votes”; the word “safe”; dubbed “the Grip”.
    fn is_term(&self) -> bool {
        self.follows(terms::QUOTE_TERM)
    }
}

/// Whether the first and the last of some words are as in a title: what most utterances end at.
fn may_be_title(inside: &[Token]) -> bool {
    let mut words = inside.iter().filter(|t| counts(t));
    words.next().is_some_and(|first| upper(first) && words.next_back().is_none_or(upper))
}

/// Whether a token is a word of a title.
fn counts(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Word | TokenKind::Number)
}

fn upper(token: &Token) -> bool {
    token.is_capital() || token.kind == TokenKind::Number
}

#[cfg(test)]
mod tests {
    use crate::QuotationKind::{self, *};

    #[test]
    fn kinds() {
        let cases: &[(&str, &[QuotationKind])] = &[
            ("“We are late,” said Ada Roe.", &[Speech]),
            ("Ada Roe said the pier was “old and cold and grey”.", &[Fragment]),
            ("The “free” lift cost a pound.", &[Scare]),
            ("They sold so-called “phantom votes” here.", &[Term]),
            ("The word “safe” stands there twice.", &[Term]),
            ("She starred in “The Salt Road” last year.", &[Title]),
            ("She starred in “The Ferryman’s Coat” last year.", &[Title]),
            ("The film “Gulls” was long.", &[Title]),
            ("In her first book, “The Salt Road,” Ada Roe said boats were cold.", &[Title]),
            ("In an interview on “Harbour Talk,” Ada Roe said boats were cold.", &[Title]),
            ("Ruben “Copper” Hale said he would sing.", &[Nickname]),
            ("Robert (“Bob”) Hale sang.", &[Nickname]),
            ("A man who goes by the name “Lefty” sang.", &[Nickname]),
            ("It is the jidai (“era”) of boats.", &[Gloss]),
            ("The sign said aye, meaning “yes”, in Scots.", &[Gloss]),
            ("“I loved ‘The Salt Road’ so much,” said Ada Roe.", &[Speech, Title]),
            ("“WE GO AT NINE,” SAID NORA ROE.", &[Speech]),
        ];
        for (text, kinds) in cases {
            let text = alloc::format!("Pier shut\n\n{text}");
            let article = crate::parse(&text);
            let got: alloc::vec::Vec<_> = article.quotations().iter().map(|q| q.kind()).collect();
            assert_eq!(&got, kinds, "{text}");
        }
    }
}
