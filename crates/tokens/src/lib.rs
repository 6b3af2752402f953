//! Everything that is handed out as a proof, and its checking: signing keys, access and id tokens, authorization codes,
//! refresh tokens, and the authentication of clients.
//!
//! [`TokenService`] has one method for each operation, each in a file of its own:
//!
//! | what | where |
//! |---|---|
//! | keys that sign, their rotation and publication | `keys/` |
//! | access tokens: issue, verify, revoke | `access/` |
//! | id tokens, `client_info` | `id_token.rs`, `client_info.rs` |
//! | logout tokens: issue | `logout_token.rs` |
//! | authorization codes: issue, redeem once | `code/` |
//! | codes for devices: begin, find, decide, poll | `device/` |
//! | pushed authorization requests: keep, take once | `pushed_request.rs` |
//! | proofs of possession: verify | `dpop/` |
//! | refresh tokens: issue, inspect, rotate, revoke | `refresh/` |
//! | clients: secret or assertion checked | `client/` |
//! | new secrets and certificates of clients | `credential/` |
//!
//! Whether an account may still have a token (disabled, sessions revoked, Conditional Access) is decided by the caller,
//! between looking a grant up and issuing for it.
//!
//! To add a claim to access tokens: 1. add it to `AccessClaims` in `access/claims.rs`; 2. fill it in
//! `access/issue_user.rs` or `access/issue_app.rs`; 3. if resources need it, hand it on in [`AccessToken`].
//!
//! Subjects: `sub` is the object identifier, the same for every client (OpenID Connect Core §8, `public`). It is no less
//! private than a pairwise one would be, since `oid` is in the same token as clients of Graph expect; and it is the same
//! in id token, access token and userinfo without a secret that would have to live for ever.

mod access;
mod authentication;
mod client;
mod client_info;
mod code;
mod credential;
mod der;
mod device;
mod digest;
mod dpop;
mod error;
mod id_token;
mod id_token_hint;
mod jws;
mod keys;
mod logout_token;
mod pushed_request;
mod refresh;
mod service;
mod used_once;

pub use access::{
    AccessToken, Actor, AppTokenRequest, SessionClaims, UserActor, UserTokenRequest, VerifyError,
};
pub use authentication::{ACR_MULTI_FACTOR, ACR_SINGLE_FACTOR, CLAIMS_CHALLENGES, acr};
pub use client::{
    AuthenticatedClient, ClientAuthError, ClientAuthentication, ClientAuthenticationMethod, ClientProof,
};
pub use client_info::client_info;
pub use code::{CodeRedemption, RedeemError, RedeemedCode, code_challenge};
pub use credential::{CertificateError, NewCertificate, NewSecret, SecretLifetimeError};
pub use device::{DeviceCodes, DeviceError, DeviceRequest};
pub use dpop::{DPOP_ALGORITHMS, DpopError, DpopProof, Presented, VerifiedProof};
pub use error::TokenError;
pub use id_token::IdTokenRequest;
pub use id_token_hint::IdTokenHint;
pub use logout_token::LogoutTokenRequest;
pub use pushed_request::PUSHED_REQUEST_PREFIX;
pub use refresh::{RefreshError, RefreshLifetime, RefreshTicket, Revocation};
pub use service::{IssuedToken, LifetimeError, SUBJECT_TYPE, TokenService};
