//! From a noun phrase without a name to one of the cast: "the analyst", "a spokesman for the port", "the report".

use core::ops::Range;

use crate::block::BlockKind;
use crate::lex::token::{Token, TokenKind};
use crate::lexicon::{Class, Hash, terms};
use crate::mention::name::{self, Bearer};
use crate::mention::title;
use crate::span::Span;
use crate::speaker::cast::{Cast, gender_of_noun};
use crate::speaker::discourse::Guess;
use crate::speaker::entity::{GenderEvidence, clean};
use crate::speaker::epithet::parent;
use crate::speaker::mention::{MentionKind, kind_of_noun};
use crate::speaker::resolve::{Found, Reader};

/// Nouns for one person.
const PERSON: Class = Class::ROLE.or(Class::KIN_HE).or(Class::KIN_SHE);

impl Reader<'_, '_, '_> {
    /// Whom a noun phrase means; `core` is the part of `range` before its first preposition.
    pub(super) fn of_noun(&mut self, range: Range<usize>, core: Range<usize>, source: Span) -> Found {
        let cast = &mut *self.cast;
        let is_noun = |i: &usize| cast.tokens[*i].is_word() || cast.tokens[*i].kind == TokenKind::Number;
        let coordinated =
            core.clone().find(|&i| cast.tokens[i].reads(cast.text, "and")).map(|and| core.start..and);
        let last = core.clone().rev().find(is_noun);
        // "the former mayor and current councillor" is one person, "the mayor and the clerk" are two.
        let noun = match coordinated
            .and_then(|first| first.clone().rev().find(is_noun).filter(|i| *i > first.start))
        {
            Some(first) if cast.tokens[first].is(PERSON) && !cast.tokens[first].is(Class::GROUP) => {
                Some(first)
            }
            _ => last,
        };
        let Some(noun) = noun else { return Found::new(MentionKind::Unnamed, None) };
        let token = cast.tokens[noun];
        let wide = range.start..cast.token_at(source.end()).clamp(range.end, range.end + 20);
        let kind = kind_of_noun(cast.text, cast.tokens, noun, wide);
        if let Some(found) = self.spokesperson(noun, &range, &core) {
            return found;
        }
        let cast = &mut *self.cast;
        let first = cast.tokens[range.start];
        // "counsel said": the one noun for a person that needs no article.
        let kind_of_block = |at: usize| cast.story.regions.get(cast.region_of(at)).map(|r| r.kind);
        // Headlines leave articles out.
        let headline = kind_of_block(range.start) == Some(BlockKind::Headline);
        let definite = first.span.of(cast.text).eq_ignore_ascii_case("the") || first.hash == COUNSEL;
        let plural = token.is(Class::GROUP)
            || token.span.of(cast.text).ends_with('s')
                && !token.is(PERSON.or(Class::BODY).or(Class::DOCUMENT));
        let owned = first.is(Class::POSSESSIVE) || cast.owned(&range);
        if !plural && (definite || owned || headline) {
            if let Some(who) = self.described(noun, &range, &core, owned) {
                self.cast.retitle(who, noun, &range);
                return Found::sure(kind, who, 0.85);
            }
            let bare = self.is_bare(&range, &core);
            // "The chain", "the Selby-based chain", but not "the Liberal platform"
            let second = core.clone().nth(1).map(|i| self.cast.tokens[i]);
            let plain = core.len() == 2 || second.is_some_and(|t| is_derived(self.cast.text, &t));
            // "The Danish group"
            let national = || second.is_some_and(|t| t.is_in(self.cast.text, terms::DEMONYM));
            let generic_noun = terms::GENERIC_BODY.has(token.span.of(self.cast.text));
            let generic = || plain && generic_noun;
            // "The retailer": one who is called so has been looked for. "The operator" may be new.
            let someone = || terms::FUNCTIONARY.has(token.span.of(self.cast.text));
            let body = if token.is(Class::ROLE) {
                generic() && !someone()
            } else {
                generic() || token.is(Class::BODY)
            };
            if bare
                && body
                && (definite || first.is(Class::POSSESSIVE))
                && !self.has_name(&core)
                // "the petroleum ministry" is one of its own.
                && let Some(who) = self.body(range.start, &token, definite && (plain || national() || !generic_noun))
            {
                return Found::sure(kind, who, 0.7);
            }
            if let Some(who) = self.medium(noun, &range) {
                return Found::sure(kind, who, 0.8);
            }
            // "the source": whoever spoke last without a name.
            if definite
                && range.len() == 2
                && token.hash == SOURCE
                && let Some(who) = self.talk.previous.map(|p| p.who)
                && self.cast.entities[who].words.is_empty()
            {
                return Found::sure(kind, who, 0.7);
            }
            // "A senior engineer said …", the engineer added: whoever spoke last under that noun alone.
            if definite
                && range.len() == 2
                && let Some(who) = self.talk.previous.map(|p| p.who)
                && self.cast.is_only_called(who, &token)
            {
                return Found::sure(kind, who, 0.7);
            }
            // "the 24-year-old", "the 24-year-old plumber", "the 300-pounder"
            let measure = |t: &Token| {
                let word = t.span.of(self.cast.text);
                t.kind == TokenKind::Number && (word.ends_with("old") || word.ends_with("-pounder"))
            };
            let aged = (core.start..noun + 1).find(|&i| measure(&self.cast.tokens[i]));
            let of_two = || {
                terms::DEMONYM
                    .has(name::span(self.cast.tokens, noun.saturating_sub(1)..noun + 1).of(self.cast.text))
            };
            let origin = token.is_capital() && (token.is_in(self.cast.text, terms::DEMONYM) || of_two());
            // "the Selby-born wing"
            let native = noun > range.start && is_native(self.cast.text, &self.cast.tokens[noun - 1]);
            let agent = title::is_agent(self.cast.text, &token);
            let parent = parent(self.cast.text, &token).is_some();
            let person = aged.is_some()
                || origin
                || native
                || agent
                || parent
                || token.is(PERSON) && !token.is(Class::DOCUMENT);
            if definite
                && bare
                && person
                && !self.is_functionary(noun, &core)
                && !self.has_name(&core)
                && !self.cast.is_called(&range)
                && let Some(guess) =
                    self.epithet(aged.unwrap_or(noun), range.start).filter(|g| g.confidence >= self.threshold)
            {
                const SURE: f32 = 0.7;
                if guess.confidence >= SURE && aged.is_none() {
                    self.cast.retitle(guess.who, noun, &range);
                }
                return Found::new(kind, Some(guess));
            }
        }
        // "The Vane family sued. … The family said": the noun with its name stands before.
        if definite
            && range.len() == 2
            && let Some(full) = self.talk.phrase(self.cast, &token, range.start)
        {
            let span = name::span(self.cast.tokens, full.clone());
            let who = self.cast.noun(full.end - 1, full, span);
            return Found::sure(kind, who, 0.8);
        }
        let cast = &mut *self.cast;
        // "One driver said … The driver, Ivo Hale, added": the role is given a name later.
        if !plural
            && token.is(Class::ROLE)
            && let Some(who) = cast.named_later(noun, &token)
        {
            return Found::sure(kind, who, 0.8);
        }
        // Nobody named: the phrase itself is the best name there is.
        let skip =
            usize::from(range.len() > 1 && first.is(Class::DETERMINER) && !first.is(Class::NUMBER_WORD));
        let span = name::span(cast.tokens, range.start + skip..range.end);
        let who = cast.noun(noun, range.start + skip..range.end, span);
        cast.entities[who].nominal.get_or_insert(kind);
        cast.alias(who, noun, range.end);
        Found::sure(kind, who, 0.85)
    }

    /// The body that "the operator" at token `at` stands for: one so described, or one whose name holds the noun;
    /// for "the" and a noun that suits any body, the one that the text speaks of.
    fn body(&self, at: usize, noun: &Token, definite: bool) -> Option<usize> {
        let cast = &*self.cast;
        let any = definite && terms::GENERIC_BODY.has(noun.span.of(cast.text));
        let spoken_of = || self.talk.body(cast, at, noun).filter(|_| any).map(|g| g.who);
        cast.body_before(at, noun).or_else(spoken_of)
    }

    /// "The judge", who may be somebody new; but "the student nurse" tells more of one already named.
    fn is_functionary(&self, noun: usize, core: &Range<usize>) -> bool {
        let cast = &*self.cast;
        let tells = |t: &Token| {
            t.kind == TokenKind::Number
                || t.is(Class::ROLE) && !t.is(Class::HONORIFIC)
                || matches!(t.span.of(cast.text), "former" | "retired" | "trainee" | "freelance")
        };
        terms::FUNCTIONARY.has(cast.tokens[noun].span.of(cast.text))
            && !cast.tokens[core.start..noun].iter().any(tells)
    }

    /// "A spokesman for the port", "a Harrow Port spokeswoman", "the port’s spokesman": the body speaks.
    fn spokesperson(&mut self, noun: usize, range: &Range<usize>, core: &Range<usize>) -> Option<Found> {
        let cast = &mut *self.cast;
        let token = cast.tokens[noun];
        if !is_spokesperson(token.span.of(cast.text)) {
            return None;
        }
        let behind = core.end < range.end;
        let body = if behind {
            cast.names_in(core.end + 1..range.end).next()
        } else {
            cast.names_in(core.clone()).next_back()
        };
        let Some(body) = body.filter(|&n| cast.owners[n] != usize::MAX) else {
            // "A spokeswoman for the port … the spokeswoman"
            let word = token.span.of(cast.text);
            let known = cast.known(word).and_then(|e| cast.entities[e].stands_for);
            // "a spokeswoman for the port", "a port spokeswoman", of a port named before
            let at = if behind { range.end - 1 } else { noun.saturating_sub(1) };
            let port = cast.tokens[at];
            let definite = !behind || cast.tokens[core.end + 1].is(Class::DETERMINER);
            let body = (range.contains(&at) && port.is(Class::BODY))
                .then(|| self.body(range.start, &port, definite));
            let who = body.flatten().or(known.filter(|_| range.len() == 2))?;
            self.speaks(who, noun);
            return Some(Found::sure(MentionKind::Spokesperson, who, 0.85));
        };
        let who = cast.owners[body];
        let span = name::span(cast.tokens, cast.names[body].tokens.clone());
        let entity = &mut cast.entities[who];
        // What has a spokesperson and no sign of a person is a body.
        if entity.bearer == Bearer::Unclear && entity.gender.is_none() && entity.title.is_none() {
            entity.bearer = Bearer::Body;
        }
        if !entity.may_be_person() {
            entity.title.get_or_insert(token.span);
            entity.affiliation.get_or_insert(span);
        } else if !behind {
            // "Mr Vane’s spokesman" is somebody else; a body alone speaks through others.
            return None;
        }
        self.speaks(who, noun);
        Some(Found::sure(MentionKind::Spokesperson, who, 0.9))
    }

    /// "She said" later on means the one who spoke for a body, at token `noun`.
    fn speaks(&mut self, who: usize, noun: usize) {
        let cast = &mut *self.cast;
        if cast.entities[who].may_be_person() {
            return;
        }
        let voice = cast.noun(noun, noun..noun + 1, cast.tokens[noun].span);
        if voice != who {
            cast.entities[voice].stands_for = Some(who);
            self.talk.speaks_for(self.cast, voice, noun);
        }
    }

    /// Whether nothing behind the core names anybody: "the mother of three", not "the head of the Tolworth Institute".
    fn is_bare(&self, range: &Range<usize>, core: &Range<usize>) -> bool {
        const LONGEST: usize = 12;
        let rest = &self.cast.tokens[core.end..range.end];
        let link = rest.first().map_or("of", |t| t.span.of(self.cast.text));
        // "the accountant from Leeds"
        let from = link == "from" && !rest.iter().any(|t| t.is(Class::BODY));
        // "secretary of state and Republican nominee": a capital before a noun names nobody.
        let names = |i: usize| {
            let t = &rest[i];
            let before_noun =
                rest.get(i + 1).is_some_and(|n| n.is_word() && !n.is_capital() && !n.is(Class::PREPOSITION));
            t.is_capital() && !t.is(PERSON) && !before_noun
        };
        range.len() <= LONGEST && (from || link == "of" && !(0..rest.len()).any(names))
    }

    /// Whether the phrase names somebody: "the Roe campaign", but not "the Selby woman" or "the Republican nominee".
    fn has_name(&self, core: &Range<usize>) -> bool {
        let cast = &*self.cast;
        cast.names_in(core.clone()).any(|n| {
            let name = &cast.names[n];
            let one = || cast.tokens[name.tokens.clone()].iter().all(|t| title::is_origin(cast.text, t));
            let one = || one() || is_derived(cast.text, &cast.tokens[name.tokens.end - 1]);
            let owner = cast.entities.get(cast.owners[n]);
            let person = name.bearer == Bearer::Person
                || owner.is_some_and(|e| e.bearer == Bearer::Person || e.may_be_person());
            let noun = core.end.checked_sub(1).map(|i| &cast.tokens[i]);
            // "the Rovers striker" may be anybody; "the Roe aide" is somebody else than Roe.
            let of_body = !person && noun.is_some_and(|t| t.is(PERSON) && !t.is(Class::GROUP));
            name.bearer != Bearer::Place && !one() && !of_body
        })
    }

    /// The one who was described by this noun, or by this age, before or later in the article.
    fn described(
        &self,
        noun: usize,
        range: &Range<usize>,
        core: &Range<usize>,
        owned: bool,
    ) -> Option<usize> {
        let cast = &*self.cast;
        let token = cast.tokens[noun];
        let age = cast.tokens[core.clone()].iter().find(|t| t.kind == TokenKind::Number);
        let words = || {
            cast.tokens[range.clone()]
                .iter()
                .filter(|t| t.is_word() && !t.is(Class::DETERMINER.or(Class::PREPOSITION)))
        };
        let shared = |who: usize| {
            let traits = &cast.entities[who].traits;
            words().filter(|t| t.hash != token.hash && traits.contains(&t.hash)).count()
        };
        let gender = gender_of_noun(&token);
        // A noun with a complement or an owner needs more in common than the noun: "the head of the rowing club".
        let least = usize::from(range.end > core.end && !self.is_bare(range, core) || owned);
        // "his manager", where the article knows one manager.
        let only = owned
            && cast.tokens[range.start].is(Class::POSSESSIVE)
            && range.len() == 2
            && !terms::FUNCTIONARY.has(token.span.of(cast.text));
        let mut known = cast.described(&token);
        let first = known.next();
        let only = only && first.is_some() && known.all(|who| Some(who) == first);
        let by_noun = cast.described(&token).map(|who| (who, shared(who))).filter(|&(who, shared)| {
            let agrees = match (gender, cast.entities[who].gender()) {
                (Some(a), Some(b)) => a == b,
                _ => true,
            };
            agrees && (shared >= least || only || owned && title::is_kin(cast.text, &token))
        });
        let by_age = age.into_iter().flat_map(|age| cast.described(age)).map(|who| (who, 1));
        by_noun
            .chain(by_age)
            .max_by_key(|&(who, shared)| {
                (shared, cast.entities[who].last_before(range.start), core::cmp::Reverse(who))
            })
            .map(|(who, _)| who)
    }

    /// "The billionaire": another word for whom the text speaks of, unless the text calls him something else.
    fn epithet(&self, noun: usize, at: usize) -> Option<Guess> {
        let token = self.cast.tokens[noun];
        // "the Spaniard", "the 24-year-old": such words bring nobody new into a story.
        let sure = token.kind == TokenKind::Number || token.is_capital();
        let sureness = if sure { 1.0 } else { 0.85 };
        let guess = self.talk.other(self.cast, at, &token)?;
        // Somebody who has been described only by his role is no other role, and who has an office is no child.
        let entity = &self.cast.entities[guess.who];
        let grown = entity.title.is_some() || entity.honorific.is_some();
        if grown && CHILDREN.contains(&token.hash) {
            return None;
        }
        (!entity.words.is_empty()).then_some(Guess { confidence: guess.confidence * sureness, ..guess })
    }
}

