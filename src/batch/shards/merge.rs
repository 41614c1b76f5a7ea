//! Joining what shards have built: the proof that together they are one whole build, and then the documents of other
//! machines in their places.

use super::record::{Entry, RecordedOutcome, ShardRecord};
use crate::batch::lock::Lock;
use crate::batch::manifest::{self, Manifest};
use crate::batch::regular;
use crate::batch::report::{EditedSet, Report};
use crate::batch::shard::Shard;
use crate::batch::state::{self, Files};
use crate::batch::swap::{self, Staged};
use crate::batch::verify::{Difference, changed};
use crate::batch::work_plan::{Sources, WorkItem, WorkPlan, plan};
use crate::batch::{Options, Project};
use crate::error::{Error, ErrorKind};
use crate::finding::{Message, message};
use crate::model::Fingerprint;
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// As many documents are brought to the disk at once.
const AT_ONCE: usize = 32;

/// What shards have built together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The hash of the plan.
    pub plan: String,
    /// The shards, in their order.
    pub shards: Vec<Shard>,
    /// What became of each document, as a build of them all would have reported it; none if there are flaws.
    pub reports: Vec<Report>,
    /// Number of documents whose files were brought here.
    pub brought: usize,
    /// Why the shards are not one whole build. Nothing was brought here then.
    pub flaws: Vec<Flaw>,
}

/// Why shards are not one whole build.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flaw {
    /// A record that cannot be understood.
    RecordUnreadable(PathBuf),
    /// A shard that another kaitei built than the one that merges.
    OtherProgram(Shard),
    /// A shard whose input, templates, fonts, documents or options are not those of this project as it is now.
    OtherPlan(Shard),
    /// A shard of another number of shards.
    OtherCount(Shard),
    /// A shard without a record.
    ShardMissing(Shard),
    /// A document that no shard has built.
    NotBuilt(String),
    /// A document that a shard has built and the plan does not have.
    NotPlanned(String),
    /// A document that shards have built with different results.
    BuiltDifferently(String, Vec<Shard>),
    /// A document at which a shard was ended before its turn.
    NotReached(String, Shard),
    /// A document whose manifest is not the one that the shard recorded, or not of this plan.
    OtherManifest(String),
    /// A file that is not as its document's manifest promises.
    File(String, Difference),
}

/// A document as a shard has built it, and where.
struct Found<'a> {
    shard: Shard,
    output: &'a Path,
    entry: Entry,
}

/// A record, and the output folder that holds it.
type Source<'a> = (&'a Path, ShardRecord);

/// Proves that shards have built the documents ([`Project::choose`]) of one plan, each once, and brings those from
/// other folders to their places in the project. The folders are output folders of other machines; if none are given,
/// it is the project's own.
pub fn merge(project: &Project, documents: &[String], folders: &[PathBuf]) -> Result<Merged, Error> {
    let output = project.outputs();
    let _lock = Lock::exclusive(&output)?;
    let folders = if folders.is_empty() { std::slice::from_ref(&output) } else { folders };
    let mut flaws = Vec::new();
    let mut sources: Vec<Source<'_>> = Vec::new();
    for folder in folders {
        for record in ShardRecord::read_all(&folder.join(super::FOLDER))? {
            match record {
                Ok(record) => sources.push((folder, record)),
                Err(path) => flaws.push(Flaw::RecordUnreadable(path)),
            }
        }
    }
    let Some((_, first)) = sources.first() else { return Err(no_records(folders)) };
    let (strict, source_date_epoch) = (first.strict, first.source_date_epoch);
    let plan = plan(project, documents, &Options { strict, source_date_epoch, ..Options::default() })?;
    flaws.extend(of_shards(&sources, &plan));
    let mut shards: Vec<Shard> = sources.iter().map(|(_, record)| record.shard()).collect();
    shards.sort();
    shards.dedup();
    let mut merged = Merged { plan: plan.sha256(), shards, reports: Vec::new(), brought: 0, flaws };
    let found = gather(sources, &plan, &mut merged.flaws);
    let judged: Vec<_> =
        found.par_iter().map(|(unit, found)| judge(unit, found)).collect::<Result<_, _>>()?;
    let manifests: Vec<Option<Manifest>> = judged
        .into_iter()
        .map(|judged| judged.map_err(|flaws| merged.flaws.extend(flaws)).ok().flatten())
        .collect();
    merged.flaws.sort();
    if merged.flaws.is_empty() {
        let mut kept = bring(project, &found, &manifests, &mut merged.brought)?;
        let reports = found.into_iter().zip(manifests).map(|((_, found), manifest)| {
            let report = found.entry.report(manifest, strict);
            let mut report = report.expect("records and manifests of this very program");
            report.kept.extend(kept.remove(&report.document).unwrap_or_default());
            report
        });
        merged.reports = reports.collect();
    }
    Ok(merged)
}

