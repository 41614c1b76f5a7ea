//! The sample forms of `kaitei init --kind …`: `cargo run --example init_forms` writes them to `assets/init/`.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, XlsxError};

/// A form: its kind, its title, the widths and headings of its columns, and its rows.
type Form = (&'static str, &'static str, &'static [(f64, &'static str)], &'static [&'static [&'static str]]);

const FORMS: &[Form] = &[
    (
        "progress",
        "○○市総合計画　成果指標　進捗調査票",
        &[
            (22.0, "施策"),
            (30.0, "指標名"),
            (7.0, "単位"),
            (12.0, "基準値（令和3年度）"),
            (12.0, "実績値（令和5年度）"),
            (12.0, "実績値（令和6年度）"),
            (12.0, "目標値（令和7年度）"),
            (9.0, "評価"),
            (14.0, "所管課"),
        ],
        &[
            &["１　子育ての支援", "保育所の待機児童数", "人", "24", "9", "0", "0", "達成", "保育課"],
            &[
                "１　子育ての支援",
                "子育てひろばの利用者数",
                "人",
                "8120",
                "9340",
                "10250",
                "12000",
                "順調",
                "子育て支援課",
            ],
            &["２　健康づくり", "特定健康診査の受診率", "％", "41.5", "43.8", "44.1", "60", "遅れ", "健康課"],
            &[
                "２　健康づくり",
                "健康ポイントの参加者数",
                "人",
                "1200",
                "1850",
                "2310",
                "2500",
                "順調",
                "健康課",
            ],
            &[
                "３　環境の保全",
                "1人1日当たりのごみ排出量",
                "g",
                "812",
                "780",
                "765",
                "740",
                "順調",
                "環境課",
            ],
        ],
    ),
    (
        "evaluation",
        "令和7年度　事務事業評価　調査票",
        &[
            (14.0, "分野"),
            (22.0, "施策"),
            (6.0, "事業番号"),
            (30.0, "事務事業名"),
            (14.0, "所管課"),
            (14.0, "予算額"),
            (14.0, "決算額"),
            (9.0, "1次評価"),
            (9.0, "最終評価"),
            (36.0, "評価の理由"),
        ],
        &[
            &[
                "福祉",
                "１　子育ての支援",
                "1",
                "子育てひろば運営事業",
                "子育て支援課",
                "12500000",
                "12180000",
                "拡大",
                "拡大",
                "利用者が増えているため、1か所を増設する。",
            ],
            &[
                "福祉",
                "１　子育ての支援",
                "2",
                "一時預かり事業",
                "保育課",
                "8400000",
                "7950000",
                "継続",
                "継続",
                "利用は安定しており、現行の内容を続ける。",
            ],
            &[
                "福祉",
                "２　健康づくり",
                "3",
                "特定健康診査事業",
                "健康課",
                "35200000",
                "33860000",
                "改善",
                "改善",
                "受診の案内を見直し、電子申請を始める。",
            ],
            &[
                "環境",
                "１　環境の保全",
                "4",
                "生ごみ処理機購入補助事業",
                "環境課",
                "1500000",
                "640000",
                "継続",
                "縮小",
                "申請が減っているため、対象を見直す。",
            ],
            &[
                "環境",
                "１　環境の保全",
                "5",
                "環境だより発行事業",
                "環境課",
                "980000",
                "972000",
                "統合",
                "統合",
                "市の広報に統合する。",
            ],
        ],
    ),
    (
        "list",
        "令和7年度　補助金等　調査票",
        &[(32.0, "補助金名"), (28.0, "交付先"), (16.0, "金額"), (14.0, "所管課")],
        &[
            &["商店街活性化事業補助金", "○○商店街振興組合", "2500000", "産業振興課"],
            &["自治会活動補助金", "○○市自治会連合会", "18640000", "市民活動課"],
            &["文化祭開催補助金", "○○市文化協会", "1200000", "文化課"],
            &["住宅耐震改修補助金", "市民（個人）", "9800000", "建築課"],
        ],
    ),
];

fn main() -> Result<(), XlsxError> {
    for (kind, title, columns, rows) in FORMS {
        let cell = Format::new()
            .set_border(FormatBorder::Thin)
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter);
        let head = cell.clone().set_bold().set_align(FormatAlign::Center).set_background_color(0x00DD_EBF7);
        let number = cell.clone().set_num_format("#,##0.##");
        let whole = cell.clone().set_num_format("#,##0");
        let mut book = Workbook::new();
        let made = ExcelDateTime::from_ymd(2025, 12, 1)?;
        book.set_properties(&DocProperties::new().set_author("企画課").set_creation_datetime(&made));
        let sheet = book.add_worksheet().set_name("調査票")?;
        sheet.write_with_format(0, 0, *title, &Format::new().set_bold().set_font_size(14))?;
        sheet.set_freeze_panes(3, 0)?;
        for ((width, heading), col) in columns.iter().zip(0..) {
            sheet.set_column_width(col, *width)?.write_with_format(2, col, *heading, &head)?;
        }
        for (row, at) in rows.iter().zip(3..) {
            for (text, col) in row.iter().zip(0..) {
                match text.parse::<f64>() {
                    Ok(figure) if text.contains('.') => sheet.write_with_format(at, col, figure, &number)?,
                    Ok(figure) => sheet.write_with_format(at, col, figure, &whole)?,
                    Err(_) => sheet.write_with_format(at, col, *text, &cell)?,
                };
            }
        }
        let note = "※　見本です。行を書き換え、または各課のファイルに置き換えてください。";
        sheet.write(u32::try_from(rows.len()).unwrap_or_default() + 4, 0, note)?;
        book.save(format!("{}/assets/init/{kind}.xlsx", env!("CARGO_MANIFEST_DIR")))?;
    }
    Ok(())
}
