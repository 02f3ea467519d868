//! The role `extract`: bulk output, one job a file.
//!
//! One query over a whole folder will not do. When an executor dies while it runs, it may fail as a whole after hours,
//! and leaves files of which nobody knows whether they are complete. Here each file is a job of its own (scan, functions
//! and sink in one task of one partition), written under another name, checked, and then moved to its place. So what has
//! its place is finished, and a run that broke off goes on where it was.

use std::collections::{HashMap, HashSet};
use std::process::ExitCode;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use datafusion::prelude::SessionContext;
use futures::StreamExt as _;
use tokio::task::JoinHandle;

use crate::args::Extract;
use crate::error::Error;
use crate::format::{self, Format};
use crate::job::{Done, Job};
use crate::lock::Lock;
use crate::manifest::Manifest;
use crate::place::{File, Place};
use crate::progress::Progress;
use crate::retry::{self, Failure};
use crate::{address, session};

/// The folder of unfinished files in the output.
const WORKING: &str = "_unfinished";

/// Files in flight on a cluster: what its executors have no core for waits in the scheduler.
const IN_FLIGHT: usize = 16;

/// A time without a finished file after which the user is told of it.
const QUIET: Duration = Duration::from_secs(60);

/// Files that may fail one after the other without a scheduler before a run stops; or as many as are in flight.
const STREAK: usize = 3;

/// Rows of a row group. A writer holds a row group in memory, and an article's quotes are as long as the article:
/// DataFusion's million rows would be gigabytes.
const ROW_GROUP: &str = "16384";

/// Runs a bulk output; the exit code is 1 when a file failed for good.
pub(crate) async fn run(mut options: Extract) -> Result<ExitCode, Error> {
    let row_group = ("datafusion.execution.parquet.max_row_group_size".to_owned(), ROW_GROUP.to_owned());
    options.engine.settings.insert(0, row_group);
    // One partition, so that a job is one task on one executor.
    let session = session::open(&options.engine, 1).await?;
    let input = Place::new(&session, &options.input)?;
    let output = Place::new(&session, &options.output)?;
    if input.holds(&output) {
        return Err(Error::OutputInInput { input: options.input, output: options.output });
    }
    if output.holds(&input) {
        return Err(Error::InputInOutput { input: options.input, output: options.output });
    }
    let jobs = jobs(&input, &output, &options.columns).await?;
    if options.engine.scheduler.is_some() {
        let mut names = jobs.iter().map(|job| &job.file.name);
        if let Some(file) = names.find(|name| Format::of(name).is_some_and(|(f, _)| f.is_local())) {
            return Err(Error::Packed { file: file.clone() });
        }
    }
    let run = run_name();
    let mut lock = Lock::take(&output, &run).await?;
    let end = tokio::select! {
        end = locked(&session, &options, &input, &output, jobs, &run) => end,
        () = lock.lost() => return Err(Error::TakenOver { output: output.to_string() }),
    };
    lock.release().await?;
    end
}

