use riskgate_access::PermittedMethods;
use riskgate_authentication::required_proofs;
use riskgate_model::{
    AuthenticationMethodKind, BaseAuthenticationMethod, SignInUserType, User, UserRegistrationDetails,
};
use riskgate_odata::Filter;
use riskgate_store::StoreExt;
use riskgate_store::records::{AuthenticationMethod, EmailMethod, RecoveryCodeSet};

use crate::call::Call;
use crate::error::GraphError;
use crate::failure::from_protection;
use crate::resources::authentication_methods::is_synced;

/// What somebody has registered, and how he may use it.
struct Registered {
    /// Besides passwords; temporary access passes only while they are good.
    methods: Vec<AuthenticationMethod>,
    has_email: bool,
    has_recovery_codes: bool,
    permitted: PermittedMethods,
}

/// The details of a user, as of now.
pub(super) async fn of(call: &Call, user: &User) -> Result<UserRegistrationDetails, GraphError> {
    let api = &call.service.api;
    let is_admin = !api.directory.role_template_ids(&user.id).await?.is_empty();
    let registered = registered(call, &user.id).await?;
    // Without password resets no number of proofs is enough.
    let required = api.password_reset_proofs.map(|configured| required_proofs(configured, is_admin));
    let is_enough = |proofs: usize| required.is_some_and(|required| proofs >= required);
    Ok(UserRegistrationDetails {
        id: user.id.clone(),
        is_admin: Some(is_admin),
        is_mfa_capable: registered.has(|kind| is_strong(kind) && registered.permitted.permits_kind(kind)),
        is_mfa_registered: registered.has(is_strong),
        is_passwordless_capable: registered
            .has(|kind| kind == AuthenticationMethodKind::Fido2 && registered.permitted.permits_kind(kind)),
        is_sspr_capable: is_enough(registered.proofs(|method| registered.permitted.permits(method))),
        is_sspr_enabled: required.is_some(),
        is_sspr_registered: is_enough(registered.proofs(|_| true)),
        // The policy says so of everybody, and cannot be changed in this.
        is_system_preferred_authentication_method_enabled: Some(true),
        last_updated_date_time: api.clock.now(),
        methods_registered: registered.names(),
        system_preferred_authentication_methods: registered
            .strongest()
            .map(str::to_owned)
            .into_iter()
            .collect(),
        user_display_name: user.display_name.clone().unwrap_or_default(),
        // Nobody can say yet which method he prefers.
        user_preferred_method_for_secondary_authentication: None,
        user_principal_name: user.user_principal_name.clone().unwrap_or_default(),
        user_type: match user.user_type.as_deref() {
            Some("Member") => Some(SignInUserType::Member),
            Some("Guest") => Some(SignInUserType::Guest),
            _ => None,
        },
    })
}

async fn registered(call: &Call, user_id: &str) -> Result<Registered, GraphError> {
    let (store, tenant) = (call.store(), call.service.api.tenant);
    let rows = store.find_all::<AuthenticationMethod>(tenant, Filter::equals("userId", user_id)).await?;
    let now = call.service.api.clock.now();
    let codes = store.load::<RecoveryCodeSet>(tenant, user_id).await?;
    let permitted = call.service.api.protection.permitted_methods(user_id).await;
    Ok(Registered {
        methods: rows.into_iter().map(|row| row.record).filter(|method| method.is_usable(now)).collect(),
        has_email: store.load::<EmailMethod>(tenant, user_id).await?.is_some(),
        has_recovery_codes: codes.is_some_and(|codes| !codes.record.digests.is_empty()),
        permitted: permitted.map_err(|error| from_protection(call.area, error))?,
    })
}

impl Registered {
    fn has(&self, test: impl Fn(AuthenticationMethodKind) -> bool) -> bool {
        self.methods.iter().any(|method| test(method.kind))
    }

    /// Kinds of proof he could offer for a new password. The policy does not speak of recovery codes.
    fn proofs(&self, counts: impl Fn(BaseAuthenticationMethod) -> bool) -> usize {
        let has_app = self.has(|kind| kind == AuthenticationMethodKind::SoftwareOath);
        let proofs = [
            self.has_email && counts(BaseAuthenticationMethod::Email),
            has_app && counts(BaseAuthenticationMethod::SoftwareOath),
            self.has_recovery_codes,
        ];
        proofs.into_iter().filter(|is_there| *is_there).count()
    }

    /// Graph's names, each once. Recovery codes have none.
    fn names(&self) -> Vec<String> {
        let mut names: Vec<&str> = self.methods.iter().filter_map(name).collect();
        names.extend(self.has_email.then_some("email"));
        names.sort_unstable();
        names.dedup();
        names.into_iter().map(str::to_owned).collect()
    }

    /// Graph's name of the second factor a sign-in asks for first; `None` if there is none, and for passkeys and passes,
    /// which have no such name.
    fn strongest(&self) -> Option<&'static str> {
        let may_use = |kind: AuthenticationMethodKind| self.permitted.permits_kind(kind);
        let has_better =
            self.has(|kind| may_use(kind) && (kind == AuthenticationMethodKind::Fido2 || is_pass(kind)));
        let names = [
            (AuthenticationMethodKind::MicrosoftAuthenticatorPush, "push"),
            (AuthenticationMethodKind::SoftwareOath, "oath"),
        ];
        let first = names.into_iter().find(|(own, _)| may_use(*own) && self.has(|kind| kind == *own));
        first.map(|(_, name)| name).filter(|_| !has_better)
    }
}

/// Whether it is a second factor somebody has for good: a pass is handed to him for a while.
fn is_strong(kind: AuthenticationMethodKind) -> bool {
    match kind {
        AuthenticationMethodKind::Fido2
        | AuthenticationMethodKind::SoftwareOath
        | AuthenticationMethodKind::MicrosoftAuthenticatorPush => true,
        AuthenticationMethodKind::Password
        | AuthenticationMethodKind::TemporaryAccessPassOneTime
        | AuthenticationMethodKind::TemporaryAccessPassMultiUse
        | AuthenticationMethodKind::FederatedSingleFactor
        | AuthenticationMethodKind::FederatedMultiFactor => false,
    }
}

fn is_pass(kind: AuthenticationMethodKind) -> bool {
    kind.base() == Some(BaseAuthenticationMethod::TemporaryAccessPass)
}

/// Graph's name in `methodsRegistered`.
fn name(method: &AuthenticationMethod) -> Option<&'static str> {
    match method.kind {
        AuthenticationMethodKind::Fido2 if is_synced(method) => Some("passKeySynced"),
        AuthenticationMethodKind::Fido2 => Some("passKeyDeviceBound"),
        AuthenticationMethodKind::SoftwareOath => Some("softwareOneTimePasscode"),
        AuthenticationMethodKind::MicrosoftAuthenticatorPush => Some("microsoftAuthenticatorPush"),
        AuthenticationMethodKind::TemporaryAccessPassOneTime
        | AuthenticationMethodKind::TemporaryAccessPassMultiUse => Some("temporaryAccessPass"),
        AuthenticationMethodKind::Password
        | AuthenticationMethodKind::FederatedSingleFactor
        | AuthenticationMethodKind::FederatedMultiFactor => None,
    }
}
