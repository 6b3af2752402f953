//! Which of the objects a policy refers to exist.

use std::collections::HashSet;

use riskgate_access::{ObjectKind, PolicyError, references, validate};
use riskgate_directory::role;
use riskgate_model::ConditionalAccessPolicy;
use riskgate_odata::Filter;
use riskgate_store::{Query, Table, tables};

use super::refused;
use crate::call::Call;
use crate::error::GraphError;
use crate::resources::authentication_strengths;

/// Objects looked up at once.
const CHUNK: usize = 100;

/// The objects that exist, of those that were looked up.
#[derive(Default)]
pub(in crate::resources) struct KnownIds(HashSet<(ObjectKind, String)>);

impl KnownIds {
    /// Refuses to store a policy that is not valid, or that would keep every administrator out.
    ///
    /// # Errors
    /// 400 with the text of the rule that is broken.
    pub(in crate::resources) async fn check(
        call: &Call,
        policy: &ConditionalAccessPolicy,
    ) -> Result<(), GraphError> {
        Self::check_validity(call, policy).await?;
        super::lockout::check(call, policy).await
    }

    /// Refuses a policy that is not valid or refers to what is not there.
    ///
    /// # Errors
    /// 400 with the text of the rule that is broken.
    pub(in crate::resources) async fn check_validity(
        call: &Call,
        policy: &ConditionalAccessPolicy,
    ) -> Result<(), GraphError> {
        if policy.conditions.insider_risk_levels.is_some()
            && !call.service.api.protection.knows_insider_risk()
        {
            return Err(refused(&no_insider_risk()));
        }
        let known = Self::of(call, policy).await?;
        let exists = |kind: ObjectKind, id: &str| known.0.contains(&(kind, id.to_ascii_lowercase()));
        validate(policy, &exists).map_err(|error| refused(&error))
    }

    async fn of(call: &Call, policy: &ConditionalAccessPolicy) -> Result<Self, GraphError> {
        let mut known = Self::default();
        for kind in ObjectKind::ALL {
            let asked: HashSet<String> = references(policy)
                .into_iter()
                .filter(|(of, _)| *of == kind)
                .map(|(_, id)| id.to_ascii_lowercase())
                .collect();
            let asked: Vec<String> = asked.into_iter().collect();
            for chunk in asked.chunks(CHUNK) {
                let found = existing(call, kind, chunk).await?;
                known.0.extend(found.into_iter().map(|id| (kind, id)));
            }
        }
        Ok(known)
    }
}

/// A condition about what is unknown of everybody would keep everybody out.
fn no_insider_risk() -> PolicyError {
    PolicyError::Invalid {
        property: "conditions/insiderRiskLevels",
        problem:
            "nothing says which insider risk level a user has; name the extension attribute that does in the \
                  configuration (conditional_access.insider_risk_attribute)"
                .to_owned(),
    }
}

/// Those of the identifiers that something of this kind has, in lower case.
async fn existing(call: &Call, kind: ObjectKind, ids: &[String]) -> Result<Vec<String>, GraphError> {
    let (table, path): (&'static Table, &str) = match kind {
        ObjectKind::RoleTemplate => {
            return Ok(ids.iter().filter(|id| role(id).is_some()).cloned().collect());
        }
        ObjectKind::User => (&tables::USERS, "id"),
        ObjectKind::Group => (&tables::GROUPS, "id"),
        ObjectKind::Application => (&tables::SERVICE_PRINCIPALS, "appId"),
        ObjectKind::NamedLocation => (&tables::NAMED_LOCATIONS, "id"),
        ObjectKind::ServicePrincipal => (&tables::SERVICE_PRINCIPALS, "id"),
        ObjectKind::AuthenticationStrength => {
            let strengths = authentication_strengths::all(call).await?.into_iter();
            return Ok(strengths.map(|strength| strength.id.to_ascii_lowercase()).collect());
        }
        // There are none yet, so a policy cannot refer to one.
        ObjectKind::Agreement => return Ok(Vec::new()),
    };
    let query = Query::filtered(Filter::one_of(path, ids), u64::try_from(ids.len()).unwrap_or(u64::MAX));
    let page = call.store().query(call.service.api.tenant, table, &query).await?;
    let id = |document: &serde_json::Value| {
        document.get(path).and_then(|id| id.as_str()).map(str::to_ascii_lowercase)
    };
    Ok(page.items.iter().filter_map(|row| id(&row.document)).collect())
}
