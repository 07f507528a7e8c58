"""Which series sell every month and which do not, and forecasts of those that do not. Vectorised over series."""

import numpy as np

ADI, CV2 = 1.32, 0.49  # Syntetos, Boylan & Croston 2005
_DYING = 3  # months without a sale, at least


def kinds(months: np.ndarray) -> dict[str, np.ndarray]:
    """The kind of each series: adi (months from one sale to the next), cv2 (squared variation of the months with a
    sale), months (since the first sale), kind (smooth, erratic, intermittent, lumpy, dying; "none": never sold).

    months: array series × months, missing where unknown. Counted from the first sale. Dying: not sold every month, and
    nothing in the last max(3, 2 × adi) months.
    """
    months = np.nan_to_num(np.asarray(months, dtype="float64")).clip(min=0)
    sold = months > 0
    count, since = sold.sum(axis=1), months.shape[1] - np.where(sold.any(axis=1), sold.argmax(axis=1), months.shape[1])
    with np.errstate(divide="ignore", invalid="ignore"):
        adi = np.where(count > 0, since / count, np.nan)
        mean = months.sum(axis=1) / count
        cv2 = np.where(sold, (months - mean[:, None]) ** 2, 0).sum(axis=1) / count / mean**2
    silent = np.where(sold.any(axis=1), sold[:, ::-1].argmax(axis=1), months.shape[1])
    rare, varied = adi >= ADI, cv2 >= CV2
    dying = rare & (silent >= np.maximum(_DYING, 2 * adi))
    kind = np.select(
        [count == 0, dying, rare & varied, rare, varied],
        ["none", "dying", "lumpy", "intermittent", "erratic"],
        "smooth",
    )
    return {"adi": adi, "cv2": cv2, "months": since, "kind": kind}


def croston(series: np.ndarray, alpha: float = 0.1) -> np.ndarray:
    """Pieces a month to come (Croston 1972): smoothed size of a sale ÷ smoothed interval between sales; 0 without one.

    series: array series × months (or months), none missing. It starts with the first sale's size and interval.
    """
    size, interval = _sizes(np.asarray(series, dtype="float64"), alpha)
    return np.divide(size, interval, out=np.zeros_like(size), where=interval > 0)


def sba(series: np.ndarray, alpha: float = 0.1) -> np.ndarray:
    """The same less its bias (Syntetos & Boylan 2005): × 1 − α ÷ 2."""
    return croston(series, alpha) * (1 - alpha / 2)


def tsb(series: np.ndarray, alpha: float = 0.1, beta: float = 0.1) -> np.ndarray:
    """Smoothed size × smoothed chance of a sale (Teunter, Syntetos & Babai 2011), which falls when sales stop.

    As `croston`; it starts with the first sale's size and with whether the first month sold. beta: of the chance.
    """
    series = np.asarray(series, dtype="float64")
    sold = series > 0
    size, chance = _first(series), sold[..., 0].astype("float64")
    for at in range(1, series.shape[-1]):
        now = sold[..., at]
        chance = chance + beta * (now - chance)
        size = np.where(now, size + alpha * (series[..., at] - size), size)
    return size * chance


def _sizes(series, alpha):
    size, interval, gap = np.zeros(series.shape[:-1]), np.zeros(series.shape[:-1]), np.ones(series.shape[:-1])
    for at in range(series.shape[-1]):
        now, begun = series[..., at], interval > 0
        moved = (
            np.where(begun, size + alpha * (now - size), now),
            np.where(begun, interval + alpha * (gap - interval), gap),
        )
        sold = now > 0
        size, interval = np.where(sold, moved[0], size), np.where(sold, moved[1], interval)
        gap = np.where(sold, 1, gap + 1)
    return size, interval


def _first(series):
    at = (series > 0).argmax(axis=-1)[..., None]
    return np.take_along_axis(series, at, axis=-1)[..., 0].clip(min=0)
