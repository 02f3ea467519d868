//! Articles in, one of the formats out: what the main job and `pullquote batch` share.

use std::path::Path;
use std::time::{Duration, Instant};

use pullquote::Article;

use crate::Outcome;
use crate::args::{BatchKind, Format, Sources};
use crate::checkpoint::{Checkpoint, Progress as Kept};
use crate::error::{self, Error};
use crate::folder::{Folder, stem};
use crate::format::{Told, Writer};
use crate::output::Output;
use crate::pipeline::Done;
use crate::progress::Progress;
use crate::rejects;
use crate::source::document::{Document, Reject};
use crate::source::expand::Inputs;
use crate::source::kind::InputKind;
use crate::sources;
use crate::tally::Tally;

/// What is to be done.
pub(crate) struct Job<'a> {
    pub(crate) sources: &'a Sources,
    pub(crate) format: Format,
    pub(crate) kind: BatchKind,
    /// What a file is that nothing tells of.
    pub(crate) otherwise: InputKind,
    pub(crate) output: Option<&'a Path>,
    pub(crate) rejects: Option<&'a Path>,
    /// How often the progress is noted, for a run that can be gone on with, and whether to go on.
    pub(crate) checkpoint: Option<(Duration, bool)>,
    /// Whether the run ends with a summary.
    pub(crate) summary: bool,
}

/// What came of some articles.
#[derive(Default)]
struct Part {
    bytes: Vec<u8>,
    /// Where each article has a file of its own: what it is called after, and the files' contents.
    files: Vec<(String, Vec<u8>, Option<String>)>,
    tally: Tally,
}

/// Does the job.
pub(crate) fn run(job: &Job<'_>) -> Result<Outcome, Error> {
    let inputs = Inputs::find(&job.sources.files, &job.sources.glob)?;
    for output in [job.output, job.rejects].into_iter().flatten() {
        inputs.refuse(output)?;
    }
    let many = inputs.folders || inputs.entries.len() > 1;
    let writer = job.format.writer(many);
    let total = inputs.bytes();
    let options = format!("{:?} {:?} {}", job.format, job.kind, sources::options(job.sources));
    let mut sink = Sink::open(job, &*writer, many, &inputs, &options)?;
    let skip = sink.kept.items;
    let shown = !job.sources.quiet && job.summary;
    sink.progress = Progress::new(total, shown);
    let run = sources::run(job.sources, inputs, job.kind.line().is_some(), job.otherwise, skip);
    let single = sink.is_file_an_article();
    let started = Instant::now();
    let read = |document, part: &mut Part| read(&document, &*writer, job.kind, single, part);
    match run.each(read, |done| sink.take(done)) {
        Ok(()) => sink.finish(started),
        Err(error) => {
            sink.progress.clear();
            if sink.noted && !error.is_closed_pipe() {
                error::note("what was done is kept; run the same again with --resume to go on");
            }
            Err(error)
        }
    }
}

/// Reads one document and writes it in the format.
fn read(document: &Document, writer: &dyn Writer, kind: BatchKind, single: bool, part: &mut Part) {
    if let Some(line) = kind.line() {
        part.tally.articles += 1;
        writer.line(line, document, &mut part.bytes);
        return;
    }
    let article: Article<'_> = pullquote::parse(&document.text);
    part.tally.add(&article);
    let told = Told { document, origin: document.origin(&article), article: &article };
    if single {
        let mut bytes = Vec::new();
        writer.article(&told, &mut bytes);
        let called = if document.label() == document.name { stem(&document.name) } else { document.label() };
        let beside = writer.beside(document).map(|(_, text)| text.to_owned());
        part.files.push((called, bytes, beside));
        return;
    }
    if !part.bytes.is_empty() {
        part.bytes.extend_from_slice(writer.between());
    }
    writer.article(&told, &mut part.bytes);
}

/// Where everything goes.
struct Sink<'a> {
    job: &'a Job<'a>,
    writer: &'a dyn Writer,
    output: Place,
    rejects: Option<Output>,
    checkpoint: Option<Checkpoint>,
    kept: Kept,
    progress: Progress,
    /// Bytes of text that this run has read.
    bytes: u64,
    /// Whether there is something to go on from.
    noted: bool,
}

enum Place {
    One(Output),
    Folder(Folder),
}

