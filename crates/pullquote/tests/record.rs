//! The record read back: nothing lost, old records still read, and nothing believed that does not fit the text.

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use pullquote::{Article, Parser, TextSeed};
use serde::de::DeserializeSeed;
use serde_json::Value;

const FERRY: &str = include_str!("record/ferry.txt");
/// As this library wrote it before the record had a version.
const FERRY_0: &str = include_str!("record/ferry-0.json");

fn texts() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/articles");
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut texts: Vec<String> = paths.iter().map(|p| std::fs::read_to_string(p).unwrap()).collect();
    texts.extend(["", "“It leaks,” said Ada Roe.", FERRY].map(String::from));
    texts
}

fn read<'t>(record: &Value, text: &'t str) -> Result<Article<'t>, String> {
    TextSeed::new(text).deserialize(record).map_err(|e| e.to_string())
}

#[test]
fn nothing_is_lost_with_the_text() {
    let parser = Parser::new().words_per_minute(90.try_into().unwrap());
    for text in texts() {
        let article = parser.parse(&text);
        let json = serde_json::to_string(&article.with_text()).unwrap();
        let back: Article<'static> = serde_json::from_str(&json).unwrap();
        // Every field, private ones included.
        let (told, want) = (format!("{back:?}"), format!("{article:?}"));
        let differs = told.bytes().zip(want.bytes()).position(|(a, b)| a != b).unwrap_or(told.len());
        let near = |s: &str| s.chars().skip(differs.saturating_sub(60)).take(120).collect::<String>();
        assert!(told == want, "{} is not {}", near(&told), near(&want));
        assert!(serde_json::to_string(&back.with_text()).unwrap() == json);
    }
}

#[test]
fn the_record_alone_is_read_with_its_text() {
    for text in texts() {
        let article = pullquote::parse(&text);
        let record = serde_json::to_value(&article).unwrap();
        let back = read(&record, &text).unwrap();
        assert_eq!(serde_json::to_value(&back).unwrap(), record);
        assert_eq!(back.blocks(), article.blocks());
        assert_eq!(back.byline(), article.byline());
        assert_eq!(back.speakers(), article.speakers());
        assert_eq!(back.sentences(), article.sentences());
    }
}

#[test]
fn a_record_without_a_version_is_still_read() {
    let record: Value = serde_json::from_str(FERRY_0).unwrap();
    assert_eq!(record.get("schema"), None);
    let article = read(&record, FERRY).unwrap();
    assert_eq!(&article[article.headline().unwrap()], "Night ferry to stay in dock until the spring");
    let names: Vec<&str> = article.byline().unwrap().authors().iter().map(|a| a.name().as_str()).collect();
    assert_eq!(names, ["Morwenna Tass", "Dr. Idris Vell"]);
    let said: Vec<_> = article
        .quotes()
        .iter()
        .map(|q| (q.cue().map_or("", |c| c.lemma()), article[q.speaker().unwrap()].name()))
        .collect();
    assert_eq!(said[1], ("say", "Oona Braith"));
    assert_eq!(said[2], ("tell", "Oona Braith"));
    assert_eq!(said[6], ("write", "Callum Dree"));
    assert_eq!(said.last(), Some(&("say", "Oona Braith and Callum Dree")));
    let braith = article.speakers().iter().find(|s| s.name() == "Oona Braith").unwrap();
    assert_eq!(&article[braith.title().unwrap()], "harbour director");
    // Read and written again, it holds all that it held.
    let again: Value = serde_json::from_str(&serde_json::to_string(&article).unwrap()).unwrap();
    assert_eq!(again["schema"], pullquote::SCHEMA);
    let mut old = record;
    old.as_object_mut().unwrap().remove("id");
    assert_eq!(lacks(&again, &old, ""), None);
}

/// The place where `new` lacks something of `old`; members may have been added since.
fn lacks(new: &Value, old: &Value, at: &str) -> Option<String> {
    match (new, old) {
        (Value::Array(new), Value::Array(old)) if new.len() == old.len() => {
            new.iter().zip(old).enumerate().find_map(|(i, (n, o))| lacks(n, o, &format!("{at}/{i}")))
        }
        (Value::Object(new), Value::Object(old)) => old
            .iter()
            .find_map(|(key, o)| lacks(new.get(key).unwrap_or(&Value::Null), o, &format!("{at}/{key}"))),
        _ => (new != old).then(|| format!("{at}: {new} is not {old}")),
    }
}

