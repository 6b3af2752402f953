use riskgate_store::records::{ApprovalRequest, ApprovalState};
use riskgate_store::retry;

use super::proof::verify;
use super::{ApprovalError, Approvals, PhoneProof};

/// What a phone answers.
#[derive(Debug, Clone, Copy)]
pub struct PhoneAnswer<'a> {
    /// Identifier of the phone.
    pub phone: &'a str,
    /// Identifier of the request.
    pub request: &'a str,
    /// What was decided.
    pub decision: Decision,
    /// The number that was entered; anything for a refusal.
    pub number: &'a str,
    /// Signature over all of it, base64url.
    pub signature: &'a str,
}

/// What somebody decides about a sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// It is his.
    Approve,
    /// He does not want it.
    Deny,
    /// It is somebody else's.
    Report,
}

impl Decision {
    /// What is signed and sent for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Deny => "deny",
            Self::Report => "report",
        }
    }
}

/// What an answer did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// Object identifier of the user.
    pub user_id: String,
    /// The sign-in.
    pub sign_in_id: String,
    /// What the request is now.
    pub state: ApprovalState,
}

impl Approvals {
    /// What a phone may answer now, oldest first.
    ///
    /// # Errors
    /// [`ApprovalError::Expired`] for an old challenge, [`ApprovalError::Unknown`], [`ApprovalError::Wrong`].
    pub async fn waiting(&self, proof: &PhoneProof<'_>) -> Result<Vec<ApprovalRequest>, ApprovalError> {
        let phone = self.prove(proof, "list", "").await?;
        let requests = self.requests(&phone.user_id).await?.map(|known| known.record.requests);
        let now = self.services.clock.now();
        let is_open = |request: &ApprovalRequest| {
            request.state == ApprovalState::Waiting && now < request.expires_date_time
        };
        Ok(requests.unwrap_or_default().into_iter().filter(is_open).collect())
    }

    /// Takes an answer, once. A wrong number ends the request. A report may be sent again, for the phone that did not hear
    /// that it arrived.
    ///
    /// # Errors
    /// [`ApprovalError::Wrong`] changes nothing; [`ApprovalError::Over`] for a request that does not wait, or is somebody
    /// else's.
    pub async fn answer(&self, answer: &PhoneAnswer<'_>) -> Result<Answered, ApprovalError> {
        let phone = self.phone(answer.phone).await?;
        let parts = [answer.phone, answer.request, answer.number, answer.decision.name()];
        verify(&phone, &self.message("answer", &parts), answer.signature)?;
        retry(|| self.try_answer(&phone.user_id, answer)).await
    }

    async fn try_answer(&self, user_id: &str, answer: &PhoneAnswer<'_>) -> Result<Answered, ApprovalError> {
        let mut known = self.requests(user_id).await?.ok_or(ApprovalError::Over)?;
        let request = known.record.requests.iter_mut().find(|request| request.id == answer.request);
        let request = request.ok_or(ApprovalError::Over)?;
        let is_repeated = answer.decision == Decision::Report
            && request.state == ApprovalState::Reported
            && request.phone_id.as_deref() == Some(answer.phone);
        let answered =
            |state| Answered { user_id: user_id.to_owned(), sign_in_id: request.sign_in_id.clone(), state };
        if is_repeated {
            return Ok(answered(ApprovalState::Reported));
        }
        let now = self.services.clock.now();
        if request.state != ApprovalState::Waiting || now >= request.expires_date_time {
            return Err(ApprovalError::Over);
        }
        let state = match answer.decision {
            Decision::Approve if answer.number == request.number => ApprovalState::Approved,
            Decision::Approve => ApprovalState::WrongNumber,
            Decision::Deny => ApprovalState::Denied,
            Decision::Report => ApprovalState::Reported,
        };
        let answered = answered(state);
        request.state = state;
        request.phone_id = Some(answer.phone.to_owned());
        self.keep(known.record, Some(known.version)).await?;
        Ok(answered)
    }
}
