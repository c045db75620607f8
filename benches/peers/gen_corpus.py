#!/usr/bin/env python3
"""Deterministic bilingual (vi/en) corpus for static site generator benchmarks.

  gen_corpus.py --docs N --out DIR --for {neutral,hugo,zola,eleventy,congso}
                [--links {url,ref}] [--layout {dirs,suffix}] [--seed S]

Doc i is the same whatever N is (a corpus of 500 is the first 500 documents of
a corpus of 10,000).  About 20 % of the documents exist in Vietnamese only.

Layouts (DIR is the peer's content folder):
  neutral   DIR/vi/SECTION/SLUG.md, DIR/en/SECTION/SLUG.md   (--layout suffix: as hugo)
  hugo      DIR/SECTION/SLUG.md (vi), DIR/SECTION/SLUG.en.md
  zola      the same file names, taxonomies/extra as Zola wants them (YAML front matter)
  eleventy  DIR/{vi,en}/SECTION/SLUG.md with directory data files
  congso    the same file names as hugo below DIR/content, with DIR/site.yaml and DIR/static

--links url (the default): internal links are final URLs (/news/x/, /en/news/x/), the
same bytes for every peer.  --links ref: the peer's own checked references
(Hugo relref, Zola @/..., neutral: path of the .md file from the content root).
"""
import argparse
import datetime as dt
import json
import os
import random
import shutil
import sys
import unicodedata

VI, EN = 0, 1
LANGS = ("vi", "en")
SECTIONS = ("news", "decisions", "events")
SECTION_TITLES = {
    "news": ("Tin tức", "News"),
    "decisions": ("Quyết định", "Decisions"),
    "events": ("Sự kiện", "Events"),
}

# ---------------------------------------------------------------- vocabulary
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


def slugify(s):
    s = s.replace("đ", "d").replace("Đ", "D")
    s = unicodedata.normalize("NFD", s)
    s = "".join(c for c in s if not unicodedata.combining(c)).lower()
    out, dash = [], False
    for c in s:
        if c.isascii() and c.isalnum():
            out.append(c)
            dash = False
        elif not dash and out:
            out.append("-")
            dash = True
    return "".join(out).strip("-")


def cap(s):
    return s[:1].upper() + s[1:]


class Ctx:
    """One sentence's fillers, picked once so that both languages say the same."""

    def __init__(self, r):
        self.topic, self.topic2 = r.sample(TOPICS, 2)
        self.agency, self.agency2 = r.sample(AGENCIES, 2)
        self.place, self.place2 = r.sample(PLACES, 2)
        self.verb = r.choice(VERBS)
        self.purpose = r.choice(PURPOSES)
        self.p = r.randint(52, 98)
        self.q = r.randint(8, 29)
        self.r = r.randint(1, 7)
        self.n = r.randint(12, 960)

    def fill(self, tpl, lang):
        return tpl.format(
            topic=self.topic[lang], topic2=self.topic2[lang], agency=self.agency[lang],
            agency2=self.agency2[lang], place=self.place[lang], place2=self.place2[lang],
            verb=self.verb[lang], purpose=self.purpose[lang], p=self.p, q=self.q, r=self.r, n=self.n)


def sentence(r):
    o = r.choice(OPENERS)
    f = r.choice(FACTS)
    c = Ctx(r)
    tail = r.choice(PURPOSES) if r.random() < 0.45 else None
    bold = r.random()
    res = []
    for lang in (VI, EN):
        s = c.fill(f[lang], lang)
        if bold < 0.08:
            s = s.replace(c.topic[lang], "**" + c.topic[lang] + "**", 1)
        elif bold < 0.12:
            s = s.replace(c.place[lang], "*" + c.place[lang] + "*", 1)
        s = o[lang] + " " + s
        if tail and "{purpose}" not in f[lang]:
            s += ", " + tail[lang]
        res.append(s + ".")
    return res


def paragraph(r, lo=3, hi=5):
    ss = [sentence(r) for _ in range(r.randint(lo, hi))]
    return [" ".join(s[lang] for s in ss) for lang in (VI, EN)]


class Meta:
    __slots__ = ("i", "section", "slug", "has_en", "title", "desc", "date", "tags", "cats", "authors", "extra")


def section_of(i):
    r = random.Random(f"section:{i}")
    x = r.random()
    return "news" if x < 0.85 else ("decisions" if x < 0.90 else "events")


