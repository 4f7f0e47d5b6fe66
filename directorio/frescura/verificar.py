"""Confirmar un contacto, decir que ya no está, y deshacerlo. Cada toque queda en el rastro."""

import datetime as dt

from django.core import signing
from django.db import transaction
from django.utils import timezone

from custodia.actions import anotar
from directorio.actions import cerrar_puesto_de_operador
from directorio.models import Operador, Puesto
from organizacion.models import Usuario

SAL = "directorio.deshacer"
UN_DIA = 24 * 3600
CAMBIO_DESPUES = "Alguien la cambió después: corríjalo en su registro."


class YaNoSeDeshace(Exception):
    """Pasó mucho tiempo, o alguien cambió la fila después."""


def _bajo_llave(fila):
    return type(fila)._base_manager.select_for_update(of=("self",)).get(pk=fila.pk)


@transaction.atomic
def verificar(*, fila, por: Usuario | None, request=None) -> str:
    """Anota que hoy se confirmó; devuelve con qué deshacerlo. ``por`` vacío: lo confirmó la entidad por su enlace."""
    fila = _bajo_llave(fila)
    antes = {"en": fila.verificado_en and fila.verificado_en.isoformat(), "por": fila.verificado_por_id}
    if (fila.verificado_en, fila.verificado_por) != (timezone.localdate(), por):
        fila.verificado_en, fila.verificado_por = timezone.localdate(), por
        fila.save(update_fields=["verificado_en", "verificado_por"])
        anotar(accion="verificar contacto", por=por, objeto=fila, request=request)
    return _vale(fila, por, {"que": "verificar", "antes": antes})


@transaction.atomic
def retirar(*, fila, por: Usuario, hasta: dt.date | None = None, request=None) -> str:
    """Ya no trabaja ahí, o el medio ya no existe: deja de figurar y su historia queda. Devuelve con qué deshacerlo.

    ``hasta``: el último día de una autoridad, pasado o futuro; ayer si no se dice, y entonces repetirlo, o retirar a
    una cuyo periodo ya terminó, no cambia nada.
    """
    fila = _bajo_llave(fila)
    hecho = {"que": "retirar"} | (_terminar_periodo(fila, hasta) if hasattr(fila, "hasta") else _desactivar(fila))
    anotar(accion="retirar contacto", por=por, objeto=fila, request=request)
    return _vale(fila, por, hecho)


def ultimo_dia_de(autoridad) -> dt.date:
    """El que se anota si nadie dice otro: ayer, o antes si su periodo ya había terminado."""
    ayer = timezone.localdate() - dt.timedelta(days=1)
    return max(autoridad.desde, min(ayer, autoridad.hasta or ayer))


def _terminar_periodo(autoridad, hasta: dt.date | None) -> dict:
    antes = autoridad.hasta
    autoridad.hasta = hasta or ultimo_dia_de(autoridad)
    autoridad.save(update_fields=["hasta"])
    return {"antes": antes and antes.isoformat(), "dejo": autoridad.hasta.isoformat()}


def _desactivar(fila) -> dict:
    if not fila.esta_activo:
        return {"dejo": "igual"}
    puesto = cerrar_puesto_de_operador(fila).pk if isinstance(fila, Operador) else None
    fila.esta_activo = False
    fila.save(update_fields=["esta_activo"])
    return {"dejo": "inactiva", "puesto": puesto}


def _vale(fila, por, hecho: dict) -> str:
    datos = {"modelo": fila._meta.model_name, "pk": fila.pk, "de": por.pk if por else None, **hecho}
    return signing.dumps(datos, salt=SAL, compress=True)


def leer_vale(vale: str, usuario: Usuario) -> dict:
    """Qué deshace ``vale``; solo sirve a quien lo hizo, y por un día."""
    try:
        datos = signing.loads(vale, salt=SAL, max_age=UN_DIA)
    except signing.BadSignature as error:
        raise YaNoSeDeshace("Ya no se puede deshacer: corríjalo en su registro.") from error
    if datos["de"] != usuario.pk:
        raise YaNoSeDeshace("Lo deshace quien lo hizo.")
    return datos


@transaction.atomic
def deshacer(*, fila, datos: dict, por: Usuario, request=None) -> None:
    """Deja ``fila`` como estaba, si nadie la tocó después. Levanta ``YaNoSeDeshace``."""
    fila = _bajo_llave(fila)
    if datos["que"] == "verificar":
        _deshacer_verificacion(fila, datos["antes"], por)
    elif hasattr(fila, "hasta"):
        _devolver_periodo(fila, datos)
    else:
        _reactivar(fila, datos)
    anotar(accion=f"deshacer {datos['que']} contacto", por=por, objeto=fila, request=request)


def _devolver_periodo(autoridad, datos: dict) -> None:
    if autoridad.hasta is None or autoridad.hasta.isoformat() != datos.get("dejo"):
        raise YaNoSeDeshace(CAMBIO_DESPUES)
    autoridad.hasta = dt.date.fromisoformat(datos["antes"]) if datos["antes"] else None
    autoridad.save(update_fields=["hasta"])


def _reactivar(fila, datos: dict) -> None:
    if datos.get("dejo") == "igual":
        raise YaNoSeDeshace("Ya no figuraba: corríjalo en su registro.")
    if fila.esta_activo or getattr(fila, "fusionado_en_id", None):
        raise YaNoSeDeshace(CAMBIO_DESPUES)
    fila.esta_activo = True
    fila.save(update_fields=["esta_activo"])
    Puesto.objects.filter(pk=datos.get("puesto"), operador=fila.pk).update(hasta=None)


def _deshacer_verificacion(fila, antes: dict, por) -> None:
    if fila.verificado_por_id != por.pk:
        raise YaNoSeDeshace("Otra persona lo verificó después: ya no se deshace.")
    quien = Usuario.objects.filter(pk=antes["por"]).first()
    fila.verificado_en = dt.date.fromisoformat(antes["en"]) if antes["en"] else None
    fila.verificado_por = quien
    fila.save(update_fields=["verificado_en", "verificado_por"])
