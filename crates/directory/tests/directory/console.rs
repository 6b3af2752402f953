use riskgate_directory::*;
use riskgate_odata::Filter;
use riskgate_store::{StoreExt, tables};

use crate::support::{Contoso, contoso};

const BASE: &str = "https://id.contoso.com";

async fn console(it: &Contoso) -> (riskgate_model::Application, riskgate_model::ServicePrincipal) {
    let application = it.directory.find_application(CONSOLE_APP_ID).await.unwrap().unwrap();
    let principal = it.directory.find_service_principal_of(CONSOLE_APP_ID).await.unwrap().unwrap();
    (application, principal)
}

#[tokio::test]
async fn the_console_is_a_public_client_with_delegated_permissions_and_is_registered_once() {
    let it = contoso().await;
    it.directory.ensure_own_applications(&it.actor, BASE).await.unwrap();
    let (application, principal) = console(&it).await;
    assert_eq!(application.spa.unwrap().redirect_uris, ["https://id.contoso.com/admin/"]);
    assert_eq!(application.web.unwrap().redirect_uris, [""; 0]);
    assert!(application.password_credentials.is_empty() && application.key_credentials.is_empty());
    let granted = it.directory.granted_scopes(&principal.id, &it.admin_id).await.unwrap();
    assert_eq!(granted, CONSOLE_PERMISSIONS.iter().map(|&name| name.to_owned()).collect());
    assert!(
        granted_app_roles(&it.directory.app_role_assignments_of(&principal.id).await.unwrap()).is_empty()
    );

    let audits = it.count(&tables::DIRECTORY_AUDITS, Filter::Constant(true)).await;
    it.directory.ensure_own_applications(&it.actor, BASE).await.unwrap();
    assert_eq!(it.count(&tables::DIRECTORY_AUDITS, Filter::Constant(true)).await, audits, "nothing to do");
    assert_eq!(it.audits("Add application").await.len(), 2, "console and Explorer");
}

#[tokio::test]
async fn the_explorer_is_one_too_and_begins_with_who_is_signed_in() {
    let it = contoso().await;
    it.directory.ensure_own_applications(&it.actor, BASE).await.unwrap();
    let application = it.directory.find_application(EXPLORER_APP_ID).await.unwrap().unwrap();
    assert_eq!(application.spa.unwrap().redirect_uris, ["https://id.contoso.com/explorer/"]);
    let principal = it.directory.find_service_principal_of(EXPLORER_APP_ID).await.unwrap().unwrap();
    let granted = it.directory.granted_scopes(&principal.id, &it.admin_id).await.unwrap();
    assert_eq!(granted.into_iter().collect::<Vec<_>>(), ["User.Read"]);
}

#[tokio::test]
async fn a_changed_address_replaces_the_old_one() {
    let it = contoso().await;
    it.directory.ensure_own_applications(&it.actor, BASE).await.unwrap();
    it.directory.ensure_own_applications(&it.actor, "https://login.contoso.com").await.unwrap();
    let (application, principal) = console(&it).await;
    assert_eq!(application.spa.unwrap().redirect_uris, ["https://login.contoso.com/admin/"]);
    assert_eq!(principal.reply_urls, ["https://login.contoso.com/admin/"]);
    assert_eq!(it.audits("Update application").await.len(), 2, "console and Explorer");
}

#[tokio::test]
async fn permissions_that_are_new_are_consented_to_and_those_taken_back_are_not() {
    let it = contoso().await;
    it.directory.ensure_own_applications(&it.actor, BASE).await.unwrap();
    let (application, principal) = console(&it).await;
    // As an older version left it: without the last permission; and an administrator took everything back.
    let mut older = it.store.find_one(it.tenant, Filter::equals("appId", CONSOLE_APP_ID)).await.unwrap();
    let record: &mut riskgate_store::Versioned<riskgate_model::Application> = older.as_mut().unwrap();
    let newest = record.record.required_resource_access[0].resource_access.pop().unwrap();
    let filter = Filter::equals("clientId", principal.id.as_str());
    let grant = it.store.find_one::<riskgate_model::OAuth2PermissionGrant>(it.tenant, filter).await.unwrap();
    let mut batch = riskgate_store::Batch::new(it.tenant);
    batch.update(record).unwrap();
    batch.delete(&grant.unwrap());
    it.store.commit(batch).await.unwrap();

    it.directory.ensure_own_applications(&it.actor, BASE).await.unwrap();
    let granted = it.directory.granted_scopes(&principal.id, &it.admin_id).await.unwrap();
    let name = permission(&newest.id).unwrap().name.to_owned();
    assert_eq!(granted.into_iter().collect::<Vec<_>>(), [name]);
    assert_eq!(console(&it).await.0, application, "as it was registered");
}

#[tokio::test]
async fn two_nodes_that_start_at_once_register_it_once() {
    let it = contoso().await;
    let racing = it.racing(2);
    let (one, two) = tokio::join!(
        racing.ensure_own_applications(&it.actor, BASE),
        racing.ensure_own_applications(&it.actor, BASE)
    );
    assert_eq!((one, two), (Ok(()), Ok(())));
    let filter = Filter::equals("appId", CONSOLE_APP_ID);
    assert_eq!(it.count(&tables::APPLICATIONS, filter.clone()).await, 1);
    assert_eq!(it.count(&tables::SERVICE_PRINCIPALS, filter).await, 1);
}
