//! Arguments and their help, in both languages.

use crate::batch::Shard;
use crate::finding::Lang;
use crate::score::Rule;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;

/// Regenerates the revised KPI lists of local governments from their departments' spreadsheets.
#[derive(Debug, Parser)]
#[command(name = "kaitei", version, arg_required_else_help = true, after_help = EXIT_CODES.1)]
pub(super) struct Cli {
    /// Language of messages (default: the locale's)
    #[arg(long, global = true, value_name = "LANG")]
    pub(super) lang: Option<LangName>,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum LangName {
    Ja,
    En,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Build the documents of a project that have changed: XLSX, PDF, CSV, JSON and a manifest for each
    Build(BuildArgs),
    /// Say which documents would be built and why, what that costs, and which shard would build which
    Plan(PlanArgs),
    /// Prove that shards have built every document once, and bring the documents that other machines built here
    Merge(MergeArgs),
    /// Build, and build again whatever changes, until Ctrl-C or SIGTERM
    Watch(WatchArgs),
    /// Read and check everything, write nothing, and print the findings
    Check(CheckArgs),
    /// Compare the files of output/ with the hashes in their manifests
    Verify(VerifyArgs),
    /// Show how workbooks were understood: tables, columns, rows and values
    Inspect(InspectArgs),
    /// Score files by the thirty rules for machine-readable data, with the cells that lose points
    Score(ScoreArgs),
    /// Show how texts are understood as values: figures, units, bounds, changes, times
    Read(ReadArgs),
    /// Lay out a new project with a commented template and a sample workbook
    Init(InitArgs),
    /// Print a shell's completion script
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Args)]
pub(super) struct Selection {
    /// The project's folder, with templates/, input/ and output/
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) project: PathBuf,
    /// Documents whose names fit a pattern with * and ? (may be given several times)
    #[arg(long, value_name = "GLOB")]
    pub(super) only: Vec<String>,
    /// Documents, by the names of their templates (default: all)
    #[arg(value_name = "DOCUMENT")]
    pub(super) documents: Vec<String>,
}

/// What a build and a check have in common.
#[derive(Debug, Args)]
pub(super) struct RunArgs {
    #[command(flatten)]
    pub(super) selection: Selection,
    /// Treat warnings as errors
    #[arg(long)]
    pub(super) strict: bool,
    /// Documents to work on at the same time (default: one for each processor); memory grows with it
    #[arg(long, value_name = "N")]
    pub(super) jobs: Option<NonZeroUsize>,
}

/// How a build is told of.
#[derive(Debug, Args)]
pub(super) struct ReporterArgs {
    /// Print only why something could not be built at all; the exit code and output/report.html say the rest
    #[arg(short, long)]
    pub(super) quiet: bool,
    /// Print lines, or events for schedulers: JSON lines on standard error
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = LogFormat::Text, conflicts_with = "quiet")]
    pub(super) log_format: LogFormat,
    /// Show no progress bar on a terminal
    #[arg(long)]
    pub(super) no_progress: bool,
    /// Write numbers of the run for Prometheus (textfile collector)
    #[arg(long, value_name = "FILE")]
    pub(super) metrics: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct BuildArgs {
    #[command(flatten)]
    pub(super) run: RunArgs,
    #[command(flatten)]
    pub(super) reporter: ReporterArgs,
    /// Build documents that have not changed as well
    #[arg(long)]
    pub(super) force: bool,
    /// Build nothing and say the same as `kaitei plan`
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Build the I-th of N shares of the documents (2/3); `kaitei merge` joins them
    #[arg(long, value_name = "I/N")]
    pub(super) shard: Option<Shard>,
}

#[derive(Debug, Args)]
pub(super) struct PlanArgs {
    #[command(flatten)]
    pub(super) run: RunArgs,
    /// Plan to build documents that have not changed as well
    #[arg(long)]
    pub(super) force: bool,
    /// Divide the documents among so many shards
    #[arg(long, value_name = "N")]
    pub(super) shards: Option<NonZeroUsize>,
    /// Format of the plan
    #[arg(long, value_enum, default_value_t = LogFormat::Text)]
    pub(super) format: LogFormat,
}

