use aws_lc_rs::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::agreement::{ECDH_P256, PrivateKey, UnparsedPublicKey, agree};
use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use riskgate_ports::{PushKeys, PushSubscription};

/// A browser that subscribed: its side of RFC 8291, written from the standard and not from what sends.
pub struct Browser {
    private: PrivateKey,
    secret: [u8; 16],
}

impl Browser {
    /// One with fresh keys.
    #[allow(clippy::new_without_default, reason = "every browser is another one")]
    pub fn new() -> Self {
        Self { private: PrivateKey::generate(&ECDH_P256).unwrap(), secret: *b"sixteen letters!" }
    }

    /// Its subscription at this address.
    pub fn subscription(&self, endpoint: &str) -> PushSubscription {
        let keys = PushKeys {
            p256dh: URL_SAFE_NO_PAD.encode(self.public()),
            auth: URL_SAFE_NO_PAD.encode(self.secret),
        };
        PushSubscription { endpoint: endpoint.to_owned(), keys }
    }

    /// What a body says; `None` if it is not for this browser.
    pub fn read(&self, body: &[u8]) -> Option<Vec<u8>> {
        let (salt, rest) = body.split_at(16);
        let (size, rest) = rest.split_at(4);
        assert!(u32::from_be_bytes(size.try_into().unwrap()) as usize >= rest.len(), "one record");
        let (length, rest) = rest.split_first().unwrap();
        let (sender, record) = rest.split_at((*length).into());
        let peer = UnparsedPublicKey::new(&ECDH_P256, sender);
        let shared = agree(&self.private, peer, (), |secret| Ok(secret.to_vec())).unwrap();
        let info = [b"WebPush: info\0".as_slice(), &self.public(), sender].concat();
        let input = first_block(&mac(&self.secret, &shared), &info);
        let key = mac(salt, &input);
        let content_key = first_block(&key, b"Content-Encoding: aes128gcm\0");
        let nonce = first_block(&key, b"Content-Encoding: nonce\0");
        let cipher = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &content_key[..16]).unwrap());
        let nonce = Nonce::try_assume_unique_for_key(&nonce[..12]).unwrap();
        let mut record = record.to_vec();
        let plain = cipher.open_in_place(nonce, Aad::empty(), &mut record).ok()?;
        let end = plain.iter().rposition(|byte| *byte != 0).unwrap();
        assert_eq!(plain[end], 2, "the delimiter of the last record");
        Some(plain[..end].to_vec())
    }

    fn public(&self) -> Vec<u8> {
        self.private.compute_public_key().unwrap().as_ref().to_vec()
    }
}

/// HKDF-Extract, and with a single byte after it HKDF-Expand, of RFC 5869.
fn mac(key: &[u8], text: &[u8]) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text).as_ref().to_vec()
}

fn first_block(key: &[u8], info: &[u8]) -> Vec<u8> {
    mac(key, &[info, &[1]].concat())
}

/// The coordinates of a point, base64url, as a JWK has them.
pub fn coordinates(point: &str) -> (String, String) {
    let bytes = URL_SAFE_NO_PAD.decode(point).unwrap();
    assert_eq!((bytes[0], bytes.len()), (4, 65));
    (URL_SAFE_NO_PAD.encode(&bytes[1..33]), URL_SAFE_NO_PAD.encode(&bytes[33..]))
}
