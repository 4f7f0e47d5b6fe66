"""Campañas: pedir a entidades y operadores que corrijan sus datos por un enlace propio (R114, ADR 0032)."""
