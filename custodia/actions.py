"""Dejar rastro y guardar consentimientos."""

from django.db.models import Model

from comun.pedido import ip_de

from .models import Aviso, Consentimiento, Huella

TEXTOS = {
    Aviso.Finalidad.INSCRIPCION: (
        "El Ministerio de Economía y Finanzas usará estos datos para inscribirlo, avisarle de cambios, registrar su "
        "asistencia y elaborar estadísticas sin nombres. No los cede a terceros. Puede pedir ver, corregir o borrar "
        "sus datos en el centro que organiza la capacitación (Ley 29733)."
    ),
    Aviso.Finalidad.SUSCRIPCION: (
        "El Ministerio de Economía y Finanzas usará su correo solo para enviarle el boletín y los comunicados que "
        "pide. Puede darse de baja en cada envío, con un clic (Ley 29733)."
    ),
    Aviso.Finalidad.PREGUNTA: (
        "El Ministerio de Economía y Finanzas usará estos datos solo para responder su pregunta. No los cede a "
        "terceros. Puede pedir ver, corregir o borrar sus datos en el centro que le responde (Ley 29733)."
    ),
}


def anotar(*, accion: str, por=None, objeto: Model | None = None, modelo="", detalle=None, motivo="", request=None):
    """Agrega una huella. ``detalle`` no lleva documentos, correos ni teléfonos."""
    usuario = por if por is not None and por.is_authenticated else None
    return Huella.objects.create(
        usuario=usuario,
        usuario_nombre=usuario.get_username() if usuario else "",
        accion=accion,
        modelo=objeto._meta.label_lower if objeto is not None else modelo,
        objeto=str(objeto.pk) if objeto is not None else "",
        detalle=detalle or {},
        motivo=motivo,
        ip=ip_de(request),
    )


def aviso_vigente(finalidad: str) -> Aviso:
    """La última versión del aviso de ``finalidad``; la primera se crea con el texto de ``TEXTOS``."""
    ultimo = Aviso.objects.filter(finalidad=finalidad).order_by("-version").first()
    if ultimo:
        return ultimo
    return Aviso.objects.get_or_create(finalidad=finalidad, version=1, defaults={"texto": TEXTOS[finalidad]})[0]


def registrar_consentimiento(*, finalidad: str, canal: str = Consentimiento.Canal.WEB, request=None) -> Consentimiento:
    """Guarda que se aceptó el aviso vigente de ``finalidad``."""
    return Consentimiento.objects.create(aviso=aviso_vigente(finalidad), canal=canal, ip=ip_de(request))
