use std::collections::BTreeSet;

use riskgate_access::{Finding, LintInput, ObjectKind, lint, references};
use riskgate_model::ConditionalAccessPolicy;
use riskgate_odata::Filter;
use riskgate_store::{StoreError, tables};

use crate::policies::in_force::Definitions;
use crate::{KnownIds, Protection, ProtectionError};

impl Protection {
    /// What is valid in the tenant's policies and probably not meant, the worst first. `others` are policies as they might
    /// be: each takes the place of the stored one with its identifier, or is one more.
    ///
    /// # Errors
    /// [`ProtectionError`] if the store or the directory fails.
    pub async fn lint_policies(
        &self,
        others: &[ConditionalAccessPolicy],
    ) -> Result<Vec<Finding>, ProtectionError> {
        let kept = self.policies.load(&*self.store, self.tenant).await?;
        let Definitions { locations, strengths, .. } = &kept.definitions;
        let policies = &kept.definitions.supposing(others);
        let mut administrators = Vec::new();
        for user in self.policy_administrators().await? {
            administrators.extend(self.administrator(&user).await?);
        }
        let known = KnownIds::of(&*self.store, self.tenant, policies).await?;
        let empty_groups = self.empty_groups(policies).await?;
        Ok(lint(&LintInput {
            at: self.clock.now(),
            policies,
            locations,
            strengths,
            administrators: &administrators,
            known: &known,
            empty_groups: &empty_groups,
        }))
    }

    /// The groups without members, of those the policies name. A group that does not exist has none.
    async fn empty_groups(
        &self,
        policies: &[ConditionalAccessPolicy],
    ) -> Result<BTreeSet<String>, StoreError> {
        let mut groups: BTreeSet<String> = policies
            .iter()
            .flat_map(references)
            .filter(|(kind, _)| *kind == ObjectKind::Group)
            .map(|(_, id)| id.to_ascii_lowercase())
            .collect();
        let mut populated = BTreeSet::new();
        for group in &groups {
            let members = Filter::equals("groupId", group);
            if self.store.count(self.tenant, &tables::GROUP_MEMBERSHIPS, &members).await? > 0 {
                populated.insert(group.clone());
            }
        }
        groups.retain(|group| !populated.contains(group));
        Ok(groups)
    }
}
