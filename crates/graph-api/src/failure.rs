//! What errors of other crates are to a client. What only concerns the operator goes to the log.

use axum::http::StatusCode;
use riskgate_directory::{DirectoryError, ErrorStatus};
use riskgate_protection::ProtectionError;
use riskgate_store::{AsConflict, StoreError};

use crate::area::Area;
use crate::error::{ErrorDetail, GraphError};

impl From<StoreError> for GraphError {
    fn from(error: StoreError) -> Self {
        if !error.is_conflict() {
            tracing::error!(%error, "the store failed");
        }
        match error {
            StoreError::Conflict { .. } => Self::new(
                StatusCode::CONFLICT,
                "Conflict",
                "Somebody else changed the same object at the same time. Try again.",
            ),
            StoreError::Full | StoreError::Unavailable(_) => Self::unavailable(),
            StoreError::Exists { .. } | StoreError::NotQueryable { .. } | StoreError::Damaged { .. } => {
                Self::internal()
            }
        }
    }
}

impl From<DirectoryError> for GraphError {
    fn from(error: DirectoryError) -> Self {
        from_directory(error)
    }
}

/// The directory says itself what Graph says.
pub(crate) fn from_directory(error: DirectoryError) -> GraphError {
    let status = match error.status() {
        ErrorStatus::BadRequest => StatusCode::BAD_REQUEST,
        ErrorStatus::Forbidden => StatusCode::FORBIDDEN,
        ErrorStatus::NotFound => StatusCode::NOT_FOUND,
        ErrorStatus::Conflict => StatusCode::CONFLICT,
        ErrorStatus::Unavailable => return GraphError::unavailable(),
        ErrorStatus::Internal => {
            tracing::error!(%error, "the directory failed");
            return GraphError::internal();
        }
    };
    let mut answer = GraphError::new(status, error.code(), error.to_string());
    answer.target = error.target().map(str::to_owned);
    answer.details = error
        .detail()
        .map(|detail| ErrorDetail { code: detail.code, message: detail.message, target: detail.target })
        .into_iter()
        .collect();
    answer
}

/// What the sign-in pipeline says about actions on risk.
pub(crate) fn from_protection(area: Area, error: ProtectionError) -> GraphError {
    match error {
        ProtectionError::Store(error) => error.into(),
        ProtectionError::Directory(error) => error.into(),
        ProtectionError::UnknownRiskyUser(id) => area.not_found("RiskyUser", &id),
        ProtectionError::UnknownUser(id) => area.not_found("User", &id),
        ProtectionError::UnknownRiskyServicePrincipal(id) => area.not_found("RiskyServicePrincipal", &id),
        ProtectionError::UnknownServicePrincipal(id) => area.not_found("ServicePrincipal", &id),
        ProtectionError::UnknownSignIn(id) => area.not_found("SignIn", &id),
        ProtectionError::SignalOfAnother(_) => {
            GraphError::new(StatusCode::CONFLICT, "Conflict", error.to_string())
        }
        ProtectionError::TooManySignals(_) => {
            GraphError::new(StatusCode::TOO_MANY_REQUESTS, "TooManyRequests", error.to_string())
        }
        ProtectionError::NotRisky => area.bad_request(error.to_string()),
    }
}

impl AsConflict for GraphError {
    fn is_conflict(&self) -> bool {
        self.status == StatusCode::CONFLICT
    }
}
