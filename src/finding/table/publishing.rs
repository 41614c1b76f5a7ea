//! Entries about publishing: characters that a format cannot hold.

use serde::{Deserialize, Serialize};

/// Where a substitute stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// On the pages of the PDF.
    Pages,
    /// In every format.
    All,
}

macro_rules! publishing {
    ($next:ident $($then:ident)* [$($before:tt)*]) => { $next! { $($then)* [$($before)*
        /// A character that the fonts lack.
        GlyphMissing("glyph-missing", Error fixed) {
            /// The characters, each once.
            characters: Characters,
            /// How many more there are.
            more: More,
        }
        meaning: ["書体にない文字", "A character that the fonts lack"],
        message: [
            "文字{characters}{more}は書体になく、印刷できません",
            "the character {characters}{more} is not in the font and cannot be printed"
        ],
        department: [
            "常用の字体または仮名に改めてよいか、確認してください",
            "see whether another character may stand in its place"
        ],
        planning: [
            "字を改めるか、テンプレートの fonts.substitute に代わりの字、fonts.fallback にフォントを指定してください。カラーの絵文字は使えません",
            "use a character that the font has, or name one in its place in the template's `fonts.substitute`, or a font that has it in `fonts.fallback` (colour emoji cannot be printed)"
        ],

        /// A document beside the list without a record.
        ViewEmpty("view-empty", Warning adjustable) {
            /// Its key in the template.
            key: Quoted,
        }
        meaning: ["載せる件のない文書", "A document in which there is nothing"],
        message: [
            "views の文書{key}には、載せる件がありません",
            "the document {key} of `views` has no record to show"
        ],
        department: [none],
        planning: [
            "where の項目と語を確認してください。ない年があるなら、このままで構いません（この文書は作成しません）",
            "see the fields and words of its `where`; if there is nothing this year, leave it (the document is not made)"
        ],

        /// A character that is not published as the department wrote it.
        GlyphSubstituted("glyph-substituted", Warning adjustable) {
            /// The characters of one glyph.
            characters: Characters,
            /// What stands in their place.
            by: Quoted,
            /// Where it does.
            reach: Reach,
        }
        meaning: ["書体にない文字を、ほかの文字で表した", "A character that the fonts lack was written in another way"],
        message: [by reach {
            Reach::Pages => [
                "文字{characters}は書体にないため、PDFには「{by}」と印刷します",
                "the font lacks the character {characters}; the PDF has `{by}` in its place"
            ],
            Reach::All => [
                "文字{characters}を、テンプレートの指定により「{by}」に置き換えました",
                "the character {characters} was replaced by `{by}`, as the template says"
            ],
        }],
        department: ["別の文字に改めてよいか、確認してください", "see whether another character may stand in its place"],
        planning: [
            "そのまま印刷する場合は、その字のあるフォントをテンプレートの fonts.fallback に指定してください",
            "to print it as it is, name a font that has it in the template's `fonts.fallback`"
        ],

        /// A private-use character.
        CharacterPrivate("character-private", Error fixed) {
            /// The characters, each once.
            characters: Characters,
            /// How many more there are.
            more: More,
        }
        meaning: ["外字（公表する文書に使えない文字）", "A private-use character"],
        message: [
            "外字{characters}{more}は、公表する文書に使えません",
            "the private-use character {characters}{more} cannot stand in a published document"
        ],
        department: [
            "常用の字体または仮名に改めてください。外字は、ほかのパソコンでは別の字になり、検索も読み上げもできません",
            "write a standard character or kana: elsewhere it shows as another character, and it can be neither searched nor read aloud"
        ],
        planning: [same],

        /// Texts that stand together in a cell of the list and do not fit.
        TextTooLong("text-too-long", Error fixed) {
            /// The column of the list.
            column: Quoted,
            /// How long they are together.
            found: usize,
            /// How long they can be.
            most: usize,
        }
        meaning: ["Excelのセルに入らない長さの文章", "A text that is too long for a cell of Excel"],
        message: [
            "一覧の「{column}」の欄が{found}字になります。Excelのセルに入るのは{most}字までです",
            "the column `{column}` of the list would have {found} characters here; a cell of Excel takes {most}"
        ],
        department: ["文章を短くしてください", "shorten the text"],
        planning: [
            "短くするよう所管課に依頼するか、テンプレートの columns で欄を分けてください",
            "have it shortened, or give its parts columns of their own in the template's `columns`"
        ],

        /// A character that the encoding of the CSV files lacks.
        CharacterUnencodable("character-unencodable", Error fixed) {
            /// The character.
            character: Characters,
        }
        meaning: ["CSVの文字コードにない文字", "A character that the encoding of the CSV files lacks"],
        message: [
            "文字{character}は、文字コードCP932（Shift_JIS）で書けません",
            "the character {character} cannot be written in CP932 (Shift_JIS)"
        ],
        department: [none],
        planning: [
            "テンプレートの open_data.encoding を \"utf-8-bom\" にするか、CP932にある文字に改めてください",
            "set the template's `open_data.encoding` to \"utf-8-bom\", or write a character that CP932 has"
        ],
    ] } };
}
