//! The pipeline on a real store: what a sign-in leaves behind, what closes it, and what happens at the same moment. Every
//! story runs on SQLite in memory, and on PostgreSQL where `RISKGATE_TEST_POSTGRES_URL` names a server
//! (`scripts/with-postgres cargo test -p riskgate-protection`).
//!
//! To add a story: write an `async fn` that takes a [`support::World`] into one of the modules and name it in the list.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

mod engines;
mod support;

/// Runs every story named here on SQLite in memory and on PostgreSQL.
macro_rules! stories {
    ($($module:ident { $($story:ident,)+ })+) => {
        $(mod $module;)+
        mod memory {
            $(mod $module { $(#[test] fn $story() { crate::engines::on_memory(crate::$module::$story) })+ })+
        }
        mod postgres {
            $(mod $module { $(#[test] fn $story() { crate::engines::on_postgres(crate::$module::$story) })+ })+
        }
    };
}

stories! {
    activities {
        the_first_role_given_away_elsewhere_raises_the_user,
        power_used_at_home_and_ones_own_account_raise_nothing,
        a_burst_is_found_by_two_nodes_once_and_late_when_nobody_ran,
        whoever_reads_the_whole_directory_is_found_once_a_day,
    }
    judging {
        a_sign_in_from_tor_without_policies_is_granted_and_leaves_everything_behind,
        a_detection_says_what_was_found_and_where,
        a_detection_keeps_in_full_why_it_was_raised,
        a_clean_sign_in_raises_nothing,
        more_risk_raises_the_level_and_less_does_not_lower_it,
        a_trusted_named_location_lowers_the_risk,
    }
    policies {
        a_policy_that_blocks_on_risk_blocks,
        a_user_without_methods_cannot_register_one_while_at_risk,
        a_report_only_policy_changes_nothing_but_is_reported,
        a_policy_on_user_risk_sees_what_this_sign_in_raised,
        groups_and_roles_of_the_user_are_seen,
        a_changed_policy_is_in_force_for_the_next_decision_of_every_node,
        changes_of_several_nodes_at_once_are_all_in_force,
        a_strength_asks_for_what_it_allows_and_is_met_by_it,
        a_policy_that_came_back_is_another_version,
    }
    security_attributes {
        attributes_are_looked_up_while_a_policy_looks_at_them,
        attributes_that_are_not_known_close,
        an_application_is_judged_by_its_own_attributes,
        attributes_in_use_are_defined_once,
    }
    security_defaults {
        security_defaults_leave_a_clean_sign_in_alone,
        security_defaults_ask_administrators_at_every_sign_in,
        security_defaults_ask_everybody_at_risk,
        security_defaults_block_other_clients,
        security_defaults_that_are_off_demand_nothing,
    }
    completing {
        a_factor_a_risk_policy_asked_for_remediates,
        a_factor_something_else_asked_for_dismisses,
        a_factor_older_than_the_detection_closes_nothing,
        a_second_completion_changes_nothing_more,
        other_open_risk_stays_open,
        a_sign_in_confirmed_as_an_attack_is_not_closed_by_the_attacker,
        a_policy_on_user_risk_is_satisfied_by_the_risk_that_was_closed,
        what_was_not_passed_is_recorded,
        an_unknown_sign_in_cannot_be_completed_or_failed,
    }
    refreshing {
        a_clean_refresh_that_is_granted_writes_nothing,
        a_session_that_is_used_again_is_recorded,
        refreshing_from_tor_raises_one_detection_for_each_address,
        a_refused_refresh_is_recorded,
        a_refused_refresh_with_known_risk_has_nothing_of_its_own_to_close,
        closed_risk_is_raised_again_by_the_next_refresh,
        a_session_is_compared_with_where_it_began_and_was_used_lately,
    }
    administrators {
        dismissing_a_user_closes_all_risk_with_one_history_item_and_audit_entry,
        a_user_who_was_never_at_risk_can_be_confirmed_compromised,
        confirming_a_user_safe_closes_all_risk,
        an_administrators_password_reset_remediates,
        a_password_changed_after_multifactor_authentication_remediates,
        confirming_a_sign_in_compromised_raises_the_aggregate_alone,
        confirming_a_sign_in_safe_or_dismissing_it_leaves_the_others,
        unknown_identifiers_change_nothing,
        an_application_that_acts_is_named_in_the_history,
        low_risk_is_closed_after_six_months_and_medium_stays,
        risk_of_several_kinds_adds_up_and_policies_see_it,
    }
    devices {
        a_proven_device_is_looked_up_anew_at_every_decision,
        a_device_of_somebody_else_says_nothing,
        a_sign_in_shows_its_device,
        guests_are_told_apart_by_their_accounts,
        insider_risk_is_what_the_attribute_says_and_unknown_without_one,
    }
    raising_later {
        a_clean_sign_in_is_raised_afterwards_and_only_once,
        what_is_raised_later_closes_with_the_rest_of_the_sign_in,
        two_who_find_the_same_at_once_raise_it_once,
        a_person_reports_only_what_is_his,
    }
    learning {
        a_clean_sign_in_teaches_and_the_next_is_compared_with_it,
        sessions_and_tokens_that_are_used_again_teach_nothing,
        what_is_blocked_waits_or_fails_teaches_nothing,
        risk_teaches_once_it_is_remediated,
        risk_that_was_only_granted_dismissed_or_closed_by_a_password_teaches_nothing,
        a_sign_in_confirmed_safe_teaches,
        confirming_a_user_safe_begins_learning_again,
        what_turns_out_not_to_be_the_user_is_forgotten,
        two_first_sign_ins_at_once_both_teach,
        of_many_sign_ins_at_once_none_fails_and_none_is_lost,
    }
    familiar {
        a_browser_is_known_from_its_second_sign_in_on,
        the_cookie_is_the_same_after_a_second_factor,
        a_session_or_token_gets_no_cookie,
    }
    population {
        until_all_histories_were_read_the_evidence_says_so,
        a_node_knows_at_once_what_it_has_learned,
        other_nodes_follow,
        a_deleted_user_is_gone_after_a_day,
    }
    windows {
        every_first_factor_is_counted_once,
        one_password_at_many_addresses_is_noticed,
        other_nodes_count_from_the_log_and_so_does_one_that_starts,
        a_node_that_starts_knows_passwords_and_names_that_do_not_exist,
        a_key_of_another_master_key_is_done_without,
        passwords_and_names_that_were_typed_are_not_kept,
    }
    behind {
        a_sign_in_before_the_spray_showed_is_raised_once,
        whoever_was_looked_at_too_early_is_looked_at_again_without_another_failure,
        one_password_at_many_addresses_raises_who_had_it,
        who_mistypes_or_is_elsewhere_is_not_raised,
        what_another_node_saw_is_raised_by_any,
        what_a_killed_node_did_not_get_to_is_raised_at_the_next_start,
    }
    noise {
        thresholds_follow_the_tenants_own_scores,
        little_history_leaves_the_configured_thresholds,
        what_is_no_honest_sign_in_does_not_count,
    }
    failures {
        a_wrong_password_is_recorded_without_risk,
    }
    replaying {
        every_decision_can_be_computed_again_from_its_evidence,
    }
    workloads {
        a_stolen_secret_is_noticed_before_the_token_is_given,
        an_unusual_request_teaches_nothing_and_a_usual_one_seldom_writes,
        the_first_role_an_application_gives_away_is_noticed_once,
        two_nodes_read_the_audit_log_and_say_everything_once,
    }
    concurrency {
        two_first_risky_sign_ins_at_once_are_both_recorded,
        two_dismissals_at_once_happen_once,
        a_dismissal_and_a_sign_in_at_once_leave_what_is_consistent,
        two_refreshes_at_once_raise_one_detection,
        many_at_once_leave_what_is_consistent,
        whatever_happens_the_rows_agree,
    }
}
