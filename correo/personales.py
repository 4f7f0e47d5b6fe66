"""El correo y los datos de una persona: lo que se le envió, lo que se retira a pedido y lo que vence."""

from django.db.models import Q

from comun import anonimo
from comun.expediente_personal import Efecto, Parte, Que, Titular, fila_de
from comun.registros import cancelaciones, datos_de_persona, retenciones
from comun.retencion import Regla

from .models import Entrega, Envio, Suceso, Supresion

AVISO_RETIRADO = "Aviso retirado por su antigüedad"
ACABADOS = (Envio.Estado.TERMINADO, Envio.Estado.CANCELADO)


def entregas_de(titular: Titular) -> list[Entrega]:
    """Las masivas a sus direcciones y, de las personales, las que llevan su nombre: un buzón puede ser de varios."""
    filas = Entrega.objects.filter(direccion__in=titular.correos).select_related("envio").order_by("pk")
    filas = filas.defer("envio__texto", "envio__html", "envio__adjuntos")
    return [fila for fila in filas if fila.envio.es_masivo or titular.es(fila.nombre, fila.direccion)]


@datos_de_persona.anotar
def correos_enviados(titular):
    yield Parte(
        "Correos que se le enviaron",
        "envios",
        [
            {"asunto": fila.envio.asunto, **fila_de(fila, "direccion", "nombre", "estado", "enviada_en")}
            for fila in entregas_de(titular)
        ],
    )
    suprimidas = Supresion.objects.filter(direccion__in=titular.correos)
    yield Parte(
        "Direcciones a las que no se escribe",
        "envios",
        [fila_de(s, "direccion", "motivo", "desde") for s in suprimidas],
    )


@cancelaciones.anotar
def efectos_en_el_correo(titular, derecho):
    yield Efecto(
        "supresion",
        "Direcciones que no reciben más correo masivo",
        Que.SUPRIME,
        len(titular.correos),
        "Para no volver a escribirle aunque su dirección llegue en otra lista. Si el buzón es compartido, deja de "
        "recibirlo también quien lo comparte",
        lambda por: _suprimir(titular.correos),
    )
    if derecho == "cancelacion":
        entregas = entregas_de(titular)
        yield Efecto(
            "entregas",
            "Correos que se le enviaron",
            Que.ANONIMIZA,
            len(entregas),
            "Queda que el envío salió, sin su dirección ni su nombre",
            lambda por: retirar_entregas(entregas),
        )


def _suprimir(direcciones) -> None:
    for direccion in sorted(direcciones):
        Supresion.objects.get_or_create(direccion=direccion, defaults={"motivo": Supresion.Motivo.BAJA})


def retirar_entregas(entregas) -> None:
    """Quita de cada entrega a quién fue; en un aviso personal, también lo que decía."""
    for fila in entregas:
        fila.clave, fila.direccion = f"retirada:{fila.pk}", anonimo.correo_de(fila.pk)
        fila.nombre = fila.url_baja = fila.referencia = fila.error = ""
    campos = ["clave", "direccion", "nombre", "url_baja", "referencia", "error"]
    Entrega.objects.bulk_update(entregas, campos, batch_size=500)
    llaves = [fila.pk for fila in entregas]
    Suceso.objects.filter(entrega__in=llaves).update(direccion=anonimo.correo_de("suceso"), detalle="")
    _vaciar(Envio.objects.filter(es_masivo=False, entregas__in=llaves))


def _vaciar(envios) -> None:
    """Un aviso personal lleva nombres en el asunto; un masivo es igual para todos y conserva el suyo."""
    vacio = {"texto": "", "html": "", "adjuntos": [], "responder_a": ""}
    llaves = list(envios.values_list("pk", flat=True))
    Envio.objects.filter(pk__in=llaves, es_masivo=True).update(**vacio)
    Envio.objects.filter(pk__in=llaves, es_masivo=False).update(**vacio, asunto=AVISO_RETIRADO)


def _envios_vencidos(limite):
    """Los que acabaron hace tiempo y aún tienen cuerpo o direcciones."""
    con_direccion = Entrega.objects.exclude(direccion__endswith=f"@{anonimo.DOMINIO}").values("envio")
    con_datos = ~Q(texto="") | ~Q(html="") | Q(pk__in=con_direccion)
    return Envio.objects.filter(con_datos, creado_en__lt=limite, estado__in=ACABADOS).defer("texto", "html", "adjuntos")


def _retirar_envios(envios) -> None:
    llaves = [envio.pk for envio in envios]
    retirar_entregas(list(Entrega.objects.filter(envio__in=llaves)))
    _vaciar(Envio.objects.filter(pk__in=llaves))


retenciones.anotar(Regla("envios", "Correos enviados", _envios_vencidos, _retirar_envios))
