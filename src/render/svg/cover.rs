//! Covers of pages without a photograph: a grid of cells of which the ones and noughts are filled in, drawn by
//! what the page is. The same page has the same cover in every build and every version.

use std::fmt::Write as _;

use crate::content::front_matter::Kind;

/// What a cover is drawn from.
#[derive(Clone, Copy, Debug)]
pub(in crate::render) struct Cover<'a> {
    /// The identity of the page: the first row of its weave, the length of its lines.
    pub id: &'a str,
    /// What is drawn.
    pub kind: Kind,
    /// The first topic: how the weave goes on, and the colours.
    pub topic: &'a str,
    /// The day of the month on which an event begins.
    pub day: Option<u8>,
}

/// Cells across and down: 8 to 5, as pictures of lists are.
const COLUMNS: usize = 24;
const ROWS: usize = 15;

/// A row of cells, the leftmost in the lowest bit.
type Row = u32;

/// All cells of a row.
const FULL: Row = (1 << COLUMNS) - 1;

/// How many grounds with their colours the style sheet has.
const GROUNDS: u64 = 4;

/// The cells of a cover, in its two colours.
#[derive(Default)]
struct Cells {
    one: [Row; ROWS],
    zero: [Row; ROWS],
}

/// The cover as SVG. It says nothing that is not said beside it, so that it is hidden from screen readers.
pub(in crate::render) fn draw(cover: &Cover<'_>) -> String {
    let topic = Dice::of(cover.topic).next();
    let mut dice = Dice(Dice::of(cover.id).0 ^ topic);
    let mut cells = Cells::default();
    match (cover.kind, cover.day) {
        (Kind::Event, Some(day)) => number(&mut cells, day),
        (Kind::Decision, _) => lines(&mut cells, &mut dice),
        (Kind::News | Kind::Event, _) => weave(&mut cells, &mut dice, topic),
        (Kind::Page, _) => ring(&mut cells, &mut dice),
    }
    let mut out = String::with_capacity(2048);
    // Writing into memory cannot fail.
    let _infallible = write!(
        out,
        "<svg class=\"cover cover-{}\" viewBox=\"0 0 {} {}\" preserveAspectRatio=\"xMidYMid slice\" aria-hidden=\"true\" focusable=\"false\">\
         <path class=\"cover-dots\" stroke-width=\"2\" stroke-dasharray=\"2 8\" d=\"",
        topic % GROUNDS,
        COLUMNS * 10,
        ROWS * 10
    );
    for row in (5..).step_by(10).take(ROWS) {
        push_line(&mut out, [4, row, COLUMNS as u32 * 10 - 8]);
    }
    out.push_str("\"/>");
    for (class, rows) in [("one", &cells.one), ("zero", &cells.zero)] {
        // A run of cells is one line in dashes.
        let _infallible = write!(out, "<path class=\"cover-{class}\" stroke-width=\"8\" stroke-dasharray=\"8 2\" d=\"");
        for (row, cells) in (5..).step_by(10).zip(rows) {
            for (from, length) in runs(*cells) {
                push_line(&mut out, [from * 10 + 1, row, length * 10 - 2]);
            }
        }
        out.push_str("\"/>");
    }
    out.push_str("</svg>");
    out
}

/// Adds a line of a path: where it begins, across and down, and how far it goes to the right. A cover has a hundred,
/// which formatting would take most of the time for.
fn push_line(out: &mut String, numbers: [u32; 3]) {
    for (before, number) in ['M', ' ', 'h'].into_iter().zip(numbers) {
        out.push(before);
        let digits = [100, 10, 1].into_iter().filter(|unit| number >= *unit || *unit == 1);
        out.extend(digits.filter_map(|unit| char::from_digit(number / unit % 10, 10)));
    }
}

/// The runs of filled cells of a row: where each begins and how long it is.
fn runs(mut row: Row) -> impl Iterator<Item = (u32, u32)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        if row == 0 {
            return None;
        }
        let from = at + row.trailing_zeros();
        let rest = row >> row.trailing_zeros();
        let length = rest.trailing_ones();
        at = from + length;
        row = rest.checked_shr(length).unwrap_or(0);
        Some((from, length))
    })
}