#[derive(Debug, Args)]
pub(super) struct MergeArgs {
    /// The project's folder, with templates/, input/ and output/
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) project: PathBuf,
    /// The pattern of documents that was given to the shards (may be given several times)
    #[arg(long, value_name = "GLOB")]
    pub(super) only: Vec<String>,
    #[command(flatten)]
    pub(super) reporter: ReporterArgs,
    /// Output folders of other machines (default: the project's own)
    #[arg(value_name = "FOLDER")]
    pub(super) folders: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct WatchArgs {
    #[command(flatten)]
    pub(super) run: RunArgs,
    #[command(flatten)]
    pub(super) reporter: ReporterArgs,
    /// Look for changes every so many seconds: on network drives, which do not tell of them
    #[arg(long, value_name = "SECONDS")]
    pub(super) poll: Option<NonZeroU32>,
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Format of the findings
    #[arg(long, value_enum, default_value_t = LogFormat::Text)]
    pub(super) format: LogFormat,
    #[command(flatten)]
    pub(super) run: RunArgs,
}

#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    #[command(flatten)]
    pub(super) selection: Selection,
}

#[derive(Debug, Args)]
pub(super) struct InspectArgs {
    /// The project's folder, with templates/, input/ and output/
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) project: PathBuf,
    /// The document whose template applies (default: the one whose input folder holds the file)
    #[arg(long, value_name = "NAME", conflicts_with = "template")]
    pub(super) document: Option<String>,
    /// A template outside any project
    #[arg(long, value_name = "FILE")]
    pub(super) template: Option<PathBuf>,
    /// Format of the report
    #[arg(long, value_enum, default_value_t = LogFormat::Text)]
    pub(super) format: LogFormat,
    /// Print the template's [[sheets]] for the files as they were understood, to be pasted and corrected
    #[arg(long, conflicts_with = "format")]
    pub(super) suggest: bool,
    /// When to use colours
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = ColorName::Auto)]
    pub(super) color: ColorName,
    /// The files
    #[arg(value_name = "FILE", required = true)]
    pub(super) files: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct ReadArgs {
    /// Format of the answer
    #[arg(long, value_enum, default_value_t = LogFormat::Text)]
    pub(super) format: LogFormat,
    /// The era of bare two-digit years (default: the template's, else reiwa)
    #[arg(long, value_name = "ERA")]
    pub(super) era: Option<String>,
    /// A template, for its notation and its era
    #[arg(long, value_name = "FILE")]
    pub(super) template: Option<PathBuf>,
    /// The template's field whose values they are
    #[arg(long, value_name = "KEY", requires = "template")]
    pub(super) field: Option<String>,
    /// The texts; `-` alone: a JSON array of strings on standard input
    #[arg(value_name = "TEXT", required = true, allow_hyphen_values = true)]
    pub(super) texts: Vec<String>,
}

#[derive(Debug, Args)]
pub(super) struct ScoreArgs {
    /// Only this rule, with what it asks and how it is judged (L1-06; may be given more than once)
    #[arg(long, value_name = "RULE", value_parser = rule)]
    pub(super) rule: Vec<Rule>,
    /// Exit with 1 if a file has fewer points, of 100
    #[arg(long, value_name = "POINTS", value_parser = clap::value_parser!(u8).range(0..=100))]
    pub(super) min: Option<u8>,
    /// Format of the report
    #[arg(long, value_enum, default_value_t = LogFormat::Text)]
    pub(super) format: LogFormat,
    /// When to use colours
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = ColorName::Auto)]
    pub(super) color: ColorName,
    /// Workbooks and CSV files, or folders of them
    #[arg(value_name = "FILE", required_unless_present = "rule")]
    pub(super) files: Vec<PathBuf>,
}

