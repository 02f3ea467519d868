//! The head of the page: where the story begins, and which of the lines before it is headline, dek, kicker.
//!
//! Every line is first seen alone (a [`Part`]), then in its place: a sentence is the first paragraph unless a
//! byline, a date or a read time still comes after it.

use core::cell::{Cell, RefCell};

use crate::block::{Block, BlockKind};
use crate::frame::byline::{self, Byline};
use crate::frame::dateline::{self, Dateline};
use crate::frame::furniture::{self, Zone};
use crate::frame::line::{End, Line};
use crate::frame::read_time::{self, StatedReadTime};
use crate::frame::signs;
use crate::frame::{date, date::When};
use crate::lexicon::{self, Class};

/// How many lines the head of a page may have.
const MOST_LINES: usize = 40;
/// A line longer than this stands in the story, in bytes.
const LONGEST_SENTENCE: usize = 350;
/// A headline is no longer than this, in bytes.
const LONGEST_HEADLINE: usize = 220;
/// A byline without "By" is no longer than this, in bytes.
const LONGEST_NAMES: usize = 120;

/// What a line of the head looks like on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Furniture, known by its words.
    Known(BlockKind),
    /// A date or a read time: the story has not begun yet.
    Mark(BlockKind),
    /// A byline that says so ("By Ada Roe").
    By,
    /// "By" alone: the names stand on the next line.
    ByAlone,
    /// A byline if it stands in a byline's place ("Ada Roe").
    Names,
    /// Words without a stop.
    Title,
    /// A sentence.
    Sentence,
    /// A line of the story, whatever comes after it.
    Story,
}

impl Part {
    fn is_text(self) -> bool {
        matches!(self, Part::Names | Part::Title | Part::Sentence | Part::Story)
    }
}

/// What was read from the head of the page.
#[derive(Debug, Default)]
pub(crate) struct Head {
    pub(crate) headline: Option<usize>,
    pub(crate) dek: Option<usize>,
    pub(crate) byline: Option<Byline>,
    /// The first block of the story.
    pub(crate) story: usize,
    /// The dateline that was met, and the block it stands in.
    pub(crate) dateline: Option<(usize, Dateline)>,
    /// The read time that was met on a line of its own.
    pub(crate) read_time: Option<StatedReadTime>,
}

/// Reads the head of the page and gives its blocks their kinds. Constant time but for the length of its lines.
pub(crate) fn read(text: &str, blocks: &mut [Block]) -> Head {
    let parts = Parts::of(text, blocks);
    let mut walk = Walk { parts: &parts, titles: Titles::default(), byline: None, attached: 0 };
    let story = walk.run(blocks.len());
    let Walk { titles, byline, attached, .. } = walk;

    for (n, block) in blocks.iter_mut().enumerate().take(story) {
        block.kind = match parts.at(n) {
            Part::Known(kind) | Part::Mark(kind) => kind,
            // A second byline under the first one credits pictures or helpers.
            Part::By | Part::ByAlone => BlockKind::Credit,
            Part::Names | Part::Title | Part::Sentence | Part::Story => BlockKind::Caption,
        };
    }
    let mut head =
        Head { story, dateline: parts.dateline.take(), read_time: parts.read_time.get(), ..Head::default() };
    head.headline = choose(&parts, &titles).map(|at| titles[at]);
    if let Some(headline) = head.headline {
        for &n in titles.iter().filter(|&&n| n < headline) {
            blocks[n].kind = BlockKind::Section;
        }
        // "Iceland" over the headline is what the story is filed under, not where from.
        for block in blocks[..headline].iter_mut().filter(|b| b.kind == BlockKind::Dateline) {
            block.kind = BlockKind::Section;
        }
        head.dateline.take_if(|(n, _)| *n < headline);
        blocks[headline].kind = BlockKind::Headline;
        head.dek = titles
            .iter()
            .copied()
            .find(|&n| n > headline && parts.get(n + 1) != Some(Part::Known(BlockKind::Credit)));
        if let Some(dek) = head.dek {
            blocks[dek].kind = BlockKind::Dek;
        }
    }
    if let Some((first, last)) = byline {
        head.byline = read_byline(text, &parts, first, last);
        for block in &mut blocks[first..=last + attached] {
            if matches!(block.kind, BlockKind::Caption | BlockKind::Credit) {
                block.kind = BlockKind::Byline;
            }
        }
        if let Some(byline) = &mut head.byline {
            for n in last + 1..=last + attached {
                attach(byline, &parts.line(n));
            }
        }
    }
    head
}

