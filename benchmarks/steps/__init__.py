"""In: files that `prepare` wrote. Out: one file each. Every module here is one program, measured from its start to its end."""
