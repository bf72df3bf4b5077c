//! Parsed components, and the values of their lines.

use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarRecurrenceRule, ICalendarValue,
};
use calcard::{Entry, Parser};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

/// The component that a block holds.
pub fn component(text: &str) -> Option<ICalendar> {
    match Parser::new(text).entry() {
        Entry::ICalendar(calendar) => Some(calendar),
        _ => None,
    }
}

/// The first component of a parsed block, and those inside it.
pub fn parts(calendar: &ICalendar) -> (Option<&ICalendarComponent>, Vec<&ICalendarComponent>) {
    let observances = calendar.components.iter().filter(|component| {
        matches!(
            component.component_type,
            ICalendarComponentType::Standard | ICalendarComponentType::Daylight
        )
    });
    (calendar.components.first(), observances.collect())
}

/// Whether there is no value, or a blank one.
pub fn is_blank(value: &ICalendarValue) -> bool {
    value.as_text().is_some_and(|text| text.trim().is_empty())
}

/// The time on the clock; a leap second counts as the one before.
pub fn local(time: &PartialDateTime) -> Option<NaiveDateTime> {
    let date = NaiveDate::from_ymd_opt(time.year?.into(), time.month?.into(), time.day?.into())?;
    let part = |part: Option<u8>| u32::from(part.unwrap_or(0));
    let second = part(time.second);
    let second = if second == 60 { 59 } else { second };
    let time = NaiveTime::from_hms_opt(part(time.hour), part(time.minute), second)?;
    Some(date.and_time(time))
}

/// A recurrence rule; `None` if the value is blank.
///
/// # Errors
/// If it is something else.
pub fn rule(
    value: Option<&ICalendarValue>,
    name: &str,
) -> Result<Option<ICalendarRecurrenceRule>, String> {
    match value.filter(|value| !is_blank(value)) {
        None => Ok(None),
        Some(ICalendarValue::RecurrenceRule(rule)) => Ok(Some((**rule).clone())),
        Some(other) => {
            let text = other.as_text().unwrap_or_default();
            Err(format!("its {name} “{text}” is no rule"))
        }
    }
}
