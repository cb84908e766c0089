# Copied into each generated client.
"""What all shapes of a contract have in common."""

from __future__ import annotations

from dataclasses import MISSING, Field, dataclass, fields
from typing import TYPE_CHECKING, Any, Dict, List, Mapping, Tuple, Type, cast, get_type_hints

from .errors import ContractViolation


class Model:
    """A shape of the contract, as a frozen dataclass.

    A field that the contract promises and the provider left out is missed when, and only when, it is read: reading it
    raises ContractViolation. So does a value of an enumeration that the contract does not have.
    """

    # Hidden from type checkers: they would take any attribute for known.
    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            gaps = self.__dict__.get("_gaps")
            if gaps is not None and name in gaps:
                context, text = gaps[name]
                raise ContractViolation(context, text)
            raise AttributeError(f"{type(self).__name__!r} has no attribute {name!r}")

    def __repr__(self) -> str:
        known = [f"{name}={value!r}" for name, value in vars(self).items() if name != "_gaps"]
        return f"{type(self).__name__}({', '.join(known)})"


@dataclass(frozen=True)
class Slot:
    """One field of a model: its name here, its name in JSON, its type."""

    attribute: str
    name: str
    type: Any
    field: "Field[Any]"

    @property
    def is_optional(self) -> bool:
        return self.field.default is not MISSING or self.field.default_factory is not MISSING

    @property
    def takes_null(self) -> bool:
        """An optional field is left out rather than null, unless the contract says otherwise."""
        return not self.is_optional or bool(self.field.metadata.get("nullable"))

    def default(self) -> Any:
        if self.field.default_factory is not MISSING:
            return self.field.default_factory()
        return self.field.default


_known: Dict[Type[Model], Tuple[Slot, ...]] = {}


def slots_of(model: Type[Model]) -> Tuple[Slot, ...]:
    """The fields of a model, their types resolved in its module, once per model."""
    if model not in _known:
        hints = get_type_hints(model)
        _known[model] = tuple(
            Slot(field.name, field.metadata.get("name", field.name), hints[field.name], field)
            for field in fields(cast(Any, model))
        )
    return _known[model]


def to_json(value: Any) -> Any:
    """A value as JSON has it. Optional fields of models that are None are left out; plain dicts stay what they are."""
    if isinstance(value, Model):
        return _model_to_json(value)
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_json(item) for item in value]
    return value


def _model_to_json(model: Model) -> Dict[str, Any]:
    given: List[Tuple[Slot, Any]] = [(slot, getattr(model, slot.attribute)) for slot in slots_of(type(model))]
    return {slot.name: to_json(value) for slot, value in given if value is not None or not slot.is_optional}
