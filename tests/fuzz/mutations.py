"""Inputs made from inputs: some of their bytes replaced by pieces that break something in some format."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

# Pieces that break something, each in some format.
_MARKS: Final = (
    b"|\0|\x1b[31m|\xff\xfe|\xef\xbb\xbf|\xe2\x80\xa8|\r|\n\n\n|<|>|<![CDATA[|<!--|&#0;|&#27;|&#xD800;|&amp;lt;|"
    b'{|"|\\ud800|\\u001b"|\\e|!!int ""|!!bool x|!!timestamp x|!!set {a, b}|&a *a|---\n|: |- |? |1e999|NaN|'
    b"0001-01-01T00:00:00+14:00|9999-12-31 23:59:59 -2000|4 May 2023 10:00 +9959|2023-02-30|http://[|://|:le/|"
    b"charset=utf-16|=?x?q?=ff?=|Content-Type: text/html|WARC/1.1\r\n|\r\n\r\n|Content-Length: 99999999\r\n|"
    b'PK\x01\x02|PK\x05\x06|\x1f\x8b\x08|[[|]]|"""|[lexicon.metrics]|[[places]]\n|,|;|\t|\n|'
    b"=1+1|#affected+killed|-5|1.5e3|12.0|1 000|9999999999999|inf|true|null|99999-01-01|04/05/2023"
).split(b"|")
_LARGE: Final = [
    b" " * 99,
    b"<div>" * 99,
    b"[" * 2000,
    b"(" * 99,
    b"0x" + b"f" * 5000,
    b"1" * 400,
    b"http://" + b"a." * 200,
    b'"' * 99,
    b"a" * 5000,
]
# Words that the cascade knows, in orders that no reporter would write.
_WORDS: Final = [
    word.encode()
    for word in [
        "million",
        "hundred thousand",
        "dozens of",
        "between 5 and",
        "to",
        "or",
        "none of",
        "at least",
        "up to",
        "including",
        "of them",
        "among",
        "killed",
        "wounded",
        "the toll rose to",
        "from",
        "police said",
        "according to",
        "he said",
        "withdrew the figure",
        "earlier",
        "had said",
        "as of",
        "on Wednesday",
        "yesterday",
        "In December",
        "31 December 9999",
        "January 99999999999",
        "",
        " Dead ",
        " 12 ",
        "\nin Riverton – 10",
        "How many died?",
        "The count was",
        "“",
        "”",
        "half a",
        "three quarters of a",
        "a third",
        "no one",
        "0",
        "٣",
        "½",
        "1,000,000",
        "1\u200b2",
        "2K",
        "12%",
        "$5",
        "Article 4",
        "12:30",
        "5.5.2023",
        "1999",
        "more",
        "others",
        "will send",
        "may have",
        "not",
    ]
]
_PIECES: Final = st.one_of(
    st.sampled_from(_MARKS),
    st.sampled_from(_WORDS).map(lambda word: b" " + word + b" "),
    st.sampled_from(_LARGE),
    st.binary(max_size=8),
)
EDITS: Final = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), _PIECES), min_size=1, max_size=6)
FUZZ: Final = settings(
    deadline=None,
    database=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
        HealthCheck.data_too_large,
    ],
)
Edit = tuple[float, int, bytes]
# What is repeated to see whether a pattern takes time that grows with its square.
RUNS: Final = (
    "a",
    "A ",
    "A, ",
    "A-",
    " ",
    "\t",
    "1",
    "1 ",
    "1/1/2023 ",
    "(",
    "(AP",
    "/",
    "|",
    ".",
    "© ",
    "in ",
    "by ",
    "of ",
)


def mutated(seed: bytes, edits: Iterable[Edit]) -> bytes:
    """`seed` with some bytes at each place replaced by a piece."""
    for where, gone, piece in edits:
        at = int(where * len(seed))
        seed = seed[:at] + piece + seed[at + gone :]
    return seed


def inputs(seeds: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """Mutations of one of `seeds`, or of the beginning of one and the end of another."""
    one = st.sampled_from(seeds)
    crossed = st.tuples(one, one, st.floats(0, 1), st.floats(0, 1)).map(
        lambda four: four[0][: int(four[2] * len(four[0]))] + four[1][int(four[3] * len(four[1])) :]
    )
    return st.tuples(st.one_of(one, one, crossed), EDITS).map(lambda pair: mutated(*pair))
