# Copied into each generated client.
"""Reading JSON as a tolerant reader does.

Fields that the contract does not have are ignored. A value of another type is a violation at once. A field that is
missing, or has a value that its enumeration does not have, is one when it is read.
"""

from __future__ import annotations

from typing import Any, Dict, List, Literal, Tuple, Type, TypeVar, Union, get_args, get_origin

from .errors import CallContext, ContractViolation
from .models import Model, Slot, slots_of

M = TypeVar("M", bound=Model)


def read_json(kind: Any, value: Any, context: CallContext) -> Any:
    """A JSON value as what a type says. Raises ContractViolation that names every wrong place."""
    reading = Reading(context)
    result = reading.read(kind, value, "$")
    mistakes = reading.wrong + reading.unknown
    if mistakes:
        raise ContractViolation(
            context, f"the reply breaks the contract: {'; '.join(mistakes)}. Compare provider and contract."
        )
    return result


def reads_whole(kind: Any, value: Any, context: CallContext) -> bool:
    """Whether nothing is wrong with a JSON value, and nothing missing."""
    reading = Reading(context)
    reading.read(kind, value, "$")
    return not (reading.wrong or reading.unknown or reading.missing)


class Reading:
    """One value being read, and what was found out about it."""

    def __init__(self, context: CallContext) -> None:
        self.context = context
        self.wrong: List[str] = []
        """Values of another type."""
        self.unknown: List[str] = []
        """Values that an enumeration does not have."""
        self.missing: List[str] = []
        """Fields that are not there."""

    def read(self, kind: Any, value: Any, place: str) -> Any:
        if kind is Any:
            return value
        if isinstance(kind, type) and issubclass(kind, Model):
            return self._model(kind, value, place)
        origin = get_origin(kind)
        if origin is Union:
            return self._alternative(get_args(kind), value, place)
        if origin is Literal:
            return self._literal(get_args(kind), value, place)
        if origin is list:
            return self._list(get_args(kind)[0], value, place)
        if origin is dict:
            return self._dict(get_args(kind)[1], value, place)
        return self._scalar(kind, value, place)

    def _refuse(self, place: str, wanted: str, value: Any) -> None:
        self.wrong.append(f"{place}: expected {wanted}, received {_name_of(value)}")

    def _scalar(self, kind: Any, value: Any, place: str) -> Any:
        if kind is float and isinstance(value, (int, float)) and not isinstance(value, bool):
            return float(value)
        if kind is int and isinstance(value, float) and value.is_integer():
            return int(value)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self._refuse(place, _json_names.get(kind, kind.__name__), value)
            return None
        return value

    def _literal(self, values: Tuple[Any, ...], value: Any, place: str) -> Any:
        if any(value == known and type(value) is type(known) for known in values):
            return value
        if not any(type(value) is type(known) for known in values):
            self._refuse(place, " or ".join(map(repr, values)), value)
        else:
            self.unknown.append(f"{place}: {value!r} is none of {', '.join(map(repr, values))}")
        return None

    def _list(self, kind: Any, value: Any, place: str) -> Any:
        if not isinstance(value, list):
            return self._refuse(place, "array", value)
        return [self.read(kind, item, f"{place}[{index}]") for index, item in enumerate(value)]

    def _dict(self, kind: Any, value: Any, place: str) -> Any:
        if not isinstance(value, dict):
            return self._refuse(place, "object", value)
        return {key: self.read(kind, item, _step(place, key)) for key, item in value.items()}

    def _alternative(self, kinds: Tuple[Any, ...], value: Any, place: str) -> Any:
        """Of several types the one that the value contradicts least."""
        none = type(None)
        if value is None and none in kinds:
            return None
        tries: List[Tuple[Tuple[int, int, int], Reading, Any]] = []
        for kind in kinds:
            if kind is none:
                continue
            attempt = Reading(self.context)
            result = attempt.read(kind, value, place)
            tries.append((attempt._distance(), attempt, result))
        _, best, result = min(tries, key=lambda entry: entry[0])
        self.wrong += best.wrong
        self.unknown += best.unknown
        self.missing += best.missing
        return result

    def _distance(self) -> Tuple[int, int, int]:
        return len(self.wrong), len(self.unknown), len(self.missing)

    def _model(self, kind: Type[M], value: Any, place: str) -> Any:
        if not isinstance(value, dict):
            return self._refuse(place, "object", value)
        model = object.__new__(kind)
        gaps: Dict[str, Tuple[CallContext, str]] = {}
        for slot in slots_of(kind):
            self._slot(slot, value, _step(place, slot.name), (vars(model), gaps))
        if gaps:
            vars(model)["_gaps"] = gaps
        return model

    def _slot(
        self,
        slot: Slot,
        value: Dict[str, Any],
        place: str,
        into: Tuple[Dict[str, Any], Dict[str, Tuple[CallContext, str]]],
    ) -> None:
        known, gaps = into
        if slot.name not in value:
            if slot.is_optional:
                known[slot.attribute] = slot.default()
            else:
                self.missing.append(place)
                text = f"the reply lacks {place}, which is read here. Record it in the pact, or do not read it."
                gaps[slot.attribute] = (self.context, text)
            return
        if value[slot.name] is None and not slot.takes_null:
            self._refuse(place, "a value or nothing at all", None)
            return
        before = len(self.unknown)
        read = self.read(slot.type, value[slot.name], place)
        if len(self.unknown) == before:
            known[slot.attribute] = read
            return
        # Nobody may need it: it counts once it is read.
        found = "; ".join(self.unknown[before:])
        gaps[slot.attribute] = (self.context, f"the reply has {found}. Compare provider and contract.")
        del self.unknown[before:]


_json_names = {str: "string", int: "integer", float: "number", bool: "boolean"}


def _name_of(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, (list, dict)):
        return "array" if isinstance(value, list) else "object"
    return _json_names[type(value)]


def _step(place: str, key: str) -> str:
    return f"{place}.{key}" if key.isidentifier() else f"{place}['{key}']"
