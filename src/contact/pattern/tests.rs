//! What is understood, what is said back, and what is refused.

use super::*;

/// Each pattern as somebody may type it, and as it is said back.
const SAID: [(&str, &str); 23] = [
    (
        "Alternate weekends, Friday 5pm to Sunday 5pm, first Friday 6 March 2026",
        "Alternate weekends, from Friday 5.00 pm to Sunday 5.00 pm, counted from Friday 6 March 2026.",
    ),
    (
        "every third weekend from school on Friday until school on Monday, counted from 6/3/2026; school day 8.45am - 3.15pm",
        "Every third weekend, from the end of school on Friday to the start of school on Monday, counted from Friday 6 March \
         2026; school day 8.45 am to 3.15 pm.",
    ),
    (
        "first and third weekends of the month, Saturday 10 am to Sunday 17:00",
        "First and third weekends of each month, from Saturday 10.00 am to Sunday 5.00 pm.",
    ),
    (
        "every Tuesday and Thursday between 4 pm and 7 pm in term time only",
        "Every Tuesday and Thursday, from 4.00 pm to 7.00 pm, in term time.",
    ),
    (
        "alternate Wednesdays, 4 p.m. to 8.30 a.m. the next day, first 4 March 2026, 15 minutes' grace, 48 hours' notice",
        "Alternate Wednesday, from 4.00 pm to 8.30 am the next day, counted from Wednesday 4 March 2026, grace 15 minutes, 48 \
         hours' notice.",
    ),
    (
        "first half of each school holiday in even years and second half in odd years, from 5 pm on the last day of term to 6 pm \
         on the last day",
        "First half of each school holiday in even years, from 5.00 pm on the last day of term to 12 noon on the middle day; \
         second half of each school holiday in odd years, from 12 noon on the middle day to 6.00 pm on the last day.",
    ),
    (
        "the summer holiday in odd years, from 10 am on the first day to 6 pm on the last day",
        "The summer holiday in odd years, from 10.00 am on the first day to 6.00 pm on the last day.",
    ),
    (
        "alternate half-terms counted from the autumn half-term 2026, from 5 pm on the last day of term to 5 pm on the last day",
        "Alternate half-terms counted from the autumn half-term 2026, from 5.00 pm on the last day of term to 5.00 pm on the \
         last day.",
    ),
    (
        "Christmas from 10 am on 24 December to 3 pm on 25 December in even years",
        "Christmas from 10.00 am on 24 December to 3.00 pm on 25 December in even years.",
    ),
    (
        "New Year from 10 am on 1 January to 6 pm on 2 January in odd years, the year is that of Christmas",
        "New Year from 10.00 am on 1 January to 6.00 pm on 2 January in odd years, the year is that of Christmas.",
    ),
    (
        "Easter, Friday 10 am to Monday 6 pm, in odd years",
        "Easter in odd years, from Friday 10.00 am to Monday 6.00 pm.",
    ),
    ("no contact on Mother's Day, 10 am to 6 pm", "No contact on Mother's Day, from 10.00 am to 6.00 pm."),
    ("Father’s Day from 10 am to 6 pm", "Father's Day, from 10.00 am to 6.00 pm."),
    ("Robin's birthday, 4 pm to 7 pm, on school days", "Robin's birthday, from 4.00 pm to 7.00 pm, on school days."),
    ("each child's birthday, 10 am to noon", "Each child's birthday, from 10.00 am to 12 noon."),
    ("each bank holiday, 10 am to 6 pm", "Each bank holiday, from 10.00 am to 6.00 pm."),
    (
        "Eid al-Fitr on 20 March 2026 and 10 March 2027, 10 am to 6 pm",
        "Eid al-Fitr on 20 March 2026 and 10 March 2027, from 10.00 am to 6.00 pm.",
    ),
    (
        "video call every day between 6 pm and 6.30 pm, for Robin",
        "Video call every day, from 6.00 pm to 6.30 pm, for Robin.",
    ),
    ("14 June 2026, 10 am to 6 pm", "14 June 2026, from 10.00 am to 6.00 pm."),
    (
        "from 10 am on 1 August 2026 to 6 pm on 14 August 2026",
        "From 10.00 am on Saturday 1 August 2026 to 6.00 pm on Friday 14 August 2026.",
    ),
    (
        "instead of Friday 3 July 2026, Friday 10 July 2026 5 pm to Sunday 12 July 2026 5 pm, agreed 20 June 2026",
        "Instead of Friday 3 July 2026, from 5.00 pm on Friday 10 July 2026 to 5.00 pm on Sunday 12 July 2026, agreed on \
         Saturday 20 June 2026.",
    ),
    ("cancelled by agreement on 14 August 2026", "Cancelled by agreement on 14 August 2026."),
    (
        "every weekend, Saturday 10 am to Sunday 5 pm, to Monday 5 pm if Monday is a bank holiday, handover at “the library, \
         front door”, the father collects and the mother returns, takes priority over holidays and calls",
        "Every weekend, from Saturday 10.00 am to Sunday 5.00 pm, to Monday 5.00 pm if Monday is a bank holiday, handover at \
         “the library, front door”, the father collects and the mother returns, takes priority over holidays and calls.",
    ),
];

