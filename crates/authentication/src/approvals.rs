//! Approval of sign-ins on a phone, with number matching.
//!
//! A phone is a browser that made a key it cannot give away ([`Approvals::register`]). A sign-in that asks for approval
//! shows two digits ([`Approvals::ask`]); the phone shows the sign-in and wants those digits, and signs its answer with the
//! key ([`Approvals::answer`]). Neither a cookie nor the address a phone is woken at answers anything. A wake-up says only
//! that there is something to look at.
//!
//! Whoever knows a password can make a phone ring, so requests are counted: one wrong number ends a request, a refusal stops
//! new ones for a while, and there is a bound for each sign-in and each person. Networks a person has signed in from are
//! counted apart, so that somebody far away cannot keep him from signing in.

mod answer;
mod limits;
mod pairing;
mod phones;
mod proof;
mod request;
mod wake;

use std::sync::Arc;
use std::time::Duration;

use riskgate_ports::Push;
use riskgate_store::records::{ApprovalRequests, ApprovalState};
use riskgate_store::{AsConflict, Batch, StoreError, StoreExt, Versioned};
use url::Url;

use crate::{AuthnError, RegisteredMethods, SealedForms, Services};

pub use answer::{Answered, Decision, PhoneAnswer};
pub use limits::ApprovalLimit;
pub use pairing::{NewPhone, Pairing};
pub use proof::PhoneProof;
pub use request::{Asked, NewApproval, Outcome};

/// How long a request can be answered.
pub(crate) const REQUEST_LIFETIME: Duration = Duration::from_secs(90);
/// Most phones of one person.
pub(crate) const MAX_METHODS: usize = 5;

/// Registers phones, asks them, and believes what they sign.
#[derive(Clone)]
pub struct Approvals {
    services: Services,
    registered: RegisteredMethods,
    forms: SealedForms,
    /// What phones sign for, so that an answer is good nowhere else.
    origin: Arc<str>,
    push: Option<Arc<dyn Push>>,
}

/// Why a phone was not registered, or not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApprovalError {
    /// The code is too old, was used already or is none.
    #[error("the code has expired or was used")]
    Expired,
    /// What was sent cannot be read, or the signature is not right.
    #[error("what the phone sent is not right")]
    Wrong,
    /// The phone is not registered, or not any more.
    #[error("the phone is not registered")]
    Unknown,
    /// There is no such request for this phone, or it was answered or is over.
    #[error("there is nothing to answer")]
    Over,
    /// The phone is registered already.
    #[error("the phone is registered already")]
    Exists,
    /// There are five phones already.
    #[error("no more than five phones can be registered")]
    TooMany,
    /// Nobody's mistake.
    #[error(transparent)]
    Failed(#[from] AuthnError),
}

impl From<StoreError> for ApprovalError {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl AsConflict for ApprovalError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Failed(error) if error.is_conflict())
    }
}

impl Approvals {
    /// Approvals at the server's address. Without `push` nobody is woken, and phones show requests while they are open.
    pub fn new(services: Services, forms: SealedForms, base_url: &str, push: Option<Arc<dyn Push>>) -> Self {
        let origin = Url::parse(base_url).map(|url| url.origin().ascii_serialization());
        let origin = origin.unwrap_or_else(|_| base_url.to_owned()).into();
        Self { registered: RegisteredMethods::new(services.clone()), services, forms, origin, push }
    }

    /// The key browsers bind their subscription to; `None` if nobody is woken.
    pub fn push_key(&self) -> Option<&str> {
        self.push.as_deref().map(Push::public_key)
    }

    async fn requests(&self, user_id: &str) -> Result<Option<Versioned<ApprovalRequests>>, StoreError> {
        self.services.store.load(self.services.tenant, user_id).await
    }

    /// Keeps what changed; `version` is that of what was read.
    async fn keep(&self, record: ApprovalRequests, version: Option<i64>) -> Result<(), StoreError> {
        let mut batch = Batch::new(self.services.tenant);
        match version {
            Some(version) => batch.update(&Versioned { record, version })?,
            None => batch.insert(&record)?,
        }
        match self.services.store.commit(batch).await {
            // Two first requests at once: the second counts on top of the first.
            Err(StoreError::Exists { table, id }) => Err(StoreError::Conflict { table, id }),
            outcome => outcome,
        }
    }
}

/// Whether an answer ended a request without approving it.
fn is_refusal(state: ApprovalState) -> bool {
    matches!(state, ApprovalState::Denied | ApprovalState::Reported)
}
