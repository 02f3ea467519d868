//! Which block is what: the order in which the parts of a page are read.

use crate::block::{Block, BlockKind};
use crate::frame::byline::{self, Byline};
use crate::frame::code;
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
pub(crate) fn classify(text: &str, blocks: &mut [Block]) -> Frame {
    let head = headline::read(text, blocks);
    story(text, &mut blocks[head.story..], head.byline.as_ref());
    code::mark(text, &mut blocks[head.story..]);
    let mut frame = Frame {
        headline: head.headline.map(|n| words(text, &blocks[n])),
        dek: head.dek.map(|n| words(text, &blocks[n])),
        byline: head.byline,
        ..Frame::default()
    };
    if frame.byline.is_none() {
        frame.byline = signature(text, &mut blocks[head.story..]);
    }
    frame.stated = read_time(text, blocks, head.story, head.read_time);
    frame.dateline = dateline(text, blocks, head.dateline);
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
    let mut paragraphs = 0;
    let mut commented = false;
    for (n, block) in blocks.iter_mut().enumerate() {
        if commented {
            block.kind = BlockKind::Furniture;
            continue;
        }
        let zone = if n >= tail.max(1) { Zone::Tail } else { Zone::Story };
        let line = Line::new(text, block);
        if zone == Zone::Story && line.end == End::Stop && line.is_longer_than(LONGEST_IN_STORY) {
            (previous, after_colon) = (BlockKind::Paragraph, false);
            paragraphs += 1;
            continue;
        }
        // What readers wrote is no part of the story, and nothing of it comes after them.
        if paragraphs > 1 && furniture::opens_comments(&line) {
            block.kind = BlockKind::Furniture;
            commented = true;
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
            && paragraph::is_bio(&line, byline.map_or(&[], Byline::authors))
        {
            block.kind = BlockKind::Bio;
        }
        // A list goes on until a line that ends as a sentence does.
        after_colon = block.kind == BlockKind::Paragraph
            && (line.end == End::Colon || (after_colon && matches!(line.end, End::Bare | End::Running)));
        previous = block.kind;
        paragraphs += usize::from(previous == BlockKind::Paragraph);
    }
    settle(text, blocks);
}

/// Takes back what the whole shows to be wrong: headings with no story under them.
fn settle(text: &str, blocks: &mut [Block]) {
    let is_tag = |b: &Block| {
        let line = Line::new(text, b);
        (line.end == End::Bare && line.words(5) < 5 || line.end == End::Colon && line.words(3) < 3)
            && !line.set_in
            && !line.text.contains(['"', '“', '—', '–'])
    };
    let story = |b: &Block| b.kind == BlockKind::Paragraph;
    let end = blocks.iter().rposition(|b| story(b) && !is_tag(b)).map_or(blocks.len(), |at| at + 1);
    let (inside, under) = blocks.split_at_mut(end);
    // Verse and lists have many lines without a stop: more of them than of paragraphs are the story itself.
    let subheads = inside.iter().filter(|b| b.kind == BlockKind::Subhead).count();
    let settled = if subheads > inside.iter().filter(|b| story(b)).count() {
        BlockKind::Paragraph
    } else {
        BlockKind::Subhead
    };
    for block in inside.iter_mut().filter(|b| b.kind == BlockKind::Subhead) {
        block.kind = settled;
    }
    // What stands under the last paragraph heads nothing.
    for block in under.iter_mut().filter(|b| matches!(b.kind, BlockKind::Subhead | BlockKind::Paragraph)) {
        block.kind = BlockKind::Furniture;
    }
}

/// Reads the name under the story: "— Ada Roe".
fn signature(text: &str, blocks: &mut [Block]) -> Option<Byline> {
    let last = blocks.len().checked_sub(1)?;
    let block = blocks.get_mut(last).filter(|_| last > 0)?;
    let line = Line::new(text, block);
    if line.end != End::Bare || line.is_longer_than(80) || line.text.contains(['@', '"', '“']) {
        return None;
    }
    let name = line.text.trim_start_matches(['—', '–', '―', '-', ' ']);
    let found = byline::parse_line(name, line.start + line.text.len() - name.len(), true)?;
    block.kind = BlockKind::Byline;
    Some(found)
}

/// Finds the stated read time: in the head of the page, or on one of its last lines.
/// `known` is what the head has read on its lines.
fn read_time(
    text: &str,
    blocks: &mut [Block],
    story: usize,
    known: Option<StatedReadTime>,
) -> Option<StatedReadTime> {
    let last = blocks.len().saturating_sub(3).max(story);
    let (head, rest) = blocks.split_at_mut(last);
    for block in head[..story].iter_mut().chain(rest) {
        let line = block.span.of(text);
        if line.len() > LONGEST_READ_TIME || block.kind == BlockKind::Headline {
            continue;
        }
        let known = known.filter(|k| k.span.start() == block.span.start());
        if let Some(found) = known.or_else(|| read_time::find_in_line(line, block.span.start())) {
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
/// `known` is the one that the head met, and its block.
fn dateline(text: &str, blocks: &[Block], mut known: Option<(usize, Dateline)>) -> Option<Dateline> {
    let may_open = |b: &Block| matches!(b.kind, BlockKind::Dateline | BlockKind::Paragraph);
    blocks.iter().enumerate().filter(|(_, b)| may_open(b)).take(DATELINE_WITHIN).find_map(|(n, b)| {
        let known = known.take_if(|(at, found)| *at == n && found.span.start() == b.span.start());
        known.map(|(_, d)| d).or_else(|| dateline::parse_start(b.span.of(text), b.span.start()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block;
    use alloc::vec::Vec;

    /// The kinds of the blocks, one letter each.
    fn kinds(text: &str) -> alloc::string::String {
        let mut blocks = block::split(text);
        classify(text, &mut blocks);
        blocks.iter().map(|b| letter(b.kind)).collect()
    }

    fn letter(kind: BlockKind) -> char {
        match kind {
            BlockKind::Headline => 'H',
            BlockKind::Dek => 'D',
            BlockKind::Byline => 'B',
            BlockKind::Date => 't',
            BlockKind::ReadTime => 'r',
            BlockKind::Dateline => 'd',
            BlockKind::Paragraph => 'P',
            BlockKind::Subhead => 'S',
            BlockKind::Divider => '*',
            BlockKind::Caption => 'c',
            BlockKind::Credit => 'k',
            BlockKind::Bio => 'b',
            BlockKind::Correction => '!',
            BlockKind::Section => 's',
            BlockKind::Related => 'l',
            BlockKind::Share => 'h',
            BlockKind::Signup => 'g',
            BlockKind::Advertisement => 'a',
            BlockKind::Code => 'o',
            BlockKind::Furniture => 'f',
        }
    }

    /// Pages of our own in the layouts that papers use; `|` ends a line.
    #[test]
    fn pages() {
        let cases: &[(&str, &str)] = &[
            // Frames.
            ("Pier to close|By Ada Roe|The pier shuts on Friday.", "HBP"),
            (
                "LOCAL NEWS||Pier to close on Friday||A storm broke it in March||By Ada Roe|8 April 2021||The pier is shut.",
                "sHDBtP",
            ),
            (
                "The Long View|A pier is for ever, says its last owner|Ada Roe on planks, gulls and debt.|By Ian Poole|The pier is shut.",
                "sHDBP",
            ),
            (
                "Home > News|Pier to close on Friday|Published 8 April 2021, 11:25 BST|By Ada Roe|Share|Save||The pier is shut.",
                "sHtBhhP",
            ),
            (
                "Pier to close - Holt Gazette|Skip to main content|Menu|Pier to close||By Ada Roe||The pier is shut.|© 2024 Holt Gazette",
                "sffHBPk",
            ),
            (
                "CORRECTION: The goat is called Derek.||Goat wins seat on council||Ada Roe|Environment Editor||The goat won.",
                "!HBBP",
            ),
            ("Pier to close|Ada Roe|4 min read|The pier is shut.|“Never,” said Ian Poole.", "HBrPP"),
            ("Pier to close|The pier shuts on Friday.|“Never,” said Ian Poole.", "HPP"),
            ("By Ada Roe||The pier is shut. The gulls have gone.||Nobody waved.", "BPP"),
            ("By Friday the pier was shut.||Nobody came.", "PP"),
            ("# Pier to close||*By Ada Roe*||The pier is shut.||## The bill||It is large.", "HBPSP"),
            ("Pier falls. Nobody was on it.|By Ada Roe|8 April 2021|The pier fell at dawn.", "HBtP"),
            // Furniture in and under the story.
            (
                "Pier to close||The pier is shut.||Advertisement||Read more: ‘I drank the sea’||Nobody waved.||Related topics|Piers|Harrow",
                "HPalPlll",
            ),
            (
                "Pier to close||Ada Roe cuts the ribbon. Photo: Ian Poole/Tarn Pictures||By Sam Orr||The pier is shut.",
                "HcBP",
            ),
            (
                "Pier to close||By Ada Roe||The pier is shut.||“We looked,” said the mayor.||Ada Roe covers piers for the Gazette.||Sign up for our letter",
                "HBPPbg",
            ),
            (
                "Pier to close||The pier is shut.||* * *||The bill was large.||The view from the sand||Nobody waved.||Sam Orr contributed to this report.",
                "HP*PSPk",
            ),
            ("Pier to close||The pier is shut.|Nobody waved.||4-minute read", "HPPr"),
            ("Pier to close||The pier is shut.|Nobody waved.|The gulls have gone.||— Ada Roe", "HPPPB"),
            ("Pier to close||The pier is shut.||Nobody waved.||piers|harrow", "HPPff"),
            ("Pier to close||The pier is shut.||Nobody waved.||In:|Piers|Harrow", "HPPfff"),
            (
                "Pier to close||The pier is shut.|Nobody waved.|3 thoughts on “Pier to close”|Otto|It leaked in my day.|Reply",
                "HPPffff",
            ),
            ("Iceland||Pier to close||By Ada Roe||The pier is shut.", "sHBP"),
            ("Boats / Ferries||Ferry drops its bell||By Ada Roe||The bell is gone.", "sHBP"),
            ("Oslo: Pier to close||By Ada Roe||The pier is shut.", "HBP"),
            // No frame.
            ("“The pier is shut,” said Ada Roe.", "P"),
            ("“You cannot shear with a tablet.” — Ian Poole, farmer", "P"),
            ("Roe: ‘I will not go’", "H"),
            ("Roe: ‘I will not go’||Ada Roe has lived on the pier for years.", "HP"),
            ("HALE: This is the pier.|ROE: Is it shut?|HALE: For ever.", "PPP"),
            ("Holt Radio: Is it shut?||Ada Roe: For ever.||TR: And the gulls?", "PPP"),
            (
                "Ask the vet||By Ada Roe||Q: My goat eats shirts.||A: Only the shirts.||Who rides at four?||Bakers do.",
                "HBPPPP",
            ),
            ("What the traders said:||• “Ready” – Ada Roe, florist|• “Never” – Ian Poole, baker", "PPP"),
            (
                "Roe wrote to the board:||    The gutters were full of leaves in March||> Bring it back||The board met.",
                "PPPP",
            ),
            ("Rain on the harbour|Rain on the mill|Rain on the blind man|Asleep at the till", "HPPP"),
            ("The list in full:|Bread|Two goats|One pier|The list was read aloud.", "PPPPP"),
            ("The bus is on fire.||— Ada Roe (@adaroe) 3 May 2023||Nobody was hurt.", "PPP"),
            (
                "Empty your inbox in one week||Letters||By Ada Roe||The pier is shut. Empty your inbox.||Get piers straight to your inbox.||Nobody waved.",
                "HsBPgP",
            ),
            ("", ""),
        ];
        for (page, want) in cases {
            let text: Vec<&str> = page.split('|').collect();
            assert_eq!(kinds(&text.join("\n")), *want, "{page:?}");
        }
    }

    #[test]
    fn spans_leave_markup_out() {
        let text = "# Pier to close\n\n**3 min read**\n\nThe pier is shut.";
        let mut blocks = block::split(text);
        let frame = classify(text, &mut blocks);
        assert_eq!(frame.headline.map(|s| s.of(text)), Some("Pier to close"));
        assert_eq!(frame.stated.map(|s| s.span.of(text)), Some("3 min read"));
    }
}
