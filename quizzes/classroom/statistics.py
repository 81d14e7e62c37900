"""Classical item analysis, with the formula and the source of every figure. Plain numbers in, plain numbers out.

`rows` are students and hold their points, one a question; variances and covariances are those of a sample (divided by n - 1).
A figure that does not exist, since nobody differs or there are too few students, is None.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import fsum, sqrt
from statistics import median

Rows = Sequence[Sequence[float]]
UPPER_LOWER = 0.27  # Kelley (1939): with normal totals this share separates the two groups best


def mean(values: Sequence[float]) -> float:
    return fsum(values) / len(values)


def covariance(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """C(x, y) = sum((x - mean x) (y - mean y)) / (n - 1)."""
    if len(xs) < 2:
        return None
    if len(set(xs)) == 1 or len(set(ys)) == 1:
        return 0.0  # the mean of equal numbers may be off by a last digit
    x0, y0 = mean(xs), mean(ys)
    return fsum((x - x0) * (y - y0) for x, y in zip(xs, ys, strict=True)) / (len(xs) - 1)


def variance(xs: Sequence[float]) -> float | None:
    """V(x) = C(x, x)."""
    return covariance(xs, xs)


def deviation(xs: Sequence[float]) -> float | None:
    """Standard deviation of a sample, the root of V(x)."""
    found = variance(xs)
    return None if found is None else sqrt(found)


def correlation(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """Pearson's r = C(x, y) / sqrt(V(x) V(y))."""
    both, x, y = covariance(xs, ys), variance(xs), variance(ys)
    return both / sqrt(x * y) if both is not None and x and y and x * y > 0 else None


def total(points: Iterable[float]) -> float:
    """A sum of points, which has five decimals as they have: equal totals are equal, whatever they are made of."""
    return round(fsum(points), 5)


def totals(rows: Rows) -> list[float]:
    return [total(row) for row in rows]


def column(rows: Rows, item: int) -> list[float]:
    return [row[item] for row in rows]


def rest(rows: Rows, item: int) -> list[float]:
    """The total of each student without one question."""
    return [total(points for n, points in enumerate(row) if n != item) for row in rows]


def facility(rows: Rows, item: int, out_of: float) -> float:
    """Mean points over the points that can be had: the share of right answers where there is no part of them.

    Moodle's facility index (MoodleDocs, "Quiz statistics calculations", with 0 as the least); the difficulty, p, of item analysis
    (Crocker and Algina 1986, Introduction to Classical and Modern Test Theory, chapter 14).
    """
    return mean(column(rows, item)) / out_of


def item_rest(rows: Rows, item: int) -> float | None:
    """Corrected item-total correlation: r of a question's points with the total of all others (Henrysson 1963, Psychometrika 28, 211-218).

    `r.drop` of R's psych; times 100 it is Moodle's discrimination index, 100 C(x, X) / sqrt(V(x) V(X)) with X = T - x (MoodleDocs,
    "Quiz statistics calculations").
    """
    return correlation(column(rows, item), rest(rows, item))


def efficiency(rows: Rows, item: int) -> float | None:
    """Moodle's discriminative efficiency as a share: C(x, X) / Cmax(x, X).

    Cmax is the covariance after both lists are sorted, the largest that these points can have (MoodleDocs, "Quiz statistics
    calculations").
    """
    points, others = column(rows, item), rest(rows, item)
    found, most = covariance(points, others), covariance(sorted(points), sorted(others))
    return found / most if found is not None and most else None


