//! What comes with the command: manual pages, completions, the schema of the record.

use clap::CommandFactory as _;

use crate::Outcome;
use crate::args::{Args, CompletionsArgs, ManArgs};
use crate::error::Error;
use crate::folder::Folder;
use crate::output::Output;

/// The JSON Schema of the record.
const SCHEMA: &str = include_str!("../schema/record.schema.json");

/// Prints the schema.
pub(crate) fn schema() -> Result<Outcome, Error> {
    print(SCHEMA.as_bytes())
}

/// Prints the manual page, or writes all of them into a folder.
pub(crate) fn man(args: &ManArgs) -> Result<Outcome, Error> {
    let mut command = Args::command();
    command.build();
    let Some(path) = &args.output else { return print(&page(command)?) };
    let folder = Folder::create(path)?;
    for job in command.get_subcommands().filter(|job| job.get_name() != "help") {
        let name = format!("pullquote-{}", job.get_name());
        folder.put(&format!("{name}.1"), &page(job.clone())?)?;
    }
    folder.put("pullquote.1", &page(command)?)?;
    Ok(Outcome::AllGood)
}

fn page(command: clap::Command) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let written = clap_mangen::Man::new(command).render(&mut bytes);
    written.map_err(|source| Error::Write { name: "the manual page".to_owned(), source })?;
    Ok(bytes)
}

/// Prints what a shell needs to complete arguments.
pub(crate) fn completions(args: &CompletionsArgs) -> Result<Outcome, Error> {
    let mut bytes = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "pullquote", &mut bytes);
    print(&bytes)
}

fn print(bytes: &[u8]) -> Result<Outcome, Error> {
    let mut output = Output::raw_stdout();
    output.put(bytes)?;
    output.finish()?;
    Ok(Outcome::AllGood)
}
