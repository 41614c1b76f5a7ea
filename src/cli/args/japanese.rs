//! The Japanese of the command line: what commands and arguments are for, and what their values are called.

use super::help;
use clap::{Arg, ArgAction, Command};

const ABOUT: &str = "各課の調査票から、改訂版のKPI一覧を作成する（一つの一覧を「文書」と呼ぶ）";
const EXIT_CODES: &str = "終了コード:
  0    完了（要確認があってもよい）
  1    データに要修正がある（--strict では要確認も）。verify: 出力が記録と違う。read: 確実には
       読み取れない値がある。merge: 分担がそろっていない。score --min: 点が足りない
  2    使い方かテンプレートのエラー
  3    ファイルの読み書きができない
  4    別の kaitei が同じプロジェクトを処理している
  70   kaitei の不具合
  130  Ctrl-C で中断した（作成済みの文書はそのまま）
  143  SIGTERM で中断した（同上）";

const KINDS: &str = "見本の一覧の種類。revision は指標の改訂、progress は指標の進捗、evaluation は事務事業評価、list は補助金などの一覧";
const WITH: &str = "前の版。プロジェクトの文書の名前か、プロジェクトのフォルダーから見たファイル（JSON・CSV・Excel）・データのフォルダー（省略するとテンプレートの compare.with）";
const DOCUMENT: &str = "どの文書のテンプレートを使うか（省略すると、ファイルが入力フォルダーにある文書）";

/// What a command does.
fn about(command: &str) -> Option<&'static str> {
    Some(match command {
        "build" => "変更のあった文書を作成する（XLSX・PDF・CSV・JSONなどと記録）",
        "plan" => "どの文書をなぜ作成することになるか、所要時間の目安、どの分担が作成するかを表示する",
        "merge" => "分担した作成で、すべての文書が一度ずつ作成されたことを確認し、ほかの機械の文書を取り込む",
        "watch" => "変更のあった文書を作成し、その後も変更のたびに作成する（Ctrl-C か SIGTERM まで）",
        "check" => "読み取りと検査だけを行い、指摘を表示する（何も書き込まない）",
        "verify" => "output/ のファイルを、manifest.json に記録されたハッシュ値と照合する",
        "inspect" => "調査票がどう読み取られたか（表・列・行・値）を表示する",
        "compare" => "文書を前の版と比べ、どの行の何が変わったかを表示する",
        "next" => "文書の翌年の版を用意する（年度を進めたテンプレート、前の版の控え、続く行の調査票）",
        "score" => "機械可読性に関する30のルールで採点し、減点されたセルを表示する",
        "read" => "文字列が値としてどう読み取られるか（数値、単位、限度、増減、時点など）を表示する",
        "init" => "新しいプロジェクトを、説明つきのテンプレートと見本の調査票とともに用意する",
        "completions" => "シェルの補完スクリプトを出力する",
        "help" => "この説明、またはコマンドの説明を表示する",
        _ => return None,
    })
}

/// The same for what the editions of a list are told by.
fn of_editions(command: &str, id: &str) -> Option<(&'static str, &'static str)> {
    Some(match (command, id) {
        ("compare", "document") => ("文書", "文書の名前（テンプレートのファイル名）"),
        ("next", "year") => ("年度", "新しい文書の年度（西暦）"),
        ("next", "from") => {
            ("年度", "前の文書の年度（西暦。省略すると、文書の名前の年か、新たな目標値の年度）")
        }
        ("next", "old") => ("前の文書", "前の文書の名前"),
        ("next", "new") => ("新しい文書", "新しい文書の名前"),
        ("compare", "with") => ("前の版", WITH),
        ("compare", "suggest") => {
            ("", "尋ねられた対応を決める links.toml の行を出力する（貼り付けて直すため）")
        }
        _ => return None,
    })
}

const PAGE: &str = "シートの見た目のまま、各セルをどう読み取ったかと指摘を示すウェブページを書き込むファイル";

