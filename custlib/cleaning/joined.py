"""What a row of sales takes from another file: the day and the customer of its head, the price of its product."""

import ibis

from custlib import schema
from custlib.cleaning.judging import REASON
from custlib.cleaning.numbers import EXACT
from custlib.reading.headers import LIST_PRICE

NUMBER, HEADS = "invoice_id", schema.TABLES["sales_heads"]


def with_heads(lines: ibis.Table, heads: ibis.Table | None, lacking: list[str]) -> ibis.Table:
    """Typed lines of sales with what their heads say; one whose head there is not gets the reason `no_head`.

    heads: judged rows of the table `sales_heads`, or None; lacking: the columns that the lines do not have.
    """
    if heads is None:
        lost = lines[NUMBER].notnull().ifelse("no_head", ibis.null("string"))
        return lines.mutate(**{f"{NUMBER}__reason": lines[f"{NUMBER}__reason"].coalesce(lost)})
    sound = heads.filter(heads[REASON].isnull())
    # Without the key that `sources.toml` may take from it, a number may stand twice: then no head is the right one.
    once = sound.group_by(NUMBER).agg(
        row__heads=sound.count(), **{f"{name}__head": sound[name].max() for name in lacking}
    )
    once = once.rename(row__number=NUMBER)
    joined = lines.left_join(once, lines[NUMBER] == once.row__number)
    found = joined.row__heads == 1
    lost = (joined[NUMBER].notnull() & ~found.coalesce(False)).ifelse("no_head", ibis.null("string"))
    taken = {name: found.ifelse(joined[f"{name}__head"], ibis.null(joined[name].type())) for name in lacking}
    judged = taken | {f"{NUMBER}__reason": joined[f"{NUMBER}__reason"].coalesce(lost)}
    return joined.mutate(**judged).select(*lines.columns)


def with_prices(rows: ibis.Table, products: ibis.Table) -> ibis.Table:
    """Typed rows of sales with `products.list_price__exact`, yuan a piece: the price in the list of products, null for
    a product that it does not hold, or holds at two prices. products: judged rows of that table."""
    sound = products.filter(products[REASON].isnull())
    prices = sound.group_by("product_id").agg(low=sound.list_price.min(), high=sound.list_price.max())
    prices = prices.filter(prices.low == prices.high).select(row__product="product_id", row__price=prices.low)
    joined = rows.left_join(prices, rows.product_id == prices.row__product)
    return joined.mutate(**{f"{LIST_PRICE}__exact": joined.row__price.cast(EXACT)}).drop("row__product", "row__price")
