"""In: nothing. Out: documents as frozen types, and ways to read them."""
