use std::time::Duration;

use riskgate_directory::*;
use riskgate_odata::Filter;
use riskgate_store::records::{ClientCredential, ClientCredentialKind};
use riskgate_store::{StoreExt, tables};

use crate::support::{contoso, start};

fn secret(key_id: &str) -> ClientCredential {
    ClientCredential {
        id: key_id.to_owned(),
        app_id: String::new(),
        kind: ClientCredentialKind::Secret { digest: "ab".repeat(32), hint: "xyz".to_owned() },
        start_date_time: start(),
        end_date_time: start() + Duration::from_secs(86_400),
    }
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

#[tokio::test]
async fn an_application_comes_with_its_principal_permissions_consent_and_secret() {
    let it = contoso().await;
    let user = it.user("alice").await;
    let new = NewApplication {
        display_name: "Daemon".to_owned(),
        application_permissions: names(&[
            "IdentityRiskEvent.Read.All",
            "identityriskevent.read.all",
            "Policy.Read.All",
        ]),
        delegated_permissions: names(&["User.Read", "d04bb851-cb7c-4146-97c7-ca3e71baf56c"]),
        redirect_uris: vec![
            (Platform::Web, "https://app.contoso.com/cb".to_owned()),
            (Platform::Spa, "https://spa.contoso.com/".to_owned()),
            (Platform::PublicClient, "http://localhost".to_owned()),
        ],
        logout_url: None,
        public: false,
        credential: Some(secret("key-1")),
    };
    let made = it.directory.create_application(&it.actor, &new).await.unwrap();
    let (application, principal) = (made.application, made.service_principal);
    let app_id = application.app_id.clone().unwrap();
    assert_eq!(
        it.directory.find_application(&app_id.to_uppercase()).await.unwrap(),
        Some(application.clone())
    );
    assert_eq!(it.directory.find_service_principal_of(&app_id).await.unwrap(), Some(principal.clone()));
    assert_eq!(it.directory.find_service_principal(&principal.id).await.unwrap(), Some(principal.clone()));
    assert_eq!(principal.reply_urls.len(), 3);
    assert_eq!(application.web.unwrap().redirect_uris, ["https://app.contoso.com/cb"]);
    assert_eq!(application.publisher_domain.as_deref(), Some("contoso.com"));
    assert_eq!(application.required_resource_access[0].resource_access.len(), 4);

    let roles = granted_app_roles(&it.directory.app_role_assignments_of(&principal.id).await.unwrap());
    assert_eq!(roles, ["IdentityRiskEvent.Read.All", "Policy.Read.All"]);
    let scopes = it.directory.granted_scopes(&principal.id, &user.id).await.unwrap();
    assert_eq!(scopes.into_iter().collect::<Vec<_>>(), ["IdentityRiskyUser.Read.All", "User.Read"]);

    let credential = it.store.load::<ClientCredential>(it.tenant, "key-1").await.unwrap().unwrap().record;
    assert_eq!(credential.app_id, app_id);
    let shown = &application.password_credentials[0];
    assert_eq!((shown.key_id.as_deref(), shown.hint.as_deref()), (Some("key-1"), Some("xyz")));
    assert_eq!(shown.secret_text, None);
    for activity in ["Add application", "Add service principal", "Consent to application"] {
        assert_eq!(it.audits(activity).await.len(), 1, "{activity}");
    }
}

#[tokio::test]
async fn wrong_names_addresses_and_permissions_are_refused() {
    let it = contoso().await;
    let app = || NewApplication { display_name: "App".to_owned(), ..NewApplication::default() };
    let mail = names(&["Mail.Read"]);
    let redirect = vec![(Platform::Web, "http://contoso.com/cb".to_owned())];
    for (new, part) in [
        (NewApplication { display_name: " ".to_owned(), ..app() }, "'displayName'"),
        (NewApplication { display_name: "x".repeat(257), ..app() }, "'displayName'"),
        (NewApplication { redirect_uris: redirect, ..app() }, "'web/redirectUris'"),
        (NewApplication { application_permissions: mail.clone(), ..app() }, "'Mail.Read'"),
        (NewApplication { delegated_permissions: mail, ..app() }, "'Mail.Read'"),
        (
            NewApplication { application_permissions: names(&["User.Read"]), ..app() },
            "an application permission",
        ),
        (
            NewApplication { delegated_permissions: names(&["Group.Create"]), ..app() },
            "a delegated permission",
        ),
    ] {
        let error = it.directory.create_application(&it.actor, &new).await.unwrap_err();
        assert!(error.to_string().contains(part), "{error}");
        assert_eq!(error.status(), ErrorStatus::BadRequest);
    }
    assert_eq!(it.count(&tables::APPLICATIONS, Filter::Constant(true)).await, 0);
    assert_eq!(it.directory.find_application("no-guid").await.unwrap(), None);
}

#[test]
fn a_list_of_permissions_is_split_by_the_kind_of_client() {
    let list = names(&["IdentityRiskEvent.Read.All", "User.Read"]);
    let (application, delegated) = split_permissions(&list, false).unwrap();
    assert_eq!((application, delegated), (names(&["IdentityRiskEvent.Read.All"]), list.clone()));
    assert_eq!(split_permissions(&list, true).unwrap(), (Vec::new(), list));
    assert!(split_permissions(&names(&["Group.Create"]), false).is_ok());
    assert!(split_permissions(&names(&["Group.Create"]), true).is_err());
    assert!(split_permissions(&names(&["Nonsense"]), false).is_err());
}

#[tokio::test]
async fn secrets_are_added_and_removed() {
    let it = contoso().await;
    let new = NewApplication { display_name: "App".to_owned(), ..NewApplication::default() };
    let app_id = it.directory.create_application(&it.actor, &new).await.unwrap().application.app_id.unwrap();
    let directory = &it.directory;
    directory.add_client_credential(&it.actor, &app_id, &secret("key-1"), Some("CI")).await.unwrap();
    let certificate = ClientCredential {
        kind: ClientCredentialKind::Certificate {
            pem: String::new(),
            thumbprint_sha1: "a".to_owned(),
            thumbprint_sha256: "b".to_owned(),
        },
        ..secret("key-2")
    };
    it.directory.add_client_credential(&it.actor, &app_id, &certificate, None).await.unwrap();
    let application = it.directory.find_application(&app_id).await.unwrap().unwrap();
    assert_eq!(application.password_credentials[0].display_name.as_deref(), Some("CI"));
    assert_eq!(application.key_credentials[0].key_id.as_deref(), Some("key-2"));

    it.directory.remove_client_credential(&it.actor, &app_id, "key-1").await.unwrap();
    let error = it.directory.remove_client_credential(&it.actor, &app_id, "key-1").await.unwrap_err();
    assert_eq!(error.status(), ErrorStatus::NotFound);
    let application = it.directory.find_application(&app_id).await.unwrap().unwrap();
    assert_eq!((application.password_credentials.len(), application.key_credentials.len()), (0, 1));
    assert_eq!(it.count(&tables::CLIENT_CREDENTIALS, Filter::equals("appId", &app_id)).await, 1);
}

#[tokio::test]
async fn nobody_removes_the_secret_of_another_application() {
    let it = contoso().await;
    let app = |key: Option<&str>| NewApplication {
        display_name: "App".to_owned(),
        credential: key.map(secret),
        ..NewApplication::default()
    };
    it.directory.create_application(&it.actor, &app(Some("key-1"))).await.unwrap();
    let other =
        it.directory.create_application(&it.actor, &app(None)).await.unwrap().application.app_id.unwrap();
    let error = it.directory.remove_client_credential(&it.actor, &other, "key-1").await.unwrap_err();
    assert_eq!(error.status(), ErrorStatus::NotFound);
}