def meta(i, seed):
    r = random.Random(f"{seed}:meta:{i}")
    m = Meta()
    m.i = i
    m.section = section_of(i)
    m.has_en = r.random() >= 0.20
    c = Ctx(r)
    m.title = [None, None]
    k = r.randint(0, 3)
    num = r.randint(10, 2900)
    for lang in (VI, EN):
        if m.section == "decisions":
            t = ("Quyết định số {num}/QĐ-TTg về {topic}", "Decision No. {num}/QD-TTg on {topic}")[lang]
        elif m.section == "events":
            t = ("Hội thảo về {topic} tại {place}", "Workshop on {topic} in {place}")[lang]
        else:
            t = (("{agency} {verb} {topic}", "{place}: {agency} {verb} {topic}",
                  "{place} {verb} {topic} và {topic2}", "Gắn {topic} với {topic2} tại {place}"),
                 ("{agency} {verb} {topic}", "{place}: {agency} {verb} {topic}",
                  "{place} {verb} {topic} and {topic2}", "Linking {topic} with {topic2} in {place}"))[lang][k]
        m.title[lang] = cap(c.fill(t.replace("{num}", str(num)), lang))
    d = sentence(r)
    m.desc = [x.replace("*", "") for x in d]
    m.slug = slugify(m.title[VI])[:60].strip("-") + f"-{i:05d}"
    day = dt.date(2019, 1, 1) + dt.timedelta(days=r.randint(0, 2737))  # .. 2026-06-30
    sec = (i * 7919) % 86400
    m.date = dt.datetime.combine(day, dt.time()) + dt.timedelta(seconds=sec)
    w = [1.0 / (n + 15) for n in range(len(TAGS))]
    tags = []
    while len(tags) < 3:
        t = r.choices(range(len(TAGS)), weights=w)[0]
        if t not in tags:
            tags.append(t)
    m.tags = tags
    m.cats = [r.randrange(len(CATEGORIES))]
    m.authors = r.sample(AUTHORS, 1 if r.random() < 0.8 else 2)
    m.extra = [{}, {}]
    if m.section == "decisions":
        issued = (day - dt.timedelta(days=r.randint(0, 5))).isoformat()
        for lang in (VI, EN):
            m.extra[lang] = {"number": f"{num}/QĐ-TTg", "issued": issued, "agency": cap(c.agency[lang])}
    elif m.section == "events":
        start = day + dt.timedelta(days=r.randint(5, 60))
        end = start + dt.timedelta(days=r.randint(0, 3))
        for lang in (VI, EN):
            m.extra[lang] = {"start": start.isoformat(), "end": end.isoformat(), "location": c.place[lang]}
    return m


def target(m, lang, style, peer):
    """The address of document m for a link on a page in language lang."""
    use = EN if lang == EN and m.has_en else VI
    if (style == "url" and peer != "congso") or peer == "eleventy":
        return ("/en" if use == EN else "") + f"/{m.section}/{m.slug}/"
    suffix = ".en.md" if use == EN else ".md"
    if peer == "congso":
        return f"/{m.section}/{m.slug}.md"
    if peer == "zola":
        return f"@/{m.section}/{m.slug}{suffix}"
    if peer == "hugo":
        lg = LANGS[use]
        return '{{< relref path="/' + f"{m.section}/{m.slug}" + f'.md" lang="{lg}" >}}}}'
    return f"/{LANGS[use]}/{m.section}/{m.slug}.md"


