//! The rows of the table of fields.

use super::Inheritance::{ByPart, Default, Neutral, Own, Text as Stated};
use super::SchemaKind::{Decision, Event, News, Page, Section};
use super::Value::{
    Bool, Choice, Count, Date, File, Free, Line, LineOrMaps, List, Map, Maps, Paths, Quantity, Slug, Text, Url,
};
use super::{Choices, Field, SchemaKind};

const ALL: &[SchemaKind] = &[News, Decision, Event, Page, Section];
const PAGES: &[SchemaKind] = &[News, Decision, Event, Page];
const DECISION: &[SchemaKind] = &[Decision];
const EVENT: &[SchemaKind] = &[Event];
const SECTION: &[SchemaKind] = &[Section];

/// One row for each field: name, kinds, value, what a translation inherits, an example, and other
/// words for it.
macro_rules! fields {
    ($($name:literal $kinds:ident $value:expr, $inheritance:ident $example:literal [$($word:literal)*];)*) => {
        /// All fields, in the order of the reference.
        pub const FIELDS: &[Field] = &[$(Field {
            name: $name,
            kinds: $kinds,
            value: $value,
            inheritance: $inheritance,
            example: $example,
            words: &[$($word),*],
        },)*];
    };
}

fields! {
    "title" ALL Line, Own "Ngày Chuyển đổi số quốc gia 2024" ["tieu_de" "tua_de" "ten" "ten_bai" "headline"];
    "description" ALL Line, Own "Lễ kỷ niệm tổ chức tại Hà Nội và trực tuyến tới 63 tỉnh, thành phố." ["mo_ta" "tom_tat" "sapo" "trich_yeu" "summary" "excerpt" "abstract"];
    "slug" ALL Slug, Own "ngay-chuyen-doi-so-2024" ["duong_dan" "dia_chi" "permalink"];
    "id" ALL Line, Neutral "news/ngay-chuyen-doi-so-2024" ["ma" "ma_trang"];
    "draft" ALL Bool, Own "true" ["ban_nhap" "nhap"];
    "date" PAGES Date, Neutral "2022-04-27T08:30+07:00" ["ngay" "ngay_dang" "ngay_viet" "published"];
    "publish" PAGES Date, Own "2022-04-27T08:00" ["xuat_ban" "ngay_xuat_ban" "dang_luc" "hen_gio" "publish_date" "pubdate"];
    "unpublish" PAGES Date, Default "2025-01-01" ["go" "go_bai" "ngay_go"];
    "updated" ALL Date, Own "2022-04-28" ["cap_nhat" "ngay_cap_nhat" "lastmod" "modified"];
    "review_by" ALL Date, Default "2026-06-30" ["ra_soat" "han_ra_soat"];
    "topics" PAGES List, Neutral "[digital-government, data]" ["chu_de" "chuyen_muc" "topic" "category" "categories"];
    "tags" PAGES List, Default "[an-toan-thong-tin]" ["the" "nhan" "tu_khoa" "tag" "keywords"];
    "aliases" ALL Paths, Own "[/tin-cu/ngay-chuyen-doi-so]" ["dia_chi_cu" "duong_dan_cu" "alias" "redirect_from"];
    "image" ALL Map, ByPart "{src: le-ky-niem.jpg, alt: Toàn cảnh lễ kỷ niệm}" ["anh" "hinh" "hinh_anh" "anh_dai_dien" "photo" "cover" "thumbnail"];
    "image.src" ALL File, Neutral "le-ky-niem.jpg" ["tep" "tep_anh" "file" "path"];
    "image.alt" ALL Line, Stated "Toàn cảnh lễ kỷ niệm" ["mo_ta" "mo_ta_anh" "van_ban_thay_the" "alt_text"];
    "image.caption" ALL Line, Stated "Lễ kỷ niệm tại Hà Nội, ngày 10/10/2022." ["chu_thich" "chu_thich_anh"];
    "image.credit" ALL Line, Stated "Minh Hiệp" ["nguon_anh" "nguon" "tac_gia_anh" "photographer"];
    "authors" PAGES List, Default "[Minh Phương]" ["tac_gia" "author" "but_danh" "nguoi_viet" "byline"];
    "source" PAGES Map, ByPart "{name: Báo Quảng Trị, url: https://bao.example/bai-viet}" ["nguon" "nguon_tin"];
    "source.name" PAGES Line, Stated "Báo Quảng Trị" ["ten" "ten_nguon"];
    "source.url" PAGES Url, Neutral "https://bao.example/bai-viet" ["dia_chi" "lien_ket" "link"];
    "featured" PAGES Map, Default "{until: 2024-10-31}" ["noi_bat" "tin_noi_bat" "ghim" "pinned"];
    "featured.until" PAGES Date, Default "2024-10-31" ["den" "den_ngay"];
    "corrections" PAGES Maps, ByPart "[{date: 2024-10-12, text: Đã sửa số điểm cầu thành 63.}]" ["dinh_chinh" "correction"];
    "corrections.date" PAGES Date, Neutral "2024-10-12" ["ngay"];
    "corrections.text" PAGES Text, Stated "Đã sửa số điểm cầu thành 63." ["noi_dung"];
    "withdrawn" PAGES Map, ByPart "{date: 2024-10-12, reason: Thông tin chưa được kiểm chứng.}" ["thu_hoi" "rut_bai"];
    "withdrawn.date" PAGES Date, Neutral "2024-10-12" ["ngay"];
    "withdrawn.reason" PAGES Text, Stated "Thông tin chưa được kiểm chứng." ["ly_do"];
    "translates" ALL Line, Own "3f9a61c07b2e" ["ban_dich"];
    "extra" ALL Free, Own "{ma_ho_so: A-12}" ["khac" "truong_khac" "params"];

    "number" DECISION Line, Neutral "749/QĐ-TTg" ["so" "so_hieu" "so_ky_hieu" "ky_hieu"];
    "type" DECISION Choice(Choices::DocumentType), Neutral "decision" ["loai" "loai_van_ban" "the_loai"];
    "issued" DECISION Date, Neutral "2020-06-03" ["ban_hanh" "ngay_ban_hanh" "ngay_ky"];
    "effective" DECISION Date, Neutral "2020-06-03" ["hieu_luc" "ngay_hieu_luc" "ngay_co_hieu_luc"];
    "effective_until" DECISION Date, Neutral "2025-12-31" ["het_hieu_luc" "ngay_het_hieu_luc"];
    "agency" DECISION Line, Neutral "prime-minister" ["co_quan" "co_quan_ban_hanh" "noi_ban_hanh"];
    "province" DECISION Line, Neutral "lao-cai" ["tinh" "tinh_thanh" "dia_phuong"];
    "signer" DECISION Line, Stated "Nguyễn Xuân Phúc" ["nguoi_ky"];
    "partly" DECISION Bool, Neutral "true" ["mot_phan" "hieu_luc_mot_phan"];
    "status_checked" DECISION Map, Neutral "{date: 2026-10-01, url: https://vanban.example/749}" ["kiem_tra" "kiem_tra_hieu_luc"];
    "status_checked.date" DECISION Date, Neutral "2026-10-01" ["ngay"];
    "status_checked.url" DECISION Url, Neutral "https://vanban.example/749" ["dia_chi" "lien_ket" "link"];
    "replaces" DECISION List, Neutral "[43/2011/NĐ-CP]" ["thay_the"];
    "amends" DECISION List, Neutral "[1726/QĐ-BTTTT]" ["sua_doi" "bo_sung" "sua_doi_bo_sung"];
    "basis" DECISION List, Neutral "[148/2025/QH15]" ["can_cu" "can_cu_vao" "based_on"];
    "implements" DECISION List, Neutral "[52-NQ/TW]" ["trien_khai" "thuc_hien"];
    "official_url" DECISION Url, Neutral "https://vanban.example/749" ["ban_chinh_thuc" "van_ban_goc" "lien_ket" "link"];
    "attachments" DECISION Maps, ByPart "[{file: 749-qd-ttg.pdf, title: Toàn văn}]" ["dinh_kem" "tep_dinh_kem" "files"];
    "attachments.file" DECISION File, Stated "749-qd-ttg.pdf" ["tep"];
    "attachments.title" DECISION Line, Stated "Toàn văn" ["tieu_de" "ten"];
    "attachments.pages" DECISION Count, Neutral "28" ["so_trang" "trang"];
    "attachments.scanned" DECISION Bool, Neutral "true" ["ban_quet" "quet" "scan"];
    "targets" DECISION Maps, ByPart "[{id: fibre, label: Hộ gia đình có Internet cáp quang, unit: \"%\", \"2025\": 80}]" ["chi_tieu" "muc_tieu"];
    "targets.id" DECISION Line, Neutral "fibre" ["ma"];
    "targets.label" DECISION Line, Stated "Hộ gia đình có Internet cáp quang" ["nhan" "ten" "chi_tieu"];
    "targets.unit" DECISION Line, Neutral "\"%\"" ["don_vi" "don_vi_tinh"];
    "targets.YYYY" DECISION Quantity, Neutral "\"> 80\"" [];
    "targets.measured" DECISION Maps, Neutral "[{value: 17, as_of: 2024-07-19, source: Hội nghị Chính phủ với địa phương}]" ["do_duoc" "ket_qua" "thuc_te"];
    "targets.measured.value" DECISION Quantity, Neutral "17" ["gia_tri"];
    "targets.measured.as_of" DECISION Date, Neutral "2024-07-19" ["ngay" "tinh_den"];
    "targets.measured.source" DECISION Line, Neutral "Hội nghị Chính phủ với địa phương" ["nguon"];
    "targets.source" DECISION Line, Stated "Quyết định số 749/QĐ-TTg, mục II" ["nguon"];

    "start" EVENT Date, Neutral "2024-10-12T08:00+07:00" ["bat_dau" "ngay_bat_dau" "thoi_gian" "khai_mac"];
    "end" EVENT Date, Neutral "2024-10-12T11:30+07:00" ["ket_thuc" "ngay_ket_thuc" "be_mac"];
    "all_day" EVENT Bool, Neutral "true" ["ca_ngay"];
    "status" EVENT Choice(Choices::EventStatus), Neutral "rescheduled" ["trang_thai" "tinh_trang"];
    "former_start" EVENT Date, Neutral "2024-10-10T08:00+07:00" ["bat_dau_cu" "lich_cu"];
    "attendance" EVENT Choice(Choices::Attendance), Neutral "hybrid" ["hinh_thuc" "hinh_thuc_to_chuc" "tham_du"];
    "place" EVENT Map, ByPart "{name: Trụ sở Chính phủ, province: Hà Nội}" ["dia_diem" "noi_to_chuc" "location" "venue"];
    "place.name" EVENT Line, Stated "Trụ sở Chính phủ" ["ten" "ten_dia_diem"];
    "place.address" EVENT Line, Stated "Số 1 Hoàng Hoa Thám, Ba Đình" ["dia_chi"];
    "place.province" EVENT Line, Neutral "Hà Nội" ["tinh" "tinh_thanh" "thanh_pho"];
    "place.url" EVENT Url, Neutral "https://hop.example/ngay-10-10" ["lien_ket" "truc_tuyen" "link"];
    "organiser" EVENT Line, Stated "Bộ Khoa học và Công nghệ" ["don_vi_to_chuc" "ban_to_chuc" "to_chuc" "chu_tri" "organizer"];
    "series" EVENT Line, Neutral "national-dx-day" ["chuoi" "chuoi_su_kien"];
    "theme" EVENT LineOrMaps, ByPart "Khai thác dữ liệu số để tạo ra giá trị" ["chu_de_su_kien" "khau_hieu" "slogan" "themes"];
    "theme.id" EVENT Line, Neutral "nam" ["ma"];
    "theme.text" EVENT Line, Stated "Khai thác dữ liệu số để tạo ra giá trị" ["noi_dung" "ten"];
    "theme.kind" EVENT Choice(Choices::ThemeKind), Neutral "year" ["loai"];
    "theme.source" EVENT Line, Stated "Báo VietNamNet, ngày 21/10/2025" ["nguon"];
    "theme.verified" EVENT Bool, Neutral "true" ["da_kiem_chung" "kiem_chung" "xac_nhan"];

    "kind" SECTION Choice(Choices::Kind), Neutral "news" ["loai_noi_dung" "loai_trang"];
    "sort" SECTION Choice(Choices::Sort), Neutral "date" ["sap_xep" "thu_tu"];
    "page_size" SECTION Count, Neutral "20" ["so_muc" "so_bai" "so_bai_moi_trang"];
    "feed" SECTION Bool, Neutral "true" ["nguon_cap" "rss" "atom"];
    "archive" SECTION Bool, Neutral "false" ["luu_tru" "archives"];
    "layout" SECTION Line, Neutral "section" ["bo_cuc" "mau" "giao_dien" "template"];
}
