"""Registrar la salida de alguien: cerrar su cuenta y pasar lo que deja, todo o nada."""

import datetime as dt
import logging

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from comun.registros import relevos
from comun.relevo import SE_QUEDA_IGUAL, Relevo
from custodia.actions import anotar
from directorio.actions.acceso import cerrar_cuenta
from directorio.actions.puestos import anular_cambio_programado
from directorio.models import Cese, Personal
from organizacion.actions import terminar_roles
from organizacion.models import Usuario

from .encargaturas import A_SI_MISMO

registro = logging.getLogger(__name__)


class CeseImposible(Exception):
    """No se puede registrar o anular; el mensaje dice por qué y se muestra tal cual."""


def pendientes_de(usuario: Usuario | None) -> list[Relevo]:
    """Los tipos de trabajo de los que ``usuario`` tiene algo abierto."""
    return [relevo for relevo in relevos if usuario is not None and relevo.filas(usuario).exists()]


def candidatos_de(relevo: Relevo, usuario: Usuario):
    return relevo.candidatos(usuario).filter(is_active=True).exclude(pk=usuario.pk).distinct()


def previstos_de(cese: Cese) -> list[dict]:
    """De un cese por aplicar, qué pasará a quién; del aplicado, lo que pasó."""
    if cese.aplicado_en:
        return cese.resultado
    usuario = cese.personal.usuario
    return [
        {"titulo": relevo.titulo, "cuantas": relevo.filas(usuario).count(), "a": _a_quien_ira(relevo, cese, usuario)}
        for relevo in pendientes_de(usuario)
    ]


def _a_quien_ira(relevo: Relevo, cese: Cese, usuario: Usuario):
    elegido = _elegido(relevo, cese, usuario)
    if relevo.prever:
        return relevo.prever(de=usuario, a=elegido, desde=cese.ultimo_dia + dt.timedelta(days=1))
    return elegido or "quien pueda tomarlo ese día"


def _elegido(relevo: Relevo, cese: Cese, usuario: Usuario) -> Usuario | None:
    """Quien se dijo al registrar el cese, si todavía puede."""
    return candidatos_de(relevo, usuario).filter(pk=cese.relevos.get(relevo.clave, 0)).first()


@transaction.atomic
def registrar_cese(
    *, personal: Personal, ultimo_dia: dt.date, motivo: str, quien_toma: dict[str, Usuario], por: Usuario, request=None
) -> Cese:
    """Con fecha de hoy o pasada se aplica al momento; con una futura queda programado y se puede anular."""
    personal = Personal.objects.select_for_update(of=("self",)).select_related("usuario").get(pk=personal.pk)
    _comprobar(personal, ultimo_dia, por)
    _comprobar_que_no_recibe_un_rol(por, personal.usuario, quien_toma)
    cese = Cese.objects.create(
        personal=personal,
        ultimo_dia=ultimo_dia,
        motivo=motivo,
        hasta_de_antes=personal.hasta,
        relevos={clave: usuario.pk for clave, usuario in quien_toma.items() if usuario},
        registrado_por=por,
    )
    personal.hasta = ultimo_dia
    personal.save(update_fields=["hasta"])
    detalle = {"ultimo_dia": str(ultimo_dia), "relevos": cese.relevos}
    anotar(accion="registrar cese", por=por, objeto=personal, detalle=detalle, motivo=motivo, request=request)
    if ultimo_dia <= timezone.localdate():
        aplicar_cese(cese=cese, por=por, request=request)
        cese.refresh_from_db()
    return cese


def _comprobar(personal, ultimo_dia, por) -> None:
    if personal.ceses.pendientes().exists():
        raise CeseImposible("Ya tiene un cese registrado: anúlelo antes de registrar otro.")
    if ultimo_dia < personal.desde:
        raise CeseImposible(f"Empezó a trabajar el {personal.desde:%d/%m/%Y}: el último día no puede ser anterior.")
    if personal.usuario is not None and personal.usuario_id == por.pk:
        raise CeseImposible("No puede registrar su propio cese: pídaselo a otra persona.")
    if personal.usuario is not None and personal.usuario.is_superuser and not por.is_superuser:
        raise CeseImposible("Es una cuenta de administración: solo otra igual la cierra.")


def _comprobar_que_no_recibe_un_rol(por, usuario, quien_toma) -> None:
    """Nadie se da un rol a sí mismo, tampoco tomando lo que otro deja."""
    con_rol = [relevo for relevo in relevos if relevo.prever and quien_toma.get(relevo.clave) == por]
    if any(candidatos_de(relevo, usuario).filter(pk=por.pk, lo_tiene=False).exists() for relevo in con_rol):
        raise CeseImposible(A_SI_MISMO)


