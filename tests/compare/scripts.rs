//! Random edit scripts: a list is edited at random, and what was done to each row is known. No wrong pair is accepted,
//! and what was done is found or asked.

use super::document;
use kaitei::compare::{Comparison, Edition, FieldKind, Link, Links, Side, compare};
use kaitei::model::{Dataset, Field, Role};
use kaitei::pipeline::{Source, understand};
use kaitei::template::Template;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// What the lists of the scripts say.
pub(super) const FIELDS: &str = r#"
kaitei = 2
document.title = "一覧"
groups = [{ key = "goal", words = ["基本目標"] }, { key = "policy", words = ["施策"] }]
fields = [
    { key = "indicator", role = "name" }, { key = "project_no", role = "number" },
    { key = "baseline", role = "baseline" }, { key = "target", role = "target" },
]
"#;
const COLUMNS: &str = r#"columns = [
    { title = "指標", fields = ["indicator"], width = 12 }, { title = "目標", fields = ["target"], width = 6 },
]
"#;

/// Numbers that are the same in every run.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap() % sides
    }

    fn in_100(&mut self, chance: usize) -> bool {
        self.roll(100) < chance
    }
}

/// A row of a form: groups, name, number, baseline, target.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    groups: [String; 2],
    name: String,
    number: String,
    baseline: String,
    figure: u32,
    unit: String,
    /// The row of the old edition that it is, and what was done to it.
    was: Option<(usize, BTreeSet<&'static str>)>,
    /// It is one of several that the old row became.
    is_split: bool,
    id: String,
}

pub(super) fn csv(rows: &[Row], with_ids: bool) -> Vec<u8> {
    let mut text = String::from("goal,policy,indicator,project_no,baseline,target,record_id\n");
    for Row { groups: [goal, policy], name, number, baseline, figure, unit, id, .. } in rows {
        let id = if with_ids { id } else { "" };
        writeln!(text, "{goal},{policy},{name},{number},{baseline},{figure}{unit},{id}").unwrap();
    }
    text.into_bytes()
}

fn read(rows: &[Row], with_ids: bool, template: &Template) -> Dataset {
    let list = understand(&[Source::new("a.csv", csv(rows, with_ids))], template, None).value;
    assert_eq!(list.rows.len(), rows.len());
    list
}

/// The rows of a document of the repository, with figures of our own.
pub(super) fn sample(name: &str, dice: &mut Dice) -> Vec<Row> {
    let (_, list) = document(name);
    let plain = |text: &str| text.replace([',', '"', '\n'], "");
    let mut rows: Vec<Row> = Vec::new();
    for row in &list.rows {
        let number = row.text_of(Role::Number).map(|number| plain(&number.text)).unwrap_or_default();
        let baseline = row.value_of(Role::Baseline).map(|value| plain(&value.text)).unwrap_or_default();
        rows.push(new_row(
            [0, 1].map(|at| plain(&row.groups[at].text)),
            plain(&row.name().text),
            number,
            baseline,
            dice,
        ));
    }
    rows
}

/// A long list of siblings: a dozen measures of each of many subjects.
pub(super) fn siblings(dice: &mut Dice) -> Vec<Row> {
    let subjects = [
        "子育て相談",
        "一時保育",
        "学童クラブ",
        "特定健康診査",
        "介護予防教室",
        "高齢者サロン",
        "自主防災組織",
        "防災訓練",
        "空き家相談",
        "商店街支援",
        "創業支援",
        "観光案内所",
        "移住相談",
        "農業体験",
        "図書館",
        "公民館講座",
        "スポーツ教室",
        "文化財公開",
        "ごみの資源化",
        "省エネ設備補助",
        "公園の美化活動",
        "自転車通行空間",
        "コミュニティバス",
        "男女共同参画講座",
        "外国人相談",
        "マイナンバーカード",
        "電子申請",
        "職員研修",
        "公共施設予約",
        "市民協働事業",
    ];
    let measures = [
        "の利用者数",
        "の実施回数",
        "の満足度",
        "の年間延べ件数",
        "に参加した団体数",
        "の認知度",
        "の新規登録者数",
        "の開催日数",
        "の待機者数",
        "における支援世帯数",
    ];
    let mut rows = Vec::new();
    for (at, subject) in subjects.iter().enumerate() {
        for measure in measures {
            let groups = [
                format!("{}　目標その{}", at / 10 + 1, at / 10 + 1),
                format!("{}　{subject}を進める", at % 10 + 1),
            ];
            let number = (rows.len() + 1).to_string();
            let baseline = format!("{}人", dice.roll(900) + 10);
            rows.push(new_row(groups, format!("{subject}{measure}"), number, baseline, dice));
        }
    }
    rows
}