#[test]
fn the_text_may_stand_in_the_input_member() {
    let mut record: Value = serde_json::from_str(FERRY_0).unwrap();
    let error = serde_json::from_value::<Article>(record.clone()).unwrap_err();
    assert!(error.to_string().contains("holds no text"), "{error}");
    record["input"] = serde_json::json!({"text": FERRY});
    let article: Article<'static> = serde_json::from_value(record).unwrap();
    assert_eq!(article.text(), FERRY);
}

#[test]
fn what_does_not_fit_is_told_with_its_place() {
    let record = serde_json::to_value(pullquote::parse(FERRY).with_text()).unwrap();
    let cases: &[(&str, Value, &str)] = &[
        ("/schema", 2.into(), "schema: the record has version 2, this library reads up to 1"),
        (
            "/quotes/1/content/0/1",
            99999.into(),
            "quotes[1].content[0]: the span 289..99999 does not fit the text",
        ),
        (
            "/quotes/1/content/0/0",
            290.into(),
            "quotes[1].content[0]: the span 290..350 does not fit the text",
        ),
        ("/quotes/1/source/0/0", 4000.into(), "quotes[1].source[0]: the span 4000.."),
        ("/quotes/1/speaker_id", 6.into(), "quotes[1].speaker_id: there is no speaker 6 among the 5"),
        ("/quotes/1/speaker_id", 0.into(), "quotes[1].speaker_id: there is no speaker 0 among the 5"),
        ("/quotes/1/kind", "sung".into(), "quotes[1].kind: \"sung\" is none of direct, indirect, mixed"),
        ("/quotes/1/polarity", "".into(), "quotes[1].polarity: \"\" is none of asserted, negated, irrealis"),
        (
            "/quotes/1/text",
            "“It floats.”".into(),
            "quotes[1].text: the record has \"“It floats.”\", its text has",
        ),
        ("/quotes/1/confidence", 1.5.into(), "quotes[1].confidence: 1.5 is no share from 0 to 1"),
        ("/quotes/1/speaker_confidence", (-0.1).into(), "quotes[1].speaker_confidence: -0.1 is no share"),
        ("/quotations/0/quote", 10.into(), "quotations[0].quote: there is no quote 10 among the 10"),
        ("/quotations/0/repair", "glued".into(), "quotations[0].repair: \"glued\" is none of none, unclosed"),
        (
            "/quotations/0/open",
            serde_json::json!([0, 1]),
            "quotations[0].open: the mark 0..1 does not lie in",
        ),
        ("/quotations/0/depth", 300.into(), "invalid value: integer `300`, expected u8"),
        ("/speakers/1/id", 1.into(), "speakers[1].id: 1 stands where 2 should"),
        ("/speakers/4/members/0", 77.into(), "speakers[4].members: there is no speaker 77"),
        (
            "/speakers/1/mention_kinds",
            serde_json::json!([]),
            "`mentions` and `mention_kinds` differ in length",
        ),
        (
            "/speakers/1/gender_evidence",
            Value::Null,
            "speakers[1]: `gender` and `gender_evidence` go together",
        ),
        ("/speakers/1/kind", "ghost".into(), "speakers[1].kind: \"ghost\" is none of person"),
        ("/speakers/1/spans/title/1", 1.into(), "speakers[1].spans.title: the span"),
        ("/diagnostics/0/code", "typo".into(), "diagnostics[0].code: \"typo\": no finding has this name"),
        (
            "/headline/text",
            "Ferry sails".into(),
            "headline: the record has \"Ferry sails\", its text has \"Night",
        ),
        ("/byline/kind", "robot".into(), "byline.kind: \"robot\" is none of person, staff, agency"),
        ("/byline/authors/1/span/1", 9999.into(), "byline.authors[1]: the span"),
        ("/paragraphs/0/sentences/0/0", 9999.into(), "paragraphs[0].sentences[0]: the span"),
        ("/rest/blocks/0/kind", "moat".into(), "rest.blocks[0]: \"moat\" is none of headline"),
        ("/rest/cues", serde_json::json!([]), "rest.cues: not one for each quote"),
        ("/rest/cues/0/class", "hum".into(), "rest.cues of quotes[0]: \"hum\" is none of say"),
        ("/rest/words_per_minute", 0.into(), "expected a nonzero u16"),
        ("/text", "Night ferry".into(), "does not fit the text, which is 11 bytes long"),
    ];
    for (pointer, value, want) in cases {
        let mut broken = record.clone();
        *broken.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value.clone();
        let error = serde_json::from_value::<Article>(broken).expect_err(pointer).to_string();
        assert!(error.contains(want), "{pointer}: {error}");
    }
}

