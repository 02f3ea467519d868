//! The bar on a terminal: how far, how fast, how long still.

use std::io::{self, IsTerminal as _};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::error::{self, grouped};
use crate::source::document::Reject;

/// A bar, or nothing where nobody would see it.
pub(crate) struct Progress(Option<ProgressBar>);

impl Progress {
    /// Starts a bar over `bytes`, where they are known; `shown` is whether it is wanted at all.
    pub(crate) fn new(bytes: Option<u64>, shown: bool) -> Progress {
        if !shown || !io::stderr().is_terminal() {
            return Progress(None);
        }
        let template = match bytes {
            Some(_) => "{bar:30} {percent:>3} %  {bytes_per_sec}  {eta} left  {msg}",
            None => "{spinner} {bytes}  {bytes_per_sec}  {msg}",
        };
        let bar = ProgressBar::with_draw_target(bytes, ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Progress(Some(bar))
    }

    /// Says that so many bytes of the input and so many articles are done.
    pub(crate) fn set(&self, position: u64, articles: u64) {
        if let Some(bar) = &self.0 {
            bar.set_position(position);
            bar.set_message(format!("{} articles", grouped(articles)));
        }
    }

    /// Tells what was left out and how texts were changed, with the bar off the screen meanwhile.
    pub(crate) fn tell(&self, rejects: &[Reject], notes: &[String]) {
        let tell = || {
            rejects.iter().for_each(|reject| error::report(&reject.error));
            notes.iter().for_each(|words| error::note(words));
        };
        match &self.0 {
            _ if rejects.is_empty() && notes.is_empty() => {}
            Some(bar) => bar.suspend(tell),
            None => tell(),
        }
    }

    /// Takes the bar off the screen.
    pub(crate) fn clear(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
