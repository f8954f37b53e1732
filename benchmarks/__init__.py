"""In: this checkout. Out: what the program costs in time and memory, beside what others cost for the same; see README.md."""
