"""El ente rector define la prueba de entrada y salida, el centro pone las notas y se ve cuánto se aprendió (R89)."""

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from custodia.models import Huella
from eventos.actions import prueba as acciones
from eventos.actions.nota import NotaDeLaPersona, NotaEscrita, PuntajeFueraDeRango, registrar_notas
from eventos.actions.prueba import PreguntaEscrita, copiar_prueba, empezar_prueba, guardar_prueba
from eventos.documentos import prueba as documento
from eventos.models import Capacitacion, NotaDePrueba, PreguntaDePrueba, Prueba
from eventos.pruebas import Resultados, resultados_de
from organizacion.models import Rol
from tests import personas
from tests.fabricas import (
    ExpositorFactory,
    InscripcionFactory,
    NotaDePruebaFactory,
    PersonalFactory,
    PruebaFactory,
    SistemaFactory,
)
from tests.pdf import exigir_en_orden, exigir_ua1, texto_de

from .ayudas import completa, de_hoy, filas

pytestmark = pytest.mark.django_db


@pytest.fixture
def responsable(db):
    return personas.responsable_de_presupuesto()


@pytest.fixture
def capacitacion(cusco):
    return completa(titulo="Cierre contable")


@pytest.fixture
def prueba(capacitacion):
    return PruebaFactory(capacitacion=capacitacion)


def direccion(nombre, objeto):
    return reverse(f"eventos_intranet:{nombre}", args=[objeto.pk])


def pregunta(**cambios):
    """Una fila del formulario: dos alternativas, la B es la correcta y vale 5."""
    return {
        "texto": "¿Cuándo se devenga?",
        "puntaje": 5,
        "alternativa_0": "Al girar",
        "alternativa_1": "Al recibir el bien",
        "correcta": "1",
    } | cambios


def escrita(**cambios):
    datos = {"texto": "¿Qué es el PIA?", "puntaje": 5, "alternativas": ["Uno", "Dos"], "correcta": 0} | cambios
    return PreguntaEscrita(**datos)


# --- Definirla ---


def test_r89_el_responsable_define_preguntas_alternativas_y_puntajes(client, capacitacion, responsable):
    client.force_login(responsable)
    assert "Definir la prueba" in client.get(direccion("panel", capacitacion)).text
    sistema = capacitacion.sistemas.get()
    abierta = client.post(direccion("prueba-empezar", capacitacion), {"sistema": sistema.pk})
    en_blanco = {"texto": "", "puntaje": "1", "alternativa_0": ""}
    datos = filas(
        "preguntas", [pregunta(), en_blanco, pregunta(texto="¿Y el girado?", puntaje=3, alternativa_4="Nunca")]
    )

    client.post(abierta.url, datos | {"instrucciones": "Marque una."})

    prueba = Prueba.objects.get()
    assert (prueba.instrucciones, prueba.puntaje_maximo, prueba.definida_por) == ("Marque una.", 8, responsable)
    primera, segunda = prueba.preguntas.all()
    assert [(a.texto, a.es_correcta) for a in primera.alternativas.all()] == [
        ("Al girar", False),
        ("Al recibir el bien", True),
    ]
    assert segunda.alternativas.count() == 3
    assert Huella.objects.filter(accion="definir prueba").exists()


@pytest.mark.parametrize(
    ("mal", "dice"),
    [
        ({"texto": ""}, "Escriba la pregunta."),
        ({"alternativa_1": ""}, "Escriba al menos dos alternativas."),
        ({"correcta": ""}, "Marque cuál es la correcta."),
        ({"correcta": "3"}, "está en blanco"),
        ({"correcta": "9"}, "Escoja una opción válida"),
        ({"puntaje": "0"}, "mayor o igual a 1"),
        ({"puntaje": "mil"}, "número entero"),
        ({"texto": "a\x00b"}, "nul"),
        ({"alternativa_0": "x" * 400}, "300"),
    ],
)
def test_lo_mal_escrito_se_dice_no_se_pierde_y_no_se_guarda_nada(client, prueba, responsable, mal, dice):
    client.force_login(responsable)
    respuesta = client.post(direccion("prueba-definir", prueba), filas("preguntas", [pregunta(), pregunta(**mal)]))
    assert respuesta.status_code == 200
    assert dice in respuesta.text
    assert "Al recibir el bien" in respuesta.text
    assert list(prueba.preguntas.values_list("texto", flat=True)) == ["Pregunta número 1", "Pregunta número 2"]


