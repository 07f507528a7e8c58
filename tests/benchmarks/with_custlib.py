"""The same work with custlib, every line accounted for: `python with_custlib.py PROJECT`, a folder that holds data/raw."""

import os
import sys

from custlib import cleaning, facts


def main(project):
    os.chdir(project)
    clean = cleaning.open_tables("data/raw")
    sums = facts.customer_quarters(clean)
    print(clean.counts["sales"], len(sums), round(sums["net_sales"].sum(), 2))


if __name__ == "__main__":
    main(sys.argv[1])
