use std::collections::BTreeSet;

use riskgate_core::Timestamp;
use riskgate_model::{Agreement, AgreementAcceptance, AgreementAcceptanceState, AgreementFileLocalization};
use riskgate_odata::Filter;
use riskgate_store::records::AgreementFileRecord;
use riskgate_store::{StoreExt, Versioned};

use crate::{Directory, DirectoryError};

impl Directory {
    /// Every agreement; there are at most 40.
    ///
    /// # Errors
    /// [`DirectoryError::Store`].
    pub async fn agreements(&self) -> Result<Vec<Agreement>, DirectoryError> {
        let found = self.store.find_all::<Agreement>(self.tenant, Filter::Constant(true)).await?;
        Ok(found.into_iter().map(|found| found.record).collect())
    }

    /// An agreement by its identifier, in any case.
    ///
    /// # Errors
    /// [`DirectoryError::NotFound`], [`DirectoryError::Store`].
    pub async fn agreement(&self, id: &str) -> Result<Agreement, DirectoryError> {
        Ok(self.existing_agreement(id).await?.record)
    }

    pub(super) async fn existing_agreement(&self, id: &str) -> Result<Versioned<Agreement>, DirectoryError> {
        let found = self.store.load(self.tenant, &id.to_ascii_lowercase()).await?;
        found.ok_or_else(|| DirectoryError::not_found(id))
    }

    /// The files of an agreement with their content, the default first.
    ///
    /// # Errors
    /// [`DirectoryError::Store`].
    pub async fn agreement_files(
        &self,
        agreement_id: &str,
    ) -> Result<Vec<AgreementFileLocalization>, DirectoryError> {
        let filter = Filter::equals("agreementId", agreement_id);
        let found = self.store.find_all::<AgreementFileRecord>(self.tenant, filter).await?;
        let mut files: Vec<_> = found.into_iter().map(|found| found.record.file).collect();
        files.sort_by(|left, right| {
            right.is_default.cmp(&left.is_default).then_with(|| left.language.cmp(&right.language))
        });
        Ok(files)
    }

    /// The agreements a user has accepted, where that still holds at this moment.
    ///
    /// # Errors
    /// [`DirectoryError::Store`].
    pub async fn accepted_agreement_ids(
        &self,
        user_id: &str,
        at: Timestamp,
    ) -> Result<BTreeSet<String>, DirectoryError> {
        let filter = Filter::And(vec![
            Filter::equals("userId", user_id),
            Filter::equals("state", AgreementAcceptanceState::Accepted.to_string()),
        ]);
        let found = self.store.find_all::<AgreementAcceptance>(self.tenant, filter).await?;
        let holds = |answer: &AgreementAcceptance| answer.expiration_date_time.is_none_or(|end| at < end);
        let answers = found.into_iter().map(|found| found.record).filter(holds);
        Ok(answers.filter_map(|answer| answer.agreement_id).collect())
    }
}
