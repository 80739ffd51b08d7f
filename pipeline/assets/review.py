"""Review: what people decided is applied to what extraction gave."""

from pipeline.assets.extract import extracted
from pipeline.assets.step import Tables, table_asset
from pipeline.events import Event
from pipeline.review.applying import apply
from pipeline.schema import CLAIMS, REVIEWS
from pipeline.versions import REVIEW


@table_asset("review", (CLAIMS, REVIEWS), REVIEW, deps=[extracted], reads=("extracted",))
def claims(_: Event, read: Tables) -> Tables:
    """The claims that are compared: those of extraction, as people accepted, rejected and amended them."""
    found = apply(read["extracted"])
    return {"claims": found.claims, "reviews": found.reviews}
