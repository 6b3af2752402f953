//! Every table there is.

mod applications;
mod approval;
mod directory;
mod federation;
mod protection;
mod recovery;
mod service_principal_risk;
mod terms_of_use;

pub use applications::*;
pub use approval::*;
pub use directory::*;
pub use federation::*;
pub use protection::*;
pub use recovery::*;
pub use service_principal_risk::*;
pub use terms_of_use::*;

use crate::Table;

/// Every table, in the order they are created.
pub static ALL: &[&Table] = &[
    &ORGANIZATIONS,
    &USERS,
    &USER_CREDENTIALS,
    &AUTHENTICATION_METHODS,
    &FAMILIAR_NETWORKS,
    &FAILURE_COUNTERS,
    &GROUPS,
    &GROUP_MEMBERSHIPS,
    &ROLE_ASSIGNMENTS,
    &DELETED_ITEMS,
    &DIRECTORY_AUDITS,
    &APPLICATIONS,
    &SERVICE_PRINCIPALS,
    &CLIENT_CREDENTIALS,
    &PERMISSION_GRANTS,
    &APP_ROLE_ASSIGNMENTS,
    &SIGNING_KEYS,
    &AUTHORIZATION_CODES,
    &DEVICE_AUTHORIZATIONS,
    &REFRESH_TOKENS,
    &SESSIONS,
    &APPLICATION_SESSIONS,
    &INTERACTIONS,
    &POLICIES,
    &NAMED_LOCATIONS,
    &AUTHENTICATION_STRENGTHS,
    &AUTHENTICATION_CONTEXTS,
    &SINGLE_POLICIES,
    &RISK_DETECTIONS,
    &RISKY_USERS,
    &RISKY_USER_HISTORY,
    &SIGN_INS,
    &SIGN_IN_HISTORIES,
    &DEVICES,
    &DEVICE_REGISTRATIONS,
    &DEVICE_CREDENTIALS,
    &REVISIONS,
    &DEVICE_CERTIFICATES,
    &AGREEMENTS,
    &AGREEMENT_FILES,
    &AGREEMENT_ACCEPTANCES,
    &SERVICE_PRINCIPAL_RISK_DETECTIONS,
    &RISKY_SERVICE_PRINCIPALS,
    &RISKY_SERVICE_PRINCIPAL_HISTORY,
    &WORKLOAD_HISTORIES,
    &WORKLOAD_ACTIVITIES,
    &AUDIT_CURSORS,
    &REVOKED_ACCESS_TOKENS,
    &LOGOUT_NOTICES,
    &EMAIL_METHODS,
    &RECOVERY_CODES,
    &EMAIL_CHALLENGES,
    &PASSWORD_RESETS,
    &PUSHED_REQUESTS,
    &ATTRIBUTE_SETS,
    &ATTRIBUTE_DEFINITIONS,
    &IDENTITY_PROVIDERS,
    &EXTERNAL_IDENTITIES,
    &USED_ASSERTIONS,
    &FAILED_FIRST_FACTORS,
    &DAY_KEYS,
    &PHONE_PAIRINGS,
    &APPROVAL_REQUESTS,
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_are_unique_and_indexes_use_columns() {
        let mut tables = HashSet::new();
        for table in ALL {
            assert!(tables.insert(table.name), "{}", table.name);
            let columns: HashSet<_> = table.columns.iter().map(|column| column.name).collect();
            assert_eq!(columns.len(), table.columns.len(), "{}", table.name);
            for index in table.indexes {
                assert!(
                    index.columns.iter().all(|column| columns.contains(column)),
                    "{} {:?}",
                    table.name,
                    index
                );
            }
        }
    }
}