#[test]
fn what_is_understood_is_said_in_full_and_reads_as_itself() {
    for (typed, said) in SAID {
        let pattern = Pattern::read(typed).unwrap_or_else(|error| panic!("{typed}\n{error:?}"));
        assert_eq!(pattern.said(), said, "{typed}");
        let again = Pattern::read(&pattern.said()).unwrap_or_else(|error| panic!("{said}\n{error:?}"));
        assert_eq!(again, pattern, "{said}");
    }
}

/// The word an error is about, and a piece of the reason.
const REFUSED: [(&str, &str, &str); 21] = [
    ("fortnightlish weekends, Friday 5 pm to Sunday 5 pm", "fortnightlish", "no days are understood"),
    ("alternate weekends, Friday 5 pm to Sunday 5 pm", "pm", "from which day it is counted"),
    (
        "alternate weekends, Friday 5 pm to Sunday 5 pm, first Saturday 6 March 2026",
        "Saturday",
        "6 March 2026 is a Friday",
    ),
    ("alternate weekends, Friday 5 pm to Sunday 5 pm, first 7 March 2026", "alternate", "starts on a Friday"),
    ("every weekend, Friday 5 to Sunday 5 pm", "5", "in the morning or in the afternoon"),
    ("every weekend, Friday 5.30 to Sunday 5 pm", "5.30", "in the morning or in the afternoon"),
    ("every weekend, Friday 5 pm", "pm", "ends is missing"),
    ("every weekend, Friday to Sunday 5 pm", "Friday", "starts is missing"),
    ("every weekend, 5 pm to 7 pm", "every", "needs the weekday"),
    ("every weekend", "weekend", "times are missing"),
    ("every Wednesday, 8 pm to 7 am", "every", "ends before it starts"),
    ("every Wednesday, from school to 7 pm", "pm", "when the school day starts and ends is not said"),
    ("reasonable contact as agreed", "reasonable", "makes no session due"),
    ("half of each school holiday", "half", "which half is not said"),
    ("first half of the skiing holiday", "skiing", "no school holiday"),
    ("31 February 2026, 10 am to 6 pm", "31", "calendar does not have"),
    ("every Monday, 4 pm to 6 pm, weather permitting", "weather", "not understood"),
    ("Diwali, 10 am to 6 pm", "Diwali", "no days are understood"),
    ("from 10 am on 14 August 2026 to 6 pm on 1 August 2026", "from", "ends before it starts"),
    ("Christmas from 10 am on 25 December to 3 pm on 24 December", "Christmas", "lasts longer than a session can"),
    ("", "", "says of no day"),
];

#[test]
fn an_error_points_at_its_word_and_gives_an_example() {
    for (typed, word, why) in REFUSED {
        let error = Pattern::read(typed).expect_err(typed);
        assert_eq!(error.word, word, "{typed}: {error:?}");
        assert!(error.why.contains(why), "{typed}: {error:?}");
        assert!(!error.next.is_empty() && !error.why.ends_with('.'), "{typed}");
        let (line, marks) = error.pointed(typed);
        let at = marks.find('^').unwrap_or_default();
        assert!(line.chars().skip(at).collect::<String>().starts_with(word), "{line}\n{marks}");
    }
}
