"""The tables of the invented company as exports: columns as systems write them; headers, dirt: `data/exports.toml`."""

import re
from dataclasses import dataclass

import numpy as np

from custlib.quarters import Quarter
from custlib.sample import columns as cols
from custlib.sample import consumers, texts
from custlib.sample.columns import Coded, Money
from custlib.sample.days import of_quarter, stream
from custlib.sample.dealers import Dealers
from custlib.sample.dirt import Wish, plant
from custlib.sample.export_file import Export
from custlib.sample.factors import FACTORS
from custlib.sample.plans import Plans
from custlib.sample.products import CATEGORIES, Products

EXCEL_ROWS = 1_000_000
# A file in which an amount cannot be read has no totals row.
_SALES_WITHOUT_TOTALS = ("2024Q1", "2024Q3")
_SALES_WITH_SUBTOTAL = "2024Q2"
_DIRT = re.compile(r"(?:(?P<count>\d+) )?(?P<kind>\w+)(?: in (?P<column>\w+))?(?: where (?P<where>\w+))?")
# Where dirt may stand, by a word of `data/exports.toml`.
_WHERE = {
    "large": cols.thousands,
    "negative": lambda column: column.units < 0,
    "zero": lambda column: column.units == 0,
    "empty": lambda column: column == "",
    "latin": lambda column: np.array([text[0].isascii() for text in column]),
}


