"""Filas del directorio que parecen la misma: hallarlas, compararlas y unirlas sin perder su historia."""