fn new_row(groups: [String; 2], name: String, number: String, baseline: String, dice: &mut Dice) -> Row {
    let unit = ["人", "件", "か所", "回", "世帯"][dice.roll(5)].to_owned();
    let figure = u32::try_from(dice.roll(5000) + 100).unwrap();
    Row { groups, name, number, baseline, figure, unit, was: None, is_split: false, id: String::new() }
}

fn rename(name: &str, edits: usize, dice: &mut Dice) -> String {
    let pool: Vec<char> = "新規市民地域等の率数者年間施設支援活動事業推進計画".chars().collect();
    let mut chars: Vec<char> = name.chars().collect();
    for _ in 0..edits {
        let at = dice.roll(chars.len());
        let c = pool[dice.roll(pool.len())];
        match dice.roll(3) {
            0 => chars[at] = c,
            1 => chars.insert(at, c),
            _ if chars.len() > 4 => drop(chars.remove(at)),
            _ => chars.push(c),
        }
    }
    chars.into_iter().collect()
}

/// Edits a list: returns the new edition. Rows whose old one has no other side are not there.
pub(super) fn edit(old: &[Row], strangers: &[Row], dice: &mut Dice) -> Vec<Row> {
    let mut rows = Vec::new();
    for (at, row) in old.iter().enumerate() {
        if dice.in_100(10) {
            continue;
        }
        if dice.in_100(4) {
            let part = |part: &str| Row {
                name: format!("{}{part}", row.name),
                was: Some((at, BTreeSet::new())),
                is_split: true,
                id: String::new(),
                ..row.clone()
            };
            rows.extend(["（男性）", "（女性）"].map(part));
            continue;
        }
        rows.push(edited(at, row, old, dice));
    }
    for _ in 0..old.len() / 10 {
        let mut stranger = strangers[dice.roll(strangers.len())].clone();
        if old.iter().chain(&rows).any(|row| row.name == stranger.name) {
            continue;
        }
        stranger.groups.clone_from(&old[dice.roll(old.len())].groups);
        rows.push(stranger);
    }
    for at in (1..rows.len()).rev() {
        rows.swap(at, dice.roll(at + 1));
    }
    for (at, row) in rows.iter_mut().enumerate().filter(|(_, row)| !row.number.is_empty()) {
        let number = (at + 1).to_string();
        if let Some((_, done)) = row.was.as_mut().filter(|_| row.number != number) {
            done.insert("renumbered");
        }
        row.number = number;
    }
    rows
}

/// A row that goes on, edited.
fn edited(at: usize, row: &Row, old: &[Row], dice: &mut Dice) -> Row {
    let mut new = row.clone();
    let mut done = BTreeSet::new();
    if dice.in_100(25) {
        let edits = 1 + dice.roll(3);
        new.name = rename(&row.name, edits, dice);
        if new.name != row.name {
            done.insert("renamed");
        }
    }
    if dice.in_100(20) {
        new.groups.clone_from(&old[dice.roll(old.len())].groups);
        if new.groups != row.groups {
            done.insert("moved");
        }
    }
    match dice.roll(10) {
        0..3 => {
            new.figure += 1 + u32::try_from(dice.roll(90)).unwrap();
            done.insert("raised");
        }
        3..5 => {
            new.figure -= 1 + u32::try_from(dice.roll(90)).unwrap();
            done.insert("lowered");
        }
        5 => {
            "点".clone_into(&mut new.unit);
            done.insert("unit");
        }
        _ => {}
    }
    new.was = Some((at, done));
    new
}

