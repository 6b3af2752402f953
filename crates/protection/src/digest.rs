use aws_lc_rs::digest::{SHA256, digest as sha};

/// First 16 hexadecimal characters of SHA-256: names a version of something.
pub(crate) fn digest(bytes: &[u8]) -> String {
    sha(&SHA256, bytes).as_ref().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// SHA-256, hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    sha(&SHA256, bytes).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}
