use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use riskgate_core::Timestamp;

use super::Sha1;

/// First bytes of a filter file; the last one is the version of the format.
pub(super) const MAGIC: [u8; 16] = *b"riskgate-breach1";
/// Bytes before the index: magic, number of passwords, moment described (seconds), smallest count that was taken; the
/// rest is zero.
pub(super) const HEADER: usize = 64;
/// Passwords are kept by the first 20 bits of their hash, as the published ranges are.
pub(super) const BUCKETS: usize = 1 << 20;
/// Where the hashes begin.
pub(super) const BODY: u64 = HEADER as u64 + (BUCKETS as u64 + 1) * 4;
/// Bytes kept of each hash behind those 20 bits.
pub(super) const TAIL: usize = 4;
/// Most passwords in one bucket. Of a billion there are about a thousand in each.
pub(super) const MAX_BUCKET: u32 = 1 << 16;

/// A file of breached passwords that is looked up on disk; 4 MiB of it are held in memory.
///
/// Of each SHA-1 the first 52 bits are kept: 20 by place, 32 in the file, 4 bytes a password. A password that is not in the
/// corpus is taken for breached with probability n / 2⁵²: for a billion passwords (4 GB) once in 4.5 million times. One
/// that is in the corpus is always found.
pub struct BreachedFilter {
    file: Mutex<File>,
    /// Number of passwords before each bucket, and of all.
    starts: Vec<u32>,
    as_of: Timestamp,
}

/// Why a filter file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FilterError {
    /// It cannot be read.
    #[error("the file cannot be read: {0}")]
    Io(#[from] io::Error),
    /// Another file, or another version of the format.
    #[error("not a filter of breached passwords; make one with 'riskgate feeds build-breached'")]
    OtherFile,
    /// Its parts do not fit together.
    #[error("the filter is damaged: {0}; make it again")]
    Damaged(&'static str),
}

impl BreachedFilter {
    /// Opens a file and checks what is held in memory.
    ///
    /// # Errors
    /// [`FilterError`].
    pub fn open(path: &Path) -> Result<Self, FilterError> {
        // Looked at before it is opened: opening a named pipe would wait for its writer.
        let metadata = std::fs::metadata(path)?;
        if !metadata.is_file() || metadata.len() < BODY {
            return Err(FilterError::OtherFile);
        }
        let mut file = File::open(path)?;
        let mut head = vec![0; usize::try_from(BODY).unwrap_or(usize::MAX)];
        file.read_exact(&mut head)?;
        if head[..16] != MAGIC {
            return Err(FilterError::OtherFile);
        }
        let number = |at: usize| i64::from_le_bytes(std::array::from_fn(|byte| head[at + byte]));
        let words = head[HEADER..].chunks_exact(4);
        let starts: Vec<u32> =
            words.map(|word| u32::from_le_bytes(std::array::from_fn(|byte| word[byte]))).collect();
        let is_sound = starts.first() == Some(&0)
            && starts.windows(2).all(|pair| pair[0] <= pair[1] && pair[1] - pair[0] <= MAX_BUCKET);
        let entries = u64::from(starts.last().copied().unwrap_or_default());
        if !is_sound || u64::try_from(number(16)) != Ok(entries) {
            return Err(FilterError::Damaged("its index is not in order"));
        }
        if metadata.len() != BODY + entries * TAIL as u64 {
            return Err(FilterError::Damaged("it is not as long as its index says"));
        }
        Ok(Self { file: Mutex::new(file), starts, as_of: Timestamp::from_seconds(number(24)) })
    }

    /// Number of passwords.
    pub fn len(&self) -> u64 {
        self.starts.last().copied().unwrap_or_default().into()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The moment the corpus describes.
    pub fn as_of(&self) -> Timestamp {
        self.as_of
    }

    /// Whether a hash is among them; one read of a few kilobytes.
    pub(super) fn contains(&self, hash: &Sha1) -> io::Result<bool> {
        let (bucket, tail) = split(hash);
        let (start, end) = (self.starts[bucket], self.starts[bucket + 1]);
        let mut bytes = vec![0; (end - start) as usize * TAIL];
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(BODY + u64::from(start) * TAIL as u64))?;
        file.read_exact(&mut bytes)?;
        drop(file);
        let (tails, _) = bytes.as_chunks::<TAIL>();
        Ok(tails.binary_search_by(|found| u32::from_le_bytes(*found).cmp(&tail)).is_ok())
    }
}

impl std::fmt::Debug for BreachedFilter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BreachedFilter").field("entries", &self.len()).finish_non_exhaustive()
    }
}

/// The bucket of a hash and what is kept of it there: its first 20 bits and the next 32.
pub(super) fn split(hash: &Sha1) -> (usize, u32) {
    let first = u64::from_be_bytes(std::array::from_fn(|byte| hash[byte]));
    let bucket = usize::try_from(first >> 44).unwrap_or_default();
    (bucket, u32::try_from(first >> 12 & 0xFFFF_FFFF).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_split_into_its_range_and_the_eight_characters_behind_it() {
        let mut hash = [0; 20];
        hash[..8].copy_from_slice(&[0x5B, 0xAA, 0x61, 0xE4, 0xC9, 0xB9, 0x3F, 0x3F]);
        assert_eq!(split(&hash), (0x5BAA6, 0x1E4C_9B93));
        assert_eq!(split(&[0xFF; 20]), (BUCKETS - 1, u32::MAX));
    }
}
