"""What a call sends, and what becomes of what is answered."""

from __future__ import annotations

import json
import unittest
from http.server import BaseHTTPRequestHandler
from typing import Any, Callable, Dict, List, Mapping, Tuple, Type, TypeVar

from concordat_example import (
    BearerToken,
    BookShelfClient,
    ConcordatError,
    ConnectionFailed,
    ContractViolation,
    OdditiesClient,
    ReplyError,
    TimedOut,
)
from concordat_example.models import OdditiesProblem

from .serving import (
    Responder,
    Server,
    answer,
    broken_off,
    dead_url,
    dripping,
    html,
    json_answer,
    reset,
    silence,
)

E = TypeVar("E", bound=ConcordatError)
dune = {"id": "3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10", "title": "Dune", "pages": 412, "lent": False}
problem = {"code": "no_book", "message": "None.", "id": "1"}


def client(url: str, **options: Any) -> BookShelfClient:
    given: Dict[str, Any] = {"retry_delay": 0.001, **options}
    return BookShelfClient(url, **given)


class Case(unittest.TestCase):
    def failing(self, kind: Type[E], call: Callable[[], Any]) -> E:
        with self.assertRaises(kind) as raised:
            call()
        return raised.exception


class Sending(Case):
    def test_each_attempt_carries_an_id_of_its_own_and_says_what_it_takes(self) -> None:
        with Server([reset, json_answer(200, dune)]) as server:
            client(server.url).get_book("a")
        first, second = (asked.headers for asked in server.asked)
        self.assertRegex(first["x-request-id"], "^[0-9a-f-]{36}$")
        self.assertNotEqual(first["x-request-id"], second["x-request-id"])
        self.assertEqual(first["accept"], "application/json, */*;q=0.5")
        self.assertEqual(first["connection"], "close")

    def test_a_path_before_those_of_the_operations_stays(self) -> None:
        with Server([json_answer(200, dune)]) as server:
            client(f"{server.url}/shelf/").get_book("a/b ü{id}")
        self.assertEqual(server.asked[0].path, "/shelf/books/a%2Fb%20%C3%BC%7Bid%7D")

    def test_a_query_leaves_out_none_and_repeats_lists(self) -> None:
        with Server([json_answer(200, {"books": [], "page": 1})]) as server:
            client(server.url).list_books(query={"tag": ["a b", "c&d"], "lent": False, "page": None})  # type: ignore
            client(server.url).list_books(query={})
        self.assertEqual([asked.path for asked in server.asked], ["/books?tag=a+b&tag=c%26d&lent=false", "/books"])

    def test_headers_of_the_caller_go_along_but_not_in_place_of_ours(self) -> None:
        with Server([json_answer(200, dune)]) as server:
            client(server.url, new_request_id=lambda: "r1").get_book(
                "a", headers={"X-Request-Id": "theirs", "X-Note": "yes", "x-none": None}  # type: ignore
            )
        headers = server.asked[0].headers
        self.assertEqual((headers["x-request-id"], headers["x-note"], "x-none" in headers), ("r1", "yes", False))

    def test_text_of_any_script_is_sent_as_utf_8(self) -> None:
        with Server([json_answer(201, dune)]) as server:
            client(server.url).add_book(body={"title": "Дюна", "pages": 1})
        self.assertEqual(server.asked[0].body, '{"title":"Дюна","pages":1}'.encode())
        self.assertEqual(server.asked[0].headers["content-type"], "application/json")

    def test_what_json_cannot_say_is_not_sent(self) -> None:
        with Server([json_answer(201, dune)]) as server:
            self.assertRaises(ValueError, lambda: client(server.url).add_book(body={"pages": float("nan")}))
        self.assertEqual(server.asked, [])

    def test_a_parameter_without_a_value_is_refused_before_it_is_sent(self) -> None:
        for value in ("", ".", "..", None):
            with self.assertRaisesRegex(ValueError, "cannot be the parameter"):
                client("http://127.0.0.1:1").get_book(value)  # type: ignore

    def test_an_address_that_is_none_is_refused_at_once(self) -> None:
        without_scheme = ("", "library", "ftp://library", "http://")
        for url in (*without_scheme, "http://library/?a=b", "http://library:port", "http://library:0"):
            self.assertRaises(ValueError, lambda: client(url))

    def test_credentials_go_where_they_are_asked_for_and_nowhere_else(self) -> None:
        tokens = iter(["one", "two"])
        with Server([json_answer(201, dune), json_answer(201, dune), json_answer(200, dune)]) as server:
            books = client(server.url, credentials=BearerToken(lambda: next(tokens)))
            books.add_book(body={})
            books.add_book(body={})
            books.get_book("a")
        sent = [asked.headers.get("authorization") for asked in server.asked]
        self.assertEqual(sent, ["Bearer one", "Bearer two", None])

    def test_requests_can_be_signed_each_attempt_anew(self) -> None:
        seen: List[Tuple[str, str, bytes]] = []

        class Signing:
            def headers(self, method: str, path: str, body: bytes) -> Mapping[str, str]:
                seen.append((method, path, body))
                return {"authorization": f"Signature {len(seen)}"}

        with Server([reset, answer(204)]) as server:
            OdditiesClient(f"{server.url}/base", Signing(), retry_delay=0.001).put_thing(
                "a", 1, query={"from": "b"}, body={}, headers={"if-match": "1"}
            )
        self.assertEqual(seen, [("PUT", "/base/things/a/1?from=b", b"{}")] * 2)
        sent = [asked.headers["authorization"] for asked in server.asked]
        self.assertEqual(sent, ["Signature 1", "Signature 2"])


