//! A quotation over several paragraphs whose tag stands in the last one: “It rained. ¶ “It froze,” Feld said.

use alloc::vec::Vec;

use super::grammar::{Raw, Rule, Who};
use crate::quotation::Quotation;
use crate::span::Span;

/// Nobody holds a quotation, or an attribution that names nobody.
const FREE: usize = usize::MAX;

/// A quotation that nobody held goes on in another one now.
const TAKEN: usize = FREE - 1;

/// Gives each attribution the paragraphs before it that its quotation goes on from, if they are nobody's.
///
/// Linear in the quotations; `owners` is memory to work with.
pub(super) fn back(quotations: &[Quotation], raws: &mut Vec<Raw>, owners: &mut Vec<usize>) {
    if !quotations.iter().any(|q| q.continued) {
        return;
    }
    owners.clear();
    owners.resize(quotations.len(), FREE);
    for (r, raw) in raws.iter().enumerate().filter(|(_, raw)| raw.rule != Rule::Unknown) {
        raw.quotations.iter().for_each(|&q| owners[q] = r);
    }
    // Where the attributions that grow started before, and the quotation that they start with now.
    let mut starts: Vec<(Span, usize)> = Vec::new();
    for raw in raws.iter_mut().filter(|raw| raw.rule != Rule::Unknown && !raw.nested && raw.cue.is_some()) {
        let (Some(&opened), Some(&start)) = (raw.quotations.first(), raw.content.first()) else { continue };
        // The quotation must open what is said.
        if quotations[opened].span.start() != start.start() {
            continue;
        }
        let outer = (0..opened).rev().filter(|&q| quotations[q].depth == 0);
        for q in outer {
            if !quotations[q].continued || owners[q] != FREE {
                break;
            }
            owners[q] = TAKEN;
            raw.quotations.push(q);
            raw.content.push(quotations[q].span);
        }
        raw.quotations.sort_unstable();
        raw.content.sort_unstable();
        if raw.content[0] != start {
            starts.push((start, raw.quotations[0]));
        }
    }
    if starts.is_empty() {
        return;
    }
    let taken = |raw: &Raw| !raw.quotations.is_empty() && raw.quotations.iter().all(|&q| owners[q] == TAKEN);
    raws.retain(|raw| raw.rule != Rule::Unknown || !taken(raw));
    starts.sort_unstable();
    for raw in raws {
        if let Who::Follows(before) = raw.who
            && let Ok(at) = starts.binary_search_by_key(&before, |s| s.0)
        {
            raw.who = Who::Follows(quotations[starts[at].1].span);
        }
    }
}
