use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;
use std::time::UNIX_EPOCH;

use aws_lc_rs::digest::{SHA256, digest};
use riskgate_core::Timestamp;

/// Reads a regular file of at most `max` bytes, and when it was last changed.
pub(super) fn read_bounded(path: &Path, max: usize) -> io::Result<(Vec<u8>, Option<Timestamp>)> {
    // Looked at before it is opened: opening a named pipe would wait for its writer.
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(io::Error::other("not a regular file"));
    }
    let too_large = || io::Error::other(format!("larger than the {max} bytes that are allowed"));
    if metadata.len() > max as u64 {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    File::open(path)?.take(max as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > max {
        return Err(too_large());
    }
    let changed = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let changed = changed.and_then(|since| i64::try_from(since.as_secs()).ok()).map(Timestamp::from_seconds);
    Ok((bytes, changed))
}

/// Puts a file in place whole or not at all, and durably: written beside, flushed to disk, renamed.
pub(super) fn write_whole(directory: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let temporary = directory.join(format!("{name}.tmp"));
    let mut file = File::create(&temporary)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&temporary, directory.join(name))?;
    File::open(directory)?.sync_all()
}

/// SHA-256, hexadecimal.
pub(super) fn hex_digest(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    digest(&SHA256, bytes).as_ref().iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_replaced_whole_and_read_within_their_bound() {
        let directory = tempfile::tempdir().unwrap();
        write_whole(directory.path(), "list", b"first").unwrap();
        write_whole(directory.path(), "list", b"second").unwrap();
        let path = directory.path().join("list");
        assert_eq!(read_bounded(&path, 6).unwrap().0, b"second");
        assert!(read_bounded(&path, 5).unwrap_err().to_string().contains("larger than the 5 bytes"));
        assert!(read_bounded(directory.path(), 5).unwrap_err().to_string().contains("not a regular file"));
        assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
    }

    #[test]
    fn the_digest_is_sha_256() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hex_digest(b"abc"), expected);
    }
}
