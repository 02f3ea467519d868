//! Feature `serde`: the record as serde reads it, before anything in it is believed.
//!
//! Members that the record has and these structs have not are passed over: a later version may add some.

use alloc::string::String;
use alloc::vec::Vec;
use core::num::NonZeroU16;

pub(crate) type Pair = [u32; 2];

/// Declares a struct that serde fills with what stands in the record.
macro_rules! raw {
    ($($name:ident { $($field:ident: $kind:ty,)* })*) => { $(
        #[derive(serde::Deserialize)]
        pub(crate) struct $name { $(pub(crate) $field: $kind,)* }
    )* };
}

raw! {
    RawArticle {
        schema: Option<u32>,
        text: Option<String>,
        input: Option<RawInput>,
        headline: Option<RawWords>,
        dek: Option<RawWords>,
        byline: Option<RawByline>,
        read_time: RawReadTime,
        dateline: Option<RawDateline>,
        paragraphs: Vec<RawParagraph>,
        quotations: Vec<RawQuotation>,
        quotes: Vec<RawQuote>,
        speakers: Vec<RawSpeaker>,
        diagnostics: Vec<RawDiagnostic>,
        rest: Option<RawRest>,
    }
    RawInput { text: Option<String>, }
    RawWords { span: Pair, text: String, }
    RawByline {
        span: Pair,
        text: Option<String>,
        authors: Vec<RawAuthor>,
        role: Option<String>,
        outlet: Option<String>,
        location: Option<String>,
        date: Option<String>,
        kind: String,
        contributors: Vec<RawContributor>,
        handle: Option<String>,
        email: Option<String>,
        read_time: Option<RawStated>,
    }
    RawAuthor { name: String, credentials: Option<String>, role: Option<String>, span: Pair, }
    RawContributor { name: String, share: String, span: Pair, }
    RawStated { span: Pair, seconds: u64, }
    RawReadTime { stated: Option<RawStated>, words: u32, }
    RawDateline { span: Pair, place: Option<String>, agency: Option<String>, date: Option<String>, }
    RawParagraph { span: Pair, sentences: Vec<Pair>, }
    RawQuotation {
        span: Pair,
        open: Option<Pair>,
        close: Option<Pair>,
        depth: u8,
        continued: bool,
        repair: String,
        kind: String,
        quote: Option<u32>,
    }
    RawQuote {
        kind: String,
        content: Vec<Pair>,
        text: String,
        cue: Vec<Pair>,
        source: Vec<Pair>,
        addressee: Vec<Pair>,
        medium: Option<Vec<Pair>>,
        speaker_id: Option<u32>,
        speaker_confidence: Option<f32>,
        polarity: String,
        confidence: f32,
        rule: String,
    }
    RawSpeaker {
        id: u32,
        name: String,
        kind: String,
        gender: Option<String>,
        gender_evidence: Option<String>,
        members: Option<Vec<u32>>,
        mentions: Vec<Pair>,
        mention_kinds: Vec<String>,
        spans: Option<RawDescribed>,
    }
    RawDescribed {
        honorific: Option<Pair>,
        title: Option<Pair>,
        affiliation: Option<Pair>,
        age: Option<Pair>,
        place: Option<Pair>,
    }
    RawDiagnostic { code: String, span: Pair, related: Option<Pair>, replacement: Option<RawReplacement>, }
    RawReplacement { span: Pair, text: String, }
    RawRest {
        blocks: Vec<RawBlock>,
        mentions: Vec<RawMention>,
        cues: Vec<Option<RawCue>>,
        cjk: u32,
        words_per_minute: NonZeroU16,
    }
    RawBlock { span: Pair, kind: String, after_blank: bool, indent: u16, }
    RawMention { span: Pair, kind: String, speaker: Option<u32>, }
    RawCue { lemma: String, class: String, }
}
