//! Furniture: what stands on a page beside the story, known by its own words.
//!
//! The phrases themselves are text files (`lexicon/phrases`); here is only where each may count.

use crate::block::BlockKind;
use crate::frame::date;
use crate::frame::line::{End, Line};
use crate::frame::signs;
use crate::lexicon::phrase::{self, List, Match};

/// Tells where on the page a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Zone {
    /// Before the story.
    Head,
    /// Inside the story.
    Story,
    /// Among the last lines.
    Tail,
}

/// A line inside the story that is longer than this and ends with a stop is a paragraph: no more is asked.
pub(crate) const LONGEST_IN_STORY: usize = 200;

/// Longest note at the head or the tail of a page (corrections, who reported), and longest caption, in bytes.
pub(crate) const LONGEST_NOTE: usize = 700;

/// Returns what `line` is, if its words say that it is no part of the story. Linear in the line.
pub(crate) fn kind(line: &Line<'_>, zone: Zone) -> Option<BlockKind> {
    let text = line.text;
    if line.is_longer_than(LONGEST_NOTE)
        || (zone == Zone::Story && line.end == End::Stop && line.is_longer_than(LONGEST_IN_STORY))
    {
        return None;
    }
    let plain = text.starts_with(|c: char| c.is_ascii_alphanumeric());
    if !plain && !text.bytes().any(|b| b.is_ascii_alphanumeric()) && !text.contains(char::is_alphanumeric) {
        return is_divider(text).then_some(BlockKind::Divider);
    }
    if let Some(found) = phrase_kind(line, zone) {
        return Some(found);
    }
    if line.set_in {
        return None;
    }
    if date::read(text).is_some() {
        return Some(BlockKind::Date);
    }
    if is_notice(text) {
        return Some(BlockKind::Credit);
    }
    // A headline may name an inbox, too.
    if (zone != Zone::Head || line.end == End::Stop)
        && let Some(found) = offer(line)
    {
        return Some(found);
    }
    match line.end {
        End::Bare => bare_kind(line),
        End::Stop
            if zone == Zone::Tail
                && signs::holds_any(text, &THANKS)
                && phrase::stands_in(text, List::Contribution) =>
        {
            Some(BlockKind::Credit)
        }
        End::Stop if text.ends_with(".)") => {
            let (before, credit) = text.rsplit_once('(')?;
            let placed = before.trim_end().ends_with(['.', '”', '"']);
            (placed && phrase::stands_in(credit, List::CreditMark)).then_some(BlockKind::Caption)
        }
        _ => None,
    }
}

/// "© 2031 Harrow Post. All rights reserved."
fn is_notice(text: &str) -> bool {
    text.starts_with('©') || text.get(..3).is_some_and(|c| c.eq_ignore_ascii_case("(c)"))
}

/// Reads a line that offers a letter or a channel, or leads to another story, wherever its words stand: "Get the
/// week in piers in your inbox.", "[ Piers: how does yours compare? ]".
fn offer(line: &Line<'_>) -> Option<BlockKind> {
    let text = line.text;
    if text.starts_with("[ ") && text.ends_with(" ]") {
        return Some(BlockKind::Related);
    }
    let sold = signs::holds_any(text, &OFFERS)
        && !text.contains(['"', '“', '”'])
        && phrase::stands_in(text, List::SignupMark);
    (sold || invites(text)).then_some(BlockKind::Signup)
}

/// "Join the Post's Telegram channel and read it first.": a sentence may tell of a channel, too, but does not ask
/// the reader in.
fn invites(text: &str) -> bool {
    // Most lines start otherwise.
    text.bytes().next().is_some_and(|b| matches!(b | 0x20, b'j' | b'f' | b's'))
        && ["join ", "follow ", "subscribe "]
            .iter()
            .any(|verb| text.get(..verb.len()).is_some_and(|start| start.eq_ignore_ascii_case(verb)))
        && !text.contains(['"', '“', '”'])
        && phrase::stands_in(text, List::Invitation)
}

