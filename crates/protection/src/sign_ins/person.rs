use riskgate_model::{ExternalUserFacts, ExternalUserKind, GraphEnum, InsiderRiskLevel, User};

use crate::Protection;

impl Protection {
    /// The same, with the extension attribute of users, by number, whose value is their insider risk level: `none`,
    /// `minor`, `moderate` or `elevated`, written by whoever watches over it.
    #[must_use]
    pub fn with_insider_risk_attribute(self, number: Option<u8>) -> Self {
        Self { insider_risk_attribute: number, ..self }
    }

    /// Whether there is an attribute to read insider risk from. Without one it is unknown of everybody.
    pub fn knows_insider_risk(&self) -> bool {
        self.insider_risk_attribute.is_some()
    }

    /// The insider risk level of a user; `None` when it is not known, which a text that is no level says as well.
    pub(crate) fn insider_risk_level(&self, user: &User) -> Option<InsiderRiskLevel> {
        let number = self.insider_risk_attribute?;
        let attributes = user.on_premises_extension_attributes.as_ref();
        let text =
            attributes.and_then(|all| all.by_number().get(&number).copied()).unwrap_or_default().trim();
        if text.is_empty() {
            return Some(InsiderRiskLevel::None);
        }
        let level = InsiderRiskLevel::from_name(&text.to_ascii_lowercase())?;
        (level != InsiderRiskLevel::UnknownFutureValue).then_some(level)
    }
}

/// Whether `userType` is `Guest`.
pub(crate) fn is_guest(user: &User) -> bool {
    user.user_type.as_deref().is_some_and(|kind| kind.eq_ignore_ascii_case("guest"))
}

/// What kind of guest or external user somebody is, as far as his account tells; the tenant he is from is not known.
pub(crate) fn external(user: &User) -> Option<ExternalUserFacts> {
    let is_invited = user.creation_type.as_deref().is_some_and(|how| how.eq_ignore_ascii_case("invitation"))
        || user
            .user_principal_name
            .as_deref()
            .is_some_and(|name| name.to_ascii_uppercase().contains("#EXT#"));
    let kind = match (is_invited, is_guest(user)) {
        (true, true) => ExternalUserKind::B2bCollaborationGuest,
        (true, false) => ExternalUserKind::B2bCollaborationMember,
        (false, true) => ExternalUserKind::InternalGuest,
        (false, false) => return None,
    };
    Some(ExternalUserFacts { kind, tenant_id: None })
}
