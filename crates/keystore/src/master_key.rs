use std::fmt;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::hkdf::{HKDF_SHA256, Prk, Salt};
use riskgate_core::Rng;
use riskgate_ports::{Seal, SealError};
use secrecy::zeroize::{Zeroize, Zeroizing};

use crate::file::{self, Readers};

const KEY_LENGTH: usize = 32;
const NONCE_LENGTH: usize = 12;
/// First byte of everything sealed: AES-256-GCM with a random 96-bit nonce in front of the ciphertext.
const VERSION: u8 = 1;

/// The key that seals private keys and second-factor secrets in the database: AES-256-GCM (NIST SP 800-38D).
///
/// Its file holds 64 hexadecimal digits. Nonces are random, which is safe below 2³² sealed values; a tenant seals a few
/// for each of its users.
pub struct MasterKey {
    key: LessSafeKey,
    root: Prk,
    rng: Arc<dyn Rng>,
}

/// Why there is no master key.
#[derive(Debug, thiserror::Error)]
pub enum MasterKeyError {
    /// The file is not there.
    #[error(
        "the master key {0} is missing; restore it from your backup, or run 'riskgate init' in an empty directory"
    )]
    Missing(PathBuf),
    /// `init` found a file already.
    #[error(
        "the master key {0} exists already and is not overwritten: everything sealed with it would be lost"
    )]
    Exists(PathBuf),
    /// It is not 64 hexadecimal digits.
    #[error("the master key {0} is damaged: it must hold exactly 64 hexadecimal digits")]
    Damaged(PathBuf),
    /// Others than its owner may read it.
    #[error("the master key {0} can be read by others than its owner; run 'chmod 600 {0}'")]
    OpenToOthers(PathBuf),
    /// It cannot be read or written.
    #[error("the master key {path} cannot be read or written: {source}")]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl MasterKey {
    /// Draws a new key and writes it to `path`, readable by its owner only, whole or not at all.
    ///
    /// # Errors
    /// [`MasterKeyError::Exists`] if there is a file already, [`MasterKeyError::File`] if it cannot be written.
    pub fn init(path: &Path, rng: Arc<dyn Rng>) -> Result<Self, MasterKeyError> {
        let bytes = draw(&*rng);
        let mut text = Zeroizing::new(String::with_capacity(2 * KEY_LENGTH + 1));
        for byte in bytes.iter() {
            let _ = write!(text, "{byte:02x}");
        }
        text.push('\n');
        file::create(path, text.as_bytes(), Readers::Owner).map_err(|source| match source.kind() {
            std::io::ErrorKind::AlreadyExists => MasterKeyError::Exists(path.to_owned()),
            _ => MasterKeyError::File { path: path.to_owned(), source },
        })?;
        Ok(Self::new(&bytes, rng))
    }

    /// Reads the key that [`MasterKey::init`] wrote.
    ///
    /// # Errors
    /// [`MasterKeyError`] if it is missing, damaged, or readable by others than its owner.
    pub fn load(path: &Path, rng: Arc<dyn Rng>) -> Result<Self, MasterKeyError> {
        let failed = |source: std::io::Error| match source.kind() {
            std::io::ErrorKind::NotFound => MasterKeyError::Missing(path.to_owned()),
            _ => MasterKeyError::File { path: path.to_owned(), source },
        };
        let metadata = std::fs::metadata(path).map_err(failed)?;
        if file::is_open_to_others(&metadata) {
            return Err(MasterKeyError::OpenToOthers(path.to_owned()));
        }
        if metadata.len() > 1024 {
            return Err(MasterKeyError::Damaged(path.to_owned()));
        }
        let text = Zeroizing::new(std::fs::read(path).map_err(failed)?);
        let bytes = from_hex(text.trim_ascii()).ok_or_else(|| MasterKeyError::Damaged(path.to_owned()))?;
        Ok(Self::new(&bytes, rng))
    }

    /// A key that is in no file and is gone with the process.
    pub fn ephemeral(rng: Arc<dyn Rng>) -> Self {
        Self::new(&draw(&*rng), rng)
    }

    /// A key of 32 bytes for one purpose, always the same for the same master key (HKDF with SHA-256, RFC 5869). Keys of
    /// different purposes say nothing about each other or about the master key.
    #[allow(clippy::expect_used, reason = "HKDF with SHA-256 gives up to 8160 bytes")]
    pub fn derive(&self, purpose: &str) -> [u8; KEY_LENGTH] {
        let mut key = [0; KEY_LENGTH];
        let info = [purpose.as_bytes()];
        let derived = self.root.expand(&info, HKDF_SHA256).and_then(|derived| derived.fill(&mut key));
        derived.expect("32 bytes are what HKDF gives");
        key
    }

    #[allow(clippy::expect_used, reason = "AES-256 takes every key of 32 bytes")]
    fn new(bytes: &[u8; KEY_LENGTH], rng: Arc<dyn Rng>) -> Self {
        let key = UnboundKey::new(&AES_256_GCM, bytes).expect("32 bytes are an AES-256 key");
        let root = Salt::new(HKDF_SHA256, b"riskgate master key").extract(bytes);
        Self { key: LessSafeKey::new(key), root, rng }
    }
}

fn draw(rng: &dyn Rng) -> Zeroizing<[u8; KEY_LENGTH]> {
    let mut bytes = Zeroizing::new([0; KEY_LENGTH]);
    rng.fill(bytes.as_mut_slice());
    bytes
}

