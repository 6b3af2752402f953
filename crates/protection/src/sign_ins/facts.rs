use std::collections::BTreeSet;

use riskgate_access::{PermittedMethods, PolicySet};
use riskgate_model::{
    AuthenticationMethodKind, ClientFacts, RiskLevel, RiskyUser, SignInFacts, User, UserFacts,
};
use riskgate_odata::Filter;
use riskgate_store::records::AuthenticationMethod;
use riskgate_store::{StoreExt, Versioned};

use crate::sign_ins::person::{external, is_guest};
use crate::{Attempt, Protection, ProtectionError};

impl Protection {
    /// Gathers what these policies judge the attempt by, and the row of the user's risk that was read for it.
    pub(crate) async fn facts(
        &self,
        attempt: &Attempt,
        policies: &PolicySet,
    ) -> Result<(SignInFacts, Option<Versioned<RiskyUser>>), ProtectionError> {
        let bare = self.bare_facts(attempt);
        let risky: Option<Versioned<RiskyUser>> = self.store.load(self.tenant, &attempt.user.id).await?;
        let risk = risky.as_ref().and_then(|user| user.record.risk_level).unwrap_or(RiskLevel::None);
        let mut application = attempt.application.facts();
        application.resource_attributes =
            self.resource_attributes(&application.resource_app_ids, policies).await?;
        let mut user = self.user_facts(&attempt.user, risk).await?;
        if let Some(federation) = &attempt.authentication.federation {
            user.registered_methods.extend(federation.methods());
        }
        let facts = SignInFacts {
            user,
            application,
            device: self.device(&attempt.authentication, &attempt.user.id, bare.at).await?,
            ..bare
        };
        Ok((facts, risky))
    }

    /// What is known of an attempt without asking the store, now.
    pub(crate) fn bare_facts(&self, attempt: &Attempt) -> SignInFacts {
        let at = self.clock.now();
        SignInFacts {
            at,
            user: UserFacts::new(&*attempt.user.id),
            application: attempt.application.facts(),
            client: ClientFacts {
                device_cookie_id: attempt.device_cookie_id.clone(),
                ..self.intel.client(attempt.user_agent.as_deref())
            },
            network: self.intel.network(attempt.address, at),
            device: None,
            authentication: attempt.authentication.clone(),
        }
    }

    /// What is known of a user whose risk is `risk_level`.
    pub(crate) async fn user_facts(
        &self,
        user: &User,
        risk_level: RiskLevel,
    ) -> Result<UserFacts, ProtectionError> {
        let group_ids = self.directory.transitive_group_ids(&user.id).await?;
        let registered_methods = self.usable_methods(&user.id, &group_ids).await?;
        Ok(UserFacts {
            id: user.id.clone(),
            is_guest: is_guest(user),
            group_ids,
            role_template_ids: self.directory.role_template_ids(&user.id).await?,
            risk_level,
            external: external(user),
            insider_risk_level: self.insider_risk_level(user),
            registered_methods,
            accepted_agreement_ids: self.directory.accepted_agreement_ids(&user.id, self.clock.now()).await?,
        })
    }

    /// Methods the user has registered and may use; everyone has a password.
    async fn usable_methods(
        &self,
        user_id: &str,
        group_ids: &BTreeSet<String>,
    ) -> Result<BTreeSet<AuthenticationMethodKind>, ProtectionError> {
        let policies = self.policies.load(&*self.store, self.tenant).await?;
        let permitted = PermittedMethods::new(&policies.methods, user_id, group_ids);
        let factors = Filter::equals("userId", user_id);
        let registered = self.store.find_all::<AuthenticationMethod>(self.tenant, factors).await?;
        let now = self.clock.now();
        let usable = registered.into_iter().filter(|method| method.record.is_usable(now));
        let kinds = usable.map(|method| method.record.kind);
        let kinds = kinds.filter(|kind| permitted.permits_kind(*kind));
        Ok(kinds.chain([AuthenticationMethodKind::Password]).collect())
    }
}
