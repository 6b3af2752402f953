use riskgate_access::{Control, PermittedMethods, completes_strength};
use riskgate_model::{AuthenticationFacts, AuthenticationMethodKind, BaseAuthenticationMethod};

use crate::{Protection, ProtectionError};

impl Protection {
    /// The methods a person may register and use now.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn permitted_methods(&self, user_id: &str) -> Result<PermittedMethods, ProtectionError> {
        let policies = self.policies.load(&*self.store, self.tenant).await?;
        let group_ids = self.directory.transitive_group_ids(user_id).await?;
        Ok(PermittedMethods::new(&policies.methods, user_id, &group_ids))
    }

    /// Whether a method is enabled for anybody.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn offers(&self, method: BaseAuthenticationMethod) -> Result<bool, ProtectionError> {
        let policies = self.policies.load(&*self.store, self.tenant).await?;
        let mut all = policies.methods.authentication_method_configurations.iter();
        Ok(all.any(|own| own.method() == method && own.is_enabled()))
    }

    /// Whether proving this method, besides what is proven, would pass a control that asks for a proof. A strength that does
    /// not exist any more cannot be passed.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn would_pass(
        &self,
        control: &Control,
        proven: &AuthenticationFacts,
        method: AuthenticationMethodKind,
    ) -> Result<bool, ProtectionError> {
        match control {
            Control::Mfa => Ok(method.is_second_factor()),
            Control::AuthenticationStrength { strength_id } => {
                let policies = self.policies.load(&*self.store, self.tenant).await?;
                let mut strengths = policies.definitions.strengths.iter();
                let strength = strengths.find(|strength| strength.id.eq_ignore_ascii_case(strength_id));
                Ok(strength.is_some_and(|strength| completes_strength(strength, proven, method)))
            }
            Control::SignInAgain => Ok(method.is_first_factor()),
            Control::RegisterMfa | Control::ChangePassword | Control::AcceptTerms { .. } => Ok(false),
        }
    }
}
