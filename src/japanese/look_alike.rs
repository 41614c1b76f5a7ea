//! Look-alikes: characters that look like others of daily use, but are found by no search and drawn by few fonts.
//!
//! They come from PDFs (radicals), from Word (hyphens that do not break) and from other character sets (the tilde
//! operator). Nobody types them on purpose, so that they are read as what they look like.

use super::chars::second_of_pair;

/// The radicals of the blocks U+2E80 and U+2F00, each with the kanji that it looks like: those of Unicode's
/// `EquivalentUnifiedIdeograph.txt`, in the forms of Japan where a kanji has several.
const RADICALS: &str = "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王\
    ⺫目⺬示⺭礻⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺶羊⺹耂⺺肀⺻聿⺼肉⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青\
    ⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟⼀一⼁丨⼂丶⼃丿⼄乙⼅亅⼆二⼇亠⼈人⼉儿⼊入⼋八⼌冂\
    ⼍冖⼎冫⼏几⼐凵⼑刀⼒力⼓勹⼔匕⼕匚⼖匸⼗十⼘卜⼙卩⼚厂⼛厶⼜又⼝口⼞囗⼟土⼠士⼡夂⼢夊⼣夕⼤大⼥女⼦子⼧宀⼨寸⼩小⼪尢⼫尸⼬屮⼭山⼮巛⼯工⼰己⼱巾⼲干\
    ⼳幺⼴广⼵廴⼶廾⼷弋⼸弓⼹彐⼺彡⼻彳⼼心⼽戈⼾戸⼿手⽀支⽁攴⽂文⽃斗⽄斤⽅方⽆无⽇日⽈曰⽉月⽊木⽋欠⽌止⽍歹⽎殳⽏毋⽐比⽑毛⽒氏⽓气⽔水⽕火⽖爪⽗父⽘爻\
    ⽙爿⽚片⽛牙⽜牛⽝犬⽞玄⽟玉⽠瓜⽡瓦⽢甘⽣生⽤用⽥田⽦疋⽧疒⽨癶⽩白⽪皮⽫皿⽬目⽭矛⽮矢⽯石⽰示⽱禸⽲禾⽳穴⽴立⽵竹⽶米⽷糸⽸缶⽹网⽺羊⽻羽⽼老⽽而⽾耒\
    ⽿耳⾀聿⾁肉⾂臣⾃自⾄至⾅臼⾆舌⾇舛⾈舟⾉艮⾊色⾋艸⾌虍⾍虫⾎血⾏行⾐衣⾑襾⾒見⾓角⾔言⾕谷⾖豆⾗豕⾘豸⾙貝⾚赤⾛走⾜足⾝身⾞車⾟辛⾠辰⾡辵⾢邑⾣酉⾤釆\
    ⾥里⾦金⾧長⾨門⾩阜⾪隶⾫隹⾬雨⾭青⾮非⾯面⾰革⾱韋⾲韭⾳音⾴頁⾵風⾶飛⾷食⾸首⾹香⾺馬⾻骨⾼高⾽髟⾾鬥⾿鬯⿀鬲⿁鬼⿂魚⿃鳥⿄鹵⿅鹿⿆麥⿇麻⿈黄⿉黍⿊黒\
    ⿋黹⿌黽⿍鼎⿎鼓⿏鼠⿐鼻⿑齊⿒齒⿓龍⿔龜⿕龠";

/// What a character looks like, if it is a look-alike.
pub(crate) fn look_alike(c: char) -> Option<char> {
    match c {
        '\u{2E80}'..='\u{2FDF}' => second_of_pair(RADICALS, c),
        '\u{223C}' => Some('～'),
        '\u{2011}' => Some('-'),
        '\u{2001}' | '\u{2003}' => Some('\u{3000}'),
        '\u{2000}' | '\u{2002}' | '\u{2004}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => Some(' '),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_alikes_are_what_they_look_like() {
        for (c, like) in [
            ('⼦', '子'),
            ('⽀', '支'),
            ('⽤', '用'),
            ('⺠', '民'),
            ('⻑', '長'),
            ('⼾', '戸'),
            ('∼', '～'),
            ('\u{2011}', '-'),
            ('\u{2009}', ' '),
            ('\u{2003}', '\u{3000}'),
        ] {
            assert_eq!(look_alike(c), Some(like), "{c}");
            assert_eq!(look_alike(like), None, "{like}");
        }
        assert_eq!(RADICALS.chars().count() % 2, 0);
    }
}
