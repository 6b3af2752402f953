//! Security groups (contract §1.4). Members are users and groups; cycles are harmless. Dynamic membership, mail and
//! roles for groups are refused.

mod add_members;
mod create;
mod delete;
mod find;
mod members;
mod membership_change;
mod memberships;
mod remove_member;
mod rules;
mod update;

pub use add_members::MOST_MEMBERS_AT_ONCE;
pub use create::NewGroup;
pub use members::{Member, MemberPage};
pub use membership_change::MembershipChange;
pub use memberships::MOST_GROUPS_OF_A_USER;
