use riskgate_store::records::{IssuedTo, RefreshTokenFamily, RequestedClaims, TokenGrant};
use riskgate_store::{StoreError, StoreExt, Versioned};

use super::RefreshError;
use crate::TokenService;
use crate::digest::{is_same, sha256_hex};

/// A good refresh token that was looked up and not used yet.
#[derive(Debug, Clone, PartialEq)]
pub struct RefreshTicket {
    pub(super) family: Versioned<RefreshTokenFamily>,
}

impl RefreshTicket {
    /// What the token stands for.
    pub fn grant(&self) -> &TokenGrant {
        &self.family.record.grant
    }

    /// Identifier of the family.
    pub fn family_id(&self) -> &str {
        &self.family.record.id
    }

    /// To whom the first token of the family was handed out, if that was kept.
    pub fn issued_to(&self) -> Option<&IssuedTo> {
        self.family.record.issued_to.as_ref()
    }

    /// Adds to what was asked for by `claims` and is satisfied, for the successor and all that come after it.
    pub fn add_claims(&mut self, claims: &RequestedClaims) {
        let kept = &mut self.family.record.grant.claims;
        kept.access_token_contexts.extend(claims.access_token_contexts.iter().cloned());
        kept.id_token_contexts.extend(claims.id_token_contexts.iter().cloned());
        kept.client_capabilities.extend(claims.client_capabilities.iter().cloned());
    }

    /// Whether it was issued to a single-page application, which has no secret to prove itself with.
    pub fn is_single_page(&self) -> bool {
        !self.family.record.is_sliding
    }
}

impl TokenService {
    /// Looks a refresh token up for an authenticated client. Nothing is used up yet.
    ///
    /// # Errors
    /// [`RefreshError`]. A token that was used before revokes its family.
    pub async fn inspect_refresh(&self, token: &str, client_id: &str) -> Result<RefreshTicket, RefreshError> {
        let (id, secret) = split(token).ok_or(RefreshError::Unknown)?;
        let family =
            self.store.load::<RefreshTokenFamily>(self.tenant, id).await?.ok_or(RefreshError::Unknown)?;
        let record = &family.record;
        if !record.grant.client_id.eq_ignore_ascii_case(client_id) {
            return Err(RefreshError::Unknown);
        }
        if record.revoked_date_time.is_some() {
            return Err(RefreshError::Revoked);
        }
        if record.expires_date_time <= self.clock.now() {
            return Err(if record.is_sliding {
                RefreshError::Expired
            } else {
                RefreshError::SinglePageExpired
            });
        }
        if !is_same(&record.current_digest, &sha256_hex(secret)) {
            self.revoke_family(id).await?;
            return Err(RefreshError::Reused);
        }
        Ok(RefreshTicket { family })
    }
}

impl TokenService {
    /// What a refresh token stands for or stood for: it may be used up or revoked. Whoever knows it had one of its family.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn grant_of_refresh(&self, token: &str) -> Result<Option<TokenGrant>, StoreError> {
        let Some((id, _)) = split(token) else { return Ok(None) };
        let family = self.store.load::<RefreshTokenFamily>(self.tenant, id).await?;
        Ok(family.map(|family| family.record.grant))
    }
}

impl TokenService {
    /// What a refresh token stands for, if its client could use it now. Unlike [`TokenService::inspect_refresh`] this is no
    /// use of the token: one that was used before revokes nothing.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn live_refresh(
        &self,
        token: &str,
        client_id: &str,
    ) -> Result<Option<RefreshTokenFamily>, StoreError> {
        let Some((id, secret)) = split(token) else { return Ok(None) };
        let family = self.store.load::<RefreshTokenFamily>(self.tenant, id).await?;
        let now = self.clock.now();
        let is_live = |family: &RefreshTokenFamily| {
            family.grant.client_id.eq_ignore_ascii_case(client_id)
                && family.revoked_date_time.is_none()
                && family.expires_date_time > now
                && is_same(&family.current_digest, &sha256_hex(secret))
        };
        Ok(family.map(|family| family.record).filter(is_live))
    }
}

/// Family and secret, if they have the form that is issued.
pub(super) fn split(token: &str) -> Option<(&str, &str)> {
    let (id, secret) = token.split_once('.')?;
    let is_id = id.len() == 32 && id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let is_secret = secret.len() == 43
        && secret.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    (is_id && is_secret).then_some((id, secret))
}
