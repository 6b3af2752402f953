use riskgate_model::{Application, KeyCredential, PasswordCredential};
use riskgate_odata::Filter;
use riskgate_store::records::{ClientCredential, ClientCredentialKind};
use riskgate_store::{StoreExt, Versioned, retry};

use crate::audit::application_target;
use crate::{Actor, AuditEntry, Directory, DirectoryError};

/// How many secrets and certificates one application may have; each costs time at every token request.
const MOST_CREDENTIALS: usize = 50;

impl Directory {
    /// Adds a secret or certificate to an application; `appId` is filled in.
    ///
    /// # Errors
    /// [`DirectoryError::NotFound`]; [`DirectoryError::InvalidValue`] for more than 50; [`DirectoryError::Store`].
    pub async fn add_client_credential(
        &self,
        actor: &Actor,
        app_id: &str,
        credential: &ClientCredential,
        display_name: Option<&str>,
    ) -> Result<(), DirectoryError> {
        retry(|| async {
            let mut application = self.existing_application(app_id).await?;
            let record = &mut application.record;
            if record.password_credentials.len() + record.key_credentials.len() >= MOST_CREDENTIALS {
                let reason = format!("At most {MOST_CREDENTIALS} credentials are allowed.");
                return Err(DirectoryError::invalid("Application", "passwordCredentials", reason));
            }
            show_credential(record, credential, display_name);
            let app_id = record.app_id.clone().unwrap_or_default();
            let mut batch = self.batch();
            batch.insert(&ClientCredential { app_id, ..credential.clone() })?;
            batch.update(&application)?;
            self.audit(&mut batch, actor, changed_credentials(&application.record))?;
            Ok(self.store.commit(batch).await?)
        })
        .await
    }

    /// Removes a secret or certificate of an application by its `keyId`.
    ///
    /// # Errors
    /// [`DirectoryError::NotFound`] for an unknown application or key, [`DirectoryError::Store`].
    pub async fn remove_client_credential(
        &self,
        actor: &Actor,
        app_id: &str,
        key_id: &str,
    ) -> Result<(), DirectoryError> {
        retry(|| async {
            let mut application = self.existing_application(app_id).await?;
            let credential = self.store.load::<ClientCredential>(self.tenant, key_id).await?;
            let credential = credential
                .filter(|found| Some(&found.record.app_id) == application.record.app_id.as_ref())
                .ok_or_else(|| DirectoryError::not_found(key_id))?;
            let others = |id: &Option<String>| id.as_deref() != Some(key_id);
            application.record.password_credentials.retain(|shown| others(&shown.key_id));
            application.record.key_credentials.retain(|shown| others(&shown.key_id));
            let mut batch = self.batch();
            batch.delete(&credential);
            batch.update(&application)?;
            self.audit(&mut batch, actor, changed_credentials(&application.record))?;
            Ok(self.store.commit(batch).await?)
        })
        .await
    }

    async fn existing_application(&self, app_id: &str) -> Result<Versioned<Application>, DirectoryError> {
        let found = self.store.find_one(self.tenant, Filter::equals("appId", app_id)).await?;
        found.ok_or_else(|| DirectoryError::not_found(app_id))
    }
}

fn changed_credentials(application: &Application) -> AuditEntry {
    let activity = "Update application – Certificates and secrets management";
    AuditEntry::new(activity, "ApplicationManagement", "Update").target(application_target(application))
}

/// Lists a credential in the application, without what is secret about it.
pub(super) fn show_credential(
    application: &mut Application,
    credential: &ClientCredential,
    name: Option<&str>,
) {
    let key_id = Some(credential.id.clone());
    let display_name = name.map(str::to_owned);
    let (start_date_time, end_date_time) = (Some(credential.start_date_time), Some(credential.end_date_time));
    match &credential.kind {
        ClientCredentialKind::Secret { hint, .. } => {
            application.password_credentials.push(PasswordCredential {
                display_name,
                end_date_time,
                hint: Some(hint.clone()),
                key_id,
                start_date_time,
                ..PasswordCredential::default()
            });
        }
        ClientCredentialKind::Certificate { .. } => application.key_credentials.push(KeyCredential {
            display_name,
            end_date_time,
            key_id,
            start_date_time,
            type_: Some("AsymmetricX509Cert".to_owned()),
            usage: Some("Verify".to_owned()),
            ..KeyCredential::default()
        }),
    }
}
