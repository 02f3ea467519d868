//! Memory for what is mostly small: a text of a few words, a list of one item. Neither asks for any.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::ops::{Deref, DerefMut};

/// So many bytes are kept in place: with length and tag they take the room of a `String`.
const IN_PLACE: usize = 22;

/// A text that is kept in place when it is short, as names of people and towns are.
#[derive(Clone)]
pub(crate) enum ShortText {
    InPlace { len: u8, bytes: [u8; IN_PLACE] },
    Apart(Box<str>),
}

impl Deref for ShortText {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            // Only whole texts come in: what goes out is one.
            ShortText::InPlace { len, bytes } => {
                bytes.get(..usize::from(*len)).and_then(|b| core::str::from_utf8(b).ok()).unwrap_or_default()
            }
            ShortText::Apart(text) => text,
        }
    }
}

impl ShortText {
    /// Returns the first byte, without a look at the others.
    pub(crate) fn first_byte(&self) -> Option<u8> {
        match self {
            ShortText::InPlace { len, bytes } => (*len > 0).then_some(bytes[0]),
            ShortText::Apart(text) => text.bytes().next(),
        }
    }
}

impl From<&str> for ShortText {
    fn from(text: &str) -> ShortText {
        let mut bytes = [0; IN_PLACE];
        match (bytes.get_mut(..text.len()), u8::try_from(text.len())) {
            (Some(place), Ok(len)) => {
                place.copy_from_slice(text.as_bytes());
                ShortText::InPlace { len, bytes }
            }
            _ => ShortText::Apart(text.into()),
        }
    }
}

impl From<String> for ShortText {
    fn from(text: String) -> ShortText {
        if text.len() > IN_PLACE { ShortText::Apart(text.into()) } else { text.as_str().into() }
    }
}

impl Default for ShortText {
    fn default() -> ShortText {
        "".into()
    }
}

impl PartialEq for ShortText {
    fn eq(&self, other: &ShortText) -> bool {
        **self == **other
    }
}

impl Eq for ShortText {}

impl fmt::Debug for ShortText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

/// A list that is kept in place while it has one item, as the authors of an article mostly are.
#[derive(Clone, Default)]
pub(crate) enum OneOrMore<T> {
    #[default]
    None,
    One(T),
    More(Vec<T>),
}

impl<T> OneOrMore<T> {
    /// Adds an item at the end.
    pub(crate) fn push(&mut self, item: T) {
        match core::mem::take(self) {
            OneOrMore::None => *self = OneOrMore::One(item),
            OneOrMore::One(first) => *self = OneOrMore::More(Vec::from([first, item])),
            OneOrMore::More(mut all) => {
                all.push(item);
                *self = OneOrMore::More(all);
            }
        }
    }
}

impl<T> Deref for OneOrMore<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            OneOrMore::None => &[],
            OneOrMore::One(item) => core::slice::from_ref(item),
            OneOrMore::More(all) => all,
        }
    }
}

impl<T> DerefMut for OneOrMore<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        match self {
            OneOrMore::None => &mut [],
            OneOrMore::One(item) => core::slice::from_mut(item),
            OneOrMore::More(all) => all,
        }
    }
}

impl<T> Extend<T> for OneOrMore<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        items.into_iter().for_each(|item| self.push(item));
    }
}

impl<T> FromIterator<T> for OneOrMore<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> OneOrMore<T> {
        let mut all = OneOrMore::None;
        all.extend(items);
        all
    }
}

impl<T: PartialEq> PartialEq for OneOrMore<T> {
    fn eq(&self, other: &OneOrMore<T>) -> bool {
        **self == **other
    }
}

impl<T: Eq> Eq for OneOrMore<T> {}

impl<T: fmt::Debug> fmt::Debug for OneOrMore<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::borrow::ToOwned;
    use alloc::format;

    #[test]
    fn texts_come_out_as_they_went_in() {
        for text in
            ["", "Ada Roe", "MARSH-ON-SEA, England", "Jörg Röhe", "ä", "Ada Marsh-Poole of the Long Lane"]
        {
            for n in (0..=text.len()).filter(|&n| text.is_char_boundary(n)) {
                let text = &text[..n];
                assert_eq!(&*ShortText::from(text), text);
                assert_eq!(ShortText::from(text).first_byte(), text.bytes().next());
                assert_eq!(ShortText::from(text.to_owned()), ShortText::from(text));
                assert_eq!(format!("{:?}", ShortText::from(text)), format!("{text:?}"));
            }
        }
        assert!(size_of::<ShortText>() <= size_of::<String>());
        assert!(matches!(ShortText::from("Ada Roe"), ShortText::InPlace { .. }));
    }

    #[test]
    fn lists_keep_their_order() {
        for n in 0..5 {
            let mut few: OneOrMore<usize> = (0..n).collect();
            assert!(few.iter().copied().eq(0..n));
            few.push(n);
            assert_eq!((few.len(), few.last()), (n + 1, Some(&n)));
            few[0] = 9;
            assert_eq!(few.first(), Some(&9));
        }
        assert!(matches!(OneOrMore::from_iter(["Ada"]), OneOrMore::One("Ada")));
    }
}
