//! The argument of a function: strings of any of Arrow's three types.

use datafusion_common::arrow::array::{
    Array, ArrayRef, AsArray as _, LargeStringArray, StringArray, StringViewArray,
};
use datafusion_common::arrow::datatypes::DataType;
use datafusion_common::{Result, exec_err, internal_err};

/// What a column of strings of 32-bit offsets can hold.
const MOST: usize = i32::MAX as usize;

/// Holds the texts of one batch.
pub(crate) enum Texts<'a> {
    Small(&'a StringArray),
    Large(&'a LargeStringArray),
    View(&'a StringViewArray),
}

impl<'a> Texts<'a> {
    /// Looks at an array as strings.
    ///
    /// # Errors
    ///
    /// When it is none, or when its texts are so long that their answers may not fit one array.
    pub(crate) fn new(array: &'a ArrayRef) -> Result<Texts<'a>> {
        let texts = match array.data_type() {
            DataType::Utf8 => Texts::Small(array.as_string()),
            DataType::LargeUtf8 => Texts::Large(array.as_string()),
            DataType::Utf8View => Texts::View(array.as_string_view()),
            other => {
                return internal_err!("a text is a string, not {other}: the planner should have cast it");
            }
        };
        let bytes: usize = texts.iter().flatten().map(str::len).sum();
        if bytes > MOST {
            return exec_err!(
                "{bytes} bytes of text in one batch of {} rows, and at most {MOST} fit; \
                 SET datafusion.execution.batch_size to less",
                array.len()
            );
        }
        Ok(texts)
    }

    /// Returns the number of rows.
    pub(crate) fn len(&self) -> usize {
        match self {
            Texts::Small(array) => array.len(),
            Texts::Large(array) => array.len(),
            Texts::View(array) => array.len(),
        }
    }

    /// Returns the texts in order; `None` is NULL.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Option<&'a str>> {
        (0..self.len()).map(|row| self.get(row))
    }

    fn get(&self, row: usize) -> Option<&'a str> {
        match *self {
            Texts::Small(array) => array.is_valid(row).then(|| array.value(row)),
            Texts::Large(array) => array.is_valid(row).then(|| array.value(row)),
            Texts::View(array) => array.is_valid(row).then(|| array.value(row)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use datafusion_common::arrow::array::Int64Array;

    use super::*;

    #[test]
    fn all_three_types_are_read_alike() {
        let words = [Some("It rained."), None, Some("")];
        let arrays: [ArrayRef; 3] = [
            Arc::new(StringArray::from_iter(words)),
            Arc::new(LargeStringArray::from_iter(words)),
            Arc::new(StringViewArray::from_iter(words)),
        ];
        for array in &arrays {
            assert_eq!(Texts::new(array).unwrap().iter().collect::<Vec<_>>(), words);
        }
        let slice = arrays[2].slice(1, 2);
        assert_eq!(Texts::new(&slice).unwrap().iter().collect::<Vec<_>>(), words[1..]);
    }

    #[test]
    fn numbers_are_refused() {
        let array: ArrayRef = Arc::new(Int64Array::from(vec![1]));
        assert!(Texts::new(&array).err().unwrap().to_string().contains("not Int64"));
    }

    #[test]
    fn a_batch_that_may_not_fit_is_refused_with_a_way_out() {
        // A view shares its bytes, so this takes 1 MB, not 2 GB.
        let long = StringViewArray::from_iter_values(["x".repeat(1 << 20)]);
        let views = vec![long.views()[0]; 2_100];
        let array: ArrayRef =
            Arc::new(StringViewArray::try_new(views.into(), long.data_buffers().to_vec(), None).unwrap());
        let told = Texts::new(&array).err().unwrap().to_string();
        assert!(told.contains("SET datafusion.execution.batch_size"), "{told}");
    }
}
