//! Reads on one thread, works on many, and gives back in order, with bounded memory.
//!
//! The reader puts a receiver for each chunk's result into a queue before any worker sees the chunk; whoever
//! empties the queue front to back gets the results in the order of the input, whatever worker is first.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

use crate::error::Error;
use crate::source::document::{Document, Making, Reject};
use crate::source::expand::Input;
use crate::source::item::{Item, Place};
use crate::source::reader::{self, Reading};

/// How much text a chunk gathers before it is worked on, in bytes.
const CHUNK_BYTES: usize = 1 << 17;
/// How many items a chunk gathers at most.
const CHUNK_ITEMS: usize = 64;
/// How much text is in flight at most, in bytes; one text longer than that is in flight alone.
const IN_FLIGHT: usize = 8 << 20;
/// The stack of a thread: the extractor of pages recurses.
const STACK: usize = 16 << 20;

/// What is read, and by how many.
pub(crate) struct Run {
    pub(crate) inputs: Vec<Result<Input, Error>>,
    pub(crate) reading: Reading,
    pub(crate) making: Making,
    pub(crate) jobs: usize,
    /// How many items are passed over, because an earlier run has done them.
    pub(crate) skip: u64,
}

/// The result of one chunk.
pub(crate) struct Done<P> {
    pub(crate) part: P,
    pub(crate) rejects: Vec<Reject>,
    pub(crate) notes: Vec<String>,
    /// How many items the chunk had.
    pub(crate) items: u64,
    /// How much text the chunk had, in bytes.
    pub(crate) bytes: u64,
    /// How many bytes had been taken from the disk when the chunk was full.
    pub(crate) position: u64,
}

/// Some items that one worker takes.
#[derive(Default)]
struct Chunk {
    items: Vec<Item>,
    bytes: usize,
    position: u64,
}

struct Task<P> {
    chunk: Chunk,
    answer: SyncSender<Done<P>>,
}

impl Run {
    /// Calls `work` on every document on some thread, and `sink` with the results in the order of the input, on
    /// this thread.
    ///
    /// # Errors
    ///
    /// The first error of `sink`, after which nothing more is read.
    pub(crate) fn each<P, W, S>(self, work: W, mut sink: S) -> Result<(), Error>
    where
        P: Default + Send,
        W: Fn(Document, &mut P) + Sync,
        S: FnMut(Done<P>) -> Result<(), Error>,
    {
        let Run { inputs, reading, making, jobs, skip } = self;
        let jobs = jobs.max(1);
        let budget = Budget::default();
        let (order_in, order) = sync_channel::<Receiver<Done<P>>>(jobs * 4 + 4);
        let (tasks_in, tasks) = sync_channel::<Task<P>>(jobs * 2);
        let tasks = Mutex::new(tasks);
        thread::scope(|scope| {
            let (budget, tasks, making, work) = (&budget, &tasks, &making, &work);
            let spawn = |name: &str| thread::Builder::new().name(name.to_owned()).stack_size(STACK);
            let feeding = spawn("reader").spawn_scoped(scope, move || {
                let mut feed =
                    Feed { order: order_in, tasks: tasks_in, budget, skip, chunk: Chunk::default() };
                let read = Arc::new(AtomicU64::new(0));
                let _ = reader::each(inputs, &reading, &read, &mut |item, more| feed.take(item, more, &read));
                let _ = feed.send(&read);
            });
            let mut failed = feeding.err().map(Error::Thread);
            for _ in 0..jobs {
                let working = spawn("worker").spawn_scoped(scope, move || {
                    while let Some(task) = next(tasks) {
                        // Nobody waits for it after a failure.
                        let _ = task.answer.send(done(task.chunk, making, work));
                    }
                });
                failed = failed.or(working.err().map(Error::Thread));
            }
            let mut result = failed.map_or(Ok(()), Err);
            while result.is_ok() {
                let Ok(answer) = order.recv() else { break };
                // A worker that dies takes the answer with it.
                result = answer.recv().map_err(|_| Error::Died).and_then(|done| {
                    budget.give_back(done.bytes as usize);
                    sink(done)
                });
            }
            drop(order);
            budget.close();
            // Workers that never started leave tasks behind: the reader must not wait for them.
            if result.is_err() {
                while next(tasks).is_some() {}
            }
            result
        })
    }
}

fn next<P>(tasks: &Mutex<Receiver<Task<P>>>) -> Option<Task<P>> {
    tasks.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

/// Works on a chunk.
fn done<P: Default>(chunk: Chunk, making: &Making, work: &impl Fn(Document, &mut P)) -> Done<P> {
    let mut done = Done {
        part: P::default(),
        rejects: Vec::new(),
        notes: Vec::new(),
        items: chunk.items.len() as u64,
        bytes: chunk.bytes as u64,
        position: chunk.position,
    };
    for item in chunk.items {
        match making.make(item) {
            Ok(mut document) => {
                done.notes.append(&mut document.notes);
                work(document, &mut done.part);
            }
            Err(reject) => done.rejects.push(*reject),
        }
    }
    done
}

/// Gathers items to chunks and hands them on.
struct Feed<'a, P> {
    order: SyncSender<Receiver<Done<P>>>,
    tasks: SyncSender<Task<P>>,
    budget: &'a Budget,
    skip: u64,
    chunk: Chunk,
}

impl<P> Feed<'_, P> {
    /// Takes an item; without `more` the chunk is sent at once, as what follows comes from another file.
    fn take(&mut self, item: Item, more: bool, read: &AtomicU64) -> ControlFlow<()> {
        if self.skip > 0 {
            self.skip -= 1;
            return ControlFlow::Continue(());
        }
        let length = item.body.len();
        // A file that cannot be read to its end is told after all that was read of it.
        let alone = item.place == Place::File || length > CHUNK_BYTES;
        if alone {
            self.send(read)?;
        }
        if self.chunk.items.is_empty() || self.chunk.bytes + length <= CHUNK_BYTES {
            self.chunk.items.push(item);
            self.chunk.bytes += length;
        } else {
            self.send(read)?;
            self.chunk.items.push(item);
            self.chunk.bytes = length;
        }
        if alone || !more || self.chunk.items.len() >= CHUNK_ITEMS {
            self.send(read)
        } else {
            ControlFlow::Continue(())
        }
    }

    fn send(&mut self, read: &AtomicU64) -> ControlFlow<()> {
        if self.chunk.items.is_empty() {
            return ControlFlow::Continue(());
        }
        let mut chunk = std::mem::take(&mut self.chunk);
        chunk.position = read.load(Ordering::Relaxed);
        let (answer, waiting) = sync_channel(1);
        let sent = self.budget.take(chunk.bytes)
            && self.order.send(waiting).is_ok()
            && self.tasks.send(Task { chunk, answer }).is_ok();
        if sent { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }
}

/// Keeps count of the bytes in flight.
#[derive(Default)]
struct Budget {
    /// Bytes in flight, and whether there is an end to it.
    state: Mutex<(usize, bool)>,
    freed: Condvar,
}

impl Budget {
    /// Waits until there is room; `false` when nothing more is wanted.
    fn take(&self, bytes: usize) -> bool {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |state: &mut (usize, bool)| !state.1 && state.0 > 0 && state.0 + bytes > IN_FLIGHT;
        let mut state = self.freed.wait_while(state, full).unwrap_or_else(PoisonError::into_inner);
        state.0 += bytes;
        !state.1
    }

    fn give_back(&self, bytes: usize) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).0 -= bytes;
        self.freed.notify_all();
    }

    fn close(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).1 = true;
        self.freed.notify_all();
    }
}