fn from_hex(text: &[u8]) -> Option<Zeroizing<[u8; KEY_LENGTH]>> {
    if text.len() != 2 * KEY_LENGTH {
        return None;
    }
    let mut bytes = Zeroizing::new([0; KEY_LENGTH]);
    for (byte, pair) in bytes.iter_mut().zip(text.chunks_exact(2)) {
        let [high, low] = pair else { return None };
        *byte = (hex_digit(*high)? << 4) | hex_digit(*low)?;
    }
    Some(bytes)
}

fn hex_digit(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// Binds version and purpose to a sealed value.
fn additional_data(purpose: &str) -> Vec<u8> {
    let mut data = vec![VERSION];
    data.extend_from_slice(purpose.as_bytes());
    data
}

impl Seal for MasterKey {
    #[allow(clippy::expect_used, reason = "AES-GCM refuses only texts of 64 GiB and more")]
    fn seal(&self, purpose: &str, plain: &[u8]) -> Vec<u8> {
        let mut nonce = [0; NONCE_LENGTH];
        self.rng.fill(&mut nonce);
        let mut sealed = Vec::with_capacity(1 + NONCE_LENGTH + plain.len() + AES_256_GCM.tag_len());
        sealed.push(VERSION);
        sealed.extend_from_slice(&nonce);
        let mut text = plain.to_vec();
        let tag = self
            .key
            .seal_in_place_separate_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(additional_data(purpose)),
                &mut text,
            )
            .expect("the text is shorter than AES-GCM allows");
        sealed.extend_from_slice(&text);
        sealed.extend_from_slice(tag.as_ref());
        sealed
    }

    fn open(&self, purpose: &str, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let Some((&VERSION, rest)) = sealed.split_first() else { return Err(SealError) };
        let Some((nonce, text)) = rest.split_first_chunk::<NONCE_LENGTH>() else { return Err(SealError) };
        let mut text = text.to_vec();
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let plain = match self.key.open_in_place(nonce, Aad::from(additional_data(purpose)), &mut text) {
            Ok(plain) => plain.to_vec(),
            Err(_) => return Err(SealError),
        };
        text.zeroize();
        Ok(plain)
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(..)")
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use proptest::prelude::*;
    use riskgate_core::{Rng, SystemRng};

    use super::*;

    fn rng() -> Arc<dyn Rng> {
        Arc::new(SystemRng)
    }

    #[test]
    fn what_init_wrote_load_reads() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("master.key");
        let sealed = MasterKey::init(&path, rng()).unwrap().seal("test", b"secret");
        let loaded = MasterKey::load(&path, rng()).unwrap();
        assert_eq!(loaded.open("test", &sealed).unwrap(), b"secret");
        assert_eq!(fs::read_to_string(&path).unwrap().len(), 65);
    }

    #[test]
    fn init_never_replaces_a_key() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("master.key");
        MasterKey::init(&path, rng()).unwrap();
        let before = fs::read(&path).unwrap();
        assert!(matches!(MasterKey::init(&path, rng()), Err(MasterKeyError::Exists(_))));
        assert_eq!(fs::read(&path).unwrap(), before);
    }

    #[test]
    fn a_missing_short_long_or_garbled_file_is_refused() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("master.key");
        assert!(matches!(MasterKey::load(&path, rng()), Err(MasterKeyError::Missing(_))));
        let contents = [
            "".to_owned(),
            "ab".repeat(31),
            "ab".repeat(33),
            "xy".repeat(32),
            "+1".repeat(32),
            "a".repeat(5000),
        ];
        for content in contents {
            file::replace(&path, content.as_bytes(), Readers::Owner).unwrap();
            assert!(matches!(MasterKey::load(&path, rng()), Err(MasterKeyError::Damaged(_))), "{content}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_can_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("master.key");
        MasterKey::init(&path, rng()).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        for mode in [0o640, 0o604, 0o660] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            assert!(matches!(MasterKey::load(&path, rng()), Err(MasterKeyError::OpenToOthers(_))));
        }
    }

    #[test]
    fn another_purpose_another_key_or_a_changed_byte_does_not_open() {
        let key = MasterKey::ephemeral(rng());
        let sealed = key.seal("totp", b"secret");
        assert_eq!(key.open("signing-key", &sealed), Err(SealError));
        assert_eq!(MasterKey::ephemeral(rng()).open("totp", &sealed), Err(SealError));
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(key.open("totp", &changed), Err(SealError), "byte {at}");
            assert_eq!(key.open("totp", &sealed[..at]), Err(SealError), "first {at} bytes");
        }
    }

    #[test]
    fn sealing_twice_gives_different_results_and_the_key_does_not_print() {
        let key = MasterKey::ephemeral(rng());
        assert_ne!(key.seal("p", b"x"), key.seal("p", b"x"));
        assert_eq!(format!("{key:?}"), "MasterKey(..)");
    }

    #[test]
    fn a_derived_key_is_the_same_after_a_restart_and_another_for_each_purpose_and_master_key() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("master.key");
        let key = MasterKey::init(&path, rng()).unwrap();
        assert_eq!(key.derive("forms"), MasterKey::load(&path, rng()).unwrap().derive("forms"));
        assert_ne!(key.derive("forms"), key.derive("passwords"));
        assert_ne!(key.derive("forms"), MasterKey::ephemeral(rng()).derive("forms"));
    }

    proptest! {
        #[test]
        fn everything_sealed_opens(purpose in ".{0,40}", plain in prop::collection::vec(any::<u8>(), 0..300)) {
            let key = MasterKey::ephemeral(rng());
            prop_assert_eq!(key.open(&purpose, &key.seal(&purpose, &plain)).unwrap(), plain);
        }

        #[test]
        fn opening_garbage_fails_and_never_panics(sealed in prop::collection::vec(any::<u8>(), 0..100)) {
            prop_assert!(MasterKey::ephemeral(rng()).open("p", &sealed).is_err());
        }
    }
}
