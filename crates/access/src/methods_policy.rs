//! What the authentication methods policy says about a person.

use std::collections::BTreeSet;

use riskgate_model::{
    ALL_USERS, AnyMethodConfiguration, AuthenticationMethodKind, AuthenticationMethodTargetType,
    AuthenticationMethodsPolicy, BaseAuthenticationMethod, ExcludeTarget,
};

/// The methods somebody may register and use. Whoever is both included and excluded is excluded; a method without a
/// configuration is nobody's.
#[derive(Debug, Clone)]
pub struct PermittedMethods {
    configurations: Vec<AnyMethodConfiguration>,
}

impl PermittedMethods {
    /// What the policy permits the person with this identifier, who is a member of these groups.
    pub fn new(policy: &AuthenticationMethodsPolicy, user_id: &str, group_ids: &BTreeSet<String>) -> Self {
        let person = Person { user_id, group_ids };
        let configurations = policy.authentication_method_configurations.iter();
        Self { configurations: configurations.filter(|own| person.may_use(own)).cloned().collect() }
    }

    /// Whether the person may use a method, and register it unless [`may_register_passkeys`](Self::may_register_passkeys)
    /// says otherwise.
    pub fn permits(&self, method: BaseAuthenticationMethod) -> bool {
        self.configuration(method).is_some()
    }

    /// The same of what a sign-in proves. What the policy does not speak of, passwords and federation, is permitted.
    pub fn permits_kind(&self, kind: AuthenticationMethodKind) -> bool {
        kind.base().is_none_or(|method| self.permits(method))
    }

    /// Whether the person registers passkeys himself.
    pub fn may_register_passkeys(&self) -> bool {
        matches!(
            self.configuration(BaseAuthenticationMethod::Fido2),
            Some(AnyMethodConfiguration::Fido2(own)) if own.is_self_service_registration_allowed != Some(false)
        )
    }

    /// The configuration of a method that the person may use.
    pub fn configuration(&self, method: BaseAuthenticationMethod) -> Option<&AnyMethodConfiguration> {
        self.configurations.iter().find(|own| own.method() == method)
    }
}

struct Person<'a> {
    user_id: &'a str,
    group_ids: &'a BTreeSet<String>,
}

impl Person<'_> {
    fn may_use(&self, configuration: &AnyMethodConfiguration) -> bool {
        let included = configuration.include_targets();
        configuration.is_enabled()
            && included.iter().any(|(id, target_type, _)| self.is_target(id, *target_type))
            && !self.is_excluded(configuration.exclude_targets())
    }

    fn is_excluded(&self, targets: &[ExcludeTarget]) -> bool {
        targets.iter().any(|target| self.is_target(&target.id, target.target_type))
    }

    fn is_target(&self, id: &str, target_type: AuthenticationMethodTargetType) -> bool {
        match target_type {
            _ if id.eq_ignore_ascii_case(ALL_USERS) => true,
            AuthenticationMethodTargetType::User => self.user_id.eq_ignore_ascii_case(id),
            AuthenticationMethodTargetType::Group => {
                self.group_ids.iter().any(|group| group.eq_ignore_ascii_case(id))
            }
            AuthenticationMethodTargetType::UnknownFutureValue => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Whether a passkey is permitted to `ada`, a member of `g1`, by a configuration changed like this.
    fn permits(change: serde_json::Value) -> bool {
        let mut policy = serde_json::to_value(AuthenticationMethodsPolicy::initial()).unwrap();
        let configuration = policy["authenticationMethodConfigurations"][0].as_object_mut().unwrap();
        configuration.extend(change.as_object().unwrap().clone());
        let policy = serde_json::from_value(policy).unwrap();
        PermittedMethods::new(&policy, "ada", &["g1".to_owned()].into())
            .permits(BaseAuthenticationMethod::Fido2)
    }

    #[test]
    fn included_and_not_excluded() {
        let target = |kind: &str, id: &str| json!([{ "id": id, "targetType": kind }]);
        assert!(permits(json!({})));
        assert!(!permits(json!({ "state": "disabled" })) && !permits(json!({ "includeTargets": [] })));
        for (kind, id, is_hers) in [
            ("group", "all_users", true),
            ("group", "G1", true),
            ("group", "g2", false),
            ("user", "ADA", true),
            ("user", "g1", false),
            ("group", "ada", false),
        ] {
            assert_eq!(permits(json!({ "includeTargets": target(kind, id) })), is_hers, "{kind} {id}");
            assert_eq!(permits(json!({ "excludeTargets": target(kind, id) })), !is_hers, "{kind} {id}");
        }
    }

    #[test]
    fn what_waits_until_somebody_enables_it() {
        let permitted =
            PermittedMethods::new(&AuthenticationMethodsPolicy::initial(), "ada", &BTreeSet::new());
        for (method, is_permitted) in [
            (BaseAuthenticationMethod::Fido2, true),
            (BaseAuthenticationMethod::SoftwareOath, true),
            (BaseAuthenticationMethod::MicrosoftAuthenticator, true),
            (BaseAuthenticationMethod::Email, true),
            (BaseAuthenticationMethod::TemporaryAccessPass, false),
            (BaseAuthenticationMethod::Sms, false),
            (BaseAuthenticationMethod::Voice, false),
            (BaseAuthenticationMethod::X509Certificate, false),
        ] {
            assert_eq!(permitted.permits(method), is_permitted, "{method}");
        }
        assert!(permitted.permits_kind(AuthenticationMethodKind::Password));
        assert!(permitted.may_register_passkeys());
    }
}
