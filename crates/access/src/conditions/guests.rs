use riskgate_model::{
    AnyExternalTenants, ConditionalAccessGuestsOrExternalUsers, ExternalUserFacts, ExternalUserKind,
};

use crate::identifiers::lower;
use crate::named_location::Membership;

/// Kinds of guests and external users, from any tenant or from some (`entra-semantics` §3.3).
#[derive(Debug, Clone)]
pub(super) struct GuestRule {
    kinds: Vec<&'static str>,
    /// Tenants in lower case; `None` for every one.
    tenants: Option<Vec<String>>,
}

impl GuestRule {
    pub(super) fn new(guests: &ConditionalAccessGuestsOrExternalUsers) -> Self {
        let tenants = match &guests.external_tenants {
            None | Some(AnyExternalTenants::All(_)) => None,
            Some(AnyExternalTenants::Enumerated(tenants)) => {
                Some(tenants.members.iter().map(|id| lower(id).into_owned()).collect())
            }
        };
        Self { kinds: guests.guest_or_external_user_types.members().to_vec(), tenants }
    }

    /// Whether the user is one of them. Guests whose account lives here have no tenant of their own, so tenants do not
    /// concern them. A guest may be any kind of guest as long as nobody says which.
    pub(super) fn membership(&self, user: Option<&ExternalUserFacts>, is_guest: bool) -> Membership {
        let Some(user) = user else {
            let may_be_meant = is_guest && self.kinds.iter().any(|kind| *kind != "none");
            return if may_be_meant { Membership::Unknown } else { Membership::Outside };
        };
        if !self.kinds.contains(&user.kind.name()) {
            return Membership::Outside;
        }
        match (&self.tenants, &user.tenant_id) {
            (None, _) => Membership::Inside,
            _ if user.kind == ExternalUserKind::InternalGuest => Membership::Inside,
            (Some(_), None) => Membership::Unknown,
            (Some(tenants), Some(id)) if tenants.iter().any(|tenant| *tenant == lower(id)) => {
                Membership::Inside
            }
            (Some(_), Some(_)) => Membership::Outside,
        }
    }
}
