use riskgate_core::Timestamp;
use riskgate_model::RiskLevel;

use super::{Administration, DirectoryReads, Reading, UserActivityHistory};
use crate::UserActivityConfig;

/// A detection about what people do besides signing in, for the documentation.
pub struct ActivityDetection {
    /// `riskEventType`, Graph's own name.
    pub risk_event_type: &'static str,
    /// What it is called for people.
    pub title: &'static str,
    /// What it finds, why that is a risk, and what an administrator can do; Markdown.
    pub explanation: &'static str,
    /// Its settings: key, default, meaning.
    pub settings: &'static [(&'static str, &'static str, &'static str)],
    /// Cases with what is found.
    pub samples: &'static [ActivitySample],
}

/// A case of an [`ActivityDetection`].
pub struct ActivitySample {
    /// In words.
    pub case: &'static str,
    /// Runs the detection on it.
    pub find: fn() -> Option<RiskLevel>,
    /// What is found; `None` is nothing.
    pub expected: Option<RiskLevel>,
}

/// Every detection about what people do besides signing in.
pub static ACTIVITIES: &[&ActivityDetection] = &[&ANOMALOUS_USER_ACTIVITY, &SUSPICIOUS_API_TRAFFIC];

static ANOMALOUS_USER_ACTIVITY: ActivityDetection = ActivityDetection {
    risk_event_type: "anomalousUserActivity",
    title: "Anomalous user activity",
    explanation: "Somebody does something to others in the directory that he does not usually do. The audit log is read every 15 seconds (`nearRealtime`; what was written while no node ran, up to a day, is `offline`). Two things are found, both medium, and both raise the level of the user, not of a sign-in:\n\n* the first time he gives power or takes protection away (roles, credentials, consent, policies, passwords, owners), from a network where he was not known a day before. An administrator's first such act in the office is nothing; a stolen account that begins with it elsewhere is found. It takes sign-ins of `learningDays` to know where somebody usually is;\n* more activities of one kind within an hour than chance explains: the busiest hour before, half of which is forgotten in 60 days, is taken as what is usual (of a Poisson distribution), and the count must be less probable than `probability`. With nothing usual that is 13 acts of power or 29 others, with 100 usual it is 152.\n\nWhat people do to their own account (a new password, a new method) is not looked at: sign-in detections and notices are there for that.",
    settings: &[
        (
            "userActivity.learningDays",
            "14",
            "days in which somebody's activities, reading and networks are learned",
        ),
        ("userActivity.forgetAfterDays", "90", "days after which an activity that was not done is new again"),
        (
            "userActivity.probability",
            "0.000001",
            "how unlikely so many activities of a kind within an hour must be",
        ),
        (
            "userActivity.privilegedPerHour",
            "2",
            "what counts as usual at least, of an activity that gives power",
        ),
        ("userActivity.othersPerHour", "10", "the same of any other"),
    ],
    samples: &[
        ActivitySample {
            case: "an administrator gives a role away for the first time, in the office",
            find: || first_role(true),
            expected: None,
        },
        ActivitySample {
            case: "the same from a network where he was never before",
            find: || first_role(false),
            expected: Some(RiskLevel::Medium),
        },
        ActivitySample {
            case: "ten passwords reset within an hour, as every week",
            find: || resets(10),
            expected: None,
        },
        ActivitySample {
            case: "three hundred passwords reset within an hour",
            find: || resets(300),
            expected: Some(RiskLevel::Medium),
        },
    ],
};

static SUSPICIOUS_API_TRAFFIC: ActivityDetection = ActivityDetection {
    risk_event_type: "suspiciousAPITraffic",
    title: "Suspicious API traffic",
    explanation: "Somebody reads the directory through Microsoft Graph as one does who looks for what there is to steal: within ten minutes more different users, groups, applications, service principals and devices than ten times what he ever read in ten minutes, and at least 200. Who is still learned (the first `learningDays` of his reading) is found from 2,000 objects on. It is medium, raises the level of the user, and is said once a day (`nearRealtime`, within 15 seconds). Reading the same objects again does not count, nor do logs and risk.\n\nHalf of what was the busiest is forgotten in 60 days. What was found is not learned before the user's risk is closed; then it counts as usual, so that whoever exports the directory each month is asked about once. Each node counts what it answers itself, of up to 2,000 people at once and 20,000 objects each, in memory.",
    settings: &[
        ("userActivity.reads", "200", "objects of the directory read within ten minutes, at least"),
        ("userActivity.timesBusiestReads", "10", "times the busiest ten minutes before"),
        (
            "userActivity.readsOfStrangers",
            "2000",
            "objects within ten minutes of somebody who is still learned",
        ),
    ],
    samples: &[
        ActivitySample {
            case: "199 users, of somebody who reads 5",
            find: || read(199, Some(5.0)),
            expected: None,
        },
        ActivitySample {
            case: "200 users, of somebody who reads 5",
            find: || read(200, Some(5.0)),
            expected: Some(RiskLevel::Medium),
        },
        ActivitySample {
            case: "900 users, of somebody who reads 100",
            find: || read(900, Some(100.0)),
            expected: None,
        },
        ActivitySample { case: "900 users, of somebody new", find: || read(900, None), expected: None },
        ActivitySample {
            case: "the whole directory, by somebody new",
            find: || read(10_000, None),
            expected: Some(RiskLevel::Medium),
        },
    ],
};

fn done(name: &str, hours: i64, is_usual_network: bool) -> Administration<'_> {
    let at = Timestamp::from_seconds(hours.saturating_mul(3_600));
    Administration { name, at, address: Some("203.0.113.9"), is_known: true, is_usual_network }
}

fn first_role(is_usual_network: bool) -> Option<RiskLevel> {
    let activity = done("Add member to role", 1_000, is_usual_network);
    UserActivityHistory::default()
        .take(&activity, &UserActivityConfig::default())
        .map(|found| found.risk_level)
}

/// So many in an hour of somebody who does ten a week.
fn resets(count: u32) -> Option<RiskLevel> {
    let (mut history, config) = (UserActivityHistory::default(), UserActivityConfig::default());
    let mut in_hour = |count: u32, hours| {
        let found =
            (0..count).filter_map(|_| history.take(&done("Reset user password", hours, true), &config));
        found.map(|found| found.risk_level).max_by_key(|level| *level == RiskLevel::Medium)
    };
    for week in 0_i64..10 {
        in_hour(10, week.saturating_mul(168));
    }
    in_hour(count, 1_680)
}

fn read(objects: u64, busiest: Option<f64>) -> Option<RiskLevel> {
    let mut reads = DirectoryReads::new(1);
    reads.count("ada", 0..objects, Timestamp::from_seconds(0));
    let found = reads.find("ada", Reading { busiest }, &UserActivityConfig::default());
    found.map(|found| found.risk_level)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_is_found_as_it_says() {
        for detection in ACTIVITIES {
            for sample in detection.samples {
                assert_eq!((sample.find)(), sample.expected, "{}", sample.case);
            }
        }
    }
}