/// Tells whether a line heads what readers wrote under the story: "3 thoughts on “Pier to close”", "Reader
/// Comments (2)".
pub(crate) fn opens_comments(line: &Line<'_>) -> bool {
    let text = line.text;
    if !matches!(line.end, End::Bare | End::Cry) || text.len() > LONGEST_IN_STORY {
        return false;
    }
    let words = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == ',').trim_start();
    let starts = |what: &str| words.get(..what.len()).is_some_and(|start| start.eq_ignore_ascii_case(what));
    if words.len() < text.len() {
        let reply = ["thought", "response", "comment", "reply", "replies"].iter().any(|noun| starts(noun));
        let titled = text.ends_with(['”', '"', '’', '\'']) && text.contains(['“', '"', '‘', '\'']);
        return reply && titled && [" on ", " to "].iter().any(|link| words.contains(link));
    }
    ["reader comments", "readers' comments", "readers’ comments"]
        .iter()
        .any(|head| starts(head) && !words[head.len()..].contains(|c: char| c.is_alphabetic()))
}

/// Letters of which each phrase of an offer holds some (a test below asks), as [`THANKS`] are.
const OFFERS: [&[u8; 3]; 4] = [b"nbo", b"wsl", b"tsa", b"bsc"];

/// Letters of which each phrase that thanks those who helped holds some (a test below asks): one quick pass before
/// the words are looked at.
const THANKS: [&[u8; 3]; 2] = [b"ibu", b"vid"];

/// Reads the phrase that the line starts with; brackets, arrows and a count before it are passed over.
fn phrase_kind(line: &Line<'_>, zone: Zone) -> Option<BlockKind> {
    let mut text = line.text.trim_start_matches(|c: char| {
        !matches!(c, '"' | '“' | '‘' | '\'' | '”' | '@' | '$' | '£' | '€') && !c.is_alphanumeric()
    });
    if text.len() <= 40 {
        text = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '-' | ' '));
    }
    let found = phrase::at_start(text)?;
    let mid_stop = zone == Zone::Story && line.end == End::Stop;
    match found.list {
        List::Advertisement => Some(BlockKind::Advertisement),
        List::Share => Some(BlockKind::Share),
        List::Signup => Some(BlockKind::Signup),
        List::Related => {
            (found.whole || line.end != End::Stop || has_colon(text, found)).then_some(BlockKind::Related)
        }
        List::Correction => {
            (!mid_stop || has_colon(text, found) || found.len > 12).then_some(BlockKind::Correction)
        }
        List::Caption => Some(BlockKind::Caption),
        List::Credit => (!mid_stop).then_some(BlockKind::Credit),
        List::Bio => (zone == Zone::Tail || text.contains('@')).then_some(BlockKind::Bio),
        List::Furniture => (found.whole || !mid_stop).then_some(BlockKind::Furniture),
        List::Section => (zone == Zone::Head && line.end == End::Bare).then_some(BlockKind::Section),
        List::Contribution => None,
        List::SignupMark | List::Invitation => None,
        List::CreditMark => (line.end == End::Bare && line.words(9) < 9).then_some(BlockKind::Credit),
    }
}

fn has_colon(text: &str, found: Match) -> bool {
    text[..found.len].ends_with(':')
}

/// Reads a line without a stop: captions and credits by a mark anywhere in them, handles, links, trails.
fn bare_kind(line: &Line<'_>) -> Option<BlockKind> {
    let text = line.text;
    if text.starts_with('©') {
        return Some(BlockKind::Credit);
    }
    // "— Ada Roe (@adaroe) June 9" names who wrote the post above it: that is story. So is "@adaroe tweeted: “Rain.”"
    let signature = text.starts_with(['—', '–', '-', '―']);
    if !signature && signs::has(text, b'@') && !text.contains(['"', '“', '”']) && line.words(9) < 9 {
        return Some(BlockKind::Bio);
    }
    if is_link(text) {
        return Some(BlockKind::Related);
    }
    let trail = text.len() < 120 && (signs::has(text, b'>') || !text.is_ascii());
    if trail && [" > ", " » ", " › "].iter().any(|s| text.contains(s)) {
        return Some(BlockKind::Section);
    }
    if is_count(text) {
        return Some(BlockKind::Share);
    }
    let said = signs::may_quote(text) && text.contains(['“', '"']);
    if !signature && !said && (phrase::stands_in(text, List::CreditMark) || ends_in_credit_brackets(text)) {
        return Some(if line.words(7) < 7 { BlockKind::Credit } else { BlockKind::Caption });
    }
    if is_lead_in(text) || signs::has(text, b'/') && ends_in_signed_credit(text) {
        return Some(BlockKind::Caption);
    }
    if said && ends_in_credit_brackets(text) && phrase::stands_in(text, List::CreditMark) {
        return Some(BlockKind::Caption);
    }
    None
}

