use super::*;

fn hours(value: &str) -> InputError {
    let expected = "enter a number from 0.5 to 60";
    InputError::new(
        ErrorCode::HoursOutOfRange,
        "hours per week",
        value,
        expected,
    )
}

#[test]
fn a_sentence_names_the_field_the_value_the_fault_and_what_to_do() {
    let without_advice = InputError::new(
        ErrorCode::PlanField,
        "time off",
        "2027-08-15 to 2027-08-02",
        "",
    )
    .because("ends before it starts");
    let sentences = [
        hours("ten"),
        hours("200").because("is too many"),
        hours(""),
        hours("200").because("is too many").within("plan file"),
        hours("7").within("exception 2").within("plan file"),
        without_advice,
        InputError::new(
            ErrorCode::NotSaved,
            "the plan file",
            "",
            "no space left on device",
        )
        .because("couldn't be saved"),
        InputError::sentence(ErrorCode::Stopped, "the sync was stopped."),
    ];
    let sentences = sentences.map(|error| error.to_string());
    insta::assert_snapshot!(sentences.join("\n"), @r"
    Hours per week: “ten” can't be used. Enter a number from 0.5 to 60.
    Hours per week: 200 is too many. Enter a number from 0.5 to 60.
    Hours per week: enter a number from 0.5 to 60.
    Plan file, hours per week: 200 is too many. Enter a number from 0.5 to 60.
    Plan file, exception 2, hours per week: 7 can't be used. Enter a number from 0.5 to 60.
    Time off: 2027-08-15 to 2027-08-02 ends before it starts.
    The plan file couldn't be saved. No space left on device.
    The sync was stopped.
    ");
}

#[test]
fn a_hostile_value_cannot_break_the_sentence() {
    let value = format!("7\r\n\u{1b}[2J{}", "x".repeat(1_000));
    let sentence = hours(&value).to_string();
    assert_eq!(sentence.lines().count(), 1);
    assert!(
        !sentence.contains(char::is_control) && sentence.chars().count() < 200,
        "{sentence}"
    );
}

#[test]
fn the_page_receives_the_sentence_and_a_code_in_kebab_case() {
    let error = hours("200").within("plan file");
    let expected = serde_json::json!({
        "code": "hours-out-of-range",
        "field": "plan file, hours per week",
        "value": "200",
        "message": error.to_string(),
    });
    assert_eq!(serde_json::to_value(&error).unwrap(), expected);
    assert_eq!(error.code.to_string(), "hours-out-of-range");
}
