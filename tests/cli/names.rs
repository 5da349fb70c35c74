//! A name that is somebody's in one chat, and may be another's in the next.

use serde_json::Value;

use super::Desk;

const WITH_SAM: &str = "13/09/2026, 17:02 - Sam Reed: Handover at five?\n13/09/2026, 17:03 - Alex: Five is fine\n";
const FOOTBALL: &str = "\
13/09/2026, 19:05 - Alex: I am another Alex, coach
13/09/2026, 19:05 - Alex: See you
13/09/2026, 19:05 - Alex Reed: See you
13/09/2026, 19:07 - Tom: hi both
";

fn desk() -> Desk {
    let desk = Desk::with_book();
    desk.write("WhatsApp Chat with Sam Reed.txt", WITH_SAM);
    desk.write("WhatsApp Chat with Football dads.txt", FOOTBALL);
    desk
}

fn people(desk: &Desk, id: &str) -> Vec<String> {
    let entry = desk.json(&["show", id])["people"].clone();
    let all = entry.as_array().into_iter().flatten();
    all.map(|one| format!("{} {}", one["id"].as_str().unwrap_or("-"), one["name"].as_str().unwrap_or("-"))).collect()
}

fn with(desk: &Desk, name: &str) -> Vec<String> {
    let found = desk.json(&["timeline", "--kind", "message", "--with", name])["entries"].clone();
    found.as_array().into_iter().flatten().filter_map(|one| one["id"].as_str()).map(str::to_owned).collect()
}

fn found(report: &Value, kind: &str) -> Vec<String> {
    let sources = report["sources"].as_array().into_iter().flatten();
    let findings = sources.flat_map(|source| source["findings"].as_array().into_iter().flatten());
    let alike = findings.filter(|finding| finding["kind"] == kind);
    alike.map(|finding| format!("{} {}", finding["what"], finding["next"])).collect()
}

/// MSG-1 and 2 are the chat with Sam; MSG-3 to 6 that of the football dads.
fn import_both(desk: &Desk) -> Value {
    desk.json(&["import", "WhatsApp Chat with Sam Reed.txt", "--from-device", "mine", "--me", "Alex"]);
    desk.json(&["import", "WhatsApp Chat with Football dads.txt", "--from-device", "mine"])
}

/// `--me Alex` for the chat with Sam made the coach of the football dads the keeper of the book.
#[test]
fn a_name_that_is_mine_in_one_chat_is_not_mine_where_another_of_mine_writes() {
    let desk = desk();
    let report = import_both(&desk);
    assert_eq!(report["totals"]["new"], 4, "no message is taken for that of the other name: {report:#}");
    let said = found(&report, "two-names-of-mine");
    assert!(said.len() == 1 && said[0].contains("people attach PER-1"), "{report:#}");
    assert_eq!(people(&desk, "MSG-2"), ["PER-1 Alex Reed", "PER-2 Sam Reed"]);
    assert_eq!(people(&desk, "MSG-3"), ["- Alex (not known who this is)"]);
    assert_eq!(people(&desk, "MSG-5"), ["PER-1 Alex Reed"]);
    assert_eq!(desk.json(&["show", "MSG-3"])["direction"], Value::Null);
    assert_eq!(with(&desk, "me"), ["MSG-1", "MSG-2", "MSG-5"]);
    assert!(desk.ok(&["show", "MSG-3"]).contains("from          Alex (not known who this is)"));
    assert!(desk.ok(&["timeline"]).matches("[Alex (not known").count() == 2, "{}", desk.ok(&["timeline"]));
    assert!(desk.ok(&["next"]).contains("Who “Alex” is in the chat “Football dads” is not known (2 messages)"));
    let exhibit = ["bundle", "--for", "exhibit", "--to", "court", "--dry-run", "-o", "x.pdf"];
    desk.ok(&["choose", "MSG-3", "MSG-4", "MSG-5", "MSG-6", "--for", "exhibit", "--exhibit", "AR1"]);
    let plan = desk.json(&exhibit);
    assert!(plan.to_string().contains("Alex (not known who this is)"), "{plan:#}");
    assert_eq!(desk.json(&["verify"])["ok"], true);
}

