"""El ciclo de aportes, con fechas de hoy: la edición del mes en curso en todos los estados y la anterior, entregada."""

import datetime as dt
from itertools import cycle

from django.utils import timezone

from boletines import plazos
from boletines.actions.edicion import por_pedir
from boletines.borradores import EN_BLANCO, actividades_del_mes, editorial_automatica, publicado_del_mes
from boletines.models import Aporte, Edicion, NotaDeAporte
from comun.plazos import UN_DIA, anterior_habil
from eventos.calendario import mes_anterior
from eventos.models import Capacitacion
from organizacion.dias import no_laborables
from organizacion.models import Usuario

from .azar import Azar
from .marcas import marcar

Estado, Situacion, Tipo = Aporte.Estado, Aporte.Situacion, NotaDeAporte.Tipo
EDITORIAL = (
    "Este mes visitamos a las municipalidades que más lo pidieron y resolvimos con ellas sus casos.\n\n"
    "Lo que sigue es el cierre del año: escríbanos con tiempo."
)
OBSERVACION = "La novedad repite el comunicado del mes pasado: cámbiela por algo de su ámbito."
NOVEDADES = (
    (
        "Atención también por videollamada",
        "Pida su cita por correo; atendemos de lunes a viernes, de 2 a 5 de la tarde.",
    ),
    (
        "Más cerca de las provincias altas",
        "Desde este mes un especialista atiende en la municipalidad provincial los jueves.",
    ),
    (
        "Preguntas que más nos hicieron",
        "Qué hacer cuando un registro queda pendiente, y a quién escribir en cada caso.",
    ),
)
# En qué está cada centro en el mes en curso; Cusco va primero y lo tiene en borrador.
EN_CURSO = (
    Situacion.BORRADOR,
    Situacion.ENTREGADO,
    Situacion.PEDIDO,
    Situacion.ENTREGADO,
    Situacion.DEVUELTO,
    Situacion.ENTREGADO,
    Situacion.AUTOMATICO,
    Situacion.ENTREGADO,
)


def cargar_aportes(carga, hoy: dt.date, imagenes) -> None:
    """Si hoy es antes del 20, la edición en curso se pidió igual, a mano."""
    este = hoy.replace(day=1)
    pasada = _pedir(mes_anterior(este), hoy)
    actual = _pedir(este, hoy)
    _llenar(pasada, cycle([Situacion.INCORPORADO]), hoy)
    _llenar(actual, cycle(EN_CURSO), hoy)
    _ilustrar(pasada, imagenes)
    marcar(carga, [pasada, actual])


def _pedir(mes: dt.date, hoy: dt.date) -> Edicion:
    """Como ``abrir_edicion``, con la fecha del 20 y sin correos: la demostración no le escribe a nadie."""
    pedida = _a_las_nueve(min(plazos.dia_del_pedido(mes.year, mes.month), hoy))
    edicion = Edicion.objects.create(anio=mes.year, mes=mes.month, pedida_en=pedida)
    centros, sistemas = por_pedir(edicion)
    aportes = [
        Aporte(
            edicion=edicion,
            centro=centro,
            plazo=plazos.plazo_de_centro(mes.year, mes.month, no_laborables(centro)),
            pedido_en=pedida,
        )
        for centro in centros
    ]
    plazo = plazos.plazo_de_sistema(mes.year, mes.month, no_laborables())
    aportes += [Aporte(edicion=edicion, sistema=sistema, plazo=plazo, pedido_en=pedida) for sistema in sistemas]
    Aporte.objects.bulk_create(aportes)
    return edicion


def _llenar(edicion: Edicion, situaciones, hoy: dt.date) -> None:
    azar = Azar(61)
    aportes = list(edicion.aportes.select_related("edicion", "centro", "sistema"))
    aportes.sort(key=lambda a: (a.centro_id is None, (a.centro and a.centro.slug) != "cusco", a.pk))
    notas = []
    for aporte, situacion in zip(aportes, situaciones, strict=False):
        notas += _poner(aporte, situacion, hoy, azar)
    campos = [campo.name for campo in Aporte._meta.concrete_fields if campo.name not in ("id", "edicion")]
    Aporte.objects.bulk_update(aportes, campos)
    NotaDeAporte.objects.bulk_create(notas)


