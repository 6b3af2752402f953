use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;

use deadpool_postgres::{Object, Pool};
use riskgate_store::StoreError;

use super::error::Problem;
use super::{discard_lost, execute, param, prepare};
use crate::dialect::Dialect;
use crate::statements::{Change, locks};

/// How often a transaction is tried again that the server gave up for another, or that a lost connection cut off.
const ATTEMPTS: u32 = 20;

/// Why an attempt came to nothing.
enum Failure {
    /// Nothing was done, and trying again may help.
    Again(Problem),
    /// The answer for the caller.
    Final(StoreError),
}

/// Does all changes in one transaction.
pub(super) async fn commit(pool: &Pool, changes: &[Change]) -> Result<(), StoreError> {
    let mut attempts = 1..ATTEMPTS;
    loop {
        let client = pool.get().await.map_err(Problem::from)?;
        let outcome = match changes {
            [change] => alone(client, change).await,
            changes => together(client, changes).await,
        };
        match outcome {
            Ok(()) => return Ok(()),
            Err(Failure::Again(problem)) if attempts.next().is_none() => return Err(problem.into()),
            Err(Failure::Again(_)) => {}
            Err(Failure::Final(error)) => return Err(error),
        }
    }
}

/// One statement is a transaction by itself.
async fn alone(client: Object, change: &Change) -> Result<(), Failure> {
    if let Err(problem) = prepare(&client, &change.statement.sql).await {
        return Err(before_commit(discard_lost(client, problem)));
    }
    match execute(&client, &change.statement).await {
        Ok(0) => Err(Failure::Final(change.conflict())),
        Ok(_) => Ok(()),
        // A connection that just broke may have broken after the change; here only the server's word counts.
        Err(problem) if problem.is_given_up() || problem.is_shutdown() => {
            Err(Failure::Again(discard_lost(client, problem)))
        }
        Err(problem) => Err(Failure::Final(refusal(change, discard_lost(client, problem)))),
    }
}

/// Sends everything up to the commit at once and waits once.
async fn together(client: Object, changes: &[Change]) -> Result<(), Failure> {
    let locks = locks(Dialect::Postgres, changes).map_err(Failure::Final)?;
    let all: Vec<_> = locks.iter().chain(changes.iter().map(|change| &change.statement)).collect();
    let mut prepared = Vec::with_capacity(all.len());
    for statement in &all {
        match prepare(&client, &statement.sql).await {
            Ok(statement) => prepared.push(statement),
            Err(problem) => return Err(before_commit(discard_lost(client, problem))),
        }
    }
    let params: Vec<_> = all.iter().map(|statement| param::list(&statement.params)).collect();
    let mut sent: Vec<Sent<'_>> = vec![Box::pin(async { client.batch_execute("BEGIN").await.map(|()| 0) })];
    for (statement, params) in prepared.iter().zip(&params) {
        sent.push(Box::pin(client.execute(statement, params)));
    }
    match first_failure(in_order(sent).await, changes) {
        None => match client.batch_execute("COMMIT").await.map_err(Problem::from) {
            Ok(()) => Ok(()),
            Err(problem) if problem.is_given_up() => Err(Failure::Again(problem)),
            Err(problem) => Err(Failure::Final(discard_lost(client, problem).into())),
        },
        Some(failure) => {
            if client.batch_execute("ROLLBACK").await.is_err() {
                // The server ends the transaction with the connection, which must not be used again.
                drop(Object::take(client));
            }
            Err(failure)
        }
    }
}

/// The first thing that went wrong; what came after it failed only because of it. The outcomes of the changes come
/// last, behind those of statements that only prepare for them.
fn first_failure(outcomes: Vec<Result<u64, tokio_postgres::Error>>, changes: &[Change]) -> Option<Failure> {
    let preparing = outcomes.len().saturating_sub(changes.len());
    let of_change = std::iter::repeat_n(None, preparing).chain(changes.iter().map(Some));
    outcomes.into_iter().zip(of_change).find_map(|(outcome, change)| {
        match (outcome.map_err(Problem::from), change) {
            (Ok(0), Some(change)) => Some(Failure::Final(change.conflict())),
            (Ok(_), _) => None,
            (Err(problem), _) if problem.is_given_up() => Some(Failure::Again(problem)),
            (Err(problem), Some(change)) if problem.is_taken() => Some(Failure::Final(change.exists())),
            (Err(problem), _) => Some(before_commit(problem)),
        }
    })
}

fn before_commit(problem: Problem) -> Failure {
    match problem.is_lost_connection() {
        true => Failure::Again(problem),
        false => Failure::Final(problem.into()),
    }
}

fn refusal(change: &Change, problem: Problem) -> StoreError {
    if problem.is_taken() { change.exists() } else { problem.into() }
}

type Sent<'a> = Pin<Box<dyn Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>;

/// Waits for all, having sent them in order without waiting in between: the driver sends when it is first asked.
async fn in_order(mut sent: Vec<Sent<'_>>) -> Vec<Result<u64, tokio_postgres::Error>> {
    let mut outcomes: Vec<Option<_>> = sent.iter().map(|_| None).collect();
    poll_fn(move |context| {
        let mut is_ready = true;
        for (future, outcome) in sent.iter_mut().zip(&mut outcomes) {
            if outcome.is_none() {
                match future.as_mut().poll(context) {
                    Poll::Ready(result) => *outcome = Some(result),
                    Poll::Pending => is_ready = false,
                }
            }
        }
        match is_ready {
            true => Poll::Ready(outcomes.drain(..).flatten().collect()),
            false => Poll::Pending,
        }
    })
    .await
}
