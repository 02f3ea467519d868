//! The JSON record as Arrow types. A number without sign is 32 bits wide, seconds 64; everything may be NULL.

use std::sync::Arc;

use datafusion_common::arrow::datatypes::{DataType, Field, Fields};

const TEXT: DataType = DataType::Utf8;
const NUMBER: DataType = DataType::UInt32;
const SECONDS: DataType = DataType::UInt64;
const SHARE: DataType = DataType::Float32;
const FLAG: DataType = DataType::Boolean;

fn record<const N: usize>(members: [(&str, DataType); N]) -> DataType {
    DataType::Struct(fields(members))
}

/// Makes fields that may be NULL.
pub(crate) fn fields<const N: usize>(members: [(&str, DataType); N]) -> Fields {
    members.into_iter().map(|(name, kind)| Field::new(name, kind, true)).collect()
}

/// Makes the type of a list.
pub(crate) fn list(item: DataType) -> DataType {
    DataType::List(Arc::new(Field::new_list_field(item, true)))
}

fn span() -> DataType {
    list(NUMBER)
}

fn spans() -> DataType {
    list(span())
}

/// A headline or a dek.
pub(crate) fn words() -> DataType {
    record([("span", span()), ("text", TEXT)])
}

fn stated() -> DataType {
    record([("span", span()), ("seconds", SECONDS)])
}

pub(crate) fn byline() -> DataType {
    record([
        ("span", span()),
        ("text", TEXT),
        ("authors", list(author())),
        ("role", TEXT),
        ("outlet", TEXT),
        ("location", TEXT),
        ("date", TEXT),
        ("kind", TEXT),
        ("contributors", list(contributor())),
        ("handle", TEXT),
        ("email", TEXT),
        ("read_time", stated()),
    ])
}

fn author() -> DataType {
    record([
        ("name", TEXT),
        ("given", TEXT),
        ("family", TEXT),
        ("suffix", TEXT),
        ("honorific", TEXT),
        ("particles", TEXT),
        ("credentials", TEXT),
        ("display", TEXT),
        ("role", TEXT),
        ("span", span()),
    ])
}

fn contributor() -> DataType {
    record([("name", TEXT), ("display", TEXT), ("share", TEXT), ("span", span())])
}

fn read_time() -> DataType {
    record([("stated", stated()), ("estimated_seconds", SECONDS), ("words", NUMBER)])
}

/// What `read_time_seconds` answers.
pub(crate) fn seconds() -> DataType {
    SECONDS
}

pub(crate) fn dateline() -> DataType {
    record([("span", span()), ("place", TEXT), ("agency", TEXT), ("date", TEXT)])
}

pub(crate) fn paragraphs() -> DataType {
    list(record([("span", span()), ("sentences", spans())]))
}

fn quotation() -> DataType {
    record([
        ("span", span()),
        ("open", span()),
        ("close", span()),
        ("depth", NUMBER),
        ("continued", FLAG),
        ("repair", TEXT),
        ("kind", TEXT),
        ("quote", NUMBER),
    ])
}

fn quote() -> DataType {
    record([
        ("kind", TEXT),
        ("content", spans()),
        ("text", TEXT),
        ("cue", spans()),
        ("source", spans()),
        ("addressee", spans()),
        ("medium", spans()),
        ("speaker", TEXT),
        ("speaker_id", NUMBER),
        ("speaker_confidence", SHARE),
        ("polarity", TEXT),
        ("confidence", SHARE),
        ("rule", TEXT),
    ])
}

/// What `quotes` answers a quote: the flat form, in words.
pub(crate) fn flat_quote() -> Fields {
    fields([
        ("speaker", TEXT),
        ("title", TEXT),
        ("affiliation", TEXT),
        ("kind", TEXT),
        ("content", TEXT),
        ("cue", TEXT),
        ("source", TEXT),
        ("addressee", TEXT),
        ("polarity", TEXT),
        ("confidence", SHARE),
        ("start", NUMBER),
        ("end", NUMBER),
    ])
}

pub(crate) fn flat_quotes() -> DataType {
    list(DataType::Struct(flat_quote()))
}

fn speaker() -> DataType {
    record([
        ("id", NUMBER),
        ("name", TEXT),
        ("kind", TEXT),
        ("aliases", list(TEXT)),
        ("honorific", TEXT),
        ("gender", TEXT),
        ("gender_evidence", TEXT),
        ("title", TEXT),
        ("affiliation", TEXT),
        ("age", NUMBER),
        ("place", TEXT),
        ("members", list(NUMBER)),
        ("mentions", spans()),
        ("mention_kinds", list(TEXT)),
        (
            "spans",
            record([
                ("honorific", span()),
                ("title", span()),
                ("affiliation", span()),
                ("age", span()),
                ("place", span()),
            ]),
        ),
    ])
}

fn diagnostic() -> DataType {
    record([
        ("code", TEXT),
        ("level", TEXT),
        ("span", span()),
        ("related", span()),
        ("message", TEXT),
        ("replacement", words()),
    ])
}

/// The whole record.
pub(crate) fn article() -> DataType {
    record([
        ("headline", words()),
        ("dek", words()),
        ("byline", byline()),
        ("read_time", read_time()),
        ("dateline", dateline()),
        ("paragraphs", paragraphs()),
        ("quotations", list(quotation())),
        ("quotes", list(quote())),
        ("speakers", list(speaker())),
        ("diagnostics", list(diagnostic())),
        ("schema", NUMBER),
    ])
}
