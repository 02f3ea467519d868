//! One stage at a time, for the benches; no part of the public interface.

use alloc::vec::Vec;

use crate::article::Article;
use crate::attribution::chain::{self, Wanted};
use crate::attribution::grammar::Raw;
use crate::attribution::{merge, model, setting};
use crate::block::{self, Block, BlockKind};
use crate::frame::{count, page};
use crate::lex::story::{self, Story};
use crate::parser::Parser;
use crate::quotation::{self, Quotation};
use crate::speaker;
use crate::workspace::Workspace;

/// Holds what the stages before found, so that each stage can be run alone and again.
#[derive(Debug)]
pub struct Stages<'t> {
    text: &'t str,
    /// As `block::split` left them, before they have kinds.
    bare: Vec<Block>,
    blocks: Vec<Block>,
    story: Story,
    quotations: Vec<Quotation>,
    grammar: Vec<Raw>,
}

impl<'t> Stages<'t> {
    /// Runs all stages but the learned one.
    #[must_use]
    pub fn new(text: &'t str) -> Stages<'t> {
        let bare = block::split(text);
        let mut blocks = bare.clone();
        page::classify(text, &mut blocks);
        let story = story::read(text, &blocks);
        let quotations = quotation::pair(text, &story, &mut Vec::new());
        let grammar = chain::read(text, &story, &blocks, &quotations);
        Stages { text, bare, blocks, story, quotations, grammar }
    }

    /// Splits the text into blocks; returns their number.
    #[must_use]
    pub fn blocks(&self) -> usize {
        block::split(self.text).len()
    }

    /// Gives the blocks their kinds; returns how many are paragraphs.
    #[must_use]
    pub fn classify(&self) -> usize {
        let mut blocks = self.bare.clone();
        page::classify(self.text, &mut blocks);
        blocks.iter().filter(|b| b.kind == BlockKind::Paragraph).count()
    }

    /// Counts the words of the paragraphs.
    #[must_use]
    pub fn words(&self) -> u32 {
        count::body(self.text, &self.blocks).0
    }

    /// Reads tokens and sentences; returns the number of tokens.
    #[must_use]
    pub fn tokens(&self) -> usize {
        story::read(self.text, &self.blocks).tokens.tokens.len()
    }

    /// Pairs the marks; returns the number of quotations.
    #[must_use]
    pub fn quotations(&self) -> usize {
        quotation::pair(self.text, &self.story, &mut Vec::new()).len()
    }

    /// Reads attributions by grammar; returns their number.
    #[must_use]
    pub fn grammar(&self) -> usize {
        chain::read(self.text, &self.story, &self.blocks, &self.quotations).len()
    }

    /// Reads attributions by the learned model; returns their number.
    #[must_use]
    pub fn model(&self) -> usize {
        let mut scratch = model::Scratch::default();
        model::propose(self.text, &self.story, &self.quotations, &self.grammar, Wanted::All, &mut scratch)
            .len()
    }

    /// Joins attributions and finds their speakers; returns the number of quotes.
    #[must_use]
    pub fn speakers(&self) -> usize {
        let (text, story) = (self.text, &self.story);
        let mut quotations = self.quotations.clone();
        let mut raws = self.grammar.clone();
        merge::merge(text, story, &quotations, &mut raws, Vec::new(), &mut merge::Scratch::default());
        let (mut scratch, mut found) = (speaker::Scratch::default(), speaker::Resolved::default());
        speaker::resolve(text, story, &mut raws, None, &mut quotations, 0.5, &mut scratch, &mut found);
        setting::read(text, story, &mut found.quotes);
        quotation::settle(text, &mut quotations, &found.quotes);
        found.quotes.len()
    }

    /// Runs everything but the learned model, from the text on; returns the number of quotes.
    #[must_use]
    pub fn untagged(&self) -> usize {
        untagged(self.text, &mut Workspace::new()).quotes().len()
    }
}

/// Reads a text as far as its quotations, with the buffers of a workspace.
#[must_use]
pub fn quotations<'t>(text: &'t str, workspace: &mut Workspace) -> Article<'t> {
    Parser::new().parse_quotations(text, workspace)
}

/// Reads a text with everything but the learned model, with the buffers of a workspace.
#[must_use]
pub fn untagged<'t>(text: &'t str, workspace: &mut Workspace) -> Article<'t> {
    Parser::new().parse_untagged(text, workspace)
}
