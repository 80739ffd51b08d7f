"""Evidence groups, statements in time, pairs and spread as an analyst would write them in pandas.

    python pandas_rival.py CLAIMS.parquet ARTICLES.parquet TOLERANCE [FOLDER]

The rules are those of pipeline/compare (evidence.py, wording.py, series.py, pairs.py), without copies and
later versions of articles, of which the made-up claims have none, without the words that show a link, and
without hashed names: less work than ours. The code is what pandas' documentation teaches: the columns needed,
groupby, ngroup, merge, merge_asof, sort_values and drop_duplicates by the columns that a rule names, no loop
over rows, and none of the ways round by which our own code is faster. Prints the seconds of the clock and of
the processor as JSON, and writes what came out to FOLDER.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import time
import tomllib
from pathlib import Path

import numpy as np
import pandas as pd

MOST = 12 * 2**30  # bytes of memory: what wants more is stopped and not the machine
BOOKS = Path(__file__).parents[1] / "pipeline" / "codebooks"
LINKS = ("same statement", "same wire", "same article", "other words")
FACT = ["metric", "population", "incident", "scope"]
READ = [
    "claim_id", "event_id", "article_id", "quote", "metric", "value", "low", "high", "modifier", "vague_word",
    "population", "place_text", "place_id", "as_of_end", "said_on", "scope", "incident", "attribution",
    "actor_id", "stance",
]  # fmt: skip
LOOSE = ("about", "more_than", "at_least", "up_to")


def numbered(frame: pd.DataFrame, keys: list[str]) -> pd.Series:
    """The number of the group that agrees in `keys`, nulls with nulls."""
    return frame.groupby(keys, dropna=False, sort=False).ngroup()


def dated(claims: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Claims in the order of their ids with number, place, source and days."""
    about = articles[["article_id", "outlet", "wire", "raw_path", "published_at"]]
    frame = claims[READ].merge(about, on="article_id", how="left")
    frame["number"] = frame["value"].fillna(frame["low"]).fillna(frame["high"])
    frame["place"] = frame["place_id"].fillna(frame["place_text"].str.lower())
    frame["source"] = frame["actor_id"].fillna(frame["attribution"].str.lower())
    frame["published_on"] = frame["published_at"].dt.normalize()
    frame["stated_on"] = frame["said_on"].fillna(frame["published_on"])
    frame = frame.sort_values("claim_id", ignore_index=True)
    frame["row"] = frame.index
    return frame


def evidence(frame: pd.DataFrame, tolerance: float) -> pd.DataFrame:
    """`link`, `group` and `originator` of each claim."""
    figure = ["metric", "number", "vague_word"]
    frame["told"] = numbered(frame, ["article_id", *figure])
    frame["what"] = numbered(frame, [*figure, "population", "place", "incident"])
    sources = frame.groupby("told", sort=False)["source"].transform("nunique")
    frame["same article"] = frame["told"].where(sources <= 1)
    for needed, link in (("wire", "same wire"), ("source", "same statement")):
        frame[link] = within_window(frame, needed)
    frame["other words"] = other_words(frame, tolerance)
    frame["link"] = "own"
    for link in reversed(LINKS):
        size = frame.groupby(link, sort=False)["row"].transform("size")
        frame[link] = frame[link].where(size > 1)
        frame["link"] = frame["link"].where(frame[link].isna(), link)
    frame["group"] = components(frame)
    frame["originator"] = originators(frame)
    return frame


def within_window(frame: pd.DataFrame, needed: str) -> pd.Series:
    """The number of each run of claims that agree and lie two days apart at most."""
    own = frame.loc[frame[needed].notna(), [needed, "what", "stated_on"]]
    own["what"] = numbered(own, [needed, "what"])
    own = own.sort_values(["what", "stated_on"])
    begins = (own["what"] != own["what"].shift()) | (own["stated_on"].diff().dt.days > 2)
    return begins.cumsum()