/// The parts of the head, each read when it is first asked for: the story mostly begins after a few lines, and
/// what stands below is never looked at.
struct Parts<'t> {
    text: &'t str,
    /// The first blocks of the page, as they were before any got its kind.
    blocks: [Block; MOST_LINES],
    len: usize,
    known: [Cell<Option<Part>>; MOST_LINES],
    /// The first byline that says so, the first one that does not, and the first dateline, each with its line:
    /// they need not be read again.
    by: RefCell<Option<(usize, Byline)>>,
    names: RefCell<Option<(usize, Byline)>>,
    dateline: RefCell<Option<(usize, Dateline)>>,
    read_time: Cell<Option<StatedReadTime>>,
}

impl<'t> Parts<'t> {
    fn of(text: &'t str, blocks: &[Block]) -> Parts<'t> {
        let mut first = [Block::EMPTY; MOST_LINES];
        let len = blocks.len().min(MOST_LINES);
        first[..len].copy_from_slice(&blocks[..len]);
        Parts {
            text,
            blocks: first,
            len,
            known: [const { Cell::new(None) }; MOST_LINES],
            by: RefCell::default(),
            names: RefCell::default(),
            dateline: RefCell::default(),
            read_time: Cell::default(),
        }
    }

    fn len(&self) -> usize {
        self.len
    }

    fn line(&self, n: usize) -> Line<'t> {
        Line::new(self.text, &self.blocks[n])
    }

    fn at(&self, n: usize) -> Part {
        self.known[n].get().unwrap_or_else(|| {
            let part = self.read(&self.line(n), n);
            self.known[n].set(Some(part));
            part
        })
    }

    fn get(&self, n: usize) -> Option<Part> {
        (n < self.len()).then(|| self.at(n))
    }

    /// Reads a line on its own.
    fn read(&self, line: &Line<'_>, n: usize) -> Part {
        let text = line.text;
        if !line.is_longer_than(LONGEST_NAMES) {
            if text.trim_end_matches(':').eq_ignore_ascii_case("by") {
                return Part::ByAlone;
            }
            if date::read(text) == Some(When::Day) {
                return Part::Mark(BlockKind::Date);
            }
        }
        if !line.is_longer_than(LONGEST_SENTENCE)
            && let Some(byline) = byline::parse_line(text, line.start, false)
        {
            self.by.borrow_mut().get_or_insert((n, byline));
            return Part::By;
        }
        if let Some(kind) = furniture::kind(line, Zone::Head) {
            return Part::Known(kind);
        }
        if line.heading {
            return Part::Title;
        }
        if text.len() <= 60
            && let Some(found) = read_time::find_in_line(text, line.start)
            && found.span.len() + 12 >= text.len()
        {
            self.read_time.set(self.read_time.get().or(Some(found)));
            return Part::Mark(BlockKind::ReadTime);
        }
        if line.is_longer_than(LONGEST_SENTENCE) || line.set_in {
            return Part::Story;
        }
        if let Some(found) = dateline::parse_start(text, line.start) {
            // On its own line it is the last thing before the story; else it starts the story.
            let alone = found.span.len() + 3 >= text.len();
            // "Oslo: Pier to close" is a headline.
            if !alone && line.end == End::Bare && text[..found.span.len()].ends_with(':') {
                return Part::Title;
            }
            self.dateline.borrow_mut().get_or_insert((n, found));
            return if alone { Part::Mark(BlockKind::Dateline) } else { Part::Story };
        }
        match line.end {
            End::Bare | End::Stop if n > 0 && may_be_names(line) && self.is_signed(line, n) => Part::Names,
            End::Bare | End::Cry if !line.is_longer_than(LONGEST_HEADLINE) => Part::Title,
            End::Colon | End::Running => Part::Story,
            _ => Part::Sentence,
        }
    }

    /// Tells whether a line is a byline without "By".
    fn is_signed(&self, line: &Line<'_>, n: usize) -> bool {
        let Some(byline) = byline::parse_line(line.text, line.start, true) else { return false };
        self.names.borrow_mut().get_or_insert((n, byline));
        true
    }

    /// Gives away the byline that was read from a line.
    fn take_byline(&self, n: usize) -> Option<Byline> {
        [&self.by, &self.names]
            .into_iter()
            .find_map(|kept| kept.borrow_mut().take_if(|(at, _)| *at == n))
            .map(|(_, b)| b)
    }
}