/// What a script came to.
#[derive(Debug, Default)]
struct Outcome {
    /// Rows of either edition of which something is to be found.
    decisions: usize,
    asked: usize,
    missed: Vec<String>,
    wrong: Vec<String>,
}

impl Outcome {
    fn judge(&mut self, olds: &[Row], news: &[&Row], comparison: &Comparison) {
        let asked_new: BTreeSet<usize> = comparison.asked.iter().map(|it| it.new).collect();
        let asked_old: BTreeSet<usize> = comparison.asked.iter().map(|it| it.old).collect();
        for pair in &comparison.pairs {
            let was = news[pair.new].was.as_ref().map(|(at, _)| *at);
            if was != Some(pair.old) {
                self.wrong.push(format!(
                    "{} → {} {}/{}",
                    olds[pair.old].name, news[pair.new].name, pair.score, pair.second
                ));
            }
        }
        for (at, row) in news.iter().enumerate() {
            self.decisions += 1;
            let Some((was, done)) = row.was.as_ref().filter(|_| !row.is_split) else { continue };
            match comparison.pairs.iter().find(|pair| pair.new == at) {
                Some(pair) => {
                    let kinds: BTreeSet<&str> = pair.changes.iter().map(|change| change.kind.id()).collect();
                    if kinds != *done {
                        self.missed.push(format!("{}: {done:?} but {kinds:?}", row.name));
                    }
                }
                None if asked_new.contains(&at) || asked_old.contains(was) => self.asked += 1,
                None => self.missed.push(format!("{} → {}", olds[*was].name, row.name)),
            }
        }
        let gone = |at: usize| news.iter().all(|row| row.was.as_ref().is_none_or(|(was, _)| *was != at));
        for at in (0..olds.len()).filter(|&at| gone(at)) {
            self.decisions += 1;
            if !comparison.removed.contains(&at) {
                self.wrong.push(format!("{} is not gone", olds[at].name));
            }
        }
    }
}

/// The rows of a list in its order.
fn in_order<'r>(rows: &'r [Row], list: &Dataset) -> Vec<&'r Row> {
    list.rows.iter().map(|row| &rows[usize::try_from(row.origin.cell.unwrap().row).unwrap() - 1]).collect()
}

fn run(
    base: &[Row],
    strangers: &[Row],
    seed: u64,
    with_ids: bool,
    template: &Template,
    outcome: &mut Outcome,
) {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let old = read(base, false, template);
    let mut olds: Vec<Row> = in_order(base, &old).into_iter().cloned().collect();
    for (row, record) in olds.iter_mut().zip(&old.rows) {
        row.id = record.id.unwrap().to_string();
    }
    let edited = edit(&olds, strangers, &mut dice);
    let new = read(&edited, with_ids, template);
    let news = in_order(&edited, &new);
    let mut links: Vec<Link> = Vec::new();
    for (at, row) in olds.iter().enumerate() {
        let parts =
            (0..news.len()).filter(|&new| news[new].is_split && news[new].was.as_ref().unwrap().0 == at);
        let parts: Vec<String> = parts.map(|part| new.rows[part].id.unwrap().to_string()).collect();
        if !parts.is_empty() {
            links.push(Link { document: "t".to_owned(), old: vec![row.id.clone()], new: parts });
        }
    }
    let splits = links.len();
    let links = Links(links);
    let (before, after) = (Edition::new(template, &old), Edition::new(template, &new));
    let comparison = compare(&before, &after, &links);
    assert_eq!(comparison.regrouped.len(), splits);
    outcome.judge(&olds, &news, &comparison);
    for (side, rows) in [(Side::Old, olds.len()), (Side::New, news.len())] {
        assert_eq!(comparison.counts(side).iter().sum::<usize>(), rows);
    }
    if !with_ids {
        mirrored(&comparison, &compare(&after, &before, &swapped(&links)));
    }
}

