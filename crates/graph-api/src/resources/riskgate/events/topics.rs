use std::hash::{DefaultHasher, Hash, Hasher};

use riskgate_odata::Filter;
use riskgate_store::records::Revision;
use riskgate_store::{Direction, Query, StoreError, StoreExt, Table, tables};

use crate::area::Area;
use crate::caller::Caller;
use crate::permissions::Rule;
use crate::resources;
use crate::state::GraphApi;

/// Rows that are looked at: what is committed late, by a node whose clock is behind, is among the newest ones too.
const NEWEST: u64 = 20;

/// A set whose changes are told.
pub(super) struct Topic {
    /// Its address below the version.
    pub(super) set: &'static str,
    rule: &'static Rule,
    seen_by: SeenBy,
}

/// What shows that something changed.
enum SeenBy {
    /// Identifiers and versions of the rows that are newest by this property.
    Newest(&'static Table, &'static str),
    /// The number of changes of everything Conditional Access decides with.
    Revision,
}

/// Every set whose changes are told.
pub(super) static TOPICS: [Topic; TOPIC_COUNT] = [
    Topic {
        set: "auditLogs/signIns",
        rule: &resources::sign_ins::READ,
        seen_by: SeenBy::Newest(&tables::SIGN_INS, "createdDateTime"),
    },
    Topic {
        set: "identityProtection/riskDetections",
        rule: &resources::risk_detections::READ,
        seen_by: SeenBy::Newest(&tables::RISK_DETECTIONS, "lastUpdatedDateTime"),
    },
    Topic {
        set: "identityProtection/riskyUsers",
        rule: &resources::risky_users::READ,
        seen_by: SeenBy::Newest(&tables::RISKY_USERS, "riskLastUpdatedDateTime"),
    },
    Topic {
        set: "identityProtection/riskyServicePrincipals",
        rule: &resources::risky_service_principals::READ,
        seen_by: SeenBy::Newest(&tables::RISKY_SERVICE_PRINCIPALS, "riskLastUpdatedDateTime"),
    },
    Topic { set: "identity/conditionalAccess", rule: &resources::policies::READ, seen_by: SeenBy::Revision },
    Topic {
        set: "auditLogs/directoryAudits",
        rule: &resources::directory_audits::READ,
        seen_by: SeenBy::Newest(&tables::DIRECTORY_AUDITS, "activityDateTime"),
    },
];

/// How many there are.
pub(super) const TOPIC_COUNT: usize = 6;

/// What tells one state of every topic from another.
pub(super) type Digests = [u64; TOPIC_COUNT];

impl Topic {
    /// Whether the caller may read the set.
    pub(super) fn is_open_to(&self, caller: &Caller) -> bool {
        self.rule.check(Area::AuditLogs, caller, false).is_ok()
    }

    async fn digest(&self, api: &GraphApi) -> Result<u64, StoreError> {
        let mut hasher = DefaultHasher::new();
        match self.seen_by {
            SeenBy::Newest(table, property) => {
                let query =
                    Query::filtered(Filter::Constant(true), NEWEST).ordered(property, Direction::Descending);
                for row in api.store.query(api.tenant, table, &query).await?.items {
                    (row.id, row.version).hash(&mut hasher);
                }
            }
            SeenBy::Revision => {
                let revision = api.store.load::<Revision>(api.tenant, Revision::CONDITIONAL_ACCESS).await?;
                revision.map_or(0, |revision| revision.record.number).hash(&mut hasher);
            }
        }
        Ok(hasher.finish())
    }
}

/// The state of every topic now.
///
/// # Errors
/// What the store fails with.
pub(super) async fn digests(api: &GraphApi) -> Result<Digests, StoreError> {
    let mut digests = [0; TOPIC_COUNT];
    for (digest, topic) in digests.iter_mut().zip(&TOPICS) {
        *digest = topic.digest(api).await?;
    }
    Ok(digests)
}
