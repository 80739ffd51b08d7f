"""Ways to find copies, beside one another: recall by kind of copy, precision, seconds and peak memory.

The articles are made up of invented sentences, by a seed: most stand alone, some are copies of one of them
(whole, trimmed, reordered, edited, reworded as a translation there and back would), and some only share a
long quotation or a paragraph of background with others. What is measured is what the table `copies` is for:
a copy is found if it stands in one group with its original, and a pair in one group is right if both go back
to one original.

    python -m pip install -r benchmarks/requirements/copies.txt
    python benchmarks/copies.py [ARTICLES ...] [WAY ...]
    python benchmarks/copies.py --labels FOLDER     # of articles with labels: precision and recall of pairs
"""

from __future__ import annotations

import itertools
import json
import random
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import polars as pl

sys.path.insert(0, str(Path(__file__).parents[1]))

from pipeline.events import load
from pipeline.ingest import candidates, copies
from pipeline.ingest.articles import ingest
from pipeline.schema import FURNITURE

Text = list[list[str]]  # paragraphs of sentences
Worked = Callable[[random.Random, Text], Text]

HEADS: Final = (
    "River", "Harbor", "Other", "Mill", "East", "Stone", "Lake", "Fern", "North", "Salt", "Grey", "High",
    "King", "Wolf", "Dun", "Ash", "Crow", "Elm", "Fox", "Gold", "Holm", "Iron", "Long", "Moss",
)  # fmt: skip
TAILS: Final = (
    "ton", "port", "brook", "gate", "bridge", "side", "hill", "quay", "marsh", "field", "water", "moor",
    "ferry", "pine", "mere", "wick", "ford", "stead", "dale", "combe", "haven", "cliff", "barrow", "holt",
)  # fmt: skip
WHO: Final = (
    "the mayor", "a nurse", "the interior ministry", "two drivers", "a teacher", "the fire brigade",
    "an aid worker", "the regional court", "a shop owner", "the port authority", "several witnesses",
    "a retired miner", "the opposition party", "a railway clerk", "the state broadcaster", "local farmers",
    "a spokesman for the army", "the hospital director", "students", "a bus driver", "the water company",
    "an engineer", "the bishop", "a member of the council", "border guards", "the energy minister",
)  # fmt: skip
VERBS: Final = (
    "told reporters", "wrote in a letter", "confirmed", "denied", "announced", "claimed", "remembered",
    "warned", "insisted", "reported", "explained", "admitted", "repeated", "suggested", "complained",
    "promised", "noted", "estimated", "heard", "argued",
)  # fmt: skip
THINGS: Final = (
    "the bridge", "the northern road", "a school", "the grain store", "the town hall", "a fuel depot",
    "the old market", "the railway yard", "a power line", "the ferry", "an apartment block", "the prison",
    "the television tower", "a column of trucks", "the cathedral", "the airfield", "a pharmacy",
    "the customs house", "the dam", "a bakery", "the stadium", "the post office", "a warehouse", "the mine",
    "the university", "the bus station", "a police post", "the harbour wall", "the archive", "the clinic",
)  # fmt: skip
DEEDS: Final = (
    "was closed", "had been damaged", "burned", "was searched", "reopened", "stood empty", "was blocked",
    "came under fire", "had no electricity", "was surrounded", "had been looted", "was evacuated",
    "collapsed", "was guarded", "ran out of bread", "lost its roof", "was painted over", "had been sold",
    "was flooded", "received the wounded",
)  # fmt: skip
TIMES: Final = (
    "on Monday", "before dawn", "late on Tuesday", "for three days", "in the afternoon", "since the weekend",
    "on Wednesday night", "during the curfew", "an hour later", "by Thursday", "at noon", "after the funeral",
    "within minutes", "on the last day of May", "while it rained", "in spring", "as the talks began",
    "at the end of the week", "all night", "twice",
)  # fmt: skip
REASONS: Final = (
    "because nobody had orders", "although the guards had left", "as prices kept rising",
    "so that families could leave", "when the lights failed", "despite the ceasefire",
    "without giving a reason", "which surprised even neighbours", "and asked for calm",
    "before the soldiers arrived", "as volunteers cleared glass", "while children watched",
    "in spite of the cold", "because the phones were dead", "after a long silence", "and blamed outsiders",
)  # fmt: skip
KINDS: Final = (
    "old", "largest", "half-built", "burnt", "wooden", "nearby", "unfinished", "former", "second", "only",
    "private", "abandoned", "main", "rebuilt", "smaller", "provincial", "walled", "new", "nameless", "empty",
)  # fmt: skip
SYNONYMS: Final = {
    "told": "informed", "reporters": "journalists", "confirmed": "verified", "denied": "rejected",
    "announced": "declared", "claimed": "asserted", "warned": "cautioned", "insisted": "maintained",
    "explained": "clarified", "damaged": "harmed", "closed": "shut", "searched": "combed",
    "blocked": "barred", "burned": "caught fire", "empty": "deserted", "road": "highway",
    "school": "schoolhouse", "bridge": "crossing", "market": "bazaar", "prison": "jail",
    "people": "persons", "killed": "slain", "hurt": "injured", "about": "roughly", "said": "stated",
    "because": "since", "although": "even though", "before": "ahead of", "after": "following",
    "late": "towards the end", "night": "evening", "began": "started", "families": "households",
    "soldiers": "troops", "nobody": "no one", "arrived": "came", "left": "departed", "had": "did have",
    "was": "got", "the": "this", "a": "one", "while": "as", "on": "during", "several": "some",
    "witnesses": "onlookers", "driver": "chauffeur", "hospital": "infirmary", "reopened": "opened again",
}  # fmt: skip


