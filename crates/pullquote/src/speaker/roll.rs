//! The roll of speakers: those of the cast who speak, numbered, with all their mentions.

use alloc::string::String;
use alloc::vec::Vec;

use crate::span::Span;
use crate::speaker::cast::Cast;
use crate::speaker::mention::{Mention, MentionKind};
use crate::speaker::resolve::{Resolved, Source};
use crate::speaker::{Speaker, SpeakerId};

/// Keeps those who speak, in the order of their first mention, and renumbers the quotes; `out` gets the speakers
/// and all mentions, those of sources that are not known included.
pub(super) fn call(cast: &mut Cast<'_>, sources: &[Source], scratch: &mut Vec<usize>, out: &mut Resolved) {
    // Those who speak together are speakers too.
    for e in 0..cast.entities.len() {
        if let (true, Some((a, b))) = (cast.entities[e].speaks, cast.entities[e].members) {
            cast.entities[a].speaks = true;
            cast.entities[b].speaks = true;
        }
    }
    let places = scratch;
    places.clear();
    places.extend((0..cast.entities.len()).filter(|&e| cast.entities[e].speaks));
    for &e in &*places {
        let entity = &mut cast.entities[e];
        entity.first = entity.mentions.iter().map(|m| m.1).min();
    }
    places.sort_unstable_by_key(|&e| (cast.entities[e].first, e));
    for (place, &e) in places.iter().enumerate() {
        cast.entities[e].id = Some(SpeakerId::of_place(place));
    }
    for quote in &mut out.quotes {
        quote.speaker = quote.speaker.and_then(|id| cast.entities[id.place()].id);
    }
    out.speakers.reserve(places.len());
    for &e in &*places {
        let kind = cast.kind_of(e);
        let entity = &cast.entities[e];
        let Some(id) = entity.id else { continue };
        let Speaker { mut name, mut members, mut mentions, .. } = out.spare.pop().unwrap_or_else(blank);
        name.clear();
        name.push_str(entity.name(cast.text));
        members.clear();
        if let Some((a, b)) = entity.members {
            members.extend([a, b].into_iter().filter_map(|e| cast.entities[e].id));
        }
        mentions.clear();
        mentions.extend(entity.mentions.iter().map(|m| Mention { span: m.1, kind, speaker: Some(id) }));
        out.speakers.push(Speaker {
            id,
            name,
            kind,
            honorific: entity.honorific,
            gender: entity.gender,
            title: entity.title,
            affiliation: entity.affiliation,
            age: entity.age,
            place: entity.place,
            members,
            mentions,
        });
    }
    // A pronoun or a noun phrase that was resolved is a mention too.
    for source in sources {
        let speaker = source.who.and_then(|e| cast.entities[e].id);
        let mention = Mention { span: source.span, kind: source.kind, speaker };
        match speaker {
            Some(id) => out.speakers[id.place()].mentions.push(mention),
            None => out.mentions.push(mention),
        }
    }
    let unknown = out.mentions.len();
    out.speakers.iter_mut().for_each(|speaker| tidy(&mut speaker.mentions));
    out.mentions.reserve(out.speakers.iter().map(|speaker| speaker.mentions.len()).sum());
    for speaker in &out.speakers {
        out.mentions.extend(speaker.mentions.iter().copied());
    }
    // Of two at one place the speakers' stand first.
    out.mentions.rotate_left(unknown);
    out.mentions.sort_by_key(|m| order(m.span));
}

/// A speaker whose memory is still to be asked for.
fn blank() -> Speaker {
    Speaker {
        id: SpeakerId::of_place(0),
        name: String::new(),
        kind: MentionKind::Unnamed,
        honorific: None,
        gender: None,
        title: None,
        affiliation: None,
        age: None,
        place: None,
        members: Vec::new(),
        mentions: Vec::new(),
    }
}

fn order(span: Span) -> (usize, usize) {
    (span.start(), span.end())
}

/// Sorts the mentions of one speaker; a name inside its own source phrase is one mention: the name, with the kind
/// of the phrase where that tells more ("a spokesman for the port").
fn tidy(mentions: &mut Vec<Mention>) {
    mentions.sort_by_key(|m| order(m.span));
    mentions.dedup_by(|later, kept| {
        let same = later.span.overlaps(kept.span);
        if same && kept.kind == MentionKind::Spokesperson {
            return true;
        }
        if same && (later.span.len() < kept.span.len() || later.kind == MentionKind::Spokesperson) {
            *kept = *later;
        }
        same
    });
}