/// Cells that follow from those above them by one of Wolfram's rules of one and nought, mirrored as brocade is:
/// the page is the first row, its topic the rule.
fn weave(cells: &mut Cells, dice: &mut Dice, topic: u64) {
    const RULES: [u8; 8] = [18, 22, 26, 60, 90, 105, 126, 150];
    let rule = RULES.get(usize::try_from(topic >> 8).unwrap_or(0) % RULES.len()).copied().unwrap_or(90);
    // A few cells: of many, all rules make a crowd.
    let half = (0..3).fold(0, |row: Row, _| row | 1 << dice.below(COLUMNS as u64 / 2));
    let mut row = mirrored(half);
    for (one, zero) in cells.one.iter_mut().zip(cells.zero.iter_mut()) {
        // Where cells touch, they are of the other colour, so that what is woven shows.
        let inner = row & (row << 1 | row >> 1);
        (*one, *zero) = (row & !inner, inner);
        row = mirrored(follow(row, rule));
    }
}

/// The row below another one, which goes on as a ring.
fn follow(row: Row, rule: u8) -> Row {
    let left = (row << 1 | row >> (COLUMNS - 1)) & FULL;
    let right = (row >> 1 | row << (COLUMNS - 1)) & FULL;
    (0..COLUMNS).fold(0, |next, at| {
        let bit = |row: Row| row >> at & 1;
        let above = bit(left) << 2 | bit(row) << 1 | bit(right);
        next | (Row::from(rule) >> above & 1) << at
    })
}

/// The left half of a row, and its mirror image on the right.
fn mirrored(row: Row) -> Row {
    let half = row & ((1 << (COLUMNS / 2)) - 1);
    half | half.reverse_bits() >> (Row::BITS as usize - COLUMNS)
}

/// Lines of words as on a sheet, and the seal below them.
fn lines(cells: &mut Cells, dice: &mut Dice) {
    const SEAL: [Row; 5] = [0b11111, 0b10001, 0b10101, 0b10001, 0b11111];
    for (number, row) in (1..ROWS - 1).step_by(2).enumerate() {
        let end = match number {
            // Its number and its name are short; the last lines leave room for the seal.
            0 => 8,
            4.. => 13 - dice.below(3),
            _ => 22 - dice.below(4),
        };
        let mut at = 2;
        while at < end {
            let word = (2 + dice.below(4)).min(end - at);
            let cells = if number == 0 { &mut cells.one } else { &mut cells.zero };
            put(cells, row, (1 << word) - 1, at);
            at += word + 1;
        }
    }
    for (row, seal) in SEAL.iter().enumerate() {
        put(&mut cells.one, row + 9, *seal, 17);
    }
}

/// The day in large figures.
fn number(cells: &mut Cells, day: u8) {
    /// The ten figures, each five rows of three cells, as they are read.
    const FIGURES: [[Row; 5]; 10] = [
        [0b111, 0b101, 0b101, 0b101, 0b111],
        [0b010, 0b110, 0b010, 0b010, 0b111],
        [0b111, 0b001, 0b111, 0b100, 0b111],
        [0b111, 0b001, 0b111, 0b001, 0b111],
        [0b101, 0b101, 0b111, 0b001, 0b001],
        [0b111, 0b100, 0b111, 0b001, 0b111],
        [0b111, 0b100, 0b111, 0b101, 0b111],
        [0b111, 0b001, 0b001, 0b001, 0b001],
        [0b111, 0b101, 0b111, 0b101, 0b111],
        [0b111, 0b101, 0b111, 0b001, 0b111],
    ];
    for (figure, rows, from) in [(day / 10 % 10, &mut cells.one, 4), (day % 10, &mut cells.zero, 14)] {
        let Some(figure) = FIGURES.get(usize::from(figure)) else { continue };
        for row in 0..10 {
            let line = figure.get(row / 2).copied().unwrap_or(0);
            // Each cell of a figure is two wide and two high.
            let wide = (0..3).fold(0, |wide, at| wide | (((line >> (2 - at) & 1) * 0b11) << (2 * at)));
            put(rows, row + 2, wide, from);
        }
    }
}

