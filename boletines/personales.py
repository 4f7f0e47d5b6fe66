"""Las suscripciones y los datos de una persona: lo que se le da, lo que se borra a pedido y lo que vence."""

from comun.expediente_personal import Efecto, Parte, Que, corregir, fila_de
from comun.registros import cancelaciones, datos_de_persona, rectificaciones, retenciones
from comun.retencion import Regla
from custodia.archivos import borrar_archivo

from .actions.bajas import borrar_suscriptor, dar_de_baja, dar_de_baja_oficial
from .models import CorreoOficial, ImportacionDeSuscriptores, Suscriptor

A_PEDIDO = "A pedido de la persona (Ley 29733)"


def _suyos(titular):
    return Suscriptor.objects.filter(correo__in=titular.correos).select_related("centro", "consentimiento__aviso")


def _oficiales(titular):
    return CorreoOficial.objects.filter(correo__in=titular.correos, baja_en=None)


@datos_de_persona.anotar
def suscripciones(titular):
    filas = []
    for suscriptor in _suyos(titular).prefetch_related("temas"):
        aceptado = suscriptor.consentimiento
        filas.append(
            fila_de(suscriptor, "correo", "nombre", "centro", "estado", "creado_en", "confirmado_en", "baja_en")
            | {
                "recibe": ", ".join(suscriptor.Tipo(tipo).label for tipo in suscriptor.tipos),
                "temas": ", ".join(tema.nombre for tema in suscriptor.temas.all()),
                "aviso que aceptó": str(aceptado.aviso) if aceptado else "",
                "lo aceptó": aceptado.otorgado_en if aceptado else None,
                "desde la dirección IP": aceptado.ip if aceptado else "",
            }
        )
    yield Parte("Suscripción", "suscripcion", filas)
    oficiales = CorreoOficial.objects.filter(correo__in=titular.correos)
    yield Parte(
        "Difusión a su correo oficial", "correo_oficial", [fila_de(o, "correo", "desde", "baja_en") for o in oficiales]
    )


@rectificaciones.anotar
def corregir_suscripcion(titular, cambios):
    """El correo no: es con lo que confirmó; para cambiarlo se suscribe con el nuevo."""
    if nombre := " ".join(filter(None, (cambios.get("nombres"), cambios.get("apellidos")))):
        completo = {"nombre": nombre} if cambios.get("nombres") and cambios.get("apellidos") else {}
        yield corregir("suscriptor", "Suscripción", _suyos(titular).exclude(nombre=""), completo)


@cancelaciones.anotar
def efectos_en_la_suscripcion(titular, derecho):
    suyos = list(_suyos(titular))
    if derecho == "cancelacion":
        yield Efecto(
            "suscriptor",
            "Suscripción",
            Que.BORRA,
            len(suyos),
            "Era por consentimiento y lo retira; queda solo su dirección para no volver a escribirle",
            lambda por: _borrar(suyos, por),
        )
    else:
        activos = [s for s in suyos if s.estado != Suscriptor.Estado.BAJA]
        yield Efecto(
            "suscriptor",
            "Suscripción",
            Que.SUPRIME,
            len(activos),
            "Deja de recibir el boletín, los comunicados y los correos informativos",
            lambda por: [dar_de_baja(suscriptor=s, por=por) for s in activos],
        )
    oficiales = list(_oficiales(titular))
    yield Efecto(
        "correo_oficial",
        "Difusión a su correo oficial",
        Que.SUPRIME,
        len(oficiales),
        "La difusión es por función del Ministerio; se atiende su oposición",
        lambda por: [dar_de_baja_oficial(oficial=o) for o in oficiales],
    )


def _borrar(suscriptores, por) -> None:
    for suscriptor in suscriptores:
        borrar_suscriptor(suscriptor=suscriptor, motivo=A_PEDIDO, por=por)


def _quitar(filas) -> None:
    Suscriptor.objects.filter(pk__in=[fila.pk for fila in filas]).delete()


def _sin_confirmar(limite):
    por_confirmar = Suscriptor.objects.filter(estado=Suscriptor.Estado.PENDIENTE)
    return por_confirmar.filter(creado_en__lt=limite).exclude(confirmacion_pedida_en__gte=limite)


def _de_baja(limite):
    return Suscriptor.objects.filter(estado=Suscriptor.Estado.BAJA, baja_en__lt=limite)


def _listas(limite):
    return ImportacionDeSuscriptores.objects.filter(archivo__isnull=False, subida_en__lt=limite)


def _quitar_listas(filas) -> None:
    """La evidencia de que aceptaron se conserva: es la prueba del consentimiento de quienes siguen suscritos."""
    for importacion in filas:
        archivo, importacion.archivo, importacion.errores = importacion.archivo, None, []
        importacion.save(update_fields=["archivo", "errores"])
        borrar_archivo(archivo)


for _regla in (
    Regla("sin_confirmar", "Suscripciones sin confirmar", _sin_confirmar, _quitar),
    Regla("bajas", "Suscriptores de baja", _de_baja, _quitar),
    Regla("listas", "Listas importadas", _listas, _quitar_listas),
):
    retenciones.anotar(_regla)
