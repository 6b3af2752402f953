//! What a policy did with a request, and why: small sets that cost no allocation, since every sign-in keeps a trace of
//! every policy.

use std::sync::Arc;

use riskgate_model::{AppliedConditionalAccessPolicy, AppliedConditionalAccessPolicyResult};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::control_names::ControlNames;
use crate::reason::Reason;

/// What one policy did with a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PolicyTrace {
    /// Identifier of the policy.
    pub policy_id: Arc<str>,
    /// Its name at that moment.
    pub display_name: Arc<str>,
    /// What it came to (`entra-semantics` §3.10 names the members as the sign-in log does).
    pub result: AppliedConditionalAccessPolicyResult,
    /// Grant controls it asks for, `authenticationStrength` and `termsOfUse` among them; empty unless it applied.
    #[serde(default)]
    pub enforced_grant_controls: ControlNames,
    /// Session controls it asks for, by the names of their properties; empty unless it applied.
    #[serde(default)]
    pub enforced_session_controls: ControlNames,
    /// Configured conditions that were met.
    pub conditions_satisfied: ConditionSet,
    /// Configured conditions that were not met: all of them, not only the first.
    pub conditions_not_satisfied: ConditionSet,
    /// Values on the including side that named the request.
    pub include_rules: RuleSet,
    /// Values on the excluding side that named the request.
    pub exclude_rules: RuleSet,
    /// What else led to the result.
    pub reasons: Vec<Reason>,
}

impl PolicyTrace {
    /// The form the sign-in log carries (Graph contract §2.3).
    pub fn to_applied_policy(&self) -> AppliedConditionalAccessPolicy {
        AppliedConditionalAccessPolicy {
            display_name: Some(self.display_name.to_string()),
            enforced_grant_controls: self.enforced_grant_controls.iter().map(ToString::to_string).collect(),
            enforced_session_controls: self
                .enforced_session_controls
                .iter()
                .map(ToString::to_string)
                .collect(),
            id: Some(self.policy_id.to_string()),
            result: Some(self.result),
        }
    }
}

