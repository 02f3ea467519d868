//! Which block is what: the order in which the parts of a page are read.

use alloc::vec::Vec;

use crate::block::{Block, BlockKind};
use crate::frame::byline::{self, Byline};
use crate::frame::dateline::{self, Dateline};
use crate::frame::furniture::{self, LONGEST_IN_STORY, Zone};
use crate::frame::headline;
use crate::frame::line::{End, Line};
use crate::frame::paragraph;
use crate::frame::read_time::{self, StatedReadTime};
use crate::span::Span;

/// How many of the last blocks may be about the author, the desk, the rights.
const TAIL: usize = 10;
/// A dateline stands in one of the first paragraphs.
const DATELINE_WITHIN: usize = 4;
/// A line that states a read time is no longer than this, in bytes.
const LONGEST_READ_TIME: usize = 160;

/// What the blocks tell about the article around its story.
#[derive(Debug, Default)]
pub(crate) struct Frame {
    pub(crate) headline: Option<Span>,
    pub(crate) dek: Option<Span>,
    pub(crate) byline: Option<Byline>,
    pub(crate) stated: Option<StatedReadTime>,
    pub(crate) dateline: Option<Dateline>,
}

/// Gives every block its kind and returns the frame. Linear in the text.
pub(crate) fn classify(text: &str, blocks: &mut Vec<Block>) -> Frame {
    let head = headline::read(text, blocks);
    story(text, &mut blocks[head.story..], head.byline.as_ref());
    let mut frame = Frame {
        headline: head.headline.map(|n| words(text, &blocks[n])),
        dek: head.dek.map(|n| words(text, &blocks[n])),
        byline: head.byline,
        ..Frame::default()
    };
    if frame.byline.is_none() {
        frame.byline = signature(text, &mut blocks[head.story..]);
    }
    frame.stated = read_time(text, blocks, head.story);
    frame.dateline = dateline(text, blocks);
    frame
}

/// The block without its markup.
fn words(text: &str, block: &Block) -> Span {
    let line = Line::new(text, block);
    Span::at(line.start, line.start + line.text.len())
}

/// Gives the blocks from the first one of the story on their kinds.
fn story(text: &str, blocks: &mut [Block], byline: Option<&Byline>) {
    let tail = blocks.len().saturating_sub(TAIL);
    let mut previous = BlockKind::Paragraph;
    let mut after_colon = false;
    for (n, block) in blocks.iter_mut().enumerate() {
        let line = Line::new(text, block);
        let zone = if n >= tail.max(1) { Zone::Tail } else { Zone::Story };
        if zone == Zone::Story && line.end == End::Stop && line.text.len() > LONGEST_IN_STORY {
            (previous, after_colon) = (BlockKind::Paragraph, false);
            continue;
        }
        block.kind = furniture::kind(&line, zone).unwrap_or_else(|| paragraph::kind(&line, after_colon));
        // What stands under "Related stories" is a link as long as it is no sentence.
        if block.kind == BlockKind::Subhead && previous == BlockKind::Related {
            block.kind = BlockKind::Related;
        }
        // Who the author is stands under the story, or right under the byline.
        if (zone == Zone::Tail || (n < 2 && byline.is_some()))
            && block.kind == BlockKind::Paragraph
            && line.end != End::Cry
        {
            let names = byline.into_iter().flat_map(Byline::authors).map(|a| a.name().as_str());
            if paragraph::is_bio(&line, names) {
                block.kind = BlockKind::Bio;
            }
        }
        // A list goes on until a line that ends as a sentence does.
        after_colon = block.kind == BlockKind::Paragraph
            && (line.end == End::Colon || (after_colon && matches!(line.end, End::Bare | End::Running)));
        previous = block.kind;
    }
    // What stands under the last paragraph heads nothing.
    for block in blocks.iter_mut().rev().take_while(|b| b.kind != BlockKind::Paragraph) {
        if block.kind == BlockKind::Subhead {
            block.kind = BlockKind::Furniture;
        }
    }
}

/// Reads the name under the story: "— Ada Roe".
fn signature(text: &str, blocks: &mut [Block]) -> Option<Byline> {
    let last = blocks.len().checked_sub(1)?;
    let block = blocks.get_mut(last).filter(|_| last > 0)?;
    let line = Line::new(text, block);
    if line.end != End::Bare || line.text.len() > 80 || line.text.contains(['@', '"', '“']) {
        return None;
    }
    let name = line.text.trim_start_matches(['—', '–', '―', '-', ' ']);
    let found = byline::parse_line(name, line.start + line.text.len() - name.len(), true)?;
    block.kind = BlockKind::Byline;
    Some(found)
}

/// Finds the stated read time: in the head of the page, or on one of its last lines.
fn read_time(text: &str, blocks: &mut [Block], story: usize) -> Option<StatedReadTime> {
    let last = blocks.len().saturating_sub(3).max(story);
    let (head, rest) = blocks.split_at_mut(last);
    for block in head[..story].iter_mut().chain(rest) {
        let line = block.span.of(text);
        if line.len() > LONGEST_READ_TIME || block.kind == BlockKind::Headline {
            continue;
        }
        if let Some(found) = read_time::find_in_line(line, block.span.start()) {
            let alone = found.span.len() + 12 >= line.len();
            if alone && block.kind != BlockKind::Byline {
                block.kind = BlockKind::ReadTime;
            } else if matches!(block.kind, BlockKind::Paragraph | BlockKind::Dek) {
                continue;
            }
            return Some(found);
        }
    }
    None
}

/// Finds the dateline: on a line of its own before the story, or at the start of one of the first paragraphs.
fn dateline(text: &str, blocks: &[Block]) -> Option<Dateline> {
    blocks
        .iter()
        .filter(|b| matches!(b.kind, BlockKind::Dateline | BlockKind::Paragraph))
        .take(DATELINE_WITHIN)
        .find_map(|b| dateline::parse_start(b.span.of(text), b.span.start()))
}
