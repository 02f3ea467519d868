//! The style of marks that a text keeps to: straight or curly.

use alloc::vec::Vec;

use super::record::{Quotation, Repair};
use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::lex::glyph::{self, Family, Style};
use crate::lex::story::Story;
use crate::span::Span;

/// A text mixes wholesale when so many quotations are whole in each of the two styles.
const WHOLESALE: usize = 3;

/// The style that most double marks of a text have: straight or curly; `None` where neither leads.
#[derive(Debug, Clone, Copy)]
pub(super) struct House {
    pub(super) style: Option<Style>,
}

impl House {
    /// Counts the marks of the story. Linear in their number.
    pub(super) fn of(story: &Story) -> House {
        let count = |style| story.glyphs().filter(|g| g.family == Family::Double && g.style == style).count();
        let (straight, curly) = (count(Style::Straight), count(Style::Curly));
        let style = match straight.cmp(&curly) {
            core::cmp::Ordering::Less => Some(Style::Curly),
            core::cmp::Ordering::Equal => None,
            core::cmp::Ordering::Greater => Some(Style::Straight),
        };
        House { style }
    }
}

/// Reports a text that is written in two styles: once, at the first quotation of the rarer style.
pub(super) fn report_mixed(text: &str, quotations: &[Quotation], findings: &mut Vec<Diagnostic>) {
    let mut seen: [(usize, Option<Span>); 2] = [(0, None); 2];
    for quotation in quotations.iter().filter(|q| q.repair == Repair::None) {
        let (Some(open), Some(_)) = (quotation.open, quotation.close) else { continue };
        let Some((glyph, _)) = glyph::read(open.of(text)) else { continue };
        let place = match (glyph.family, glyph.style) {
            (Family::Double, Style::Straight) => 0,
            (Family::Double, Style::Curly) => 1,
            _ => continue,
        };
        seen[place].0 += 1;
        seen[place].1 = seen[place].1.or(Some(open));
    }
    if seen.iter().all(|(n, _)| *n >= WHOLESALE) {
        let (rarer, other) =
            if seen[0].0 <= seen[1].0 { (seen[0].1, seen[1].1) } else { (seen[1].1, seen[0].1) };
        if let Some(rarer) = rarer {
            findings.push(Diagnostic::new(DiagnosticCode::MixedMarkStyles, rarer, other));
        }
    }
}

/// Reports the marks that are written as entities or as mojibake, each with the mark that was meant.
pub(super) fn report_encoded(text: &str, story: &Story, findings: &mut Vec<Diagnostic>) {
    for region in &story.regions {
        let bytes = &text.as_bytes()[region.span.range()];
        let mut after = 0;
        // Entities start with `&`, mojibake with `â`: no other glyph does.
        for at in memchr::memchr2_iter(b'&', 0xc3, bytes) {
            let at = region.span.start() + at;
            if at < after {
                continue;
            }
            let Some((glyph, len)) = glyph::read(&text[at..region.span.end()]) else { continue };
            if !glyph.encoded {
                continue;
            }
            after = at + len;
            let span = Span::at(at, after);
            let entity = bytes[at - region.span.start()] == b'&';
            let code = if entity { DiagnosticCode::EntityMark } else { DiagnosticCode::MojibakeMark };
            let finding = Diagnostic::new(code, span, None);
            findings.push(match glyph::drawn(glyph.style, glyph.family, glyph.facing) {
                Some(text) => finding.with_replacement(crate::diagnostic::Replacement { span, text }),
                None => finding,
            });
        }
    }
}
