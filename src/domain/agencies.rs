//! The agencies that issue legal documents, as data: every portal knows these and may declare more.

use jiff::civil::date;

use crate::base::lang::{Lang, PerLang};
use crate::domain::validity::Validity;

/// The shape that an organ gives to its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `749/QĐ-TTg`.
    State,
    /// `52-NQ/TW`.
    Party,
}

/// An agency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agency {
    /// Its id in front matter.
    pub id: &'static str,
    /// The codes that stand for it in a symbol, the usual one first: `TTg` in `749/QĐ-TTg`. None
    /// where its documents bear one that others have too: those of the central organs of the Party have `TW`.
    pub codes: &'static [&'static str],
    /// The shape of its numbers.
    pub shape: Shape,
    /// When it stood.
    pub valid: Validity,
    /// Its name in each language.
    pub name: PerLang<&'static str>,
}

impl Agency {
    /// Its name in a language.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &'static str {
        self.name.get(lang)
    }
}

macro_rules! agencies {
    ($($id:literal $codes:tt $shape:ident $valid:expr; $vi:literal $en:literal;)*) => {
        /// The agencies, the highest organs first. Ministries that were merged stay: old documents keep
        /// their issuers.
        pub const AGENCIES: &[Agency] = &[$(Agency {
            id: $id,
            codes: &$codes,
            shape: Shape::$shape,
            valid: $valid,
            name: PerLang { vi: $vi, en: $en },
        },)*];
    };
}

/// A code in symbols that stands for nobody a portal knows by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OtherCode {
    /// The code.
    pub code: &'static str,
    /// The shape of the numbers it stands in.
    pub shape: Shape,
    /// When documents with it were issued.
    pub valid: Validity,
}

const fn state(code: &'static str) -> OtherCode {
    OtherCode { code, shape: Shape::State, valid: Validity::ALWAYS }
}

const fn party(code: &'static str) -> OtherCode {
    OtherCode { shape: Shape::Party, ..state(code) }
}

/// Ministries were merged in the course of 2025.
const fn merged(code: &'static str) -> OtherCode {
    OtherCode { valid: Validity::until(date(2025, 12, 31)), ..state(code) }
}

/// Codes that are known in symbols only, so that writers do not choose among them: ministries that
/// were merged, committees of provinces and districts, steering committees, mass organisations, and
/// units. Old numbers keep them.
pub const OTHER_CODES: [OtherCode; 32] = [
    merged("BGTVT"),
    merged("BKHĐT"),
    merged("BKH&ĐT"),
    merged("BLĐTBXH"),
    merged("BNNPTNT"),
    merged("BNN&PTNT"),
    merged("BTNMT"),
    state("BDTTG"),
    state("UBDT"),
    state("VPQH"),
    state("HĐTP"),
    state("HĐNN"),
    party("TW"),
    party("VPTW"),
    party("TU"),
    party("HU"),
    party("ThU"),
    party("ĐU"),
    party("BCĐTW"),
    party("BCĐ57"),
    state("BCĐ"),
    state("TLĐ"),
    state("TWĐTN"),
    state("MTTW"),
    state("ĐCTUBTWMTTQVN"),
    state("CĐSQG"),
    state("ATTT"),
    state("KSTT"),
    state("STTTT"),
    state("SKHCN"),
    state("TCT"),
    state("TCHQ"),
];

