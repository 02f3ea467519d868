//! Bar charts in a terminal.

/// Draws a bar of at most `width` columns, in eighths of a column.
pub(crate) fn bar(value: u64, most: u64, width: usize) -> String {
    const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    if most == 0 || value == 0 {
        return String::new();
    }
    let eighths = (value.min(most) as u128 * width as u128 * 8).div_ceil(u128::from(most)) as usize;
    "█".repeat(eighths / 8) + PARTS[eighths % 8]
}

/// Cuts a text that is too wide, with an ellipsis, and fills it up to `width` columns.
pub(crate) fn cell(text: &str, width: usize) -> String {
    let wide = |s: &str| textwrap::core::display_width(s);
    let mut cut = text.to_owned();
    if wide(text) > width {
        while wide(&cut) + 1 > width && cut.pop().is_some() {}
        cut.push('…');
    }
    let room = width.saturating_sub(wide(&cut));
    cut + &" ".repeat(room)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars() {
        for (value, most, drawn) in [(0, 8, ""), (8, 8, "████"), (4, 8, "██"), (1, 32, "▏"), (5, 0, "")]
        {
            assert_eq!(bar(value, most, 4), drawn, "{value}/{most}");
        }
    }

    #[test]
    fn cells() {
        assert_eq!(cell("Ada", 5), "Ada  ");
        assert_eq!(cell("Ada Roe", 5), "Ada …");
        assert_eq!(cell("日本の桟橋", 5), "日本…");
    }
}
