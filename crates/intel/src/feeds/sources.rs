use async_trait::async_trait;
use riskgate_ports::{SourceState, Sources};

use super::{Feeds, SourceStatus};

#[async_trait]
impl Sources for Feeds {
    fn sources(&self) -> Vec<SourceState> {
        self.status().into_iter().map(state).collect()
    }

    async fn refresh(&self, name: &str) -> Option<SourceState> {
        if !self.slots.iter().any(|slot| slot.name == name) {
            return None;
        }
        self.update(Some(name)).await;
        self.sources().into_iter().find(|source| source.name == name)
    }
}

fn state(status: SourceStatus) -> SourceState {
    SourceState {
        name: status.name,
        kind: status.kind.name(),
        from: status.from,
        entries: status.entries,
        bad_lines: status.bad_lines,
        as_of: status.as_of,
        age_seconds: status.age_seconds,
        is_stale: status.is_stale,
        is_expired: status.is_expired,
        licence: status.licence,
        version: status.version,
        last_attempt: status.last_attempt,
        last_error: status.last_error,
    }
}