/// What was said of the name is kept, holds for every later export of the chat, and can be said anew.
#[test]
fn whose_the_name_is_can_be_said_and_said_anew() {
    let desk = desk();
    import_both(&desk);
    let split =
        ["people", "split", "PER-1", "--take", "Alex", "--as", "Alex Hill", "--chat", "MSG-3", "--why", "coach"];
    let split = desk.json(&split);
    let coach = split["people"][0]["id"].as_str().expect("an id").to_owned();
    assert_eq!(people(&desk, "MSG-3"), [format!("{coach} Alex Hill")]);
    assert_eq!(people(&desk, "MSG-2"), ["PER-1 Alex Reed", "PER-2 Sam Reed"], "elsewhere the name is mine");
    assert_eq!(with(&desk, "Alex Hill"), ["MSG-3", "MSG-4"]);
    assert_eq!(with(&desk, "me"), ["MSG-1", "MSG-2", "MSG-5"]);
    desk.write(
        "later/WhatsApp Chat with Football dads.txt",
        format!("{FOOTBALL}14/09/2026, 09:00 - Alex: Bring boots\n"),
    );
    let later = desk.json(&["import", "later", "--from-device", "mine"]);
    assert_eq!((&later["totals"]["new"], found(&later, "two-names-of-mine").len()), (&1.into(), 0), "{later:#}");
    assert_eq!(people(&desk, "MSG-7"), [format!("{coach} Alex Hill")]);
    desk.ok(&["people", "attach", "PER-1", "Alex", "--name", "--chat", "MSG-7", "--why", "my second telephone"]);
    assert_eq!(people(&desk, "MSG-3"), ["PER-1 Alex Reed"]);
    assert_eq!(with(&desk, "me").len(), 6);
    assert_eq!(with(&desk, "Alex Hill"), [""; 0]);
    assert!(desk.ok(&["show", "PER-1"]).contains("my second telephone"));
    assert_eq!(desk.run(&["people", "attach", "PER-2", "Nobody", "--name", "--chat", "MSG-7"]).exit, 2);
}

/// The name may become mine only later, by another chat, by a command, or by joining two records of one person.
#[test]
fn a_name_given_later_does_not_reach_back_into_a_chat_of_two() {
    for how in ["import", "attach", "amend", "merge"] {
        let desk = desk();
        desk.json(&["import", "WhatsApp Chat with Football dads.txt", "--from-device", "mine"]);
        assert_eq!(people(&desk, "MSG-1"), ["- Alex"]);
        let said = match how {
            "import" => {
                let with_sam = "WhatsApp Chat with Sam Reed.txt";
                desk.json(&["import", with_sam, "--from-device", "mine", "--me", "Alex"]).to_string()
            }
            "attach" => desk.json(&["people", "attach", "PER-1", "Alex", "--name"]).to_string(),
            "amend" => {
                desk.ok(&["amend", "PER-1", "--set", "also-known-as=Alex", "--why", "short"]);
                desk.ok(&["next"])
            }
            _ => {
                desk.ok(&["people", "add", "Alex"]);
                assert_eq!(people(&desk, "MSG-1"), ["PER-4 Alex"]);
                desk.json(&["people", "merge", "PER-1", "PER-4", "--why", "one person"]).to_string()
            }
        };
        assert!(said.contains("Football dads"), "{how}: {said}");
        assert_eq!(people(&desk, "MSG-1"), ["- Alex (not known who this is)"], "{how}");
        assert_eq!(people(&desk, "MSG-3"), ["PER-1 Alex Reed"], "{how}");
        if how == "merge" {
            desk.ok(&["people", "undo", "PER-4", "--why", "two after all"]);
            assert_eq!(people(&desk, "MSG-1"), ["PER-4 Alex"]);
        }
    }
}

#[test]
fn it_is_asked_at_a_terminal_which_of_two_names_is_mine() {
    for (answer, first, third) in [
        ("1", "PER-1 Alex Reed", "- Alex Reed"),
        ("2", "- Alex", "PER-1 Alex Reed"),
        ("3", "PER-1 Alex Reed", "PER-1 Alex Reed"),
        ("", "- Alex (not known who this is)", "PER-1 Alex Reed"),
    ] {
        let desk = desk();
        desk.json(&["import", "WhatsApp Chat with Sam Reed.txt", "--from-device", "mine", "--me", "Alex"]);
        let chat = desk.path("WhatsApp Chat with Football dads.txt").display().to_string();
        let (terminal, exit) = desk.typing(&["import", &chat, "--from-device", "mine"], &[answer]);
        assert_eq!(exit, 0, "{} {}", terminal.said, terminal.printed);
        assert!(terminal.said.contains("Which of them is you in this chat?"), "{}", terminal.said);
        assert_eq!(
            (people(&desk, "MSG-3"), people(&desk, "MSG-5")),
            (vec![first.into()], vec![third.into()]),
            "{answer}"
        );
    }
}

/// Of the one chat it was given for, the name is meant.
#[test]
fn a_name_given_for_one_chat_is_mine_there() {
    let desk = desk();
    desk.json(&["import", "WhatsApp Chat with Football dads.txt", "--from-device", "mine", "--me", "Alex"]);
    assert_eq!(people(&desk, "MSG-1"), ["PER-1 Alex Reed"]);
    assert_eq!(people(&desk, "MSG-3"), ["- Alex Reed (not known who this is)"]);
}
