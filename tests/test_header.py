"""Headers of SPARQL files: one reader for bundled queries and for rules."""

from __future__ import annotations

from typing import Any

import pytest

from kgbuild.errors import KgbuildError, OntologyError, QueryError
from kgbuild.header import split
from kgbuild.query import Query
from kgbuild.validation import load_rules


@pytest.mark.parametrize(
    ("data", "header", "text"),
    [
        ("ASK {}", {}, "ASK {}\n"),
        ("", {}, "\n"),
        ("#+ a: 1\n#+ b: [x, NO]\nASK {}\n", {"a": "1", "b": ["x", "NO"]}, "ASK {}\n"),
        ("#+a: true\n\nASK {}", {"a": "true"}, "ASK {}\n"),
        ("# note\n#+ a:\n#+   ro: șir 😀\n\n\nASK {}", {"a": {"ro": "șir 😀"}}, "# note\n\n\nASK {}\n"),
        ("ASK {}\n#+ a: below\n", {"a": "below"}, "ASK {}\n"),
        ("\ufeff#+ a: 1\r\nASK {}\r\n".encode(), {"a": "1"}, "ASK {}\n"),
        ("#+", {}, "\n"),
        ("ASK { ?s ?p '#+' }", {}, "ASK { ?s ?p '#+' }\n"),
    ],
)
def test_a_file_is_parted_into_header_and_sparql(data: bytes | str, header: dict[str, Any], text: str) -> None:
    assert split(data, "q.rq") == (header, text)


BROKEN = [
    (b"#+ a: [\nASK {}", "q.rq:2: the header is not YAML"),
    (b"#+ a: 1\n#+ b: {x\n#+ c: 2\nASK {}", "q.rq:3: the header is not YAML"),
    (b"#+ a: 1\nASK {}\n#+ b\n#+ c: 2\n", "q.rq:4: the header is not YAML"),
    (b"#+ only words\nASK {}", "q.rq: the header must be key: value pairs"),
    (b"#+ [a, b]\nASK {}", "q.rq: the header must be key: value pairs"),
    (b"#+ a: \xff\nASK {}", "q.rq: not UTF-8 (byte 6)"),
]


@pytest.mark.parametrize(("data", "message"), BROKEN)
def test_a_broken_header_is_refused_where_it_is_broken(data: bytes, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        split(data, "q.rq")
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(("data", "message"), BROKEN)
def test_queries_and_rules_say_the_same_of_a_broken_header(data: bytes, message: str) -> None:
    said: list[KgbuildError] = []
    with pytest.raises(QueryError) as query:
        Query.parse("q.rq", data)
    said.append(query.value)
    with pytest.raises(OntologyError) as rule:
        load_rules({"q.rq": data})
    said.append(rule.value)
    assert str(said[0]) == str(said[1])
    assert said[0].hint == said[1].hint
    assert str(said[0]).startswith(message)
