//! Features to dense numbers.

/// Gives every feature a number, in the order of first sight. An open table: a feature's hash is its name.
pub struct Index {
    slots: Vec<(u32, u32)>,
    names: Vec<u32>,
    counts: Vec<u32>,
}

impl Default for Index {
    fn default() -> Index {
        Index { slots: vec![(0, u32::MAX); 1 << 16], names: Vec::new(), counts: Vec::new() }
    }
}

impl Index {
    fn slot(&self, feature: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = feature.wrapping_mul(0x9e37_79b9) as usize & mask;
        while self.slots[at].1 != u32::MAX && self.slots[at].0 != feature {
            at = (at + 1) & mask;
        }
        at
    }

    /// Returns the number of a feature.
    pub fn get(&self, feature: u32) -> Option<u32> {
        let id = self.slots[self.slot(feature)].1;
        (id != u32::MAX).then_some(id)
    }

    /// Counts one more sight of a feature.
    pub fn count(&mut self, feature: u32) {
        let at = self.slot(feature);
        if self.slots[at].1 != u32::MAX {
            self.counts[self.slots[at].1 as usize] += 1;
            return;
        }
        self.slots[at] = (feature, self.names.len() as u32);
        self.names.push(feature);
        self.counts.push(1);
        if self.names.len() * 2 > self.slots.len() {
            let size = self.slots.len() * 2;
            self.rebuild(size);
        }
    }

    fn rebuild(&mut self, size: usize) {
        self.slots = vec![(0, u32::MAX); size];
        for id in 0..self.names.len() {
            let at = self.slot(self.names[id]);
            self.slots[at] = (self.names[id], id as u32);
        }
    }

    /// Drops the features for which `keep` is false.
    pub fn retain(&mut self, keep: impl Fn(usize, u32) -> bool) {
        let ids: Vec<usize> = (0..self.names.len()).filter(|&i| keep(i, self.counts[i])).collect();
        self.names = ids.iter().map(|&i| self.names[i]).collect();
        self.counts = ids.iter().map(|&i| self.counts[i]).collect();
        self.rebuild((self.names.len() * 2 + 2).next_power_of_two());
    }

    /// Returns how many features there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Returns the hash of a feature.
    pub fn name(&self, id: usize) -> u32 {
        self.names[id]
    }

    /// Returns how often a feature was seen.
    pub fn seen(&self, id: usize) -> u32 {
        self.counts[id]
    }
}