@pytest.mark.parametrize("basura", [{"preguntas-TOTAL_FORMS": "muchas"}, {"preguntas-TOTAL_FORMS": "100000"}, {}])
def test_un_envio_danado_no_falla(client, prueba, responsable, basura):
    client.force_login(responsable)
    assert client.post(direccion("prueba-definir", prueba), {"instrucciones": "x"} | basura).status_code == 200
    assert prueba.preguntas.count() == 2


def test_quitar_todas_las_preguntas_se_rechaza(client, prueba, responsable):
    client.force_login(responsable)
    respuesta = client.post(direccion("prueba-definir", prueba), filas("preguntas", [pregunta(DELETE="on")]))
    assert "Escriba al menos una pregunta." in respuesta.text
    assert prueba.preguntas.count() == 2


def test_con_notas_puestas_no_cambia_lo_que_vale_una_nota(prueba, responsable):
    NotaDePruebaFactory(prueba=prueba)
    for cambiada in (
        [escrita()],
        [
            escrita(puntaje=5, alternativas=["A", "B", "C"]),
            escrita(puntaje=5, alternativas=["A", "B", "C"], correcta=1),
        ],
        [
            escrita(puntaje=4, alternativas=["A", "B", "C"], correcta=2),
            escrita(puntaje=6, alternativas=["A", "B", "C"], correcta=1),
        ],
    ):
        with pytest.raises(acciones.PruebaConNotas, match="sobre 10 puntos"):
            guardar_prueba(prueba=prueba, instrucciones="", preguntas=cambiada, por=responsable)
    textos = [
        escrita(texto="Corregida", puntaje=4, alternativas=["A", "B", "C"]),
        escrita(puntaje=6, alternativas=["A", "B", "C"], correcta=1),
    ]
    guardar_prueba(prueba=prueba, instrucciones="", preguntas=textos, por=responsable)
    assert prueba.preguntas.first().texto == "Corregida"


def test_se_copia_la_de_otra_capacitacion_del_mismo_sistema(client, prueba, responsable, arequipa):
    nueva = empezar_prueba(capacitacion=completa(centro=arequipa), sistema=prueba.sistema, por=responsable)
    client.force_login(responsable)
    assert "Copiar las preguntas de" in client.get(direccion("prueba-definir", nueva)).text
    client.post(direccion("prueba-copiar", nueva), {"origen": prueba.pk})
    assert Prueba.objects.get(pk=nueva.pk).estructura == prueba.estructura


def test_no_se_copia_la_de_otro_sistema(client, prueba, responsable):
    otro = SistemaFactory(slug="contabilidad", nombre="Contabilidad")
    ajena = PruebaFactory(capacitacion=completa(sistemas=[otro]))
    with pytest.raises(acciones.NoEsSuSistema):
        copiar_prueba(prueba=prueba, origen=ajena, por=responsable)
    client.force_login(responsable)
    client.post(direccion("prueba-copiar", prueba), {"origen": ajena.pk})
    assert prueba.preguntas.filter(texto="Pregunta número 1").exists()


def test_si_algo_falla_quedan_las_preguntas_de_antes(prueba, responsable, monkeypatch):
    def falla(**datos):
        raise RuntimeError

    monkeypatch.setattr(acciones, "anotar", falla)
    with pytest.raises(RuntimeError):
        guardar_prueba(prueba=prueba, instrucciones="", preguntas=[escrita()], por=responsable)
    assert PreguntaDePrueba.objects.count() == 2