def shares(scores: Sequence[float], size: float, *, top: bool) -> list[float]:
    """How far each student belongs to the best (or weakest) group of a size: 1, 0, or, for equal scores at its border, the same share each."""
    ranked = sorted(scores, reverse=top)
    border = ranked[min(len(ranked) - 1, max(0, int(-(-size // 1)) - 1))]
    inside = sum(score > border if top else score < border for score in scores)
    tied = sum(score == border for score in scores)
    share = min(1.0, max(0.0, (size - inside) / tied))
    return [1.0 if (score > border if top else score < border) else share if score == border else 0.0 for score in scores]


def weighted(values: Sequence[float], weights: Sequence[float]) -> float | None:
    whole = fsum(weights)
    return fsum(value * weight for value, weight in zip(values, weights, strict=True)) / whole if whole else None


def upper_lower(rows: Rows, item: int, out_of: float) -> float | None:
    """D = p(upper) - p(lower): facility among the best 27 % less that among the weakest 27 % by total (Kelley 1939, Journal of
    Educational Psychology 30, 17-24; Ebel and Frisbie 1991). Students of equal totals at a border are shared between the groups.
    """
    if len(rows) < 2:
        return None
    scores, points, size = totals(rows), column(rows, item), UPPER_LOWER * len(rows)
    upper, lower = (weighted(points, shares(scores, size, top=top)) for top in (True, False))
    return (upper - lower) / out_of


def thirds(scores: Sequence[float]) -> tuple[list[float], list[float], list[float]]:
    """How far each student belongs to the top, the middle and the bottom third by total."""
    size = len(scores) / 3
    top, bottom = shares(scores, size, top=True), shares(scores, size, top=False)
    return top, [1 - a - b for a, b in zip(top, bottom, strict=True)], bottom


def _matrix(rows: Rows) -> list[list[float]] | None:
    """The covariances of all questions."""
    if len(rows) < 2:
        return None
    columns = []
    for item in range(len(rows[0])):
        points = column(rows, item)
        centre = mean(points)
        columns.append([value - centre for value in points])
    made = [[0.0] * len(columns) for _ in columns]
    for a, xs in enumerate(columns):
        for b in range(a, len(columns)):
            made[a][b] = made[b][a] = fsum(x * y for x, y in zip(xs, columns[b], strict=True)) / (len(rows) - 1)
    return made


def alpha(rows: Rows) -> float | None:
    """Cronbach's alpha = k / (k - 1) (1 - sum V(x) / V(T)) (Cronbach 1951, Psychometrika 16, 297-334).

    KR-20 (Kuder and Richardson 1937, Psychometrika 2, 151-160) where every answer is right or wrong for one point; times 100, Moodle's
    coefficient of internal consistency.
    """
    items = len(rows[0]) if rows else 0
    whole = variance(totals(rows)) if items > 1 else None
    if not whole:
        return None
    return items / (items - 1) * (1 - fsum(variance(column(rows, item)) for item in range(items)) / whole)


def alpha_error(rows: Rows) -> float | None:
    """The standard error of alpha by its large-sample distribution (van Zyl, Neudecker and Nel 2000, Psychometrika 65, 271-280;
    Duhachek and Iacobucci 2004, Journal of Applied Psychology 89, 792-808). `ase` of R's psych.

    With V the covariances of k questions and 1 a vector of ones,
    Q = 2 k^2 / ((k - 1)^2 (1'V1)^3) [ (1'V1) (tr V^2 + (tr V)^2) - 2 tr V (1'V^2 1) ], and the error is sqrt(Q / n).
    """
    found = _matrix(rows)
    items = len(rows[0]) if rows else 0
    if found is None or items < 2 or not (whole := variance(totals(rows))):  # which is 1'V1
        return None
    trace = fsum(found[n][n] for n in range(items))
    square = fsum(value * value for line in found for value in line)  # tr V^2, since V is symmetric
    ones = fsum(fsum(line) ** 2 for line in found)  # 1'V^2 1, for the same reason
    spread = 2 * items ** 2 / ((items - 1) ** 2 * whole ** 3) * (whole * (square + trace ** 2) - 2 * trace * ones)
    return sqrt(max(0.0, spread) / len(rows))


def measurement_error(rows: Rows) -> float | None:
    """Standard error of measurement in points, SD(T) sqrt(1 - alpha) (Lord and Novick 1968, Statistical Theories of Mental Test Scores):
    about two of three students have a total within it of what they would have on average."""
    found, spread = alpha(rows), deviation(totals(rows)) if len(rows) > 1 else None
    return None if found is None or spread is None else spread * sqrt(max(0.0, 1 - found))


def middle(values: Sequence[float]) -> float | None:
    """The median, or None of nothing."""
    return median(values) if values else None


def histogram(percents: Sequence[float], bins: int = 10) -> list[int]:
    """How many totals, in per cent, fall in each of so many equal bins; 100 falls in the last."""
    counts = [0] * bins
    for percent in percents:
        counts[min(bins - 1, max(0, int(round(percent * bins / 100, 9))))] += 1
    return counts