class Violations(Case):
    def test_what_the_contract_does_not_have_is_one_and_is_not_tried_again(self) -> None:
        cases: Dict[str, Tuple[Responder, str]] = {
            "a status": (json_answer(202, dune), 'answered 202, which the contract does not have, with "{"id":'),
            "a refusal of another type": (json_answer(404, "gone"), "$: expected object, received string"),
            "a redirect": (answer(302, headers=[("location", "/")]), "answered 302"),
            "a page in place of data": (html(200), "answered 200 as text/html where the contract has application/json"),
            "no media type": (answer(200, b"{}"), "answered 200 as no media type"),
            "no whole JSON": (answer(200, b'{"id', "application/json"), "a body that is no JSON"),
            "a number that is none": (answer(200, b'{"pages": NaN}', "application/json"), "a body that is no JSON"),
            "a value of another type": (json_answer(200, {**dune, "pages": "many"}), "$.pages: expected integer"),
            "null for a text": (json_answer(200, {**dune, "title": None}), "$.title: expected string, received null"),
            "a list for an object": (json_answer(200, [dune]), "$: expected object, received array"),
            "several": (json_answer(200, {"title": 1, "lent": []}), "received integer; $.lent: expected boolean"),
            "a refusal that is no JSON": (answer(418, b"{", "application/json"), "answered 418"),
            "a refusal that lacks a part": (json_answer(418, {"code": "teapot"}), "answered 418"),
        }
        for name, (respond, message) in cases.items():
            with self.subTest(name), Server([respond]) as server:
                failure = self.failing(ContractViolation, lambda: client(server.url).get_book("a"))
                self.assertIn(message, str(failure))
                self.assertEqual(len(server.asked), 1)

    def test_a_page_in_place_of_a_text_is_one_too(self) -> None:
        with Server([html(200)]) as server:
            self.failing(ContractViolation, lambda: client(server.url).readme())

    def test_a_field_or_header_that_is_missing_is_one_as_soon_as_it_is_read(self) -> None:
        with Server([json_answer(201, {"title": "Dune"})]) as server:
            reply = client(server.url).add_book(body={})
        self.assertEqual(reply.body.title, "Dune")
        failure = self.failing(ContractViolation, lambda: reply.body.pages)
        self.assertIn("the reply lacks $.pages, which is read here", str(failure))
        self.assertEqual(failure.request_id, server.asked[0].headers["x-request-id"])
        missing = self.failing(ContractViolation, lambda: reply.headers["Location"])
        self.assertIn("lacks the header location", str(missing))
        self.assertRaises(KeyError, lambda: reply.headers["x-other"])
        self.assertEqual(reply.headers.get("x-other", "none"), "none")


class Refusals(Case):
    def test_an_error_body_that_lacks_what_nobody_reads_is_still_a_refusal(self) -> None:
        with Server([json_answer(404, {"code": "no_book", "message": "None."})]) as server:
            refusal = self.failing(ReplyError, lambda: client(server.url).get_book("a"))
        self.assertEqual(refusal.code, "no_book")
        self.failing(ContractViolation, lambda: refusal.body.id)

    def test_the_request_id_is_that_of_the_reply_which_a_proxy_may_have_changed(self) -> None:
        with Server([json_answer(404, problem, [("X-Request-Id", "proxy-1")])]) as server:
            refusal = self.failing(ReplyError, lambda: client(server.url).get_book("a"))
        self.assertEqual(refusal.request_id, "proxy-1")

    def test_an_error_shape_without_a_code_has_none(self) -> None:
        with Server([json_answer(412, {"text": "Changed."})]) as server:
            odd = OdditiesClient(server.url)
            headers = {"if-match": "1"}
            refusal = self.failing(
                ReplyError, lambda: odd.put_thing("a", 1, query={"from": "b"}, body={}, headers=headers)
            )
        self.assertEqual((refusal.code, refusal.message, refusal.body), (None, "Changed.", OdditiesProblem("Changed.")))
        self.assertIn("answered 412 no code: Changed.", str(refusal))

    def test_a_refusal_without_a_body_has_neither_code_nor_message(self) -> None:
        with Server([answer(503, headers=[("retry-after", "7")])]) as server:
            refusal = self.failing(ReplyError, lambda: OdditiesClient(server.url).picture())
        self.assertEqual((refusal.code, refusal.message, refusal.body, refusal.retry_after), (None, None, None, 7.0))
        self.assertEqual(len(server.asked), 1)