def test_con_el_expediente_cerrado_nada_cambia(prueba, responsable, asistente):
    inscrita = InscripcionFactory(capacitacion=prueba.capacitacion)
    Capacitacion.objects.update(cerrada_en=timezone.now())
    with pytest.raises(acciones.NoProcede, match="ya se cerró"):
        guardar_prueba(prueba=prueba, instrucciones="", preguntas=[escrita()], por=responsable)
    with pytest.raises(acciones.NoProcede, match="ya se cerró"):
        registrar_notas(prueba=prueba, notas=[NotaEscrita(inscrita.pk, "entrada", 4)], por=asistente)


# --- Quién ---


def test_nadie_mas_la_define_ni_ve_la_clave(client, prueba, coordinadora, ogauc, asistente):
    for usuario in (coordinadora, ogauc, asistente):
        client.force_login(usuario)
        assert client.get(direccion("prueba-pdf", prueba)).status_code == 200
        for nombre in ("prueba-definir", "prueba-clave"):
            assert client.get(direccion(nombre, prueba)).status_code == 403
        assert client.post(direccion("prueba-definir", prueba), filas("preguntas", [pregunta()])).status_code == 403
        assert client.post(direccion("prueba-copiar", prueba), {"origen": prueba.pk}).status_code == 403
        datos = {"sistema": prueba.sistema_id}
        assert client.post(direccion("prueba-empezar", prueba.capacitacion), datos).status_code == 403
    assert prueba.preguntas.count() == 2


def test_el_responsable_de_otro_sistema_de_la_misma_capacitacion_no_la_cambia(client, prueba):
    otro = SistemaFactory(slug="contabilidad", nombre="Contabilidad")
    prueba.capacitacion.sistemas.add(otro)
    client.force_login(personas.con_rol("responsable.contabilidad", Rol.RESPONSABLE_TECNICO, sistema=otro))
    assert client.get(direccion("prueba-definir", prueba)).status_code == 404
    assert client.get(direccion("prueba-clave", prueba)).status_code == 404


def test_el_especialista_que_expone_ve_la_clave_y_el_que_no_expone_no(client, prueba, cusco):
    especialista = personas.especialista_de_cusco()
    client.force_login(especialista)
    assert client.get(direccion("prueba-clave", prueba)).status_code == 403
    miembro = PersonalFactory(centro=cusco, usuario=especialista)
    ExpositorFactory(capacitacion=prueba.capacitacion, personal=miembro)
    assert client.get(direccion("prueba-clave", prueba)).status_code == 200
    assert Huella.objects.filter(accion="descargar clave", usuario=especialista).exists()


def test_lo_de_otro_centro_no_existe(client, prueba):
    client.force_login(personas.coordinador_de_arequipa())
    for nombre in ("prueba-definir", "prueba-pdf", "prueba-clave", "notas"):
        assert client.get(direccion(nombre, prueba)).status_code in (403, 404)
    assert client.get(direccion("pruebas", prueba.capacitacion)).status_code == 404
    assert client.post(direccion("notas", prueba)).status_code == 404


# --- Imprimirla ---


def test_la_prueba_se_imprime_sin_respuestas_y_la_clave_con_ellas(prueba):
    limpia, clave = documento.pdf(prueba), documento.pdf(prueba, con_clave=True)
    exigir_ua1(limpia, "Prueba de entrada y salida – Cierre contable")
    exigir_ua1(clave, "Clave de respuestas – Cierre contable")
    campos = [
        "Cierre contable",
        "Apellidos y nombres",
        "Entrada",
        "Salida",
        "de 10",
        "1. Pregunta número 1",
        "(4 puntos)",
    ]
    exigir_en_orden(texto_de(limpia), [*campos, "A) Respuesta A", "B) Respuesta B", "2. Pregunta número 2"])
    assert "correcta" not in texto_de(limpia)
    exigir_en_orden(texto_de(clave), ["A) Respuesta A (correcta)", "B) Respuesta B", "B) Respuesta B (correcta)"])


