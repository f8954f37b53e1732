"""What catalogues of translations hold and what they are made from: units of text, and the PO files that keep them."""