/// Does what is left, with the lock of the output.
async fn locked(
    session: &SessionContext,
    options: &Extract,
    input: &Place,
    output: &Place,
    jobs: Vec<Job>,
    run: &str,
) -> Result<ExitCode, Error> {
    let there: HashSet<String> = output.files().await?.into_iter().map(|file| file.name).collect();
    let total = jobs.len();
    let left: Vec<Job> =
        jobs.into_iter().filter(|job| !there.contains(&output_name(&job.file.name))).collect();
    // Before the manifest: columns that were a slip are not to be kept.
    check(session, &left).await?;
    Manifest::new(input, &options.columns).settle(output, there.is_empty()).await?;
    // What a killed run left behind. Its tasks may still write there; no name of theirs is one of ours.
    output.join(WORKING).remove_all().await?;
    let in_flight = options
        .in_flight
        .map_or(if options.engine.scheduler.is_some() { IN_FLIGHT } else { session::cores() }, usize::from);
    let mut work = Work {
        session,
        scheduler: options.engine.scheduler.as_deref(),
        in_flight,
        tries: options.tries.get(),
    };
    let failed = work.all(left, total, run).await;
    output.join(WORKING).remove_all().await?;
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Lists the input, and says where each file goes.
async fn jobs(input: &Place, output: &Place, columns: &[String]) -> Result<Vec<Job>, Error> {
    let (files, folder) = match input.file().await? {
        Some(meta) => {
            let name = meta.location.filename().unwrap_or_default().to_owned();
            (vec![File { name, meta }], false)
        }
        None => (input.files().await?, true),
    };
    let (readable, others): (Vec<File>, Vec<File>) = files.into_iter().partition(|file| {
        matches!(Format::of(&file.name), Some((Format::Parquet | Format::JsonLines(_), _)))
    });
    if let Some(line) = left_out(&others) {
        eprintln!("{line}");
    }
    let mut taken: HashMap<String, String> = HashMap::new();
    let mut jobs = Vec::new();
    for (number, file) in readable.into_iter().enumerate() {
        let name = output_name(&file.name);
        if let Some(first) = taken.insert(name.clone(), file.name.clone()) {
            return Err(Error::SameOutput { first, second: file.name, output: name });
        }
        jobs.push(Job {
            number,
            input: if folder { input.join(&file.name) } else { input.clone() },
            output: output.join(&name),
            working: output.join(WORKING),
            columns: columns.join(", "),
            file,
        });
    }
    if jobs.is_empty() {
        return Err(Error::NoInput { input: input.to_string(), endings: format::endings(false) });
    }
    Ok(jobs)
}

/// Returns what is told of files that are not read.
fn left_out(files: &[File]) -> Option<String> {
    let first = &files.first()?.name;
    let count = files.len();
    Some(format!("{count} files left out, the first is `{first}`: neither Parquet nor JSON Lines"))
}

/// Returns the name of the output of a file: its own, with another end.
fn output_name(input: &str) -> String {
    let end = Format::of(input).map_or(0, |(_, end)| end.len());
    format!("{}.parquet", &input[..input.len() - end])
}

/// Files that are looked at before the work.
const SAMPLE: usize = 3;

/// Plans the first jobs, so that a slip in the columns is told once and not for every file. One file that cannot be
/// planned may be broken, and one whose footer is broken says nothing; when none of the others can, the columns are wrong.
async fn check(session: &SessionContext, jobs: &[Job]) -> Result<(), Error> {
    let mut wrong = None;
    let mut planned = 0;
    for job in jobs {
        if planned == SAMPLE {
            break;
        }
        if matches!(job.given().await, Err(Failure::Lasting(_))) {
            continue;
        }
        planned += 1;
        let plan = job.plan(session).await;
        job.forget(session);
        match plan {
            Err(Failure::Lasting(reason)) => {
                wrong.get_or_insert(Error::Columns { file: job.file.name.clone(), reason });
            }
            // What may pass is for the tries of the job.
            Err(Failure::Passing(_)) | Ok(_) => return Ok(()),
        }
    }
    wrong.map_or(Ok(()), Err)
}

/// How jobs are done.
struct Work<'a> {
    session: &'a SessionContext,
    scheduler: Option<&'a str>,
    in_flight: usize,
    tries: usize,
}

impl Work<'_> {
    /// Does all jobs, `in_flight` at a time; returns how many failed or were not tried.
    async fn all(&mut self, jobs: Vec<Job>, total: usize, run: &str) -> usize {
        let bytes = jobs.iter().map(|job| job.file.meta.size).sum();
        let mut left = jobs.len();
        let mut progress = Progress::new(total, total - left, bytes);
        progress.tell();
        let mut results = futures::stream::iter(jobs)
            .map(|job| {
                let file = job.file.clone();
                // A task of its own: the work of a job in this process happens inside of it.
                let task: JoinHandle<_> =
                    tokio::spawn(persist(self.session.clone(), job, self.tries, run.to_owned()));
                async move { (file, task.await) }
            })
            .buffer_unordered(self.in_flight);
        let (mut failed, mut in_a_row) = (0, 0);
        loop {
            let (file, result) = match tokio::time::timeout(QUIET, results.next()).await {
                Ok(Some(end)) => end,
                Ok(None) => break,
                // A job waits in the scheduler for as long as there is no executor.
                Err(_) => {
                    progress
                        .note(&format!("no file finished in {} s; are there executors?", QUIET.as_secs()));
                    continue;
                }
            };
            left -= 1;
            let failure = match result {
                Ok(Ok(done)) => {
                    in_a_row = 0;
                    progress.done(file.meta.size, done.articles);
                    continue;
                }
                Ok(Err(failure)) => failure,
                Err(panic) => Failure::Lasting(panic.to_string()),
            };
            failed += 1;
            progress.note(&format!("failed: `{}`: {}", file.name, failure.message()));
            progress.failed(file.meta.size);
            let away = match (failure, self.scheduler) {
                (Failure::Passing(_), Some(scheduler)) => address::unreachable(scheduler).await,
                _ => None,
            };
            in_a_row = if away.is_some() { in_a_row + 1 } else { 0 };
            // Nothing gets through any more: to wait so long for each of thousands of files would take days. Where the
            // scheduler can be reached, the failure is that of the file, and the next may be better.
            if let Some(reason) = away.filter(|_| in_a_row >= self.in_flight.max(STREAK) && left > 0) {
                progress.note(&format!(
                    "stopped after {in_a_row} failures in a row: the scheduler cannot be reached: {reason}"
                ));
                break;
            }
        }
        progress.end(failed, left);
        if failed + left > 0 {
            progress.note("run the same command again for what is not finished");
        }
        failed + left
    }
}

