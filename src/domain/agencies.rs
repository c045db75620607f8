//! The agencies that issue legal documents, as data: every portal knows these and may declare more.

use crate::base::lang::{Lang, PerLang};

/// An agency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agency {
    /// Its id in front matter.
    pub id: &'static str,
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
    ($($id:literal $vi:literal $en:literal;)*) => {
        /// The agencies, the highest organs first. Ministries that were merged stay: old documents
        /// keep their issuers.
        pub const AGENCIES: &[Agency] = &[$(Agency { id: $id, name: PerLang { vi: $vi, en: $en } },)*];
    };
}

agencies! {
    "national-assembly" "Quốc hội" "National Assembly";
    "national-assembly-standing-committee" "Ủy ban Thường vụ Quốc hội" "National Assembly Standing Committee";
    "president" "Chủ tịch nước" "President";
    "government" "Chính phủ" "Government";
    "prime-minister" "Thủ tướng Chính phủ" "Prime Minister";
    "politburo" "Bộ Chính trị" "Politburo";
    "party-central-committee" "Ban Chấp hành Trung ương Đảng" "Party Central Committee";
    "party-secretariat" "Ban Bí thư Trung ương Đảng" "Party Central Committee Secretariat";
    "government-office" "Văn phòng Chính phủ" "Government Office";
    "ministry-of-science-and-technology" "Bộ Khoa học và Công nghệ" "Ministry of Science and Technology";
    "ministry-of-information-and-communications" "Bộ Thông tin và Truyền thông" "Ministry of Information and Communications";
    "ministry-of-public-security" "Bộ Công an" "Ministry of Public Security";
    "ministry-of-national-defence" "Bộ Quốc phòng" "Ministry of National Defence";
    "ministry-of-foreign-affairs" "Bộ Ngoại giao" "Ministry of Foreign Affairs";
    "ministry-of-home-affairs" "Bộ Nội vụ" "Ministry of Home Affairs";
    "ministry-of-justice" "Bộ Tư pháp" "Ministry of Justice";
    "ministry-of-finance" "Bộ Tài chính" "Ministry of Finance";
    "ministry-of-industry-and-trade" "Bộ Công Thương" "Ministry of Industry and Trade";
    "ministry-of-health" "Bộ Y tế" "Ministry of Health";
    "ministry-of-education-and-training" "Bộ Giáo dục và Đào tạo" "Ministry of Education and Training";
    "ministry-of-construction" "Bộ Xây dựng" "Ministry of Construction";
    "ministry-of-agriculture-and-environment" "Bộ Nông nghiệp và Môi trường" "Ministry of Agriculture and Environment";
    "ministry-of-culture-sports-and-tourism" "Bộ Văn hóa, Thể thao và Du lịch" "Ministry of Culture, Sports and Tourism";
    "state-bank" "Ngân hàng Nhà nước Việt Nam" "State Bank of Viet Nam";
    "government-inspectorate" "Thanh tra Chính phủ" "Government Inspectorate";
    "state-audit" "Kiểm toán Nhà nước" "State Audit";
    "supreme-peoples-court" "Tòa án nhân dân tối cao" "Supreme People's Court";
    "supreme-peoples-procuracy" "Viện kiểm sát nhân dân tối cao" "Supreme People's Procuracy";
    "national-committee-on-digital-transformation" "Ủy ban Quốc gia về chuyển đổi số" "National Committee on Digital Transformation";
    "provincial-peoples-committee" "Ủy ban nhân dân cấp tỉnh" "Provincial People's Committee";
    "provincial-peoples-council" "Hội đồng nhân dân cấp tỉnh" "Provincial People's Council";
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
