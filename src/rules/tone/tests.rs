use super::*;

fn check(text: &str, expected: &[(&str, &str)]) {
    let rules = Rules::england_and_wales();
    let found: Vec<(String, &str)> = rules
        .tone_of(text)
        .into_iter()
        .map(|remark| {
            let kind = serde_json::to_value(remark.kind).unwrap();
            (kind.as_str().unwrap().to_owned(), &text[remark.at])
        })
        .collect();
    let found: Vec<(&str, &str)> = found.iter().map(|(kind, words)| (kind.as_str(), *words)).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn plain_facts_are_let_be() {
    for text in [
        "Nobody came. I waited until 5.45 pm.",
        "He raised his voice and said that I had to leave.",
        "Sam arrived at 5.20 pm. Robin ran to the car and waved.",
        "Robin lies down after lunch. The library lies on Elm Road.",
        "nevertheless, sideways, lifelong, wanted",
        "The police took him into police custody at 9 pm.",
        "I never mind waiting; never mind.",
        "Robin was crazy about the swimming and had drunk a cup of milk.",
        "Sam knew the way to the library.",
        "She enjoyed the party; he enjoyed himself.",
        "Cafcass rang about the MIAM; the GP at the NHS surgery wrote on NHS paper.",
        "Order BS26P70940, paragraph 3a, INC-41, DJ Marlow, Form C100 and FM5.",
        "I did not do it on purpose.",
        "Robin had food poisoning. A breach of the peace was reported.",
        "Contact was due at 5 pm. It started at 5.40 pm.",
        "I have power of attorney for my father.",
        "Robin scored a goal and asked to stay longer.",
        "",
        "…",
    ] {
        check(text, &[]);
    }
}

#[test]
fn what_somebody_said_is_left_alone() {
    for text in [
        "Sam said: “You always do this!”",
        "Sam said he never received it.",
        "She told me that I was a liar and that she would never agree.",
        "Sam wrote: \"YOU ARE ALWAYS LATE\"",
        "He replied that I did it deliberately.",
        "> You always do this, liar!\n",
        "  > NEVER\n> AGAIN",
        "Robin said ‘Mum hates you’.",
        "“unclosed always",
        "Sam asked for custody.",
        "« toujours never »",
    ] {
        check(text, &[]);
    }
}

#[test]
fn what_could_be_plainer_is_remarked_on() {
    check("Sam is ALWAYS late and a liar", &[("absolute", "ALWAYS"), ("capitals", "ALWAYS"), ("insult", "liar")]);
    check("it happens every single time.", &[("absolute", "every single time")]);
    check("\"a\" never", &[("absolute", "never")]);
    check("Sam’s never on time", &[("absolute", "never")]);
    check(
        "He cancelled because he wanted to hurt me.",
        &[("mind-reading", "because he wanted"), ("mind-reading", "he wanted to hurt")],
    );
    check("She knew I was waiting.", &[("mind-reading", "She knew")]);
    check("On Friday Sam knew that I was waiting.", &[("mind-reading", "Sam knew")]);
    check("He came late deliberately.", &[("intention", "deliberately")]);
    check("I waited and he drove off on purpose.", &[("intention", "on purpose")]);
    check("He was drunk.", &[("insult", "drunk")]);
    check("She is a narcissist and gaslighting me.", &[("diagnosis", "narcissist"), ("diagnosis", "gaslighting")]);
    check("This is parental alienation.", &[("alienation", "parental alienation")]);
    check("She turned Robin against me.", &[("alienation", "turned Robin against")]);
    check("I want full custody and parenting time.", &[("term", "custody"), ("term", "parenting time")]);
    check("My attorney called.", &[("term", "attorney")]);
    check("He breached the order.", &[("verdict", "breached")]);
    check("It is my rights.", &[("rights", "my rights")]);
    check("No one came!!", &[("exclamation", "!!")]);
    check("I WAITED FOR AN HOUR. Nobody came.", &[("capitals", "WAITED FOR AN HOUR")]);
    check("He did NOT come.", &[("capitals", "NOT")]);
    check("It was for EVER so long.", &[("capitals", "EVER")]);
    // What comes before the report is the writer's own, and so is what comes after “, but”.
    check("The liar said that he was ill.", &[("insult", "liar")]);
    check("He said he was ill, but he always is.", &[("absolute", "always")]);
    check("He said he was ill. He always is.", &[("absolute", "always")]);
}

#[test]
fn hearsay_needs_from_whom() {
    check("I was told that contact would stop.", &[("hearsay", "I was told")]);
    check("Apparently they moved.", &[("hearsay", "Apparently")]);
    check("Someone said Robin was ill.", &[("hearsay", "Someone said")]);
    for text in [
        "I was told by Ms Shah, the teacher, that Robin was tired.",
        "I was told on Monday by Ms Shah that Robin was tired.",
        "Apparently, according to the school, Robin was tired.",
        "Sam told me that apparently the car broke down.",
    ] {
        check(text, &[]);
    }
}

/// Every phrase of the lists can be found, and every kind of wording has one: a list that cannot match says nothing.
#[test]
fn every_phrase_of_the_lists_can_match() {
    let rules = Rules::england_and_wales();
    for tone in &rules.tone {
        assert!(rules.rule(&tone.rule).is_some(), "{}", tone.rule);
        assert!(!tone.suggestion.ends_with('.'), "{}", tone.suggestion);
        for phrase in &tone.words {
            let example: Vec<String> = phrase
                .split(' ')
                .map(|part| part.replace("<who>", "she").replace("<child>", "her"))
                .map(|part| part.split('|').next().unwrap_or_default().to_owned())
                .collect();
            let text = format!("Then {}", example.join(" "));
            let found = rules.tone_of(&text).into_iter().any(|remark| remark.kind == tone.kind);
            assert!(found, "{phrase}: {text}");
            assert_eq!(*phrase, phrase.to_lowercase(), "phrases stand in small letters");
        }
    }
}

#[test]
fn no_text_can_break_it() {
    let rules = Rules::england_and_wales();
    for text in ["’", "‘’“”\"«»>", "a-’b", "\u{1F469}\u{200D}\u{1F467}!", "İSTANBUL IST SCHÖN", "…!?…", "é’é-é.é"]
    {
        for remark in rules.tone_of(text) {
            assert!(text.get(remark.at.clone()).is_some(), "{text}: {:?}", remark.at);
        }
    }
}