/// The JSON pointers of every place in a value.
fn places(value: &Value, at: String, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(i, v)| places(v, format!("{at}/{i}"), found));
        }
        Value::Object(members) => members.iter().for_each(|(k, v)| places(v, format!("{at}/{k}"), found)),
        _ => {}
    }
    found.push(at);
}

/// Uses everything that an article offers: what was let in must not panic later.
fn use_all(article: &Article<'_>) {
    let mut bytes = article.headline().map_or(0, |s| article[s].len());
    bytes += article.blocks().iter().map(|b| article[b.span()].len()).sum::<usize>();
    for paragraph in article.paragraphs() {
        bytes += article[paragraph.span()].len();
        bytes += article.sentences_of(paragraph).iter().map(|s| article[*s].len()).sum::<usize>();
    }
    for quotation in article.quotations() {
        bytes += article[quotation.span()].len() + article[quotation.inner()].len();
        bytes += quotation.quote().map_or(0, |q| article.quotes()[q].content().len());
    }
    for quote in article.quotes() {
        bytes += quote.text(article).len() + quote.speaker().map_or(0, |id| article[id].name().len());
    }
    for speaker in article.speakers() {
        bytes += speaker.aliases(article).count() + article.quotes_by(speaker.id()).count();
        bytes += speaker.members().iter().map(|id| article[*id].name().len()).sum::<usize>();
        bytes += speaker.title().map_or(0, |s| article[s].len());
    }
    bytes += article.mentions().iter().map(|m| article[m.span()].len()).sum::<usize>();
    bytes += usize::try_from(article.read_time().estimated().as_secs()).unwrap();
    let again = serde_json::to_string(&article.with_text()).unwrap();
    assert!(serde_json::from_str::<Article>(&again).is_ok(), "{bytes}: {again}");
}

/// What a hostile hand puts in the place of a value.
fn odd() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<i64>().prop_map(Value::from),
        (0u32..1200).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
        Just(Value::Null),
        Just(serde_json::json!([])),
        Just(serde_json::json!({})),
        (0u32..1200, 0u32..1200).prop_map(|(a, b)| serde_json::json!([a, b])),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_mutated_record_is_read_or_refused(
        edits in prop::collection::vec((any::<prop::sample::Index>(), odd(), any::<bool>()), 1..4),
        with_text in any::<bool>(),
    ) {
        let article = pullquote::parse(FERRY);
        let mut record = serde_json::to_value(article.with_text()).unwrap();
        if !with_text {
            record.as_object_mut().unwrap().remove("rest");
        }
        for (place, value, drop) in edits {
            let mut all = Vec::new();
            places(&record, String::new(), &mut all);
            let at = &all[place.index(all.len())];
            let (parent, key) = at.rsplit_once('/').unwrap_or(("", ""));
            match record.pointer_mut(parent) {
                Some(Value::Object(members)) if drop => drop_member(members, key),
                Some(Value::Array(items)) if drop => drop_item(items, key),
                _ => record.pointer_mut(at).into_iter().for_each(|v| *v = value.clone()),
            }
        }
        match serde_json::from_value::<Article>(record) {
            Ok(article) => use_all(&article),
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    }

    #[test]
    fn mutated_bytes_are_read_or_refused(edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let mut json = serde_json::to_vec(&pullquote::parse(FERRY).with_text()).unwrap();
        for (place, byte) in edits {
            let at = place.index(json.len());
            json[at] = byte;
        }
        if let Ok(article) = serde_json::from_slice::<Article>(&json) {
            use_all(&article);
        }
    }
}

fn drop_member(members: &mut serde_json::Map<String, Value>, key: &str) {
    members.remove(key);
}

fn drop_item(items: &mut Vec<Value>, key: &str) {
    if let Some(at) = key.parse().ok().filter(|at: &usize| *at < items.len()) {
        items.remove(at);
    }
}
