"""Lo que el informe del evento (Anexo 8) toma de los datos, y en qué difiere de lo que se presentó (invariante 10)."""

from collections import Counter
from dataclasses import asdict, dataclass

from .cifras import cifras_de
from .encuestas import resumen_de
from .models import Asistencia, Capacitacion, Expositor, Informe
from .templatetags.eventos import horas

CIUDADANIA = "Ciudadanía"
CONTADAS = {
    "inscritos": "Personas inscritas",
    "participantes": "Participantes",
    "asistencias": "Asistencias firmadas",
    "encuestas": "Encuestas contestadas",
}


@dataclass(frozen=True)
class Diferencia:
    que: str
    presentada: int
    ahora: int


def datos_de(capacitacion: Capacitacion) -> dict:
    """Las cifras y los cuadros del informe, en lo que un JSON puede guardar; sin nadie a quien se reconozca."""
    cifras, resumen = cifras_de(capacitacion), resumen_de(capacitacion)
    return {
        "inscritos": capacitacion.inscripciones.confirmadas().count(),
        "participantes": cifras.participantes,
        "asistencias": cifras.asistencias,
        "encuestas": resumen.respuestas,
        "entidades": [[nombre, cuantos] for nombre, cuantos in participantes_por_entidad(capacitacion)],
        "resumen": {**asdict(resumen), "se_desglosa": resumen.se_desglosa},
    }


def participantes_por_entidad(capacitacion: Capacitacion) -> list[tuple[str, int]]:
    """Cuántas personas firmaron de cada entidad (R84), de más a menos."""
    firmadas = Asistencia.objects.firmadas().filter(sesion__capacitacion=capacitacion)
    personas = {}
    for asistencia in firmadas.select_related("inscripcion__entidad"):
        inscripcion = asistencia.inscripcion
        personas[inscripcion.persona_id] = inscripcion.nombre_de_entidad or CIUDADANIA
    cuentas = Counter(personas.values())
    return sorted(cuentas.items(), key=lambda par: (-par[1], par[0]))


def propuesta_de(capacitacion: Capacitacion) -> dict:
    """Con qué empieza el informe: lo que la programación y el registro ya dicen; el Coordinador lo completa."""
    return {
        "objetivo": capacitacion.objetivo,
        "metodologia": capacitacion.metodologia or _metodologias(capacitacion),
        "publico": _publico(capacitacion),
        "resultados": "",
        "conclusiones": "",
    }


def _metodologias(capacitacion) -> str:
    """Las de las actividades del programa, sin repetir."""
    sesiones = capacitacion.sesiones.prefetch_related("actividades")
    usadas = [a.metodologia.strip() for sesion in sesiones for a in sesion.actividades.all()]
    return ", ".join(dict.fromkeys(usada for usada in usadas if usada))


def _publico(capacitacion) -> str:
    entidades = participantes_por_entidad(capacitacion)
    personas = sum(cuantos for _, cuantos in entidades)
    if not personas:
        return capacitacion.publico_objetivo
    quienes = "1 participante" if personas == 1 else f"{personas} participantes"
    donde = "1 entidad" if len(entidades) == 1 else f"{len(entidades)} entidades"
    return f"{quienes} de {donde}. {capacitacion.publico_objetivo}".strip()


def informe_de(capacitacion: Capacitacion) -> Informe:
    """El guardado o, si aún no hay, uno sin guardar con la propuesta."""
    guardado = Informe.objects.filter(capacitacion=capacitacion).select_related("presentado_por").first()
    return guardado or Informe(capacitacion=capacitacion, **propuesta_de(capacitacion))


def cifras_a_mostrar(informe: Informe) -> dict:
    """Las que se presentaron; mientras se prepara, las de ahora."""
    return informe.cifras if informe.esta_presentado else datos_de(informe.capacitacion)


def diferencias(informe: Informe) -> list[Diferencia]:
    """Lo que cambió desde que se presentó; nada, si aún no se presenta."""
    if not informe.esta_presentado:
        return []
    ahora, antes = datos_de(informe.capacitacion), informe.cifras
    return [
        Diferencia(rotulo, antes[clave], ahora[clave])
        for clave, rotulo in CONTADAS.items()
        if antes[clave] != ahora[clave]
    ]


def expositores_que_informan(capacitacion: Capacitacion) -> list[Expositor]:
    """Los del centro, si trata varios sistemas: cada uno informa de su participación (R91)."""
    if capacitacion.sistemas.count() < 2:
        return []
    filas = capacitacion.expositores.select_related("personal__usuario", "parte_de_informe__entregada_por")
    return [fila for fila in filas if fila.es_del_centro]


def partes_pendientes(capacitacion: Capacitacion) -> list[Expositor]:
    """Quiénes no entregan todavía su parte."""
    return [e for e in expositores_que_informan(capacitacion) if not entrego(e)]


def entrego(expositor: Expositor) -> bool:
    parte = getattr(expositor, "parte_de_informe", None)
    return parte is not None and parte.entregada_en is not None


def cuando_fue(capacitacion: Capacitacion) -> list[tuple]:
    """Pares (fecha, sus horas)."""
    return [(fecha, horas(sesiones)) for fecha, sesiones in capacitacion.dias]
