use std::collections::BTreeMap;

use crate::declare::GraphType;
use crate::schema::{Edm, EnumType, StructuredType};
use crate::*;

/// Every structured type this server declares, in the order `$metadata` prints them.
pub fn schema_types() -> Vec<&'static StructuredType> {
    let mut types = vec![
        Entity::TYPE,
        Identity::TYPE,
        RiskDetection::TYPE,
        RiskyUser::TYPE,
        RiskUserActivity::TYPE,
        RiskyUserHistoryItem::TYPE,
        ServicePrincipalRiskDetection::TYPE,
        RiskyServicePrincipal::TYPE,
        RiskServicePrincipalActivity::TYPE,
        RiskyServicePrincipalHistoryItem::TYPE,
        SignInLocation::TYPE,
        GeoCoordinates::TYPE,
        PolicyDeletableItem::TYPE,
        ConditionalAccessPolicy::TYPE,
        ConditionalAccessConditionSet::TYPE,
        ConditionalAccessApplications::TYPE,
        ConditionalAccessUsers::TYPE,
        ConditionalAccessGuestsOrExternalUsers::TYPE,
        ConditionalAccessExternalTenants::TYPE,
        ConditionalAccessAllExternalTenants::TYPE,
        ConditionalAccessEnumeratedExternalTenants::TYPE,
        ConditionalAccessClientApplications::TYPE,
        ConditionalAccessLocations::TYPE,
        ConditionalAccessPlatforms::TYPE,
        ConditionalAccessDevices::TYPE,
        ConditionalAccessFilter::TYPE,
        ConditionalAccessAuthenticationFlows::TYPE,
        ConditionalAccessGrantControls::TYPE,
        ConditionalAccessSessionControls::TYPE,
        ConditionalAccessSessionControl::TYPE,
        SignInFrequencySessionControl::TYPE,
        PersistentBrowserSessionControl::TYPE,
        CloudAppSecuritySessionControl::TYPE,
        ApplicationEnforcedRestrictionsSessionControl::TYPE,
        SecureSignInSessionControl::TYPE,
        WhatIfAnalysisResult::TYPE,
        SignInIdentity::TYPE,
        UserSignIn::TYPE,
        ServicePrincipalSignIn::TYPE,
        SignInContext::TYPE,
        ApplicationContext::TYPE,
        UserActionContext::TYPE,
        AuthContext::TYPE,
        AuthenticationFlow::TYPE,
        DeviceInfo::TYPE,
        SignInConditions::TYPE,
        ConditionalAccessTemplate::TYPE,
        ConditionalAccessPolicyDetail::TYPE,
        NamedLocation::TYPE,
        IpNamedLocation::TYPE,
        CountryNamedLocation::TYPE,
        SignIn::TYPE,
        AppliedConditionalAccessPolicy::TYPE,
        SignInStatus::TYPE,
        DeviceDetail::TYPE,
        DirectoryAudit::TYPE,
        AuditActivityInitiator::TYPE,
        UserIdentity::TYPE,
        AppIdentity::TYPE,
        TargetResource::TYPE,
        ModifiedProperty::TYPE,
        KeyValue::TYPE,
        DirectoryObject::TYPE,
        User::TYPE,
        PasswordProfile::TYPE,
        Device::TYPE,
        AlternativeSecurityId::TYPE,
        OnPremisesExtensionAttributes::TYPE,
        Group::TYPE,
        DirectoryRole::TYPE,
        DirectoryRoleTemplate::TYPE,
        UnifiedRoleDefinition::TYPE,
        UnifiedRolePermission::TYPE,
        UnifiedRoleAssignment::TYPE,
        Organization::TYPE,
        VerifiedDomain::TYPE,
        Application::TYPE,
        ServicePrincipal::TYPE,
        CustomSecurityAttributeValue::TYPE,
        AttributeSet::TYPE,
        CustomSecurityAttributeDefinition::TYPE,
        AllowedValue::TYPE,
        AppRole::TYPE,
        PermissionScope::TYPE,
        ApiApplication::TYPE,
        WebApplication::TYPE,
        SpaApplication::TYPE,
        PublicClientApplication::TYPE,
        RequiredResourceAccess::TYPE,
        ResourceAccess::TYPE,
        PasswordCredential::TYPE,
        KeyCredential::TYPE,
        OAuth2PermissionGrant::TYPE,
        AppRoleAssignment::TYPE,
        AuthenticationContextClassReference::TYPE,
        PolicyBase::TYPE,
        IdentitySecurityDefaultsEnforcementPolicy::TYPE,
        AuthenticationStrengthPolicy::TYPE,
        AuthenticationStrengthRoot::TYPE,
        AuthenticationMethodModeDetail::TYPE,
        AuthenticationStrengthUsage::TYPE,
        UpdateAllowedCombinationsResult::TYPE,
        AuthenticationCombinationConfiguration::TYPE,
        Fido2CombinationConfiguration::TYPE,
        X509CertificateCombinationConfiguration::TYPE,
        AuthenticationMethodResource::TYPE,
        PasswordAuthenticationMethod::TYPE,
        SoftwareOathAuthenticationMethod::TYPE,
        Fido2AuthenticationMethod::TYPE,
        TemporaryAccessPassAuthenticationMethod::TYPE,
        EmailAuthenticationMethod::TYPE,
        PasswordResetResponse::TYPE,
        LongRunningOperation::TYPE,
        AuthenticationMethodsPolicy::TYPE,
        RegistrationEnforcement::TYPE,
        AuthenticationMethodsRegistrationCampaign::TYPE,
        AuthenticationMethodsRegistrationCampaignIncludeTarget::TYPE,
        SystemCredentialPreferences::TYPE,
        ExcludeTarget::TYPE,
        AuthenticationMethodConfiguration::TYPE,
        Fido2AuthenticationMethodConfiguration::TYPE,
        Fido2KeyRestrictions::TYPE,
        MicrosoftAuthenticatorAuthenticationMethodConfiguration::TYPE,
        SoftwareOathAuthenticationMethodConfiguration::TYPE,
        TemporaryAccessPassAuthenticationMethodConfiguration::TYPE,
        EmailAuthenticationMethodConfiguration::TYPE,
        SmsAuthenticationMethodConfiguration::TYPE,
        VoiceAuthenticationMethodConfiguration::TYPE,
        AuthenticationMethodTarget::TYPE,
        PasskeyAuthenticationMethodTarget::TYPE,
        MicrosoftAuthenticatorAuthenticationMethodTarget::TYPE,
        SmsAuthenticationMethodTarget::TYPE,
        MicrosoftAuthenticatorAuthenticationMethod::TYPE,
        PreAuthorizedApplication::TYPE,
        ImplicitGrantSettings::TYPE,
        RedirectUriSettings::TYPE,
        AddIn::TYPE,
        ResourceSpecificPermission::TYPE,
        Agreement::TYPE,
        TermsExpiration::TYPE,
        AgreementFileProperties::TYPE,
        AgreementFile::TYPE,
        AgreementFileLocalization::TYPE,
        AgreementFileData::TYPE,
        AgreementAcceptance::TYPE,
        IdentityProviderBase::TYPE,
        OidcIdentityProvider::TYPE,
        OidcClientAuthentication::TYPE,
        OidcClientSecretAuthentication::TYPE,
        OidcInboundClaimMappingOverride::TYPE,
        AssignedPlan::TYPE,
        ProvisionedPlan::TYPE,
        UserRegistrationDetails::TYPE,
    ];
    types.extend(named_location::RANGE_TYPES);
    types
}

