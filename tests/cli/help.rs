//! The help, which is good enough to work from.

use super::Desk;

#[test]
fn the_whole_help() {
    let desk = Desk::bare();
    insta::assert_snapshot!(desk.ok(&["--help"]));
}

#[test]
fn help_of_the_commands_used_most() {
    let desk = Desk::bare();
    insta::assert_snapshot!(desk.transcript(&[
        &["log", "--help"],
        &["import", "--help"],
        &["amend", "--fields", "incident"]
    ]));
}

#[test]
fn every_command_answers_help_at_80_columns() {
    let desk = Desk::bare();
    let all = desk.ok(&["--help"]);
    let names = all.lines().filter_map(|line| line.strip_prefix("  ")).filter(|line| !line.starts_with([' ', '-']));
    for name in names.filter_map(|line| line.split_whitespace().next()) {
        let help = desk.ok(&[name, "--help"]);
        let widest = help.lines().map(|line| line.chars().count()).max().unwrap_or(0);
        assert!(widest <= 80, "{name}: {widest} columns");
        assert!(help.contains(&format!("daybook {name}")), "{name} has no example");
    }
}
