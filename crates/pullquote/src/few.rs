//! `Few`: a list that is short nearly always, so that it needs no memory of its own.

use alloc::vec::Vec;
use core::fmt;
use core::ops::{Deref, DerefMut, RangeFull};

/// A list that keeps up to three values in itself and asks for memory only for more.
///
/// A quote has one or two parts, one cue, one source.
#[derive(Clone)]
pub(crate) enum Few<T> {
    Inside(u8, [T; INSIDE]),
    Outside(Vec<T>),
}

/// How many values a list keeps in itself.
const INSIDE: usize = 3;

/// Makes a [`Few`] of its values, as `vec!` does a vector.
macro_rules! few {
    ($($value:expr),* $(,)?) => { $crate::few::Few::from([$($value),*]) };
}
pub(crate) use few;

impl<T: Default> Default for Few<T> {
    fn default() -> Few<T> {
        Few::Inside(0, <[T; INSIDE]>::default())
    }
}

impl<T: Default> Few<T> {
    pub(crate) fn new() -> Few<T> {
        Few::default()
    }

    pub(crate) fn push(&mut self, value: T) {
        match self {
            Few::Inside(len, values) if usize::from(*len) < INSIDE => {
                values[usize::from(*len)] = value;
                *len += 1;
            }
            Few::Inside(_, values) => {
                let mut many: Vec<T> = Vec::with_capacity(2 * INSIDE);
                many.extend(values.iter_mut().map(core::mem::take));
                many.push(value);
                *self = Few::Outside(many);
            }
            Few::Outside(values) => values.push(value),
        }
    }

    pub(crate) fn clear(&mut self) {
        match self {
            Few::Inside(len, _) => *len = 0,
            Few::Outside(values) => values.clear(),
        }
    }

    /// Keeps the values that pass a test, in their order.
    pub(crate) fn retain(&mut self, mut keeps: impl FnMut(&T) -> bool) {
        match self {
            Few::Inside(len, values) => {
                let mut kept = 0;
                for at in 0..usize::from(*len) {
                    if keeps(&values[at]) {
                        values.swap(kept, at);
                        kept += 1;
                    }
                }
                *len = kept as u8;
            }
            Few::Outside(values) => values.retain(keeps),
        }
    }

    /// Takes all values out.
    pub(crate) fn drain(&mut self, _: RangeFull) -> IntoIter<T> {
        core::mem::take(self).into_iter()
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            Few::Inside(len, values) => &values[..usize::from(*len)],
            Few::Outside(values) => values,
        }
    }
}

impl<T> DerefMut for Few<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        match self {
            Few::Inside(len, values) => &mut values[..usize::from(*len)],
            Few::Outside(values) => values,
        }
    }
}

/// What is left over of values taken out is not shown.
impl<T: fmt::Debug> fmt::Debug for Few<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self[..].fmt(f)
    }
}

impl<T: PartialEq> PartialEq for Few<T> {
    fn eq(&self, other: &Few<T>) -> bool {
        self[..] == other[..]
    }
}

impl<T: Eq> Eq for Few<T> {}

impl<T: Default> Extend<T> for Few<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, iter: I) {
        iter.into_iter().for_each(|value| self.push(value));
    }
}

impl<T: Default> FromIterator<T> for Few<T> {
    fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Few<T> {
        let mut few = Few::new();
        few.extend(iter);
        few
    }
}

impl<T: Default, const N: usize> From<[T; N]> for Few<T> {
    fn from(values: [T; N]) -> Few<T> {
        if N > INSIDE {
            return values.into_iter().collect();
        }
        let mut inside = <[T; INSIDE]>::default();
        for (to, value) in inside.iter_mut().zip(values) {
            *to = value;
        }
        Few::Inside(N as u8, inside)
    }
}

impl<'a, T> IntoIterator for &'a Few<T> {
    type Item = &'a T;
    type IntoIter = core::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a, T> IntoIterator for &'a mut Few<T> {
    type Item = &'a mut T;
    type IntoIter = core::slice::IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

impl<T: Default> IntoIterator for Few<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    fn into_iter(self) -> IntoIter<T> {
        IntoIter { values: self, at: 0 }
    }
}

/// Takes the values of a list one by one.
pub(crate) struct IntoIter<T> {
    values: Few<T>,
    at: usize,
}

impl<T: Default> Iterator for IntoIter<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        let value = self.values.get_mut(self.at)?;
        self.at += 1;
        Some(core::mem::take(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_made_of_its_values() {
        let none: Few<u8> = few![];
        assert!(none.is_empty());
        assert_eq!(few![1, 2, 3, 4][..], [1, 2, 3, 4]);
    }

    #[test]
    fn does_what_a_vector_does() {
        for n in 0..9 {
            let (mut few, mut many): (Few<usize>, Vec<usize>) =
                ((0..n).rev().collect(), (0..n).rev().collect());
            assert_eq!(few[..], many[..]);
            few.sort_unstable();
            many.sort_unstable();
            few.retain(|v| v % 3 != 1);
            many.retain(|v| v % 3 != 1);
            assert_eq!(few[..], many[..]);
            few.extend([n, 7]);
            many.extend([n, 7]);
            assert_eq!(few, many.iter().copied().collect());
            assert!(few.clone().into_iter().eq(many.drain(..)));
            few.clear();
            assert!(few.is_empty() && few.drain(..).next().is_none());
        }
    }
}
