"""Dejar rastro."""

from django.db.models import Model

from comun.pedido import ip_de
from custodia.cadena import encadenar_al_confirmar
from custodia.models import Huella
from custodia.tapar import tapar_detalle, tapar_texto


def anotar(*, accion: str, por=None, objeto: Model | None = None, modelo="", detalle=None, motivo="", request=None):
    """Agrega una huella, y la encadena al confirmar (ADR 0025).

    ``detalle`` y ``motivo`` no llevan documentos, correos ni teléfonos: si se cuela uno, se guarda tapado.
    """
    usuario = por if por is not None and por.is_authenticated else None
    huella = Huella.objects.create(
        usuario=usuario,
        usuario_nombre=usuario.get_username() if usuario else "",
        accion=accion,
        modelo=objeto._meta.label_lower if objeto is not None else modelo,
        objeto=str(objeto.pk) if objeto is not None else "",
        detalle=tapar_detalle(detalle or {}, accion),
        motivo=tapar_texto(motivo)[:255],
        ip=ip_de(request),
    )
    encadenar_al_confirmar(huella)
    return huella
