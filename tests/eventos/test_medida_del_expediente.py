"""La medida del issue: el expediente de una capacitación de 100 participantes se arma en menos de 5 segundos.

Para ver cuánto tardó: pytest -s tests/eventos/test_medida_del_expediente.py
"""

import pytest

from eventos.actions.cierre import cerrar
from eventos.actions.encuesta import Hoja, registrar_respuestas
from eventos.actions.expediente import dispensar_pieza
from eventos.actions.filas import Filas
from eventos.actions.informe import guardar_fotos, guardar_informe, presentar
from eventos.informe import propuesta_de
from eventos.models.encuesta import ITEMS_CONTENIDO, ITEMS_EXPOSITOR, ITEMS_GENERAL, ITEMS_LOGISTICA
from tests import personas
from tests.eventos.intranet.realizadas import foto, realizada
from tests.fabricas import AsistenciaFactory, SesionFactory
from tests.reloj import Medida

pytestmark = [pytest.mark.django_db, pytest.mark.lenta]
PARTICIPANTES, FOTOS, SEGUNDOS = 100, 6, 5


def test_el_expediente_de_cien_participantes_se_arma_en_menos_de_cinco_segundos(capsys):
    """Mañana y tarde firmadas por cien, cien encuestas completas y seis fotos."""
    coordinadora = personas.coordinadora_de_cusco()
    capacitacion = realizada(participantes=PARTICIPANTES, cupos=None)
    tarde = SesionFactory(
        capacitacion=capacitacion, fecha=capacitacion.fecha_inicio, hora_inicio="14:00", hora_fin="17:00"
    )
    for inscripcion in capacitacion.inscripciones.all():
        AsistenciaFactory(inscripcion=inscripcion, sesion=tarde)
    registrar_respuestas(capacitacion=capacitacion, respuestas=_hojas(capacitacion), por=coordinadora)
    fotos = [(foto(f"{n}.jpg", lado=(3000, 2000)), f"Foto {n}") for n in range(FOTOS)]
    guardar_informe(capacitacion=capacitacion, textos=propuesta_de(capacitacion), por=coordinadora)
    guardar_fotos(capacitacion=capacitacion, filas=Filas(), nuevas=fotos, por=coordinadora)
    presentar(capacitacion=capacitacion, por=coordinadora)
    dispensar_pieza(capacitacion=capacitacion, anexo="4", motivo="Se anunció por la web.", por=coordinadora)

    with Medida() as medida:
        expediente = cerrar(capacitacion=capacitacion, por=coordinadora)

    with capsys.disabled():
        tamano = expediente.archivo.octetos // 1024
        print(f"\nExpediente: {expediente.folios} folios, {tamano} kB, {medida}")  # noqa: T201 - se mide para leerlo
    assert expediente.folios > PARTICIPANTES // 20
    assert medida.segundos < SEGUNDOS


def _hojas(capacitacion) -> list[Hoja]:
    preguntas = [(item, None) for item in (*ITEMS_CONTENIDO, *ITEMS_LOGISTICA, *ITEMS_GENERAL)]
    preguntas += [(item, e.pk) for e in capacitacion.expositores.all() for item in ITEMS_EXPOSITOR]
    return [
        Hoja({pregunta: 1 + (n + k) % 4 for k, pregunta in enumerate(preguntas)}, recomendaciones=f"Más casos {n}")
        for n in range(PARTICIPANTES)
    ]
