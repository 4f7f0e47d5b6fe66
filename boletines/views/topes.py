"""Cuántas veces se admite lo que hace que el portal escriba a una dirección que alguien teclea."""

from comun.antiabuso import Tope, frenado, navegador_de, texto_de_freno

POR_NAVEGADOR = Tope("suscripcion:navegador", 30)
POR_CORREO = Tope("suscripcion:correo", 10)


def pasa_de_los_topes(request, form, centro=None) -> bool:
    """Si pasó un tope; el formulario lo dice."""
    paso = [
        frenado(request, POR_NAVEGADOR, navegador_de(request)),
        frenado(request, POR_CORREO, form.cleaned_data["correo"]),
    ]
    if any(paso):
        form.add_error(None, texto_de_freno(centro))
    return any(paso)
