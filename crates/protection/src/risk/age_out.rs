use std::collections::BTreeSet;
use std::time::Duration;

use riskgate_core::Timestamp;
use riskgate_directory::Actor;
use riskgate_odata::{Comparison, Filter};
use riskgate_risk::state::{Action, ServicePrincipalOwner, UserOwner};
use riskgate_store::records::RiskDetectionRecord;
use riskgate_store::{Direction, Query, StoreExt, retry};

use crate::risk::batch::StoredOwner;
use crate::{Protection, ProtectionError};

/// After six months low risk that came to nothing is closed; medium and high risk stays until somebody does something
/// (`entra-semantics` §2.3).
const LOW_RISK_LASTS: Duration = Duration::from_secs(183 * 86_400);
/// Detections looked at in one go.
const AT_ONCE: u64 = 500;

impl Protection {
    /// Closes low risk that is older than six months, of users and service principals, oldest first; at most some hundred
    /// detections. Returns whether there may be more.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn age_out_low_risk(&self) -> Result<bool, ProtectionError> {
        let before = self.clock.now() - LOW_RISK_LASTS;
        let users = self.age_out::<UserOwner>(before).await?;
        let service_principals = self.age_out::<ServicePrincipalOwner>(before).await?;
        Ok(users || service_principals)
    }

    async fn age_out<O: StoredOwner>(&self, before: Timestamp) -> Result<bool, ProtectionError> {
        let old = Filter::And(vec![
            Filter::equals("riskLevel", "low"),
            Filter::equals("riskState", "atRisk"),
            Filter::compare("detectedDateTime", Comparison::Less, before),
        ]);
        let oldest = Query::filtered(old, AT_ONCE).ordered("detectedDateTime", Direction::Ascending);
        let found = self.store.find::<RiskDetectionRecord<O::Detection>>(self.tenant, &oldest).await?.items;
        let owners: BTreeSet<&str> =
            found.iter().filter_map(|found| O::owner_id(&found.record.detection)).collect();
        let (system, action) = (Actor::system(), Action::AgedOut { before });
        for owner_id in owners {
            retry(|| self.act_once::<O>(owner_id, None, &system, &action, "AgeOutLowRisk")).await?;
        }
        Ok(u64::try_from(found.len()).unwrap_or(u64::MAX) >= AT_ONCE)
    }
}
