//! From a description to one whom the text speaks of: "the striker", "the Dane", "the company".

use core::ops::Range;

use crate::lex::token::{Case, Token};
use crate::lexicon::{self, Class, Hash, terms};
use crate::mention::gender::Gender;
use crate::mention::name::Bearer;
use crate::speaker::cast::{Cast, gender_of_noun};
use crate::speaker::discourse::{AGREES, Discourse, Guess, Weight};
use crate::speaker::entity::Entity;
use crate::speaker::opener::subject;

/// One who does some other work.
const OTHER_WORK: Weight = -400;

/// Nouns for people of any work.
const ANY_WORK: [Hash; 36] = Hash::of_all([
    "boy",
    "brother",
    "celebrity",
    "centenarian",
    "daughter",
    "father",
    "girl",
    "graduate",
    "grandfather",
    "grandmother",
    "husband",
    "immigrant",
    "lawmaker",
    "man",
    "migrant",
    "millionaire",
    "billionaire",
    "mother",
    "newcomer",
    "nonagenarian",
    "octogenarian",
    "outsider",
    "parent",
    "pensioner",
    "politician",
    "refugee",
    "septuagenarian",
    "sister",
    "son",
    "star",
    "teenager",
    "tycoon",
    "veteran",
    "wife",
    "woman",
    "youngster",
]);

/// Nouns for a body that trades.
const TRADING: [Hash; 22] = Hash::of_all([
    "airline",
    "bank",
    "brand",
    "brewer",
    "business",
    "carmaker",
    "chain",
    "company",
    "developer",
    "firm",
    "giant",
    "insurer",
    "label",
    "lender",
    "maker",
    "manufacturer",
    "operator",
    "outfit",
    "retailer",
    "startup",
    "supplier",
    "utility",
]);

/// Words in the names of bodies that do not.
const PUBLIC: [Hash; 26] = Hash::of_all([
    "agency",
    "assembly",
    "association",
    "charity",
    "church",
    "college",
    "commission",
    "committee",
    "congress",
    "council",
    "court",
    "department",
    "federation",
    "foundation",
    "government",
    "hospital",
    "institute",
    "ministry",
    "museum",
    "parliament",
    "party",
    "police",
    "school",
    "senate",
    "union",
    "university",
]);

impl Discourse<'_> {
    /// The one person whom "the striker" or "the Dane" at token `at` stands for: rather not one who does other work.
    pub(super) fn other(&self, cast: &Cast<'_>, at: usize, noun: &Token) -> Option<Guess> {
        let gender = gender_of_description(cast.text, noun);
        let any = noun.case == Case::Upper || ANY_WORK.contains(&noun.hash);
        let listed =
            noun.is(Class::ROLE) || noun.class == Class::NONE && noun.is_word() && !noun.is_capital();
        let work = listed && !any && !terms::FUNCTIONARY.has(noun.span.of(cast.text));
        self.best(cast, at, &|entity| {
            if !entity.may_be_person() || entity.is_plural() || entity.words.is_empty() {
                return None;
            }
            let agrees = match (gender, entity.gender()) {
                (Some(want), Some(have)) => (want == have).then_some(AGREES)?,
                _ => 0,
            };
            let title = entity.title.map_or("", |t| t.of(cast.text));
            let busy = work && !title.is_empty() && !ANY_WORK.contains(&Hash::of(title));
            Some(agrees + if busy { OTHER_WORK } else { 0 })
        })
    }

    /// Somebody known who opens a sentence by a description: "The Frenchwoman won in three sets."
    pub(super) fn described(&self, cast: &Cast<'_>, sentence: Range<usize>) -> Option<usize> {
        const SURE: f32 = 0.6;
        let start = sentence.start;
        if !cast.tokens[start].reads(cast.text, "The") {
            return None;
        }
        let noun = subject(cast, sentence)?;
        let token = cast.tokens[noun];
        let gender = gender_of_description(cast.text, &token);
        let agrees = |e: &Entity| gender.is_none() || e.gender().is_none() || e.gender() == gender;
        let known =
            cast.described(&token).filter(|&e| cast.entities[e].may_be_person() && agrees(&cast.entities[e]));
        let known = known.max_by_key(|&e| (cast.entities[e].last_before(start), core::cmp::Reverse(e)));
        known.or_else(|| {
            let new = terms::FUNCTIONARY.has(token.span.of(cast.text)) || token.is(Class::GROUP);
            let guess = self.other(cast, start, &token).filter(|g| !new && g.confidence >= SURE);
            guess.map(|g| g.who)
        })
    }

    /// The body that a noun for any body stands for at token `at`; none that reports, unless the noun does.
    pub(super) fn body(&self, cast: &Cast<'_>, at: usize, noun: &Token) -> Option<Guess> {
        let press = noun.is(Class::PRESS) || terms::OUTLET_WORD.has(noun.span.of(cast.text));
        let trades = !press && TRADING.contains(&noun.hash);
        self.best(cast, at, &|entity| {
            let unclear = entity.bearer == Bearer::Unclear && entity.gender.is_none();
            let body = entity.nominal.is_none() && (entity.bearer == Bearer::Body || unclear);
            let reports = || {
                let name = entity.name(cast.text);
                !press && (terms::OUTLET.has(name) || terms::OUTLET.has(name.split(' ').next().unwrap_or("")))
            };
            let public = || trades && entity.words.iter().any(|w| PUBLIC.contains(w));
            (body && !reports()).then(|| if public() { OTHER_WORK } else { 0 })
        })
    }
}

/// "father-of-two", "mum-of-one": whether a word names a parent, and of what gender.
pub(super) fn parent(text: &str, t: &Token) -> Option<Option<Gender>> {
    let (noun, _) = t.span.of(text).split_once("-of-")?;
    let class = lexicon::class(noun);
    let genders = [(Class::KIN_HE, Gender::He), (Class::KIN_SHE, Gender::She)];
    class
        .any(Class::ROLE.or(Class::KIN_HE).or(Class::KIN_SHE))
        .then(|| genders.into_iter().find(|(of, _)| class.any(*of)).map(|(_, gender)| gender))
}

/// The gender of a noun for a person: "the mother", "the Frenchwoman", "the Cornishman".
fn gender_of_description(text: &str, noun: &Token) -> Option<Gender> {
    let word = noun.span.of(text);
    let ends = |end: &str| noun.is_capital() && word.ends_with(end);
    gender_of_noun(noun).or_else(|| match () {
        () if ends("woman") => Some(Gender::She),
        () if ends("hman") || ends("sman") => Some(Gender::He),
        () => parent(text, noun).flatten(),
    })
}
