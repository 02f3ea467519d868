//! The labels of the tagger: which part of an attribution a token belongs to.
//!
//! A source and a content say on which side of their cue they stand. That is what later links them: the
//! cue need not be guessed from the distance alone.

/// Names the part that a token plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// No part of an attribution.
    Out,
    /// The word group that attributes: *Hale* **has said** *that it rained*.
    Cue,
    /// Who speaks: **Hale** *has said that it rained*.
    Source,
    /// What is attributed: *Hale has said* **that it rained**.
    Content,
}

/// Names the side of its cue on which a part stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Before its cue; the cue itself and [`Role::Out`] also count as this.
    Left,
    /// After its cue.
    Right,
}

/// Names the label of one token: a place in [`SCHEME`].
pub type Label = u8;

/// What a label stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    /// The part.
    pub role: Role,
    /// The side of the cue.
    pub side: Side,
    /// Whether the token is the first of its part; the others follow one of the same role and side.
    pub begins: bool,
}

const fn meaning(role: Role, side: Side, begins: bool) -> Meaning {
    Meaning { role, side, begins }
}

/// How many labels there are.
pub const LABELS: usize = SCHEME.len();

/// How many lanes a row of weights has when it is worked on: those of the labels that begin, then those of the labels
/// that go on; eight each, as vector instructions like them.
pub const LANES: usize = 16;

/// How many lanes, the first ones, are in use.
pub const USED: usize = lane(LABELS as Label - 1) + 1;

/// Returns the lane of a label: a part's first token and its others are eight lanes apart.
#[must_use]
pub const fn lane(label: Label) -> usize {
    let begins = beginning(label) as usize;
    if begins == label as usize { begins } else { begins + LANES / 2 }
}

/// The label of a token that belongs to nothing.
pub const OUT: Label = 0;

/// How many labels begin a part or stand alone; they come first.
pub const BEGINS: usize = 6;

/// The labels in the order of their numbers: first those that may follow any other, then those that carry a part
/// on, in the same order. The order is part of the weights file's scheme.
pub const SCHEME: [Meaning; 11] = [
    meaning(Role::Out, Side::Left, true),
    meaning(Role::Cue, Side::Left, true),
    meaning(Role::Source, Side::Left, true),
    meaning(Role::Source, Side::Right, true),
    meaning(Role::Content, Side::Left, true),
    meaning(Role::Content, Side::Right, true),
    meaning(Role::Cue, Side::Left, false),
    meaning(Role::Source, Side::Left, false),
    meaning(Role::Source, Side::Right, false),
    meaning(Role::Content, Side::Left, false),
    meaning(Role::Content, Side::Right, false),
];

/// Returns the label that begins the part which `label` carries on; a label that begins one gives itself.
#[must_use]
pub const fn beginning(label: Label) -> Label {
    if (label as usize) < BEGINS { label } else { label - (BEGINS as Label - 1) }
}

/// Returns the label that carries on the part which `begins` begins; [`OUT`] gives itself.
#[must_use]
pub const fn carried_on(begins: Label) -> Label {
    if begins == OUT { OUT } else { begins + (BEGINS as Label - 1) }
}

/// Returns the number of a label.
#[must_use]
pub fn label(role: Role, side: Side, begins: bool) -> Label {
    let wanted = match role {
        Role::Out => return OUT,
        Role::Cue => meaning(role, Side::Left, begins),
        Role::Source | Role::Content => meaning(role, side, begins),
    };
    let place = SCHEME.iter().position(|m| *m == wanted).unwrap_or(OUT as usize);
    Label::try_from(place).unwrap_or(OUT)
}

/// Tells whether `next` may stand directly after `before`; `None` is the border of a paragraph.
#[must_use]
pub const fn may_follow(before: Option<Label>, next: Label) -> bool {
    if SCHEME[next as usize].begins {
        return true;
    }
    match before {
        None => false,
        Some(before) => before == next || before == beginning(next),
    }
}

/// Holds one labelled part of a paragraph: a run of tokens, half-open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The part it plays.
    pub role: Role,
    /// The side of its cue.
    pub side: Side,
    /// The first token.
    pub first: u32,
    /// The token after the last.
    pub end: u32,
}

/// Returns the parts that `labels` describe, in order; the first label belongs to token `first`.
pub fn parts(labels: &[Label], first: u32) -> impl Iterator<Item = Part> + '_ {
    let mut at = 0;
    core::iter::from_fn(move || {
        while at < labels.len() && SCHEME[labels[at] as usize].role == Role::Out {
            at += 1;
        }
        let start = at;
        let meaning = SCHEME[*labels.get(at)? as usize];
        at += 1;
        while at < labels.len() && !SCHEME[labels[at] as usize].begins {
            at += 1;
        }
        let place = |n: usize| first + u32::try_from(n).unwrap_or(0);
        Some(Part { role: meaning.role, side: meaning.side, first: place(start), end: place(at) })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn a_label_goes_on_only_after_its_own_beginning() {
        for next in 0..LABELS as Label {
            for before in 0..LABELS as Label {
                let (b, n) = (SCHEME[before as usize], SCHEME[next as usize]);
                let allowed = n.begins || (b.role == n.role && b.side == n.side && b.role != Role::Out);
                assert_eq!(may_follow(Some(before), next), allowed, "{before} {next}");
            }
            assert_eq!(may_follow(None, next), SCHEME[next as usize].begins);
            assert_eq!(may_follow(None, next), (next as usize) < BEGINS);
        }
    }

    #[test]
    fn parts_are_runs() {
        let source = label(Role::Source, Side::Left, true);
        let inside = label(Role::Source, Side::Left, false);
        let cue = label(Role::Cue, Side::Left, true);
        let got: Vec<_> =
            parts(&[OUT, source, inside, cue, cue, OUT], 10).map(|p| (p.role, p.first, p.end)).collect();
        assert_eq!(got, [(Role::Source, 11, 13), (Role::Cue, 13, 14), (Role::Cue, 14, 15)]);
    }
}
