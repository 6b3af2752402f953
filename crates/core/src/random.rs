use std::sync::Mutex;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

/// Gives random bytes. Everything that needs an identifier, a nonce or a token takes one of these.
pub trait Rng: Send + Sync + 'static {
    /// Fills `bytes` with unpredictable values.
    fn fill(&self, bytes: &mut [u8]);

    /// A new version 4 GUID (RFC 9562 §5.4).
    fn uuid(&self) -> Uuid {
        let mut bytes = [0; 16];
        self.fill(&mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }

    /// A new GUID as Graph writes identifiers.
    fn guid(&self) -> String {
        self.uuid().hyphenated().to_string()
    }

    /// A bearer secret of 256 random bits in base64url, 43 characters.
    fn token(&self) -> String {
        let mut bytes = [0; 32];
        self.fill(&mut bytes);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// 64 hexadecimal characters, the form of a `riskDetection` identifier in Graph.
    fn hex64(&self) -> String {
        let mut bytes = [0; 32];
        self.fill(&mut bytes);
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// The operating system's generator, through AWS-LC.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemRng;

impl Rng for SystemRng {
    #[allow(clippy::disallowed_methods, reason = "the one place that draws real randomness")]
    #[allow(
        clippy::expect_used,
        reason = "without randomness no secret is safe: stopping is the only answer"
    )]
    fn fill(&self, bytes: &mut [u8]) {
        aws_lc_rs::rand::fill(bytes).expect("the operating system gives random bytes");
    }
}

/// A generator that gives the same bytes for the same seed (SplitMix64); for tests, never for secrets.
#[derive(Debug)]
pub struct SeededRng(Mutex<u64>);

impl SeededRng {
    /// A generator that starts at `seed`.
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(seed))
    }
}

impl Rng for SeededRng {
    fn fill(&self, bytes: &mut [u8]) {
        let mut state = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        for chunk in bytes.chunks_mut(8) {
            *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = *state;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^= z >> 31;
            chunk.copy_from_slice(&z.to_le_bytes()[..chunk.len()]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guids_are_version_4_and_differ() {
        let rng = SystemRng;
        let (a, b) = (rng.uuid(), rng.uuid());
        assert_ne!(a, b);
        assert_eq!(a.get_version_num(), 4);
        assert_eq!(rng.token().len(), 43);
        assert_eq!(rng.hex64().len(), 64);
    }

    #[test]
    fn the_same_seed_repeats() {
        assert_eq!(SeededRng::new(7).guid(), SeededRng::new(7).guid());
        assert_ne!(SeededRng::new(7).guid(), SeededRng::new(8).guid());
    }
}
