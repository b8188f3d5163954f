//! Detects an index on a network file system, where neither locks nor memory maps can be relied upon.

use std::path::{Path, PathBuf};

/// The kernel's names of network file systems.
const NETWORK: [&str; 14] = [
    "9p",
    "afs",
    "beegfs",
    "ceph",
    "cifs",
    "davfs",
    "glusterfs",
    "gpfs",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "smb3",
    "smbfs",
];

/// The names of network file systems that a user's program mounts.
const NETWORK_FUSE: [&str; 7] = ["ceph", "davfs", "glusterfs", "nfs", "rclone", "s3fs", "sshfs"];

/// The kind of network file system that a folder lies on. None if it lies on this machine, or if that cannot be told.
pub(crate) fn network(folder: &Path) -> Option<String> {
    let mounts = std::fs::read_to_string("/proc/self/mounts").ok()?;
    let folder = std::fs::canonicalize(folder).ok()?;
    kind_of(&folder, &mounts).filter(|kind| is_network(kind)).map(str::to_string)
}

/// The warning for a writer on such a file system.
pub(crate) fn warning(kind: &str) -> String {
    format!(
        "the index lies on a network file system ({kind}), which may not keep two machines from writing at once; \
         let only one machine write, or keep the index on a local disk"
    )
}

/// The kind of the file system mounted nearest above a folder. Of several at one place it is the last, which hides the
/// others.
fn kind_of<'m>(folder: &Path, mounts: &'m str) -> Option<&'m str> {
    let mount = |line: &'m str| {
        let mut columns = line.split(' ');
        let (at, kind) = (columns.nth(1)?, columns.next()?);
        let at = PathBuf::from(unescaped(at));
        folder.starts_with(&at).then(|| (at.components().count(), kind))
    };
    mounts.lines().filter_map(mount).max_by_key(|(depth, _)| *depth).map(|(_, kind)| kind)
}

/// White space in a path is written as the number of the character: `\040`.
fn unescaped(path: &str) -> String {
    let path = path.replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n");
    path.replace("\\134", "\\")
}

fn is_network(kind: &str) -> bool {
    match kind.strip_prefix("fuse.") {
        Some(program) => NETWORK_FUSE.contains(&program),
        None => NETWORK.contains(&kind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "/dev/sda1 / ext4 rw 0 0\nserver:/home /home nfs4 rw 0 0\n/dev/sdb1 /home/local ext4 rw 0 0\n\
                          me@far:/x /mnt/my\\040archive fuse.sshfs rw 0 0\n/dev/sdc1 /mnt/usb fuseblk rw 0 0\n\
                          /dev/sdd1 /srv ext4 rw 0 0\n//nas/srv /srv cifs rw 0 0\n";

    #[test]
    fn the_nearest_mount_decides() {
        let network = |folder: &str| kind_of(Path::new(folder), MOUNTS).filter(|kind| is_network(kind));
        assert_eq!(network("/home/anna/index"), Some("nfs4"));
        assert_eq!(network("/home/local/index"), None);
        assert_eq!(network("/mnt/my archive/index"), Some("fuse.sshfs"));
        assert_eq!(network("/mnt/usb/index"), None);
        assert_eq!(network("/srv"), Some("cifs"), "mounted over another");
        assert_eq!(network("/homes"), None);
    }
}
