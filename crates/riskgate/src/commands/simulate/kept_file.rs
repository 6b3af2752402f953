//! A file that keeps what a simulated person would have at hand the next time: a cookie, a secret.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::{Context, bail};

/// What a file keeps; `None` if there is no file yet.
///
/// # Errors
/// If the file cannot be read, or holds something else.
pub(super) fn read(path: &Path) -> anyhow::Result<Option<String>> {
    let text = match fs::read_to_string(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        text => text.with_context(|| format!("{} cannot be read", path.display()))?,
    };
    let kept = text.trim();
    let is_kept = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    if kept.is_empty() || !kept.bytes().all(is_kept) {
        bail!("{} holds neither a cookie nor a secret", path.display());
    }
    Ok(Some(kept.to_owned()))
}

/// Makes the file, which only its owner can read. One that is there already stays as it is.
///
/// # Errors
/// If it cannot be made.
pub(super) fn write(path: &Path, kept: &str) -> anyhow::Result<()> {
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    let written = file.and_then(|mut file| writeln!(file, "{kept}"));
    written.with_context(|| format!("{} cannot be written", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_holds_one_word_or_is_not_there_yet() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("device");
        assert_eq!(read(&path).unwrap(), None);
        write(&path, "abc-_9").unwrap();
        assert_eq!(read(&path).unwrap().as_deref(), Some("abc-_9"));
        assert!(write(&path, "other").is_err(), "nothing is written over");
        for wrong in ["", "two words", "a;b", "a\nb"] {
            fs::write(&path, wrong).unwrap();
            assert!(read(&path).is_err(), "{wrong:?}");
        }
    }
}
