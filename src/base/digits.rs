//! Numbers with a fixed count of digits, written without the machinery of formatting: dates stand on every page.

/// Adds a number in decimal digits, with zeros before it where it has fewer than `width`.
pub fn push(out: &mut String, number: i32, width: usize) {
    if number < 0 {
        out.push('-');
    }
    let mut digits = ['0'; 10];
    let (mut rest, mut used) = (number.unsigned_abs(), 0);
    for digit in digits.iter_mut().rev() {
        *digit = char::from_digit(rest % 10, 10).unwrap_or('0');
        rest /= 10;
        used += 1;
        if rest == 0 && used >= width {
            break;
        }
    }
    out.extend(digits.iter().skip(digits.len() - used));
}

/// Adds numbers, each with its width, and a sign between them.
pub fn push_parts<const N: usize>(out: &mut String, sign: &str, parts: [(i32, usize); N]) {
    for (place, (number, width)) in parts.into_iter().enumerate() {
        if place > 0 {
            out.push_str(sign);
        }
        push(out, number, width);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_padded_and_never_cut() {
        for (number, width, expected) in [
            (0, 1, "0"),
            (0, 2, "00"),
            (7, 2, "07"),
            (2026, 4, "2026"),
            (2026, 2, "2026"),
            (i32::MIN, 3, "-2147483648"),
        ] {
            let mut out = String::from("x");
            push(&mut out, number, width);
            assert_eq!(out, format!("x{expected}"));
        }
    }

    #[test]
    fn parts_have_signs_between_them() {
        let mut out = String::from("x");
        push_parts(&mut out, "-", [(2026, 4), (3, 2), (10, 2)]);
        push_parts(&mut out, "", [(4, 2), (5, 2)]);
        assert_eq!(out, "x2026-03-100405");
    }
}
