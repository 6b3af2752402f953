use riskgate_model::User;
use riskgate_store::Batch;

use crate::{Directory, DirectoryError, GLOBAL_ADMINISTRATOR};

impl Directory {
    /// Refuses a change after which `user_id` is no active Global Administrator if nobody else is one.
    ///
    /// If the user is one, the organization's row is written unchanged in the same batch: two such changes at the same
    /// moment, each relying on the other's user, collide there, and the second one looks again.
    pub(crate) async fn keep_an_administrator(
        &self,
        batch: &mut Batch,
        user_id: &str,
    ) -> Result<(), DirectoryError> {
        // Read before the administrators are: whoever changes them afterwards also changes its version.
        let organization = self.versioned_organization().await?;
        let administrators = self.members_of_role(GLOBAL_ADMINISTRATOR).await?;
        let is_active = |user: &&User| user.account_enabled == Some(true);
        let active: Vec<&User> = administrators.iter().filter(is_active).collect();
        if !active.iter().any(|user| user.id == user_id) {
            return Ok(());
        }
        if active.len() == 1 {
            return Err(DirectoryError::LastAdministrator);
        }
        Ok(batch.update(&organization)?)
    }
}
