use riskgate_model::*;

use crate::{Record, Table, tables};

macro_rules! records {
    ($($type:ty => $table:ident),+ $(,)?) => {
        $(impl Record for $type {
            const TABLE: &'static Table = &tables::$table;
            fn id(&self) -> &str {
                &self.id
            }
        })+
    };
}

records! {
    Organization => ORGANIZATIONS,
    User => USERS,
    Group => GROUPS,
    Device => DEVICES,
    UnifiedRoleAssignment => ROLE_ASSIGNMENTS,
    Application => APPLICATIONS,
    ServicePrincipal => SERVICE_PRINCIPALS,
    OAuth2PermissionGrant => PERMISSION_GRANTS,
    AppRoleAssignment => APP_ROLE_ASSIGNMENTS,
    ConditionalAccessPolicy => POLICIES,
    AuthenticationContextClassReference => AUTHENTICATION_CONTEXTS,
    IdentitySecurityDefaultsEnforcementPolicy => SINGLE_POLICIES,
    AuthenticationStrengthPolicy => AUTHENTICATION_STRENGTHS,
    AuthenticationMethodsPolicy => SINGLE_POLICIES,
    RiskDetection => RISK_DETECTIONS,
    RiskyUser => RISKY_USERS,
    RiskyUserHistoryItem => RISKY_USER_HISTORY,
    ServicePrincipalRiskDetection => SERVICE_PRINCIPAL_RISK_DETECTIONS,
    RiskyServicePrincipal => RISKY_SERVICE_PRINCIPALS,
    RiskyServicePrincipalHistoryItem => RISKY_SERVICE_PRINCIPAL_HISTORY,
    DirectoryAudit => DIRECTORY_AUDITS,
    Agreement => AGREEMENTS,
    AgreementAcceptance => AGREEMENT_ACCEPTANCES,
    AttributeSet => ATTRIBUTE_SETS,
    CustomSecurityAttributeDefinition => ATTRIBUTE_DEFINITIONS,
}

impl Record for AnyNamedLocation {
    const TABLE: &'static Table = &tables::NAMED_LOCATIONS;
    fn id(&self) -> &str {
        AnyNamedLocation::id(self)
    }
}
