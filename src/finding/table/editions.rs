//! Entries about the editions of a list: the ids of its records, and what becomes of them from one edition to the next.

macro_rules! editions {
    ($next:ident $($then:ident)* [$($before:tt)*]) => { $next! { $($then)* [$($before)*
        /// An id that is none.
        IdUnreadable("id-unreadable", Warning adjustable) {
            /// What the form says.
            text: Quoted,
        }
        meaning: ["record_id が読み取れず、新しく付ける", "A `record_id` cannot be read; the record gets a new one"],
        message: [
            "record_id の「{text}」は読み取れないため、新しい番号を付けました",
            "`{text}` is no `record_id`, and the record gets a new one"
        ],
        department: [none],
        planning: [
            "前の版の record_id（英小文字と2～7の8文字）に直すか、空欄にしてください",
            "write the `record_id` of the last edition (eight small letters or digits 2–7), or nothing"
        ],

        /// Two records state one id.
        IdDuplicate("id-duplicate", Warning adjustable) {
            /// The id.
            id: Quoted,
            /// Where it stands first.
            first: Elsewhere,
        }
        meaning: ["同じ record_id の行が二つある", "Two records state the same `record_id`"],
        message: [
            "record_id の「{id}」は{first}にもあるため、この行に新しい番号を付けました",
            "the `record_id` `{id}` stands at {first} as well, and this record gets a new one"
        ],
        department: [none],
        planning: [
            "行をコピーして作った新しい指標であれば、record_id を空欄にしてください",
            "leave the `record_id` empty if the record was made by copying a row"
        ],

        /// Two records of two editions that are perhaps one.
        PairUncertain("pair-uncertain", Warning adjustable) {
            /// What the old record is called.
            name: Quoted,
            /// The old record's id.
            old: Quoted,
            /// The new record's id.
            new: Quoted,
            /// How alike they are.
            percent: usize,
        }
        meaning: [
            "前の版のどの行に当たるか、確かでない",
            "It is uncertain which record of the earlier edition this is"
        ],
        message: [
            "前の版の「{name}」（{old}）と同じ行かどうか、確かではありません（近さ{percent}％）。新設と削除として扱います",
            "perhaps the `{name}` ({old}) of the earlier edition ({percent} % alike); it is taken for a new record, and that for one that is gone"
        ],
        department: [none],
        planning: [
            "同じ行なら old と new に、違う行なら new だけに、「{new}」などの番号を links.toml に書いてください。kaitei compare --suggest で作成できます",
            "say in links.toml whether `{old}` and `{new}` are one; `kaitei compare --suggest` writes the entry"
        ],

        /// A link of records that are not there.
        LinkUnfit("link-unfit", Warning adjustable) {
            /// The ids that it names.
            ids: Quoted,
        }
        meaning: ["links.toml の対応が、二つの版の行に合わない", "A link of links.toml does not fit the two editions"],
        message: [
            "links.toml の対応（{ids}）は、その record_id の行がないか、別の対応と重なるため、使っていません",
            "the link of {ids} is not used: no record has one of these ids, or another link names it"
        ],
        department: [none],
        planning: [
            "record_id を確認し、不要であれば消してください",
            "look at the ids, and delete the link if it is not needed"
        ],
    ] } };
}
