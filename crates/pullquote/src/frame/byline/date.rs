//! Dates and times as bylines print them: ISO, American, British, continental, relative.

use nom::IResult;
use nom::Parser as _;
use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case, take_while_m_n, take_while1};
use nom::character::complete::{char, one_of};
use nom::combinator::{opt, recognize, verify};
use nom::multi::many_m_n;

use crate::lexicon::sieve::DATE_STARTS;
use crate::lexicon::terms::{AGO, MONTH, UNIT, WEEKDAY, ZONE};

type Read<'t> = IResult<&'t str, &'t str>;

/// Returns how many bytes the date takes that `text` starts with, its clock time included.
///
/// A date ends where a word ends, so "2 days" is none in "2 daysies".
pub(crate) fn at_start(text: &str) -> Option<usize> {
    // Most words of a line begin no date: look at the first one before the grammar does.
    let word = &text[..text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len())];
    let opens = if word.is_empty() {
        text.starts_with(|c: char| c.is_ascii_digit())
    } else {
        DATE_STARTS.may_hold(word) && (MONTH.has(word) || WEEKDAY.has(word) || AGO.has(word))
    };
    // "A year ago" is a date, "A mayor" none.
    let counts = ["a", "an", "one"].iter().any(|w| w.eq_ignore_ascii_case(word));
    let opens = opens && (!counts || UNIT.may_start(text[word.len()..].trim_start_matches(' ')));
    if !opens {
        return None;
    }
    let (rest, _) = alt((dated, clocked, relative)).parse(text).ok()?;
    let len = text.len() - rest.len();
    // A glued tail may follow digits ("2019Tags"), never letters.
    let open = text[..len].ends_with(char::is_alphabetic) && rest.starts_with(char::is_alphanumeric);
    (!open && !rest.starts_with(|c: char| c.is_ascii_digit())).then_some(len)
}

/// Returns the length of a clock time alone ("12:06 PM"); callers want a word such as "at" before it.
pub(crate) fn time_at_start(text: &str) -> Option<usize> {
    let (rest, _) = time(text).ok()?;
    Some(text.len() - rest.len())
}

/// Tells whether a text opens with a month and its day ("MAY 3, 2031").
pub(super) fn opens_with_month(text: &str) -> bool {
    month_day(text).is_ok()
}

/// Day first, then perhaps the hour: "Monday, 3 May 2021 at 6:05 pm GMT".
fn dated(input: &str) -> Read<'_> {
    recognize((opt((weekday, spaces)), calendar, opt((gap, time)))).parse(input)
}

/// Hour first, then the day: "5:45 AM PST 11/19/2030".
fn clocked(input: &str) -> Read<'_> {
    recognize((
        time,
        opt(alt((tag(", "), tag(" on "), tag(" | "), tag(" ")))),
        opt((weekday, spaces)),
        calendar,
    ))
    .parse(input)
}

fn calendar(input: &str) -> Read<'_> {
    alt((iso, numeric, day_month, month_year, month_day)).parse(input)
}

/// "2031-04-09", "2031/4/9", "2031-04-09T10:00:00Z".
fn iso(input: &str) -> Read<'_> {
    recognize((
        digits(4, 4),
        one_of("-/."),
        digits(1, 2),
        one_of("-/."),
        digits(1, 2),
        opt((char('T'), time, opt(char('Z')))),
    ))
    .parse(input)
}

/// "11/19/31", "10/ 5/2031", "30.04.2031", "12-9-31".
fn numeric(input: &str) -> Read<'_> {
    let mark = |i| recognize((one_of::<_, _, nom::error::Error<&str>>("/.-"), opt(char(' ')))).parse(i);
    recognize((digits(1, 2), mark, digits(1, 2), mark, alt((digits(4, 4), digits(2, 2))))).parse(input)
}

/// "3 May 2031", "3. Mai 2031", "3rd of May, 2031", "3 de mayo de 2031", "4 April 31", "3 May".
fn day_month(input: &str) -> Read<'_> {
    recognize((
        day,
        opt(char('.')),
        alt((tag(" de "), tag(" of "), tag("-"), tag(" "))),
        month,
        opt((alt((tag(", "), tag(" de "), tag(" del "), tag("-"), tag(" "))), year)),
    ))
    .parse(input)
}

/// "May 3, 2031", "Oct 30 2031", "Aug 18th 2031", "mayo 3, 2031", "March 18".
fn month_day(input: &str) -> Read<'_> {
    recognize((
        month,
        alt((tag(" "), tag("-"))),
        day,
        opt((alt((tag(", "), tag(","), tag("-"), tag(" "))), year)),
    ))
    .parse(input)
}

