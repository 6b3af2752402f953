use riskgate_odata::Filter;
use riskgate_store::records::ClientCredential;
use riskgate_store::{StoreError, StoreExt, Versioned};

use super::{ClientAuthError, assertion, secret};
use crate::TokenService;

/// A client and what it proves itself with.
#[derive(Debug, Clone, Copy)]
pub struct ClientAuthentication<'a> {
    /// `client_id`.
    pub app_id: &'a str,
    /// What the client may prove itself with: [`TokenService::client_credentials`].
    pub credentials: &'a [ClientCredential],
    /// Whether the application is registered as a public client, which needs no proof.
    pub is_public: bool,
    /// What was sent.
    pub proof: ClientProof<'a>,
    /// Domains of the tenant: `aud` of an assertion may name the tenant by one of them, besides its identifier, `common`
    /// and `organizations`.
    pub tenant_domains: &'a [&'a str],
}

/// What a client sent to prove itself.
#[derive(Clone, Copy)]
pub enum ClientProof<'a> {
    /// Nothing.
    None,
    /// `client_secret`.
    Secret(&'a str),
    /// `client_assertion` of the type `jwt-bearer`.
    Assertion(&'a str),
}

impl std::fmt::Debug for ClientProof<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::None => "None",
            Self::Secret(_) => "Secret(..)",
            Self::Assertion(_) => "Assertion(..)",
        })
    }
}

/// A client that is who it says, or a public one that need not prove it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthenticatedClient {
    /// How it proved itself.
    pub method: ClientAuthenticationMethod,
    /// `keyId` of the credential.
    pub credential_id: Option<String>,
}

/// How a client proved itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientAuthenticationMethod {
    /// Not at all: a public client.
    None,
    /// With a secret.
    Secret,
    /// With an assertion signed by a certificate's key.
    Certificate,
}

impl TokenService {
    /// Authenticates a client at the token endpoint. The caller has looked the application up.
    ///
    /// # Errors
    /// [`ClientAuthError`].
    pub async fn authenticate_client(
        &self,
        request: ClientAuthentication<'_>,
    ) -> Result<AuthenticatedClient, ClientAuthError> {
        let (method, id) = match request.proof {
            ClientProof::None if request.is_public => (ClientAuthenticationMethod::None, None),
            ClientProof::None => return Err(ClientAuthError::ProofRequired),
            ClientProof::Secret(given) => {
                let id = secret::check(request.credentials, given, self.clock.now())?;
                (ClientAuthenticationMethod::Secret, Some(id))
            }
            ClientProof::Assertion(given) => {
                let parts = assertion::read(given)?;
                let id = assertion::check_signature(&parts, request.credentials, self.clock.now())?;
                self.check_claims(&parts, request.app_id, request.tenant_domains).await?;
                (ClientAuthenticationMethod::Certificate, Some(id))
            }
        };
        Ok(AuthenticatedClient { method, credential_id: id })
    }

    /// `keyId` of the secret of an application, if it is good today; for secrets found where they should not be.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn key_of_secret(&self, app_id: &str, given: &str) -> Result<Option<String>, ClientAuthError> {
        let credentials = self.client_credentials(app_id).await?;
        Ok(secret::check(&credentials, given, self.clock.now()).ok())
    }

    /// What an application may prove itself with, in whatever case its `appId` is given; changes of it are counted
    /// ([`Revision::CLIENTS`](riskgate_store::records::Revision::CLIENTS)).
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn client_credentials(&self, app_id: &str) -> Result<Vec<ClientCredential>, StoreError> {
        let filter = Filter::equals("appId", app_id);
        let found: Vec<Versioned<ClientCredential>> = self.store.find_all(self.tenant, filter).await?;
        Ok(found.into_iter().map(|found| found.record).collect())
    }
}