/// The rule with a number.
fn rule(id: &str) -> Result<Rule, String> {
    Rule::by_id(id).ok_or_else(|| format!("{}–{}", Rule::ALL[0].id(), Rule::ALL[29].id()))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorName {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// The folder to make; it must be empty or absent
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LogFormat {
    Text,
    Json,
}

const EXIT_CODES: (&str, &str) = (
    "終了コード:
  0    完了（警告があってもよい）
  1    データに誤りがある（--strict では警告も）。verify: 出力が記録と違う。read: 確実には読み取れない値がある。merge: 分担がそろっていない。score --min: 点が足りない
  2    使い方かテンプレートの誤り
  3    読み書きができない
  4    別の kaitei が同じプロジェクトを処理している
  70   kaitei の内部の誤り
  130  Ctrl-C で中断した（作り終えた文書はそのまま）
  143  SIGTERM で中断した（同上）",
    "Exit codes:
  0    done (warnings allowed)
  1    errors in the data (with --strict, warnings too); verify: output is not as recorded; read: a doubtful value; merge: shards
       are not one whole build; score --min: too few points
  2    wrong use or a wrong template
  3    files could not be read or written
  4    another kaitei is at work on the project
  70   kaitei itself is wrong
  130  ended by Ctrl-C (documents that were built stay)
  143  ended by SIGTERM (likewise)",
);

/// Parses the arguments; the help is in the given language.
pub(super) fn parse(arguments: impl IntoIterator<Item = OsString>, lang: Lang) -> Result<Cli, clap::Error> {
    let command = match lang {
        Lang::Ja => in_japanese(Cli::command()),
        Lang::En => Cli::command(),
    };
    Cli::from_arg_matches(&command.try_get_matches_from(arguments)?)
}

/// A shell's completion script.
pub(super) fn completions(shell: clap_complete::Shell) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "kaitei", &mut script);
    script
}

fn in_japanese(command: clap::Command) -> clap::Command {
    command
        .about("各課の調査票から、改訂版のKPI一覧（公式の文書）を作り直します")
        .after_help(EXIT_CODES.0)
        .mut_arg("lang", |a| a.help("メッセージの言語（省略すると環境の言語）"))
        .mut_subcommand("build", |c| {
            run(tell(c.about("プロジェクトの文書のうち、変わったものを作る（XLSX・PDF・CSV・JSONと記録）")))
                .mut_arg("force", |a| a.help("変わっていない文書も作る"))
                .mut_arg("dry_run", |a| a.help("何も作らず、kaitei plan と同じことを表示する"))
                .mut_arg("shard", |a| {
                    a.help("文書を N 個に分担したうちの I 番目（2/3 など）を作る。kaitei merge でまとめる")
                })
        })
        .mut_subcommand("plan", |c| plan_in_japanese(run(c)))
        .mut_subcommand("merge", merge_in_japanese)
        .mut_subcommand("watch", |c| {
            run(tell(c.about("変わったものを作り、その後も変わるたびに作り直す（Ctrl-C か SIGTERM まで）")))
                .mut_arg("poll", |a| {
                    a.help("指定した秒数ごとに変更を調べる（変更の通知がないネットワークドライブで使う）")
                })
        })
        .mut_subcommand("check", |c| {
            run(c.about("読み取りと検査だけを行い、指摘を表示する（何も書かない）"))
                .mut_arg("format", |a| a.help("指摘の形式"))
        })
        .mut_subcommand("verify", |c| {
            selection(c.about("output/ のファイルを、manifest.json に記録されたハッシュ値と照らし合わせる"))
        })
        .mut_subcommand("inspect", |c| {
            c.about("調査票がどう読み取られたか（表・列・行・値）を見せる")
                .mut_arg("project", |a| {
                    a.help("プロジェクトのフォルダー（templates/・input/・output/ がある所）")
                })
                .mut_arg("document", |a| {
                    a.help("テンプレートを使う文書の名前（省略すると、ファイルが入力フォルダーにある文書）")
                })
                .mut_arg("template", |a| a.help("プロジェクトの外のテンプレート"))
                .mut_arg("format", |a| a.help("表示の形式"))
                .mut_arg("suggest", |a| {
                    a.help("読み取ったとおりの [[sheets]] を出力する（テンプレートに貼り付けて直すため）")
                })
                .mut_arg("color", |a| a.help("色を使うか"))
                .mut_arg("files", |a| a.help("調査票のファイル"))
        })
        .mut_subcommand("read", read_in_japanese)
        .mut_subcommand("score", score_in_japanese)
        .mut_subcommand("init", |c| {
            c.about("新しいプロジェクトを、説明つきのテンプレートと見本の調査票とともに用意する")
                .mut_arg("folder", |a| a.help("作るフォルダー（空か、まだないもの）"))
        })
        .mut_subcommand("completions", |c| {
            c.about("シェルの補完スクリプトを出力する").mut_arg("shell", |a| a.help("シェル"))
        })
}

