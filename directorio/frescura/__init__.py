"""Quién lleva cada parte del directorio, y qué tan al día la tiene (R114)."""
