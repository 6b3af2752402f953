use riskgate_directory::*;

use crate::support::{Contoso, contoso};

async fn client(it: &Contoso) -> String {
    let new = NewApplication { display_name: "App".to_owned(), ..NewApplication::default() };
    it.directory.create_application(&it.actor, &new).await.unwrap().service_principal.id
}

async fn grant(
    it: &Contoso,
    client: &str,
    consent: &ConsentType,
    scopes: &[&str],
) -> Result<Vec<String>, DirectoryError> {
    let scopes: Vec<_> = scopes.iter().map(|&scope| scope.to_owned()).collect();
    let granted = it.directory.grant_consent(&it.actor, client, consent, &scopes).await?;
    Ok(granted.into_iter().collect())
}

#[tokio::test]
async fn consents_of_a_user_add_up_and_are_nobody_elses() {
    let it = contoso().await;
    let (app, user) = (client(&it).await, it.user("alice").await.id);
    let own = ConsentType::Principal(user.clone());
    assert_eq!(grant(&it, &app, &own, &["openid", "user.read"]).await.unwrap(), ["User.Read", "openid"]);
    assert_eq!(grant(&it, &app, &own, &["profile"]).await.unwrap(), ["User.Read", "openid", "profile"]);
    assert_eq!(grant(&it, &app, &own, &["profile"]).await.unwrap().len(), 3);
    assert_eq!(it.directory.granted_scopes(&app, &user).await.unwrap().len(), 3);
    assert!(it.directory.granted_scopes(&app, &it.admin_id).await.unwrap().is_empty());
    assert_eq!(it.audits("Consent to application").await.len(), 2);

    it.directory.revoke_consent(&it.actor, &app, &user).await.unwrap();
    it.directory.revoke_consent(&it.actor, &app, &user).await.unwrap();
    assert!(it.directory.granted_scopes(&app, &user).await.unwrap().is_empty());
    assert_eq!(it.audits("Revoke consent").await.len(), 1);
}

#[tokio::test]
async fn consent_for_everybody_is_everybodys() {
    let it = contoso().await;
    let (app, user) = (client(&it).await, it.user("alice").await.id);
    grant(&it, &app, &ConsentType::AllPrincipals, &["User.Read.All"]).await.unwrap();
    grant(&it, &app, &ConsentType::Principal(user.clone()), &["User.Read"]).await.unwrap();
    let scopes = it.directory.granted_scopes(&app, &user).await.unwrap();
    assert_eq!(scopes.into_iter().collect::<Vec<_>>(), ["User.Read", "User.Read.All"]);
    assert_eq!(it.directory.granted_scopes(&app, &it.admin_id).await.unwrap().len(), 1);
}

#[tokio::test]
async fn people_cannot_consent_to_what_needs_an_administrator() {
    let it = contoso().await;
    let (app, user) = (client(&it).await, it.user("alice").await.id);
    let own = ConsentType::Principal(user.clone());
    let error = grant(&it, &app, &own, &["User.Read", "IdentityRiskyUser.ReadWrite.All"]).await.unwrap_err();
    assert_eq!(error.status(), ErrorStatus::Forbidden);
    assert!(it.directory.granted_scopes(&app, &user).await.unwrap().is_empty());
    assert_eq!(requires_admin_consent(["User.Read", "openid"]), None);
    assert_eq!(requires_admin_consent(["openid", "Policy.Read.All"]), Some("Policy.Read.All"));
    assert_eq!(requires_admin_consent(["Nonsense"]), Some("Nonsense"));
}

#[tokio::test]
async fn unknown_scopes_applications_and_users_are_refused() {
    let it = contoso().await;
    let app = client(&it).await;
    let nobody = "00000000-0000-0000-0000-00000000abcd";
    let all = ConsentType::AllPrincipals;
    for (app, consent, scope, status) in [
        (app.as_str(), &all, "Mail.Read", ErrorStatus::BadRequest),
        (&app, &all, "Group.Create", ErrorStatus::BadRequest),
        (nobody, &all, "User.Read", ErrorStatus::NotFound),
        (&app, &ConsentType::Principal(nobody.to_owned()), "User.Read", ErrorStatus::NotFound),
    ] {
        assert_eq!(grant(&it, app, consent, &[scope]).await.unwrap_err().status(), status, "{scope}");
    }
}
