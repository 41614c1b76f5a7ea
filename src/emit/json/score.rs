//! Scores as data: points, and every rule's verdict with all cells that cost its point.

use crate::finding::{Lang, Message};
use crate::score::{Breach, Level, Points, Rule, Score, Verdict};
use serde::Serialize;

/// One file's score.
#[derive(Serialize)]
pub struct ScoreView<'a> {
    file: &'a str,
    #[serde(flatten)]
    points: PointsView,
    levels: Vec<LevelView>,
    rules: Vec<RuleView<'a>>,
}

#[derive(Serialize)]
struct PointsView {
    /// Of a hundred, rounded down.
    points: usize,
    passed: usize,
    applicable: usize,
}

#[derive(Serialize)]
struct LevelView {
    level: &'static str,
    #[serde(flatten)]
    points: PointsView,
}

#[derive(Serialize)]
struct RuleView<'a> {
    rule: String,
    name: &'static str,
    /// `pass`, `fail`, `not-applicable`, `cannot-tell`.
    verdict: &'static str,
    /// Why the rule does not apply or cannot be told.
    why: Option<&'a str>,
    remedy: Option<&'static str>,
    findings: Vec<BreachView<'a>>,
}

#[derive(Serialize)]
struct BreachView<'a> {
    sheet: Option<&'a str>,
    fault: &'a str,
    cells: Vec<String>,
    example: Option<&'a str>,
}

impl<'a> ScoreView<'a> {
    /// The score under some of the rules, in one language; points are those of all rules.
    pub fn of(score: &'a Score, rules: &[Rule], lang: Lang) -> Self {
        let asked = score.verdicts.iter().filter(|(rule, _)| rules.contains(rule));
        Self {
            file: &score.file,
            points: PointsView::of(score.points()),
            levels: Level::ALL
                .map(|level| LevelView { level: level.id(), points: PointsView::of(score.points_of(level)) })
                .into(),
            rules: asked.map(|(rule, verdict)| RuleView::of(*rule, verdict, lang)).collect(),
        }
    }
}

impl PointsView {
    fn of(points: Points) -> Self {
        Self { points: points.percent(), passed: points.passed, applicable: points.of }
    }
}

impl<'a> RuleView<'a> {
    fn of(rule: Rule, verdict: &'a Verdict, lang: Lang) -> Self {
        let words = rule.words();
        let why: Option<&Message> = match verdict {
            Verdict::NotApplicable(why) | Verdict::CannotTell(why) => Some(why),
            Verdict::Pass | Verdict::Fail(_) => None,
        };
        let findings = verdict.findings();
        Self {
            rule: rule.id(),
            name: lang.pick(words.name),
            verdict: verdict.id(),
            why: why.map(|why| why.text(lang)),
            remedy: (!findings.is_empty()).then(|| lang.pick(words.remedy)),
            findings: findings.iter().map(|finding| BreachView::of(finding, lang)).collect(),
        }
    }
}

impl<'a> BreachView<'a> {
    fn of(finding: &'a Breach, lang: Lang) -> Self {
        Self {
            sheet: finding.place.sheet.as_deref(),
            fault: finding.fault.text(lang),
            cells: finding.cells.iter().map(ToString::to_string).collect(),
            example: finding.example.as_deref(),
        }
    }
}
