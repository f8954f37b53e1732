"""In: nothing. Out: what is known of Word's files and shared by all that write, read or check them."""
