use riskgate_directory::*;
use riskgate_model::Group;
use riskgate_store::Batch;
use riskgate_store::records::GroupMembership;

use crate::support::{Contoso, contoso};

async fn group(it: &Contoso, name: &str) -> Group {
    it.directory.create_group(&it.actor, &NewGroup::new(name, name)).await.unwrap()
}

async fn add(it: &Contoso, group: &Group, member: &str) -> Result<(), DirectoryError> {
    it.directory.add_members(&it.actor, &group.id, &[member.to_owned()]).await
}

#[tokio::test]
async fn members_are_added_listed_and_removed() {
    let it = contoso().await;
    let (staff, nested) = (group(&it, "staff").await, group(&it, "nested").await);
    let mut ids = vec![nested.id.clone()];
    for name in ["a", "b", "c"] {
        ids.push(it.user(name).await.id);
    }
    it.directory.add_members(&it.actor, &staff.id, &ids).await.unwrap();

    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = it.directory.members(&staff.id, after.as_deref(), 3).await.unwrap();
        assert!(page.members.len() <= 3);
        seen.extend(page.members.iter().map(|member| (member.kind(), member.id().to_owned())));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let mut expected: Vec<_> = ids.iter().map(|id| ("user", id.clone())).collect();
    expected[0].0 = "group";
    expected.sort_by(|a, b| a.1.cmp(&b.1));
    assert_eq!(seen, expected);

    it.directory.remove_member(&it.actor, &staff.id, &ids[1].to_uppercase()).await.unwrap();
    let error = it.directory.remove_member(&it.actor, &staff.id, &ids[1]).await.unwrap_err();
    assert_eq!(error.status(), ErrorStatus::NotFound);
    assert_eq!(it.directory.members(&staff.id, None, 10).await.unwrap().members.len(), 3);
    assert_eq!(it.audits("Remove member from group").await.len(), 1);
}

#[tokio::test]
async fn a_member_twice_is_a_bad_request_and_an_unknown_one_is_not_found() {
    let it = contoso().await;
    let staff = group(&it, "staff").await;
    let (a, b) = (it.user("a").await, it.user("b").await);
    add(&it, &staff, &a.id).await.unwrap();
    let twice = DirectoryError::AlreadyReferenced { property: "members" };
    assert_eq!(twice.status(), ErrorStatus::BadRequest);
    assert_eq!(add(&it, &staff, &a.id.to_uppercase()).await, Err(twice.clone()));
    let both = [b.id.clone(), a.id.clone()];
    assert_eq!(it.directory.add_members(&it.actor, &staff.id, &both).await, Err(twice.clone()));
    let same = [b.id.clone(), b.id.clone()];
    assert_eq!(it.directory.add_members(&it.actor, &staff.id, &same).await, Err(twice));
    for unknown in ["00000000-0000-0000-0000-00000000abcd", "a@contoso.com", ""] {
        assert_eq!(add(&it, &staff, unknown).await.unwrap_err().status(), ErrorStatus::NotFound, "{unknown}");
    }
    let many: Vec<_> = (0..21).map(|_| a.id.clone()).collect();
    let error = it.directory.add_members(&it.actor, &staff.id, &many).await.unwrap_err();
    assert_eq!(error.target(), Some("members"));
    assert_eq!(it.directory.members(&staff.id, None, 10).await.unwrap().members.len(), 1);
}

#[tokio::test]
async fn nested_groups_count_and_cycles_end() {
    let it = contoso().await;
    let user = it.user("alice").await;
    let (a, b, c) = (group(&it, "a").await, group(&it, "b").await, group(&it, "c").await);
    let outside = group(&it, "outside").await;
    add(&it, &a, &user.id).await.unwrap();
    add(&it, &b, &a.id).await.unwrap();
    add(&it, &c, &b.id).await.unwrap();
    add(&it, &a, &c.id).await.unwrap();
    let ids = it.directory.transitive_group_ids(&user.id.to_uppercase()).await.unwrap();
    assert_eq!(ids, [a.id.clone(), b.id.clone(), c.id.clone()].into());
    assert!(!ids.contains(&outside.id));
    assert_eq!(it.directory.member_of(&user.id).await.unwrap(), [a]);
    assert_eq!(it.directory.transitive_group_ids(&b.id).await.unwrap().len(), 3);
}

#[tokio::test]
async fn a_membership_in_a_group_that_is_gone_counts_for_nothing() {
    let it = contoso().await;
    let user = it.user("alice").await;
    let outer = group(&it, "outer").await;
    let gone = "00000000-0000-0000-0000-00000000dead";
    let mut batch = Batch::new(it.tenant);
    batch.insert(&GroupMembership::new(gone, &user.id, "user")).unwrap();
    batch.insert(&GroupMembership::new(&outer.id, gone, "group")).unwrap();
    it.store.commit(batch).await.unwrap();
    assert!(it.directory.transitive_group_ids(&user.id).await.unwrap().is_empty());
    let page = it.directory.members(&outer.id, None, 10).await.unwrap();
    assert_eq!(page, MemberPage { members: Vec::new(), next: None });
    it.directory.remove_member(&it.actor, &outer.id, gone).await.unwrap();
}

#[tokio::test]
async fn more_groups_than_a_decision_can_look_at_are_an_error() {
    let it = contoso().await;
    let user = it.user("alice").await;
    let mut batch = Batch::new(it.tenant);
    for number in 0..=MOST_GROUPS_OF_A_USER {
        let id = format!("00000000-0000-0000-0000-{number:012}");
        batch.insert(&GroupMembership::new(&id, &user.id, "user")).unwrap();
    }
    it.store.commit(batch).await.unwrap();
    let error = it.directory.transitive_group_ids(&user.id).await.unwrap_err();
    assert_eq!(error, DirectoryError::TooManyGroups { user: user.id.clone(), limit: MOST_GROUPS_OF_A_USER });
}
