//! How long the parameters may be that travel on to the sign-in page, in bytes: together some 14 KiB in its address, once
//! they are sealed. What needs more, because nearly every character of it has to be escaped, is refused when it is sealed.

/// `state`: MSAL for JavaScript puts some hundred bytes there.
pub(super) const STATE: usize = 4096;
/// `nonce`.
pub(super) const NONCE: usize = 1024;
/// `redirect_uri`; registered ones have 256, but the port of a local one is free.
pub(super) const REDIRECT_URI: usize = 512;
/// `login_hint`; a longer one is no name and left out.
pub(super) const LOGIN_HINT: usize = 320;
/// `code_challenge`: SHA-256 in base64url (RFC 7636 §4.2).
pub(super) const CODE_CHALLENGE: usize = 43;