@dataclass(frozen=True)
class Exporter:
    """Makes exports of one company, each with its own stream of dirt."""

    seed: int
    dealers: Dealers
    goods: Products

    def export(self, name: str, columns: dict, extra_dirt=(), harmless=None, part=1, facts=None, **more) -> Export:
        """The export that `data/exports.toml` describes under a name.

        columns: arrays by column; `dealer` and `product` are places in the company's lists, `quarter` in the exported
        quarters. extra_dirt: lines of dirt that come first; harmless: mask of the rows that may lose their amount;
        part: number of the file where one does not hold all rows; facts: what fills the {places}; more: further fields
        of `Export`.
        """
        layout = texts.tree("exports.toml")[name]
        words = {"company": texts.company()["name"], "exported_at": texts.company()["exported_at"]} | (facts or {})
        file = layout["file"].format(**words)
        file = file if part == 1 else f"_{part}.".join(file.split("."))
        coded = self._coded(columns)
        columns = {column: coded[column] for column in layout["headers"]}
        wishes = [
            wish
            for line in [*extra_dirt, *layout.get("dirt", ())]
            for wish in _wishes(line, columns, {"harmless": harmless})
        ]
        return Export(
            file,
            layout.get("table", name),
            columns,
            layout["headers"],
            plant(stream(self.seed, "dirt", file), columns, wishes),
            before=tuple(text.format(**words) for text in layout.get("above", ())),
            encoding=layout.get("encoding", "utf-8-sig"),
            **more,
        )

    def _coded(self, columns):
        lists = {
            "dealer": ("customer_id", self.dealers.ids),
            "product": ("product_id", self.goods.ids),
            "quarter": ("quarter", np.array([str(quarter) for quarter in self.dealers.quarters[1:]], object)),
        }
        pairs = (
            (lists[name][0], Coded(values, lists[name][1])) if name in lists else (name, values)
            for name, values in columns.items()
        )
        return dict(pairs)

    def customers(self) -> Export:
        """The customer list: a floor area that nobody knows is a hyphen."""
        dealers = self.dealers
        columns = {
            "customer_id": dealers.ids,
            "name": dealers.names,
            "store_format": dealers.format,
            "area_type": np.where(dealers.rural, "农村", "城市").astype(object),
            "region": dealers.region,
            "floor_area_m2": dealers.floor_m2,
            "opened_on": dealers.opened,
            "account_manager": dealers.manager,
        }
        return self.export("customers", columns)

    def products(self) -> Export:
        """The list of models."""
        goods = self.goods
        columns = {
            "product_id": goods.ids,
            "name": goods.names,
            "category": Coded(goods.category, np.array(CATEGORIES, object)),
            "list_price": Money(goods.list_fen),
            "launched_on": goods.launched,
        }
        return self.export("products", columns)

    def sales(self, quarter: Quarter, lines: dict) -> Export:
        """One quarter of sales, with totals where every amount can be read."""
        name = str(quarter)
        return self.export(
            "sales_from_2025" if quarter.year >= 2025 else "sales_until_2024",
            lines | {"net_amount": Money(lines["net_fen"]), "cost": Money(lines["cost_fen"])},
            extra_dirt=texts.tree("exports.toml")["sales_losses"].get(name, ()),
            facts={"quarter": name},
            summed=() if name in _SALES_WITHOUT_TOTALS else ("quantity", "net_amount", "cost"),
            subtotal=len(lines["date"]) // 2 if name == _SALES_WITH_SUBTOTAL else None,
        )

    def payments(self, paid: dict, harmless: np.ndarray):
        """Yield payments by year: workbooks in 万元 up to 2024, as many as their rows need, CSV in yuan from 2025.

        harmless: rows whose loss changes no dealer's class; only they lose their amount.
        """
        years = paid["date"].astype("datetime64[Y]").astype(int) + 1970
        for year in np.unique(years).tolist():
            rows = np.flatnonzero(years == year)
            columns = {
                "payment_id": np.array([f"SK{year}{number:06d}" for number in range(1, len(rows) + 1)], object),
                "date": paid["date"][rows],
                "dealer": paid["dealer"][rows],
                "method": np.where(paid["dealer"][rows] % 7 == 0, "承兑汇票", "电汇").astype(object),
            }
            fen, facts = paid["fen"][rows], {"year": year}
            if year >= 2025:
                columns["amount"] = Money(fen)
                yield self.export("payments_from_2025", columns, harmless=harmless[rows], facts=facts)
                continue
            columns["amount"] = Money(fen // 100, 4, 10_000)
            for number, start in enumerate(range(0, len(rows), EXCEL_ROWS), 1):
                piece = {name: cols.part(column, start, start + EXCEL_ROWS) for name, column in columns.items()}
                more = {"facts": facts, "header_rows": 2, "summed": ("amount",)}
                yield self.export("payments_until_2024", piece, part=number, **more)

    def dealer_profit(self, statements: dict):
        """Yield the dealers' profit statements by year, in 万元."""
        for year, rows in self._by_year(statements["quarter"]):
            places = {name: statements[name][rows] for name in ("quarter", "dealer")}
            amounts = {
                name: Money(values[rows], 4, 10_000) for name, values in statements.items() if name not in places
            }
            yield self.export("dealer_profit", places | amounts, facts={"year": year})

    def inventory(self, stock: dict) -> Export:
        """Stock at the dealers at the end of each quarter."""
        ends = np.array([of_quarter(quarter)[-1] for quarter in self.dealers.quarters[1:]])
        return self.export(
            "inventory", stock | {"snapshot_date": ends[stock["quarter"]], "received_on": stock["received"]}
        )

    def consumers(self, people: dict) -> Export:
        """The user files."""
        ids = consumers.ids(len(people["segment"]))
        return self.export("consumers", people | {"consumer_id": ids, "registered_on": people["registered"]})

    def purchases(self, bought: dict, count: int) -> Export:
        """What the consumers, `count` of them, bought, with the discount given."""
        columns = {
            "purchase_id": np.arange(1, len(bought["date"]) + 1) + 900_000_000,
            "consumer_id": Coded(bought["consumer"], consumers.ids(count)),
            "paid_amount": Money(bought["paid_fen"]),
            "discount_amount": Money(bought["off_fen"]),
        }
        return self.export("purchases", bought | columns)

    def factor_scores(self, scores: np.ndarray):
        """Yield scores by year, a line per active dealer, quarter and factor. scores: dealers × quarters × factors."""
        factors = np.array([factor.id for factor in FACTORS], object)
        quarters, dealers = np.nonzero(self.dealers.active[:, 1:].T)
        for year, rows in self._by_year(quarters):
            quarter, dealer = quarters[rows], dealers[rows]
            columns = {
                "quarter": np.repeat(quarter, len(factors)),
                "dealer": np.repeat(dealer, len(factors)),
                "factor_id": Coded(np.tile(np.arange(len(factors)), len(dealer)), factors),
                "score": scores[dealer, quarter].ravel(),
            }
            yield self.export("factor_scores", columns, facts={"year": year})

    def pairwise(self, judgements: list) -> Export:
        """The experts' judgements."""
        names = ("expert", "parent_id", "factor_a", "factor_b", "ratio")
        columns = dict(zip(names, (np.array(values, object) for values in zip(*judgements, strict=True)), strict=True))
        return self.export("pairwise", columns | {"ratio": columns["ratio"].astype(float)})

    def visits(self, visits: dict) -> Export:
        """The visit log."""
        return self.export("visits", visits | {"account_manager": self.dealers.manager[visits["dealer"]]})

    def plans(self, planned: Plans):
        """Yield the lines of the yearly plans by year, what was checked of them, and what was corrected."""
        for year, lines in planned.lines.items():
            yield self.export("plans", lines, facts={"year": year})
        yield self.export("plan_checks", planned.checks)
        yield planned.changes

    def presales_kpi(self, figures: dict) -> Export:
        """The figures of the pre-sales colleagues."""
        return self.export("presales_kpi", figures | {"value": Money(figures["tenths"], 1)})

    def _by_year(self, quarters):
        """Each year with the rows of its quarters (places among the exported quarters)."""
        years = np.array([quarter.year for quarter in self.dealers.quarters[1:]])[quarters]
        return [(year, np.flatnonzero(years == year)) for year in np.unique(years).tolist()]


def _wishes(line, columns, masks):
    """A line of dirt as Wishes; `dates` and `amounts` stand for several kinds."""
    count, kind, column, where = _DIRT.fullmatch(line).groups()
    if kind in (several := texts.tree("exports.toml")["dirt"]):
        return [wish for each in several[kind] for wish in _wishes(_with(each, count, column), columns, masks)]
    rows = masks[where] if where in masks else where and _WHERE[where](columns[column])
    return [Wish(kind, column or "", int(count), rows)]


def _with(kind, count, column):
    """`thousands where large` → `2 thousands in amount where large`."""
    name, *where = kind.split(" ", 1)
    return " ".join([f"{count} {name} in {column}", *where])
