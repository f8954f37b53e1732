"""Publications of the Inter-Agency Coordination Group against Trafficking in Persons.

In: an editor's YAML content, layouts and translations.
Out: one publication as PDF, Word and HTML that agree with one another.
"""

__version__ = "0.1.0"
