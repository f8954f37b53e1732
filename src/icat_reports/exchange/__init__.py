"""Catalogues in the formats of translators' other programs, out and in: XLIFF, TMX, and a table in Word."""