def _name(rng: random.Random) -> str:
    return rng.choice(HEADS) + rng.choice(TAILS)


def _who(rng: random.Random) -> str:
    who = rng.choice(WHO)
    return who if rng.random() < 0.4 else f"{who}, {_name(rng)} {_name(rng)},"


def _thing(rng: random.Random) -> str:
    article, _, noun = rng.choice(THINGS).partition(" ")
    return f"{article} {rng.choice(KINDS)} {noun}"


def _when(rng: random.Random) -> str:
    when = rng.choice(TIMES)
    return when if rng.random() < 0.3 else f"at {rng.randrange(24)}:{rng.randrange(60):02} {when}"


def _why(rng: random.Random) -> str:
    why = rng.choice(REASONS)
    return why if rng.random() < 0.3 else f"{why} in {_name(rng)}"


def sentence(rng: random.Random) -> str:
    """One invented sentence of newswire, of about 25 words."""
    who, verb, thing, other = _who(rng), rng.choice(VERBS), _thing(rng), _thing(rng)
    place, near, number = _name(rng), _name(rng), rng.randrange(3, 900)
    forms = (
        f"{who} in {place} {verb} that {thing} {rng.choice(DEEDS)} {_when(rng)} {_why(rng)}, "
        f"and {other} near {near} {rng.choice(DEEDS)} {_when(rng)}",
        f"about {number} people were hurt {_when(rng)} near {thing} of {place}, {who} {verb}, {_why(rng)}",
        f"{_when(rng)}, {thing} {rng.choice(DEEDS)} {_why(rng)}, {who} from {near} {verb} "
        f"{_when(rng)}, and {number} families went to {place}",
        f"{who} {verb} {_when(rng)} that {number} were killed between {place} and {near} "
        f"{_why(rng)}, where {other} {rng.choice(DEEDS)}",
    )
    text = rng.choice(forms)
    return text[0].upper() + text[1:] + "."


def paragraphs(rng: random.Random, sentences: int) -> Text:
    """`sentences` invented sentences, one to three a paragraph."""
    left, made = sentences, []
    while left:
        size = min(left, rng.randrange(1, 4))
        made.append([sentence(rng) for _ in range(size)])
        left -= size
    return made


