//! `Lock`: one run at a time in an output folder.
//!
//! A file says who is at work, and its holder writes it anew every two seconds. Whoever finds one watches it: when it
//! changes, its holder is alive, and when it does not for ten seconds, its holder was killed, and the lock is taken over.
//! So no clock of one machine is compared with that of another.

use std::time::Duration;

use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::error::Error;
use crate::place::Place;

/// The folder of the lock in the output, and its name there. A folder, as a killed writer may leave a file beside it.
const FOLDER: &str = "_running";
const NAME: &str = "run";

/// How long a lock is watched.
const PATIENCE: Duration = Duration::from_secs(10);

/// How often a lock is written anew in that time.
const BEATS: u32 = 5;

/// Keeps other runs away for as long as it is held.
pub(crate) struct Lock {
    folder: Place,
    beat: JoinHandle<()>,
    stop: oneshot::Sender<()>,
}

impl Lock {
    /// Takes the lock of an output for the run of this name; waits where it must find out whether another is alive.
    ///
    /// # Errors
    ///
    /// When another run is at work there.
    pub(crate) async fn take(output: &Place, run: &str) -> Result<Lock, Error> {
        Lock::take_within(output, run, PATIENCE).await
    }

    async fn take_within(output: &Place, run: &str, patience: Duration) -> Result<Lock, Error> {
        let folder = output.join(FOLDER);
        let file = folder.join(NAME);
        let mut seen: Option<Vec<u8>> = None;
        while !file.create(text(run, 0)).await? {
            let there = file.read().await?;
            match (&seen, &there) {
                // Let go in between.
                (_, None) => {}
                (Some(before), Some(now)) if before == now => {
                    folder.remove_all().await?;
                    seen = None;
                }
                (Some(_), Some(_)) => return Err(Error::Busy { output: output.to_string() }),
                (None, Some(_)) => {
                    eprintln!(
                        "`{output}` is in use by another run, or by one that was killed: looking for {} s which",
                        patience.as_secs()
                    );
                    seen = there;
                    tokio::time::sleep(patience).await;
                }
            }
        }
        let (stop, stopped) = oneshot::channel();
        let beat = tokio::spawn(beat(file, run.to_owned(), patience / BEATS, stopped));
        Ok(Lock { folder, beat, stop })
    }

    /// Ends when another run has taken the lock over, because this one stood still for too long.
    pub(crate) async fn lost(&mut self) {
        // It is neither aborted nor does it panic; an end is an end.
        let _ = (&mut self.beat).await;
    }

    /// Lets go.
    pub(crate) async fn release(self) -> Result<(), Error> {
        // Not `abort`: a write that is under way would end after the removal.
        drop(self.stop);
        let _ = self.beat.await;
        self.folder.remove_all().await
    }
}

/// Writes the lock anew until it is another's. A store that is away for a moment is no reason to stop.
async fn beat(file: Place, run: String, pause: Duration, mut stopped: oneshot::Receiver<()>) {
    for count in 1_u64.. {
        if tokio::time::timeout(pause, &mut stopped).await.is_ok() {
            return;
        }
        let written = match file.read().await {
            Ok(Some(there)) if !there.starts_with(format!("{run} ").as_bytes()) => return,
            Ok(Some(_)) => file.write(text(&run, count)).await,
            // Somebody takes it, or has removed what was there.
            Ok(None) => file.create(text(&run, count)).await.map(|_| ()),
            Err(error) => Err(error),
        };
        if let Err(error) = written {
            ::log::warn!("the lock cannot be kept: {error}");
        }
    }
}

fn text(run: &str, count: u64) -> Vec<u8> {
    format!("{run} {count}\n").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session;
    use ballista_core::object_store::session_config_with_s3_support;
    use datafusion::prelude::SessionContext;

    const SHORT: Duration = Duration::from_millis(500);

    #[tokio::test(flavor = "multi_thread")]
    async fn one_run_at_a_time_and_a_dead_one_is_followed() {
        let folder = tempfile::tempdir().unwrap();
        let session =
            SessionContext::new_with_state(session::state(session_config_with_s3_support()).unwrap());
        let output = Place::new(&session, folder.path().to_str().unwrap()).unwrap();
        let file = output.join(FOLDER).join(NAME);

        let first = Lock::take_within(&output, "first", SHORT).await.unwrap();
        let told = Lock::take_within(&output, "second", SHORT).await.err().unwrap().to_string();
        assert!(told.contains("another run is at work"), "{told}");
        first.release().await.unwrap();
        assert!(!folder.path().join(FOLDER).exists());

        // Of a run that was killed.
        file.write(text("killed", 7)).await.unwrap();
        let mut third = Lock::take_within(&output, "third", SHORT).await.unwrap();
        assert!(file.read().await.unwrap().unwrap().starts_with(b"third "));

        file.write(text("fourth", 0)).await.unwrap();
        tokio::time::timeout(SHORT * 4, third.lost()).await.unwrap();
        assert_eq!(file.read().await.unwrap().unwrap(), text("fourth", 0));
    }
}
