"""What a person does in another calendar program, and what that program shows: by Python's icalendar over HTTP.

person.py URL USER PASSWORD list
person.py URL USER PASSWORD move UID MINUTES ZONE    to a time so many minutes later, written on that zone's clock
person.py URL USER PASSWORD retitle UID TITLE
person.py URL USER PASSWORD adorn UID                with notes around the description, and properties and a reminder of one's own
person.py URL USER PASSWORD show UID                 that event's properties and reminders, as a list of lines
person.py URL USER PASSWORD scatter SEED COUNT       additions of every kind to so many events; prints them, by UID
person.py URL USER PASSWORD parts                    the lines and reminders of all events, by UID
person.py URL USER PASSWORD edit UID FROM TO         replaces text in the event's lines, unfolded
person.py URL USER PASSWORD delete UID
person.py URL USER PASSWORD rename UID               into another resource of the collection
person.py URL USER PASSWORD add UID TITLE
person.py URL USER PASSWORD empty
"""

import datetime
import json
import random
import sys
import urllib.parse
import xml.etree.ElementTree
import zoneinfo

import icalendar
import requests

import additions

url, user, password, action, *arguments = sys.argv[1:]

session = requests.Session()
session.trust_env = False


def request(method, address, body=None, **headers):
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    for auth in ((user.encode(), password.encode()), requests.auth.HTTPDigestAuth(user, password)):
        answer = session.request(method, address, data=body, headers=headers, auth=auth, timeout=20)
        if answer.status_code != 401:
            break
    answer.raise_for_status()
    return answer.content


def texts():
    """Address and text of each resource."""
    listed = request("PROPFIND", url, Depth="1")
    answer = xml.etree.ElementTree.fromstring(listed)
    for href in [node.text for node in answer.findall("{DAV:}response/{DAV:}href")]:
        if not href.endswith("/"):
            address = urllib.parse.urljoin(url, href)
            yield address, request("GET", address).decode()


def resources():
    for address, text in texts():
        yield address, icalendar.Calendar.from_ical(text)


def find(uid):
    for address, calendar in resources():
        for event in calendar.walk("VEVENT"):
            if event["UID"] == uid:
                return address, calendar, event
    sys.exit(f"no event {uid}")


def put(address, calendar):
    request("PUT", address, calendar.to_ical(), Content_Type="text/calendar")


def stamp(event):
    """As a program does that was told nothing of SEQUENCE."""
    now = datetime.datetime.now(datetime.timezone.utc)
    for name in ("DTSTAMP", "LAST-MODIFIED"):
        event.pop(name, None)
        event.add(name, now)


def told(event):
    def instant(name):
        value = event.decoded(name)
        if isinstance(value, datetime.datetime):
            return value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        return value.isoformat()

    return {
        "uid": str(event["UID"]),
        "start": instant("DTSTART"),
        "end": instant("DTEND"),
        "title": str(event["SUMMARY"]),
    }


if action == "list":
    events = [event for _, calendar in resources() for event in calendar.walk("VEVENT")]
    print(json.dumps([told(event) for event in events]))
elif action == "move":
    uid, minutes, zone = arguments
    address, calendar, event = find(uid)
    for name in ("DTSTART", "DTEND"):
        later = event.decoded(name) + datetime.timedelta(minutes=int(minutes))
        del event[name]
        event.add(name, later.astimezone(zoneinfo.ZoneInfo(zone)))
    stamp(event)
    calendar.add_missing_timezones()
    put(address, calendar)
elif action == "retitle":
    uid, title = arguments
    address, calendar, event = find(uid)
    event["SUMMARY"] = icalendar.vText(title)
    stamp(event)
    put(address, calendar)
elif action == "adorn":
    address, calendar, event = find(arguments[0])
    before, after = "Ask Ben about this; he knows", "Room 4, 漢字"
    event["DESCRIPTION"] = icalendar.vText(f"{before}\n{event.get('DESCRIPTION', '')}\n{after}")
    event.add("LOCATION", "Library, desk 4; second floor")
    event.add("X-APPLE-TRAVEL-ADVISORY-BEHAVIOR", "AUTOMATIC")
    event.add("X-LONG", "a long text " * 20)
    event.add("ATTACH", "https://example.org/slides.pdf")
    event.add("CONTACT", "Ben", parameters={"ALTREP": "https://example.org/ben?a=b:c"})
    event.add("CATEGORIES", ["Private", "With Ben"])
    event.add("PRIORITY", 3)
    alarm = icalendar.Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("TRIGGER", datetime.timedelta(hours=-2))
    alarm.add("DESCRIPTION", "Pack the books")
    alarm.add("X-MOZ-OWN", "1")
    event.add_component(alarm)
    stamp(event)
    put(address, calendar)
elif action == "scatter":
    seed, count = arguments
    chance, added = random.Random(int(seed)), {}
    events = {additions.uid(text): (address, text) for address, text in texts()}
    for uid in chance.sample(sorted(events), int(count)):
        address, text = events[uid]
        text = text.replace("\r\n", "\n").replace("\n", "\r\n")
        request("PUT", address, additions.adorned(chance, text).encode(), Content_Type="text/calendar")
        # As the server holds it now.
        added[uid] = additions.parts(request("GET", address).decode())
        for part in additions.parts(text):
            if part in added[uid]:
                added[uid].remove(part)
    print(json.dumps(added))
elif action == "parts":
    print(json.dumps({additions.uid(text): additions.parts(text) for _, text in texts()}))
elif action == "edit":
    uid, former, new = arguments
    address, _, _ = find(uid)
    text = request("GET", address).decode().replace("\r\n", "\n").replace("\n ", "")
    if former not in text:
        sys.exit(f"{former} is not in {text}")
    lines = [line for line in text.replace(former, new).split("\n") if line]
    request("PUT", address, "".join(line + "\r\n" for line in lines).encode(), Content_Type="text/calendar")
elif action == "show":
    _, _, event = find(arguments[0])
    lines = icalendar.Event.to_ical(event).decode().replace("\r\n ", "").split("\r\n")
    print(json.dumps([line for line in lines if line]))
elif action == "delete":
    address, _, _ = find(arguments[0])
    request("DELETE", address)
elif action == "rename":
    address, calendar, _ = find(arguments[0])
    request("DELETE", address)
    put(urllib.parse.urljoin(url, "another-name.ics"), calendar)
elif action == "add":
    uid, title = arguments
    calendar, event = icalendar.Calendar(), icalendar.Event()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", "-//A person//EN")
    event.add("UID", uid)
    event.add("SUMMARY", title)
    event.add("DTSTART", datetime.datetime(2030, 1, 1, 12, tzinfo=datetime.timezone.utc))
    event.add("DTEND", datetime.datetime(2030, 1, 1, 13, tzinfo=datetime.timezone.utc))
    stamp(event)
    calendar.add_component(event)
    put(urllib.parse.urljoin(url, urllib.parse.quote(uid) + ".ics"), calendar)
elif action == "empty":
    for address, _ in list(resources()):
        request("DELETE", address)
else:
    sys.exit(__doc__)
