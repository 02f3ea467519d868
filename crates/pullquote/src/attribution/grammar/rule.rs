//! The rules: their names, how sure each is, and which stand against the model.

/// Declares the rules: name in the record, confidence, example.
macro_rules! rules {
    ($($variant:ident $name:literal $confidence:literal $example:literal;)*) => {
        /// Names a rule of the grammar.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Rule { $(#[doc = $example] $variant,)* }

        impl Rule {
            /// All rules, to find one by its name.
            #[cfg(feature = "serde")]
            pub(crate) const ALL: &[Rule] = &[$(Rule::$variant,)*];

            pub(crate) const fn name(self) -> &'static str {
                match self { $(Rule::$variant => $name,)* }
            }

            /// How often the rule was right on the 840 PolNeAR training articles (most of its words given to the
            /// right source), beside the model; 0.7 where it fired fewer than 20 times there, and 0.5 for speech
            /// within speech, which they do not mark. The model brings its own, calibrated on its margin.
            pub(crate) const fn confidence(self) -> f32 {
                match self { $(Rule::$variant => $confidence,)* }
            }
        }
    };
}

rules! {
    QuoteVerbSource "quote-verb-source" 0.97 "“No,” said Feld.";
    QuoteSourceVerb "quote-source-verb" 0.98 "“No,” Feld said.";
    SourceVerbQuote "source-verb-quote" 0.8 "Feld said: “No.”";
    SourceVerbFragment "source-verb-fragment" 0.3 "Feld said “it will not hold”.";
    VerbSourceQuote "verb-source-quote" 0.7 "Said Feld, who was late: “No.”";
    SourceColonQuote "source-colon-quote" 0.73 "Feld: “No.”";
    ParticipleQuote "participle-quote" 0.81 "Feld put the phone down, saying: “No.”";
    AccordingTo "according-to" 0.6 "According to Feld, it is safe.";
    Passive "passive" 0.7 "It is thought that the sale is off.";
    Asked "asked" 0.78 "Boyd asked Feld if it was safe.";
    Clause "clause" 0.21 "Feld said that it was safe.";
    FrontedClause "fronted-clause" 0.36 "It was safe, Feld said.";
    Object "object" 0.21 "Feld called it “a joke”.";
    Declined "declined" 0.7 "Feld declined to comment.";
    NounCue "noun-cue" 0.7 "“Not today” was the answer from Pell.";
    Label "label" 0.4 "FELD: We are ready.";
    BlockQuote "block-quote" 0.7 "Feld wrote: ¶ > We are ready.";
    QuestionAnswer "question-answer" 0.7 "Who pays? ¶ We do.";
    DashCredit "dash-credit" 0.7 "“No.” —Feld";
    FromSource "from-source" 0.7 "“No,” from Feld.";
    InWords "in-words" 0.7 "in Feld’s words, “no”";

    Dropped "dropped-cue" 0.37 "A paragraph that is only a quotation goes on for the speaker before it.";
    Introduced "introduced" 0.28 "Feld mends nets on the quay. ¶ “It was never like this.”";
    Model "model" 0.8 "What no rule is certain of.";
    Unknown "unknown" 0.66 "A whole utterance that nobody is named for.";

    Phrase "phrase" 0.2 "Feld warned against swimming.";
    Relative "relative" 0.56 "The winch, which Feld said had been oiled, broke.";
    Quotative "quotative" 0.7 "And Feld is like, “No.”";
    Reported "reported" 0.5 "Feld said her doctor had told her to rest.";
    NounClause "noun-clause" 0.7 "Feld’s claim that it was full fell apart.";
    How "how" 0.7 "“A ruin” is how Feld described it.";
    View "view" 0.7 "For Feld, the quay is a second home.";

    // The model knows the rules before these by their numbers.
    Heading "headline" 0.7 "Quay is safe – harbour master";
    Letter "letter" 0.7 "Dear Sir, ¶ We are ready. ¶ Yours, ¶ Nora Feld";
}

impl Rule {
    /// Whether the rule needs a verb of speech and somebody who can speak where the model sees nothing.
    pub(crate) const fn is_doubtful(self) -> bool {
        matches!(
            self,
            Rule::Clause
                | Rule::FrontedClause
                | Rule::Object
                | Rule::Phrase
                | Rule::Relative
                | Rule::NounClause
        )
    }

    /// Whether the rule reads a tag beside a quotation.
    pub(crate) const fn is_tag(self) -> bool {
        matches!(self, Rule::QuoteVerbSource | Rule::QuoteSourceVerb | Rule::SourceVerbQuote)
    }

    /// Whether the rule reads a layout or a form that is all marks and order, where the model counts for nothing.
    ///
    /// PolNeAR, which the model learned from, holds next to none of them.
    pub(crate) const fn is_layout(self) -> bool {
        matches!(
            self,
            Rule::VerbSourceQuote
                | Rule::SourceColonQuote
                | Rule::Asked
                | Rule::Declined
                | Rule::NounCue
                | Rule::Label
                | Rule::BlockQuote
                | Rule::QuestionAnswer
                | Rule::DashCredit
                | Rule::Relative
                | Rule::Quotative
                | Rule::How
                | Rule::FromSource
                | Rule::InWords
                | Rule::View
                | Rule::Heading
                | Rule::Letter
        )
    }
}