/// A name ends without a stop, but for "Jr." and "Ph.D.".
fn may_be_names(line: &Line<'_>) -> bool {
    let short = || {
        let last = line.text.rsplit(char::is_whitespace).next().unwrap_or("");
        last.len() <= 4 || last.trim_end_matches('.').contains('.')
    };
    !line.is_longer_than(LONGEST_NAMES) && (line.end == End::Bare || short())
}

/// The places of some lines of the head.
struct Titles {
    places: [usize; MOST_LINES],
    len: usize,
}

impl Default for Titles {
    fn default() -> Titles {
        Titles { places: [0; MOST_LINES], len: 0 }
    }
}

impl Titles {
    /// Adds a line; each line is added once.
    fn push(&mut self, place: usize) {
        if let Some(to) = self.places.get_mut(self.len) {
            *to = place;
            self.len += 1;
        }
    }

    /// Adds the line of what was taken for a byline and is none.
    fn extend(&mut self, byline: Option<(usize, usize)>) {
        if let Some((first, _)) = byline {
            self.push(first);
        }
    }
}

impl core::ops::Deref for Titles {
    type Target = [usize];

    fn deref(&self) -> &[usize] {
        &self.places[..self.len]
    }
}

/// The walk over the head's lines, down to the first line of the story.
struct Walk<'a, 't> {
    parts: &'a Parts<'t>,
    /// The lines that may be kicker, headline or dek.
    titles: Titles,
    /// First and last block of the byline.
    byline: Option<(usize, usize)>,
    /// How many blocks after the byline belong to it (role, outlet).
    attached: usize,
}

impl Walk<'_, '_> {
    /// Returns where the story begins; `total` blocks are on the page.
    fn run(&mut self, total: usize) -> usize {
        if self.is_transcript() {
            return 0;
        }
        let mut by_word = false;
        for n in 0..self.parts.len() {
            match self.parts.at(n) {
                Part::Known(_) | Part::Mark(_) => {}
                Part::By if !by_word => {
                    // What looked like a bare name was none: the byline comes here.
                    self.titles.extend(self.byline);
                    (self.byline, self.attached, by_word) = (Some((n, n)), 0, true);
                }
                Part::ByAlone if !by_word && self.parts.get(n + 1).is_some_and(|p| p.is_text()) => {
                    self.titles.extend(self.byline);
                    (self.byline, self.attached, by_word) = (Some((n, n + 1)), 0, true);
                }
                Part::By | Part::ByAlone => {}
                _ if self.byline.is_some_and(|(_, last)| n <= last) => {}
                Part::Names
                    if self.byline.is_none() && !self.titles.is_empty() && self.may_sign(n, total) =>
                {
                    (self.byline, self.attached) = (Some((n, n)), 0);
                }
                Part::Names | Part::Title if self.is_attached(n) => self.attached += 1,
                Part::Story => return n,
                part => {
                    let first = self.titles.is_empty();
                    let title = matches!(part, Part::Title | Part::Names);
                    if (first && title && self.is_title(n, total)) || self.mark_ahead(n) || self.is_dek(n) {
                        self.titles.push(n);
                    } else {
                        return n;
                    }
                }
            }
        }
        self.parts.len()
    }

    /// "ROE: Where were you?" twice over: people speak, and no headline stands over them.
    fn is_transcript(&self) -> bool {
        self.parts.len() > 1 && (0..2).all(|n| has_speaker_label(self.parts.line(n).text))
    }

    /// A first line without a stop is the headline, but for a quotation with its source behind it.
    fn is_title(&self, n: usize, total: usize) -> bool {
        let text = self.parts.line(n).text;
        if !signs::may_quote(text) {
            return true;
        }
        let sourced = [".” ", ".\" ", "!” ", "!\" ", "?” ", "?\" "].iter().any(|m| text.contains(m));
        !(sourced && (total == 1 || text.starts_with(['“', '"'])))
    }

    /// A bare name signs when it is not the last line of the page.
    fn may_sign(&self, n: usize, total: usize) -> bool {
        n + 1 < total
    }

    /// Role and outlet stand on the lines right under the name.
    fn is_attached(&self, n: usize) -> bool {
        let Some((_, last)) = self.byline else { return false };
        let line = self.parts.line(n);
        n == last + self.attached + 1
            && self.attached < 2
            && line.end == End::Bare
            && line.text.len() <= 60
            && line.words(9) < 9
            && (has_role(line.text)
                || (self.attached == 0
                    && !self.titles.is_empty()
                    && line.words(5) < 5
                    && (!line.after_blank || self.mark_ahead(n))))
    }

