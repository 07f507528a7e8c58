"""What shows only between rows or tables: references, keys, similar ids, returns. Each check gives offending rows."""

import functools

import ibis

from custlib import schema
from custlib.cleaning import Clean


def checks(clean: Clean, table: schema.Table, alike: dict[str, list[str]]) -> dict[tuple[str, str], ibis.Table]:
    """(rule, column) → the rows of one clean table that break the rule, as an Ibis table with `file` and `line`.

    alike: as `alike_ids` gives them.
    """
    rows = clean.table(table.name)
    broken = {
        ("alike_ids", column): rows.semi_join(ibis.memtable({column: ids}), column)
        for column, ids in alike.items()
        if column in rows.columns and ids
    }
    broken |= _references(clean, table, rows) | _key(table, rows)
    return broken | _returns(clean, rows) if table.name == "sales" else broken


def _references(clean, table, rows):
    """Rows that name a customer, product or consumer that its list lacks; without such a list there are none."""
    checks = {}
    for column, home in schema.HOMES.items():
        if column in rows.columns and home != table.name and clean.has(home):
            named = rows.filter(rows[column].notnull())
            if column == "product_id":
                named = named.filter(~clean.is_fee(named))
            listed = clean.table(home)
            checks[f"unknown_{home.removesuffix('s')}", column] = named.anti_join(listed, column)
    return checks


def alike_ids(clean: Clean) -> dict[str, list[str]]:
    """Column → ids in it that differ from another one by their spelling only (leading zeros, spaces, a .0 behind a
    number, and capitals unless it is a product's: there they tell variants apart), whichever table holds the other."""
    found = {}
    for column in schema.HOMES:
        holders = [clean.table(name).select(column) for name in clean.names if _holds(name, column)]
        if holders:
            ids = functools.reduce(lambda a, b: a.union(b), holders).drop_null(column).distinct()
            ids = ids.mutate(bare=_bare(ids[column] if column == "product_id" else ids[column].upper()))
            alike = ids.group_by("bare").agg(forms=ids.count()).filter(lambda t: t.forms > 1)
            found[column] = sorted(clean.connection.to_pyarrow(ids.semi_join(alike, "bare"))[column].to_pylist())
    return found


def _bare(held):
    number = held.re_search(r"^\d+\.0+\z").ifelse(held.re_replace(r"\.0+\z", ""), held)
    return number.re_replace(r"\s", "").re_replace("^0+", "")


def _holds(name, column):
    return any(own.name == column for own in schema.TABLES[name].columns)


def _key(table, rows):
    """Rows that share a key with a customer in it, as merged customers' may; cleaning has judged all other keys."""
    if "customer_id" not in table.key:
        return {}
    whole = functools.reduce(lambda a, b: a & b, (rows[name].notnull() for name in table.key))
    shared = rows.filter(whole).group_by(table.key).agg(n=lambda t: t.count()).filter(lambda t: t.n > 1)
    return {("key_repeated", ""): rows.semi_join(shared, list(table.key))}


def _returns(clean, rows):
    back = returns(clean)
    of_customer = _of_customers(clean)
    net = of_customer.group_by("customer_id").agg(net=of_customer.net_amount.sum()).filter(lambda t: t.net < 0)
    return {
        ("returns_exceed_sales", "net_amount"): back.semi_join(net, "customer_id"),
        ("unmatched_return", "product_id"): unmatched(clean),
        ("offsetting", "net_amount"): offsetting(clean),
    }


def returns(clean: Clean) -> ibis.Table:
    """Sales lines that take goods or money back."""
    sales = clean.table("sales")
    return sales.filter((sales.quantity < 0) | (sales.net_amount < 0))


def _of_customers(clean):
    sales = clean.table("sales")
    return sales.filter(sales.customer_id.notnull() & ~clean.is_fee(sales))


def unmatched(clean: Clean) -> ibis.Table:
    """Returns of a customer that bought no such product on that day or before; fees and nameless lines are left out."""
    of_customer = _of_customers(clean)
    back = of_customer.filter((of_customer.quantity < 0) | (of_customer.net_amount < 0))
    key = ["customer_id", "product_id"]
    sold = of_customer.filter(of_customer.quantity > 0).semi_join(back, key)
    first = sold.group_by(key).agg(first_sold=sold.date.min())
    joined = back.left_join(first, key)
    never = joined.first_sold.isnull() | (joined.first_sold > joined.date)
    return joined.filter(never).select(*back.columns)


def offsetting(clean: Clean) -> ibis.Table:
    """Sales lines, both sides, that cancel each other: same day, customer (or none), product, quantity and amount."""
    sales = clean.table("sales")
    moved = sales.filter((sales.quantity != 0) & (sales.net_amount != 0))
    moved = moved.select(
        *("file", "sheet", "line", "date", "product_id"),
        who=moved.customer_id.coalesce(""),
        size=moved.quantity.abs(),
        worth=moved.net_amount.abs(),
        back=moved.net_amount < 0,
    )
    same = ["date", "who", "product_id", "size", "worth"]
    back, sold = moved.filter(moved.back), moved.filter(~moved.back)
    # Few lines go back, so only their partners are numbered: the first return takes the first sale, and so on.
    partners = sold.semi_join(back, same)
    pairs = _numbered(back, same).inner_join(_numbered(partners, same), [*same, "number"], rname="{name}_sold")
    place = ["file", "sheet", "line"]
    both = pairs.select(*place).union(pairs.select(**{name: pairs[f"{name}_sold"] for name in place}))
    return sales.semi_join(both, place)


def _numbered(rows, same):
    order = ibis.window(group_by=same, order_by=["file", "sheet", "line"])
    return rows.mutate(number=ibis.row_number().over(order))