/// "May 2031".
fn month_year(input: &str) -> Read<'_> {
    recognize((month, alt((tag(", "), tag(" "))), verify(digits(4, 4), is_year))).parse(input)
}

fn day(input: &str) -> Read<'_> {
    recognize((
        verify(digits(1, 2), |d: &str| d.parse::<u8>().is_ok_and(|n| (1..=31).contains(&n))),
        opt(alt((tag_no_case("st"), tag_no_case("nd"), tag_no_case("rd"), tag_no_case("th"), tag("er")))),
    ))
    .parse(input)
}

/// Four digits, or two with or without an apostrophe; two must not be the hour of a clock time.
fn year(input: &str) -> Read<'_> {
    let end = |rest: &str| !rest.starts_with(|c: char| c == ':' || c.is_ascii_digit());
    let (rest, found) =
        recognize((opt(one_of("'’")), alt((verify(digits(4, 4), is_year), digits(2, 2))))).parse(input)?;
    let clock = rest.trim_start().get(..2).is_some_and(|s| {
        ["am", "pm"].iter().any(|m| s.eq_ignore_ascii_case(m)) || s.eq_ignore_ascii_case("uh")
    });
    if end(rest) && !(clock && found.len() < 4) && !(found.len() == 2 && rest.starts_with('.')) {
        Ok((rest, found))
    } else {
        Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify)))
    }
}

fn is_year(digits: &str) -> bool {
    digits.parse::<u16>().is_ok_and(|n| (1700..2200).contains(&n))
}

/// Between a day and its hour.
fn gap(input: &str) -> Read<'_> {
    alt((
        tag(", um "),
        tag(" um "),
        tag(", at "),
        tag(" at "),
        tag(" à "),
        tag(" a las "),
        tag(" alle "),
        tag(" às "),
        tag(" om "),
        tag(" @ "),
        tag(" | "),
        tag(" -- "),
        tag(" - "),
        tag(" – "),
        tag(" — "),
        tag(" / "),
        tag(" • "),
        tag(" · "),
        tag(", "),
        tag(" "),
    ))
    .parse(input)
}

/// "6:05 pm GMT", "18:05", "18h05", "18.05 Uhr", "7 p.m. ET", "09:32:17 UTC", "19:14 GMT (19:14 GMT)".
fn time(input: &str) -> Read<'_> {
    let clock = recognize((digits(1, 2), one_of(":h"), digits(2, 2), opt((char(':'), digits(2, 2)))));
    let dotted = recognize((digits(1, 2), char('.'), digits(2, 2), opt(char(' ')), half_or_hour));
    // "Mon 4 Mar 2031 06.00 GMT".
    let stopped = recognize((digits(2, 2), char('.'), digits(2, 2), char(' '), zone));
    let full = recognize((digits(1, 2), opt(char(' ')), half_or_hour));
    let military = recognize((digits(4, 4), char(' '), zone));
    recognize((
        alt((recognize((clock, opt((opt(char(' ')), half_or_hour)))), dotted, stopped, military, full)),
        many_m_n(0, 2, recognize((char(' '), zone))),
        opt((tag(" ("), digits(1, 4), opt(char(':')), opt(digits(2, 2)), char(' '), zone, char(')'))),
    ))
    .parse(input)
}

/// "am", "p.m.", "Uhr", "h".
fn half_or_hour(input: &str) -> Read<'_> {
    let (rest, found) = alt((
        tag_no_case("a.m."),
        tag_no_case("p.m."),
        tag_no_case("am"),
        tag_no_case("pm"),
        tag_no_case("uhr"),
        tag_no_case("hrs"),
        tag_no_case("h"),
    ))
    .parse(input)?;
    // "AMandla" is a word, "pmNovember" is glued: a month or weekday may follow at once.
    let word: &str = &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())];
    if word.is_empty() || MONTH.has(word) || WEEKDAY.has(word) {
        Ok((rest, found))
    } else {
        Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify)))
    }
}

/// "GMT", "ET", "GMT+1", "+05:30", "(IST)".
fn zone(input: &str) -> Read<'_> {
    let offset = || recognize((one_of("+-−"), digits(1, 2), opt(char(':')), opt(digits(2, 2))));
    let named = verify(take_while1(|c: char| c.is_alphabetic()), |w: &str| {
        ZONE.has(w) && (w.len() > 3 || !w.starts_with(char::is_lowercase))
    });
    let bracketed =
        recognize((char('('), verify(take_while1(char::is_alphabetic), |w: &str| ZONE.has(w)), char(')')));
    alt((recognize((named, opt(offset()))), offset(), bracketed)).parse(input)
}

