use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use qrcode::QrCode;
use qrcode::render::svg;
use riskgate_model::{AuthenticationMethodKind, User};
use riskgate_store::records::{ApprovalPhone, AuthenticationMethod, PhonePairing};
use riskgate_store::{Batch, StoreError, StoreExt, Versioned};

use super::proof::verify_with;
use super::{ApprovalError, Approvals, MAX_METHODS};
use crate::AuthnError;
use crate::digest::sha256_hex;
use crate::registered_methods::method_name;
use crate::sessions::was_revoked_since;

/// How long a code is good.
const LIFETIME: Duration = Duration::from_secs(10 * 60);

/// How a phone is registered.
#[derive(Debug, Clone)]
pub struct Pairing {
    /// Good once, for ten minutes.
    pub code: String,
    /// The address the phone opens; the code is in its fragment, which browsers send to nobody.
    pub address: String,
    /// The address as a QR code, SVG.
    pub qr_svg: String,
}

/// What a phone sends to be registered.
#[derive(Debug, Clone, Copy)]
pub struct NewPhone<'a> {
    /// Of [`Pairing`].
    pub code: &'a str,
    /// Public key on P-256, an uncompressed point, base64url.
    pub public_key: &'a str,
    /// Signature of that key over the code, base64url.
    pub signature: &'a str,
    /// What its owner calls it.
    pub name: &'a str,
}

impl Approvals {
    /// A code for one phone of a person who has just proven himself.
    ///
    /// # Errors
    /// [`ApprovalError::TooMany`], or what the store fails with.
    pub async fn begin_pairing(&self, user: &User) -> Result<Pairing, ApprovalError> {
        if self.list(&user.id).await?.len() >= MAX_METHODS {
            return Err(ApprovalError::TooMany);
        }
        let (code, now) = (self.services.rng.token(), self.services.clock.now());
        let pairing = PhonePairing {
            id: sha256_hex(&code),
            user_id: user.id.clone(),
            created_date_time: now,
            expires_date_time: now + LIFETIME,
        };
        let mut batch = Batch::new(self.services.tenant);
        batch.insert(&pairing)?;
        self.services.store.commit(batch).await?;
        let address = format!("{}/approve/#{code}", self.origin);
        let picture = QrCode::new(&address).map_err(|_| AuthnError::Sealed)?;
        let picture = picture.render::<svg::Color<'_>>().min_dimensions(200, 200).build();
        let qr_svg = picture.trim_start_matches("<?xml version=\"1.0\" standalone=\"yes\"?>").to_owned();
        Ok(Pairing { code, address, qr_svg })
    }

    /// Whether a code is still good.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn is_open(&self, code: &str) -> Result<bool, AuthnError> {
        Ok(self.pairing(code).await?.is_some())
    }

    /// Registers a phone; the code is used up. Whose account was disabled, or whose sign-ins were revoked since the code was
    /// made, registers nothing.
    ///
    /// # Errors
    /// [`ApprovalError`].
    pub async fn register(&self, new: &NewPhone<'_>) -> Result<(User, AuthenticationMethod), ApprovalError> {
        let pairing = self.pairing(new.code).await?.ok_or(ApprovalError::Expired)?;
        let user: Option<Versioned<User>> =
            self.services.store.load(self.services.tenant, &pairing.record.user_id).await?;
        let user = user.map(|user| user.record);
        let user = user.filter(|user| !was_revoked_since(user, pairing.record.created_date_time));
        let user = user.ok_or(ApprovalError::Expired)?;
        let message = self.message("register", &[new.code, new.public_key]);
        verify_with(new.public_key, &message, new.signature)?;
        if self.list(&user.id).await?.len() >= MAX_METHODS {
            return Err(ApprovalError::TooMany);
        }
        let method = self.method(&user, new);
        let mut batch = Batch::new(self.services.tenant);
        batch.delete(&pairing);
        batch.insert(&method)?;
        match self.services.store.commit(batch).await {
            Err(StoreError::Exists { .. }) => return Err(ApprovalError::Exists),
            // Somebody was faster with the code.
            Err(StoreError::Conflict { .. }) => return Err(ApprovalError::Expired),
            outcome => outcome?,
        }
        // Several registered at the same moment: whoever sees one too many takes his back.
        if self.list(&user.id).await?.len() > MAX_METHODS {
            self.registered.remove(&user.id, &method.id).await?;
            return Err(ApprovalError::TooMany);
        }
        Ok((user, method))
    }

    fn method(&self, user: &User, new: &NewPhone<'_>) -> AuthenticationMethod {
        AuthenticationMethod {
            // The same whoever registers it: nobody can register a phone of somebody else.
            id: URL_SAFE_NO_PAD.encode(digest(&SHA256, new.public_key.as_bytes())),
            user_id: user.id.clone(),
            kind: AuthenticationMethodKind::MicrosoftAuthenticatorPush,
            sealed_secret: String::new(),
            created_date_time: self.services.clock.now(),
            last_used_step: None,
            display_name: method_name(new.name),
            passkey: None,
            temporary_access_pass: None,
            phone: Some(ApprovalPhone { public_key: new.public_key.to_owned(), sealed_push: None }),
        }
    }

    async fn pairing(&self, code: &str) -> Result<Option<Versioned<PhonePairing>>, StoreError> {
        let found: Option<Versioned<PhonePairing>> =
            self.services.store.load(self.services.tenant, &sha256_hex(code)).await?;
        let now = self.services.clock.now();
        Ok(found.filter(|pairing| pairing.record.expires_date_time > now))
    }
}
