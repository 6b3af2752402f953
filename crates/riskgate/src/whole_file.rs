//! Files that are there whole or not at all.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

/// A file that is written beside its place, for nobody else to read, and put there when it is whole: half of it would be
/// taken for all.
pub(crate) struct WholeFile {
    to: PathBuf,
    temporary: PathBuf,
    file: BufWriter<File>,
}

impl WholeFile {
    /// Begins to write it.
    ///
    /// # Errors
    /// If nothing can be written there.
    pub(crate) fn create(path: &Path) -> anyhow::Result<Self> {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".tmp");
        let temporary = path.with_file_name(name);
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&temporary).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(Self { to: path.to_owned(), temporary, file: BufWriter::with_capacity(1 << 20, file) })
    }

    /// What is not written yet is; a full disk is an error and not a short file.
    ///
    /// # Errors
    /// If that fails.
    pub(crate) fn finish(mut self) -> anyhow::Result<()> {
        self.file.flush()?;
        Ok(std::fs::rename(&self.temporary, &self.to)?)
    }
}

impl Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for WholeFile {
    fn drop(&mut self) {
        // It is in its place by now, or worth nothing.
        let _ = std::fs::remove_file(&self.temporary);
    }
}
