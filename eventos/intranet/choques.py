"""Avisar de los choques de lo que se acaba de guardar."""

from wagtail.admin import messages

from eventos.choques import choques_por_capacitacion, textos

A_LA_VISTA = 5


def avisar_choques(request, capacitaciones) -> None:
    """Un mensaje con los choques de esas capacitaciones, si hay; no impide nada."""
    por_capacitacion = choques_por_capacitacion(capacitaciones)
    frases = textos((choque for suyos in por_capacitacion.values() for choque in suyos), request.user)
    if not frases:
        return
    sobran = len(frases) - A_LA_VISTA
    resto = f" Y {sobran} más: véalos en el programa del mes." if sobran > 0 else ""
    messages.warning(request, f"Se guardó, pero hay choques. {' '.join(frases[:A_LA_VISTA])}{resto}")