/// Tries a job until it is done, fails for good, or was tried often enough.
async fn persist(session: SessionContext, job: Job, tries: usize, run: String) -> Result<Done, Failure> {
    let mut tried = 1;
    loop {
        match job.run(&session, &format!("{run}-{tried}")).await {
            Err(Failure::Passing(reason)) if tried < tries => {
                let wait = retry::wait(tried);
                eprintln!(
                    "`{}`, try {tried} of {tries}, again in {} s: {reason}",
                    job.file.name,
                    wait.as_secs()
                );
                tokio::time::sleep(wait).await;
                tried += 1;
            }
            end => return end,
        }
    }
}

/// Returns a name that no other run has.
fn run_name() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    format!("{:x}-{:x}", since.as_nanos(), std::process::id())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use datafusion::arrow::array::{AsArray as _, RecordBatch};
    use datafusion::arrow::datatypes::Int64Type;

    use super::*;
    use crate::args::Engine;
    use crate::sql;

    const QUERY: &str =
        "SELECT count(*), count(DISTINCT id), CAST(sum(cardinality(quotes)) AS BIGINT) FROM out";

    /// Writes files of ten articles each, one quote an article.
    fn news(folder: &Path, names: &[&str]) {
        for (number, name) in names.iter().enumerate() {
            let lines: String = (0..10)
                .map(|row| {
                    format!("{{\"id\": {}, \"body\": \"“It leaks,” said Ada Roe.\"}}\n", number * 10 + row)
                })
                .collect();
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, lines).unwrap();
        }
    }

    fn options(folder: &Path, columns: &[&str]) -> Extract {
        Extract {
            input: folder.join("news").display().to_string(),
            output: folder.join("out").display().to_string(),
            columns: columns.iter().map(ToString::to_string).collect(),
            in_flight: None,
            tries: 1.try_into().unwrap(),
            engine: Engine { scheduler: None, settings: Vec::new() },
        }
    }

    const COLUMNS: [&str; 2] = ["id", "quotes(body) AS quotes"];

    async fn numbers(folder: &Path) -> Vec<i64> {
        let engine = Engine { scheduler: None, settings: Vec::new() };
        let session = session::open(&engine, 1).await.unwrap();
        sql::register(&session, "out", &folder.display().to_string(), false).await.unwrap();
        let batches: Vec<RecordBatch> = session.sql(QUERY).await.unwrap().collect().await.unwrap();
        batches[0].columns().iter().map(|c| c.as_primitive::<Int64Type>().value(0)).collect()
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn each_file_becomes_one_and_a_rerun_does_what_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        news(&folder.join("news"), &["a.jsonl", "b c.json", "deep/d#1*.ndjson"]);
        fs::write(folder.join("news/README.txt"), "not news").unwrap();
        assert_eq!(run(options(folder, &COLUMNS)).await.unwrap(), ExitCode::SUCCESS);
        let out = folder.join("out");
        assert_eq!(names(&out), ["_pullquote.json", "a.parquet", "b c.parquet", "deep"]);
        assert_eq!(names(&out.join("deep")), ["d#1*.parquet"]);
        assert_eq!(numbers(&out).await, [30, 30, 30]);

        fs::remove_file(out.join("a.parquet")).unwrap();
        fs::create_dir_all(out.join(WORKING)).unwrap();
        fs::write(out.join(WORKING).join("0-x.unfinished#1"), "of a killed writer").unwrap();
        let kept = fs::metadata(out.join("b c.parquet")).unwrap().modified().unwrap();
        assert_eq!(run(options(folder, &COLUMNS)).await.unwrap(), ExitCode::SUCCESS);
        assert_eq!(numbers(&out).await, [30, 30, 30]);
        assert_eq!(fs::metadata(out.join("b c.parquet")).unwrap().modified().unwrap(), kept);
        assert!(!out.join(WORKING).exists());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_broken_file_fails_alone() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        news(&folder.join("news"), &["a.jsonl", "c.jsonl"]);
        fs::write(folder.join("news/b.parquet"), "no Parquet at all").unwrap();
        assert_eq!(run(options(folder, &COLUMNS)).await.unwrap(), ExitCode::FAILURE);
        let out = folder.join("out");
        assert_eq!(names(&out), ["_pullquote.json", "a.parquet", "c.parquet"]);
        assert_eq!(numbers(&out).await, [20, 20, 20]);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn broken_files_are_not_tried_again_and_stop_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        news(&folder.join("news"), &["z.jsonl"]);
        for number in 0..20 {
            fs::write(folder.join(format!("news/{number}.parquet")), "PAR1, but broken off").unwrap();
        }
        let options = Extract { tries: 6.try_into().unwrap(), ..options(folder, &COLUMNS) };
        let start = std::time::Instant::now();
        assert_eq!(run(options).await.unwrap(), ExitCode::FAILURE);
        assert!(start.elapsed() < Duration::from_secs(10), "the waits of one file are 61 s");
        assert_eq!(names(&folder.join("out")), ["_pullquote.json", "z.parquet"]);
    }

    #[test]
    fn files_that_are_not_read_are_told() {
        let file = |name: &str| File { name: name.to_owned(), meta: meta(name) };
        assert_eq!(left_out(&[]), None);
        assert_eq!(
            left_out(&[file("a.csv"), file("b.txt")]).unwrap(),
            "2 files left out, the first is `a.csv`: neither Parquet nor JSON Lines"
        );
    }

    fn meta(name: &str) -> object_store::ObjectMeta {
        object_store::ObjectMeta {
            location: name.into(),
            last_modified: Default::default(),
            size: 0,
            e_tag: None,
            version: None,
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn paths_may_lead_upwards() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        news(&folder.join("news"), &["a.jsonl"]);
        fs::create_dir(folder.join("sub")).unwrap();
        let through = |input: &str, output: &str| Extract {
            input: folder.join(input).display().to_string(),
            output: folder.join(output).display().to_string(),
            ..options(folder, &COLUMNS)
        };
        assert_eq!(run(through("sub/../news", "sub/../out")).await.unwrap(), ExitCode::SUCCESS);
        assert_eq!(names(&folder.join("out")), ["_pullquote.json", "a.parquet"]);
        let told = async |input, output| run(through(input, output)).await.unwrap_err().to_string();
        assert!(told("news", "sub/../news/out").await.contains("a rerun would read"));
        assert!(told("sub/../news", "news/..").await.contains("stand among what is written"));
        assert!(told("news/a.jsonl", "sub/../news").await.contains("stand among what is written"));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn one_row_a_quote_is_no_lost_row() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        news(&folder.join("news"), &["a.jsonl"]);
        let columns = ["id", "unnest(quotes(body)) AS quote"];
        assert_eq!(run(options(folder, &columns)).await.unwrap(), ExitCode::SUCCESS);
        assert_eq!(names(&folder.join("out")), ["_pullquote.json", "a.parquet"]);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_cannot_work_is_told_before_the_work() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let told = async |options: Extract| run(options).await.unwrap_err().to_string();
        assert!(told(options(folder, &COLUMNS)).await.contains("news`"));
        news(&folder.join("news"), &["a.jsonl"]);
        let wrong = told(options(folder, &["id", "quotes(bodi)"])).await;
        assert!(wrong.contains("a.jsonl") && wrong.contains("bodi"), "{wrong}");

        let inside =
            Extract { output: format!("{}/news/out", folder.display()), ..options(folder, &COLUMNS) };
        assert!(told(inside).await.contains("a rerun would read"));

        let other = tempfile::tempdir().unwrap();
        news(&other.path().join("news"), &["a.jsonl", "a.json"]);
        let same = told(options(other.path(), &COLUMNS)).await;
        assert!(same.contains("`a.json` and `a.jsonl` would both become `a.parquet`"), "{same}");

        let third = tempfile::tempdir().unwrap();
        news(&third.path().join("news"), &["a.jsonl"]);
        news(&third.path().join("out"), &["strange.parquet"]);
        assert!(told(options(third.path(), &COLUMNS)).await.contains("no manifest"));
        fs::remove_file(third.path().join("out/strange.parquet")).unwrap();
        assert_eq!(run(options(third.path(), &COLUMNS)).await.unwrap(), ExitCode::SUCCESS);
        let changed = told(options(third.path(), &["id"])).await;
        assert!(changed.contains("another set of columns"), "{changed}");
    }
}