/// What an argument's value is called, if it has one, and what the argument is for.
fn argument(command: &str, id: &str) -> Option<(&'static str, &'static str)> {
    Some(match (command, id) {
        (_, "lang") => ("言語", "メッセージの言語（省略すると環境の言語）"),
        (_, "help") => ("", "この説明を表示する"),
        (_, "version") => ("", "バージョンを表示する"),
        (_, "project") => ("フォルダー", "プロジェクトのフォルダー（templates/・input/・output/ がある所）"),
        ("merge", "only") => {
            ("パターン", "分担に指定した文書名のパターン（* と ? を使う。繰り返し指定できる）")
        }
        (_, "only") => ("パターン", "名前がパターン（* と ? を使う）に合う文書（繰り返し指定できる）"),
        (_, "documents") => ("文書", "文書の名前（テンプレートのファイル名。省略するとすべて）"),
        (_, "strict") => ("", "要確認も要修正として扱う"),
        (_, "jobs") => ("数", "同時に処理する文書の数（省略するとプロセッサーの数）。多いほどメモリーを使う"),
        (_, "quiet") => {
            ("", "作成できなかった理由だけを表示する（結果は終了コードと output/report.html で分かる）")
        }
        (_, "log_format") => ("形式", "表示の形式。json はスケジューラー向け（標準エラー出力に1行1件）"),
        (_, "no_progress") => ("", "端末に進み具合を表示しない"),
        (_, "metrics") => ("ファイル", "Prometheus 向けの数値を書き込むファイル"),
        ("plan", "force") => ("", "変更のない文書も作成する計画にする"),
        (_, "force") => ("", "変更のない文書も作成する"),
        (_, "dry_run") => ("", "何も作成せず、kaitei plan と同じことを表示する"),
        (_, "shard") => (
            "番号/総数",
            "文書を分担するときの、分担の番号と総数（2/3 なら三つのうちの二つ目）。kaitei merge でまとめる",
        ),
        (_, "shards") => ("数", "文書を分担する数"),
        (_, "folders") => ("フォルダー", "ほかの機械の output フォルダー（省略するとこのプロジェクトの）"),
        (_, "poll") => {
            ("秒数", "指定した秒数ごとに変更を調べる（変更の通知がないネットワークドライブで使う）")
        }
        (_, "document") => ("文書", DOCUMENT),
        ("read", "template") => ("ファイル", "表記と元号を定めるテンプレート"),
        (_, "template") => ("ファイル", "プロジェクトの外のテンプレート"),
        (_, "era") => {
            ("元号", "元号のない2桁の年（31年度など）の元号（省略するとテンプレートのもの、なければ令和）")
        }
        (_, "field") => ("キー", "値の項目のキー（テンプレートにあるもの）"),
        (_, "texts") => ("文字列", "文字列。「-」だけなら、標準入力から文字列のJSON配列を読み取る"),
        ("check", "format") => ("形式", "指摘の形式"),
        (_, "format") => ("形式", "表示の形式"),
        ("check", "suggest") => {
            ("", "accepted.toml と corrections.toml に貼り付ける行を出力する（理由は書き足す）")
        }
        (_, "suggest") => ("", "読み取ったとおりの [[forms]] を出力する（テンプレートに貼り付けて直すため）"),
        ("inspect", "html") => ("ファイル", PAGE),
        (_, "color") => ("とき", "色を使うか"),
        (_, "rule") => (
            "ルール",
            "このルールだけを、求めることと判定の方法とともに示す（L1-06 など。繰り返し指定できる）",
        ),
        (_, "min") => ("点", "100点満点でこの点に満たないファイルがあれば、終了コードを1にする"),
        ("score", "files") => ("ファイル", "Excel・CSVのファイル、またはそのフォルダー"),
        (_, "files") => ("ファイル", "調査票のファイル"),
        ("init", "kind") => ("種類", KINDS),
        (_, "folder") => ("フォルダー", "用意するフォルダー（空か、まだないもの）"),
        (_, "shell") => ("シェル", "シェル"),
        _ => return None,
    })
}

/// What an option takes, where its possible values are not a list.
pub(super) fn form(option: &str) -> Option<&'static str> {
    Some(match option {
        "--shard" => "1/3、2/3、3/3 の形",
        "--jobs" | "--shards" | "--poll" => "1以上の整数",
        "--min" => "0から100までの整数",
        "--rule" => "L1-06 の形",
        _ => return None,
    })
}

/// The command with its subcommands, in Japanese.
pub(super) fn spoken(command: Command) -> Command {
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    let command = command.about(ABOUT).after_help(EXIT_CODES).disable_version_flag(true).arg(version);
    let mut command = with_words(command).mut_subcommands(with_words);
    // From here on it has all that clap adds.
    command.build();
    with_pages(command.mut_subcommand("help", |help| {
        help.about(about("help")).mut_subcommand("help", |help| help.about(about("help")))
    }))
}

/// A command with our words, and with a help option of ours, as clap's own speaks English.
fn with_words(command: Command) -> Command {
    let name = command.get_name().to_owned();
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help);
    let command = command.disable_help_flag(true).arg(help).mut_args(|arg| {
        let id = arg.get_id().as_str();
        let Some((value, help)) = of_editions(&name, id).or_else(|| argument(&name, id)) else { return arg };
        let arg = arg.help(help);
        if value.is_empty() { arg } else { arg.value_name(value) }
    });
    match about(&name) {
        Some(about) => command.about(about),
        None => command,
    }
}

/// A command and its subcommands with their pages of help.
fn with_pages(command: Command) -> Command {
    let command = command.mut_subcommands(with_pages);
    let page = help::page(&command);
    command.override_help(page)
}
