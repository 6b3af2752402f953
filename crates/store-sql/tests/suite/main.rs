//! The store suite: one list of cases, run on every engine.
//!
//! To add a case: write an `async fn` that takes a [`Fixture`] into one of the modules and name it in the list below.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

mod durability;
mod fixture;
mod record;
mod schema;

/// Runs every case named here on SQLite in a file, SQLite in memory and PostgreSQL.
macro_rules! suite {
    ($($module:ident { $($case:ident,)+ })+) => {
        $(mod $module;)+
        mod sqlite {
            $(mod $module { $(#[test] fn $case() { crate::fixture::on_sqlite(crate::$module::$case) })+ })+
        }
        mod memory {
            $(mod $module { $(#[test] fn $case() { crate::fixture::on_memory(crate::$module::$case) })+ })+
        }
        mod postgres {
            $(mod $module { $(#[test] fn $case() { crate::fixture::on_postgres(crate::$module::$case) })+ })+
        }
    };
}

suite! {
    changes {
        a_record_is_inserted_read_updated_and_deleted,
        documents_come_back_exactly_as_they_were_stored,
        an_update_of_an_old_version_conflicts,
        a_delete_of_an_old_version_conflicts,
        a_change_of_a_missing_record_conflicts,
        an_identifier_can_be_taken_once_per_table_and_tenant,
        a_unique_value_can_be_taken_once_whatever_its_case,
        an_update_can_run_into_a_unique_value,
        changes_of_clients_are_counted_in_their_own_commit,
        nulls_are_never_taken,
        a_batch_that_fails_anywhere_changes_nothing,
        writes_of_a_batch_see_those_before_them,
        an_empty_batch_succeeds,
        hostile_identifiers_and_documents_are_refused_or_kept,
    }
    tenants {
        tenants_never_see_each_other,
        tenants_cannot_change_each_other,
    }
    filters {
        every_comparison_treats_null_and_values_as_documented,
        numbers_compare_without_rounding,
        literals_of_another_type_are_unequal,
        text_functions_ignore_case_and_take_every_character_literally,
        text_is_ordered_by_code_point,
        collections_are_searched_by_item,
        identifiers_compare_exactly,
        nul_and_separators_in_values_do_no_harm,
        long_values_are_found_by_their_beginning,
        lists_of_thousands_of_values_work,
        what_is_not_a_column_cannot_be_queried,
        filters_are_bounded,
        filters_agree_with_the_evaluation_in_memory,
    }
    paging {
        pages_follow_each_other_in_every_order,
        pages_are_stable_while_rows_come_and_go,
        skip_counts_from_the_position,
        the_last_page_says_so,
        a_limit_of_zero_reads_nothing,
        a_position_of_another_order_is_refused,
        an_order_by_identifier_ends_there,
    }
    concurrency {
        increments_by_many_are_all_counted,
        one_of_many_inserts_wins,
        one_of_many_unique_values_wins,
        opposite_orders_do_not_deadlock,
        readers_never_see_half_a_batch,
        a_caller_who_gives_up_does_not_stop_a_commit,
    }
    expiry {
        expired_rows_of_all_tenants_go_up_to_the_limit,
        tables_without_expiry_cannot_be_purged,
    }
    lifecycle {
        the_store_answers,
        nothing_is_done_after_close,
    }
}