macro_rules! small_set {
    ($(#[$meta:meta])* $set:ident of $(#[$item_meta:meta])* $item:ident { $($(#[$member_meta:meta])* $member:ident),+ $(,)? }) => {
        $(#[$item_meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub enum $item { $($(#[$member_meta])* $member),+ }

        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub struct $set(u32);

        impl $set {
            const ALL: &'static [$item] = &[$($item::$member),+];

            /// Adds a member.
            pub fn insert(&mut self, item: $item) {
                self.0 |= 1u32.wrapping_shl(item as u32);
            }

            /// Whether the member is in the set.
            pub fn contains(self, item: $item) -> bool {
                self.0 & 1u32.wrapping_shl(item as u32) != 0
            }

            /// Whether nothing is in the set.
            pub fn is_empty(self) -> bool {
                self.0 == 0
            }

            /// Members in the order they are declared.
            pub fn iter(self) -> impl Iterator<Item = $item> {
                Self::ALL.iter().copied().filter(move |item| self.contains(*item))
            }
        }

        impl FromIterator<$item> for $set {
            fn from_iter<I: IntoIterator<Item = $item>>(items: I) -> Self {
                let mut set = Self::default();
                items.into_iter().for_each(|item| set.insert(item));
                set
            }
        }

        impl std::ops::BitOrAssign for $set {
            fn bitor_assign(&mut self, other: Self) {
                self.0 |= other.0;
            }
        }
    };
}

small_set! {
    /// Conditions of a policy; in JSON an array of their names.
    ConditionSet of
    /// A condition of a policy, by the names of Graph's `conditionalAccessConditions`.
    Condition {
        /// What is asked for.
        Application,
        /// Who asks.
        Users,
        /// With which kind of client.
        ClientType,
        /// From where.
        Location,
        /// Risk of the sign-in.
        SignInRisk,
        /// Risk of the user.
        UserRisk,
        /// On which platform.
        DevicePlatform,
        /// With which device.
        DeviceState,
        /// Which application, when one acts on its own behalf.
        ServicePrincipals,
        /// Risk of that application.
        ServicePrincipalRisk,
        /// By which flow the session came from another device.
        AuthenticationFlows,
        /// Insider risk of the user.
        InsiderRisk,
    }
}

small_set! {
    /// Values of conditions that named the request; in JSON an array of `{conditionalAccessCondition, ruleSatisfied}`.
    RuleSet of
    /// A kind of value that named the request, by the names of Graph's `conditionalAccessRule`.
    Rule {
        /// `All` of the applications.
        AllApps,
        /// The `appId` of a resource.
        AppId,
        /// The filter for applications.
        AppFilter,
        /// `All` of the users.
        AllUsers,
        /// `GuestsOrExternalUsers`.
        Guest,
        /// A group of the user.
        GroupId,
        /// A role of the user.
        RoleId,
        /// The user himself.
        UserId,
        /// `All` of the locations.
        AllLocations,
        /// `AllTrusted`.
        AllTrustedLocations,
        /// A named location.
        LocationId,
        /// `Office365` of the applications.
        Office365,
        /// `MicrosoftAdminPortals` of the applications.
        MicrosoftAdminPortals,
        /// A user action. Graph has no word for this one.
        UserAction,
        /// An authentication context.
        Acr,
        /// `all` of the platforms.
        AllDevicePlatforms,
        /// A platform.
        DevicePlatform,
        /// The filter for devices.
        DeviceFilter,
        /// A filter in mode `exclude` that did not match.
        DeviceFilterIncludeRuleNotMatched,
        /// `ServicePrincipalsInMyTenant`. Graph has no word for this one.
        AllServicePrincipals,
        /// The application itself. Graph has no word for this one.
        ServicePrincipalId,
        /// The filter for service principals. Graph has no word for this one.
        ServicePrincipalFilter,
        /// The device code flow.
        DeviceCodeFlow,
        /// A session handed from one device to another.
        AccountTransfer,
        /// A level of insider risk.
        InsiderRisk,
    }
}

impl Rule {
    /// The condition the value belongs to.
    pub fn condition(self) -> Condition {
        match self {
            Self::AllApps
            | Self::AppId
            | Self::AppFilter
            | Self::Office365
            | Self::MicrosoftAdminPortals
            | Self::UserAction
            | Self::Acr => Condition::Application,
            Self::AllUsers | Self::Guest | Self::GroupId | Self::RoleId | Self::UserId => Condition::Users,
            Self::AllLocations | Self::AllTrustedLocations | Self::LocationId => Condition::Location,
            Self::AllDevicePlatforms | Self::DevicePlatform => Condition::DevicePlatform,
            Self::DeviceFilter | Self::DeviceFilterIncludeRuleNotMatched => Condition::DeviceState,
            Self::AllServicePrincipals | Self::ServicePrincipalId | Self::ServicePrincipalFilter => {
                Condition::ServicePrincipals
            }
            Self::DeviceCodeFlow | Self::AccountTransfer => Condition::AuthenticationFlows,
            Self::InsiderRisk => Condition::InsiderRisk,
        }
    }
}

impl Serialize for ConditionSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for ConditionSet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<Condition>::deserialize(deserializer)?.into_iter().collect())
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct SatisfiedRule {
    conditional_access_condition: Condition,
    rule_satisfied: Rule,
}

impl Serialize for RuleSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let described = |rule: Rule| SatisfiedRule {
            conditional_access_condition: rule.condition(),
            rule_satisfied: rule,
        };
        serializer.collect_seq(self.iter().map(described))
    }
}

impl<'de> Deserialize<'de> for RuleSet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<SatisfiedRule>::deserialize(deserializer)?
            .into_iter()
            .map(|rule| rule.rule_satisfied)
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn sets_are_written_by_name_and_read_back() {
        let conditions: ConditionSet = [Condition::UserRisk, Condition::Application].into_iter().collect();
        assert_eq!(serde_json::to_value(conditions).unwrap(), json!(["application", "userRisk"]));
        let rules: RuleSet = ConditionSet::ALL.iter().map(|_| Rule::GroupId).chain([Rule::AllApps]).collect();
        let written = json!([
            {"conditionalAccessCondition": "application", "ruleSatisfied": "allApps"},
            {"conditionalAccessCondition": "users", "ruleSatisfied": "groupId"},
        ]);
        assert_eq!(serde_json::to_value(rules).unwrap(), written);
        assert_eq!(serde_json::from_value::<RuleSet>(written).unwrap(), rules);
        let all: RuleSet = RuleSet::ALL.iter().copied().collect();
        assert_eq!(all.iter().count(), RuleSet::ALL.len());
    }
}
