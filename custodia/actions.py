"""Dejar rastro y guardar consentimientos."""

from django.db.models import Model

from comun.pedido import ip_de

from .cadena import encadenar_al_confirmar
from .models import Aviso, Consentimiento, Huella
from .tapar import tapar_detalle, tapar_texto

RESPONSABLE = "El responsable es el Ministerio de Economía y Finanzas (Jr. Junín 319, Lima)."
DERECHOS = (
    "Puede pedir ver, corregir o borrar sus datos, u oponerse a su uso, en la mesa de partes de cualquier CONECTAMEF; "
    "es gratuito (Ley 29733)."
)
# Al cambiar un texto, ``cargar_datos`` crea la versión siguiente; quien aceptó la anterior la conserva.
TEXTOS = {
    Aviso.Finalidad.INSCRIPCION: (
        "Usaremos estos datos para inscribirlo, avisarle de cambios, registrar su asistencia y elaborar estadísticas "
        f"sin nombres; no los cedemos a terceros. {RESPONSABLE} Se conservan con el expediente de la capacitación, el "
        f"tiempo que fijan las normas de archivo del Estado. {DERECHOS}"
    ),
    Aviso.Finalidad.SUSCRIPCION: (
        "Usaremos su correo solo para enviarle lo que elija: el boletín, los comunicados del MEF y los correos "
        "informativos de su centro. Cada envío trae un enlace para cambiar sus preferencias o darse de baja con un "
        f"clic. {RESPONSABLE} Se conserva hasta que se dé de baja; después guardamos solo la dirección, para no "
        f"volver a escribirle. {DERECHOS}"
    ),
    Aviso.Finalidad.PREGUNTA: (
        f"Usaremos estos datos solo para responder su pregunta; no los cedemos a terceros. {RESPONSABLE} Se conservan "
        f"con la respuesta, mientras sirva para atenderle. {DERECHOS}"
    ),
    # No es un consentimiento sino la base legal de escribir a un correo oficial: lo confirma la asesoría jurídica.
    Aviso.Finalidad.CORREO_OFICIAL: (
        "Usaremos este correo oficial, que figura en el directorio de operadores de los CONECTAMEF (Lineamientos, R.D. "
        "N.° 550-2013-EF/43.01, «Gestión de contactos»), para difundir normas, plazos y capacitaciones, en ejercicio "
        f"de las funciones del Ministerio (Ley 29733, artículo 14, numeral 1). {RESPONSABLE} Se conserva mientras "
        f"figure en el directorio; deja de recibirlos con un clic. {DERECHOS}"
    ),
}


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


def aviso_vigente(finalidad: str) -> Aviso:
    """La última versión del aviso de ``finalidad``; la primera se crea con el texto de ``TEXTOS``."""
    ultimo = Aviso.objects.filter(finalidad=finalidad).order_by("-version").first()
    if ultimo:
        return ultimo
    return Aviso.objects.get_or_create(finalidad=finalidad, version=1, defaults={"texto": TEXTOS[finalidad]})[0]


def poner_avisos_al_dia() -> int:
    """Crea la versión siguiente de cada aviso cuyo texto cambió, y la primera del que falta; cuántas creó."""
    nuevos = 0
    for finalidad, texto in TEXTOS.items():
        ultimo = Aviso.objects.filter(finalidad=finalidad).order_by("-version").first()
        if ultimo is None or ultimo.texto != texto:
            Aviso.objects.create(finalidad=finalidad, version=ultimo.version + 1 if ultimo else 1, texto=texto)
            nuevos += 1
    return nuevos


def registrar_consentimiento(*, finalidad: str, canal: str = Consentimiento.Canal.WEB, request=None) -> Consentimiento:
    """Guarda que se aceptó el aviso vigente de ``finalidad``."""
    return Consentimiento.objects.create(aviso=aviso_vigente(finalidad), canal=canal, ip=ip_de(request))
