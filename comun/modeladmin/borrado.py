from collections import Counter

from django.db.models import ProtectedError
from wagtail_modeladmin.views import DeleteView


class HayQuienDepende(Exception):
    """Otras filas dependen de la que se iba a borrar: ``filas`` son esas."""

    def __init__(self, filas):
        super().__init__()
        self.filas = filas


class Borrado(DeleteView):
    """Borra una fila; si otras dependen de ella, no la borra y dice cuántas y de qué, sin nombrar ninguna.

    Las que dependen pueden ser de otro centro, y la de modeladmin falla con las relaciones sin nombre de vuelta.
    """

    def delete_instance(self):
        try:
            super().delete_instance()
        except ProtectedError as error:
            raise HayQuienDepende(error.protected_objects) from error

    def post(self, request, *args, **kwargs):
        try:
            return super().post(request, *args, **kwargs)
        except HayQuienDepende as error:
            return self.render_to_response(self.get_context_data(dependen=_cuantas_de_cada(error.filas)))


def _cuantas_de_cada(filas) -> list[tuple[str, int]]:
    """Pares (nombre del modelo, cuántas), del que más tiene al que menos."""
    modelos = Counter(type(fila)._meta for fila in filas)
    return [
        (str(meta.verbose_name if cuantas == 1 else meta.verbose_name_plural), cuantas)
        for meta, cuantas in modelos.most_common()
    ]
