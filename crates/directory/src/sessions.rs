use riskgate_core::Timestamp;
use riskgate_odata::Filter;
use riskgate_store::records::{RefreshTokenFamily, Session};
use riskgate_store::{AsConflict, Batch, Query, Record, StoreExt, Versioned};

use crate::{Directory, DirectoryError};

/// Rows changed at once, so that no batch grows with what a client collected.
const CHUNK: u64 = 200;

impl Directory {
    /// Ends the sessions of a user that began until `until`, and revokes the refresh tokens granted until then.
    ///
    /// The moment kept in the user's `signInSessionsValidFromDateTime` is what makes them worthless; this removes what
    /// is left of them, so it may run behind the change and again.
    pub(crate) async fn end_sessions(&self, user_id: &str, until: Timestamp) -> Result<(), DirectoryError> {
        self.sweep::<Session>("userId", user_id, |session, batch| {
            if session.record.created_date_time <= until {
                self.end_session(&session, batch)?;
            }
            Ok(())
        })
        .await?;
        self.sweep::<RefreshTokenFamily>("userId", user_id, |mut family, batch| {
            let family_record = &mut family.record;
            if family_record.revoked_date_time.is_none() && family_record.grant.granted_date_time <= until {
                family_record.revoked_date_time = Some(until);
                batch.update(&family)?;
            }
            Ok(())
        })
        .await
    }

    /// Ends a session, of which its applications are told.
    pub(crate) fn end_session(
        &self,
        session: &Versioned<Session>,
        batch: &mut Batch,
    ) -> Result<(), DirectoryError> {
        batch.delete(session);
        for notice in session.record.logout_notices(self.now(), || self.rng.guid()) {
            batch.insert(&notice)?;
        }
        Ok(())
    }

    /// Deletes all rows whose `column` is `value`, chunk by chunk.
    pub(crate) async fn sweep_away<R: Record>(
        &self,
        column: &str,
        value: &str,
    ) -> Result<(), DirectoryError> {
        let delete = |row: Versioned<R>, batch: &mut Batch| {
            batch.delete(&row);
            Ok(())
        };
        self.sweep(column, value, delete).await
    }

    /// Goes through the rows whose `column` is `value`, chunk by chunk, and commits what `change` makes of each. A chunk
    /// somebody else changed is read again.
    pub(crate) async fn sweep<R: Record>(
        &self,
        column: &str,
        value: &str,
        change: impl Fn(Versioned<R>, &mut Batch) -> Result<(), DirectoryError>,
    ) -> Result<(), DirectoryError> {
        let mut query = Query::filtered(Filter::equals(column, value), CHUNK);
        let mut conflicts = 0;
        loop {
            let page = self.store.find::<R>(self.tenant, &query).await?;
            let mut batch = self.batch();
            for row in page.items {
                change(row, &mut batch)?;
            }
            if !batch.writes.is_empty() {
                match self.store.commit(batch).await {
                    Err(error) if error.is_conflict() && conflicts < 64 => {
                        conflicts += 1;
                        continue;
                    }
                    outcome => outcome?,
                }
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(()),
            }
        }
    }
}