def other_words(frame: pd.DataFrame, tolerance: float) -> pd.Series:
    """The row of the exact claim that a claim says again in other words; that claim names itself."""
    named = frame[frame["source"].notna() & frame["number"].notna() & frame["stated_on"].notna()]
    keys = ["source", "place", *FACT]
    exact = named.loc[named["modifier"] == "exact", [*keys, "stated_on", "number", "row"]]
    exact = exact.rename(columns={"number": "said", "row": "again"})
    loose = named.loc[named["modifier"].isin(LOOSE), [*keys, "stated_on", "number", "row", "modifier"]]
    both = loose.merge(exact, on=keys, suffixes=("", "_exact"))
    both = both[(both["stated_on"] - both["stated_on_exact"]).dt.days.abs() <= 2]
    by_source = nearest(both, tolerance)

    unnamed = frame[frame["source"].isna()]
    loose = unnamed[unnamed["modifier"].isin(LOOSE)]
    by_article = nearest(with_figures(loose, frame, ["article_id", "metric", "population"]), tolerance)

    vague = tomllib.loads((BOOKS / "acled.toml").read_text("utf-8"))["vague"]
    words = unnamed[unnamed["modifier"] == "vague"]
    words = words.assign(least=words["vague_word"].map(vague))
    meant = with_figures(words, frame, ["article_id", *FACT])
    meant = meant[(meant["least"] <= meant["said"]) & (meant["said"] < meant["least"] * 100)]
    one = meant[meant.groupby("row")["said"].transform("nunique") == 1]
    one = one.sort_values("again").drop_duplicates("row")[["row", "again"]]

    found = pd.concat([by_source, by_article, one]).drop_duplicates("row").set_index("row")["again"]
    return pd.concat([found, pd.Series(found.unique(), index=found.unique())])


