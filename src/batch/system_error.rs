//! Failures of the file system as errors of a run: in Japanese, what the kind of a failure means for a file and what to
//! do. The system's own sentence is in the system's language, or in English.

use super::regular::Irregular;
use crate::error::{self, Error};
use crate::finding::message;
use std::io::{self, ErrorKind};
use std::path::Path;

impl Error {
    /// A failed operation of the file system on a path.
    pub fn io(path: &Path, error: &io::Error) -> Self {
        let path = path.display().to_string();
        let hint = match error.kind() {
            ErrorKind::PermissionDenied => {
                " (check the permissions, and that no other program holds the file open)"
            }
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                " (there is no space left; delete what is not needed and run again)"
            }
            ErrorKind::ReadOnlyFilesystem => " (the place is read-only; make it writable, or run elsewhere)",
            _ => "",
        };
        let message = message(japanese(&path, error), format!("{path}: {error}{hint}"));
        Self { kind: error::ErrorKind::Io, message }
    }
}

/// The sentence for a file or folder.
fn japanese(path: &str, error: &io::Error) -> String {
    let irregular = error.get_ref().and_then(|error| error.downcast_ref());
    let said = match error.kind() {
        _ if irregular == Some(&Irregular::Special) => {
            "は、通常のファイルではありません（名前付きパイプ、デバイスなど）。通常のファイルを指定するか、取り除いてください"
        }
        _ if irregular == Some(&Irregular::Link) => {
            "はリンクです。ここではリンク先を読み書きしません。リンクを取り除いてください"
        }
        ErrorKind::NotFound => "が見つかりません。ファイル名と場所を確認してください",
        ErrorKind::PermissionDenied => {
            "を開けません。権限と、Excelなどで開いたままになっていないかを確認してください"
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "に書き込めません。空き容量がないので、不要なファイルを消してから、もう一度実行してください"
        }
        ErrorKind::ReadOnlyFilesystem => {
            "に書き込めません。書き込みのできない場所です。書き込めるようにするか、別の場所で実行してください"
        }
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy | ErrorKind::Deadlock => {
            "を開けません。ほかのプログラムが使っているので、閉じてから、もう一度実行してください"
        }
        ErrorKind::IsADirectory => "はフォルダーです。ファイルを指定してください",
        ErrorKind::NotADirectory => "はフォルダーではありません。同じ名前のファイルがないか確認してください",
        ErrorKind::AlreadyExists => "は、すでにあります。名前を変えるか、移してください",
        ErrorKind::DirectoryNotEmpty => "は空のフォルダーではありません",
        ErrorKind::InvalidFilename => "は、ファイルの名前として使えません。短くするか、記号を除いてください",
        ErrorKind::FileTooLarge => "は大きすぎて、この場所には置けません",
        ErrorKind::CrossesDevices => "を移せません。出力のフォルダーは一つのドライブに置いてください",
        ErrorKind::TooManyLinks => "を、これ以上ほかの場所から参照できません",
        ErrorKind::StaleNetworkFileHandle
        | ErrorKind::HostUnreachable
        | ErrorKind::NetworkUnreachable
        | ErrorKind::NetworkDown
        | ErrorKind::NotConnected
        | ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::TimedOut => "に届きません。ネットワークのドライブがつながっているか確認してください",
        ErrorKind::OutOfMemory => "を読み書きするメモリーが足りません",
        ErrorKind::InvalidData => "の内容を、文字として読み取れません",
        ErrorKind::UnexpectedEof => "が途中で終わっています",
        // What other programs hold open on Windows (ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION).
        _ if cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33)) => {
            "を開けません。Excelなどで開いたままになっていないか確認してください"
        }
        _ => "を読み書きできません",
    };
    // The number is what whoever looks after the machine can look up.
    let number = error.raw_os_error().filter(|_| said.ends_with("を読み書きできません"));
    let number = number.map(|number| format!("（システムのエラー番号 {number}）")).unwrap_or_default();
    format!("「{path}」{said}{number}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_of_the_system_is_left() {
        for number in 1..=133 {
            let said = japanese("表.xlsx", &io::Error::from_raw_os_error(number));
            let own = said.strip_prefix("「表.xlsx」").unwrap().replace("Excel", "");
            assert!(!own.contains(|c: char| c.is_ascii_alphabetic()), "{number}: {said}");
        }
        assert!(japanese("a", &ErrorKind::NotFound.into()).contains("見つかりません"));
        if cfg!(unix) {
            let unknown = japanese("a", &io::Error::from_raw_os_error(71));
            assert!(unknown.ends_with("（システムのエラー番号 71）"), "{unknown}");
        }
    }
}
