"""Quién escribe y quién reúne las partes de una edición (R106–R109)."""
