"""The words the corpus is made of, each in Vietnamese and English."""

VI, EN = 0, 1
LANGS = ("vi", "en")
SECTIONS = ("news", "decisions", "events")
SECTION_TITLES = {
    "news": ("Tin tức", "News"),
    "decisions": ("Quyết định", "Decisions"),
    "events": ("Sự kiện", "Events"),
}

TOPICS = [
    ("chuyển đổi số quốc gia", "national digital transformation"),
    ("chính phủ điện tử", "e-government"),
    ("dịch vụ công trực tuyến", "online public services"),
    ("cơ sở dữ liệu quốc gia về dân cư", "the national population database"),
    ("định danh và xác thực điện tử", "electronic identification and authentication"),
    ("chữ ký số cá nhân", "personal digital signatures"),
    ("hạ tầng số dùng chung", "shared digital infrastructure"),
    ("an toàn thông tin mạng", "network information security"),
    ("kinh tế số và xã hội số", "the digital economy and digital society"),
    ("trí tuệ nhân tạo", "artificial intelligence"),
    ("điện toán đám mây", "cloud computing"),
    ("mạng di động 5G", "5G mobile networks"),
    ("dữ liệu mở của cơ quan nhà nước", "open government data"),
    ("thanh toán không dùng tiền mặt", "cashless payment"),
    ("đô thị thông minh", "smart cities"),
    ("nông nghiệp công nghệ cao", "high-tech agriculture"),
    ("bệnh án điện tử", "electronic medical records"),
    ("học bạ số", "digital school records"),
    ("kỹ năng số cộng đồng", "community digital skills"),
    ("tổ công nghệ số cộng đồng", "community digital technology teams"),
    ("cải cách thủ tục hành chính", "administrative procedure reform"),
    ("kết nối và chia sẻ dữ liệu", "data connection and sharing"),
    ("nền tảng tích hợp dữ liệu", "the data integration platform"),
    ("doanh nghiệp công nghệ số", "digital technology enterprises"),
    ("thương mại điện tử nông thôn", "rural e-commerce"),
    ("sàn giao dịch dữ liệu", "the data exchange"),
    ("trung tâm dữ liệu quốc gia", "the national data centre"),
    ("bản đồ số địa chính", "digital cadastral maps"),
    ("hộ chiếu điện tử", "electronic passports"),
    ("hóa đơn điện tử", "electronic invoices"),
    ("họp trực tuyến không giấy tờ", "paperless online meetings"),
    ("phổ cập điện thoại thông minh", "universal smartphone access"),
    ("phòng chống lừa đảo trực tuyến", "online fraud prevention"),
    ("bảo vệ dữ liệu cá nhân", "personal data protection"),
    ("công nghiệp bán dẫn", "the semiconductor industry"),
    ("nhân lực số chất lượng cao", "a highly skilled digital workforce"),
]
AGENCIES = [
    ("Bộ Khoa học và Công nghệ", "the Ministry of Science and Technology"),
    ("Văn phòng Chính phủ", "the Government Office"),
    ("Bộ Công an", "the Ministry of Public Security"),
    ("Ủy ban Quốc gia về chuyển đổi số", "the National Committee on Digital Transformation"),
    ("Cục Chuyển đổi số quốc gia", "the National Digital Transformation Agency"),
    ("Bộ Nội vụ", "the Ministry of Home Affairs"),
    ("Bộ Tài chính", "the Ministry of Finance"),
    ("Bộ Y tế", "the Ministry of Health"),
    ("Bộ Giáo dục và Đào tạo", "the Ministry of Education and Training"),
    ("Bộ Nông nghiệp và Môi trường", "the Ministry of Agriculture and Environment"),
    ("Ngân hàng Nhà nước", "the State Bank"),
    ("Cục An toàn thông tin", "the Authority of Information Security"),
    ("Sở Khoa học và Công nghệ", "the Department of Science and Technology"),
    ("Ủy ban nhân dân tỉnh", "the provincial People's Committee"),
    ("Hội đồng nhân dân thành phố", "the municipal People's Council"),
    ("Trung tâm Phục vụ hành chính công", "the Public Administration Service Centre"),
    ("Bảo hiểm xã hội Việt Nam", "Vietnam Social Security"),
    ("Tổng cục Thống kê", "the General Statistics Office"),
]
PLACES = [
    ("Hà Nội", "Hanoi"), ("Thành phố Hồ Chí Minh", "Ho Chi Minh City"), ("Đà Nẵng", "Da Nang"),
    ("Hải Phòng", "Hai Phong"), ("Cần Thơ", "Can Tho"), ("Huế", "Hue"), ("Quảng Ninh", "Quang Ninh"),
    ("Lạng Sơn", "Lang Son"), ("Nghệ An", "Nghe An"), ("Thái Nguyên", "Thai Nguyen"),
    ("Đắk Lắk", "Dak Lak"), ("Lâm Đồng", "Lam Dong"), ("Khánh Hòa", "Khanh Hoa"),
    ("Bắc Ninh", "Bac Ninh"), ("An Giang", "An Giang"), ("Cà Mau", "Ca Mau"), ("Đồng Tháp", "Dong Thap"),
    ("Điện Biên", "Dien Bien"), ("Sơn La", "Son La"), ("Thanh Hóa", "Thanh Hoa"),
]
VERBS = [
    ("đẩy mạnh", "is accelerating"), ("triển khai", "is rolling out"), ("ban hành kế hoạch về", "has issued a plan on"),
    ("tổ chức hội nghị chuyên đề về", "has held a thematic conference on"), ("công bố kết quả", "has published the results of"),
    ("hướng dẫn địa phương thực hiện", "is guiding local authorities on"), ("phê duyệt đề án", "has approved the scheme for"),
    ("sơ kết ba năm thực hiện", "has reviewed three years of"), ("ký kết thỏa thuận hợp tác về", "has signed a cooperation agreement on"),
    ("đánh giá mức độ trưởng thành của", "has assessed the maturity of"), ("lấy ý kiến góp ý về", "is gathering opinions on"),
    ("phát động phong trào", "has launched a movement for"), ("thí điểm mô hình", "is piloting a model of"),
    ("tập huấn cán bộ về", "is training officials in"), ("mở rộng phạm vi", "is widening the scope of"),
]
PURPOSES = [
    ("nhằm phục vụ người dân và doanh nghiệp tốt hơn", "so that citizens and businesses are better served"),
    ("góp phần nâng cao chất lượng quản trị ở cơ sở", "which helps to raise the quality of local governance"),
    ("bảo đảm lộ trình đã đề ra đến năm 2030", "in keeping with the road map laid down to 2030"),
    ("theo phương châm lấy người dân làm trung tâm", "on the principle of putting people at the centre"),
    ("với yêu cầu rõ người, rõ việc, rõ thời hạn và rõ kết quả", "with clear duties, clear deadlines and clear results"),
    ("tránh đầu tư dàn trải và trùng lặp giữa các cấp", "avoiding scattered and duplicate spending between levels"),
    ("gắn với trách nhiệm của người đứng đầu cơ quan, đơn vị", "tied to the responsibility of the head of each body"),
    ("trên cơ sở dữ liệu đúng, đủ, sạch và sống", "on the basis of data that is correct, complete, clean and live"),
    ("đồng thời thu hẹp khoảng cách số giữa các vùng miền", "while narrowing the digital divide between regions"),
    ("hướng tới tăng trưởng bền vững và bao trùm", "towards sustainable and inclusive growth"),
    ("giúp giảm thời gian đi lại và chi phí tuân thủ", "cutting travelling time and the cost of compliance"),
    ("và coi an toàn thông tin là điều kiện tiên quyết", "with information security as a precondition"),
]
OPENERS = [
    ("Theo báo cáo mới nhất,", "According to the latest report,"),
    ("Phát biểu tại hội nghị, lãnh đạo cơ quan cho biết", "Speaking at the conference, the agency's leaders said that"),
    ("Trong sáu tháng đầu năm,", "In the first six months of the year,"),
    ("Bên cạnh những kết quả đạt được,", "Alongside the results achieved,"),
    ("Để tháo gỡ các điểm nghẽn về thể chế,", "To remove the institutional bottlenecks,"),
    ("Trên thực tế,", "In practice,"),
    ("Cùng với đó,", "At the same time,"),
    ("Thời gian tới,", "In the coming period,"),
    ("Kết quả khảo sát cho thấy", "The survey results show that"),
    ("Theo kế hoạch được phê duyệt,", "Under the approved plan,"),
    ("Đáng chú ý,", "Notably,"),
    ("Tại các xã vùng sâu, vùng xa,", "In remote communes,"),
]
FACTS = [
    ("tỷ lệ hồ sơ trực tuyến toàn trình đạt {p} phần trăm, tăng {q} điểm phần trăm so với cùng kỳ",
     "the share of fully online applications reached {p} per cent, up {q} points on the same period"),
    ("đã có {n} nghìn tài khoản định danh điện tử được kích hoạt tại {place}",
     "{n} thousand electronic identity accounts have been activated in {place}"),
    ("thời gian giải quyết thủ tục trung bình giảm từ {q} ngày xuống còn {r} ngày làm việc",
     "the average processing time fell from {q} to {r} working days"),
    ("hơn {n} dịch vụ công thiết yếu đã được kết nối với {topic}",
     "more than {n} essential services are now connected with {topic}"),
    ("mức độ hài lòng của người dân đạt {p} phần trăm trong đợt khảo sát gần nhất",
     "citizen satisfaction stood at {p} per cent in the most recent survey"),
    ("{agency} phối hợp với {agency2} rà soát {n} bộ dữ liệu liên quan đến {topic}",
     "{agency} worked with {agency2} to review {n} data sets related to {topic}"),
    ("{agency} {verb} {topic} {purpose}", "{agency} {verb} {topic} {purpose}"),
    ("{agency} {verb} {topic} tại {place}", "{agency} {verb} {topic} in {place}"),
    ("việc gắn {topic} với {topic2} là nhiệm vụ trọng tâm {purpose}",
     "linking {topic} with {topic2} is a key task {purpose}"),
    ("nguồn kinh phí {n} tỷ đồng được bố trí cho {topic} trong giai đoạn 2026-2030",
     "funding of {n} billion dong has been set aside for {topic} in the 2026-2030 period"),
    ("các địa phương như {place} và {place2} đã hình thành mô hình tốt về {topic}",
     "localities such as {place} and {place2} have built good models of {topic}"),
]
HEADINGS = [
    ("Kết quả nổi bật", "Key results"), ("Bối cảnh và yêu cầu", "Background and requirements"),
    ("Nhiệm vụ trọng tâm", "Priority tasks"), ("Giải pháp thực hiện", "Implementation measures"),
    ("Những khó khăn còn tồn tại", "Remaining difficulties"), ("Kinh nghiệm từ cơ sở", "Lessons from the grassroots"),
    ("Lộ trình đến năm 2030", "Road map to 2030"), ("Phân công trách nhiệm", "Assignment of responsibilities"),
    ("Bảo đảm an toàn thông tin", "Ensuring information security"), ("Ý kiến của người dân", "What citizens say"),
    ("Hợp tác quốc tế", "International cooperation"), ("Nguồn lực và kinh phí", "Resources and funding"),
    ("Đào tạo và phát triển kỹ năng", "Training and skills"), ("Kiến nghị và đề xuất", "Recommendations"),
]
QUOTES = [
    ("Chuyển đổi số phải bắt đầu từ nhu cầu thật của người dân, không phải từ mong muốn của cơ quan quản lý.",
     "Digital transformation has to begin with what people really need, not with what the managing body would like."),
    ("Dữ liệu chỉ có giá trị khi được chia sẻ đúng thẩm quyền, đúng mục đích và đúng thời điểm.",
     "Data has value only when it is shared by the right authority, for the right purpose and at the right time."),
    ("Không để ai bị bỏ lại phía sau trong tiến trình số hóa là trách nhiệm của cả hệ thống chính trị.",
     "Leaving no one behind in digitalisation is the duty of the whole political system."),
    ("Mỗi cán bộ ở xã cần trở thành một người hướng dẫn, một người đồng hành của bà con.",
     "Every commune official should become a guide and a companion to local people."),
]
AUTHORS = [
    ("Nguyễn Thị Lan", "Nguyen Thi Lan"), ("Trần Văn Minh", "Tran Van Minh"), ("Lê Hoàng Anh", "Le Hoang Anh"),
    ("Phạm Thu Hà", "Pham Thu Ha"), ("Hoàng Đức Thắng", "Hoang Duc Thang"), ("Vũ Ngọc Mai", "Vu Ngoc Mai"),
    ("Đặng Quốc Bảo", "Dang Quoc Bao"), ("Bùi Thanh Tùng", "Bui Thanh Tung"), ("Đỗ Khánh Linh", "Do Khanh Linh"),
    ("Ban Biên tập", "Editorial Board"),
]
TAG_HEADS = [
    ("Dữ liệu", "data"), ("Nền tảng", "platforms"), ("An toàn", "security"), ("Đào tạo", "training"),
    ("Dịch vụ", "services"), ("Chính sách", "policy"), ("Hạ tầng", "infrastructure"), ("Ứng dụng", "applications"),
    ("Tiêu chuẩn", "standards"), ("Đầu tư", "investment"), ("Nhân lực", "workforce"), ("Thanh toán", "payments"),
    ("Định danh", "identity"), ("Hợp tác", "cooperation"), ("Sáng kiến", "initiatives"), ("Thống kê", "statistics"),
    ("Pháp luật", "law"), ("Hội nghị", "conferences"), ("Thí điểm", "pilots"), ("Giám sát", "monitoring"),
]
TAG_DOMAINS = [
    ("y tế", "Health"), ("giáo dục", "Education"), ("nông nghiệp", "Agriculture"), ("giao thông", "Transport"),
    ("tài chính", "Finance"), ("đất đai", "Land"), ("du lịch", "Tourism"), ("năng lượng", "Energy"),
    ("tư pháp", "Justice"), ("đô thị", "Urban"),
]
TAGS = [(f"{h[VI]} {d[VI]}", f"{d[EN]} {h[EN]}") for h in TAG_HEADS for d in TAG_DOMAINS]
CATEGORIES = [
    ("Chính quyền số", "Digital government"), ("Kinh tế số", "Digital economy"), ("Xã hội số", "Digital society"),
    ("Hạ tầng số", "Digital infrastructure"), ("An toàn thông tin", "Information security"), ("Địa phương", "Localities"),
    ("Quốc tế", "International"), ("Doanh nghiệp", "Enterprises"), ("Đời sống", "Daily life"),
    ("Khoa học", "Science"), ("Cải cách hành chính", "Administrative reform"), ("Văn bản", "Documents"),
]
CODE = [
    ("json", '{\n  "maHoSo": "%05d-2026",\n  "trangThai": "dang-xu-ly",\n  "nguoiNop": { "hoTen": "Nguyễn Văn A", "xacThuc": true },\n  "tepDinhKem": ["don.pdf", "giay-to.pdf"],\n  "thoiHan": 15\n}'),
    ("python", 'import json\n\ndef tra_cuu(ma: str) -> dict:\n    """Tra cứu trạng thái hồ sơ."""\n    with open(f"ho-so/{ma}.json", encoding="utf-8") as f:\n        ho_so = json.load(f)\n    if ho_so.get("thoiHan", 0) > %d:\n        raise ValueError("quá hạn")\n    return ho_so'),
    ("sql", "SELECT tinh, COUNT(*) AS so_ho_so, AVG(so_ngay) AS trung_binh\nFROM ho_so\nWHERE nam = 2026 AND muc_do = 4 AND ma > %d\nGROUP BY tinh\nORDER BY so_ho_so DESC\nLIMIT 10;"),
    ("yaml", "dich-vu:\n  ten: cap-lai-giay-phep\n  ma: %d\n  muc-do: toan-trinh\n  ket-noi:\n    - dan-cu\n    - doanh-nghiep\n  thoi-han: 5\n  hoat-dong: true"),
]
