use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

/// The folder with everything that is not configuration: keys, certificates, saved feeds and, unless the configuration
/// names another store, the database. Only its owner may look inside.
///
/// Several programs may use it at the same time: the database serialises their changes, the key never changes once it is
/// made, and every other file is replaced whole.
#[derive(Debug, Clone)]
pub(crate) struct DataDirectory(PathBuf);

impl DataDirectory {
    /// The folder, made if it is missing.
    ///
    /// # Errors
    /// If it cannot be made, or is something else.
    pub(crate) fn create(path: &Path) -> anyhow::Result<Self> {
        let failed = || format!("the data directory {} cannot be made", path.display());
        match make(path) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::AlreadyExists && path.is_dir() => {}
            Err(error) if error.kind() == ErrorKind::NotFound => {
                if let Some(parent) = path.parent() {
                    fs::create_dir_all(parent).with_context(failed)?;
                }
                make(path).with_context(failed)?;
            }
            Err(error) => return Err(error).with_context(failed),
        }
        // Messages and the address of the database shall not depend on where the program was started.
        Ok(Self(fs::canonicalize(path).with_context(failed)?))
    }

    /// The folder of a tenant that was made before.
    ///
    /// # Errors
    /// If there is none.
    pub(crate) fn existing(path: &Path) -> anyhow::Result<Self> {
        let shown = path.display();
        match fs::canonicalize(path).map(Self) {
            Ok(directory) if directory.master_key().exists() => Ok(directory),
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(error).with_context(|| format!("the data directory {shown} cannot be read"))
            }
            _ => bail!(
                "there is nothing in the data directory {shown} yet; run 'riskgate init --data-dir {shown}' first, or \
                 name another one with --data-dir"
            ),
        }
    }

    /// Path of the master key.
    pub(crate) fn master_key(&self) -> PathBuf {
        self.0.join("master.key")
    }

    /// Folder of the development certificate authority and the server's certificate.
    pub(crate) fn tls(&self) -> PathBuf {
        self.0.join("tls")
    }

    /// Certificate of the development authority, for clients to trust.
    pub(crate) fn authority(&self) -> PathBuf {
        self.tls().join("ca.pem")
    }

    /// Folder of the last good copies of fetched feeds.
    pub(crate) fn feeds(&self) -> PathBuf {
        self.0.join("feeds")
    }

    /// Address of the store in this folder.
    pub(crate) fn store_url(&self) -> String {
        format!("sqlite://{}", self.0.join("riskgate.db").display())
    }

    /// The folder itself.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

#[cfg(unix)]
fn make(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().mode(0o700).create(path)
}

#[cfg(not(unix))]
fn make(path: &Path) -> std::io::Result<()> {
    fs::create_dir(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_new_folder_is_for_its_owner_only_and_an_old_one_is_kept_as_it_is() {
        use std::os::unix::fs::PermissionsExt;
        let parent = tempfile::tempdir().unwrap();
        let path = parent.path().join("a/b");
        let mode = || fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        DataDirectory::create(&path).unwrap();
        assert_eq!(mode(), 0o700);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o750)).unwrap();
        DataDirectory::create(&path).unwrap();
        assert_eq!(mode(), 0o750);
    }

    #[test]
    fn a_folder_without_key_is_none_and_a_file_is_none() {
        let parent = tempfile::tempdir().unwrap();
        let error = DataDirectory::existing(parent.path()).unwrap_err().to_string();
        assert!(error.contains("riskgate init"), "{error}");
        assert!(DataDirectory::existing(&parent.path().join("missing")).is_err());
        fs::write(parent.path().join("file"), b"x").unwrap();
        assert!(DataDirectory::create(&parent.path().join("file")).is_err());
        assert!(DataDirectory::create(&parent.path().join("file/below")).is_err());
    }
}