# --- Las notas de papel ---


@pytest.fixture
def inscritas(prueba):
    return [InscripcionFactory(capacitacion=prueba.capacitacion) for _ in range(2)]


def rejilla(*notas):
    """Lo que manda la rejilla: por inscripción, momento, lo escrito y lo que mostraba."""
    datos = {}
    for inscrita, momento, escrito, antes in notas:
        datos |= {f"n{inscrita.pk}-{momento}": escrito, f"initial-n{inscrita.pk}-{momento}": antes}
    return datos


def notas():
    return set(NotaDePrueba.objects.values_list("inscripcion", "momento", "puntaje"))


def test_las_notas_de_papel_se_ponen_se_corrigen_y_se_borran(cliente, prueba, inscritas, asistente):
    una, otra = inscritas
    url = direccion("notas", prueba)
    cliente.post(url, rejilla((una, "entrada", "4", ""), (una, "salida", "10", ""), (otra, "entrada", "0", "")))
    assert notas() == {(una.pk, "entrada", 4), (una.pk, "salida", 10), (otra.pk, "entrada", 0)}
    assert NotaDePrueba.objects.filter(registrada_por=asistente, maximo=10).count() == 3
    cliente.post(url, rejilla((una, "entrada", "5", "4"), (otra, "entrada", "", "0")))
    assert notas() == {(una.pk, "entrada", 5), (una.pk, "salida", 10)}


def test_guardar_no_pisa_lo_que_otra_persona_puso_mientras_tanto(cliente, prueba, inscritas):
    una, _ = inscritas
    cliente.post(direccion("notas", prueba), rejilla((una, "entrada", "7", "")))
    cliente.post(direccion("notas", prueba), rejilla((una, "entrada", "", ""), (una, "salida", "9", "")))
    assert notas() == {(una.pk, "entrada", 7), (una.pk, "salida", 9)}


@pytest.mark.parametrize("mala", ["11", "-1", "x", "4.5", "²", "9" * 30])
def test_una_nota_mala_se_marca_y_no_se_guarda_ninguna(cliente, prueba, inscritas, mala):
    una, otra = inscritas
    datos = rejilla((una, "entrada", "4", ""), (otra, "entrada", mala, ""))
    respuesta = cliente.post(direccion("notas", prueba), datos)
    assert respuesta.status_code == 200
    assert "De 0 a 10." in respuesta.text
    assert 'value="4"' in respuesta.text
    assert not NotaDePrueba.objects.exists()


def test_la_nota_que_la_persona_se_gano_por_su_enlace_no_se_cambia(cliente, prueba, asistente):
    nota = NotaDePruebaFactory(prueba=prueba)
    assert "por su enlace" in cliente.get(direccion("notas", prueba)).text
    cliente.post(direccion("notas", prueba), rejilla((nota.inscripcion, "entrada", "10", "")))
    with pytest.raises(NotaDeLaPersona):
        registrar_notas(prueba=prueba, notas=[NotaEscrita(nota.inscripcion_id, "entrada", 10)], por=asistente)
    nota.refresh_from_db()
    assert nota.puntaje == 4


def test_si_una_nota_no_procede_no_se_guarda_ninguna(prueba, inscritas, asistente):
    una, otra = inscritas
    malas = [NotaEscrita(una.pk, "entrada", 4), NotaEscrita(otra.pk, "entrada", 11)]
    with pytest.raises(PuntajeFueraDeRango):
        registrar_notas(prueba=prueba, notas=malas, por=asistente)
    assert not NotaDePrueba.objects.exists()