@transaction.atomic
def aplicar_cese(*, cese: Cese, por: Usuario | None = None, request=None) -> None:
    """Pasa lo que tenía abierto, cierra la cuenta, sus roles y sus sesiones. Repetirla no hace nada.

    Si algo falla no queda nada a medias. ``por`` es ``None`` cuando la aplica el calendario.
    """
    cese = Cese.objects.select_for_update(of=("self",)).select_related("personal__usuario").get(pk=cese.pk)
    if cese.aplicado_en or cese.anulado_en:
        return
    quien = por or cese.registrado_por
    usuario = cese.personal.usuario
    # Antes de ver qué deja: el rol que le esperaba en otro puesto no es suyo todavía.
    anular_cambio_programado(personal=cese.personal, por=por, request=request)
    cese.resultado = [_pasar(relevo, usuario, cese, quien) for relevo in pendientes_de(usuario)]
    if usuario is not None:
        terminar_roles(usuario=usuario)
        # Si puede cerrarla se preguntó al registrar el cese, también la de un superusuario.
        cerrar_cuenta(personal=cese.personal, por=por, request=request)
    cese.aplicado_en = timezone.now()
    cese.save(update_fields=["resultado", "aplicado_en"])
    detalle = {"pasado": [{"que": r["clave"], "cuantas": r["cuantas"], "a": r["cuenta"]} for r in cese.resultado]}
    anotar(accion="aplicar cese", por=por, objeto=cese.personal, detalle=detalle, request=request)


def _pasar(relevo: Relevo, usuario: Usuario, cese: Cese, por) -> dict:
    """A quien se eligió; si ya no puede, al primero que pueda, salvo que con ello reciba un rol: ese no lo da nadie."""
    datos = {"clave": relevo.clave, "titulo": relevo.titulo, "cuantas": relevo.filas(usuario).count()}
    quien = _elegido(relevo, cese, usuario)
    if quien is None and not relevo.prever:
        quien = candidatos_de(relevo, usuario).first()
    dice = relevo.pasar(de=usuario, a=quien, por=por) if quien or relevo.prever else ""
    return datos | {"a": dice or str(quien or SE_QUEDA_IGUAL), "cuenta": quien.pk if quien else None}


@transaction.atomic
def anular_cese(*, personal: Personal, por: Usuario, request=None) -> None:
    """Deshace un cese programado; el que ya se aplicó, no."""
    cese = Cese.objects.select_for_update().pendientes().filter(personal=personal).first()
    if cese is None:
        raise CeseImposible("No tiene un cese por anular.")
    cese.anulado_en = timezone.now()
    cese.save(update_fields=["anulado_en"])
    Personal.objects.filter(pk=personal.pk).update(hasta=cese.hasta_de_antes)
    anotar(accion="anular cese", por=por, objeto=personal, detalle={"cese": cese.pk}, request=request)


def aplicar_ceses_de_hoy() -> str:
    """Aplica los de quienes ya trabajaron su último día; si pasar algo falla, la cuenta se cierra igual y se avisa."""
    _seguir_a_quien_se_fue_antes()
    aplicados, fallidos = 0, 0
    vencidos = Cese.objects.pendientes().filter(ultimo_dia__lt=timezone.localdate())
    for cese in vencidos.select_related("personal__usuario"):
        try:
            aplicar_cese(cese=cese)
        except Exception:  # noqa: BLE001 - uno que falla no detiene a los demás
            registro.exception("No se pudo aplicar el cese %s", cese.pk)
            # Con sus roles: son los que dicen qué falta pasar cuando se vuelva a intentar.
            cerrar_cuenta(personal=Personal.objects.get(pk=cese.personal_id), por=None)
            fallidos += 1
        else:
            aplicados += 1
    partes = [f"ceses aplicados: {aplicados}"] if aplicados else []
    return ", ".join(partes + ([f"por revisar: {fallidos}"] if fallidos else []))


def _seguir_a_quien_se_fue_antes() -> None:
    """Si ya pasó su «Hasta», que después se adelantó, ese fue su último día."""
    antes = Cese.objects.pendientes().filter(personal__hasta__lt=F("ultimo_dia"))
    for cese in antes.filter(personal__hasta__lt=timezone.localdate()).select_related("personal"):
        cese.ultimo_dia = cese.personal.hasta
        cese.save(update_fields=["ultimo_dia"])
