//! Identifiers that follow from what they identify, so that the same thing cannot be stored twice.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use riskgate_core::TenantId;
use uuid::Uuid;

/// A version 8 GUID (RFC 9562 §5.8) that depends on the tenant and a name.
pub(crate) fn derived_guid(tenant: TenantId, name: &str) -> String {
    let mut input = tenant.0.as_bytes().to_vec();
    input.extend_from_slice(name.as_bytes());
    let hash = digest(&SHA256, &input);
    let mut bytes = [0; 16];
    for (byte, from) in bytes.iter_mut().zip(hash.as_ref()) {
        *byte = *from;
    }
    uuid::Builder::from_custom_bytes(bytes).into_uuid().hyphenated().to_string()
}

/// Identifier of a relation between objects, in the form Graph gives grants and assignments: their GUIDs in base64url.
pub(crate) fn relation_id(guids: &[&str]) -> String {
    let mut bytes = Vec::with_capacity(guids.len() * 16);
    for guid in guids {
        match Uuid::try_parse(guid) {
            Ok(guid) => bytes.extend_from_slice(&guid.to_bytes_le()),
            // Identifiers of stored objects are GUIDs; another one still gives an identifier of its own.
            Err(_) => bytes.extend_from_slice(digest(&SHA256, guid.as_bytes()).as_ref()),
        }
    }
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The security identifier of a cloud object: `S-1-12-1-` and the four 32-bit parts of its object identifier.
pub(crate) fn security_identifier(id: Uuid) -> String {
    let parts: Vec<String> = id
        .to_bytes_le()
        .chunks_exact(4)
        .map(|part| part.iter().rev().fold(0u32, |number, byte| (number << 8) | u32::from(*byte)).to_string())
        .collect();
    format!("S-1-12-1-{}", parts.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derived_guids_depend_on_tenant_and_name() {
        let (a, b) = (TenantId(Uuid::from_u128(1)), TenantId(Uuid::from_u128(2)));
        assert_eq!(derived_guid(a, "x"), derived_guid(a, "x"));
        assert_ne!(derived_guid(a, "x"), derived_guid(b, "x"));
        assert_ne!(derived_guid(a, "x"), derived_guid(a, "y"));
        assert!(riskgate_core::is_guid(&derived_guid(a, "x")));
    }

    #[test]
    fn relation_identifiers_have_the_form_graph_uses() {
        let id =
            relation_id(&["62e90394-69f5-4237-9190-012177145e10", "4ab0b690-479b-47ff-af8f-2576cf521872"]);
        assert_eq!(id, "lAPpYvVpN0KRkAEhdxReEJC2sEqbR_9Hr48lds9SGHI");
    }

    #[test]
    fn security_identifiers_are_the_object_identifier_in_four_numbers() {
        let id = Uuid::parse_str("00000001-0002-0003-0400-000000000000").unwrap();
        assert_eq!(security_identifier(id), "S-1-12-1-1-196610-4-0");
    }
}