def test_el_responsable_ve_las_notas_y_no_las_pone(client, prueba, inscritas, responsable):
    client.force_login(responsable)
    una, _ = inscritas
    pagina = client.get(direccion("notas", prueba))
    assert str(una) in pagina.text
    assert "Guardar las notas" not in pagina.text
    assert client.post(direccion("notas", prueba), rejilla((una, "entrada", "4", ""))).status_code == 403


def test_quien_no_ve_notas_no_entra_a_la_rejilla(client, prueba, comunicaciones):
    client.force_login(comunicaciones)
    assert client.get(direccion("notas", prueba)).status_code == 403


# --- La ganancia ---


def test_r89_la_ganancia_es_de_quienes_dieron_las_dos(client, prueba, inscritas, responsable):
    una, otra = inscritas
    for inscrita, momento, puntaje in (
        (una, "entrada", 2),
        (una, "salida", 8),
        (otra, "entrada", 4),
        (otra, "salida", 7),
    ):
        NotaDePruebaFactory(prueba=prueba, inscripcion=inscrita, momento=momento, puntaje=puntaje)
    NotaDePruebaFactory(prueba=prueba, momento="salida", puntaje=10)  # solo dio la salida: no cuenta
    resultados = resultados_de(prueba)
    assert (resultados.entradas, resultados.salidas, resultados.ambas) == (2, 3, 2)
    assert (resultados.entrada, resultados.salida, resultados.ganancia) == (3.0, 7.5, 4.5)
    assert resultados.ganancia_normalizada == pytest.approx(4.5 / 7)
    client.force_login(responsable)
    pagina = client.get(direccion("pruebas", prueba.capacitacion)).text
    assert "64 %" in pagina
    assert "+4.5" in pagina


def test_sin_notas_no_hay_promedios_ni_ganancia(prueba):
    resultados = resultados_de(prueba)
    assert resultados == Resultados(maximo=10)
    assert resultados.ganancia is None
    assert resultados.ganancia_normalizada is None


def test_si_entraron_sabiendolo_todo_no_hay_ganancia_normalizada():
    assert Resultados(maximo=10, ambas=1, entrada=10.0, salida=9.0).ganancia_normalizada is None


@given(
    maximo=st.integers(1, 100),
    entrada=st.floats(0, 0.99),
    salida=st.floats(0, 1),
)
def test_la_ganancia_normalizada_nunca_pasa_de_uno_y_tiene_el_signo_de_la_ganancia(maximo, entrada, salida):
    resultados = Resultados(maximo=maximo, ambas=1, entrada=entrada * maximo, salida=salida * maximo)
    assert resultados.ganancia_normalizada <= 1 + 1e-9
    assert (resultados.ganancia_normalizada > 0) == (resultados.ganancia > 0)


# --- El panel ---


def test_sin_prueba_el_centro_no_ve_el_paso(cliente, capacitacion):
    assert 'id="pruebas"' not in cliente.get(direccion("panel", capacitacion)).text


def test_el_panel_pide_las_notas_cuando_ya_empezo(cliente):
    prueba = PruebaFactory(capacitacion=completa(dias=-1))
    panel = cliente.get(direccion("panel", prueba.capacitacion)).text
    assert "0 notas de entrada y 0 notas de salida" in panel
    for momento in NotaDePrueba.Momento:
        NotaDePruebaFactory(prueba=prueba, momento=momento)
    assert "1 nota de entrada y 1 nota de salida" in cliente.get(direccion("panel", prueba.capacitacion)).text


def test_los_botones_del_panel_llevan_su_ficha_contra_falsificacion(client, cusco, asistente):
    """Sin la ficha, «Publicar» y «Pedir validación» responderían 403 en un navegador de verdad."""
    borrador = completa(estado="borrador")
    client.force_login(asistente)
    panel = client.get(direccion("panel", borrador)).text
    assert panel.count('name="csrfmiddlewaretoken"') >= panel.count('<form method="post"') == 2


def test_una_de_hoy_se_puede_abrir(cliente):
    assert cliente.get(direccion("pruebas", de_hoy())).status_code == 200
