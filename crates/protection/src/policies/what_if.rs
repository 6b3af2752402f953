use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr};

use riskgate_access::{Change, Decision, PolicySet, evaluate, evaluate_workload, smallest_changes};
use riskgate_core::Timestamp;
use riskgate_model::{
    AuthenticationFacts, AuthenticationMethodKind, ClientAppType, ClientFacts,
    ConditionalAccessDevicePlatform, ConditionalAccessPolicy, DeviceFacts, ExternalUserFacts,
    InsiderRiskLevel, MethodUse, NetworkFacts, RiskLevel, SecurityAttributeFacts, SignInFacts,
    TransferMethod, User, UserFacts, WorkloadFacts,
};

use crate::{Protection, ProtectionError, SignInApplication};

/// A sign-in that has not happened, to be decided as if it did. Nothing of it is recorded.
#[derive(Debug, Clone)]
pub struct WhatIf {
    /// Who.
    pub subject: WhatIfSubject,
    /// What for.
    pub application: SignInApplication,
    /// Under which circumstances.
    pub circumstances: Circumstances,
    /// Policies as they might be: each takes the place of the stored one with its identifier, or is one more.
    pub policies: Vec<ConditionalAccessPolicy>,
    /// Whether the smallest changes that would give access are searched for, which costs a few hundred decisions.
    pub with_changes: bool,
}

/// Who would sign in.
#[derive(Debug, Clone)]
pub enum WhatIfSubject {
    /// A person with the groups, roles, methods and acceptances he has now.
    User {
        /// The person.
        user: Box<User>,
        /// What kind of guest he is taken for, if not the one he is.
        external: Option<ExternalUserFacts>,
    },
    /// An application on its own behalf.
    ServicePrincipal {
        /// Object identifier.
        id: String,
        /// Whether it is registered in this tenant for this tenant alone.
        is_single_tenant: bool,
        /// Its custom security attributes.
        attributes: SecurityAttributeFacts,
    },
}

/// Circumstances of a sign-in. What is `None` is not known, and the unknown closes.
#[derive(Debug, Clone, Default)]
pub struct Circumstances {
    /// From which address; its country and network are looked up.
    pub address: Option<IpAddr>,
    /// From which country, whatever the address says.
    pub country: Option<String>,
    /// On which platform.
    pub platform: Option<ConditionalAccessDevicePlatform>,
    /// With which registered device.
    pub device: Option<DeviceFacts>,
    /// At which risk of the sign-in, or of the service principal.
    pub sign_in_risk: Option<RiskLevel>,
    /// At which risk of the user.
    pub user_risk: Option<RiskLevel>,
    /// At which insider risk.
    pub insider_risk: Option<InsiderRiskLevel>,
    /// By which flow from another device.
    pub transfer_method: Option<TransferMethod>,
}

/// What the policies would decide.
#[derive(Debug, Clone, PartialEq)]
pub struct WhatIfAnswer {
    /// The decision, with the trace of every policy.
    pub decision: Decision,
    /// The policies it was made with, by identifier.
    pub policies: Vec<ConditionalAccessPolicy>,
    /// Smallest changes that would give access; empty if there is access, no change helps, or nobody asked.
    pub changes: Vec<Vec<Change>>,
}

impl Protection {
    /// Decides a sign-in that has not happened: the person has just proven his first factor.
    ///
    /// # Errors
    /// What the store or the directory fails with.
    pub async fn what_if(&self, question: &WhatIf) -> Result<WhatIfAnswer, ProtectionError> {
        let (set, policies) = self.supposed_policies(&question.policies).await?;
        let at = self.clock.now();
        let (decision, changes) = match &question.subject {
            WhatIfSubject::User { user, external } => {
                let mut facts = self.supposed_facts(question, user, external.as_ref(), at).await?;
                let resources = &facts.application.resource_app_ids;
                facts.application.resource_attributes = self.resource_attributes(resources, &set).await?;
                let risk = question.circumstances.sign_in_risk.unwrap_or(RiskLevel::None);
                let search = || smallest_changes(&facts, risk, &set);
                (evaluate(&facts, risk, &set), question.with_changes.then(search).unwrap_or_default())
            }
            WhatIfSubject::ServicePrincipal { id, is_single_tenant, attributes } => {
                let mut facts = self.supposed_workload(question, id, *is_single_tenant, at);
                facts.client_attributes = Some(attributes.clone());
                facts.resource_attributes = self.resource_attributes(&facts.resource_app_ids, &set).await?;
                (evaluate_workload(&facts, &set), Vec::new())
            }
        };
        Ok(WhatIfAnswer { decision, policies, changes })
    }

