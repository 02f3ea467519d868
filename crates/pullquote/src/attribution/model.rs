//! The learned part as a whole: from a story to the attributions that the model proposes.

use alloc::vec::Vec;

use super::chain::Wanted;
use super::grammar::Raw;
use super::linker::{self, Proposal};
use super::sequence::Document;
use super::tagger::{self, Found};
use super::weights::Weights;
use crate::lex::story::Story;
use crate::quotation::Quotation;

/// The memory of proposing, kept for the next text.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    doc: Document,
    work: tagger::Work,
    found: Found,
}

/// Proposes attributions, in order of their cues; none where the weights do not fit the features.
///
/// # Complexity
///
/// Linear in the tokens.
pub(crate) fn propose(
    text: &str,
    story: &Story,
    quotations: &[Quotation],
    grammar: &[Raw],
    wanted: Wanted,
    scratch: &mut Scratch,
) -> Vec<Proposal> {
    let Some(weights) = Weights::embedded() else { return Vec::new() };
    let Scratch { doc, work, found } = scratch;
    doc.fill(text, story, quotations, grammar);
    tagger::tag_into(text, doc, &weights, |p| wanted == Wanted::All || doc.is_near_marks(p), work, found);
    linker::link(doc, found)
}

#[cfg(test)]
mod tests {
    use alloc::string::String;
    use alloc::vec::Vec;

    use super::*;
    use crate::span::Span;

    #[test]
    fn the_committed_weights_fit_the_features() {
        assert!(
            Weights::embedded().is_some(),
            "weights.bin was learned for other features: train anew (see MODEL.md)"
        );
    }

    /// What the committed weights find right of the sentences below: sources, cues, contents. Set anew after
    /// each training; the last number is how many there are.
    const RECORDED: [(usize, usize); 3] = [(12, 16), (13, 16), (13, 16)];

    /// Our own sentences: ⟨source⟩ {cue} ⟦content⟧.
    const ARTICLE: &str = "Pier to close for winter

⟨The harbour board⟩ {said} on Monday ⟦that the old pier would close for the winter⟧.

⟦“It is not safe to walk on,”⟧ {said} ⟨Nora Feld, the board’s engineer⟩. ⟦“The bolts have rusted through.”⟧

⟨Feld⟩ {told} reporters ⟦the work would cost £4 million⟧.

{According to} ⟨a survey by the council⟩, ⟦half of the traders expect to lose money⟧.

⟦“Nobody asked us,”⟧ ⟨Omar Vane, who sells fish there⟩, {said}. ⟨He⟩ {added} ⟦that he had heard the news on the radio⟧.

It rained for most of the week, and the car park was empty.

⟨Council leader Ivo Hale⟩ {called} ⟦the plan “a slow goodbye”⟧.

⟨Hale⟩ {has repeatedly promised} ⟦to keep the pier open⟧, but the money ran out in May.

⟨Ministers⟩ {believe} ⟦the pier can be saved⟧, ⟨a spokesman⟩ {said}.

⟨She⟩ {asked} ⟦whether the ferry would still run⟧.

⟦The ferry will run twice a day⟧, {according to} ⟨the timetable⟩.

⟨Boyd⟩ {denied} ⟦that anyone had been paid⟧.

⟨Critics⟩ {argue} ⟦that the board should have acted sooner⟧ and ⟨some⟩ {want} ⟦its members to resign⟧.

⟨The report⟩ {found} ⟦that the bolts had not been checked since 2009⟧.";

    /// Takes the marks of [`ARTICLE`] out: the plain text, and the spans of source, cue and content.
    fn plain() -> (String, [Vec<Span>; 3]) {
        let (mut text, mut spans, mut open) = (String::new(), [const { Vec::new() }; 3], 0);
        for c in ARTICLE.chars() {
            match c {
                '⟨' | '{' | '⟦' => open = text.len(),
                '⟩' => spans[0].push(Span::at(open, text.len())),
                '}' => spans[1].push(Span::at(open, text.len())),
                '⟧' => spans[2].push(Span::at(open, text.len())),
                _ => text.push(c),
            }
        }
        (text, spans)
    }

    #[test]
    fn the_recorded_figures_are_reproduced() {
        let (text, right) = plain();
        let (story, quotations, grammar) = crate::parser::story(&text);
        let found = propose(&text, &story, &quotations, &grammar, Wanted::All, &mut Scratch::default());
        let mut spans = [const { Vec::new() }; 3];
        for p in &found {
            for (to, from) in spans.iter_mut().zip([&p.source, &p.cue, &p.content]) {
                to.extend_from_slice(from);
            }
        }
        let got: Vec<_> = (0..3)
            .map(|i| (right[i].iter().filter(|s| spans[i].contains(s)).count(), right[i].len()))
            .collect();
        assert_eq!(got, RECORDED, "{found:?}");
    }

    #[test]
    fn odd_texts_are_read() {
        for text in [
            "Weavers’ (AP) — kitty",
            "",
            " ",
            "\n\n",
            "“",
            "said",
            "said: “",
            "’’’’ said “said”",
            "— , . said Roe said",
        ] {
            let (story, quotations, grammar) = crate::parser::story(text);
            propose(text, &story, &quotations, &grammar, Wanted::All, &mut Scratch::default());
        }
    }
}
