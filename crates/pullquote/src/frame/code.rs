//! Code between fences, as a page in markdown has it: on the page, but no prose.

use crate::block::{Block, BlockKind};

/// What opens and closes a stretch of code at the start of a line (CommonMark, section 4.5).
const FENCES: [&str; 2] = ["```", "~~~"];

/// Gives blocks from a fence to the next one their kind; a fence that is never closed opens nothing.
/// Linear in the blocks.
pub(super) fn mark(text: &str, blocks: &mut [Block]) {
    let bytes = text.as_bytes();
    let may_fence = |b: &Block| matches!(bytes.get(b.span.start()), Some(b'`' | b'~'));
    let fence = |b: &Block| {
        may_fence(b).then(|| FENCES.iter().position(|f| b.span.of(text).starts_with(f))).flatten()
    };
    let mut open: Option<(usize, usize)> = None;
    for n in 0..blocks.len() {
        match (open, fence(&blocks[n])) {
            (None, Some(kind)) => open = Some((n, kind)),
            (Some((from, kind)), Some(found)) if kind == found => {
                blocks[from..=n].iter_mut().for_each(|b| b.kind = BlockKind::Code);
                open = None;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    fn code(text: &str) -> Vec<&str> {
        let mut blocks = crate::block::split(text);
        mark(text, &mut blocks);
        blocks.iter().filter(|b| b.kind == BlockKind::Code).map(|b| b.span.of(text)).collect()
    }

    #[test]
    fn fences() {
        let cases: &[(&str, usize)] = &[
            ("The script failed.\n\n```\nopen gate\nshut gate\n```\n\nIt was mended.", 4),
            ("The script failed.\n\n~~~ sh\nopen gate\n~~~\n\nIt was mended.", 3),
            ("```\nopen gate\n\nNobody closed the fence.", 0),
            ("``We are late,'' he said.\n\n``So are we.''", 0),
        ];
        for (text, want) in cases {
            assert_eq!(code(text).len(), *want, "{text}");
        }
    }
}
