"""The generated client of the library, against the library itself."""

from __future__ import annotations

import os
import unittest

from concordat_example import BearerToken, BookShelfClient, Cookie, ReplyError
from concordat_example.book_shelf import AddBookBody

library = os.environ["LIBRARY_URL"]
dune = "3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10"


class Library(unittest.TestCase):
    def test_a_call_gives_the_body_and_the_headers_of_the_contract(self) -> None:
        books = BookShelfClient(library, BearerToken("valid"))
        reply = books.add_book(body=AddBookBody(title="Dune", pages=412))
        self.assertEqual((reply.status, reply.body.title, reply.body.pages), (201, "Dune for Ann", 412))
        self.assertEqual(reply.headers["Location"], f"/books/{dune}")
        self.assertEqual(reply.request_id, reply.headers["x-request-id"])

    def test_a_plain_dict_and_a_cookie_will_do(self) -> None:
        books = BookShelfClient(f"{library}/", Cookie("sid", lambda: "valid"))
        self.assertIs(books.add_book(body={"title": "Dune", "pages": 412}).body.lent, False)

    def test_parameters_query_lists_texts_and_bytes_arrive(self) -> None:
        books = BookShelfClient(library)
        self.assertEqual(books.list_books(query={"page": 3, "tag": ["new", "thick"], "lent": True}).body.page, 3)
        self.assertEqual([book.title for book in books.list_books().body.books], ["Dune"])
        self.assertEqual(books.readme().body, "Read me.")
        self.assertIsNone(books.drop_book(dune).body)
        cover = books.put_cover(dune, body=b"1234567", headers={"content-type": "image/png"})
        self.assertEqual(cover.body.size, 7)

    def test_bytes_of_no_type_of_their_own_are_sent_as_just_that(self) -> None:
        with self.assertRaises(ReplyError) as raised:
            BookShelfClient(library).put_cover(dune, body=b"1234567")
        self.assertEqual((raised.exception.status, raised.exception.code), (415, "unsupported_media_type"))

    def test_a_refusal_has_status_code_message_body_and_request_id(self) -> None:
        unknown = "00000000-0000-4000-8000-000000000000"
        with self.assertRaises(ReplyError) as raised:
            BookShelfClient(library, new_request_id=lambda: "req-7").get_book(unknown)
        refusal = raised.exception
        self.assertEqual((refusal.status, refusal.code, refusal.message), (404, "no_book", "There is no such book."))
        self.assertEqual((refusal.body.id, refusal.request_id), ("req-7", "req-7"))
        self.assertEqual((refusal.operation, refusal.url), ("get_book (GET /books/{id})", f"{library}/books/{unknown}"))
        self.assertEqual(
            str(refusal), "get_book (GET /books/{id}): answered 404 no_book: There is no such book. (request req-7)"
        )
        self.assertIsNone(refusal.retry_after)

    def test_without_a_credential_the_library_refuses(self) -> None:
        for credentials in (None, BearerToken(lambda: None), Cookie("sid", lambda: None)):
            with self.assertRaises(ReplyError) as raised:
                BookShelfClient(library, credentials).add_book(body={"title": "Dune", "pages": 412})
            self.assertEqual(raised.exception.status, 401)

    def test_the_framework_may_refuse_with_a_status_that_is_not_declared(self) -> None:
        with self.assertRaises(ReplyError) as raised:
            BookShelfClient(library, BearerToken("valid")).add_book(body={"title": "x" * 1001, "pages": 1})
        self.assertEqual((raised.exception.status, raised.exception.code), (413, "body_too_large"))


if __name__ == "__main__":
    unittest.main()
