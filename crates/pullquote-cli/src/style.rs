//! Colours, and how lengths of time are written for people.

use std::time::Duration;

use anstyle::{AnsiColor, Effects, Style};

/// The name of the command in an error.
pub(crate) const ERROR: Style = AnsiColor::Red.on_default().effects(Effects::BOLD);
/// What matters most on a line.
pub(crate) const STRONG: Style = Style::new().effects(Effects::BOLD);
/// What is there to be found, not to be read.
pub(crate) const DIM: Style = Style::new().effects(Effects::DIMMED);
/// The heading of a part of the report.
pub(crate) const HEADING: Style = Style::new().effects(Effects::BOLD.insert(Effects::UNDERLINE));
/// The words that attribute.
pub(crate) const CUE: Style = Style::new().effects(Effects::ITALIC);

/// The colours of speakers, in turn.
const SPEAKERS: [AnsiColor; 6] = [
    AnsiColor::Cyan,
    AnsiColor::Magenta,
    AnsiColor::Green,
    AnsiColor::Yellow,
    AnsiColor::Blue,
    AnsiColor::Red,
];

/// Returns the style of the speaker with this number: the same one throughout a report.
pub(crate) fn speaker(number: u32) -> Style {
    let place = (number as usize).saturating_sub(1) % SPEAKERS.len();
    SPEAKERS[place].on_default().effects(Effects::BOLD)
}

/// Writes a length of time as a person would: "1 h 5 min", "2 min", "45 s".
pub(crate) fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    let parts = [(seconds / 3600, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s")];
    let words: Vec<String> =
        parts.iter().filter(|(n, _)| *n > 0).map(|(n, unit)| format!("{n} {unit}")).collect();
    if words.is_empty() { "0 s".to_owned() } else { words.join(" ") }
}

/// Makes text from outside fit one line and keeps it from commanding the terminal.
pub(crate) fn clean(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        for (seconds, words) in
            [(0, "0 s"), (45, "45 s"), (120, "2 min"), (125, "2 min 5 s"), (3900, "1 h 5 min")]
        {
            assert_eq!(duration(Duration::from_secs(seconds)), words);
        }
    }
}
