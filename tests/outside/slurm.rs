//! The recipe for Slurm, run by a Slurm of one node.

use super::engines::output;
use super::roll::{Checked, Missing};
use super::{copy, root};
use std::process::Command;

pub(crate) fn an_array_of_jobs_builds_the_documents_and_a_last_one_joins_them() -> Checked {
    let folder = tempfile::tempdir().unwrap();
    for part in ["templates", "input"] {
        copy(&root().join(part), &folder.path().join(part));
    }
    let mut script = Command::new("bash");
    script.arg(root().join("docs/recipes/slurm/test.sh")).arg(env!("CARGO_BIN_EXE_kaitei"));
    let ended = output(script.arg(folder.path()).arg("2").env("LC_ALL", "C.UTF-8"))?;
    let [said, trouble] = [&ended.stdout, &ended.stderr].map(|text| String::from_utf8_lossy(text));
    if ended.status.code() == Some(77) {
        return Err(Missing(said.trim_end().trim_start_matches("SKIPPED: ").to_owned()));
    }
    assert_eq!(ended.status.code(), Some(0), "{said}{trouble}");
    assert!(said.contains(": whole, by 2 shards (0 documents brought here)"), "{said}");
    Ok(())
}
