//! The recipe for Slurm, run by a Slurm of one node.

use super::{copy, root};
use std::process::Command;

#[test]
fn an_array_of_jobs_builds_the_documents_and_a_last_one_joins_them() {
    let folder = tempfile::tempdir().unwrap();
    for part in ["templates", "input"] {
        copy(&root().join(part), &folder.path().join(part));
    }
    let mut script = Command::new("bash");
    script.arg(root().join("docs/recipes/slurm/test.sh")).arg(env!("CARGO_BIN_EXE_kaitei"));
    let output = script.arg(folder.path()).arg("2").env("LC_ALL", "C.UTF-8").output();
    let Ok(output) = output else {
        eprintln!("SKIPPED: bash: {output:?}");
        return;
    };
    let [said, trouble] = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text));
    if output.status.code() == Some(77) {
        eprintln!("{said}");
        return;
    }
    assert_eq!(output.status.code(), Some(0), "{said}{trouble}");
    assert!(said.contains(": whole, by 2 shards (0 documents brought here)"), "{said}");
}
