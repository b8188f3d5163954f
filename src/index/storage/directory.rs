//! The folder of an index as the engine sees it.
//!
//! Everything the engine writes is sealed, and everything it reads is checked: see `checksum`.
//!
//! The engine takes a lock file even to read. Where the folder cannot be written, nobody can change the index either.
//! So the lock is not needed there, and an index on a read-only disk can be searched.

use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

use super::checksum::{SealedFile, SealingWriter, seal, unseal};
use super::windowed::WindowedFile;

/// The engine's list of the files it made. It serves for cleaning up, which our writers do without it.
const MANAGED: &str = ".managed.json";

/// A folder of files that can be read even where it cannot be written.
#[derive(Clone, Debug)]
pub(crate) struct Folder {
    files: MmapDirectory,
    /// The folder, if its files are to be read in windows. None if they are mapped into memory.
    passing: Option<PathBuf>,
}

impl Folder {
    /// A folder whose files are mapped into memory, for searching.
    pub(crate) fn mapped(folder: &Path) -> Result<Folder, OpenDirectoryError> {
        Ok(Folder { files: MmapDirectory::open(folder)?, passing: None })
    }

    /// A folder whose files are read in windows, for writing.
    pub(crate) fn passing(folder: &Path) -> Result<Folder, OpenDirectoryError> {
        Ok(Folder { files: MmapDirectory::open(folder)?, passing: Some(folder.to_path_buf()) })
    }

    fn open(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let Some(folder) = &self.passing else { return self.files.get_file_handle(path) };
        match WindowedFile::open(folder, &self.files, path) {
            Ok(file) => Ok(Arc::new(file)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(OpenReadError::FileDoesNotExist(path.to_path_buf()))
            }
            Err(error) => Err(OpenReadError::wrap_io_error(error, path.to_path_buf())),
        }
    }
}

impl Directory for Folder {
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.files.acquire_lock(lock) {
            Err(LockError::IoError(error)) if lock.filepath == META_LOCK.filepath && is_read_only(&error) => {
                Ok(DirectoryLock::from(Box::new(())))
            }
            taken => taken,
        }
    }

    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let file = SealedFile::open(self.open(path)?, path);
        Ok(Arc::new(file.map_err(|error| OpenReadError::wrap_io_error(error, path.to_path_buf()))?))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let inner = self.files.open_write(path)?.into_inner();
        let inner = inner.map_err(|error| OpenWriteError::wrap_io_error(error.into_error(), path.to_path_buf()))?;
        Ok(BufWriter::new(Box::new(SealingWriter::new(inner))))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        match unseal(self.files.atomic_read(path)?, path) {
            Ok(content) => Ok(content),
            Err(_) if path == Path::new(MANAGED) => Err(OpenReadError::FileDoesNotExist(path.to_path_buf())),
            Err(error) => Err(OpenReadError::wrap_io_error(error, path.to_path_buf())),
        }
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.files.atomic_write(path, &seal(data))
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.files.sync_directory()
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(callback)
    }
}

fn is_read_only(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied)
}