def body(m, metas, seed, style, peer):
    """[vi, en] Markdown bodies."""
    r = random.Random(f"{seed}:body:{m.i}")
    out = [[], []]

    def add(pair):
        out[VI].append(pair[VI])
        out[EN].append(pair[EN])

    def link_sentence():
        if m.i == 0:
            return None
        j = metas[r.randrange(m.i)]
        res = []
        for lang, lead in ((VI, "Xem thêm"), (EN, "See also")):
            res.append(f"{lead}: [{j.title[lang]}]({target(j, lang, style, peer)}).")
        return res

    add(paragraph(r))
    if r.random() < 0.6:
        alt = r.choice(TOPICS)
        n = r.randint(1, 400)
        add([f"![{cap(alt[VI])}](/images/{m.section}/{n:03d}.jpg)", f"![{cap(alt[EN])}](/images/{m.section}/{n:03d}.jpg)"])
    heads = r.sample(HEADINGS, r.randint(4, 6))
    table_at = r.randrange(len(heads)) if r.random() < 0.30 else -1
    code_at = r.randrange(len(heads)) if r.random() < 0.05 else -1
    note_at = r.randrange(len(heads)) if r.random() < 0.10 else -1
    quote_at = r.randrange(len(heads)) if r.random() < 0.5 else -1
    notes = []
    for h, head in enumerate(heads):
        lv = "##" if h == 0 or r.random() < 0.55 else "###"
        add([f"{lv} {head[VI]}", f"{lv} {head[EN]}"])
        p = paragraph(r, 2, 4)
        if h == note_at:
            t = sentence(r)
            notes.append([f"[^1]: {t[VI]}", f"[^1]: {t[EN]}"])
            p = [x + "[^1]" for x in p]
        if r.random() < 0.12:
            ag = r.choice(AGENCIES)
            p = [p[VI] + f" Thông tin tại [{ag[VI]}](https://example.gov.vn/{slugify(ag[VI])}).",
                 p[EN] + f" Details at [{ag[EN]}](https://example.gov.vn/{slugify(ag[VI])})."]
        add(p)
        x = r.random()
        if x < 0.30:
            items = [sentence(r) for _ in range(r.randint(3, 5))]
            add(["\n".join("- " + it[lang] for it in items) for lang in (VI, EN)])
        elif x < 0.42:
            items = [Ctx(r) for _ in range(r.randint(3, 5))]
            add(["\n".join(f"{n}. " + cap(it.fill("{topic} – {place}", lang)) for n, it in enumerate(items, 1)) for lang in (VI, EN)])
        if h == quote_at:
            q = r.choice(QUOTES)
            add(["> " + q[VI], "> " + q[EN]])
        if h == table_at:
            rows = [Ctx(r) for _ in range(r.randint(4, 7))]
            for lang, hd in ((VI, ("Địa phương", "Nhiệm vụ", "Tỷ lệ (%)", "Số hồ sơ")),
                             (EN, ("Locality", "Task", "Share (%)", "Applications"))):
                t = ["| " + " | ".join(hd) + " |", "|---|---|---:|---:|"]
                t += [f"| {c.place[lang]} | {cap(c.topic[lang])} | {c.p} | {c.n} |" for c in rows]
                out[lang].append("\n".join(t))
        if h == code_at:
            lg, code = r.choice(CODE)
            c = f"```{lg}\n{code % r.randint(100, 999)}\n```"
            add([c, c])
        if r.random() < 0.45:
            ls = link_sentence()
            if ls:
                add(ls)
    add(paragraph(r, 1, 2))
    for n in notes:
        add(n)
    return ["\n\n".join(x) + "\n" for x in out]


def q(s):
    return json.dumps(s, ensure_ascii=False)


def front_congso(m, lang):
    """Front matter as congso wants it: a translation states its own text only."""
    L = ["---", f"title: {q(m.title[lang])}", f"description: {q(m.desc[lang])}", f"slug: {m.slug}"]
    L.append("authors: [" + ", ".join(q(a[lang]) for a in m.authors) + "]")
    L.append("tags: [" + ", ".join(q(TAGS[t][lang]) for t in m.tags) + "]")
    extra = m.extra[lang]
    if lang == VI:
        L.append(f"date: {m.date.isoformat()}+07:00")
        L.append("topics: [" + ", ".join(q(CATEGORIES[t][VI]) for t in m.cats) + "]")
        if m.section == "decisions":
            L += [f"number: {extra['number']}", "type: decision", f"issued: {extra['issued']}", f"agency: {q(extra['agency'])}"]
        elif m.section == "events":
            L += [f"start: {extra['start']}", f"end: {extra['end']}"]
    if m.section == "events":
        L += ["place:", f"  name: {q(extra['location'])}"]
    return "\n".join(L + ["---"]) + "\n\n"


def site_congso(root):
    """The settings of a congso portal, and the pictures its pages show."""
    names = lambda pairs: "\n".join(f"  {slugify(e)}: {{vi: {q(cap(v))}, en: {q(cap(e))}}}" for v, e in pairs)
    with open(os.path.join(root, "site.yaml"), "w", encoding="utf-8") as f:
        f.write("base_url: https://bench.example/\nlanguages:\n  vi: {title: Cổng thử nghiệm}\n  en: {title: Benchmark portal}\n"
                f"topics:\n{names(CATEGORIES)}\nagencies:\n{names(AGENCIES)}\n"
                "menu: [news/_index.md, decisions/_index.md, events/_index.md]\n")
    for section in SECTIONS:
        folder = os.path.join(root, "static", "images", section)
        os.makedirs(folder, exist_ok=True)
        for n in range(1, 401):
            with open(os.path.join(folder, f"{n:03d}.jpg"), "wb") as f:
                f.write(b"\xff\xd8\xff\xd9")