/// "BELOW THE PIER Gulls wait for the boats in March. —IAN POOLE": the text of a picture with words in capitals
/// before it and who took it behind it.
fn is_lead_in(text: &str) -> bool {
    let capitals = |w: &str| w.contains(char::is_uppercase) && !w.contains(char::is_lowercase);
    text.rsplit_once(['—', '–']).is_some_and(|(before, name)| {
        before.trim_end().ends_with('.')
            && (1..=5).contains(&name.split_whitespace().count())
            && name.split_whitespace().all(capitals)
            && text.split_whitespace().take(2).all(capitals)
    })
}

/// "The pier at noon, March 2031. TARNPRESS/Ian Poole": behind the sentence an agency in capitals and who took it.
fn ends_in_signed_credit(text: &str) -> bool {
    let Some((before, credit)) = text.rsplit_once(['.', '”', '"']) else { return false };
    let Some((agency, who)) = credit.trim_start().split_once('/') else { return false };
    credit.starts_with(' ')
        && before.contains(' ')
        && agency.len() > 2
        && agency.chars().all(|c| c.is_uppercase() || c == ' ' || c == '-')
        && (2..=4).contains(&who.split_whitespace().count())
        && who.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '’' | '\''))
        && every_word_is_capital(who)
}

/// Signs only, and no mark of speech: "* * *", "———", "♦".
fn is_divider(text: &str) -> bool {
    !text.contains(['"', '“', '”', '‘', '’', '?', '!', '…'])
}

/// An address on its own: "https://tarn.example", "tarn.example/news/pier".
fn is_link(text: &str) -> bool {
    !text.contains(char::is_whitespace)
        && (text.contains("://") || text.starts_with("www.") || (text.contains('/') && text.contains('.')))
}

/// The number of shares or comments: "941", "1.2k".
fn is_count(text: &str) -> bool {
    text.len() <= 6
        && text.starts_with(|c: char| c.is_ascii_digit())
        && text
            .trim_end_matches(['k', 'K', 'm', 'M', '+'])
            .chars()
            .all(|c| c.is_ascii_digit() || c == ',' || c == '.')
}

/// "Ada Roe at the gate. (Ian Poole/Gazette)": a name in brackets behind the sentence or as the whole line.
/// "(Laughter)" and "[sound of a winch]" are story.
fn ends_in_credit_brackets(text: &str) -> bool {
    let (open, Some(inner)) = (
        match text.chars().next_back() {
            Some(')') => '(',
            Some(']') => '[',
            _ => return false,
        },
        text.get(..text.len() - 1),
    ) else {
        return false;
    };
    let Some(at) = inner.rfind(open) else { return false };
    let (before, credit) = (inner[..at].trim_end(), inner[at + 1..].trim());
    let placed = before.is_empty() || before.ends_with(['.', '”', '"', '?', '!']);
    let capitals = !credit.contains(char::is_lowercase);
    let named = credit.contains(['/', '|', '@'])
        || (capitals && credit.len() <= 5)
        || (!capitals
            && (2..=6).contains(&credit.split_whitespace().count())
            && every_word_is_capital(credit));
    placed && named && credit.starts_with(char::is_uppercase)
}

