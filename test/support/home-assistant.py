"""Renders value templates as Home Assistant does, with the real Jinja2.

Reads a JSON list of tasks from standard input: template, payload (the message's text), and the component's device_class, options, state_class and
unit_of_measurement. Writes a JSON list: the state (None: unknown), or what is wrong. Written by the documentation of Home Assistant's templating and of its
MQTT sensors: filters and functions that templates here may use, a sandbox, `value_json`, "None" as unknown, and what a sensor accepts by its class.
"""

import datetime
import json
import sys

from jinja2 import Undefined, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

NOTHING = object()


def parsed(value):
    """Gives a time for an ISO 8601 text; None for anything else."""
    if isinstance(value, datetime.datetime):
        return value
    try:
        return datetime.datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    except ValueError:
        return None


def as_timestamp(value, default=NOTHING):
    """Seconds since 1970 of a time or a number."""
    time = None if isinstance(value, (int, float)) else parsed(value)
    if time is not None:
        return time.timestamp()
    try:
        return float(value)
    except (TypeError, ValueError):
        if default is NOTHING:
            raise ValueError(f"as_timestamp got invalid input '{value}'") from None
        return default


def rounded(value, precision=0, method="common", default=NOTHING):
    """Home Assistant's round: no decimals give an integer."""
    try:
        number = round(float(value), precision)
        return int(number) if precision == 0 else number
    except (TypeError, ValueError):
        if default is NOTHING:
            raise ValueError(f"round got invalid input '{value}'") from None
        return default


def is_defined(value):
    """The filter `is_defined`: an error for what is not there."""
    if isinstance(value, Undefined):
        raise UndefinedError(f"{value._undefined_name!r} is undefined")
    return value


def environment():
    """A sandbox with the filters and functions that the templates of this project may use."""
    made = ImmutableSandboxedEnvironment()
    made.filters.update(
        {
            "as_timestamp": as_timestamp,
            "round": rounded,
            "is_defined": is_defined,
            "to_json": lambda value: json.dumps(value, separators=(",", ":")),
        }
    )
    made.globals.update(
        {
            "as_timestamp": as_timestamp,
            "as_datetime": parsed,
            "now": lambda: datetime.datetime.now(datetime.timezone.utc).astimezone(),
            "utcnow": lambda: datetime.datetime.now(datetime.timezone.utc),
        }
    )
    return made


def state(task, text):
    """The state that a sensor takes from a rendered text."""
    kind = task.get("device_class")
    if text == "None":
        return {"state": None}
    if task.get("platform") == "binary_sensor":
        states = {task.get("payload_on", "ON"): "on", task.get("payload_off", "OFF"): "off"}
        return {"state": states[text]} if text in states else {"wrong": f"no payload of a binary sensor: {text}"}
    if kind == "enum":
        return {"state": text} if text in task["options"] else {"wrong": f"not among the options: {text}"}
    if kind in ("timestamp", "date"):
        return {"state": text} if parsed(text) is not None else {"wrong": f"no time: {text}"}
    if kind or task.get("state_class") or task.get("unit_of_measurement"):
        if text == "":
            return {"ignored": True}
        try:
            return {"state": float(text)}
        except ValueError:
            return {"wrong": f"no number: {text}"}
    return {"state": text} if len(text) <= 255 else {"wrong": "longer than 255 characters"}


def main():
    made = environment()
    compiled = {}
    results = []
    for task in json.load(sys.stdin):
        template = task["template"]
        try:
            if template not in compiled:
                compiled[template] = made.from_string(template)
            variables = {"value": task["payload"]}
            try:
                variables["value_json"] = json.loads(task["payload"])
            except ValueError:
                pass
            text = compiled[template].render(variables).strip()
            results.append({**state(task, text), "text": text})
        except Exception as error:  # Home Assistant logs it, and leaves the state as it was.
            results.append({"wrong": f"{type(error).__name__}: {error}"})
    json.dump(results, sys.stdout)


main()