/// Nouns for children.
const CHILDREN: [Hash; 7] = [
    Hash::of("girl"),
    Hash::of("boy"),
    Hash::of("child"),
    Hash::of("schoolgirl"),
    Hash::of("schoolboy"),
    Hash::of("toddler"),
    Hash::of("pupil"),
];
const COUNSEL: Hash = Hash::of("counsel");
const SOURCE: Hash = Hash::of("source");

/// "Selby-based", "Labour-run": an adjective made of a name.
fn is_derived(text: &str, t: &Token) -> bool {
    const ENDS: &[&str] = &["ed", "run", "led", "born"];
    let tail = t.span.of(text).rsplit_once('-').map_or("", |(_, tail)| tail);
    ENDS.iter().any(|e| tail.ends_with(e))
}

/// "Selby-born"
fn is_native(text: &str, t: &Token) -> bool {
    t.span.of(text).ends_with("-born")
}

/// "spokesman", "spokeswoman", "spokesperson"
pub(super) fn is_spokesperson(word: &str) -> bool {
    word.len() > 6 && word.is_char_boundary(6) && word[..6].eq_ignore_ascii_case("spokes")
}

impl Cast<'_> {
    /// "the port’s head", "Feld’s lawyer": the phrase starts with an owner.
    fn owned(&self, range: &Range<usize>) -> bool {
        self.tokens[range.clone()].iter().skip(1).any(|t| {
            let word = t.span.of(self.text);
            !t.spaced && (word.starts_with(['\'', '’']) || word == "s")
        })
    }

    /// Whether somebody is known only by the very words of `range`, "the" left out: "the dean".
    pub(super) fn is_called(&self, range: &Range<usize>) -> bool {
        let span = name::span(self.tokens, range.start + 1..range.end);
        self.known(&clean(span.of(self.text))).is_some_and(|who| self.entities[who].nominal.is_some())
    }

    /// The one known only by the noun phrase in `range`, made where there is none.
    pub(super) fn noun(&mut self, noun: usize, range: Range<usize>, span: Span) -> usize {
        let text = clean(span.of(self.text));
        let fresh = self.entities.len();
        let who = self.named(&text, span);
        if who < fresh {
            return who;
        }
        let token: Token = self.tokens[noun];
        let kind = kind_of_noun(self.text, self.tokens, noun, range.clone());
        let entity = &mut self.entities[who];
        entity.nominal = Some(kind);
        if let Some(gender) = gender_of_noun(&token) {
            entity.learn(gender, GenderEvidence::Noun);
        }
        if token.is(PERSON) && !token.is(Class::GROUP) && !title::is_kin(self.text, &token) {
            let first = title::first(self.text, self.tokens, range.start, noun);
            let body = title::body_before(self.text, self.tokens, range.start, first);
            let title = name::span(self.tokens, first..noun + 1);
            let entity = &mut self.entities[who];
            entity.title = Some(title);
            entity.affiliation = body.map(|b| name::span(self.tokens, b));
        }
        who
    }

    /// One found by "the former mayor" who had no title so far takes it from there.
    fn retitle(&mut self, who: usize, noun: usize, range: &Range<usize>) {
        let token = self.tokens[noun];
        if self.entities[who].title.is_none() && token.is(Class::ROLE) && !title::is_kin(self.text, &token) {
            let skip = usize::from(self.tokens[range.start].is(Class::DETERMINER));
            let first = title::first(self.text, self.tokens, range.start + skip, noun);
            self.entities[who].title = Some(name::span(self.tokens, first..noun + 1));
        }
    }

    /// "A sailor known as “Spoons”": the name between the marks is the best there is.
    fn alias(&mut self, who: usize, noun: usize, end: usize) {
        const REACH: usize = 12;
        // "a trader, who gave …", "one of them, who gave …"
        let comma = self.tokens.get(end).is_some_and(|t| t.kind == TokenKind::Comma);
        let relative = comma && self.tokens.get(end + 1).is_some_and(|t| t.is(Class::WH_WORD));
        if !relative && (!self.tokens[noun].is(PERSON) || self.tokens[noun].is(Class::GROUP)) {
            return;
        }
        let last = (end + REACH).min(self.tokens.len());
        let opens = |w: &str| matches!(w, "known" | "name" | "calls" | "called" | "nicknamed");
        let from = if relative { end + 1 } else { noun + 1 };
        let said = (from..last).take_while(|&i| self.tokens[i].is_word()).find(|&i| {
            let word = |i: usize| self.tokens[i].span.of(self.text);
            // "a broker who posts as “Kestrel”", "who goes by “Kestrel”"
            let link = matches!(word(i), "as" | "by") && self.tokens[i.saturating_sub(2)].is(Class::WH_WORD);
            link || opens(word(i))
        });
        let Some(said) = said else { return };
        let mark = (said + 1..last).take_while(|&i| i <= said + 4).find(|&i| self.tokens[i].is_mark());
        // "who gave his name only as Musa"
        let capital = |i: &usize| self.tokens[*i].is_capital();
        let plain = (said + 1..last).take(3).find(|&i| self.tokens[i].span.of(self.text) == "as");
        if let Some(first) = plain.map(|i| i + 1).filter(|&i| mark.is_none() && i < last && capital(&i)) {
            let end = (first..last).take_while(capital).last().map_or(first, |i| i + 1);
            let span = name::span(self.tokens, first..end);
            self.entities[who].call(self.text, span);
            return self.entities[who].mentions.push((first, span));
        }
        let Some(mark) = mark else { return };
        let close = (mark + 2..(mark + 5).min(self.tokens.len())).find(|&i| {
            self.tokens[i].is_mark()
                || self.tokens[i].kind == TokenKind::Stop
                || self.tokens[i].kind == TokenKind::Comma
        });
        let Some(close) = close.filter(|_| self.tokens[mark + 1].is_capital()) else { return };
        let span = name::span(self.tokens, mark + 1..close);
        let entity = &mut self.entities[who];
        entity.call(self.text, span);
        entity.mentions.push((mark + 1, span));
    }

    /// Of what kind a naming of `who` is.
    pub(super) fn kind_of(&self, who: usize) -> MentionKind {
        let entity = &self.entities[who];
        if let Some(kind) = entity.nominal {
            return kind;
        }
        let name = entity.name(self.text);
        if name.starts_with('@') {
            return MentionKind::Handle;
        }
        let metonym = terms::METONYM.has(name);
        match entity.bearer {
            _ if metonym => MentionKind::Metonym,
            Bearer::Person => MentionKind::Person,
            Bearer::Body => MentionKind::Organisation,
            Bearer::Place => MentionKind::Metonym,
            Bearer::Unclear => {
                let one = entity.gender.is_some() || entity.age.is_some() || entity.title.is_some();
                let full = (2..=3).contains(&entity.words.len());
                if one || full { MentionKind::Person } else { MentionKind::Organisation }
            }
        }
    }
}
