//! The words that stand for more than one object in the lists of a policy (Graph contract §4 rules 3, 4, 6, 7 and 10).

/// Everyone, everything, everywhere.
pub(crate) const ALL: &str = "All";
/// Nobody or nothing.
pub(crate) const NONE: &str = "None";
/// Users who are guests.
pub(crate) const GUESTS: &str = "GuestsOrExternalUsers";
/// Every address location that is marked as trusted.
pub(crate) const ALL_TRUSTED: &str = "AllTrusted";
/// The applications of [`OFFICE365_APP_IDS`].
pub(crate) const OFFICE365: &str = "Office365";
/// The applications of [`MICROSOFT_ADMIN_PORTAL_APP_IDS`].
pub(crate) const ADMIN_PORTALS: &str = "MicrosoftAdminPortals";
/// Every application that acts on its own behalf and is registered here for this tenant alone.
pub(crate) const OWN_SERVICE_PRINCIPALS: &str = "ServicePrincipalsInMyTenant";
/// User action: registering or changing what a person proves himself with.
pub(crate) const REGISTER_SECURITY_INFORMATION: &str = "urn:user:registersecurityinfo";
/// User action: registering or joining a device.
pub(crate) const REGISTER_DEVICE: &str = "urn:user:registerdevice";

/// What `Office365` stands for, by `appId`: Exchange Online, SharePoint Online, Teams and the Office portal. A tenant
/// here has them only if they were registered under these identifiers.
pub const OFFICE365_APP_IDS: [&str; 4] = [
    "00000002-0000-0ff1-ce00-000000000000",
    "00000003-0000-0ff1-ce00-000000000000",
    "cc15fd57-2c6c-4117-a88c-83b1d56b4bbe",
    "00000006-0000-0ff1-ce00-000000000000",
];

/// What `MicrosoftAdminPortals` stands for, by `appId`: the Azure and Entra admin centers and the Office portal. Riskgate's
/// own Graph is not among them, as Microsoft Graph is not in Entra.
pub const MICROSOFT_ADMIN_PORTAL_APP_IDS: [&str; 2] =
    ["c44b4083-3bb0-49c1-b47d-974e53cbdf3c", "00000006-0000-0ff1-ce00-000000000000"];
/// The location that stands for "multifactor authentication trusted IPs" (Graph contract §1.2.1).
pub(crate) const MFA_TRUSTED_IPS: &str = "00000000-0000-0000-0000-000000000000";

/// Whether `text` is the keyword. Case is ignored: Graph stores `None`, and its own error text suggests `none`.
pub(crate) fn is(text: &str, keyword: &str) -> bool {
    text.eq_ignore_ascii_case(keyword)
}

/// Whether the list contains the keyword.
pub(crate) fn has(list: &[String], keyword: &str) -> bool {
    list.iter().any(|text| is(text, keyword))
}

/// Gives every keyword of the list the case it is documented in.
pub(crate) fn canonicalize(list: &mut [String], keywords: &[&str]) {
    for text in list {
        if let Some(keyword) = keywords.iter().find(|keyword| is(text, keyword)) {
            *text = (*keyword).to_owned();
        }
    }
}
