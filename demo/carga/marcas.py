"""Anotar lo que se crea, para poder quitarlo."""

from demo.models import Carga, Marca


def marcar(carga: Carga, filas) -> None:
    """Anota ``filas`` (instancias ya guardadas) como raíces de la demostración."""
    Marca.objects.bulk_create(
        [Marca(carga=carga, modelo=fila._meta.label_lower, llave=str(fila.pk)) for fila in filas], batch_size=1000
    )
