pub(super) const BITS: u32 = 1;
pub(super) static WORDS: [(&str, u64, u16); 1] = [("a", 0, 0)];
pub(super) static SLOTS: [u16; 2] = [0, 0];
