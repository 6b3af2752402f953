//! Two changes prepared at the same moment, each right on its own.

use riskgate_directory::*;
use serde_json::json;

use crate::support::{Contoso, HASH, contoso, object};

/// How many Global Administrators could sign in.
async fn active(it: &Contoso) -> usize {
    let all = it.directory.members_of_role(GLOBAL_ADMINISTRATOR).await.unwrap();
    all.iter().filter(|user| user.account_enabled == Some(true)).count()
}

async fn two_administrators() -> (Contoso, String) {
    let it = contoso().await;
    let other = it.user("other").await.id;
    it.directory.add_role_assignment(&it.actor, &other, GLOBAL_ADMINISTRATOR, "/").await.unwrap();
    (it, other)
}

fn one_was_last(a: Result<(), DirectoryError>, b: Result<(), DirectoryError>) {
    let mut results = [a.err(), b.err()];
    results.sort_by_key(Option::is_some);
    assert_eq!(results, [None, Some(DirectoryError::LastAdministrator)]);
}

#[tokio::test]
async fn two_administrators_deleted_at_once_leave_one() {
    let (it, other) = two_administrators().await;
    let directory = it.racing(2);
    let (a, b) = tokio::join!(
        directory.delete_user(&it.actor, &it.admin_id),
        directory.delete_user(&it.actor, &other),
    );
    one_was_last(a, b);
    assert_eq!(active(&it).await, 1);
}

#[tokio::test]
async fn one_disabled_and_one_removed_from_the_role_at_once_leave_one() {
    let (it, other) = two_administrators().await;
    let directory = it.racing(2);
    let disable = UserChange { properties: object(json!({"accountEnabled": false})), password: None };
    let (a, b) = tokio::join!(
        directory.update_user(&it.actor, &it.admin_id, &disable),
        directory.remove_role_member(&it.actor, GLOBAL_ADMINISTRATOR, &other),
    );
    one_was_last(a.map(|_| ()), b);
    assert_eq!(active(&it).await, 1);
}

#[tokio::test]
async fn who_becomes_the_only_administrator_while_being_disabled_stays_enabled() {
    let it = contoso().await;
    let other = it.user("other").await.id;
    let (plain, actor, admin, heir) =
        (it.directory.clone(), it.actor.clone(), it.admin_id.clone(), other.clone());
    let directory = it.interrupted(async move {
        plain.add_role_assignment(&actor, &heir, GLOBAL_ADMINISTRATOR, "/").await.unwrap();
        plain.delete_user(&actor, &admin).await.unwrap();
    });
    let disable = UserChange { properties: object(json!({"accountEnabled": false})), password: None };
    let result = directory.update_user(&it.actor, &other, &disable).await;
    assert_eq!(result, Err(DirectoryError::LastAdministrator));
    assert_eq!(active(&it).await, 1);
}

#[tokio::test]
async fn one_name_given_twice_at_once_is_given_once() {
    let it = contoso().await;
    let directory = it.racing(2);
    let new = NewUser::new("twin@contoso.com", "Twin", HASH.to_owned(), false);
    let (a, b) =
        tokio::join!(directory.create_user(&it.actor, &new), directory.create_user(&it.actor, &new),);
    let duplicate = DirectoryError::Duplicate { property: "userPrincipalName" };
    let mut errors = [a.err(), b.err()];
    errors.sort_by_key(Option::is_some);
    assert_eq!(errors, [None, Some(duplicate)]);
}

#[tokio::test]
async fn one_member_added_twice_at_once_is_added_once() {
    let it = contoso().await;
    let user = it.user("alice").await.id;
    let group = it.directory.create_group(&it.actor, &NewGroup::new("g", "g")).await.unwrap().id;
    let (directory, ids) = (it.racing(2), [user]);
    let (a, b) = tokio::join!(
        directory.add_members(&it.actor, &group, &ids),
        directory.add_members(&it.actor, &group, &ids),
    );
    let mut errors = [a.err(), b.err()];
    errors.sort_by_key(Option::is_some);
    assert_eq!(errors, [None, Some(DirectoryError::AlreadyReferenced { property: "members" })]);
}

#[tokio::test]
async fn two_changes_of_one_user_at_once_both_happen() {
    let it = contoso().await;
    let user = it.user("alice").await.id;
    let directory = it.racing(2);
    let change = |json| UserChange { properties: object(json), password: None };
    let (city, title) = (change(json!({"city": "Ulm"})), change(json!({"jobTitle": "Chef"})));
    let (a, b) = tokio::join!(
        directory.update_user(&it.actor, &user, &city),
        directory.update_user(&it.actor, &user, &title),
    );
    a.unwrap();
    b.unwrap();
    let user = it.directory.user(&user).await.unwrap();
    assert_eq!((user.city.as_deref(), user.job_title.as_deref()), (Some("Ulm"), Some("Chef")));
}

#[tokio::test]
async fn two_consents_of_one_user_at_once_are_merged() {
    let it = contoso().await;
    let user = it.user("alice").await.id;
    let new = NewApplication { display_name: "App".to_owned(), ..NewApplication::default() };
    let client = it.directory.create_application(&it.actor, &new).await.unwrap().service_principal.id;
    let directory = it.racing(2);
    let consent = ConsentType::Principal(user.clone());
    let (read, mail) = (["User.Read".to_owned()], ["email".to_owned()]);
    let (a, b) = tokio::join!(
        directory.grant_consent(&it.actor, &client, &consent, &read),
        directory.grant_consent(&it.actor, &client, &consent, &mail),
    );
    a.unwrap();
    b.unwrap();
    let scopes = it.directory.granted_scopes(&client, &user).await.unwrap();
    assert_eq!(scopes, ["User.Read".to_owned(), "email".to_owned()].into());
}
