from custlib import facts

SALES = [
    ("2025-01-10", "K1", 100, 60, 10),
    ("2025-01-10", "K1", 50, 30, 5),
    ("2025-01-31", "K1", -30, -20, -3),
    ("2025-04-02", "K1", 80, 60, 8),
    ("2025-07-01", "K1", 999, 1, 99),
]
COUNTS = [
    ("2025-01-31", "K1", "pot", 90),
    ("2025-03-31", "K1", "pot", 40),
    ("2025-03-31", "K1", "pan", 2),
    ("2025-06-30", "K1", "pot", 7),
    ("2025-09-30", "K1", "pot", 5),
]


def test_the_last_count_of_each_quarter_over_all_models(company):
    rows = facts.counts(company(sales=SALES, inventory=COUNTS), "2025Q2")
    assert rows.astype({"counted_on": "str"}).to_numpy().tolist() == [
        ["K1", "2025Q1", "2025-03-31", 42],
        ["K1", "2025Q2", "2025-06-30", 7],
    ]
    assert list(rows) == list(facts.counts(company(sales=SALES), "2025Q2"))


def test_pieces_by_day_and_by_month(company):
    clean = company(sales=SALES)
    assert facts.daily_pieces(clean, "2025Q2")["pieces"].tolist() == [15, -3, 8]
    rows = facts.monthly_pieces(clean, "2025Q2")
    assert rows.loc[("K1", "2025-01")].tolist() == [15, 3] and rows.loc[("K1", "2025-04")].tolist() == [8, 0]
    assert rows.index.get_level_values("month").max() == "2025-04"
