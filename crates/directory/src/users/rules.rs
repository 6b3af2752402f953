use riskgate_model::{GraphType, User};

use crate::properties::{ResourceRules, Rule, any, is_mail_address, is_mail_nickname};
use crate::users::principal_name::is_user_principal_name;

/// What may be written into a user (contract §2.4: lengths, read-only marks).
pub(crate) static USER_RULES: ResourceRules = ResourceRules {
    resource: "User",
    declared: <User as GraphType>::TYPE,
    required: &["accountEnabled", "displayName", "mailNickname", "userPrincipalName"],
    rule,
};

fn rule(name: &str) -> Rule {
    match name {
        "accountEnabled" => Rule::Flag,
        "displayName" => Rule::Text(256, any, ""),
        "givenName" | "surname" | "companyName" | "department" | "mobilePhone" | "faxNumber" => {
            Rule::Text(64, any, "")
        }
        "jobTitle" | "city" | "country" | "state" | "officeLocation" | "employeeType" => {
            Rule::Text(128, any, "")
        }
        "postalCode" => Rule::Text(40, any, ""),
        "employeeId" => Rule::Text(16, any, ""),
        "streetAddress" => Rule::Text(1024, any, ""),
        "onPremisesExtensionAttributes" => Rule::Parts(1024),
        "onPremisesImmutableId" => Rule::Text(256, any, ""),
        "mail" => Rule::Text(256, is_mail_address, "A mail address is expected."),
        "mailNickname" => {
            Rule::Text(64, is_mail_nickname, "Characters such as @ ( ) , : and spaces are not allowed.")
        }
        "userPrincipalName" => {
            Rule::Text(113, is_user_principal_name, "A name such as alice@contoso.com is expected.")
        }
        "preferredLanguage" => Rule::Text(35, is_language, "A language such as en-US is expected."),
        "usageLocation" => Rule::Text(2, is_country, "Two letters of ISO 3166 are expected."),
        "userType" => Rule::Text(6, |t| matches!(t, "Member" | "Guest"), "Member or Guest is expected."),
        "ageGroup" => Rule::Text(
            8,
            |t| matches!(t, "Minor" | "NotAdult" | "Adult"),
            "Minor, NotAdult or Adult is expected.",
        ),
        "consentProvidedForMinor" => Rule::Text(
            11,
            |t| matches!(t, "Granted" | "Denied" | "NotRequired"),
            "Granted, Denied or NotRequired is expected.",
        ),
        // Passwords do not expire here, so this one is always kept; weaker passwords are not to be had.
        "passwordPolicies" => Rule::Text(
            64,
            |t| matches!(t, "DisablePasswordExpiration" | "None"),
            "Only DisablePasswordExpiration and None are supported.",
        ),
        "businessPhones" => Rule::Texts(1, 64),
        "otherMails" => Rule::Texts(250, 250),
        _ => Rule::ReadOnly,
    }
}

fn is_language(text: &str) -> bool {
    text.split('-')
        .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

fn is_country(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|b| b.is_ascii_alphabetic())
}
