"""Shapes that are hard to say: read, written and read again."""

from __future__ import annotations

import copy
import unittest
from typing import Any, Dict

from concordat_example import ContractViolation, OdditiesClient, to_json
from concordat_example.models import Circle, Square, TextShape, Thing, Tree

from .serving import Server, answer, json_answer

least: Dict[str, Any] = {
    "class": "a",
    "media-type": "text/plain",
    "colour": "red",
    "shape": {"kind": "square", "side": 2},
    "ratio": 1,
    "count": 2.0,
    "parts": [{"name": "lid", "owner": None}],
}


def read(value: Any) -> Thing:
    with Server([json_answer(200, value, [("etag", "7")])]) as server:
        reply = OdditiesClient(server.url).put_thing("a", 1, query={"from": "b"}, body={}, headers={"if-match": "1"})
    assert reply.body is not None
    return reply.body


class Shapes(unittest.TestCase):
    def test_the_least_there_may_be_is_read_with_its_defaults(self) -> None:
        thing = read({**least, "unknown": 1})
        self.assertEqual((thing.class_, thing.media_type, thing.flag, thing.tags), ("a", "text/plain", False, ["new"]))
        self.assertEqual((thing.note, thing.level, thing.extra, thing.parts[0].owner), (None, None, None, None))
        self.assertEqual(thing.shape, Square(kind="square", side=2.0))
        self.assertEqual((thing.ratio, type(thing.ratio), thing.count, type(thing.count)), (1.0, float, 2, int))
        self.assertIsNot(read(least).tags, read(least).tags)

    def test_all_there_may_be_is_read_and_written_as_it_came(self) -> None:
        whole = {
            **least,
            "level": 2.5,
            "note": "n",
            "flag": True,
            "tags": [],
            "extra": {"any": [1, None]},
            "sizes": {"a b": 1},
            "tree": {"name": "root", "children": [{"name": "leaf", "children": []}]},
            "field": "f",
            "shape": {"kind": "circle", "radius": 1.5},
        }
        thing = read(whole)
        self.assertEqual(thing.tree, Tree("root", [Tree("leaf", [])]))
        self.assertIsInstance(thing.shape, Circle)
        self.assertEqual(to_json(thing), whole)

    def test_none_is_left_out_where_the_field_may_be_missing_and_null_where_not(self) -> None:
        written = to_json(read({**least, "note": None}))
        self.assertNotIn("note", written)
        self.assertEqual(written["parts"], [{"name": "lid", "owner": None}])
        self.assertEqual(to_json((1, {"a": Tree("b", [])})), [1, {"a": {"name": "b", "children": []}}])

    def test_a_value_that_its_enumeration_does_not_have_counts_when_it_is_read(self) -> None:
        thing = read({**least, "colour": "blue", "shape": {"kind": "circle"}})
        self.assertEqual(thing.class_, "a")
        with self.assertRaisesRegex(ContractViolation, r"the reply has \$\.colour: 'blue' is none of 'red', 'green'"):
            thing.colour
        assert isinstance(thing.shape, Circle)
        with self.assertRaisesRegex(ContractViolation, r"lacks \$\.shape\.radius"):
            thing.shape.radius

    def test_a_body_that_is_such_a_value_itself_is_a_violation_at_once(self) -> None:
        for value, text in (("blue", "'blue' is none of"), (1, "expected 'red' or 'green', received integer")):
            with Server([json_answer(200, value)]) as server, self.assertRaisesRegex(ContractViolation, text):
                OdditiesClient(server.url).paint(body=["red"])
        with Server([json_answer(200, ["red", "blue"])]) as server:
            with self.assertRaisesRegex(ContractViolation, r"\$\[1\]"):
                OdditiesClient(server.url).colours()

    def test_values_of_another_type_are_told_by_their_place(self) -> None:
        wrong: Dict[str, Dict[str, Any]] = {
            "$.class: expected string, received boolean": {"class": True},
            "$['media-type']: expected string": {"media-type": 1},
            "$.count: expected integer, received number": {"count": 2.5},
            "$.count: expected integer, received boolean": {"count": True},
            "$.ratio: expected number, received boolean": {"ratio": False},
            "$.flag: expected boolean, received integer": {"flag": 0},
            "$.sizes: expected object, received array": {"sizes": []},
            "$.sizes['a b']: expected integer": {"sizes": {"a b": "c"}},
            "$.tags: expected array, received object": {"tags": {}},
            "$.tree.children[0].name: expected string": {"tree": {"name": "a", "children": [{"name": None}]}},
            "$.field: expected a value or nothing at all, received null": {"field": None},
            "$.shape: expected object, received string": {"shape": "round"},
        }
        for text, change in wrong.items():
            with self.subTest(text), self.assertRaises(ContractViolation) as raised:
                read({**least, **change})
            self.assertIn(text, str(raised.exception))

    def test_what_is_missing_does_not_show_and_does_not_compare(self) -> None:
        thing = read({"class": "a", "shape": {"kind": "circle", "radius": 1}})
        self.assertIn("Thing(class_='a', shape=Circle(kind='circle', radius=1.0)", repr(thing))
        with self.assertRaises(ContractViolation):
            thing == read(least)
        with self.assertRaises(AttributeError):
            thing.nothing  # type: ignore[attr-defined]
        with self.assertRaises(ContractViolation):
            copy.deepcopy(thing).colour

    def test_replies_of_several_types_are_told_by_their_status(self) -> None:
        with Server([answer(200, b"a,b", "text/csv; charset=utf-8"), json_answer(202, {"words": ["a"]})]) as server:
            odd = OdditiesClient(server.url)
            self.assertEqual(odd.import_(body="ä").body, "a,b")
            self.assertEqual(odd.import_(body="ä").body, TextShape(["a"]))
        self.assertEqual((server.asked[0].body, server.asked[0].headers["content-type"]), ("ä".encode(), "text/csv"))

    def test_headers_are_found_in_any_case_and_joined(self) -> None:
        headers = [("etag", "7"), ("Vary", "a"), ("vary", "b")]
        with Server([json_answer(200, least, headers)]) as server:
            odd = OdditiesClient(server.url)
            query = {"from": "b", "limit": 2}
            found = odd.put_thing("a", 1, query=query, body=to_json(read(least)), headers={"if-match": "1"}).headers
        self.assertEqual((found["ETag"], found["vary"]), ("7", "a, b"))
        self.assertIn("etag", list(found))
        self.assertEqual(len(found), len(list(found)))


if __name__ == "__main__":
    unittest.main()
