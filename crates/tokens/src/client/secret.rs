use riskgate_core::Timestamp;
use riskgate_store::records::{ClientCredential, ClientCredentialKind};

use super::ClientAuthError;
use crate::digest::{is_same, sha256_hex};

/// Longer ones are not even hashed.
const LONGEST_SECRET: usize = 512;

/// The credential a secret belongs to. Every secret of the client is compared, whichever matches.
pub(super) fn check(
    credentials: &[ClientCredential],
    given: &str,
    now: Timestamp,
) -> Result<String, ClientAuthError> {
    if given.is_empty() || given.len() > LONGEST_SECRET {
        return Err(ClientAuthError::WrongSecret);
    }
    let given = sha256_hex(given);
    let mut matching = Vec::new();
    for credential in credentials {
        if let ClientCredentialKind::Secret { digest, .. } = &credential.kind
            && is_same(digest, &given)
        {
            matching.push(credential);
        }
    }
    let started: Vec<_> = matching.into_iter().filter(|found| found.start_date_time <= now).collect();
    match started.iter().find(|found| now < found.end_date_time) {
        Some(good) => Ok(good.id.clone()),
        None if started.is_empty() => Err(ClientAuthError::WrongSecret),
        None => Err(ClientAuthError::Expired),
    }
}
