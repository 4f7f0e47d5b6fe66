"""Abrir la edición de un mes, pidiendo a cada quien su parte, y armarla con lo que llegó (R106, R108–R110)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from boletines import plazos
from boletines.armado import bloques_de
from boletines.cierre import motivo_de_cierre, pagina_de
from boletines.correos_de_aportes import pedir
from boletines.models import Aporte, BoletinesIndexPage, BoletinPage, Edicion
from boletines.responsables import responsables_de, sistemas_con_responsable
from custodia.actions import anotar
from organizacion.dias import no_laborables
from organizacion.models import Centro


class NoSeArma(Exception):
    """La edición no se puede armar; el texto dice por qué y se muestra."""


@transaction.atomic
def abrir_edicion(*, anio: int, mes: int, por=None) -> Edicion:
    """Pide su parte a cada centro activo (R108) y a cada Responsable Técnico (R109).

    Repetirla solo pide lo que falte: a un centro que se activó o a un Responsable que se designó después.
    """
    Edicion.objects.get_or_create(anio=anio, mes=mes)
    edicion = Edicion.objects.select_for_update().get(anio=anio, mes=mes)
    nuevos = _crear_aportes(edicion)
    if edicion.pedida_en is None:
        edicion.pedida_en = timezone.now()
        edicion.save(update_fields=["pedida_en"])
    if nuevos:
        responden = responsables_de(nuevos)
        sin_aviso = [aporte.pk for aporte in nuevos if not pedir(aporte, responden[aporte.pk])]
        detalle = {"pedidos": len(nuevos), "sin_correo": sin_aviso}
        anotar(accion="pedir aportes", por=por, objeto=edicion, detalle=detalle)
    return edicion


def por_pedir(edicion: Edicion | None) -> tuple:
    """Los centros y los sistemas a los que aún no se pidió su parte."""
    suyos = Aporte.objects.filter(edicion=edicion) if edicion else Aporte.objects.none()
    centros = Centro.objects.activos().exclude(pk__in=suyos.de_centros().values("centro"))
    sistemas = sistemas_con_responsable().exclude(pk__in=suyos.tecnicos().values("sistema"))
    return centros, sistemas


def _crear_aportes(edicion) -> list[Aporte]:
    centros, sistemas = por_pedir(edicion)
    ahora, hoy, anio, mes = timezone.now(), timezone.localdate(), edicion.anio, edicion.mes
    nuevos = []
    for centro in centros:
        dias = no_laborables(centro)
        plazo = plazos.plazo_al_pedir(plazos.plazo_de_centro(anio, mes, dias), hoy, dias)
        nuevos.append(Aporte(edicion=edicion, centro=centro, plazo=plazo, pedido_en=ahora))
    dias = no_laborables()
    plazo = plazos.plazo_al_pedir(plazos.plazo_de_sistema(anio, mes, dias), hoy, dias)
    nuevos += [Aporte(edicion=edicion, sistema=sistema, plazo=plazo, pedido_en=ahora) for sistema in sistemas]
    return Aporte.objects.bulk_create(nuevos)


@transaction.atomic
def armar(*, edicion: Edicion, por) -> BoletinPage:
    """Crea el borrador de la página del mes, si no está, y lleva a él lo entregado que aún no se llevó (R110).

    Lo técnico se agrega detrás de lo que el editor escribió; lo de los centros no se copia: la edición de cada uno lo
    lee. Repetirla lleva solo lo nuevo. Levanta ``NoSeArma``.
    """
    edicion = Edicion.objects.select_for_update().get(pk=edicion.pk)
    if motivo := motivo_de_cierre(edicion):
        raise NoSeArma(motivo)
    pagina = pagina_de(edicion) or _crear_pagina(edicion, por)
    borrador = pagina.get_latest_revision_as_object()
    listos = edicion.aportes.por_llevar().select_for_update(of=("self",))
    aportes = list(listos.select_related("sistema", "centro").prefetch_related("notas__imagen"))
    if nuevos := [bloque for aporte in aportes if aporte.sistema_id for bloque in bloques_de(aporte)]:
        borrador.cuerpo = [*borrador.cuerpo.raw_data, *nuevos]
        borrador.save_revision(user=por)
    Aporte.objects.filter(pk__in=[aporte.pk for aporte in aportes]).update(incorporado_en=timezone.now())
    anotar(accion="armar boletín", por=por, objeto=edicion, detalle={"aportes": len(aportes), "bloques": len(nuevos)})
    return pagina


def _crear_pagina(edicion, por) -> BoletinPage:
    indice = BoletinesIndexPage.objects.first()
    if indice is None:
        raise NoSeArma("Falta la página «Boletines»: ejecute «manage.py cargar_datos».")
    pagina = BoletinPage(anio=edicion.anio, mes=edicion.mes, live=False, owner=por)
    try:
        indice.add_child(instance=pagina)
    except ValidationError as error:  # otra página en borrador ya tomó ese mes
        raise NoSeArma(" ".join(error.messages)) from error
    pagina.save_revision(user=por)
    return pagina