/// A nought with a one in it, among single cells.
fn ring(cells: &mut Cells, dice: &mut Dice) {
    for _ in 0..16 {
        let (row, at) = (dice.below(ROWS as u64), dice.below(COLUMNS as u64));
        put(&mut cells.zero, usize::try_from(row).unwrap_or(0), 1, at);
    }
    for row in &mut cells.zero {
        *row &= !(0x1fff << 6) & FULL;
    }
    for row in 2..13 {
        let side: Row = if matches!(row, 2 | 12) { 0b0_1111_1110 } else { 0b1_1000_0011 };
        put(&mut cells.zero, row, side, 8);
    }
    for row in 5..10 {
        put(&mut cells.one, row, 0b1, 12);
    }
    put(&mut cells.one, 6, 0b1, 11);
    put(&mut cells.one, 9, 0b111, 11);
}

/// Fills cells of a row, the first of them in a column.
fn put(rows: &mut [Row; ROWS], row: usize, cells: Row, column: u64) {
    if let Some(row) = rows.get_mut(row) {
        *row |= cells << column & FULL;
    }
}

/// Numbers that follow from a text, the same in every version: FNV-1a into SplitMix64.
struct Dice(u64);

impl Dice {
    fn of(text: &str) -> Self {
        Self(
            text.bytes()
                .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)),
        )
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// A number below another one.
    fn below(&mut self, end: u64) -> u64 {
        self.next().checked_rem(end).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(id: &str, kind: Kind, topic: &str, day: Option<u8>) -> String {
        draw(&Cover { id, kind, topic, day })
    }

    #[test]
    fn a_cover_follows_from_the_page_and_differs_by_page_kind_and_topic() {
        let news = of("news/mot", Kind::News, "data", None);
        assert_eq!(news, of("news/mot", Kind::News, "data", None));
        let others = [
            of("news/hai", Kind::News, "data", None),
            of("news/mot", Kind::News, "digital-economy", None),
            of("news/mot", Kind::Decision, "data", None),
            of("news/mot", Kind::Page, "data", None),
            of("news/mot", Kind::Event, "data", Some(10)),
        ];
        for other in &others {
            assert_ne!(&news, other);
        }
        for cover in others.iter().chain([&news]) {
            assert!(cover.len() < 2600, "{} bytes", cover.len());
            assert!(!cover.contains("style"), "the policy allows none: {cover}");
        }
    }

    #[test]
    fn the_day_of_an_event_is_drawn_in_figures() {
        let tenth = of("events/ngay", Kind::Event, "", Some(10));
        assert_eq!(tenth, of("events/khac", Kind::Event, "", Some(10)), "nothing but the day");
        assert_ne!(tenth, of("events/ngay", Kind::Event, "", Some(21)));
        // The foot of the one, the top of the nought.
        assert!(tenth.contains("M41 105h58") && tenth.contains("M141 25h58"), "{tenth}");
    }

    #[test]
    fn a_weave_is_mirrored_and_never_empty() {
        for id in 0..200 {
            let mut cells = Cells::default();
            weave(&mut cells, &mut Dice::of(&format!("news/{id}")), id << 8);
            let filled: u32 = cells.one.iter().chain(&cells.zero).map(|row| row.count_ones()).sum();
            assert!(filled >= 12, "{filled} cells in {id}");
            for row in cells.one.iter().chain(&cells.zero) {
                assert_eq!(*row, mirrored(*row));
            }
        }
    }

    #[test]
    fn runs_are_where_cells_are() {
        assert_eq!(runs(0b1_0110).collect::<Vec<_>>(), [(1, 2), (4, 1)]);
        assert_eq!(runs(FULL).collect::<Vec<_>>(), [(0, 24)]);
        assert_eq!(runs(0).count(), 0);
    }
}
