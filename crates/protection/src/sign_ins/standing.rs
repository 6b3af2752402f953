use riskgate_model::RiskyUser;
use riskgate_store::{StoreExt, Versioned};

use crate::policies::in_force::revision;
use crate::{Protection, ProtectionError};

/// What can change a decision from outside of the attempt: policies, named locations and the user's risk. Whoever keeps a
/// decision for a while keeps this beside it, and asks again as soon as it is another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    policies: Option<i64>,
    risk: Option<i64>,
}

impl Protection {
    /// How things stand for a user now, whichever node changed them last.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn standing(&self, user_id: &str) -> Result<Standing, ProtectionError> {
        let policies = revision(&*self.store, self.tenant).await?;
        let risky: Option<Versioned<RiskyUser>> = self.store.load(self.tenant, user_id).await?;
        Ok(Standing {
            policies: policies.map(|revision| revision.record.number),
            risk: risky.map(|user| user.version),
        })
    }
}
