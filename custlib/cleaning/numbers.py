r"""Text → amounts, prices, numbers and whole numbers: closed lists of forms, exact in decimal."""

import re

import ibis

from custlib.cleaning.cell_text import Judged, Part, unless

# Money before it is rounded. Twelve digits before the point are a trillion yuan: more is damage. Eighteen after it hold
# what Excel computes; digits beyond are cut off, which can never carry an amount over half a cent, as rounding them
# first could.
EXACT = "decimal(38,18)"
_READ = "decimal(30,18)"
_SIZE, _SIZE_WAN = r"^\d{0,12}(?:\.|\z)", r"^\d{0,8}(?:\.|\z)"
_SYMBOLS = {"CNY": "¥|RMB", "JPY": "¥", "GBP": "£", "USD": r"\$", "EUR": "€"}
_WHOLE_PART = {".": r"(?:\d{1,3}(?:,\d{3})+|\d+)", ",": r"(?:\d{1,3}(?:\.\d{3})+|\d{1,3}(?: \d{3})+|\d+)"}
_POINT = {".": r"\.", ",": ","}
_DECIMAL_COMMA = r"^-?\d{1,3}(?:[. ]?\d{3})*,\d{1,2}\z"
_WIDE_DIGIT = r"[\x{FF10}-\x{FF19}]"
# Minus written otherwise than by a hyphen at the very front; 红字, red ink, is the accountant's minus.
_SIGN_FORM = r"\(|.-|红字"
_WIDE_MINUS = r"[\x{2212}\x{FF0D}]"
_RATIO = r"^\d{1,2} ?[/:] ?[1-9]\d?\z"
_SURPLUS_DIGITS = r"\.\d{6}\d*[1-9]"


def amount_parts(plain: ibis.Value, form) -> dict[str, ibis.Value]:
    """What the judgement of an amount or a price needs: digits, negative, fits, unit."""
    sign = f"(?:(?:{_SYMBOLS.get(form.currency, re.escape(form.currency))}|{re.escape(form.currency)}) ?)"
    wan = form.currency == "CNY"
    unit = ibis.cases((plain.contains("万"), 10_000), (plain.contains("元"), 1), else_=form.unit)
    parts = _parts(plain, form, sign, "(?: ?(?:万元|万|元))?" if wan else "")
    small = parts["digits"].re_search(_SIZE)
    return parts | {
        "fits": parts["fits"] & (small & ((unit == 1) | parts["digits"].re_search(_SIZE_WAN)) if wan else small),
        "unit": unit.cast("decimal(5,0)"),
    }


def number_parts(plain: ibis.Value, form) -> dict[str, ibis.Value]:
    """What the judgement of a number needs: digits, negative, fits."""
    parts = _parts(plain, form, "", "")
    return parts | {"fits": parts["fits"] & parts["digits"].re_search(_SIZE)}


def _parts(plain, form, sign, unit):
    whole, point = _WHOLE_PART[form.decimal], _POINT[form.decimal]
    digits = plain.re_extract(rf"{whole}(?:{point}\d{{1,18}})?|{point}\d{{1,18}}", 0)
    if form.decimal == ",":
        digits = digits.re_replace(r"[. ]", "").replace(",", ".")
    else:
        digits = digits.replace(",", "")
    bare = rf"(?:{whole}(?:{point}\d+)?|{point}\d+){unit}"
    front = f"{sign}?" if sign else ""
    body = front + bare
    signed = [
        rf"\({body}\)",
        rf"-{body}",
        rf"{body}-",
        rf"红字 ?{body}",
        rf"\(红字\) ?{body}",
        rf"{body} ?(?:红字|\(红字\))",
    ]
    if sign:
        signed += [rf"{sign}-{bare}", rf"{sign}\({bare}\)"]
    negative = plain.re_search(rf"^(?:{'|'.join(signed)})\z")
    return {"digits": digits, "negative": negative, "fits": negative | plain.re_search(rf"^\+?{body}\z")}


def _read(part, kind):
    size = part("fits").ifelse(part("digits"), ibis.null("string")).cast(kind)
    return part("negative").ifelse(-size, size)


def amount(raw: ibis.Value, plain: ibis.Value, part: Part, form) -> Judged:
    """Money in yuan with two decimals, half a cent away from zero; the exact amount beside it."""
    exact = (_read(part, _READ) * part("unit")).cast(EXACT)
    value = exact.round(2).cast("decimal(18,2)")
    return Judged(
        value, _unfit(plain, part, form), _rule(raw, plain, form, value.cast(EXACT) != exact, part("unit")), exact
    )


def price(raw: ibis.Value, plain: ibis.Value, part: Part, form) -> Judged:
    """Money a piece in yuan, six decimals."""
    exact = (_read(part, _READ) * part("unit")).cast(EXACT)
    value = exact.round(6).cast("decimal(22,6)")
    return Judged(value, _unfit(plain, part, form), _rule(raw, plain, form, value.cast(EXACT) != exact, part("unit")))


def number(raw: ibis.Value, plain: ibis.Value, part: Part, form) -> Judged:
    """A number with six decimals."""
    rounded = part("digits").re_search(_SURPLUS_DIGITS)
    return Judged(
        _read(part, "decimal(18,6)"), _unfit(plain, part, form, "not_a_number"), _rule(raw, plain, form, rounded)
    )


def ratio(raw: ibis.Value, plain: ibis.Value, part: Part, form) -> Judged:
    """A number with six decimals that may be written as a ratio of two whole ones: 1/3, 1:3."""
    judged = number(raw, plain, part, form)
    is_ratio = plain.re_search(_RATIO)
    text = is_ratio.ifelse(plain, ibis.null("string"))
    above, below = (text.re_extract(end, 0).cast("float64") for end in (r"^\d+", r"\d+\z"))
    value = (above / below).round(6).cast("decimal(18,6)")
    return Judged(
        is_ratio.ifelse(value, judged.value),
        is_ratio.ifelse(ibis.null("string"), judged.reason),
        is_ratio.ifelse("ratio_form", judged.rule),
    )


def whole(raw: ibis.Value, plain: ibis.Value, part: Part, form) -> Judged:
    """A whole number; a tail of zeros after the point is none."""
    fits = plain.re_search(rf"^-?\d{{1,15}}(?:{_POINT[form.decimal]}0+)?\z")
    value = fits.ifelse(plain.re_extract(r"^-?\d+", 0), ibis.null("string")).cast("int64")
    return Judged(value, unless(fits, ibis.literal("not_a_number")), _rule(raw, plain, form))


def _unfit(plain, part, form, reason="not_an_amount"):
    if form.decimal == ",":
        return unless(part("fits"), ibis.literal(reason))
    return unless(part("fits"), plain.re_search(_DECIMAL_COMMA).ifelse("decimal_comma", reason))


def _rule(raw, plain, form, rounded=False, unit=1):
    separators = "[. ]" if form.decimal == "," else ","
    return ibis.cases(
        (plain.re_search(_SIGN_FORM) | raw.re_search(_WIDE_MINUS), "sign_form"),
        (ibis.literal(rounded) if isinstance(rounded, bool) else rounded, "rounded"),
        (ibis.literal(unit != 1) if isinstance(unit, int) else unit != 1, "wan"),
        (raw.re_search(_WIDE_DIGIT), "full_width"),
        (plain.re_search("[¥£$€元A-Z]"), "currency_sign"),
        (plain.re_search(separators), "thousands"),
        else_="number_form",
    )
