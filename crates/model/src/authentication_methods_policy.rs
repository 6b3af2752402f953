//! The policy about authentication methods: which of them there are, for whom, and how they behave (Graph contract §1.8 and
//! §2.6).

use riskgate_core::Timestamp;

use crate::AnyMethodConfiguration;
use crate::declare::{graph_enum, graph_type};
use crate::entity::Entity;

/// `id` of the policy, the same in every tenant.
pub const AUTHENTICATION_METHODS_POLICY: &str = "authenticationMethodsPolicy";
/// `id` of a target that stands for everybody.
pub const ALL_USERS: &str = "all_users";

graph_enum! {
    /// `microsoft.graph.authenticationMethodsPolicyMigrationState`.
    AuthenticationMethodsPolicyMigrationState = "authenticationMethodsPolicyMigrationState" {
        PreMigration = "preMigration" 0,
        MigrationInProgress = "migrationInProgress" 1,
        MigrationComplete = "migrationComplete" 2,
        UnknownFutureValue = "unknownFutureValue" 3,
    }
}

graph_enum! {
    /// `microsoft.graph.advancedConfigState`: `default` leaves it to us.
    AdvancedConfigState = "advancedConfigState" {
        Default = "default" 0,
        Enabled = "enabled" 1,
        Disabled = "disabled" 2,
        UnknownFutureValue = "unknownFutureValue" 3,
    }
}

graph_enum! {
    /// `microsoft.graph.authenticationMethodTargetType`.
    AuthenticationMethodTargetType = "authenticationMethodTargetType" {
        User = "user" 0,
        Group = "group" 1,
        UnknownFutureValue = "unknownFutureValue" 2,
    }
}

graph_type! {
    /// `microsoft.graph.excludeTarget`: a person or a group something is not for.
    complex ExcludeTarget = "excludeTarget" {
        own {
            id: String = "id" [],
            target_type: AuthenticationMethodTargetType = "targetType" [],
        }
    }
}

graph_type! {
    /// `microsoft.graph.authenticationMethodsRegistrationCampaignIncludeTarget`.
    complex AuthenticationMethodsRegistrationCampaignIncludeTarget = "authenticationMethodsRegistrationCampaignIncludeTarget" {
        own {
            id: String = "id" [],
            targeted_authentication_method: Option<String> = "targetedAuthenticationMethod" [nullable],
            target_type: AuthenticationMethodTargetType = "targetType" [],
        }
    }
}

graph_type! {
    /// `microsoft.graph.authenticationMethodsRegistrationCampaign`: reminds people at a sign-in to register a method.
    complex AuthenticationMethodsRegistrationCampaign = "authenticationMethodsRegistrationCampaign" {
        own {
            exclude_targets: Vec<ExcludeTarget> = "excludeTargets" [],
            include_targets: Vec<AuthenticationMethodsRegistrationCampaignIncludeTarget> = "includeTargets" [],
            snooze_duration_in_days: i32 = "snoozeDurationInDays" [],
            state: AdvancedConfigState = "state" [],
        }
    }
}

graph_type! {
    /// `microsoft.graph.registrationEnforcement`.
    complex RegistrationEnforcement = "registrationEnforcement" {
        own {
            authentication_methods_registration_campaign: Option<AuthenticationMethodsRegistrationCampaign> = "authenticationMethodsRegistrationCampaign" [nullable],
        }
    }
}

graph_type! {
    /// `microsoft.graph.systemCredentialPreferences`, which v1.0 of the schema does not have yet: whether the strongest
    /// method is asked for, whatever somebody prefers.
    complex SystemCredentialPreferences = "systemCredentialPreferences" {
        own {
            exclude_targets: Vec<ExcludeTarget> = "excludeTargets" [],
            include_targets: Vec<ExcludeTarget> = "includeTargets" [],
            state: AdvancedConfigState = "state" [],
        }
    }
}

graph_type! {
    /// `microsoft.graph.authenticationMethodsPolicy`.
    entity AuthenticationMethodsPolicy = "authenticationMethodsPolicy" : Entity {
        inherit {
            id: String = "id",
        }
        own {
            description: Option<String> = "description" [nullable],
            display_name: Option<String> = "displayName" [nullable],
            last_modified_date_time: Option<Timestamp> = "lastModifiedDateTime" [nullable],
            policy_migration_state: Option<AuthenticationMethodsPolicyMigrationState> = "policyMigrationState" [nullable],
            policy_version: Option<String> = "policyVersion" [nullable],
            reconfirmation_in_days: Option<i32> = "reconfirmationInDays" [nullable],
            registration_enforcement: Option<RegistrationEnforcement> = "registrationEnforcement" [nullable],
            system_credential_preferences: Option<SystemCredentialPreferences> = "systemCredentialPreferences" [nullable dynamic],
        }
        inline {
            #[serde(default)] authentication_method_configurations: Vec<AnyMethodConfiguration> = "authenticationMethodConfigurations",
        }
    }
}

impl AuthenticationMethodsPolicy {
    /// What a tenant has that never changed it: what people could register before there was a policy. What needs a gateway,
    /// is weak or is handed out by administrators waits until somebody enables it.
    pub fn initial() -> Self {
        let everybody = |method: Option<&str>| AuthenticationMethodsRegistrationCampaignIncludeTarget {
            id: ALL_USERS.to_owned(),
            targeted_authentication_method: method.map(str::to_owned),
            target_type: AuthenticationMethodTargetType::Group,
        };
        Self {
            id: AUTHENTICATION_METHODS_POLICY.to_owned(),
            description: Some("Which authentication methods people may register and use.".to_owned()),
            display_name: Some("Authentication Methods Policy".to_owned()),
            last_modified_date_time: None,
            policy_migration_state: Some(AuthenticationMethodsPolicyMigrationState::MigrationComplete),
            policy_version: Some("1.5".to_owned()),
            reconfirmation_in_days: None,
            registration_enforcement: Some(RegistrationEnforcement {
                authentication_methods_registration_campaign: Some(
                    AuthenticationMethodsRegistrationCampaign {
                        exclude_targets: Vec::new(),
                        include_targets: vec![everybody(Some("microsoftAuthenticator"))],
                        snooze_duration_in_days: 1,
                        state: AdvancedConfigState::Disabled,
                    },
                ),
            }),
            system_credential_preferences: Some(SystemCredentialPreferences {
                exclude_targets: Vec::new(),
                include_targets: vec![ExcludeTarget {
                    id: ALL_USERS.to_owned(),
                    target_type: AuthenticationMethodTargetType::Group,
                }],
                state: AdvancedConfigState::Default,
            }),
            authentication_method_configurations: AnyMethodConfiguration::initial(),
        }
    }

    /// The configuration with this identifier, in any case.
    pub fn configuration(&self, id: &str) -> Option<&AnyMethodConfiguration> {
        self.authentication_method_configurations.iter().find(|own| own.id().eq_ignore_ascii_case(id))
    }
}
