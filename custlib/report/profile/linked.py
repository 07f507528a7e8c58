"""Links from the names of customers to their pages, put into a finished page: no notebook knows who has one."""

import html
import re

from custlib.escaping import escape, visible

_ROW = re.compile(
    r"""<(?P<tag>tr|li)\b[^>]*?\bdata-key=(?P<key>"[^"]*"|'[^']*')[^>]*>(?P<inside>.*?)</(?P=tag)>""", re.DOTALL
)
_CELL = re.compile(r"(<(td|strong)\b[^>]*>)([^<]+)(</\2>)")


def link(page: str, addresses: dict[str, str], names: dict[str, str]) -> str:
    """The page with a link around each name of a customer that has a page of its own.

    In a row of a table or list that is about one customer (`data-key`), the first text that is its name, or else its
    id. addresses: customer → address of its page; names: customer → name.
    """

    def row(found):
        customer = html.unescape(found["key"][1:-1])
        address = known.get(customer)
        if address is None:
            return found[0]
        texts = [html.unescape(text).strip() for _, _, text, _ in _CELL.findall(found["inside"])]
        name = next((one for one in (shown.get(customer), customer) if one and one in texts), None)
        return found[0] if name is None else found[0].replace(found["inside"], _led(found["inside"], name, address), 1)

    known = {visible(customer): address for customer, address in addresses.items()}
    shown = {visible(customer): visible(names.get(customer, "")).strip() for customer in addresses}
    return _ROW.sub(row, page) if known else page


def _led(inside, name, address):
    left = [True]

    def cell(found):
        if not left or html.unescape(found[3]).strip() != name:
            return found[0]
        left.clear()
        return f'{found[1]}<a href="{escape(address)}">{found[3]}</a>{found[4]}'

    return _CELL.sub(cell, inside)
