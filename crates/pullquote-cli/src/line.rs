//! One line with one thing on it: `pullquote byline|read-time|dateline|name`.

use std::io::{self, BufRead as _, IsTerminal as _};
use std::path::Path;

use pullquote::{Byline, BylineKind, Dateline, PersonName, ReadTime};
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::Outcome;
use crate::args::{LineArgs, LineFormat};
use crate::error::{self, Error};
use crate::input;
use crate::output::Output;
use crate::record::{Records, json_string};
use crate::style;

/// What a line is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Byline,
    ReadTime,
    Dateline,
    Name,
}

impl Kind {
    /// Returns the name of the member that holds the result in the record.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Kind::Byline => "byline",
            Kind::ReadTime => "read_time",
            Kind::Dateline => "dateline",
            Kind::Name => "name",
        }
    }

    /// Returns the name of the job that parses such lines.
    fn command(self) -> &'static str {
        match self {
            Kind::ReadTime => "read-time",
            other => other.key(),
        }
    }

    /// Parses a line strictly.
    pub(crate) fn parse(self, text: &str) -> Result<Parsed, pullquote::Error> {
        Ok(match self {
            Kind::Byline => Parsed::Byline(Box::new(text.parse()?)),
            Kind::ReadTime => Parsed::ReadTime(text.parse()?),
            Kind::Dateline => Parsed::Dateline(text.parse()?),
            Kind::Name => Parsed::Name(text.parse()?),
        })
    }
}

/// What a line turned out to be.
#[derive(Debug)]
pub(crate) enum Parsed {
    Byline(Box<Byline>),
    ReadTime(ReadTime),
    Dateline(Dateline),
    Name(PersonName),
}

impl Serialize for Parsed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Parsed::Byline(byline) => byline.serialize(serializer),
            Parsed::ReadTime(time) => time.stated().serialize(serializer),
            Parsed::Dateline(dateline) => dateline.serialize(serializer),
            Parsed::Name(name) => {
                let mut map = serializer.serialize_map(None)?;
                map.serialize_entry("name", name.as_str())?;
                map.serialize_entry("given", &name.given())?;
                map.serialize_entry("family", &name.family())?;
                map.serialize_entry("suffix", &name.suffix())?;
                map.serialize_entry("honorific", &name.honorific())?;
                map.serialize_entry("particles", &name.particles())?;
                map.serialize_entry("credentials", &name.credentials())?;
                map.serialize_entry("display", &name.display())?;
                map.end()
            }
        }
    }
}

impl Parsed {
    /// Lists what was found, for people: a label and its words.
    fn fields(&self) -> Vec<(&'static str, String)> {
        let mut fields = Vec::new();
        let mut add = |label, words: Option<&str>| {
            if let Some(words) = words {
                fields.push((label, words.to_owned()));
            }
        };
        match self {
            Parsed::Byline(byline) => {
                for author in byline.authors() {
                    let role = author.role().map(|role| format!(", {role}"));
                    add("author", Some(&format!("{}{}", author.name(), role.unwrap_or_default())));
                }
                match byline.kind() {
                    BylineKind::Staff => add("signed by", Some("the staff")),
                    BylineKind::Agency => add("signed by", Some("an agency")),
                    _ => {}
                }
                add("role", byline.role());
                add("outlet", byline.outlet());
                add("place", byline.location());
                add("date", byline.date());
                add("handle", byline.handle());
                add("e-mail", byline.email());
                add("read time", byline.read_time().map(|s| style::duration(s.duration())).as_deref());
                for contributor in byline.contributors() {
                    add("also", Some(&format!("{} ({})", contributor.name(), contributor.share())));
                }
            }
            Parsed::ReadTime(time) => {
                add("stated", time.stated().map(|s| style::duration(s.duration())).as_deref());
            }
            Parsed::Dateline(dateline) => {
                add("place", Some(dateline.place()));
                add("agency", dateline.agency());
                add("date", dateline.date());
            }
            Parsed::Name(name) => {
                let display = name.display();
                add("honorific", name.honorific());
                add("given", name.given());
                add("particles", name.particles());
                add("family", name.family());
                add("suffix", name.suffix());
                add("letters", name.credentials());
                add("display", (display != name.as_str()).then_some(display.as_str()));
            }
        }
        fields
    }
}

/// Parses every line given and prints what it holds; a line that does not parse is told on standard error.
pub(crate) fn run(kind: Kind, args: &LineArgs) -> Result<Outcome, Error> {
    let mut job = Job {
        kind,
        format: args.format,
        records: Records::default(),
        output: Output::stdout(),
        outcome: Outcome::AllGood,
    };
    if !args.texts.is_empty() {
        for text in &args.texts {
            job.line(text)?;
        }
    } else if io::stdin().is_terminal() {
        return crate::help(Some(kind.command()));
    } else {
        let path = Path::new("-");
        let name = error::name_of(path);
        let mut bytes = Vec::new();
        let mut input = input::open(path)?;
        let mut offset = 0;
        for number in 1.. {
            bytes.clear();
            let read = input.read_until(b'\n', &mut bytes).map_err(|e| Error::read(&name, e))?;
            if read == 0 {
                break;
            }
            let text = std::str::from_utf8(&bytes)
                .map_err(|e| Error::not_utf8(&name, &bytes, e.valid_up_to()).moved(offset, number))?;
            if !text.trim().is_empty() {
                job.line(text.trim_end_matches(['\n', '\r']))?;
            }
            offset += read;
        }
    }
    job.output.finish()?;
    Ok(job.outcome)
}

/// One run over many lines.
struct Job {
    kind: Kind,
    format: LineFormat,
    records: Records,
    output: Output,
    outcome: Outcome,
}

impl Job {
    fn line(&mut self, text: &str) -> Result<(), Error> {
        let parsed = match self.kind.parse(text) {
            Ok(parsed) => parsed,
            Err(source) => {
                error::report(&Error::NotParsed { text: text.to_owned(), source });
                self.outcome = Outcome::SomeFailed;
                return Ok(());
            }
        };
        if self.format != LineFormat::Text {
            let id = json_string(text);
            let record = self.records.member(&id, self.kind.key(), &parsed, self.format == LineFormat::Json);
            return self.output.put(record);
        }
        let (strong, dim, plain) = (style::STRONG, style::DIM, anstyle::Reset);
        let mut report = format!("{strong}{text}{plain}\n");
        for (label, words) in parsed.fields() {
            report += &format!("  {dim}{label:<9}{plain} {words}\n");
        }
        self.output.put(report.as_bytes())
    }
}
