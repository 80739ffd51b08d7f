"""Review: what people decided is applied to what extraction gave."""

import dagster as dg

from pipeline.actors import actors
from pipeline.assets.describe import event_asset
from pipeline.assets.extract import extracted
from pipeline.assets.ingest import articles
from pipeline.assets.step import Result, Step, compared
from pipeline.assets.workspace import Workspace
from pipeline.review.applying import apply
from pipeline.review.reading import read
from pipeline.schema import CLAIMS, REVIEWS
from pipeline.versions import REVIEW


@event_asset("review", CLAIMS, maker=REVIEW, deps=[articles, extracted])
def claims(context: dg.AssetExecutionContext, workspace: dg.ResourceParam[Workspace]) -> Result:
    """The claims that are compared: those of extraction, as people accepted, rejected and amended them."""
    event = workspace.event(context.partition_key)
    decided = read(event.root, event.reviews)
    step = Step.begin(context, workspace, REVIEW, (articles, extracted), decided, compared(event))
    with workspace.progress.stage(step.stage, 1) as on_done:
        if step.is_done:
            result = step.unchanged(CLAIMS.name, REVIEWS.name)
        else:
            before = step.warehouse.read(event.event_id, "extracted", "articles")
            found = apply(before["extracted"], before["articles"], decided, event, actors(event))
            tables = {"claims": found.claims, "reviews": found.reviews, "problems": found.problems}
            result = step.finish(tables, problems_of="review")
        on_done()
    return result