def _poner(aporte: Aporte, situacion: str, hoy: dt.date, azar) -> list[NotaDeAporte]:
    if situacion in (Situacion.PEDIDO, Situacion.AUTOMATICO) and aporte.centro_id:
        # Hay atrasados cualquier día en que se cargue.
        aporte.plazo = min(aporte.plazo, anterior_habil(hoy - UN_DIA, no_laborables(aporte.centro)))
    if situacion == Situacion.PEDIDO:
        return []
    if situacion == Situacion.AUTOMATICO and not aporte.centro_id:
        situacion = Situacion.DEVUELTO
    escritas = _escritas(aporte, azar)
    if situacion == Situacion.AUTOMATICO:
        aporte.es_automatico, aporte.editorial = True, editorial_automatica(aporte)
        return _notas(aporte, actividades_del_mes(aporte))
    editorial = EDITORIAL if aporte.centro_id else ""
    aporte.borrador, aporte.version = {"editorial": editorial, "notas": escritas}, 1
    aporte.guardado_por = _quien(aporte)
    aporte.guardado_en = _a_las_nueve(min(aporte.plazo - UN_DIA, hoy))
    if situacion == Situacion.BORRADOR:
        return []
    aporte.estado, aporte.editorial = Estado.ENTREGADO, editorial
    aporte.entregado_en, aporte.entregado_por = aporte.guardado_en, aporte.guardado_por
    if situacion == Situacion.DEVUELTO:
        aporte.estado, aporte.observacion = Estado.DEVUELTO, OBSERVACION
    if situacion == Situacion.INCORPORADO:
        aporte.incorporado_en = _a_las_nueve(min(aporte.edicion.mes_siguiente + 2 * UN_DIA, hoy))
    return _notas(aporte, escritas)


def _escritas(aporte, azar) -> list[dict]:
    if aporte.sistema_id:
        publicadas = publicado_del_mes(aporte)[:4]
        inventada = {
            "tipo": str(Tipo.NORMA),
            "titulo": f"Norma inventada N.° {azar.randrange(1, 60):03d}-{aporte.edicion.anio}",
            "fecha": aporte.edicion.primer_dia.replace(day=azar.randrange(1, 28)).isoformat(),
            "texto": f"Ejemplo de cómo se resume una norma de {aporte.sistema}. No es una norma real.",
        }
        return [*publicadas, EN_BLANCO | inventada]
    titulo, texto = azar.choice(NOVEDADES)
    novedad = EN_BLANCO | {"tipo": str(Tipo.NOVEDAD), "titulo": titulo, "texto": texto}
    return [*actividades_del_mes(aporte)[:4], novedad]


def _notas(aporte, escritas) -> list[NotaDeAporte]:
    llaves = {
        f"capacitacion:{n}": n
        for n in Capacitacion.objects.filter(centro=aporte.centro_id).values_list("pk", flat=True)
    }
    return [
        NotaDeAporte(
            aporte=aporte,
            orden=orden,
            fecha=nota["fecha"] or None,
            capacitacion_id=llaves.get(nota["origen"]),
            **{campo: nota[campo] for campo in ("tipo", "titulo", "texto", "enlace")},
        )
        for orden, nota in enumerate(escritas, start=1)
    ]


def _ilustrar(edicion: Edicion, imagenes) -> None:
    """La novedad de cada centro, con una foto."""
    notas = list(NotaDeAporte.objects.filter(aporte__edicion=edicion, tipo=Tipo.NOVEDAD).order_by("pk"))
    for nota, imagen in zip(notas, cycle(imagenes), strict=False):
        nota.imagen, nota.texto_alternativo = imagen, imagen.description
    NotaDeAporte.objects.bulk_update(notas, ["imagen", "texto_alternativo"])


def _quien(aporte):
    """La cuenta de demostración de quien coordina el centro o lleva el sistema, si la tiene."""
    donde = {"centro": aporte.centro_id} if aporte.centro_id else {"sistema": aporte.sistema_id, "centro": None}
    roles = ("coordinador", "responsable_tecnico")
    return Usuario.objects.filter(
        asignaciones__rol__in=roles, **{f"asignaciones__{campo}": valor for campo, valor in donde.items()}
    ).first()


def _a_las_nueve(fecha: dt.date) -> dt.datetime:
    return min(timezone.make_aware(dt.datetime.combine(fecha, dt.time(9))), timezone.now())
