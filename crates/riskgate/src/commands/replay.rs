use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use anyhow::Context;
use riskgate_core::{Clock, SystemClock};
use riskgate_replay::{Format, Judged, RecordedSignIn, Replay, read};
use serde_json::json;

use crate::cli::{Output, RecordingFormat, ReplayArgs};
use crate::commands::load_config;
use crate::print;
use crate::progress::progress;
use crate::whole_file::WholeFile;

/// Judges a recording. Nothing of it is kept, and no tenant is needed.
///
/// # Errors
/// If a file cannot be read or written, or a sign-in cannot be understood; the message names its line.
pub(crate) fn run(arguments: &ReplayArgs) -> anyhow::Result<()> {
    let config = load_config(&arguments.common)?;
    let name = arguments.file.display();
    let recording = File::open(&arguments.file).with_context(|| format!("cannot open {name}"))?;
    let bar = progress(recording.metadata().map_or(0, |metadata| metadata.len()));
    let mut scores = arguments.scores.as_deref().map(Scores::create).transpose()?;
    let mut replay = Replay::new(config.risk);
    if arguments.learn_only_clean {
        replay = replay.learning_only_clean();
    }
    let mut summary = Summary::default();
    let begun = SystemClock.now();
    for sign_in in
        read(format(arguments.format), io::BufReader::with_capacity(1 << 20, bar.wrap_read(recording)))
    {
        let sign_in = sign_in.with_context(|| name.to_string())?;
        let judged = replay.judge(&sign_in);
        if let Some(scores) = &mut scores {
            scores.write(&sign_in, &judged)?;
        }
        summary.add(&sign_in, &judged);
    }
    bar.finish_and_clear();
    if let Some(scores) = scores {
        scores.0.finish()?;
    }
    summary.print(arguments.common.output, replay.users(), SystemClock.now().since(begun))
}

fn format(format: RecordingFormat) -> Format {
    match format {
        RecordingFormat::RbaCsv => Format::RbaCsv,
        RecordingFormat::EntraJson => Format::EntraJson,
    }
}

/// `index,score,level,detections`.
struct Scores(WholeFile);

impl Scores {
    fn create(path: &Path) -> anyhow::Result<Self> {
        let mut file = WholeFile::create(path)?;
        writeln!(file, "index,score,level,detections")?;
        Ok(Self(file))
    }

    fn write(&mut self, sign_in: &RecordedSignIn, judged: &Judged) -> anyhow::Result<()> {
        let Judged { score, level, detections } = judged;
        writeln!(self.0, "{},{score},{level},{}", field(&sign_in.index), detections.join(";"))?;
        Ok(())
    }
}

/// A CSV field (RFC 4180 section 2). The recording chose the text.
fn field(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[derive(Default)]
struct Summary {
    sign_ins: u64,
    successes: u64,
    levels: BTreeMap<String, u64>,
    detections: BTreeMap<String, u64>,
}

impl Summary {
    fn add(&mut self, sign_in: &RecordedSignIn, judged: &Judged) {
        self.sign_ins += 1;
        if !sign_in.is_success {
            return;
        }
        self.successes += 1;
        *self.levels.entry(judged.level.to_string()).or_default() += 1;
        for detection in &judged.detections {
            *self.detections.entry(detection.clone()).or_default() += 1;
        }
    }

    fn print(&self, output: Output, users: usize, took: Duration) -> anyhow::Result<()> {
        let Self { sign_ins, successes, levels, detections } = self;
        if output == Output::Json {
            return print::json(&json!({
                "signIns": sign_ins, "successes": successes, "users": users, "levels": levels,
                "detections": detections, "seconds": took.as_secs_f64(),
            }));
        }
        let seconds = took.as_secs_f64();
        let a_minute = if seconds > 0.0 { *sign_ins as f64 * 60.0 / seconds } else { 0.0 };
        let share =
            |count: &u64| format!("{count} ({:.2} %)", *count as f64 * 100.0 / (*successes).max(1) as f64);
        let mut rows = vec![
            ("Sign-ins".to_owned(), format!("{sign_ins}, of which {successes} ended well")),
            ("Users".to_owned(), users.to_string()),
            ("Took".to_owned(), format!("{seconds:.1} s, {a_minute:.0} sign-ins a minute")),
        ];
        rows.extend(levels.iter().map(|(level, count)| (format!("Level {level}"), share(count))));
        rows.extend(detections.iter().map(|(name, count)| (name.clone(), share(count))));
        let rows: Vec<_> = rows.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        print::text(&print::pairs(&rows))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_recording_calls_a_sign_in_stays_one_field() {
        assert_eq!(field("7"), "7");
        assert_eq!(field("a,\"b\"\n"), "\"a,\"\"b\"\"\n\"");
    }
}