def with_figures(words: pd.DataFrame, frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Each of `words` with the exact figures that agree in `keys` and do not name another place."""
    figures = frame.loc[frame["modifier"] == "exact", [*keys, "number", "place", "row"]]
    figures = figures.rename(columns={"number": "said", "place": "there", "row": "again"})
    both = words.merge(figures, on=keys)
    return both[both["place"].isna() | both["there"].isna() | (both["place"] == both["there"])]


def nearest(pairs: pd.DataFrame, tolerance: float) -> pd.DataFrame:
    """Of each row the nearest exact figure that its words do not exclude."""
    off = (pairs["number"] - pairs["said"]).abs()
    above = pairs["modifier"].isin(["more_than", "at_least"]) & (pairs["said"] < pairs["number"])
    below = (pairs["modifier"] == "up_to") & (pairs["said"] > pairs["number"])
    kept = pairs.assign(off=off)[(off <= pairs["said"] * tolerance) & ~above & ~below]
    return kept.sort_values(["off", "again"]).drop_duplicates("row")[["row", "again"]]


def components(frame: pd.DataFrame) -> pd.Series:
    """The first row that the links reach, passed on until nothing changes."""
    linked = frame.loc[frame["link"] != "own", [*LINKS, "row"]]
    group = linked["row"]
    while True:
        passed = group
        for link in LINKS:
            smallest = passed.groupby(linked[link], sort=False).transform("min")
            passed = smallest.where(linked[link].notna(), passed)
        if passed.equals(group):
            return group.reindex(frame.index).fillna(frame["row"])
        group = passed


def originators(frame: pd.DataFrame) -> pd.Series:
    """Who most claims of a group name: actor, else words, else wire; else who printed it first."""
    names = {f"actor-{n}": f"Ministry {n}" for n in range(20)}
    own = pd.DataFrame(
        {
            "group": frame["group"],
            "published_on": frame["published_on"],
            "actor": frame["actor_id"].map(names).fillna(frame["actor_id"]),
            "words": frame["attribution"],
            "wire": frame["wire"],
            "printed": frame["outlet"].fillna(frame["raw_path"]),
        }
    )
    said = own["actor"].fillna(own["words"]).fillna(own["wire"]).fillna(own["printed"])
    several = own[own.groupby("group", sort=False)["group"].transform("size") > 1]
    found = several.sort_values(["published_on", "printed"]).drop_duplicates("group")
    found = found.set_index("group")["printed"]
    for column in ("wire", "words", "actor"):
        counted = several.dropna(subset=column).groupby(["group", column]).size().rename("size").reset_index()
        counted = counted.sort_values(["size", column], ascending=[False, True]).drop_duplicates("group")
        found = counted.set_index("group")[column].reindex(found.index).fillna(found)
    return frame["group"].map(found).fillna(said)


def statements(frame: pd.DataFrame) -> pd.DataFrame:
    """`series` of each claim, and `status`, `stood_until`, `ended_by` and `revised`."""
    frame["place"] = frame["place_text"].fillna("Riverland")
    particular = (frame["population"] != "all") | (frame["place"] != "Riverland")
    frame["scope"] = frame["scope"].where(~((frame["scope"] == "subset") & particular), "cumulative")
    frame["definition"] = defined(frame)
    question = ["event_id", "metric", "population", "place", "scope", "definition", "incident"]
    frame["series"] = numbered(frame, question)
    frame["chain"] = numbered(frame, ["series", "originator"])
    frame = succeeded(withdrawn(frame))
    not_fact = frame["stance"].isin(["hypothetical", "denied", "hedged"])
    ends = frame["withdrawn_on"].notna()
    followed = frame["succeeded_on"].notna() | (frame["stance"] == "superseded")
    states = ["not stated as fact", "withdrawn", "superseded"]
    frame["status"] = np.select([not_fact, ends, followed], states, "standing")
    for name, end in (("stood_until", "on"), ("ended_by", "by")):
        ended = frame[f"withdrawn_{end}"].where(ends, frame[f"succeeded_{end}"])
        frame[name] = ended.where(~not_fact)
    later = ~not_fact & ~ends
    up, down = frame["succeeded_number"] > frame["number"], frame["succeeded_number"] < frame["number"]
    frame["revised"] = np.select([later & up, later & down], ["up", "down"], "")
    return frame


def defined(frame: pd.DataFrame) -> pd.Series:
    """What else a metric counts by the words of a claim."""
    name = pd.Series(np.nan, index=frame.index, dtype="str")
    for row in reversed(tomllib.loads((BOOKS / "definitions.toml").read_text("utf-8"))["definition"]):
        words = "|".join(
            re.escape(word) for word in sorted(row["words"], key=lambda word: (-len(word), word))
        )
        metric = frame["metric"] == row["metric"]
        told = metric & frame["quote"].str.contains(rf"\b(?:{words})\b", case=False)
        name = name.where(~told, row["name"])
    return name


def withdrawn(frame: pd.DataFrame) -> pd.DataFrame:
    """The first report, within 60 days, that the same figure of the series was withdrawn."""
    reports = frame[(frame["stance"] == "retracted") & frame["number"].notna()]
    reports = reports.sort_values(["published_on", "claim_id"]).drop_duplicates(["series", "number"])
    reports = reports[["series", "number", "published_on", "claim_id"]]
    reports = reports.rename(columns={"published_on": "withdrawn_on", "claim_id": "withdrawn_by"})
    frame = frame.merge(reports, on=["series", "number"], how="left")
    near = (frame["stated_on"] - frame["withdrawn_on"]).dt.days.abs() <= 60
    frame["withdrawn_on"] = frame["withdrawn_on"].where(near)
    frame["withdrawn_by"] = frame["withdrawn_by"].where(near)
    return frame


def succeeded(frame: pd.DataFrame) -> pd.DataFrame:
    """The next statement of its originator of another number and a later day."""
    told = frame.loc[
        frame["stated_on"].notna(), ["row", "chain", "stated_on", "number", "stance", "claim_id"]
    ]
    steps = told[(told["stance"] == "asserted") & told["number"].notna()]
    steps = steps.sort_values(["chain", "stated_on", "number", "row"])
    steps = steps.drop_duplicates(["chain", "stated_on"], keep="last")
    steps = steps[steps["number"] != steps.groupby("chain", sort=False)["number"].shift()]
    names = {"number": "succeeded_number", "claim_id": "succeeded_by"}
    steps = steps[["chain", "stated_on", "number", "claim_id"]].rename(columns=names)
    steps["succeeded_on"] = steps["stated_on"]
    then = ["succeeded_on", "succeeded_by", "succeeded_number"]
    following = steps.groupby("chain", sort=False)[then].shift(-1).add_suffix("_next")
    steps = steps.join(following).sort_values("stated_on")
    found = pd.merge_asof(
        told[["row", "chain", "stated_on", "number"]].sort_values(["stated_on", "row"]),
        steps,
        on="stated_on",
        by="chain",
        direction="forward",
        allow_exact_matches=False,
    )
    again = found["succeeded_number"] == found["number"]
    for name in then:
        found[name] = found[f"{name}_next"].where(again, found[name])
    return frame.merge(found[["row", *then]], on="row", how="left")


def spread(frame: pd.DataFrame) -> pd.DataFrame:
    """`disagreement` and `discrepancy` of the first figures of each article on a question."""
    first = frame[frame["stance"] == "asserted"].drop_duplicates(["series", "article_id"])
    counted = first.dropna(subset="number").groupby(["series", "number"]).size()
    by = counted.groupby("series")
    return pd.DataFrame({"disagreement": 1 - by.max() / by.sum(), "discrepancy": by.size() - 1})


def pairs(frame: pd.DataFrame, tolerance: float) -> pd.DataFrame:
    """`relation` of the first claim of each group to its neighbours in time."""
    firsts = frame[frame["stance"] == "asserted"]
    firsts = firsts.assign(holds_on=firsts["as_of_end"].fillna(firsts["stated_on"]))
    firsts = firsts.sort_values(["holds_on", "row"]).drop_duplicates(["series", "group"])
    firsts["step"] = firsts.groupby("series")["holds_on"].rank("dense")
    about = firsts["modifier"] == "about"
    low = firsts["low"] + (firsts["modifier"] == "more_than")
    high = firsts["high"] - (firsts["modifier"] == "less_than")
    firsts["low"] = np.floor(firsts["value"] * (1 - tolerance)).where(about, low) if tolerance else low
    firsts["high"] = np.ceil(firsts["value"] * (1 + tolerance)).where(about, high) if tolerance else high
    firsts = firsts[["series", "step", "row", "claim_id", "group", "holds_on", "modifier", "low", "high"]]
    same_day = firsts.merge(firsts, on=["series", "step"], suffixes=("_a", "_b"))
    same_day = same_day[same_day["group_a"] < same_day["group_b"]]
    last = firsts.sort_values("row").drop_duplicates(["series", "step"], keep="last")
    last = last.assign(step=last["step"] + 1)
    both = pd.concat([same_day, firsts.merge(last, on=["series", "step"], suffixes=("_a", "_b"))])
    vague = (both["modifier_a"] == "vague") | (both["modifier_b"] == "vague")
    about = (both["modifier_a"] == "about") | (both["modifier_b"] == "about")
    apart = (both["high_a"] < both["low_b"]) | (both["high_b"] < both["low_a"])
    cases = [both["holds_on_a"] != both["holds_on_b"], vague, about & (tolerance == 0), apart]
    names = ["different question", "compatible", "compatible", "conflict"]
    both["relation"] = np.select(cases, names, "compatible")
    return both[["claim_id_a", "claim_id_b", "relation"]]


def main(claims: Path, articles: Path, tolerance: float, folder: Path | None = None) -> None:
    """Read, measure and write."""
    resource.setrlimit(resource.RLIMIT_DATA, (MOST, MOST))
    given, printed = pd.read_parquet(claims), pd.read_parquet(articles)
    for column in ("said_on", "as_of_start", "as_of_end"):
        given[column] = pd.to_datetime(given[column])
    wall, processor = time.perf_counter(), time.process_time()
    frame = evidence(dated(given, printed), tolerance)
    frame = statements(frame)
    spreads, compared = spread(frame), pairs(frame, tolerance)
    told = {"wall": time.perf_counter() - wall, "processor": time.process_time() - processor}
    if folder:
        ids = frame["claim_id"]
        frame["group_id"] = ids.to_numpy()[frame["group"].astype(int)]
        frame.join(spreads, on="series").to_parquet(folder / "claims.parquet")
        compared.to_parquet(folder / "pairs.parquet")
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]), *map(Path, sys.argv[4:]))
