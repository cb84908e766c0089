"""Every operation of a generated package: called with all it takes, answered with all that its contract has.

The package is the one that the variable PACKAGE names.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import os
import pkgutil
import unittest
from pathlib import Path
from types import ModuleType
from typing import Any, Dict, Iterator, List, Literal, Tuple, Union, get_args, get_origin, get_type_hints

from .serving import Server, answer, json_answer

package = importlib.import_module(os.environ["PACKAGE"])
models = importlib.import_module(f"{package.__name__}.runtime.models")
operations = importlib.import_module(f"{package.__name__}.runtime.operations")
Client, Model, slots_of, to_json = package.Client, package.Model, models.slots_of, package.to_json


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(package.__path__):
        yield importlib.import_module(f"{package.__name__}.{found.name}")


def clients() -> Iterator[Tuple[Any, List[Any]]]:
    """Each client and its operations."""
    for module in modules():
        for value in list(vars(module).values()):
            if inspect.isclass(value) and issubclass(value, Client) and value is not Client:
                yield value, [known for known in vars(module).values() if isinstance(known, operations.Operation)]


def example(kind: Any) -> Any:
    """A JSON value of a type, with everything in it that there may be."""
    if inspect.isclass(kind) and issubclass(kind, Model):
        return {slot.name: [] if _contains(kind, slot.type) else example(slot.type) for slot in slots_of(kind)}
    origin, inside = get_origin(kind), get_args(kind)
    if origin is Union:
        return example(inside[0])
    if origin is Literal:
        return inside[0]
    if origin is list:
        return [example(inside[0])]
    if origin is dict:
        return {"key": example(inside[1])}
    return {str: "a/b ü", int: 7, float: 0.5, bool: True}.get(kind, {"any": 1})


def _contains(kind: Any, field: Any) -> bool:
    """Whether a field of a shape is a list of the same shape again."""
    return field is kind or any(_contains(kind, inside) for inside in get_args(field))


def arguments(method: Any, operation: Any) -> Tuple[List[Any], Dict[str, Any]]:
    """Path parameters, and all else by name."""
    hints = get_type_hints(method)
    positional = [
        example(hints[parameter.name])
        for parameter in list(inspect.signature(method).parameters.values())
        if parameter.kind is parameter.POSITIONAL_OR_KEYWORD
    ]
    named: Dict[str, Any] = {"headers": {"x-note": "yes"}}
    if "query" in hints:
        named["query"] = _query(hints["query"])
    if isinstance(operation.body, operations.Json):
        named["body"] = example(operation.body.type)
    elif not isinstance(operation.body, operations.NoContent):
        named["body"] = "text" if isinstance(operation.body, operations.Text) else b"bytes"
    return positional, named


def _query(kind: Any) -> Dict[str, Any]:
    typed = kind if inspect.isclass(kind) else get_args(kind)[0]
    if not inspect.isclass(typed):
        return {"a": "b"}
    return {name: example(hint) for name, hint in get_type_hints(typed).items()}


def responder(status: int, given: Any) -> Tuple[Any, Any]:
    """What answers with a declared reply, and the body that comes of it."""
    headers = [(name, "value") for name in given.required_headers if name != "content-type"]
    if isinstance(given.content, operations.Json):
        value = example(given.content.type)
        return json_answer(status, value, headers), value
    if isinstance(given.content, operations.Text):
        return answer(status, b"text", given.content.media_type, headers), "text"
    if isinstance(given.content, operations.Bytes):
        return answer(status, b"bytes", "image/png", headers), b"bytes"
    return answer(status, headers=headers), None


class EveryOperation(unittest.TestCase):
    def test_is_sent_as_its_contract_says_and_gives_the_body_of_each_reply(self) -> None:
        for client, known in clients():
            for operation in known:
                for status, given in operation.answers.items():
                    with self.subTest(f"{client.__name__}.{operation.name} {status}"):
                        self.check(client, operation, status, given)

    def check(self, client: Any, operation: Any, status: int, given: Any) -> None:
        respond, body = responder(status, given)
        with Server([respond]) as server:
            method = getattr(client(server.url, package.BearerToken("token"), retries=0), operation.name)
            positional, named = arguments(method, operation)
            try:
                reply = method(*positional, **named)
                self.assertLess(status, 400)
                self.assertEqual(to_json(reply.body), body)
                for name in given.required_headers:
                    self.assertIn(reply.headers[name], ("value", "image/png"))
            except package.ReplyError as refusal:
                self.assertEqual(refusal.status, status)
                self.assertEqual(to_json(refusal.body), body)
        (asked,) = server.asked
        self.assertEqual(asked.method, operation.method)
        self.assertEqual(asked.path.split("?")[0].count("/"), operation.path.count("/"))
        self.assertEqual("authorization" in asked.headers, operation.authenticated)
        if isinstance(operation.body, operations.Json):
            self.assertEqual(json.loads(asked.body), named["body"])

    def test_reads_a_reply_of_which_everything_is_missing_and_misses_it_when_it_is_read(self) -> None:
        for client, known in clients():
            for operation in known:
                for status, given in operation.answers.items():
                    kind = getattr(given.content, "type", None)
                    if status >= 400 or not (inspect.isclass(kind) and issubclass(kind, Model)):
                        continue
                    name = f"{client.__name__}.{operation.name} {status}"
                    with self.subTest(name), Server([json_answer(status, {})]) as server:
                        method = getattr(client(server.url), operation.name)
                        positional, named = arguments(method, operation)
                        body = method(*positional, **named).body
                        for slot in slots_of(kind):
                            if not slot.is_optional:
                                self.assertRaises(package.ContractViolation, getattr, body, slot.attribute)

    def test_has_a_method_and_no_method_is_without_one(self) -> None:
        for client, known in clients():
            methods = {name for name, _ in inspect.getmembers(client, inspect.isfunction) if not name.startswith("_")}
            self.assertEqual(methods, {operation.name for operation in known})


class Package(unittest.TestCase):
    def test_exports_what_it_says(self) -> None:
        found = list(clients())
        self.assertGreater(len(found), 0)
        for module in [package, *modules()]:
            for name in getattr(module, "__all__", ()):
                self.assertTrue(hasattr(module, name), f"{module.__name__}.{name}")

    def test_is_written_in_python_3_9(self) -> None:
        files = [file for folder in package.__path__ for file in Path(folder).rglob("*.py")]
        self.assertGreater(len(files), 3)
        for file in files:
            ast.parse(file.read_text("utf-8"), str(file), feature_version=(3, 9))


if __name__ == "__main__":
    unittest.main()
