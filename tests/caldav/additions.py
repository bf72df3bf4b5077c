"""What other programs write into an event, at random by a seed, and what of it is there later."""

import random
import string

ONCE = ("LOCATION", "PRIORITY", "CLASS", "GEO", "CREATED", "RRULE")


def lines(text):
    """Unfolded."""
    return text.replace("\r\n", "\n").replace("\n ", "").replace("\n\t", "").split("\n")


def uid(text):
    return next(line[4:] for line in lines(text) if line.startswith("UID:"))


def parts(text):
    """The lines of an event, and its reminders, each as one text."""
    found, alarm, is_event = [], None, False
    for line in lines(text):
        if line in ("BEGIN:VEVENT", "END:VEVENT"):
            is_event = line == "BEGIN:VEVENT"
        elif line == "BEGIN:VALARM":
            alarm = [line]
        elif line == "END:VALARM":
            found.append("\n".join([*alarm, line]))
            alarm = None
        elif alarm is not None:
            alarm.append(line)
        elif is_event:
            found.append(line)
    return found


def words(chance, most):
    letters = string.ascii_letters + string.digits + " äöß漢字🚀\\,\\;:'\"()"
    text = "".join(chance.choice(letters) for _ in range(chance.randint(1, most)))
    # A comma, a semicolon or a backslash is escaped.
    return "my " + text.replace("\\", "").replace(",", "\\,").replace(";", "\\;").strip() + "."


def token(chance):
    return "".join(chance.choice(string.ascii_lowercase) for _ in range(8))


def property_of(chance, name):
    quoted = f'"{token(chance)}; {token(chance)}: x, y"'
    match name:
        case "PRIORITY":
            return f"PRIORITY:{chance.randint(1, 9)}"
        case "CLASS":
            return "CLASS:PRIVATE"
        case "GEO":
            return "GEO:52.5;13.4"
        case "CREATED":
            return "CREATED:20260101T101010Z"
        case "RRULE":
            return f"RRULE:FREQ=WEEKLY;COUNT={chance.randint(2, 4)}"
        case "ATTENDEE":
            return f"ATTENDEE;CN={quoted};PARTSTAT=ACCEPTED;X-NUM-GUESTS=0:mailto:{token(chance)}@example.org"
        case "ATTACH":
            return f"ATTACH;FMTTYPE=application/pdf:https://example.org/{token(chance) * 12}.pdf"
        case "CONTACT":
            return f'CONTACT;ALTREP="https://example.org/{token(chance)}?a=b:c":{words(chance, 20)}'
        case "CATEGORIES":
            return f"CATEGORIES:{token(chance)},{token(chance)}"
        case "RELATED-TO":
            return f"RELATED-TO:{token(chance)}@example.org"
        case "X-PARAMETERS":
            return f"X-{token(chance).upper()};X-P={quoted};LANGUAGE=de:{words(chance, 40)}"
        case _:
            return f"{name}:{words(chance, 150)}"


def folded(chance, text):
    """Folded anywhere between two characters, more often than needed."""
    out, room = "", chance.randint(20, 70)
    for character in text:
        size = len(character.encode())
        if size > room:
            out += "\r\n "
            room = chance.randint(8, 70)
        out += character
        room -= size
    return out + "\r\n"


def alarm(chance):
    trigger = chance.choice([
        f"TRIGGER:-PT{chance.randint(60, 300)}M",
        f"TRIGGER;RELATED=END:-PT{chance.randint(1, 9)}M",
        "TRIGGER;VALUE=DATE-TIME:20270101T120000Z",
    ])
    action = chance.choice([
        ["ACTION:AUDIO", "ATTACH;FMTTYPE=audio/basic:https://example.org/bell.aud"],
        ["ACTION:DISPLAY", "DESCRIPTION:" + words(chance, 90)],
        ["ACTION:EMAIL", "SUMMARY:" + words(chance, 9), "DESCRIPTION:" + words(chance, 90),
         "ATTENDEE:mailto:ana@example.org"],
    ])
    alarm_lines = ["BEGIN:VALARM", trigger, *action, f"X-{token(chance).upper()}:{words(chance, 90)}", "END:VALARM"]
    return "".join(folded(chance, text) for text in alarm_lines)


def adorned(chance, text):
    """The text of a resource with additions, and with another colour."""
    names = ["LOCATION", "COMMENT", "COMMENT", "CONTACT", "ATTENDEE", "ATTACH", "ATTACH", "PRIORITY", "CLASS", "GEO",
             "CREATED", "CATEGORIES", "RELATED-TO", "RESOURCES", "X-PARAMETERS", "X-PARAMETERS",
             "X-APPLE-TRAVEL-ADVISORY-BEHAVIOR", "X-MOZ-NOTE"]
    if chance.random() < 0.2:
        names.append("RRULE")
    chosen = [name for name in names if chance.random() < 0.5]
    chosen = [name for name in chosen if name not in ONCE or f"\r\n{name}" not in text]
    added = "".join(folded(chance, property_of(chance, name)) for name in chosen)
    alarms = "".join(alarm(chance) for _ in range(chance.randint(0, 3)))
    if chance.random() < 0.5:
        text = "\r\n".join("COLOR:teal" if it.startswith("COLOR:") else it for it in text.split("\r\n"))
    # Properties are before the event's components.
    end = text.index("BEGIN:VALARM") if "BEGIN:VALARM" in text else text.index("END:VEVENT")
    text = text[:end] + added + text[end:]
    end = text.index("END:VEVENT")
    return text[:end] + alarms + text[end:]