/// "Monday,", "Mon.", "Lunes".
fn weekday(input: &str) -> Read<'_> {
    recognize((
        verify(take_while1(|c: char| c.is_alphabetic() || c == '-'), |w: &str| WEEKDAY.has(w)),
        opt(char('.')),
        opt(char(',')),
    ))
    .parse(input)
}

fn month(input: &str) -> Read<'_> {
    recognize((verify(take_while1(char::is_alphabetic), |w: &str| MONTH.has(w)), opt(char('.')))).parse(input)
}

/// "2 days ago", "52m ago", "an hour ago", "7 hours", "yesterday", "vor 3 Stunden", "hace 2 horas".
fn relative(input: &str) -> Read<'_> {
    let amount = || alt((digits(1, 3), tag_no_case("an"), tag_no_case("a"), tag_no_case("one")));
    let unit = |i| verify(take_while1(char::is_alphabetic), |w: &str| UNIT.has(w)).parse(i);
    let ago = recognize((
        amount(),
        opt(char(' ')),
        unit,
        opt((alt((tag(", "), tag(" and "), tag(" "))), amount(), opt(char(' ')), unit)),
        tag_no_case(" ago"),
    ));
    let since = recognize((
        alt((tag_no_case("vor "), tag_no_case("hace "), tag_no_case("il y a "), tag_no_case("há "))),
        alt((digits(1, 3), take_while1(char::is_alphabetic))),
        char(' '),
        unit,
    ));
    let now = recognize((
        alt((tag_no_case("yesterday"), tag_no_case("today"), tag_no_case("just now"))),
        opt((alt((tag_no_case(", at "), tag_no_case(" at "), tag(", "), tag(" "))), time)),
    ));
    let now = verify(now, |s: &str| !s.eq_ignore_ascii_case("today"));
    let (rest, found) =
        alt((ago, since, now, recognize((digits(1, 3), opt(char(' ')), unit)))).parse(input)?;
    // Without "ago" minutes may be a read time, and words may follow that say so.
    let told = found.ends_with("go") || found.starts_with(|c: char| c.is_alphabetic());
    let minutes = found.contains(" m") && !found.contains(" mo");
    if told || (!minutes && !rest.trim_start().starts_with(|c: char| c.is_alphanumeric())) {
        Ok((rest, found))
    } else {
        Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify)))
    }
}

fn digits<'t>(least: usize, most: usize) -> impl FnMut(&'t str) -> Read<'t> {
    move |input| take_while_m_n(least, most, |c: char| c.is_ascii_digit()).parse(input)
}

fn spaces(input: &str) -> Read<'_> {
    tag(" ").parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_whole() {
        for date in [
            "2031-04-09",
            "2031-04-09 10:31:07 UTC",
            "2031-04-09T10:31:07Z",
            "4/9/31",
            "10/ 5/31 09:19 PM ET",
            "09.04.2031, 18:05 Uhr",
            "Apr 9, 2031",
            "Apr. 9, 2031 at 6:05 p.m. ET",
            "APRIL 9, 2031",
            "April 9th, 2031",
            "April 9",
            "April 9 at 3:57 PM",
            "9 April 2031",
            "9 April 31",
            "9. April 2031 00:04 Uhr",
            "9 de abril de 2031",
            "9 avril 2031 à 18:42",
            "Wednesday, 9 April 2031",
            "Wed, Apr 9, 2031, 6:05 pm CST",
            "Wednesday, April 9, 2031 @ 11:10 PM UTC",
            "April 9, 2031 -- 19:14 GMT (19:14 GMT)",
            "April 9, 2031 | 6:03 pm",
            "5:45 AM PST 4/9/2031",
            "April 2031",
            "2 days ago",
            "1 hr ago",
            "52m ago",
            "an hour ago",
            "7 hours",
            "vor 3 Stunden",
        ] {
            assert_eq!(at_start(date), Some(date.len()), "{date}");
        }
    }

    #[test]
    fn words_that_only_resemble_dates_are_none() {
        for other in
            ["May Roe", "April", "March on the town", "2 daylong talks", "7 News", "Sunday roast", "6 mins"]
        {
            assert_eq!(at_start(other), None, "{other}");
        }
    }

    #[test]
    fn a_date_ends_before_what_follows() {
        for (text, date) in [
            ("Apr 9, 2031 Ada Roe", "Apr 9, 2031"),
            ("April 9, 2031, 11:21am|Updated", "April 9, 2031, 11:21am"),
            ("9 April 2031, 3:51 pm 11 Edit", "9 April 2031, 3:51 pm"),
            ("2 days ago by Ada", "2 days ago"),
        ] {
            assert_eq!(at_start(text), Some(date.len()), "{text}");
        }
    }
}
