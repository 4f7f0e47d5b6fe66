from wagtail_modeladmin.views import HistoryView

from comun.registros import cambios_de_fila


class Historia(HistoryView):
    """Quién cambió la fila y cuándo: por su formulario, y por lo demás que cada piso anota de ella."""

    def get_queryset(self):
        por_formulario = [_en_palabras(anotacion) for anotacion in super().get_queryset()]
        cambios = [*por_formulario, *(cambio for cambios_de in cambios_de_fila for cambio in cambios_de(self.instance))]
        return sorted(cambios, key=lambda cambio: cambio["cuando"], reverse=True)


def _en_palabras(anotacion) -> dict:
    quien = anotacion.user_display_name if anotacion.user_id else "El sistema"
    return {"cuando": anotacion.timestamp, "quien": quien, "que": anotacion.message}
