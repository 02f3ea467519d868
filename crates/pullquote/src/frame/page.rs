//! Which block is what: headline, dek, byline, read time, story, furniture.

use alloc::vec::Vec;

use crate::block::{Block, BlockKind};
use crate::frame::byline::{self, Byline};
use crate::frame::dateline::{self, Dateline};
use crate::frame::read_time::{self, StatedReadTime};
use crate::span::Span;

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
    let mut frame = Frame::default();
    for (n, block) in blocks.iter_mut().enumerate().take(12) {
        let line = block.span.of(text);
        let base = block.span.start();
        if n == 0 && !line.ends_with(['.', '”', '"']) && line.len() < 200 {
            block.kind = BlockKind::Headline;
            frame.headline = Some(block.span);
        } else if frame.byline.is_none()
            && let Some(found) = byline::parse_line(line, base, n == 1)
        {
            block.kind = BlockKind::Byline;
            frame.byline = Some(found);
        } else if line.len() < 60
            && let Some(found) = read_time::find_in_line(line, base)
        {
            block.kind = BlockKind::ReadTime;
            frame.stated = Some(found);
        }
    }
    if let Some(first) = blocks.iter().find(|b| b.kind == BlockKind::Paragraph) {
        frame.dateline = dateline::parse_start(first.span.of(text), first.span.start());
    }
    frame
}
