use serde_json::json;

use crate::TokenService;
use crate::digest::base64url;

/// `client_info` of a token answer: the account's home identifiers, from which MSAL builds its cache key.
pub fn client_info(user_id: &str, tenant_id: &str) -> String {
    base64url(json!({ "uid": user_id, "utid": tenant_id }).to_string().as_bytes())
}

impl TokenService {
    /// [`client_info`] of a user of this tenant.
    pub fn client_info(&self, user_id: &str) -> String {
        client_info(user_id, &self.tenant.to_string())
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    #[test]
    fn names_user_and_tenant() {
        let decoded = URL_SAFE_NO_PAD.decode(super::client_info("u", "t")).unwrap();
        assert_eq!(decoded, br#"{"uid":"u","utid":"t"}"#);
    }
}
