//! The types of Vietnamese legal and administrative documents: ids, names and the codes in their
//! symbols (Decree 30/2020/NĐ-CP, appendix III; the Law on Promulgation of Legal Documents; Party
//! rules).

use crate::base::lang::{Lang, PerLang};
use crate::base::text::fold;

/// A type of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentType {
    /// The name writers use: `decision`.
    pub id: &'static str,
    /// The codes that stand for it in a symbol, the usual one first: `QĐ` in `749/QĐ-TTg`. None
    /// where the symbol names only who issued it: `148/2025/QH15`, `4878/BTTTT-CĐSQG`.
    pub codes: &'static [&'static str],
    /// What people call it.
    pub names: PerLang<&'static str>,
}

/// Makes one row of the table.
const fn row(id: &'static str, codes: &'static [&'static str], vi: &'static str, en: &'static str) -> DocumentType {
    DocumentType { id, codes, names: PerLang { vi, en } }
}

/// All types, the higher ones first.
pub const DOCUMENT_TYPES: [DocumentType; 20] = [
    row("law", &["LCT"], "Luật", "Law"),
    row("code", &[], "Bộ luật", "Code"),
    row("ordinance", &["PL"], "Pháp lệnh", "Ordinance"),
    row("order", &["L"], "Lệnh", "Order"),
    row("resolution", &["NQ", "NQLT"], "Nghị quyết", "Resolution"),
    row("decree", &["NĐ"], "Nghị định", "Decree"),
    row("decision", &["QĐ"], "Quyết định", "Decision"),
    row("directive", &["CT"], "Chỉ thị", "Directive"),
    row("circular", &["TT"], "Thông tư", "Circular"),
    row("joint-circular", &["TTLT"], "Thông tư liên tịch", "Joint Circular"),
    row("conclusion", &["KL"], "Kết luận", "Conclusion"),
    row("guidance", &["HD"], "Hướng dẫn", "Guidance"),
    row("regulation", &["QyĐ", "QC"], "Quy định", "Regulation"),
    row("plan", &["KH"], "Kế hoạch", "Plan"),
    row("notice", &["TB"], "Thông báo", "Notice"),
    row("official-letter", &[], "Công văn", "Official Letter"),
    row("programme", &["CTr"], "Chương trình", "Programme"),
    row("scheme", &["ĐA"], "Đề án", "Scheme"),
    row("report", &["BC"], "Báo cáo", "Report"),
    row("consolidated", &["VBHN"], "Văn bản hợp nhất", "Consolidated Document"),
];

/// A type that is known in symbols only, so that writers do not choose it. It has the name that
/// Vietnamese texts give it in both languages.
const fn paper(id: &'static str, code: &'static [&'static str], vi: &'static str) -> DocumentType {
    row(id, code, vi, vi)
}

/// Types that no portal has as documents but texts may name: telegrams, submissions, projects, the
/// papers of offices (Decree 30/2020/NĐ-CP, appendix III), and the decree-laws of old. A contract (`HĐ`)
/// is none of them.
pub const OTHER_PAPERS: [DocumentType; 16] = [
    row("official-telegram", &["CĐ"], "Công điện", "Official Telegram"),
    row("submission", &["TTr"], "Tờ trình", "Submission"),
    paper("project", &["DA"], "Dự án"),
    paper("option", &["PA"], "Phương án"),
    paper("decree-law", &["SL"], "Sắc lệnh"),
    paper("communique", &["TC"], "Thông cáo"),
    paper("minutes", &["BB"], "Biên bản"),
    paper("memorandum", &["BGN"], "Bản ghi nhớ"),
    paper("agreement", &["BTT"], "Bản thỏa thuận"),
    paper("authorisation", &["GUQ"], "Giấy ủy quyền"),
    paper("invitation", &["GM"], "Giấy mời"),
    paper("introduction", &["GGT"], "Giấy giới thiệu"),
    paper("leave", &["GNP"], "Giấy nghỉ phép"),
    paper("dispatch-note", &["PG"], "Phiếu gửi"),
    paper("transfer-note", &["PC"], "Phiếu chuyển"),
    paper("report-note", &["PB"], "Phiếu báo"),
];

/// All types and papers.
pub fn all() -> impl Iterator<Item = &'static DocumentType> {
    DOCUMENT_TYPES.iter().chain(&OTHER_PAPERS)
}

impl DocumentType {
    /// The type of an id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<&'static Self> {
        DOCUMENT_TYPES.iter().find(|kind| kind.id == id)
    }

    /// The type of a code as it stands in a symbol, in any letter case.
    #[must_use]
    pub fn from_code(code: &str) -> Option<&'static Self> {
        let code = code.to_lowercase();
        DOCUMENT_TYPES.iter().find(|kind| kind.codes.iter().any(|known| known.to_lowercase() == code))
    }

    /// The type of a name in either language, marks and letter case aside.
    #[must_use]
    pub fn from_name(name: &str) -> Option<&'static Self> {
        let name = fold(name);
        DOCUMENT_TYPES.iter().find(|kind| kind.names.iter().any(|(_, known)| fold(known) == name))
    }

    /// What people call it in a language.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &'static str {
        self.names.get(lang)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_found_by_id_code_and_name() {
        assert_eq!(DocumentType::from_id("decision").unwrap().name(Lang::Vi), "Quyết định");
        assert_eq!(DocumentType::from_code("QĐ").unwrap().id, "decision");
        assert_eq!(DocumentType::from_code("NĐ").unwrap().id, "decree");
        assert_eq!(DocumentType::from_code("ctr").unwrap().id, "programme");
        assert_eq!(DocumentType::from_name("thong tu lien tich").unwrap().id, "joint-circular");
        assert_eq!(DocumentType::from_name("HĐ"), None);
    }

    #[test]
    fn ids_codes_and_names_are_unique() {
        for (at, kind) in all().enumerate() {
            for other in all().skip(at + 1) {
                assert_ne!(kind.id, other.id);
                assert!(kind.codes.iter().all(|code| !other.codes.contains(code)));
                assert!(kind.names.iter().all(|(lang, name)| other.name(lang) != *name));
            }
        }
    }
}