    /// The policies of now with others in place of theirs or beside them, prepared, and by identifier.
    async fn supposed_policies(
        &self,
        others: &[ConditionalAccessPolicy],
    ) -> Result<(PolicySet, Vec<ConditionalAccessPolicy>), ProtectionError> {
        let kept = self.policies.load(&*self.store, self.tenant).await?;
        let stored = &kept.definitions;
        let mut policies = stored.supposing(others);
        policies.extend_from_slice(&stored.defaults);
        policies.sort_by(|a, b| a.id.cmp(&b.id));
        let set = match others {
            [] => kept.set.clone(),
            _ => PolicySet::new(&policies, &stored.locations, &stored.strengths),
        };
        Ok((set, policies))
    }

    /// What would give access to a sign-in as it was, under the policies as they are now.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn changes(
        &self,
        facts: &SignInFacts,
        sign_in_risk: RiskLevel,
    ) -> Result<Vec<Vec<Change>>, ProtectionError> {
        let policies = self.policies.load(&*self.store, self.tenant).await?;
        let mut facts = facts.clone();
        let resources = &facts.application.resource_app_ids;
        facts.application.resource_attributes = self.resource_attributes(resources, &policies.set).await?;
        Ok(smallest_changes(&facts, sign_in_risk, &policies.set))
    }

    async fn supposed_facts(
        &self,
        question: &WhatIf,
        user: &User,
        external: Option<&ExternalUserFacts>,
        at: Timestamp,
    ) -> Result<SignInFacts, ProtectionError> {
        let circumstances = &question.circumstances;
        let known = self.user_facts(user, circumstances.user_risk.unwrap_or(RiskLevel::None)).await?;
        let user = UserFacts {
            external: external.cloned().or(known.external),
            insider_risk_level: Some(circumstances.insider_risk.unwrap_or(InsiderRiskLevel::None)),
            ..known
        };
        Ok(SignInFacts {
            at,
            user,
            application: question.application.facts(),
            client: ClientFacts {
                platform: circumstances.platform,
                is_browser: question.application.client_app_type == ClientAppType::Browser,
                ..ClientFacts::default()
            },
            network: self.supposed_network(circumstances, at),
            device: circumstances.device.clone(),
            authentication: AuthenticationFacts {
                methods: vec![MethodUse { method: AuthenticationMethodKind::Password, at }],
                transfer_method: circumstances.transfer_method,
                device_id: None,
                federation: None,
            },
        })
    }

    fn supposed_workload(
        &self,
        question: &WhatIf,
        id: &str,
        is_single_tenant: bool,
        at: Timestamp,
    ) -> WorkloadFacts {
        let application = question.application.facts();
        WorkloadFacts {
            at,
            service_principal_id: id.to_owned(),
            client_app_id: application.client_app_id,
            is_single_tenant,
            risk_level: question.circumstances.sign_in_risk.unwrap_or(RiskLevel::None),
            client_attributes: None,
            resource_app_ids: application.resource_app_ids,
            resource_attributes: application.resource_attributes,
            authentication_contexts: application.authentication_contexts,
            network: self.supposed_network(&question.circumstances, at),
        }
    }

    /// What is known of the place. Without an address it is nowhere: in no range, and in no country that is known.
    fn supposed_network(&self, circumstances: &Circumstances, at: Timestamp) -> NetworkFacts {
        let mut network = match circumstances.address {
            Some(address) => self.intel.network(address, at),
            None => NetworkFacts::unknown(Ipv4Addr::UNSPECIFIED.into()),
        };
        if let Some(country) = &circumstances.country {
            network.location.get_or_insert_default().country_or_region = Some(country.to_ascii_uppercase());
        }
        network
    }
}

impl SignInApplication {
    /// As policies see it.
    pub(crate) fn facts(&self) -> riskgate_model::ApplicationFacts {
        riskgate_model::ApplicationFacts {
            client_app_id: self.client_app_id.clone(),
            resource_app_ids: self.resources.iter().map(|r| r.app_id.clone()).collect::<BTreeSet<_>>(),
            resource_attributes: BTreeMap::new(),
            client_app_type: self.client_app_type,
            user_action: self.user_action,
            authentication_contexts: self.authentication_contexts.clone(),
        }
    }
}