fn every_word_is_capital(text: &str) -> bool {
    text.split_whitespace().all(|w| !w.starts_with(char::is_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block;

    fn read(text: &str, zone: Zone) -> Option<BlockKind> {
        kind(&Line::new(text, &block::split(text)[0]), zone)
    }

    #[test]
    fn each_kind() {
        use BlockKind::*;
        let cases: &[(BlockKind, &[&str])] = &[
            (
                Advertisement,
                &[
                    "Advertisement",
                    "ADVERTISEMENT - CONTINUE READING BELOW",
                    "Story continues below advertisement",
                ],
            ),
            (Share, &["Share", "Share on Facebook", "24 comments", "Print this page", "941", "1.2k"]),
            (
                Signup,
                &[
                    "Sign up for The Tarn Letter, our free newsletter",
                    "Subscribe",
                    "Already a subscriber? Log in here.",
                    "Get the week in piers straight to your inbox.",
                    "Piers, gulls and more: read our free newsletter.",
                    "Join the Post's WhatsApp channel for the latest on piers.",
                    "Join the Post’s Telegram channel and read it first.",
                    "Follow our Viber community",
                    "For more news, visit the Post.",
                    "Log in or subscribe to save stories for later.",
                    "Are you affected by the closing of the pier? Tell us.",
                ],
            ),
            (
                Related,
                &[
                    "Read more: ‘I slept in the belfry’",
                    "[Related: The goose that stayed]",
                    "[ Piers: how does yours compare? ]",
                    "You can also check: Tides | Weather in Tarn",
                    "Most read",
                    "https://tarn.example/cow",
                    "tarn.example/news/cow",
                ],
            ),
            (
                Correction,
                &[
                    "CORRECTION: The goat is called Derek.",
                    "This article was first published on 9 July.",
                    "Editor’s note: Names have been changed.",
                ],
            ),
            (
                Caption,
                &[
                    "Ada Roe opens the gate on Tuesday. Photo: Ian Poole/Tarn Pictures",
                    "FILE PHOTO: The pier in March.",
                    "BELOW THE PIER Gulls wait for the boats in March. —IAN POOLE",
                    "The pier after the storm last week (Photograph: Ian Poole)",
                    "Gulls wait at the pier, March 2031. TARNPRESS/Ian Poole",
                ],
            ),
            (
                Credit,
                &[
                    "Getty Images",
                    "Photographs by Ian Poole",
                    "(Ian Poole / Tarn Pictures)",
                    "Additional reporting by Sam Orr",
                    "© 2031 Harrow Post Inc. All Rights Reserved.",
                ],
            ),
            (Bio, &["ada.roe@gazette.example", "@adaroe", "Ada Roe @adaroe"]),
            (Furniture, &["Skip to main content", "Menu", "All rights reserved."]),
            (Divider, &["* * *", "———", "♦"]),
            (Date, &["8 April 2021", "Updated 8:17 AM ET, July 3, 2021", "10 p.m."]),
            (Section, &["Home > News > Tarn", "News » Local » Pier", "Sport › Rowing"]),
        ];
        for (want, lines) in cases {
            for line in *lines {
                assert_eq!(read(line, Zone::Story), Some(*want), "{line:?}");
            }
        }
        for line in ["LOCAL NEWS", "Opinion", "Business"] {
            assert_eq!(read(line, Zone::Head), Some(Section), "{line:?}");
        }
        for line in ["Follow Ada Roe on X", "Contact the writer at the Gazette.", "About the author"] {
            assert_eq!(read(line, Zone::Tail), Some(Bio), "{line:?}");
        }
    }

    #[test]
    fn comments_are_headed() {
        let opens = |text: &str| opens_comments(&Line::new(text, &block::split(text)[0]));
        for line in
            ["3 thoughts on “Pier to close”", "1 Response to ‘Who owns the pier?’", "Reader Comments(2)"]
        {
            assert!(opens(line), "{line:?}");
        }
        for line in
            ["24 comments", "Thoughts on “piers”", "3 thoughts on piers", "Reader comments on the pier"]
        {
            assert!(!opens(line), "{line:?}");
        }
    }

    #[test]
    fn thanks_are_seen() {
        for line in
            include_str!("../lexicon/phrases/contribution.txt").lines().filter(|l| !l.starts_with('#'))
        {
            let capitals = line.to_uppercase();
            assert!(signs::holds_any(line, &THANKS) && signs::holds_any(&capitals, &THANKS), "{line}");
        }
    }

    #[test]
    fn offers_are_seen() {
        for line in include_str!("../lexicon/phrases/signup_mark.txt").lines().filter(|l| !l.starts_with('#'))
        {
            let capitals = line.to_uppercase();
            assert!(signs::holds_any(line, &OFFERS) && signs::holds_any(&capitals, &OFFERS), "{line}");
        }
    }

    #[test]
    fn story_is_left_alone() {
        for line in [
            "“Share the load,” said Ada Roe.",
            "Share prices fell by a tenth on Monday.",
            "Follow the river and you will find the mill.",
            "He signed up for the race and left his inbox to rot.",
            "“Subscribe to our newsletter,” said Ada Roe.",
            "A newsletter for pier owners goes out on Mondays.",
            "Roe posted the film on her Telegram channel.",
            "For more news of the pier he walked to the mill.",
            "The pier opened in May. Ada Roe/Ian Poole won",
            "Reporting by the Gazette found that the pier was sound.",
            "• “Rent is the killer” – Ada Roe, florist",
            "> Whoever has the ladder, return it.",
            "— Ada Roe (@adaroe) July 3, 2021",
            "[sound of a winch]",
            "We start at seven. (Laughter)",
            "(The clerk reads a list.)",
            "The pier is shut.)",
            "“…”",
            "15:31 The doors close.",
            "On 8 April 2021 the pier shut.",
        ] {
            assert_eq!(read(line, Zone::Story), None, "{line:?}");
        }
    }
}
