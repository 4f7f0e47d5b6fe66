"""Pruebas de entrada y salida (R89) y vistos buenos en papeletas (R85) inventados, en Cusco."""

import datetime as dt

from eventos.actions.prueba import PreguntaEscrita, guardar_prueba
from eventos.models import Capacitacion, Inscripcion, NotaDePrueba, Prueba, VistoBueno
from organizacion.models import Usuario

from .azar import Azar

INSTRUCCIONES = "Marque una sola alternativa por pregunta. Tiene 15 minutos."
# (pregunta, puntaje, alternativas, posición de la correcta)
PREGUNTAS = (
    (
        "¿Qué es el PIA?",
        4,
        ("El presupuesto con que empieza el año", "El plan de inversiones", "Un saldo"),
        0,
    ),
    ("¿En qué fase se reconoce la obligación de pago?", 4, ("Compromiso", "Devengado", "Girado", "Certificación"), 1),
    ("¿Qué se hace antes de comprometer un gasto?", 4, ("Girarlo", "Certificarlo", "Rendirlo"), 1),
    ("¿Quién aprueba una modificación en el nivel institucional?", 4, ("El tesorero", "El contador", "El titular"), 2),
    ("¿Dónde se registra la ejecución del gasto?", 4, ("En el SIAF", "En un cuaderno", "En el portal web"), 0),
)
PAPELETAS = 6


def cargar_pruebas(hoy: dt.date) -> None:
    """Con notas, la última que se dictó de presupuesto y la última de todas; por dar, la próxima de presupuesto."""
    de_cusco = Capacitacion.objects.en_pie().filter(centro__slug="cusco")
    de_presupuesto = de_cusco.filter(sistemas__slug="presupuesto")
    dictadas = {de_presupuesto.pasadas(hoy).first(), de_cusco.pasadas(hoy).first()} - {None}
    azar, responsable = Azar(32), Usuario.objects.filter(username="responsable.tecnico").first()
    for capacitacion in sorted(dictadas, key=lambda c: c.pk):
        _poner_notas(_definir(capacitacion, responsable), azar)
    if proxima := de_presupuesto.proximas(hoy).first():
        _definir(proxima, responsable)


def _definir(capacitacion, responsable) -> Prueba:
    sistemas = list(capacitacion.sistemas.all())
    sistema = next((s for s in sistemas if s.slug == "presupuesto"), sistemas[0])
    prueba = Prueba.objects.create(capacitacion=capacitacion, sistema=sistema)
    preguntas = [PreguntaEscrita(texto, puntaje, list(a), correcta) for texto, puntaje, a, correcta in PREGUNTAS]
    return guardar_prueba(prueba=prueba, instrucciones=INSTRUCCIONES, preguntas=preguntas, por=responsable)


def _poner_notas(prueba, azar) -> None:
    """Quien firmó dio las dos, salvo uno de cada ocho; la salida casi nunca baja."""
    digitadora = Usuario.objects.filter(username="asistente.cusco").first()
    maximo, notas = prueba.puntaje_maximo, []
    for inscripcion in _que_firmaron(prueba.capacitacion):
        entrada = azar.choice((4, 4, 8, 8, 12))
        puntajes = {"entrada": entrada, "salida": min(maximo, entrada + azar.choice((0, 4, 8, 8)))}
        if azar.random() < 1 / 8:
            del puntajes["salida"]
        por_enlace = azar.random() < 0.5
        notas += [
            NotaDePrueba(
                prueba=prueba,
                inscripcion=inscripcion,
                momento=momento,
                puntaje=puntaje,
                maximo=maximo,
                registrada_por=None if por_enlace else digitadora,
            )
            for momento, puntaje in puntajes.items()
        ]
    NotaDePrueba.objects.bulk_create(notas)


def _que_firmaron(capacitacion):
    return Inscripcion.objects.filter(
        pk__in=capacitacion.inscripciones.filter(asistencias__esta_firmada=True).values("pk")
    ).order_by("orden")


def cargar_vistos_buenos(hoy: dt.date) -> None:
    """Los primeros que firmaron en la última que se dictó en Cusco; uno no tenía número de papeleta."""
    ultima = Capacitacion.objects.en_pie().filter(centro__slug="cusco").pasadas(hoy).first()
    if ultima is None:
        return
    asistente = Usuario.objects.filter(username="asistente.cusco").first()
    VistoBueno.objects.bulk_create(
        VistoBueno(
            capacitacion=ultima,
            inscripcion=inscripcion,
            papeleta=f"{120 + n}-{ultima.fecha_fin.year}" if n else "",
            sellado_por=asistente,
        )
        for n, inscripcion in enumerate(_que_firmaron(ultima)[:PAPELETAS])
    )