    /// After the headline, a line without a stop over a sentence: the dek.
    fn is_dek(&self, n: usize) -> bool {
        self.titles.len() == 1
            && self.titles[0] + 1 == n
            && matches!(self.parts.at(n), Part::Title)
            && self.parts.line(n).words(4) >= 4
            // "Q: Why a lighthouse?" over "A: …" begins the story.
            && !(n + 1 < self.parts.len() && (n..n + 2).all(|n| has_speaker_label(self.parts.line(n).text)))
            && matches!(self.parts.get(n + 1), Some(Part::Sentence | Part::Story))
    }

    /// A byline, a date or a read time comes soon, with the story after it.
    fn mark_ahead(&self, n: usize) -> bool {
        let mut texts = 0;
        for m in n + 1..self.parts.len() {
            match self.parts.at(m) {
                Part::Known(_) => {}
                Part::By | Part::ByAlone | Part::Mark(_) => return self.story_after(m),
                Part::Names if self.byline.is_none() && m > n && (self.titles.len() + texts < 3) => {
                    return self.story_after(m);
                }
                Part::Story => return false,
                Part::Names | Part::Title | Part::Sentence => {
                    texts += 1;
                    if texts > 2 {
                        return false;
                    }
                }
            }
        }
        false
    }

    fn story_after(&self, n: usize) -> bool {
        self.parts.len() == MOST_LINES
            || (n + 1..self.parts.len())
                .any(|m| matches!(self.parts.at(m), Part::Sentence | Part::Story | Part::Title))
    }
}

/// "ROE: …", "Q: …": up to four words with capitals before a colon.
fn has_speaker_label(text: &str) -> bool {
    let head = text.char_indices().nth(40).map_or(text, |(i, _)| &text[..i]);
    let Some(at) = head.find(": ") else { return false };
    let label = &head[..at];
    label.split_whitespace().count() <= 4
        && label.split_whitespace().all(|w| w.starts_with(|c: char| c.is_uppercase() || c == '('))
        && !label.contains(['“', '"', '‘', ','])
}

fn has_role(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|w| lexicon::class(w).any(Class::PRESS.or(Class::ROLE)))
}

/// Chooses the headline among the titles: the place in `titles`.
fn choose(parts: &Parts<'_>, titles: &[usize]) -> Option<usize> {
    let &first = titles.first()?;
    let a = parts.line(first);
    // "Pier to close - Holt Gazette" is the title of the window; the headline comes again below.
    let again = titles.iter().skip(1).position(|&n| {
        a.text
            .strip_prefix(parts.line(n).text)
            .is_some_and(|rest| [" - ", " | ", " – ", " — "].iter().any(|d| rest.starts_with(d)))
    });
    if let Some(at) = again {
        return Some(at + 1);
    }
    // "Health", "The Long View": up to two words are a kicker when a longer line without a stop follows, up to
    // four when a dek follows that one.
    let is_kicker = |at: usize| {
        let Some(&next) = titles.get(at + 1) else { return false };
        let line = parts.line(titles[at]);
        // "Boats | Ferries": signs between them are no words.
        let is_word = |w: &&str| w.contains(char::is_alphanumeric);
        let words = line.text.split_whitespace().filter(is_word).take(6).count();
        line.end == End::Bare
            && !line.heading
            && matches!(parts.at(next), Part::Title | Part::Names)
            && parts.line(next).words(6) > words
            && (words <= 2 || (words <= 4 && titles.len() > at + 2))
    };
    Some((0..titles.len()).find(|&at| !is_kicker(at)).unwrap_or(0))
}

/// Reads the byline that stands on the blocks `first` to `last`.
fn read_byline(text: &str, parts: &Parts<'_>, first: usize, last: usize) -> Option<Byline> {
    if first == last
        && let Some(byline) = parts.take_byline(first)
    {
        return Some(byline);
    }
    let (a, b) = (parts.line(first), parts.line(last));
    let whole = text.get(a.start..b.start + b.text.len()).unwrap_or("");
    byline::parse_line(whole, a.start, true).or_else(|| {
        let mut byline = byline::parse_line(b.text, b.start, true)?;
        byline.span = byline.span.cover(crate::span::Span::at(a.start, a.start + a.text.len()));
        Some(byline)
    })
}

/// Gives the byline the role or the outlet that stands on the line under it.
fn attach(byline: &mut Byline, line: &Line<'_>) {
    if has_role(line.text) {
        byline.role.get_or_insert_with(|| line.text.into());
    } else {
        byline.outlet.get_or_insert_with(|| line.text.into());
    }
    byline.span = byline.span.cover(crate::span::Span::at(line.start, line.start + line.text.len()));
}
