// The pages that tests of the built portal open: one for each template, in both languages.

/** By template, in Vietnamese and in English. */
export const TEMPLATES = {
  home: ["/", "/en/"],
  section: ["/tin-tuc/", "/en/news/"],
  news: ["/tin-tuc/ba-tru-cot-chuyen-doi-so/", "/en/news/three-pillars-of-digital-transformation/"],
  decisions: ["/van-ban/", "/en/decisions/"],
  decision: ["/van-ban/2020/749-qd-ttg/", "/en/decisions/2020/749-qd-ttg/"],
  events: ["/su-kien/", "/en/events/"],
  event: ["/su-kien/2025/le-ngay-chuyen-doi-so-quoc-gia/", "/en/events/2024/ho-chi-minh-city-digital-transformation-week/"],
  calendar: ["/lich/", "/en/calendar/"],
  month: ["/lich/2024/10/", "/en/calendar/2024/10/"],
  archive: ["/tin-tuc/2024/", "/en/news/2024/"],
  terms: ["/chu-de/", "/en/topics/"],
  term: ["/chu-de/chinh-phu-so/", "/en/topics/digital-government/"],
  sitemap: ["/so-do-trang/", "/en/site-map/"],
  page: ["/thuat-ngu/", "/en/glossary/"],
  404: ["/khong-co-trang-nay/", "/en/no-such-page/"],
};

/** The pages of some templates. */
export const pagesOf = (templates) => templates.flatMap((template) => TEMPLATES[template]);

/** All of them, and further pages of some sorts: an archive of a month, texts, one that is not translated. */
export const PAGES = [
  ...pagesOf(Object.keys(TEMPLATES)),
  "/en/news/2024/10/",
  "/tro-nang/", "/en/accessibility/",
  "/tin-tuc/thang-tieu-dung-so/",
];

/** The templates that the second theme has its own of, or shows most of itself in. */
export const FESTIVE = ["home", "news", "decision"];
