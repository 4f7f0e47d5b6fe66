"""Quién reenvía comunicados y escribe correos informativos (R111, R112)."""
