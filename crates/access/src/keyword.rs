//! The words that stand for more than one object in the lists of a policy (Graph contract §4 rules 4, 6 and 10).

/// Everyone, everything, everywhere.
pub(crate) const ALL: &str = "All";
/// Nobody or nothing.
pub(crate) const NONE: &str = "None";
/// Users who are guests.
pub(crate) const GUESTS: &str = "GuestsOrExternalUsers";
/// Every address location that is marked as trusted.
pub(crate) const ALL_TRUSTED: &str = "AllTrusted";
/// Groups of applications that this version does not know.
pub(crate) const APPLICATION_GROUPS: [&str; 2] = ["Office365", "MicrosoftAdminPortals"];
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
