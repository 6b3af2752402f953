use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};

use rusqlite::Connection;
use tokio::sync::mpsc;

use super::Work;
use super::statement::roll_back;

/// Steps of SQLite's machine between two looks at whether a query was abandoned; a few microseconds.
const STEPS: i32 = 10_000;

/// What readers do.
pub(super) enum Job {
    /// Read, unless the ticket was abandoned.
    Read(Work, Arc<Ticket>),
    /// One reader ends.
    Stop,
}

/// Starts a thread for each connection; they share the jobs.
pub(super) fn start(
    connections: Vec<Connection>,
    jobs: mpsc::Receiver<Job>,
) -> std::io::Result<Vec<JoinHandle<()>>> {
    let jobs = Arc::new(Mutex::new(jobs));
    let threads = connections.into_iter().enumerate().map(|(number, mut connection)| {
        let jobs = Arc::clone(&jobs);
        let stop = stop_flag(&mut connection)?;
        let name = format!("store-reader-{number}");
        Builder::new().name(name).spawn(move || read_all(&connection, &jobs, &stop))
    });
    threads.collect()
}

fn read_all(connection: &Connection, jobs: &Mutex<mpsc::Receiver<Job>>, stop: &Arc<AtomicBool>) {
    loop {
        // One reader waits for the next job holding the lock, the others wait for the lock.
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).blocking_recv();
        match job {
            Some(Job::Read(work, ticket)) => {
                ticket.run(stop, || work(connection));
                // A query that was interrupted may have left its transaction open.
                roll_back(connection);
            }
            Some(Job::Stop) | None => return,
        }
    }
}

/// A flag that ends whatever the connection is executing, or executes next, as long as it is raised. SQLite's own
/// interruption is lost when it comes just before a statement begins.
pub(super) fn stop_flag(connection: &mut Connection) -> std::io::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&stop);
    let handler = connection.progress_handler(STEPS, Some(move || seen.load(Ordering::Relaxed)));
    handler.map(|()| stop).map_err(std::io::Error::other)
}

/// Connects a query with the one who waits for it, so that it ends when nobody does anymore.
pub(super) struct Ticket(Mutex<State>);

enum State {
    Waiting,
    Running(Arc<AtomicBool>),
    Over,
}

impl Ticket {
    /// A ticket of a query that has not begun.
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self(Mutex::new(State::Waiting)))
    }

    /// Runs the query, unless it was abandoned already; `stop` is the flag of its connection.
    pub(super) fn run(&self, stop: &Arc<AtomicBool>, query: impl FnOnce()) {
        {
            let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if matches!(*state, State::Over) {
                return;
            }
            *state = State::Running(Arc::clone(stop));
        }
        query();
        // The flag is only raised while the query is running, so it cannot hit the next one.
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = State::Over;
        stop.store(false, Ordering::Relaxed);
    }

    fn abandon(&self) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let State::Running(stop) = &*state {
            stop.store(true, Ordering::Relaxed);
        }
        *state = State::Over;
    }
}

/// Abandons a ticket when it is dropped: the one who waited has the answer, or gave up.
pub(super) struct Abandon(pub(super) Arc<Ticket>);

impl Drop for Abandon {
    fn drop(&mut self) {
        self.0.abandon();
    }
}