class OtherAttempts(Case):
    def test_follow_where_an_idempotent_call_had_no_whole_answer(self) -> None:
        for name, respond in {"no answer": reset, "half of one": broken_off, "no HTTP": self._nonsense}.items():
            with self.subTest(name), Server([respond, respond, json_answer(200, dune)]) as server:
                self.assertEqual(client(server.url).get_book("a").body.title, "Dune")
                self.assertEqual(len(server.asked), 3)

    def _nonsense(self, request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"what?\r\n\r\n")
        request.close_connection = True

    def test_follow_where_something_on_the_way_answered(self) -> None:
        for status in (502, 503, 504):
            for respond in (html(status), json_answer(status, {**problem, "code": "busy"}), json_answer(status, [])):
                with self.subTest(status), Server([respond, json_answer(200, dune)]) as server:
                    self.assertEqual(client(server.url).get_book("a").body.title, "Dune")

    def test_do_not_follow_where_the_call_might_do_the_thing_twice(self) -> None:
        with Server([reset]) as server:
            self.failing(ConnectionFailed, lambda: client(server.url).add_book(body={}))
            self.assertEqual(len(server.asked), 1)

    def test_do_not_follow_a_refusal(self) -> None:
        with Server([json_answer(404, problem)]) as server:
            self.failing(ReplyError, lambda: client(server.url).get_book("a"))
            self.assertEqual(len(server.asked), 1)

    def test_come_as_often_as_was_asked_then_the_last_failure_is_raised(self) -> None:
        for retries in (0, 2):
            with self.subTest(retries), Server([html(502)]) as server:
                refusal = self.failing(ReplyError, lambda: client(server.url, retries=retries).get_book("a"))
                self.assertEqual((refusal.status, refusal.code, len(server.asked)), (502, None, retries + 1))

    def test_wait_longer_each_time_but_never_too_long(self) -> None:
        pauses: List[float] = []
        with Server([html(502)]) as server:
            books = client(server.url, retries=5, retry_delay=1.0, sleep=pauses.append)
            self.failing(ReplyError, lambda: books.get_book("a"))
        for pause, longest in zip(pauses, (1.0, 2.0, 4.0, 8.0, 10.0)):
            self.assertTrue(longest / 2 <= pause <= longest, f"{pause} of {longest}")
        self.assertEqual(len(pauses), 5)

    def test_nobody_who_listens_is_told_as_such(self) -> None:
        url = dead_url()
        failure = self.failing(ConnectionFailed, lambda: client(url, retries=0).get_book("a"))
        self.assertIn(f"no whole answer from {url}", str(failure))

    def test_a_name_without_an_address_is_told_as_such(self) -> None:
        self.failing(ConnectionFailed, lambda: client("http://no-such-host.invalid", retries=0).get_book("a"))

    def test_a_server_that_does_not_speak_tls_is_told_as_such(self) -> None:
        with Server([json_answer(200, dune)]) as server:
            url = server.url.replace("http:", "https:")
            self.failing(ConnectionFailed, lambda: client(url, retries=0, timeout=5).get_book("a"))


class Deadline(Case):
    def test_covers_the_whole_attempt_however_often_something_is_heard(self) -> None:
        head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
        starts = {"in the body": head + b"content-length: 10000\r\n\r\n", "in the head": head + b"x-long: "}
        for name, start in starts.items():
            server = Server([])
            server.answers = [dripping(server, start)]
            with self.subTest(name), server:
                failure = self.failing(TimedOut, lambda: client(server.url, timeout=0.1, retries=0).get_book("a"))
                self.assertIn("no whole answer within 0.1 s", str(failure))

    def test_that_is_over_is_followed_by_another_attempt(self) -> None:
        server = Server([])
        server.answers = [silence(server), json_answer(200, dune)]
        with server:
            self.assertEqual(client(server.url, timeout=0.2).get_book("a").body.title, "Dune")

    def test_that_is_over_at_once_lets_nothing_through(self) -> None:
        with Server([json_answer(200, dune)]) as server:
            self.failing(TimedOut, lambda: client(server.url, timeout=0, retries=0).get_book("a"))


if __name__ == "__main__":
    unittest.main()