impl<'a> Sink<'a> {
    fn open(
        job: &'a Job<'a>,
        writer: &'a dyn Writer,
        many: bool,
        inputs: &Inputs,
        options: &str,
    ) -> Result<Sink<'a>, Error> {
        let to_file = job.output.filter(|path| *path != Path::new("-"));
        let folder = match to_file {
            Some(path) if job.format.is_one_file_an_article() => {
                let ends = path.as_os_str().to_string_lossy().ends_with(['/', '\\']);
                (many || ends || path.is_dir() || job.format == Format::Brat).then_some(path)
            }
            None if job.format.is_one_file_an_article() && many => {
                return Err(Error::NeedsFolder { format: job.format.name() });
            }
            _ => None,
        };
        let resume = job.checkpoint.is_some_and(|(_, resume)| resume);
        let mut checkpoint = None;
        let mut kept = None;
        match (job.checkpoint, to_file) {
            (Some((every, _)), Some(path)) if folder.is_none() => {
                let notes = Checkpoint::new(path, inputs, options, every);
                if resume {
                    kept = notes.load()?;
                    if kept.is_none() && !job.sources.quiet {
                        error::note("no interrupted run was found; this one begins anew");
                    }
                } else {
                    notes.clear();
                }
                checkpoint = Some(notes);
            }
            _ if resume => return Err(Error::ResumeNeedsFile),
            _ => {}
        }
        let open = |path: Option<&Path>, from: Option<u64>| match &checkpoint {
            Some(_) => Output::resume(path, from),
            None => Output::create(path),
        };
        let output = match folder {
            Some(path) => {
                let folder = Folder::create(path)?;
                if let Some((name, content)) = writer.once() {
                    folder.put(name, content.as_bytes())?;
                }
                Place::Folder(folder)
            }
            None if to_file.is_none() && job.format == Format::Text => Place::One(Output::stdout()),
            None => {
                let mut output = open(job.output, kept.as_ref().map(|k| k.output))?;
                if kept.is_none() {
                    let mut head = Vec::new();
                    writer.head(&mut head);
                    output.put(&head)?;
                }
                Place::One(output)
            }
        };
        let rejects = match job.rejects {
            Some(path) => Some(open(Some(path), kept.as_ref().map(|k| k.rejects))?),
            None => None,
        };
        let noted = kept.is_some();
        let kept = kept.unwrap_or_default();
        let progress = Progress::new(None, false);
        Ok(Sink { job, writer, output, rejects, checkpoint, kept, progress, bytes: 0, noted })
    }

    /// Tells whether each article is kept apart from the others.
    fn is_file_an_article(&self) -> bool {
        matches!(self.output, Place::Folder(_)) || self.job.format.is_one_file_an_article()
    }

    /// Takes the next results.
    fn take(&mut self, done: Done<Part>) -> Result<(), Error> {
        let Done { part, rejects, notes, items, bytes, position } = done;
        let before = self.kept.tally.articles;
        self.kept.items += items;
        self.kept.tally += part.tally;
        self.kept.tally.bytes += bytes;
        self.kept.tally.rejects += rejects.len() as u64;
        self.bytes += bytes;
        match &mut self.output {
            Place::One(output) => {
                if !part.bytes.is_empty() {
                    output.put(if before > 0 { self.writer.between() } else { b"" })?;
                    output.put(&part.bytes)?;
                }
                if self.job.format.is_one_file_an_article() && self.kept.tally.articles > 1 {
                    return Err(Error::NeedsFolder { format: self.job.format.name() });
                }
                for (_, content, _) in &part.files {
                    output.put(content)?;
                }
            }
            Place::Folder(folder) => {
                let ending = self.writer.ending().unwrap_or("txt");
                for (called, content, beside) in &part.files {
                    let name = folder.name(called);
                    folder.put(&format!("{name}.{ending}"), content)?;
                    if let Some(text) = beside {
                        folder.put(&format!("{name}.txt"), text.as_bytes())?;
                    }
                }
            }
        }
        self.tell(&rejects, &notes)?;
        self.progress.set(position, self.kept.tally.articles);
        self.note()
    }

    /// Tells what was left out, and how texts were changed.
    fn tell(&mut self, rejects: &[Reject], notes: &[String]) -> Result<(), Error> {
        if let Some(output) = &mut self.rejects {
            rejects.iter().try_for_each(|reject| rejects::put(reject, output))?;
        }
        let told: &[Reject] = if self.rejects.is_some() { &[] } else { rejects };
        let notes = if self.job.sources.quiet { &[] } else { notes };
        if told.is_empty() && notes.is_empty() {
            return Ok(());
        }
        // What was printed so far comes before the message about what comes after it.
        if let Place::One(output) = &mut self.output {
            std::io::Write::flush(output).map_err(|e| output.failed(e))?;
        }
        self.progress.tell(told, notes);
        Ok(())
    }

    /// Notes the progress where it is time.
    fn note(&mut self) -> Result<(), Error> {
        let (Some(checkpoint), Place::One(output)) = (&mut self.checkpoint, &mut self.output) else {
            return Ok(());
        };
        if !checkpoint.is_due() {
            return Ok(());
        }
        output.sync()?;
        if let Some(rejects) = &mut self.rejects {
            rejects.sync()?;
        }
        self.kept.output = output.written();
        self.kept.rejects = self.rejects.as_ref().map_or(0, Output::written);
        checkpoint.save(self.kept.clone())?;
        output.keep();
        self.rejects.iter_mut().for_each(Output::keep);
        self.noted = true;
        Ok(())
    }

    fn finish(self, started: Instant) -> Result<Outcome, Error> {
        self.progress.clear();
        if let Place::One(output) = self.output {
            output.finish()?;
        }
        if let Some(rejects) = self.rejects {
            rejects.finish()?;
        }
        if let Some(checkpoint) = &self.checkpoint {
            checkpoint.clear();
        }
        if self.job.summary && !self.job.sources.quiet {
            error::say(&self.kept.tally.summary(self.bytes, started.elapsed()));
        }
        Ok(if self.kept.tally.rejects > 0 { Outcome::SomeFailed } else { Outcome::AllGood })
    }
}
