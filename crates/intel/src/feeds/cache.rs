use std::fs;
use std::io;
use std::path::Path;

use riskgate_core::Timestamp;
use serde::{Deserialize, Serialize};

use super::file::{hex_digest, read_bounded, write_whole};
use super::{FeedConfig, FeedFormat, FeedSource};

/// What the server said to tell versions apart (RFC 9110 §8.8).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Validators {
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
}

/// The last good copy of a fetched feed.
pub(super) struct Cached {
    pub(super) bytes: Vec<u8>,
    pub(super) note: Note,
}

/// What is kept beside a copy, in `<name>.json`. It names the file of the copy, so that replacing the note replaces both.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Note {
    /// SHA-256 of the copy, hexadecimal.
    pub(super) digest: String,
    /// SHA-256 of the feed's whole URL: another URL makes the copy worthless, and the URL itself may hold a key.
    pub(super) address_digest: String,
    pub(super) format: FeedFormat,
    pub(super) from: String,
    pub(super) licence: String,
    pub(super) fetched_at: Timestamp,
    pub(super) as_of: Timestamp,
    pub(super) validators: Validators,
}

/// Digest of the URL a feed is fetched from; nothing for others.
pub(super) fn address_digest(config: &FeedConfig) -> Option<String> {
    match &config.source {
        FeedSource::Url(url) => Some(hex_digest(url.as_str().as_bytes())),
        FeedSource::File(_) | FeedSource::Entries(_) => None,
    }
}

/// Saves a copy; afterwards the directory holds either the old copy with its note or the new one with its own.
pub(super) fn save(directory: &Path, name: &str, bytes: &[u8], note: &Note) -> io::Result<()> {
    fs::create_dir_all(directory)?;
    let earlier = read_note(directory, name).ok().flatten();
    write_whole(directory, &data_name(name, &note.digest), bytes)?;
    save_note(directory, name, note)?;
    match earlier {
        Some(earlier) if earlier.digest != note.digest => {
            // Left behind it only takes room.
            let _ = fs::remove_file(directory.join(data_name(name, &earlier.digest)));
        }
        _ => {}
    }
    Ok(())
}

/// Replaces the note alone: the copy is still current.
pub(super) fn save_note(directory: &Path, name: &str, note: &Note) -> io::Result<()> {
    write_whole(directory, &format!("{name}.json"), &serde_json::to_vec_pretty(note)?)
}

/// The last good copy; `None` if there is none for this URL and format.
///
/// # Errors
/// What is wrong with the copy that is there.
pub(super) fn load(directory: &Path, config: &FeedConfig, max: usize) -> Result<Option<Cached>, String> {
    let note = match read_note(directory, &config.name) {
        Ok(Some(note)) => note,
        Ok(None) => return Ok(None),
        Err(error) => return Err(format!("the note of the saved copy cannot be read: {error}")),
    };
    if Some(&note.address_digest) != address_digest(config).as_ref() || note.format != config.format {
        return Ok(None);
    }
    let path = directory.join(data_name(&config.name, &note.digest));
    let (bytes, _) =
        read_bounded(&path, max).map_err(|error| format!("the saved copy cannot be read: {error}"))?;
    if hex_digest(&bytes) != note.digest {
        return Err(
            "the saved copy does not have the digest in its note; it was changed or damaged".to_owned()
        );
    }
    Ok(Some(Cached { bytes, note }))
}

/// Reads the note of a copy, if there is one.
pub(super) fn read_note(directory: &Path, name: &str) -> io::Result<Option<Note>> {
    let path = directory.join(format!("{name}.json"));
    if !path.try_exists()? {
        return Ok(None);
    }
    let note: Note = serde_json::from_slice(&read_bounded(&path, 64 << 10)?.0)?;
    // The digest becomes part of a file name.
    if note.digest.len() == 64 && note.digest.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        Ok(Some(note))
    } else {
        Err(io::Error::other("its digest is not SHA-256"))
    }
}

/// Name of the file with the earlier exits of a Tor feed.
pub(super) fn history_name(name: &str) -> String {
    format!("{name}.earlier")
}

fn data_name(name: &str, digest: &str) -> String {
    format!("{name}.{}.data", digest.get(..16).unwrap_or(digest))
}