fn plan_in_japanese(command: clap::Command) -> clap::Command {
    command
        .about("どの文書をなぜ作ることになるか、どれほどかかるか、どの分担が作るかを表示する")
        .mut_arg("force", |a| a.help("変わっていない文書も作る計画にする"))
        .mut_arg("shards", |a| a.help("文書を N 個に分担する"))
        .mut_arg("format", |a| a.help("表示の形式"))
}

fn merge_in_japanese(command: clap::Command) -> clap::Command {
    tell(command)
        .about("分担した作成で、すべての文書が一度ずつ作られたことを確かめ、ほかの機械の文書を取り込む")
        .mut_arg("project", |a| a.help("プロジェクトのフォルダー（templates/・input/・output/ がある所）"))
        .mut_arg("only", |a| a.help("分担に指定した文書のパターン（繰り返し指定できる）"))
        .mut_arg("folders", |a| a.help("ほかの機械の output フォルダー（省略するとこのプロジェクトの）"))
}

/// The help of [`Selection`].
fn selection(command: clap::Command) -> clap::Command {
    command
        .mut_arg("project", |a| a.help("プロジェクトのフォルダー（templates/・input/・output/ がある所）"))
        .mut_arg("only", |a| a.help("名前がパターン（* と ?）に当てはまる文書（繰り返し指定できる）"))
        .mut_arg("documents", |a| a.help("文書の名前（テンプレートのファイル名。省略するとすべて）"))
}

/// The help of [`RunArgs`].
fn run(command: clap::Command) -> clap::Command {
    selection(command).mut_arg("strict", |a| a.help("警告も誤りとして扱う")).mut_arg("jobs", |a| {
        a.help("同時に処理する文書の数（省略するとプロセッサーの数）。多いほどメモリーを使う")
    })
}

/// The help of [`ReporterArgs`].
fn tell(command: clap::Command) -> clap::Command {
    command
        .mut_arg("quiet", |a| {
            a.help("作れなかった理由のほかは表示しない（結果は終了コードと output/report.html で分かる）")
        })
        .mut_arg("log_format", |a| a.help("表示の形式。json はスケジューラー向け（標準エラー出力に1行1件）"))
        .mut_arg("no_progress", |a| a.help("端末に進み具合を表示しない"))
        .mut_arg("metrics", |a| a.help("Prometheus（textfile collector）向けの数値を書くファイル"))
}

fn read_in_japanese(command: clap::Command) -> clap::Command {
    command
        .about("文字列が値としてどう読み取られるか（数、単位、限度、増減、時点など）を示す")
        .mut_arg("format", |a| a.help("表示の形式"))
        .mut_arg("era", |a| {
            a.help("「31年度」など、元号のない2桁の年の元号（省略するとテンプレートのもの、なければ令和）")
        })
        .mut_arg("template", |a| a.help("表記と元号を定めるテンプレート"))
        .mut_arg("field", |a| a.help("値の項目のキー（テンプレートにあるもの）"))
        .mut_arg("texts", |a| a.help("文字列。「-」だけなら、標準入力から文字列のJSON配列を読む"))
}

fn score_in_japanese(command: clap::Command) -> clap::Command {
    command
        .about("機械可読性に関する30のルールで採点し、減点されたセルを示す")
        .mut_arg("rule", |a| {
            a.help("このルールだけを、求めることと判定のしかたとともに示す（L1-06 など。繰り返し可）")
        })
        .mut_arg("min", |a| a.help("100点満点でこの点に満たないファイルがあれば終了コード1"))
        .mut_arg("format", |a| a.help("表示の形式"))
        .mut_arg("color", |a| a.help("色を使うか"))
        .mut_arg("files", |a| a.help("ブック・CSVのファイル、またはそのフォルダー"))
}

impl From<LangName> for Lang {
    fn from(name: LangName) -> Self {
        match name {
            LangName::Ja => Self::Ja,
            LangName::En => Self::En,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_of_the_help_are_consistent() {
        Cli::command().debug_assert();
        in_japanese(Cli::command()).debug_assert();
    }
}
