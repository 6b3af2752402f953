//! The thread that writes.
//!
//! It takes all changes that wait, up to [`MOST_BATCHES`], and commits them together: one flush to the disk for all.
//! Each batch is a savepoint, so one that fails harms no other. Answers go out after the commit.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread::{Builder, JoinHandle};

use riskgate_store::StoreError;
use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::Work;
use super::error::{is_taken, store_error};
use super::reader::{Ticket, stop_flag};
use super::statement::{execute_raw, roll_back, run};
use crate::statements::Change;

/// Most batches in one transaction.
const MOST_BATCHES: usize = 256;

/// Changed rows before the first look at whether the sample of values, by which indexes are chosen, is out of date;
/// the next looks come after twice as many each time.
pub(super) const FIRST_SAMPLE: u64 = 5_000;

/// What the writer does.
pub(super) enum Job {
    /// Commit the changes and answer.
    Commit(Vec<Change>, Reply),
    /// Do this outside of any transaction.
    Run(Work, Arc<Ticket>),
    /// End.
    Stop,
}

pub(super) type Reply = oneshot::Sender<Result<(), StoreError>>;
type Waiting = (Vec<Change>, Reply);

/// Starts the thread.
pub(super) fn start(
    mut connection: Connection,
    jobs: mpsc::Receiver<Job>,
) -> std::io::Result<JoinHandle<()>> {
    let stop = stop_flag(&mut connection)?;
    Builder::new().name("store-writer".to_owned()).spawn(move || write_all(connection, jobs, &stop))
}

fn write_all(connection: Connection, mut jobs: mpsc::Receiver<Job>, stop: &Arc<AtomicBool>) {
    let mut next_sample = FIRST_SAMPLE;
    let mut next = jobs.blocking_recv();
    while let Some(job) = next.take() {
        match job {
            Job::Commit(changes, reply) => {
                next = commit_waiting(&connection, (changes, reply), &mut jobs);
            }
            Job::Run(work, ticket) => {
                ticket.run(stop, || work(&connection));
                roll_back(&connection);
            }
            Job::Stop => break,
        }
        if connection.total_changes() >= next_sample {
            sample(&connection);
            next_sample = connection.total_changes().saturating_mul(2);
        }
        if next.is_none() {
            next = jobs.blocking_recv();
        }
    }
    close(connection);
}

/// Commits `first` and everything that waits behind it, up to a job of another kind, which is returned.
fn commit_waiting(connection: &Connection, first: Waiting, jobs: &mut mpsc::Receiver<Job>) -> Option<Job> {
    let mut group = vec![first];
    let mut next = None;
    while group.len() < MOST_BATCHES {
        match jobs.try_recv() {
            Ok(Job::Commit(changes, reply)) => group.push((changes, reply)),
            Ok(other) => {
                next = Some(other);
                break;
            }
            Err(_) => break,
        }
    }
    commit_group(connection, group);
    next
}

/// Commits a group and answers all who wait.
pub(super) fn commit_group(connection: &Connection, group: Vec<Waiting>) {
    match attempt(connection, &group) {
        Ok(outcomes) => {
            for ((_, reply), outcome) in group.into_iter().zip(outcomes) {
                let _ = reply.send(outcome);
            }
        }
        Err(Failure { error, may_be_one_batch }) if !may_be_one_batch || group.len() == 1 => {
            for (_, reply) in group {
                let _ = reply.send(Err(error.clone()));
            }
        }
        // One batch may have been too large for the disk: the others need not suffer for it.
        Err(_) => group.into_iter().for_each(|waiting| commit_group(connection, vec![waiting])),
    }
}

/// The transaction failed, and nothing of it was kept.
struct Failure {
    error: StoreError,
    may_be_one_batch: bool,
}

/// Does all batches in one transaction; the outcome of each.
fn attempt(connection: &Connection, group: &[Waiting]) -> Result<Vec<Result<(), StoreError>>, Failure> {
    run(connection, "BEGIN IMMEDIATE").map_err(|error| Failure { error, may_be_one_batch: false })?;
    let outcomes = in_transaction(connection, group).and_then(|outcomes| {
        run(connection, "COMMIT")?;
        Ok(outcomes)
    });
    outcomes.map_err(|error| {
        roll_back(connection);
        Failure { error, may_be_one_batch: true }
    })
}

fn in_transaction(
    connection: &Connection,
    group: &[Waiting],
) -> Result<Vec<Result<(), StoreError>>, StoreError> {
    let mut outcomes = Vec::with_capacity(group.len());
    for (changes, _) in group {
        run(connection, "SAVEPOINT batch")?;
        outcomes.push(match apply(connection, changes) {
            Ok(()) => Ok(()),
            Err(error @ (StoreError::Conflict { .. } | StoreError::Exists { .. })) => {
                run(connection, "ROLLBACK TO batch")?;
                Err(error)
            }
            Err(error) => return Err(error),
        });
        run(connection, "RELEASE batch")?;
    }
    Ok(outcomes)
}

fn apply(connection: &Connection, changes: &[Change]) -> Result<(), StoreError> {
    for change in changes {
        match execute_raw(connection, &change.statement) {
            Ok(1..) => {}
            Ok(0) => return Err(change.conflict()),
            Err(error) if is_taken(&error) => return Err(change.exists()),
            Err(error) => return Err(store_error(&error)),
        }
    }
    Ok(())
}

/// Tables that have grown tenfold since they were sampled are sampled again, a bounded number of rows. Other
/// connections read the sample together with the schema, so a change of the schema must make them look.
pub(super) fn sample(connection: &Connection) {
    let sampling = "PRAGMA optimize=0x10002; \
        BEGIN IMMEDIATE; CREATE TABLE look_again (x); DROP TABLE look_again; COMMIT";
    if let Err(error) = connection.execute_batch(sampling) {
        roll_back(connection);
        tracing::warn!(%error, "values could not be sampled; queries may be slower than they need to be");
    }
}

/// A store in a file is one file again, unless somebody else has it open.
fn close(connection: Connection) {
    if let Err(error) = run(&connection, "PRAGMA wal_checkpoint(TRUNCATE)") {
        tracing::warn!(%error, "the write-ahead log could not be folded into the store; the next start does it");
    }
    if let Err((_, error)) = connection.close() {
        tracing::warn!(%error, "the store could not be closed");
    }
}