def front(m, lang, peer):
    if peer == "congso":
        return front_congso(m, lang)
    L = ["---", f"title: {q(m.title[lang])}", f"date: {m.date.isoformat()}+07:00", f"description: {q(m.desc[lang])}"]
    tags = "[" + ", ".join(q(TAGS[t][lang]) for t in m.tags) + "]"
    cats = "[" + ", ".join(q(CATEGORIES[t][lang]) for t in m.cats) + "]"
    auth = "[" + ", ".join(q(a[lang]) for a in m.authors) + "]"
    L.append(f"authors: {auth}")
    if peer == "zola":
        L += ["taxonomies:", f"  tags: {tags}", f"  categories: {cats}"]
        if m.extra[lang]:
            L.append("extra:")
            L += [f"  {k}: {q(v)}" for k, v in m.extra[lang].items()]
    else:
        L += [f"tags: {tags}", f"categories: {cats}"]
        L += [f"{k}: {q(v)}" for k, v in m.extra[lang].items()]
    L.append("---")
    return "\n".join(L) + "\n\n"


ELEVENTY_DIR_DATA = """export default {
  lang: "%s",
  layout: "page.njk",
  permalink: (d) => `%s/${d.section}/${d.page.fileSlug}/`,
};
"""


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--docs", type=int, required=True)
    ap.add_argument("--out", required=True)
    ap.add_argument("--for", dest="peer", choices=("neutral", "hugo", "zola", "eleventy", "congso"), required=True)
    ap.add_argument("--links", choices=("url", "ref"), default="url")
    ap.add_argument("--layout", choices=("dirs", "suffix"), default="dirs", help="neutral only")
    ap.add_argument("--seed", default="vn-portal-1")
    a = ap.parse_args()
    assert len({slugify(t[VI]) for t in TAGS}) == len({slugify(t[EN]) for t in TAGS}) == 200
    peer = a.peer
    suffix = peer in ("hugo", "zola", "congso") or (peer == "neutral" and a.layout == "suffix")
    if os.path.isdir(a.out):
        if set(os.listdir(a.out)) - {"vi", "en", *SECTIONS, "_index.md", "_index.en.md", "content", "static", "site.yaml", "public", ".congso"}:
            sys.exit(f"{a.out} holds other things than a corpus: not replaced")
        shutil.rmtree(a.out)
    root = a.out
    if peer == "congso":
        a.out = os.path.join(root, "content")
    metas = [meta(i, a.seed) for i in range(a.docs)]
    nfiles = nbytes = nwords = 0

    def path(section, name, lang):
        if suffix:
            return os.path.join(a.out, section, name + (".md" if lang == VI else ".en.md"))
        return os.path.join(a.out, LANGS[lang], section, name + ".md")

    def write(p, text):
        nonlocal nbytes
        data = text.encode()
        with open(p, "wb") as f:
            f.write(data)
        nbytes += len(data)

    for s in SECTIONS:
        for lang in (VI, EN):
            os.makedirs(os.path.dirname(path(s, "x", lang)), exist_ok=True)
    # index pages
    home = ("Trang chủ", "Home")
    if suffix:
        for lang in (VI, EN):
            write(path("", "_index", lang), f"---\ntitle: {q(home[lang])}\n---\n")
            for s in SECTIONS:
                t = f"title: {q(SECTION_TITLES[s][lang])}\n"
                if peer == "zola":
                    t += "sort_by: date\npaginate_by: 20\n"
                elif peer == "congso":
                    kind = {"news": "news", "decisions": "decision", "events": "event"}[s]
                    t += f"kind: {kind}\n" if lang == VI else ""
                write(path(s, "_index", lang), f"---\n{t}---\n")
    elif peer == "neutral":
        for lang in (VI, EN):
            write(path("", "_index", lang), f"---\ntitle: {q(home[lang])}\n---\n")
            for s in SECTIONS:
                write(path(s, "_index", lang), f"---\ntitle: {q(SECTION_TITLES[s][lang])}\n---\n")
    elif peer == "eleventy":
        for lang in (VI, EN):
            d = os.path.join(a.out, LANGS[lang])
            write(os.path.join(d, f"{LANGS[lang]}.11tydata.js"), ELEVENTY_DIR_DATA % (LANGS[lang], "/en" if lang else ""))
            for s in SECTIONS:
                write(os.path.join(d, s, f"{s}.11tydata.json"), json.dumps({"section": s}) + "\n")
    for m in metas:
        b = body(m, metas, a.seed, a.links, peer)
        for lang in (VI, EN):
            if lang == EN and not m.has_en:
                continue
            write(path(m.section, m.slug, lang), front(m, lang, peer) + b[lang])
            nfiles += 1
            nwords += len(b[lang].split())
    if peer == "congso":
        site_congso(root)
    print(f"{peer}: {a.docs} docs, {nfiles} pages, {nbytes / 1e6:.1f} MB, {nwords / max(nfiles, 1):.0f} words a page", file=sys.stderr)


if __name__ == "__main__":
    main()