def _edited(share: float) -> Worked:
    def edit(rng: random.Random, text: Text) -> Text:
        """Every word is, with this chance, another one, left out, or doubled by a word of another text."""

        def word(one: str) -> str:
            if rng.random() >= share:
                return one
            return rng.choice(
                ("", rng.choice(sentence(rng).split()), f"{one} {rng.choice(VERBS).split()[0]}")
            )

        return [[" ".join(filter(None, map(word, one.split()))) for one in part] for part in text]

    return edit


def _trimmed(share: float) -> Worked:
    def trim(_: random.Random, text: Text) -> Text:
        """The first part of a text, as a desk cuts from the end; the last sentence kept whole."""
        flat = [one for part in text for one in part]
        return [[one] for one in flat[: max(round(len(flat) * share), 1)]]

    return trim


def _reordered(rng: random.Random, text: Text) -> Text:
    return rng.sample(text, len(text))


def _translated(rng: random.Random, text: Text) -> Text:
    """Synonyms, and the clauses of a sentence in another order, as a translation there and back gives."""

    def reworded(one: str) -> str:
        clauses = one.rstrip(".").split(", ")
        clauses = rng.sample(clauses, len(clauses))
        words = ", ".join(clauses).split()
        words = [SYNONYMS.get(word.lower(), word) if rng.random() < 0.8 else word for word in words]
        return " ".join(words) + "."

    return [[reworded(one) for one in part] for part in text]


