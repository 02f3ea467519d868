//! The roll of speakers: those of the cast who speak, numbered, with all their mentions.

use alloc::vec;
use alloc::vec::Vec;

use crate::attribution::quote::Quote;
use crate::span::Span;
use crate::speaker::cast::Cast;
use crate::speaker::entity::Entity;
use crate::speaker::mention::{Mention, MentionKind};
use crate::speaker::resolve::Source;
use crate::speaker::{Speaker, SpeakerId};

/// Keeps those who speak, in the order of their first mention, and renumbers the quotes; returns the speakers and
/// all mentions, those of sources that are not known included.
pub(super) fn call(
    mut cast: Cast<'_>,
    quotes: &mut [Quote],
    sources: &[Source],
) -> (Vec<Speaker>, Vec<Mention>) {
    // Those who speak together are speakers too.
    for e in 0..cast.entities.len() {
        if let (true, Some((a, b))) = (cast.entities[e].speaks, cast.entities[e].members) {
            cast.entities[a].speaks = true;
            cast.entities[b].speaks = true;
        }
    }
    let kinds: Vec<Option<MentionKind>> =
        (0..cast.entities.len()).map(|e| cast.entities[e].speaks.then(|| cast.kind_of(e))).collect();
    let entities = cast.entities;
    let mut places: Vec<usize> = (0..entities.len()).filter(|&e| entities[e].speaks).collect();
    places.sort_by_key(|&e| entities[e].mentions.iter().map(|m| m.1).min());
    let mut ids: Vec<Option<SpeakerId>> = vec![None; entities.len()];
    for (place, &e) in places.iter().enumerate() {
        ids[e] = Some(SpeakerId::of_place(place));
    }
    for quote in quotes.iter_mut() {
        quote.speaker = quote.speaker.and_then(|id| ids[id.place()]);
    }
    let mut entities: Vec<Option<Entity>> = entities.into_iter().map(Some).collect();
    let mut speakers: Vec<Speaker> = Vec::with_capacity(places.len());
    for e in places {
        let Some(entity) = entities[e].take() else { continue };
        let id = SpeakerId::of_place(speakers.len());
        let kind = kinds[e].unwrap_or(MentionKind::Unnamed);
        let members = entity.members.map_or([None; 2], |(a, b)| [ids[a], ids[b]]);
        speakers.push(Speaker {
            id,
            name: entity.name,
            kind,
            honorific: entity.honorific,
            gender: entity.gender,
            title: entity.title,
            affiliation: entity.affiliation,
            age: entity.age,
            place: entity.place,
            members: members.into_iter().flatten().collect(),
            mentions: entity
                .mentions
                .iter()
                .map(|m| Mention { span: m.1, kind, speaker: Some(id) })
                .collect(),
        });
    }
    // A pronoun or a noun phrase that was resolved is a mention too.
    let mut unknown: Vec<Mention> = Vec::new();
    for source in sources {
        let speaker = source.who.and_then(|e| ids[e]);
        let mention = Mention { span: source.span, kind: source.kind, speaker };
        match speaker {
            Some(id) => speakers[id.place()].mentions.push(mention),
            None => unknown.push(mention),
        }
    }
    let mut all: Vec<Mention> = Vec::new();
    for speaker in &mut speakers {
        tidy(&mut speaker.mentions);
        all.extend(speaker.mentions.iter().copied());
    }
    all.extend(unknown);
    all.sort_by_key(|m| order(m.span));
    (speakers, all)
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
