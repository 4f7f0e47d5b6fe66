"""Hasta cuándo cambia lo que una edición lleva."""

from .models import BoletinPage, Edicion


def pagina_de(edicion: Edicion) -> BoletinPage | None:
    return BoletinPage.objects.del_mes(edicion.anio, edicion.mes).defer("texto_busqueda").first()


def motivo_de_cierre(edicion: Edicion) -> str:
    """Por qué ya no se le lleva nada, o «»: lo que se aprueba es lo que se publica."""
    pagina = pagina_de(edicion)
    if pagina is None:
        return ""
    if pagina.live:
        return "Esa edición ya se publicó: corríjala en su página."
    return "Esa edición espera su aprobación: ya no cambia." if pagina.workflow_in_progress else ""
