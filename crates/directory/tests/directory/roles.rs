use riskgate_directory::*;
use riskgate_odata::Filter;
use serde_json::json;

use crate::support::contoso;

#[tokio::test]
async fn a_role_is_given_listed_and_taken() {
    let it = contoso().await;
    let user = it.user("alice").await;
    let id = SECURITY_OPERATOR.to_uppercase();
    let assignment =
        it.directory.add_role_assignment(&it.actor, "alice@contoso.com", &id, "/").await.unwrap();
    assert_eq!(assignment.role_definition_id.as_deref(), Some(SECURITY_OPERATOR));
    assert_eq!(
        it.directory.role_template_ids(&user.id).await.unwrap(),
        [SECURITY_OPERATOR.to_owned()].into()
    );
    let members = it.directory.members_of_role(SECURITY_OPERATOR).await.unwrap();
    assert_eq!(members, std::slice::from_ref(&user));
    let listed = it.directory.role_assignments(Filter::equals("principalId", &user.id)).await.unwrap();
    assert_eq!(listed, std::slice::from_ref(&assignment));

    let again = it.directory.add_role_assignment(&it.actor, &user.id, SECURITY_OPERATOR, "/").await;
    assert_eq!(again, Err(DirectoryError::Conflicting));
    it.directory.remove_role_assignment(&it.actor, &assignment.id).await.unwrap();
    let gone = it.directory.remove_role_assignment(&it.actor, &assignment.id).await.unwrap_err();
    assert_eq!(gone.status(), ErrorStatus::NotFound);
    let gone = it.directory.remove_role_member(&it.actor, SECURITY_OPERATOR, &user.id).await;
    assert_eq!(gone, Err(DirectoryError::NotFound { id: user.id.clone() }));
    assert!(it.directory.role_template_ids(&user.id).await.unwrap().is_empty());
    assert_eq!(it.audits("Remove member from role").await.len(), 1);
}

#[tokio::test]
async fn unknown_roles_and_users_other_scopes_and_groups_are_refused() {
    let it = contoso().await;
    let user = it.user("alice").await;
    let group = it.directory.create_group(&it.actor, &NewGroup::new("g", "g")).await.unwrap();
    let nobody = "00000000-0000-0000-0000-00000000abcd";
    for (principal, role, scope, status) in [
        (user.id.as_str(), nobody, "/", ErrorStatus::NotFound),
        (nobody, SECURITY_READER, "/", ErrorStatus::NotFound),
        (&user.id, SECURITY_READER, "/administrativeUnits/x", ErrorStatus::BadRequest),
        (&group.id, SECURITY_READER, "/", ErrorStatus::BadRequest),
    ] {
        let result = it.directory.add_role_assignment(&it.actor, principal, role, scope).await;
        assert_eq!(result.unwrap_err().status(), status, "{principal} {role} {scope}");
    }
    assert_eq!(it.directory.members_of_role(nobody).await.unwrap_err().status(), ErrorStatus::NotFound);
}

#[tokio::test]
async fn directory_roles_are_those_in_use_with_identifiers_of_the_tenant() {
    let it = contoso().await;
    let user = it.user("alice").await;
    it.directory.add_role_assignment(&it.actor, &user.id, SECURITY_READER, "/").await.unwrap();
    let roles = it.directory.directory_roles().await.unwrap();
    let names: Vec<_> = roles.iter().filter_map(|role| role.display_name.as_deref()).collect();
    assert_eq!(names, ["Global Administrator", "Security Reader"]);
    assert_ne!(roles[1].id, SECURITY_READER);
    assert_eq!(it.directory.directory_role(&roles[1].id).as_ref(), Some(&roles[1]));
    assert_eq!(it.directory.directory_role(SECURITY_READER).as_ref(), Some(&roles[1]));
    assert_eq!(it.directory.directory_role("x"), None);
}

#[tokio::test]
async fn the_last_administrator_stays() {
    let it = contoso().await;
    let last = || Err(DirectoryError::LastAdministrator);
    let remove = || it.directory.remove_role_member(&it.actor, GLOBAL_ADMINISTRATOR, &it.admin_id);
    assert_eq!(it.directory.delete_user(&it.actor, &it.admin_id).await, last());
    assert_eq!(remove().await, last());
    let disable = || it.patch(&it.admin_id, json!({"accountEnabled": false}));
    assert_eq!(disable().await.unwrap_err(), DirectoryError::LastAdministrator);

    // Another one who is disabled does not count; an enabled one does.
    let other = it.user("other").await;
    it.directory.add_role_assignment(&it.actor, &other.id, GLOBAL_ADMINISTRATOR, "/").await.unwrap();
    it.patch(&other.id, json!({"accountEnabled": false})).await.unwrap();
    assert_eq!(remove().await, last());
    it.patch(&other.id, json!({"accountEnabled": true})).await.unwrap();
    disable().await.unwrap();
    assert_eq!(it.directory.delete_user(&it.actor, &other.id).await, last());
    it.directory.delete_user(&it.actor, &it.admin_id).await.unwrap();
    let left: Vec<_> = it
        .directory
        .members_of_role(GLOBAL_ADMINISTRATOR)
        .await
        .unwrap()
        .into_iter()
        .map(|user| user.id)
        .collect();
    assert_eq!(left, [other.id]);
}