agencies! {
    "national-assembly" ["QH"] State Validity::ALWAYS;
        "Quốc hội" "National Assembly";
    "national-assembly-standing-committee" ["UBTVQH"] State Validity::ALWAYS;
        "Ủy ban Thường vụ Quốc hội" "National Assembly Standing Committee";
    "president" ["CTN"] State Validity::ALWAYS;
        "Chủ tịch nước" "President";
    "government" ["CP"] State Validity::ALWAYS;
        "Chính phủ" "Government";
    "prime-minister" ["TTg"] State Validity::ALWAYS;
        "Thủ tướng Chính phủ" "Prime Minister";
    "politburo" [] Party Validity::ALWAYS;
        "Bộ Chính trị" "Politburo";
    "party-central-committee" [] Party Validity::ALWAYS;
        "Ban Chấp hành Trung ương Đảng" "Party Central Committee";
    "party-secretariat" [] Party Validity::ALWAYS;
        "Ban Bí thư Trung ương Đảng" "Party Central Committee Secretariat";
    "government-office" ["VPCP"] State Validity::ALWAYS;
        "Văn phòng Chính phủ" "Government Office";
    "ministry-of-science-and-technology" ["BKHCN"] State Validity::ALWAYS;
        "Bộ Khoa học và Công nghệ" "Ministry of Science and Technology";
    "ministry-of-information-and-communications" ["BTTTT"] State Validity::until(date(2025, 2, 28));
        "Bộ Thông tin và Truyền thông" "Ministry of Information and Communications";
    "ministry-of-public-security" ["BCA"] State Validity::ALWAYS;
        "Bộ Công an" "Ministry of Public Security";
    "ministry-of-national-defence" ["BQP"] State Validity::ALWAYS;
        "Bộ Quốc phòng" "Ministry of National Defence";
    "ministry-of-foreign-affairs" ["BNG"] State Validity::ALWAYS;
        "Bộ Ngoại giao" "Ministry of Foreign Affairs";
    "ministry-of-home-affairs" ["BNV"] State Validity::ALWAYS;
        "Bộ Nội vụ" "Ministry of Home Affairs";
    "ministry-of-justice" ["BTP"] State Validity::ALWAYS;
        "Bộ Tư pháp" "Ministry of Justice";
    "ministry-of-finance" ["BTC"] State Validity::ALWAYS;
        "Bộ Tài chính" "Ministry of Finance";
    "ministry-of-industry-and-trade" ["BCT"] State Validity::ALWAYS;
        "Bộ Công Thương" "Ministry of Industry and Trade";
    "ministry-of-health" ["BYT"] State Validity::ALWAYS;
        "Bộ Y tế" "Ministry of Health";
    "ministry-of-education-and-training" ["BGDĐT", "BGD&ĐT"] State Validity::ALWAYS;
        "Bộ Giáo dục và Đào tạo" "Ministry of Education and Training";
    "ministry-of-construction" ["BXD"] State Validity::ALWAYS;
        "Bộ Xây dựng" "Ministry of Construction";
    "ministry-of-agriculture-and-environment" ["BNNMT"] State Validity::from(date(2025, 1, 1));
        "Bộ Nông nghiệp và Môi trường" "Ministry of Agriculture and Environment";
    "ministry-of-culture-sports-and-tourism" ["BVHTTDL"] State Validity::ALWAYS;
        "Bộ Văn hóa, Thể thao và Du lịch" "Ministry of Culture, Sports and Tourism";
    "state-bank" ["NHNN"] State Validity::ALWAYS;
        "Ngân hàng Nhà nước Việt Nam" "State Bank of Viet Nam";
    "government-inspectorate" ["TTCP"] State Validity::ALWAYS;
        "Thanh tra Chính phủ" "Government Inspectorate";
    "state-audit" ["KTNN"] State Validity::ALWAYS;
        "Kiểm toán Nhà nước" "State Audit";
    "supreme-peoples-court" ["TANDTC"] State Validity::ALWAYS;
        "Tòa án nhân dân tối cao" "Supreme People's Court";
    "supreme-peoples-procuracy" ["VKSNDTC"] State Validity::ALWAYS;
        "Viện kiểm sát nhân dân tối cao" "Supreme People's Procuracy";
    "national-committee-on-digital-transformation" ["UBQGCĐS"] State Validity::ALWAYS;
        "Ủy ban Quốc gia về chuyển đổi số" "National Committee on Digital Transformation";
    "provincial-peoples-committee" ["UBND"] State Validity::ALWAYS;
        "Ủy ban nhân dân cấp tỉnh" "Provincial People's Committee";
    "provincial-peoples-council" ["HĐND"] State Validity::ALWAYS;
        "Hội đồng nhân dân cấp tỉnh" "Provincial People's Council";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_names_are_told_apart() {
        for (index, agency) in AGENCIES.iter().enumerate() {
            for other in AGENCIES.iter().skip(index + 1) {
                assert_ne!(agency.id, other.id);
                assert!(Lang::ALL.iter().all(|lang| agency.name(*lang) != other.name(*lang)), "{}", agency.id);
            }
        }
    }
}