def _embedded(rng: random.Random, text: Text) -> Text:
    """The first half of a text inside a longer report of one's own."""
    half = text[: (len(text) + 1) // 2]
    own = paragraphs(rng, 20)
    return [*own[:3], *half, *own[3:]]


COPIES: Final[dict[str, Worked]] = {
    "verbatim": lambda _, text: text,
    "trimmed to 50 %": _trimmed(0.5),
    "trimmed to 25 %": _trimmed(0.25),
    "two sentences of it": lambda _, text: [[one for part in text for one in part][:2]],
    "reordered": _reordered,
    "half of it in a longer report": _embedded,
    "10 % of words edited": _edited(0.1),
    "20 % of words edited": _edited(0.2),
    "30 % of words edited": _edited(0.3),
    "translated and back": _translated,
}


@dataclass(frozen=True)
class Made:
    """Texts in order of print; `origin[i]` is the index of the text it copies, or i; `kind[i]` how."""

    texts: list[str]
    origin: list[int]
    kind: list[str]


def make(articles: int, seed: int = 5) -> Made:
    """`articles` texts: six in ten stand alone or are copied, three are copies; of the six, two
    share a long quotation or a paragraph of background with others, and some are long.
    """
    rng = random.Random(seed)  # noqa: S311
    quotes = [" ".join(sentence(rng) for _ in range(3)) for _ in range(max(articles // 50, 4))]
    background = [" ".join(sentence(rng) for _ in range(3)) for _ in range(3)]
    bodies: list[Text] = []
    origin: list[int] = []
    kind: list[str] = []
    names = list(COPIES)
    for index in range(articles):
        sort = index % 10
        if sort >= 7 and bodies:
            name = names[(index // 10 * 3 + sort - 7) % len(names)]
            # an original of the last few hundred: wires are copied while they are news
            source = rng.randrange(max(0, index - 500), index)
            source = origin[source]
            body = COPIES[name](rng, bodies[source])
        else:
            name, source = "alone", index
            body = paragraphs(rng, rng.randrange(80, 120) if index % 50 == 0 else rng.randrange(9, 28))
            if sort == 6:
                name = "quotes"
                body.insert(rng.randrange(len(body)), ['"' + rng.choice(quotes) + '"'])
            elif sort == 5:
                name = "background"
                body.append([rng.choice(background)])
        bodies.append(body)
        origin.append(source)
        kind.append(name)
    return Made(["\n\n".join(" ".join(part) for part in body) for body in bodies], origin, kind)


@dataclass(frozen=True)
class Score:
    """How one way did: found and all copies by kind, right and all pairs in one group."""

    recall: dict[str, float]
    precision: float
    groups: int


def score(made: Made, group: list[int]) -> Score:
    """`group[i]`: the smallest index in the group of text i."""
    found, planted = Counter[str](), Counter[str]()
    for index, (origin, kind) in enumerate(zip(made.origin, made.kind, strict=True)):
        if origin != index:
            planted[kind] += 1
            found[kind] += group[index] == group[origin]
    together: dict[int, Counter[int]] = {}
    for index, name in enumerate(group):
        together.setdefault(name, Counter())[made.origin[index]] += 1
    right = sum(size * (size - 1) // 2 for members in together.values() for size in members.values())
    pairs = sum(members.total() * (members.total() - 1) // 2 for members in together.values())
    recall = {kind: found[kind] / planted[kind] for kind in COPIES if planted[kind]}
    return Score(recall, right / max(pairs, 1), len(together))


def tables(made: Made) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The texts as the tables `articles` (what of it is read) and `furniture`, a text a minute."""
    articles = pl.DataFrame({"text": made.texts}).with_row_index("minute")
    name = pl.format("a{}", pl.col("minute").cast(pl.String).str.zfill(8))
    published = pl.lit(datetime(2023, 1, 1)) + pl.duration(minutes="minute")
    articles = articles.select(
        "text", article_id=name, raw_path=name, published_at=published, event_id=pl.lit("bench"),
        kind=pl.lit("article"),
    )  # fmt: skip
    return articles, FURNITURE.frame()


def exact_join(_: pl.DataFrame, __: pl.DataFrame, runs: pl.DataFrame) -> pl.DataFrame:
    """Rejected: a text with every text that was the first to print a tenth of what is in either."""
    single = runs.explode("runs").unique()
    size = single.group_by("rank").len("size")
    origin = single.group_by("runs").agg(pl.col("rank").min().alias("first"))
    met = single.join(origin, on="runs").filter(pl.col("first") < pl.col("rank"))
    shared = met.group_by("rank", "first").len("shared")
    sized = shared.join(size, on="rank").join(size.select(first="rank", other="size"), on="first")
    enough = pl.col("shared") >= 0.1 * pl.min_horizontal("size", "other")
    return sized.filter(enough).select("rank", "first").sort("rank", "first")


def _sets(runs: pl.DataFrame) -> Iterator[tuple[int, list[int]]]:
    for part in runs.iter_slices(1000):
        yield from part.iter_rows()


def rensa_lsh(_: pl.DataFrame, __: pl.DataFrame, runs: pl.DataFrame) -> pl.DataFrame:
    """Rensa's own index: 64 bands of two slots."""
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=0.1, num_perm=128, num_bands=64)
    pairs = []
    for rank, numbers in _sets(runs):
        (one,) = RMinHash.from_token_sets([[n.to_bytes(8, "big") for n in numbers]], num_perm=128, seed=1)
        pairs += [(rank, first) for first in index.query(one)]
        index.insert(rank, one)
    return _pairs(pairs)


def gaoya_lsh(_: pl.DataFrame, __: pl.DataFrame, runs: pl.DataFrame) -> pl.DataFrame:
    """Gaoya: 64 bands of two slots; it takes strings and cuts them at spaces."""
    from gaoya.minhash import MinHashStringIndex

    index = MinHashStringIndex(32, 0.0, 64, 2, None, "word", False, (1, 1))
    pairs = []
    for rank, numbers in _sets(runs):
        document = " ".join(f"{number:x}" for number in numbers)
        pairs += [(rank, first) for first in index.query(document)]
        index.insert_document(rank, document)
    return _pairs(pairs)


def datasketch_lsh(_: pl.DataFrame, __: pl.DataFrame, runs: pl.DataFrame) -> pl.DataFrame:
    """Datasketch: 64 bands of two slots."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(num_perm=128, params=(64, 2))
    pairs = []
    for rank, numbers in _sets(runs):
        one = MinHash(num_perm=128, seed=1)
        one.update_batch([number.to_bytes(8, "big") for number in numbers])
        pairs += [(rank, first) for first in index.query(one)]
        index.insert(rank, one)
    return _pairs(pairs)


def _pairs(pairs: list[tuple[int, int]]) -> pl.DataFrame:
    return pl.DataFrame(pairs, schema={"rank": pl.UInt32, "first": pl.UInt32}, orient="row").sort(
        "rank", "first"
    )


def slots_only(_: pl.DataFrame, __: pl.DataFrame, runs: pl.DataFrame) -> pl.DataFrame:
    """What the pipeline does without shared sentences: four of 128 slots alike."""
    return candidates.resembling(runs).sort("rank", "first")


WAYS: Final = {
    "exact join": exact_join,
    "datasketch LSH": datasketch_lsh,
    "gaoya LSH": gaoya_lsh,
    "rensa LSH": rensa_lsh,
    "rensa slots": slots_only,
    "rensa slots and sentences": candidates.candidates,
}

_MOST: Final = 8 * 2**30  # bytes of memory: what wants more is stopped and not the machine


def measure(size: int, way: str) -> dict[str, object]:
    """One way at one size, in this process: the candidates differ, what decides about them does not."""
    resource.setrlimit(resource.RLIMIT_DATA, (_MOST, _MOST))
    made = make(size)
    articles, furniture = tables(made)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    copies.candidates = WAYS[way]
    started = time.perf_counter()
    table = copies.copies(articles, furniture)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    first = dict(table.select("article_id", "copy_group").iter_rows())
    group = [int(first.get(name, name)[1:]) for name in articles["article_id"]]
    found = score(made, group)
    return {
        "seconds": seconds,
        "peak": peak - before,
        "precision": found.precision,
        "recall": found.recall,
    }


def labels(folder: Path) -> None:
    """Print pair precision and recall on an event folder whose gold.jsonl names `duplicate_group`s."""
    lines = (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    read = ingest(load(folder))
    table = copies.copies(read.articles, read.furniture).join(read.articles, on="article_id")
    found = dict(table.select("raw_path", "copy_group").iter_rows())
    pairs = [
        (one["duplicate_group"] is not None and one["duplicate_group"] == other["duplicate_group"],
         one["file"] in found and found[one["file"]] == found.get(other["file"]))
        for one, other in itertools.combinations(rows, 2)
    ]  # fmt: skip
    right, printed = pairs.count((True, True)), sum(together for _, together in pairs)
    true = sum(same for same, _ in pairs)
    print(f"{printed} pairs found, {right} right: precision {right / max(printed, 1):.3f}")
    print(f"{true} pairs labelled: recall {right / max(true, 1):.3f}")


def main() -> None:
    """Measure each way at each size in a process of its own and print a table."""
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(int(sys.argv[2]), sys.argv[3])))
        return
    if sys.argv[1:2] == ["--labels"]:
        labels(Path(sys.argv[2]))
        return
    sizes = [int(one) for one in sys.argv[1:] if one.isdecimal()] or [1_000, 10_000, 50_000]
    ways = [one for one in sys.argv[1:] if one in WAYS] or list(WAYS)
    print(f"| articles | candidates by | s | GiB | precision | {' | '.join(COPIES)} |")
    print(f"| ---: | --- | ---: | ---: | ---: |{' ---: |' * len(COPIES)}")
    for size, way in itertools.product(sizes, ways):
        done = subprocess.run(
            [sys.executable, __file__, "--one", str(size), way], capture_output=True, text=True, check=False
        )
        if done.returncode:
            print(
                f"| {size:,} | {way} | stopped: {done.stderr.strip().splitlines()[-1:] or done.returncode} |"
            )
            continue
        one = json.loads(done.stdout)
        recall = " | ".join(f"{one['recall'][kind]:.3f}" for kind in COPIES)
        figures = f"{one['seconds']:.1f} | {one['peak']:.2f} | {one['precision']:.3f}"
        print(f"| {size:,} | {way} | {figures} | {recall} |", flush=True)


if __name__ == "__main__":
    main()
