//! Letters: from "Dear Editor," or "Sir, …" to the name that stands under them.

use super::Reader;
use crate::attribution::grammar::{Rule, Who};
use crate::block::BlockKind;
use crate::few::{Few, few};
use crate::frame::name::PersonName;
use crate::lex::token::TokenKind;
use crate::lexicon::Hash;
use crate::span::Span;

/// The name stands so many blocks below the salutation at most.
const LONGEST: usize = 24;

/// Who is written to, with no more than that.
const SIRS: [Hash; 4] = [Hash::of("sir"), Hash::of("sirs"), Hash::of("madam"), Hash::of("editor")];

/// Words of the line over the name.
const CLOSES: [Hash; 6] = [
    Hash::of("yours"),
    Hash::of("sincerely"),
    Hash::of("regards"),
    Hash::of("faithfully"),
    Hash::of("respectfully"),
    Hash::of("wishes"),
];

impl Reader<'_> {
    /// Reads the letters, one after the other.
    pub(super) fn letters(&mut self) {
        let mut r = 0;
        while r < self.story.regions.len() {
            r = self.letter(r).unwrap_or(r + 1);
        }
    }

    /// Reads the letter that starts with region `r`; returns the region behind it.
    fn letter(&mut self, r: usize) -> Option<usize> {
        let regions = &self.story.regions;
        let dear = self.is_salutation(r)?;
        let mut content: Few<Span> = few![regions[r].span];
        let mut next = r + 1;
        let mut signed = false;
        let first = regions[r].block as usize + 1;
        for (n, block) in self.blocks.iter().enumerate().skip(first).take(LONGEST) {
            let line = block.span.of(self.text).lines().next().unwrap_or("").trim();
            let region = regions.get(next).filter(|g| g.block as usize == n);
            if block.kind == BlockKind::Divider || region.is_some() && self.is_salutation(next).is_some() {
                break;
            }
            if (signed || !dear) && is_name(line) {
                let name = Span::at(block.span.start(), block.span.start() + line.len());
                next += usize::from(region.is_some());
                self.claimed[r..next].fill(true);
                self.push(content, None, Some(name), Rule::Letter, Who::Signed);
                return Some(next);
            }
            if region.is_some() {
                content.push(block.span);
                next += 1;
            }
            signed = is_close(line);
        }
        None
    }

    /// Whether a block opens a letter: "Dear Ms Feld,", "Sir, …", "SIR – …"; true where a close follows before the name.
    fn is_salutation(&self, r: usize) -> Option<bool> {
        let region = self.story.regions.get(r)?;
        let tokens = &self.story.tokens.tokens[region.tokens()];
        let word = |i: usize| tokens.get(i).map_or("", |t| t.span.of(self.text));
        let parted = |i: usize| {
            tokens
                .get(i)
                .is_some_and(|t| matches!(t.kind, TokenKind::Comma | TokenKind::Dash | TokenKind::Colon))
        };
        let sir = SIRS.contains(&tokens.first()?.hash);
        // "To the Editor:"
        let editor = word(0) == "To" && word(1) == "the" && word(2) == "Editor" && parted(3);
        if sir && parted(1) || editor {
            return Some(false);
        }
        let named = tokens.get(1).is_some_and(|t| t.is_capital());
        let dear = word(0) == "Dear" && named && (2..6).any(parted);
        dear.then_some(true)
    }
}

/// "Yours sincerely,", "Kind regards": the line over the name.
fn is_close(line: &str) -> bool {
    let mut words = line.split(' ').map(|w| Hash::of(w.trim_end_matches(',')));
    words.clone().count() <= 4 && words.any(|w| CLOSES.contains(&w))
}

/// "Philippa Crane": a line that is the name of a person, perhaps with a title.
fn is_name(line: &str) -> bool {
    let words = line.split(' ').count();
    (2..=5).contains(&words)
        && line.split(' ').all(|w| w.starts_with(char::is_uppercase))
        && !line.ends_with('.')
        && line.parse::<PersonName>().is_ok()
}
