//! Where the quotes of a block end, so that the one before a quotation is found fast.

use alloc::vec::Vec;

/// The quotes of a block with marks, by where their content ends.
#[derive(Debug, Default)]
pub(super) struct Ends {
    /// Those that the grammar found.
    found: Vec<(usize, usize)>,
    /// Those made of what was left over, which comes in order.
    made: Vec<(usize, usize)>,
}

impl Ends {
    pub(super) fn clear(&mut self) {
        self.found.clear();
        self.made.clear();
    }

    /// Notes a quote that the grammar found; they are sorted when all are noted.
    pub(super) fn find(&mut self, end: Option<(usize, usize)>) {
        self.found.extend(end);
    }

    pub(super) fn sort(&mut self) {
        self.found.sort_unstable();
    }

    /// The last quote that ends at `at` or before; of those that end together, the one noted last.
    pub(super) fn last_before(&self, at: usize) -> Option<usize> {
        let last = |ends: &[(usize, usize)]| ends[..ends.partition_point(|e| e.0 <= at)].last().copied();
        [last(&self.found), last(&self.made)].into_iter().flatten().max_by_key(|e| e.0).map(|e| e.1)
    }

    /// Notes a quote that was made, or that goes on.
    pub(super) fn make(&mut self, end: usize, raw: usize) {
        let at = self.made.partition_point(|e| e.0 <= end);
        self.made.insert(at, (end, raw));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_those_that_end_together_the_last_counts() {
        let mut ends = Ends::default();
        for end in [(9, 0), (4, 1), (4, 2)] {
            ends.find(Some(end));
        }
        ends.sort();
        assert_eq!([3, 4, 8, 9].map(|at| ends.last_before(at)), [None, Some(2), Some(2), Some(0)]);
        ends.make(6, 3);
        ends.make(9, 4);
        assert_eq!([5, 6, 20].map(|at| ends.last_before(at)), [Some(2), Some(3), Some(4)]);
        ends.clear();
        assert_eq!(ends.last_before(20), None);
    }
}