fn swapped(links: &Links) -> Links {
    Links(links.0.iter().map(|it| Link { old: it.new.clone(), new: it.old.clone(), ..it.clone() }).collect())
}

/// The sides swapped, the same pairs, the same questions and the opposite changes are found.
fn mirrored(one: &Comparison, other: &Comparison) {
    let opposite = |kind| match kind {
        FieldKind::Raised => FieldKind::Lowered,
        FieldKind::Lowered => FieldKind::Raised,
        FieldKind::Set => FieldKind::Cleared,
        FieldKind::Cleared => FieldKind::Set,
        kind => kind,
    };
    let mut pairs: Vec<_> = one
        .pairs
        .iter()
        .map(|pair| {
            let changes: Vec<_> = pair
                .changes
                .iter()
                .map(|it| {
                    (
                        it.field.new,
                        opposite(it.kind),
                        it.new.clone(),
                        it.old.clone(),
                        it.differences.new.clone(),
                        it.differences.old.clone(),
                    )
                })
                .collect();
            (pair.new, pair.old, pair.score, changes)
        })
        .collect();
    pairs.sort_by_key(|pair| (pair.0, pair.1));
    let mut mirror: Vec<_> = other
        .pairs
        .iter()
        .map(|pair| {
            let changes: Vec<(Field, _, _, _, _, _)> = pair
                .changes
                .iter()
                .map(|it| {
                    (
                        it.field.old,
                        it.kind,
                        it.old.clone(),
                        it.new.clone(),
                        it.differences.old.clone(),
                        it.differences.new.clone(),
                    )
                })
                .collect();
            (pair.old, pair.new, pair.score, changes)
        })
        .collect();
    mirror.sort_by_key(|pair| (pair.0, pair.1));
    assert_eq!(pairs, mirror);
    let questions = |it: &Comparison, swap: bool| -> BTreeSet<(usize, usize)> {
        it.asked.iter().map(|it| if swap { (it.new, it.old) } else { (it.old, it.new) }).collect()
    };
    assert_eq!(questions(one, true), questions(other, false));
    assert_eq!((&one.removed, &one.added), (&other.added, &other.removed));
}

fn try_scripts(name: &str, base: &[Row], strangers: &[Row], scripts: u64, least_found: usize) {
    let template = Template::parse("t", &format!("{FIELDS}{COLUMNS}")).unwrap();
    for with_ids in [false, true] {
        let mut outcome = Outcome::default();
        // With ids, nothing is sought.
        let scripts = if with_ids { scripts / 5 } else { scripts };
        for seed in 0..scripts {
            run(base, strangers, seed + 1, with_ids, &template, &mut outcome);
        }
        let Outcome { decisions, asked, missed, wrong } = &outcome;
        let (missing, mistaken) = (missed.len(), wrong.len());
        println!(
            "{name}, ids {with_ids}: {decisions} rows, {asked} asked, {missing} missed, {mistaken} wrong"
        );
        assert!(*decisions > 500);
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(missed.len() * 200 <= *decisions, "{missed:#?}");
        let found = 100 - 100 * asked / decisions;
        assert!(found >= least_found, "{found} of 100 are found without a question");
    }
}

#[test]
fn scripts_on_the_samples() {
    let mut dice = Dice(7);
    let mut base = sample("meguro-2020", &mut dice);
    base.extend(sample("kakuu-2025", &mut dice));
    let strangers = siblings(&mut dice);
    try_scripts("samples", &base, &strangers, 200, 85);
}

#[test]
fn scripts_on_a_list_of_siblings() {
    let mut dice = Dice(9);
    let base = siblings(&mut dice);
    let strangers = sample("meguro-2020", &mut dice);
    try_scripts("siblings", &base, &strangers, 12, 80);
}
