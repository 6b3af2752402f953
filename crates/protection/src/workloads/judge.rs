use std::collections::BTreeSet;
use std::net::IpAddr;

use riskgate_access::{Decision, evaluate_workload};
use riskgate_directory::{Actor, AuditEntry, Initiator, audit, other_target};
use riskgate_model::{AppliedConditionalAccessPolicyResult as PolicyResult, ServicePrincipal, WorkloadFacts};
use riskgate_risk::CredentialKind;
use riskgate_store::{Batch, retry};

use crate::policies::security_attributes::attributes_of;
use crate::sign_ins::record::is_granted;
use crate::{Protection, ProtectionError};

/// An application that asks for a token of its own (RFC 6749 §4.4).
#[derive(Debug, Clone)]
pub struct Workload<'a> {
    /// The application as it acts in the tenant.
    pub service_principal: &'a ServicePrincipal,
    /// `appId` of the application.
    pub client_app_id: &'a str,
    /// `appId` of what it asks for.
    pub resource_app_id: &'a str,
    /// Authentication contexts it asks for, `c1` to `c99`.
    pub authentication_contexts: BTreeSet<String>,
    /// What it proved itself with.
    pub credential: CredentialKind,
    /// Where it is.
    pub address: IpAddr,
    /// `User-Agent` of the request.
    pub user_agent: Option<&'a str>,
    /// Identifier the client chose for the request.
    pub correlation_id: &'a str,
}

impl Protection {
    /// Decides whether an application may have a token of its own (`entra-semantics` §3.3, workload identities). What is
    /// unusual about the request is raised before that, and risk that somebody raised or closed a moment ago counts. A usual
    /// request is learned from when access is given; mostly nothing is written. The
    /// resource is read while some policy looks at its attributes.
    ///
    /// # Errors
    /// [`ProtectionError`] if policies cannot be read; then there is no token.
    pub async fn judge_workload(&self, workload: &Workload<'_>) -> Result<Decision, ProtectionError> {
        let at = self.clock.now();
        let policies = self.policies.load(&*self.store, self.tenant).await?;
        let network = self.intel.network(workload.address, at);
        let risk = retry(|| self.workload_risk(workload, &network, at)).await?;
        let resource_app_ids = [workload.resource_app_id.to_owned()].into();
        let facts = WorkloadFacts {
            at,
            service_principal_id: workload.service_principal.id.clone(),
            client_app_id: workload.client_app_id.to_owned(),
            is_single_tenant: self.is_single_tenant(workload.service_principal),
            risk_level: risk.level,
            client_attributes: Some(attributes_of(workload.service_principal)),
            resource_attributes: self.resource_attributes(&resource_app_ids, &policies.set).await?,
            resource_app_ids,
            authentication_contexts: workload.authentication_contexts.clone(),
            network,
        };
        let decision = evaluate_workload(&facts, &policies.set);
        if risk.is_usual && is_granted(&decision) {
            self.learn_workload(workload, risk, &facts.network, at).await?;
        }
        Ok(decision)
    }

    /// Keeps a refusal in the audit log, where an administrator finds application, address and policies.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn record_workload_refusal(
        &self,
        workload: &Workload<'_>,
        decision: &Decision,
    ) -> Result<(), ProtectionError> {
        let principal = workload.service_principal;
        let actor = Actor {
            who: Initiator::Application {
                app_id: workload.client_app_id.to_owned(),
                service_principal_id: principal.id.clone(),
                display_name: principal.display_name.clone().unwrap_or_default(),
            },
            ip_address: Some(workload.address.to_string()),
            correlation_id: Some(workload.correlation_id.to_owned()),
        };
        let target = other_target("ServicePrincipal", &principal.id, principal.display_name.as_deref());
        let entry = AuditEntry::new("Conditional Access blocked service principal", "Policy", "Update")
            .failed("Access has been blocked by Conditional Access policies.")
            .target(target)
            .detail("AppId", workload.client_app_id)
            .detail("IpAddress", workload.address.to_string())
            .detail("ResourceAppId", workload.resource_app_id)
            .detail("PolicyIds", refusing_policies(decision).join(","));
        let mut batch = Batch::new(self.tenant);
        audit(&mut batch, &*self.clock, &*self.rng, &actor, entry)?;
        Ok(self.store.commit(batch).await?)
    }

    /// Whether the application is registered here, for this tenant alone: policies are about no other.
    fn is_single_tenant(&self, principal: &ServicePrincipal) -> bool {
        let tenant = self.tenant.to_string();
        let is_own =
            principal.app_owner_organization_id.as_deref().is_some_and(|id| id.eq_ignore_ascii_case(&tenant));
        is_own && principal.sign_in_audience.as_deref() == Some("AzureADMyOrg")
    }
}

/// Identifiers of the enabled policies that are not satisfied.
pub fn refusing_policies(decision: &Decision) -> Vec<&str> {
    let failed = decision.trace.iter().filter(|trace| trace.result == PolicyResult::Failure);
    failed.map(|trace| &*trace.policy_id).collect()
}
