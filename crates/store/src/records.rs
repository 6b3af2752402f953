//! Records that are no Graph resources, and the tables of those that are.

mod agreement;
mod application;
mod approval;
mod credential;
mod deleted;
mod device;
mod device_authorization;
mod federation;
mod first_factor;
mod graph;
mod key;
mod logout;
mod membership;
mod pushed_request;
mod recovery;
mod revision;
mod risk;
mod session;
mod sign_in;
mod sign_in_history;
mod throttle;
mod token;
mod workload;

pub use agreement::AgreementFileRecord;
pub use application::{ClientCredential, ClientCredentialKind};
pub use approval::{
    ApprovalPhone, ApprovalRequest, ApprovalRequests, ApprovalState, PhonePairing, ShownSignIn,
};
pub use credential::{AuthenticationMethod, PasskeyCredential, TemporaryAccessPass, UserCredential};
pub use deleted::{DeletedItem, DeletedKind};
pub use device::{DeviceCertificate, DeviceCredential, DeviceRegistration, DeviceRelation};
pub use device_authorization::{DeviceAuthorization, DeviceDecision, DeviceSignIn};
pub use federation::{ExternalIdentity, IdentityProvider, UsedAssertion};
pub use first_factor::{DayKey, FailedFirstFactor};
pub use key::SigningKey;
pub use logout::{LogoutNotice, SignOutTarget};
pub use membership::GroupMembership;
pub use pushed_request::PushedRequest;
pub use recovery::{EmailChallenge, EmailMethod, PasswordReset, RecoveryCodeSet, ResetProof};
pub use revision::Revision;
pub use risk::{RiskDetectionRecord, RiskHistoryRecord};
pub use session::{ApplicationSession, Session};
pub use sign_in::{Interaction, SignInEvidence, SignInRecord};
pub use sign_in_history::SignInHistory;
pub use throttle::{FailureCounter, FamiliarNetwork, FamiliarNetworks};
pub use token::{
    AuthorizationCode, AuthorizationRequest, GrantedSession, IssuedTo, RefreshTokenFamily, RequestedClaims,
    RevokedAccessToken, SignInTarget, TokenGrant,
};
pub use workload::{AuditCursor, PrincipalActivity, WorkloadHistory};