/// Every enumeration those types use, by name.
pub fn schema_enums() -> Vec<&'static EnumType> {
    let mut enums = BTreeMap::new();
    for property in schema_types().into_iter().flat_map(|t| t.properties) {
        if let Edm::Enum(e) = property.edm {
            enums.insert(e.name, e);
        }
    }
    enums.into_values().collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_type_a_property_names_is_declared() {
        let declared: HashSet<_> = schema_types().iter().map(|t| t.name).collect();
        for t in schema_types() {
            assert!(
                t.base.is_none_or(|base| declared.contains(base.name)),
                "{} derives from an undeclared type",
                t.name
            );
            for property in t.properties {
                if let Edm::Complex(inner) = property.edm {
                    assert!(
                        declared.contains(inner.name),
                        "{}/{} is of undeclared {}",
                        t.name,
                        property.name,
                        inner.name
                    );
                }
            }
        }
    }

    #[test]
    fn property_names_are_written_once_and_in_camel_case() {
        for t in schema_types() {
            let mut seen = HashSet::new();
            for property in t.all_properties() {
                assert!(seen.insert(property.name), "{}/{} is declared twice", t.name, property.name);
                assert!(
                    property.name.starts_with(|c: char| c.is_ascii_lowercase()),
                    "{}/{}",
                    t.name,
                    property.name
                );
            }
        }
    }

    #[test]
    fn a_type_and_its_json_agree() {
        let json = serde_json::to_value(User::default()).unwrap();
        for property in User::TYPE.all_properties() {
            assert!(
                property.name == "deletedDateTime" || json.get(property.name).is_some(),
                "{}",
                property.name
            );
        }
    }
}
