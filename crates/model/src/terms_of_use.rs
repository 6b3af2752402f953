//! Terms of use people accept at sign-in: agreements, their files, and who accepted them.

use std::time::Duration;

use riskgate_core::Timestamp;

use crate::declare::{graph_enum, graph_type};
use crate::entity::Entity;

graph_type! {
    /// `microsoft.graph.agreement`: terms of use. The display name is for administrators; people see that of the file.
    #[derive(Default)]
    entity Agreement = "agreement" : Entity {
        inherit {
            id: String = "id",
        }
        own {
            display_name: Option<String> = "displayName" [nullable filter order],
            is_per_device_acceptance_required: Option<bool> = "isPerDeviceAcceptanceRequired" [nullable filter],
            is_viewing_before_acceptance_required: Option<bool> = "isViewingBeforeAcceptanceRequired" [nullable filter],
            #[serde(default)] terms_expiration: Option<TermsExpiration> = "termsExpiration" [nullable],
            #[serde(default)] user_reaccept_required_frequency: Option<String> = "userReacceptRequiredFrequency" [duration nullable],
        }
        navigation {
            "acceptances" => AgreementAcceptance [many contained],
            "file" => AgreementFile [contained],
            "files" => AgreementFileLocalization [many contained],
        }
    }
}

graph_type! {
    /// `microsoft.graph.termsExpiration`: a day on which all acceptances end, and how often that happens again.
    #[derive(Default)]
    complex TermsExpiration = "termsExpiration" {
        own {
            #[serde(default)] frequency: Option<String> = "frequency" [duration nullable],
            #[serde(default)] start_date_time: Option<Timestamp> = "startDateTime" [nullable],
        }
    }
}

graph_type! {
    /// `microsoft.graph.agreementFileProperties`: what files of an agreement have.
    #[derive(Default)]
    abstract_entity AgreementFileProperties = "agreementFileProperties" : Entity {
        inherit {
            id: String = "id",
        }
        own {
            created_date_time: Option<Timestamp> = "createdDateTime" [nullable],
            display_name: Option<String> = "displayName" [nullable],
            file_data: Option<AgreementFileData> = "fileData" [nullable],
            file_name: Option<String> = "fileName" [nullable],
            is_default: Option<bool> = "isDefault" [nullable],
            is_major_version: Option<bool> = "isMajorVersion" [nullable],
            language: Option<String> = "language" [nullable],
        }
    }
}

graph_type! {
    /// `microsoft.graph.agreementFile`: the file people read.
    #[derive(Default)]
    entity AgreementFile = "agreementFile" : AgreementFileProperties {
        inherit {
            id: String = "id",
            created_date_time: Option<Timestamp> = "createdDateTime",
            display_name: Option<String> = "displayName",
            file_data: Option<AgreementFileData> = "fileData",
            file_name: Option<String> = "fileName",
            is_default: Option<bool> = "isDefault",
            is_major_version: Option<bool> = "isMajorVersion",
            language: Option<String> = "language",
        }
        own {
        }
        navigation {
            "localizations" => AgreementFileLocalization [many contained],
        }
    }
}

graph_type! {
    /// `microsoft.graph.agreementFileLocalization`: the file in one language.
    #[derive(Default)]
    entity AgreementFileLocalization = "agreementFileLocalization" : AgreementFileProperties {
        inherit {
            id: String = "id",
            #[serde(default)] created_date_time: Option<Timestamp> = "createdDateTime",
            #[serde(default)] display_name: Option<String> = "displayName",
            #[serde(default)] file_data: Option<AgreementFileData> = "fileData",
            #[serde(default)] file_name: Option<String> = "fileName",
            #[serde(default)] is_default: Option<bool> = "isDefault",
            #[serde(default)] is_major_version: Option<bool> = "isMajorVersion",
            #[serde(default)] language: Option<String> = "language",
        }
        own {
        }
    }
}

graph_type! {
    /// `microsoft.graph.agreementFileData`: the bytes of a PDF.
    #[derive(Default)]
    complex AgreementFileData = "agreementFileData" {
        own {
            #[serde(default)] data: Option<String> = "data" [binary nullable],
        }
    }
}

graph_enum! {
    /// `microsoft.graph.agreementAcceptanceState`.
    AgreementAcceptanceState = "agreementAcceptanceState" {
        Accepted = "accepted" 1,
        Declined = "declined" 2,
        UnknownFutureValue = "unknownFutureValue" 3,
    }
}

