use std::fs::{self, File};
use std::io::{self, BufRead, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use riskgate_core::Timestamp;

use super::Sha1;
use super::filter::{BODY, BUCKETS, HEADER, MAGIC, MAX_BUCKET, split};

/// Longest line that is read: 40 characters of hash, a colon, a count, the end of the line.
const MAX_LINE: u64 = 80;

/// What was built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuiltFilter {
    /// Lines that were read.
    pub lines: u64,
    /// Passwords in the filter.
    pub entries: u64,
    /// Bytes of the filter.
    pub bytes: u64,
}

/// Why no filter was built; nothing was changed then.
#[derive(Debug, thiserror::Error)]
pub enum BuildBreachedError {
    /// A file cannot be read or written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A line that is none of the corpus.
    #[error("line {line} ('{text}'): {reason}")]
    Line {
        /// Counted from 1.
        line: u64,
        /// Its beginning, control characters escaped.
        text: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// More than the format holds, or hashes that are no hashes.
    #[error(
        "line {0}: more hashes begin with the same five characters than hashes do; this is no list of SHA-1"
    )]
    TooMany(u64),
    /// Not one password.
    #[error("there is no password in the file{0}")]
    Empty(&'static str),
}

/// Builds a filter from the published corpus (`Pwned Passwords`, downloaded as one file): lines `SHA1:count`, sorted. It
/// reads the file once, holds 4 MiB in memory however long it is, and puts the filter in place whole or not at all.
/// Passwords seen fewer than `min_count` times are left out; `as_of` is when the corpus was downloaded.
///
/// # Errors
/// [`BuildBreachedError`] with the first line that is wrong.
pub fn build_breached_filter(
    corpus: impl BufRead,
    to: &Path,
    min_count: u64,
    as_of: Timestamp,
) -> Result<BuiltFilter, BuildBreachedError> {
    let temporary = beside(to);
    let built = File::create(&temporary).map_err(BuildBreachedError::from).and_then(|file| {
        let mut building = Building::new(file, min_count)?;
        building.read(corpus)?;
        building.finish(as_of)
    });
    let placed = built.and_then(|built| {
        fs::rename(&temporary, to)?;
        Ok(built)
    });
    if placed.is_err() {
        // Left behind it only takes room.
        let _ = fs::remove_file(&temporary);
    }
    placed
}

fn beside(to: &Path) -> PathBuf {
    let mut name = to.file_name().unwrap_or_default().to_owned();
    name.push(".tmp");
    to.with_file_name(name)
}

struct Building {
    file: BufWriter<File>,
    min_count: u64,
    /// Passwords in each bucket.
    counts: Vec<u32>,
    last: Option<Sha1>,
    /// The last one that was kept: two hashes may begin alike.
    last_kept: Option<(usize, u32)>,
    lines: u64,
    entries: u64,
}

impl Building {
    fn new(file: File, min_count: u64) -> io::Result<Self> {
        let mut file = BufWriter::with_capacity(1 << 20, file);
        file.seek(SeekFrom::Start(BODY))?;
        let counts = vec![0; BUCKETS];
        Ok(Self { file, min_count, counts, last: None, last_kept: None, lines: 0, entries: 0 })
    }

    fn read(&mut self, mut corpus: impl BufRead) -> Result<(), BuildBreachedError> {
        let mut line = Vec::new();
        loop {
            line.clear();
            if corpus.by_ref().take(MAX_LINE).read_until(b'\n', &mut line)? == 0 {
                return Ok(());
            }
            self.lines += 1;
            self.take(line.trim_ascii_end())?;
        }
    }

    fn take(&mut self, line: &[u8]) -> Result<(), BuildBreachedError> {
        let number = self.lines;
        let wrong = |reason| BuildBreachedError::Line { line: number, text: excerpt(line), reason };
        let (hash, count) = read_line(line).map_err(wrong)?;
        if self.last.is_some_and(|last| hash < last) {
            return Err(wrong("it is less than the line before; sort the file by hash"));
        }
        self.last = Some(hash);
        let kept = split(&hash);
        if count < self.min_count || self.last_kept == Some(kept) {
            return Ok(());
        }
        self.last_kept = Some(kept);
        let (bucket, tail) = kept;
        if self.counts[bucket] == MAX_BUCKET || self.entries == u64::from(u32::MAX) {
            return Err(BuildBreachedError::TooMany(number));
        }
        self.counts[bucket] += 1;
        self.entries += 1;
        Ok(self.file.write_all(&tail.to_le_bytes())?)
    }

    fn finish(mut self, as_of: Timestamp) -> Result<BuiltFilter, BuildBreachedError> {
        if self.entries == 0 {
            let why = if self.lines == 0 { "" } else { " that was seen so often" };
            return Err(BuildBreachedError::Empty(why));
        }
        let mut head = Vec::with_capacity(HEADER);
        head.extend(MAGIC);
        head.extend(self.entries.to_le_bytes());
        head.extend(as_of.as_seconds().to_le_bytes());
        head.extend(self.min_count.to_le_bytes());
        head.resize(HEADER, 0);
        self.file.seek(SeekFrom::Start(0))?;
        self.file.write_all(&head)?;
        let mut start = 0_u32;
        for count in [0].iter().chain(&self.counts) {
            start += count;
            self.file.write_all(&start.to_le_bytes())?;
        }
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        Ok(BuiltFilter { lines: self.lines, entries: self.entries, bytes: file.metadata()?.len() })
    }
}

/// `SHA1:count`; upper or lower case.
fn read_line(line: &[u8]) -> Result<(Sha1, u64), &'static str> {
    let Some((hex, rest)) = line.split_at_checked(40) else { return Err("shorter than a SHA-1") };
    let mut hash = [0; 20];
    let (pairs, _) = hex.as_chunks::<2>();
    for (byte, [high, low]) in hash.iter_mut().zip(pairs) {
        *byte = digit(*high)? << 4 | digit(*low)?;
    }
    let count = rest.strip_prefix(b":").ok_or("there is no ':' behind 40 characters of hash")?;
    let count = std::str::from_utf8(count).ok().and_then(|count| count.parse().ok());
    Ok((hash, count.ok_or("there is no number behind the ':'")?))
}

fn digit(character: u8) -> Result<u8, &'static str> {
    let digit = char::from(character).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    digit.ok_or("not 40 hexadecimal characters")
}

fn excerpt(line: &[u8]) -> String {
    String::from_utf8_lossy(line).chars().take(48).flat_map(char::escape_debug).collect()
}
