use riskgate_model::{AgreementAcceptance, AgreementAcceptanceState, User};
use riskgate_store::{StoreError, StoreExt, Versioned, retry};

use super::RESOURCE;
use crate::{Actor, AuditEntry, Directory, DirectoryError, other_target, user_target};

/// `deviceId` where acceptance is not asked for on each device.
const NO_DEVICE: &str = "00000000-0000-0000-0000-000000000000";

impl Directory {
    /// Keeps what a user answered to terms of use in place of what he answered before; `file_id` is the file he was shown.
    ///
    /// # Errors
    /// [`DirectoryError::NotFound`] for the agreement, [`DirectoryError::Store`].
    pub async fn answer_agreement(
        &self,
        actor: &Actor,
        user: &User,
        agreement_id: &str,
        file_id: &str,
        has_accepted: bool,
    ) -> Result<AgreementAcceptance, DirectoryError> {
        retry(|| async {
            match self.try_answer(actor, user, agreement_id, file_id, has_accepted).await {
                // Two first answers at once: the second replaces the first.
                Err(DirectoryError::Store(StoreError::Exists { table, id })) => {
                    Err(StoreError::Conflict { table, id }.into())
                }
                outcome => outcome,
            }
        })
        .await
    }

    async fn try_answer(
        &self,
        actor: &Actor,
        user: &User,
        agreement_id: &str,
        file_id: &str,
        has_accepted: bool,
    ) -> Result<AgreementAcceptance, DirectoryError> {
        let agreement = self.existing_agreement(agreement_id).await?.record;
        let now = self.now();
        let (state, activity) = match has_accepted {
            true => (AgreementAcceptanceState::Accepted, "Accept Terms Of Use"),
            false => (AgreementAcceptanceState::Declined, "Decline Terms Of Use"),
        };
        let answer = AgreementAcceptance {
            id: format!("{}_{}", agreement.id, user.id),
            agreement_file_id: Some(file_id.to_owned()),
            agreement_id: Some(agreement.id.clone()),
            device_display_name: None,
            device_id: Some(NO_DEVICE.to_owned()),
            device_os_type: None,
            device_os_version: None,
            expiration_date_time: agreement.expiration(now).filter(|_| has_accepted),
            recorded_date_time: Some(now),
            state: Some(state),
            user_display_name: user.display_name.clone(),
            user_email: user.mail.clone(),
            user_id: Some(user.id.clone()),
            user_principal_name: user.user_principal_name.clone(),
        };
        let mut batch = self.batch();
        match self.store.load::<AgreementAcceptance>(self.tenant, &answer.id).await? {
            Some(before) => batch.update(&Versioned { record: answer.clone(), version: before.version })?,
            None => batch.insert(&answer)?,
        }
        let target = other_target(RESOURCE, &agreement.id, agreement.display_name.as_deref());
        let entry = AuditEntry::new(activity, "UserManagement", "Add")
            .target(target)
            .target(user_target(user, &[]))
            .detail("AgreementFileId", file_id);
        self.audit(&mut batch, actor, entry)?;
        self.store.commit(batch).await?;
        Ok(answer)
    }
}