/// Whether all shards are there, of the same plan and by the same program.
fn of_shards(sources: &[Source<'_>], plan: &WorkPlan) -> Vec<Flaw> {
    let hash = plan.sha256();
    let records = || sources.iter().map(|(_, record)| record);
    let count = records().map(|record| record.shard().count()).min();
    let of = |record: &ShardRecord| {
        let shard = record.shard();
        let checks = [
            (record.program != plan.program, Flaw::OtherProgram(shard)),
            // Another program makes another plan: that is said.
            (record.program == plan.program && record.plan != hash, Flaw::OtherPlan(shard)),
            (Some(shard.count()) != count, Flaw::OtherCount(shard)),
        ];
        checks.into_iter().filter_map(|(is_wrong, flaw)| is_wrong.then_some(flaw)).collect::<Vec<_>>()
    };
    let there: BTreeSet<Shard> = records().map(ShardRecord::shard).collect();
    let missing = count.into_iter().flat_map(Shard::all).filter(|shard| !there.contains(shard));
    let flaws: BTreeSet<Flaw> = records().flat_map(of).chain(missing.map(Flaw::ShardMissing)).collect();
    flaws.into_iter().collect()
}

/// Each document of the plan as it was built. A document may have been built twice with the same result.
fn gather<'a, 'p>(
    sources: Vec<Source<'a>>,
    plan: &'p WorkPlan,
    flaws: &mut Vec<Flaw>,
) -> Vec<(&'p WorkItem, Found<'a>)> {
    let mut found: BTreeMap<String, Vec<Found<'a>>> = BTreeMap::new();
    for (output, record) in sources {
        let shard = record.shard();
        for entry in record.documents {
            found.entry(entry.document.clone()).or_default().push(Found { shard, output, entry });
        }
    }
    let mut gathered = Vec::new();
    for unit in &plan.units {
        let Some(mut several) = found.remove(&unit.document) else {
            flaws.push(Flaw::NotBuilt(unit.document.clone()));
            continue;
        };
        if several.iter().any(|other| !is_same(&other.entry, &several[0].entry)) {
            let shards = several.iter().map(|found| found.shard).collect();
            flaws.push(Flaw::BuiltDifferently(unit.document.clone(), shards));
        }
        gathered.push((unit, several.swap_remove(0)));
    }
    flaws.extend(found.into_keys().map(Flaw::NotPlanned));
    gathered
}

/// Whether two shards came to the same with a document; why they built it may differ.
fn is_same(one: &Entry, other: &Entry) -> bool {
    match (one.manifest(), other.manifest()) {
        (None, None) => one == other,
        (one, other) => one == other,
    }
}

type Judged = Result<Option<Manifest>, Vec<Flaw>>;

/// A document's manifest, if its files are what the shard recorded; of one that was not built, none.
fn judge(unit: &WorkItem, found: &Found<'_>) -> Result<Judged, Error> {
    let document = || unit.document.clone();
    if found.entry.end == RecordedOutcome::NotReached {
        return Ok(Err(vec![Flaw::NotReached(document(), found.shard)]));
    }
    let Some(recorded) = found.entry.manifest() else { return Ok(Ok(None)) };
    let folder = found.output.join(&unit.document);
    let bytes = regular::read(&folder.join(manifest::NAME)).unwrap_or_default();
    let manifest = Manifest::parse(&bytes).ok().filter(|manifest| {
        Fingerprint::of("", &bytes).sha256 == recorded
            && unit.sources.as_ref().is_some_and(|sources| is_of(manifest, sources))
            // What is brought here stays in the document's folder.
            && manifest.outputs.iter().all(|output| is_plain(&output.file))
    });
    let Some(manifest) = manifest else { return Ok(Err(vec![Flaw::OtherManifest(document())])) };
    let differences = changed(&folder, &manifest)?;
    if differences.is_empty() {
        return Ok(Ok(Some(manifest)));
    }
    Ok(Err(differences.into_iter().map(|difference| Flaw::File(document(), difference)).collect()))
}

/// Whether a document was built from the files that the plan names, and not from what they were a moment later.
fn is_of(manifest: &Manifest, sources: &Sources) -> bool {
    let Sources { template, bases, fonts, inputs, decisions } = sources;
    manifest.template == *template
        && manifest.bases == *bases
        && manifest.fonts == *fonts
        && manifest.inputs == *inputs
        && manifest.decisions == *decisions
}

fn is_plain(name: &str) -> bool {
    Path::new(name).file_name().is_some_and(|file| file == name) && name != manifest::NAME
}

/// Brings the documents that were built elsewhere to their places, and counts them. Returns the edited sets that were
/// kept, by document.
fn bring(
    project: &Project,
    found: &[(&WorkItem, Found<'_>)],
    manifests: &[Option<Manifest>],
    brought: &mut usize,
) -> Result<BTreeMap<String, Vec<EditedSet>>, Error> {
    let here = project.outputs().canonicalize().ok();
    let elsewhere = |found: &Found<'_>| found.output.canonicalize().ok() != here;
    let away: Vec<(&str, &Path, &Manifest)> = found
        .iter()
        .zip(manifests)
        .filter(|((_, found), _)| elsewhere(found))
        .filter_map(|((unit, found), manifest)| {
            Some((unit.document.as_str(), found.output, manifest.as_ref()?))
        })
        .collect();
    let files = Files::load(project.root(), project.outputs().join(state::NAME), None, true);
    let mut kept: BTreeMap<String, Vec<EditedSet>> = BTreeMap::new();
    for group in away.chunks(AT_ONCE) {
        let sets: Vec<(Staged, Vec<EditedSet>)> = group
            .par_iter()
            .map(|(document, output, manifest)| copy(project, document, (output, manifest), &files))
            .collect::<Result<_, _>>()?;
        let (sets, left): (Vec<Staged>, Vec<Vec<EditedSet>>) = sets.into_iter().unzip();
        let edited = swap::commit(&sets.iter().collect::<Vec<_>>(), &files, |_| {});
        for ((left, edited), (document, ..)) in left.into_iter().zip(edited).zip(group) {
            kept.entry((*document).to_owned()).or_default().extend(left.into_iter().chain(edited?));
        }
    }
    *brought = away.len();
    Ok(kept)
}

/// Stages a document's files as they are promised, whatever may have happened to them since they were verified. Returns
/// as well the edited sets that a killed build has left.
fn copy(
    project: &Project,
    document: &str,
    (output, manifest): (&Path, &Manifest),
    files: &Files,
) -> Result<(Staged, Vec<EditedSet>), Error> {
    let (from, to) = (output.join(document), project.output(document));
    let left = swap::recover(&to, files)?;
    let mut set = Vec::new();
    for promised in &manifest.outputs {
        let path = from.join(&promised.file);
        let bytes = regular::read(&path).map_err(|e| Error::io(&path, &e))?;
        if Fingerprint::of(promised.file.as_str(), &bytes) != *promised {
            return Err(changed_meanwhile(&path));
        }
        set.push((promised.file.clone(), bytes));
    }
    // The manifest comes last: a set that has one is complete.
    set.push((manifest::NAME.to_owned(), manifest.to_bytes()));
    let files: Vec<(String, &[u8])> = set.iter().map(|(name, b)| (name.clone(), b.as_slice())).collect();
    Ok((swap::stage(&to, &files)?, left))
}

fn changed_meanwhile(path: &Path) -> Error {
    let path = path.display();
    Error {
        kind: ErrorKind::Io,
        message: message(
            format!("「{path}」が、読んでいる間に変更されました。もう一度実行してください"),
            format!("{path}: changed while it was read; run again"),
        ),
    }
}

fn no_records(folders: &[PathBuf]) -> Error {
    let folders: Vec<String> =
        folders.iter().map(|folder| folder.join(super::FOLDER).display().to_string()).collect();
    Error::usage(message(
        format!("分担の記録（kaitei build --shard が残す「{}」）がありません", folders.join("」「")),
        format!("there is no record of a shard (kaitei build --shard leaves them in {})", folders.join(", ")),
    ))
}

impl Flaw {
    /// The name in data.
    pub fn id(&self) -> &'static str {
        match self {
            Self::RecordUnreadable(_) => "record-unreadable",
            Self::OtherProgram(_) => "other-kaitei",
            Self::OtherPlan(_) => "other-plan",
            Self::OtherCount(_) => "other-count",
            Self::ShardMissing(_) => "shard-missing",
            Self::NotBuilt(_) => "not-built",
            Self::NotPlanned(_) => "not-planned",
            Self::BuiltDifferently(..) => "built-differently",
            Self::NotReached(..) => "not-reached",
            Self::OtherManifest(_) => "other-manifest",
            Self::File(_, difference) => difference.id(),
        }
    }

    /// What it is about: a document, a shard or a file.
    pub fn subject(&self) -> String {
        match self {
            Self::RecordUnreadable(path) => path.display().to_string(),
            Self::OtherProgram(shard)
            | Self::OtherPlan(shard)
            | Self::OtherCount(shard)
            | Self::ShardMissing(shard) => shard.to_string(),
            Self::NotBuilt(document)
            | Self::NotPlanned(document)
            | Self::BuiltDifferently(document, _)
            | Self::NotReached(document, _)
            | Self::OtherManifest(document)
            | Self::File(document, _) => document.clone(),
        }
    }

    /// In words.
    pub fn message(&self) -> Message {
        match self {
            Self::RecordUnreadable(_) => {
                message("分担の記録として読み取れません", "it is no record of a shard")
            }
            Self::OtherProgram(_) => message(
                "別の kaitei が作成しました。この kaitei で、もう一度作成してください",
                "another kaitei built it; build it again with this one",
            ),
            Self::OtherPlan(_) => message(
                "このプロジェクトと、入力・テンプレート・フォント・文書・オプションのどれかが違います。もう一度作成してください",
                "its input, templates, fonts, documents or options are not this project's; build it again",
            ),
            Self::OtherCount(_) => {
                message("分担の総数が、ほかの分担と違います", "it is one of another number of shards")
            }
            Self::ShardMissing(shard) => message(
                format!("まだ作成していません。kaitei build --shard {shard} を実行してください"),
                format!("it has not been built; run kaitei build --shard {shard}"),
            ),
            Self::NotBuilt(_) => message("どの分担でも作成していません", "no shard has built it"),
            Self::NotPlanned(_) => message("分担した文書ではありません", "it is no document of this plan"),
            Self::BuiltDifferently(_, shards) => {
                let shards: Vec<String> = shards.iter().map(Shard::to_string).collect();
                message(
                    format!("分担{}で、結果が違います", shards.join("と")),
                    format!("{} have built it with different results", shards.join(" and ")),
                )
            }
            Self::NotReached(_, shard) => message(
                format!("分担{shard}が中断したため、作成していません"),
                format!("not built: {shard} was interrupted"),
            ),
            Self::OtherManifest(_) => message(
                "manifest.json が、分担の記録と違います",
                "its manifest.json is not the one that was recorded",
            ),
            Self::File(_, difference) => difference.message(),
        }
    }
}