graph_type! {
    /// `microsoft.graph.agreementAcceptance`: what somebody answered last.
    entity AgreementAcceptance = "agreementAcceptance" : Entity {
        inherit {
            id: String = "id",
        }
        own {
            agreement_file_id: Option<String> = "agreementFileId" [nullable],
            agreement_id: Option<String> = "agreementId" [nullable filter],
            device_display_name: Option<String> = "deviceDisplayName" [nullable],
            device_id: Option<String> = "deviceId" [nullable filter],
            device_os_type: Option<String> = "deviceOSType" [nullable],
            device_os_version: Option<String> = "deviceOSVersion" [nullable],
            expiration_date_time: Option<Timestamp> = "expirationDateTime" [nullable filter order],
            recorded_date_time: Option<Timestamp> = "recordedDateTime" [nullable filter order],
            state: Option<AgreementAcceptanceState> = "state" [nullable filter],
            user_display_name: Option<String> = "userDisplayName" [nullable],
            user_email: Option<String> = "userEmail" [nullable],
            user_id: Option<String> = "userId" [nullable filter],
            user_principal_name: Option<String> = "userPrincipalName" [nullable],
        }
    }
}

/// Longest duration this server accepts: ten years.
const MAX_DAYS: u64 = 3_650;
const DAY: u64 = 24 * 60 * 60;

/// An `Edm.Duration` of whole days, `P1D` to `P3650D`; `None` for anything else.
pub fn whole_days(text: &str) -> Option<Duration> {
    let digits = text.strip_prefix('P')?.strip_suffix('D')?;
    if digits.is_empty() || digits.len() > 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let days: u64 = digits.parse().ok()?;
    (1..=MAX_DAYS).contains(&days).then(|| Duration::from_secs(days * DAY))
}

impl Agreement {
    /// When an acceptance of this moment ends: on the next day all of them end, or when its own time is over, whichever
    /// comes first; `None` if it never does.
    pub fn expiration(&self, accepted: Timestamp) -> Option<Timestamp> {
        let own = self.user_reaccept_required_frequency.as_deref().and_then(whole_days);
        let common = self.terms_expiration.as_ref().and_then(|terms| terms.next(accepted));
        [own.map(|after| accepted + after), common].into_iter().flatten().min()
    }
}

impl TermsExpiration {
    /// The first day of the schedule after a moment.
    fn next(&self, after: Timestamp) -> Option<Timestamp> {
        let start = self.start_date_time?;
        if after < start {
            return Some(start);
        }
        let step = self.frequency.as_deref().and_then(whole_days)?;
        let periods = after.since(start).as_secs() / step.as_secs() + 1;
        Some(start + Duration::from_secs(step.as_secs().saturating_mul(periods)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn durations_are_whole_days_and_bounded() {
        assert_eq!(whole_days("P90D"), Some(Duration::from_secs(90 * DAY)));
        assert_eq!(whole_days("P3650D"), Some(Duration::from_secs(3_650 * DAY)));
        for wrong in
            ["", "P", "PD", "P0D", "P3651D", "P99999D", "-P1D", "P1.5D", "P1M", "PT24H", "P+1D", "p1d"]
        {
            assert_eq!(whole_days(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_acceptance_ends_on_the_next_day_of_the_schedule_or_when_its_own_time_is_over() {
        let accepted = at("2026-11-25T10:00:00Z");
        let with = |start: Option<&str>, frequency: Option<&str>, own: Option<&str>| {
            let terms = start.map(|start| TermsExpiration {
                frequency: frequency.map(str::to_owned),
                start_date_time: Some(at(start)),
            });
            let agreement = Agreement {
                terms_expiration: terms,
                user_reaccept_required_frequency: own.map(str::to_owned),
                ..Agreement::default()
            };
            agreement.expiration(accepted)
        };
        assert_eq!(with(None, None, None), None);
        assert_eq!(with(Some("2026-12-01T00:00:00Z"), None, None), Some(at("2026-12-01T00:00:00Z")));
        assert_eq!(with(Some("2026-11-25T10:00:00Z"), None, None), None, "it has happened, once and for all");
        let monthly = with(Some("2026-11-25T10:00:00Z"), Some("P30D"), None);
        assert_eq!(monthly, Some(at("2026-12-25T10:00:00Z")), "the moment itself belongs to the next period");
        let yearly = with(Some("2020-01-01T00:00:00Z"), Some("P365D"), None);
        assert_eq!(yearly, Some(at("2026-12-30T00:00:00Z")));
        assert_eq!(with(None, None, Some("P10D")), Some(at("2026-12-05T10:00:00Z")));
        let both = with(Some("2026-12-01T00:00:00Z"), Some("P30D"), Some("P10D"));
        assert_eq!(both, Some(at("2026-12-01T00:00:00Z")));
    }
}
