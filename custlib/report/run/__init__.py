"""The quarterly run: planned, executed in the order of its tables, made into pages, published."""
