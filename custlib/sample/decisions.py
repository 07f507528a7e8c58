"""What the people of the invented company decided: key accounts, strategic customers, and classes that they overrule."""

import numpy as np

from custlib.sample.files import Export

_ON = ("2025-03-28", "2025-09-26", "2025-06-27", "2025-09-26", "2025-09-26", "2025-11-21")


def key_accounts(dealers, paid_fen, letters):
    """`key_accounts.csv`: the three that pay most and the best B are key accounts, the first of them is strategic too, and so is the
    one won last of all others.

    paid_fen, letters: dealers × exported quarters.
    """
    best = _best(dealers, paid_fen, letters)
    a, b = best["A"], best["B"]
    lines = [
        (a[0], "key_account", "全国统一谈判，占回款比重大"),
        (a[0], "strategic", "共建区域仓，三年协议"),
        (a[1], "key_account", "区域旗舰店，竞品紧盯"),
        (a[2], "key_account", "年度协议客户"),
        (b[0], "key_account", "新开三家门店，按大客户投入"),
        (_newest(dealers, [*a[:3], b[0]]), "strategic", "进入空白市场的首家客户"),
    ]
    dealer, kind, why = zip(*lines, strict=True)
    return _export("key_accounts.csv", dealers, dealer, {"kind": kind}, _ON, why)


def overrides(dealers, paid_fen, letters):
    """`overrides.csv`: a class that agrees with the payments, one that differs and holds, and one that has run out.

    The one that differs lowers the stuffed dealer, the one that has run out lifted a B.
    """
    best = _best(dealers, paid_fen, letters)
    dealer = (best["A"][0], dealers.stuffed, best["B"][1])
    why = ("年度协议约定按 A 类服务", "库存积压，消化前按 C 类管理，不再压货", "开业扶持期按 A 类投入")
    decided = {"class": ("A", "C", "A"), "until": _days("2026-12-31", "2026-06-30", "2025-06-30")}
    return _export("overrides.csv", dealers, dealer, decided, ("2025-12-19", "2025-12-26", "2024-12-20"), why)


def _best(dealers, paid_fen, letters):
    """Letter → the dealers that have it in the last quarter, those that pay most first; who moves or is stuffed comes last."""
    fated = np.isin(np.arange(len(dealers.ids)), [dealers.stuffed, *dealers.movers])
    order = np.lexsort((-paid_fen[:, -1], fated))
    return {letter: order[letters[order, -1] == letter] for letter in "AB"}


def _newest(dealers, but):
    trades = dealers.last == dealers.last.max()
    trades[but] = False
    return int(np.argmax(np.where(trades, dealers.first, -1)))


def _export(file, dealers, dealer, decided, on, why):
    dealer = list(dealer)
    columns = {"customer_id": dealers.ids[dealer]}
    columns |= {name: values if name == "until" else np.array(values, object) for name, values in decided.items()}
    columns |= {"who": dealers.manager[dealer], "on": _days(*on), "why": np.array(why, object)}
    return Export(f"reference/{file}", file.removesuffix(".csv"), columns, {name: name for name in columns})


def _days(*texts):
    return np.array(texts, "datetime64[D]")
