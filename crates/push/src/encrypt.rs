use aws_lc_rs::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::agreement::{ECDH_P256, PrivateKey, UnparsedPublicKey, agree};
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Prk, Salt};
use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use riskgate_ports::PushSubscription;

/// base64url as browsers write it; some pad it.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);
/// Bytes of an uncompressed point of P-256.
const POINT: usize = 65;
/// Bytes of a browser's authentication secret (RFC 8291 §3.2).
const SECRET: usize = 16;
/// Bytes of a salt (RFC 8188 §2.1).
pub(crate) const SALT: usize = 16;
/// Record size in the header; the message is one record (RFC 8291 §4).
const RECORD: u32 = 4_096;
/// What follows the last record's content (RFC 8188 §2).
const LAST_RECORD: u8 = 2;
/// Longest message that push services must take (RFC 8030 §7.2 with what RFC 8291 adds).
pub(crate) const LONGEST: usize = 3_993;

/// The keys of a browser that subscribed.
pub(crate) struct BrowserKeys {
    public: Vec<u8>,
    secret: Vec<u8>,
}

impl BrowserKeys {
    /// `None` if these are no keys: not a point on the curve, or not sixteen bytes.
    pub(crate) fn read(subscription: &PushSubscription) -> Option<Self> {
        let public = BASE64.decode(&subscription.keys.p256dh).ok().filter(|bytes| bytes.len() == POINT)?;
        let secret = BASE64.decode(&subscription.keys.auth).ok().filter(|bytes| bytes.len() == SECRET)?;
        let keys = Self { public, secret };
        let own = PrivateKey::generate(&ECDH_P256).ok()?;
        keys.shared(&own).ok()?;
        Some(keys)
    }

    fn shared(&self, own: &PrivateKey) -> Result<Vec<u8>, Unspecified> {
        let theirs = UnparsedPublicKey::new(&ECDH_P256, &self.public);
        agree(own, theirs, Unspecified, |secret| Ok(secret.to_vec()))
    }

    /// Encrypts a message with a fresh key.
    ///
    /// # Errors
    /// If the message is longer than [`LONGEST`].
    pub(crate) fn encrypt(&self, message: &[u8], salt: [u8; SALT]) -> Result<Vec<u8>, Unspecified> {
        self.encrypt_with(message, salt, &PrivateKey::generate(&ECDH_P256)?)
    }

    /// RFC 8291 §3.4, then RFC 8188 §2.
    fn encrypt_with(
        &self,
        message: &[u8],
        salt: [u8; SALT],
        own: &PrivateKey,
    ) -> Result<Vec<u8>, Unspecified> {
        if message.len() > LONGEST {
            return Err(Unspecified);
        }
        let own_public = own.compute_public_key()?;
        let key = Salt::new(HKDF_SHA256, &self.secret).extract(&self.shared(own)?);
        let input = expand(&key, &[b"WebPush: info\0", &self.public, own_public.as_ref()], 32)?;
        let key = Salt::new(HKDF_SHA256, &salt).extract(&input);
        let content_key = expand(&key, &[b"Content-Encoding: aes128gcm\0"], 16)?;
        let nonce = expand(&key, &[b"Content-Encoding: nonce\0"], 12)?;
        let cipher = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &content_key)?);
        let mut record = [message, &[LAST_RECORD]].concat();
        let nonce = Nonce::try_assume_unique_for_key(&nonce)?;
        cipher.seal_in_place_append_tag(nonce, Aad::empty(), &mut record)?;
        let mut body = salt.to_vec();
        body.extend_from_slice(&RECORD.to_be_bytes());
        body.push(u8::try_from(own_public.as_ref().len()).map_err(|_| Unspecified)?);
        body.extend_from_slice(own_public.as_ref());
        body.extend_from_slice(&record);
        Ok(body)
    }
}

struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

fn expand(key: &Prk, info: &[&[u8]], length: usize) -> Result<Vec<u8>, Unspecified> {
    let mut bytes = vec![0; length];
    key.expand(info, Length(length))?.fill(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use riskgate_ports::PushKeys;

    use super::*;

    fn subscription(p256dh: &str, auth: &str) -> PushSubscription {
        let keys = PushKeys { p256dh: p256dh.to_owned(), auth: auth.to_owned() };
        PushSubscription { endpoint: "https://push.example.net/send".to_owned(), keys }
    }

    const PUBLIC: &str =
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";

    #[test]
    fn rfc_8291_5_the_example_of_the_standard() {
        let keys = BrowserKeys::read(&subscription(PUBLIC, "BTBZMqHH6r4Tts7J_aSIgg")).unwrap();
        let own = BASE64.decode("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw").unwrap();
        let own = PrivateKey::from_private_key(&ECDH_P256, &own).unwrap();
        let salt = BASE64.decode("DGv6ra1nlYgDCS1FRnbzlw").unwrap().try_into().unwrap();
        let body = keys.encrypt_with(b"When I grow up, I want to be a watermelon", salt, &own).unwrap();
        let expected = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";
        assert_eq!(body, BASE64.decode(expected).unwrap());
    }

    #[test]
    fn what_is_no_key_is_refused() {
        assert!(BrowserKeys::read(&subscription(PUBLIC, "BTBZMqHH6r4Tts7J_aSIgg==")).is_some());
        for (public, secret) in [
            (PUBLIC, "AAAA"),
            ("AAAA", "BTBZMqHH6r4Tts7J_aSIgg"),
            (&*BASE64.encode([4; POINT]), "BTBZMqHH6r4Tts7J_aSIgg"),
            ("not base64!", "BTBZMqHH6r4Tts7J_aSIgg"),
        ] {
            assert!(BrowserKeys::read(&subscription(public, secret)).is_none(), "{public} {secret}");
        }
    }

    #[test]
    fn what_does_not_fit_in_a_message_is_not_cut() {
        let keys = BrowserKeys::read(&subscription(PUBLIC, "BTBZMqHH6r4Tts7J_aSIgg")).unwrap();
        assert!(keys.encrypt(&[0; LONGEST], [0; SALT]).is_ok_and(|body| body.len() == 4_096));
        assert!(keys.encrypt(&[0; LONGEST + 1], [0; SALT]).is_err());
    }
}
