"""El ingreso rápido: una capacitación por fila, todas o ninguna."""

import datetime as dt

import pytest
from django.urls import reverse

from custodia.models import Huella
from eventos.actions.lote import programar_lote
from eventos.models import Capacitacion, Expositor, Sesion
from eventos.renglon import Renglon, Turno
from tests.fabricas import CapacitacionFactory, ExpositorFactory, PersonalFactory, SistemaFactory

from .ayudas import filas

pytestmark = pytest.mark.django_db


@pytest.fixture
def julia(cusco):
    return PersonalFactory(nombres="Julia", apellidos="Huamán Rojas", centro=cusco)


def fila(**cambios):
    """Como la manda el navegador: lo de siempre puesto y lo propio escrito."""
    return {
        "titulo": "Cierre contable",
        "tipo": "basica",
        "modalidad": "presencial",
        "sistema": SistemaFactory().pk,
        "fecha": "7",
        "desde": "9:00",
        "hasta": "13:00",
        "lugar": "Auditorio",
        "personal": "",
        "tema": "",
        "cupos": "20",
    } | cambios


def en_blanco():
    """Una fila que nadie tocó."""
    return fila(titulo="", sistema="", fecha="", cupos="")


def enviar(cliente, *lista, mes="2026-12", **consulta):
    url = f"{reverse('eventos_intranet:programa-rapido')}?mes={mes}"
    return cliente.post(url, filas("filas", lista), follow=True)


def test_se_guardan_borradores_completos_y_las_filas_en_blanco_no_cuentan(cliente, asistente, cusco, julia):
    respuesta = enviar(
        cliente,
        fila(personal=julia.pk, tema="Cuentas de enlace", desde="9", hasta="1230"),
        en_blanco(),
        fila(titulo="Tesorería", fecha="8/12", modalidad="virtual", cupos=""),
        en_blanco(),
    )
    assert "Se guardaron 2 borradores" in respuesta.text
    cierre, tesoreria = Capacitacion.objects.order_by("pk")
    assert (cierre.estado, cierre.centro, cierre.creada_por, cierre.cupos) == ("borrador", cusco, asistente, 20)
    assert [s.nombre for s in cierre.sistemas.all()] == ["Presupuesto Público"]
    sesion = cierre.sesiones.get()
    assert (sesion.fecha, sesion.hora_inicio, sesion.hora_fin) == (dt.date(2026, 12, 7), dt.time(9), dt.time(12, 30))
    expositora = cierre.expositores.get()
    assert (expositora.personal, expositora.nombre, expositora.tema) == (julia, str(julia), "Cuentas de enlace")
    assert expositora.procedencia == "centro"
    assert (tesoreria.fecha_inicio, tesoreria.lugar, tesoreria.cupos) == (dt.date(2026, 12, 8), "", None)
    assert Huella.objects.filter(accion="programar").count() == 2


@pytest.mark.parametrize(
    ("cambios", "queja"),
    [
        ({"titulo": ""}, "Este campo es obligatorio"),
        ({"sistema": ""}, "Este campo es obligatorio"),
        ({"sistema": "999999"}, "Escoja una opción válida"),
        ({"personal": "999999"}, "Escoja una opción válida"),
        ({"fecha": "32"}, "No se entiende la fecha"),
        ({"fecha": "31/2"}, "No se entiende la fecha"),
        ({"fecha": "7/12/0206"}, "Revise el año"),
        ({"fecha": "mañana"}, "No se entiende la fecha"),
        ({"desde": "25"}, "No se entiende la hora"),
        ({"hasta": "8:30"}, "debe ser posterior"),
        ({"cupos": "0"}, "mayor o igual a 1"),
        ({"cupos": "veinte"}, "número entero"),
        ({"titulo": "x" * 161}, "160"),
        ({"titulo": "a\x00b"}, "en una sola línea"),
    ],
)
def test_el_error_va_en_su_fila_no_se_guarda_ninguna_y_nada_se_pierde(cliente, cambios, queja):
    respuesta = enviar(cliente, fila(titulo="La buena"), fila(**cambios))
    assert respuesta.status_code == 200
    assert not Capacitacion.objects.exists()
    assert "No se guardó ninguna" in respuesta.text
    assert 'value="La buena"' in respuesta.text
    buena, mala = respuesta.context["filas"].forms
    assert not buena.errors
    assert queja.lower() in str(mala.errors).lower()


def test_sin_ninguna_fila_se_dice(cliente):
    assert "llene al menos una fila" in enviar(cliente, en_blanco()).text


def test_enviar_dos_veces_no_duplica_y_dice_que_ya_esta(cliente):
    enviar(cliente, fila())
    assert "Ya está programada ese día a esa hora" in enviar(cliente, fila()).text
    assert Capacitacion.objects.count() == 1


def test_dos_filas_iguales_se_notan_antes_de_guardar(cliente):
    assert "Ya está programada" in enviar(cliente, fila(), fila(titulo="CIERRE  CONTABLE")).text
    assert not Capacitacion.objects.exists()


def test_lo_cancelado_se_puede_volver_a_programar(cliente, cusco):
    CapacitacionFactory(titulo="Cierre contable", centro=cusco, fecha_inicio=dt.date(2026, 12, 7), estado="cancelada")
    enviar(cliente, fila())
    assert Capacitacion.objects.count() == 2


def test_se_guarda_y_se_avisa_el_choque(cliente, cusco, julia):
    otra = CapacitacionFactory(titulo="Tesorería", centro=cusco, fecha_inicio=dt.date(2026, 12, 7))
    ExpositorFactory(capacitacion=otra, personal=julia, nombre=str(julia))
    respuesta = enviar(cliente, fila(personal=julia.pk))
    assert "Se guardaron 1 borrador" in respuesta.text
    assert "Julia Huamán Rojas está el lun 7 dic 2026" in respuesta.text


def test_si_una_falla_no_se_guarda_ninguna(asistente, cusco, monkeypatch):
    from eventos.actions import lote

    def renglon(titulo):
        turno = Turno(dt.date(2026, 12, 7), dt.time(9), dt.time(13))
        return Renglon(titulo, "basica", "presencial", [SistemaFactory().pk], [turno])

    guardar = lote.guardar_capacitacion

    def falla(*, capacitacion, **lo_demas):
        if capacitacion.titulo == "Segunda":
            raise RuntimeError
        return guardar(capacitacion=capacitacion, **lo_demas)

    monkeypatch.setattr(lote, "guardar_capacitacion", falla)
    with pytest.raises(RuntimeError):
        programar_lote(centro=cusco, renglones=[renglon("Primera"), renglon("Segunda")], por=asistente)
    assert not any(modelo.objects.exists() for modelo in (Capacitacion, Sesion, Expositor, Huella))


def test_el_personal_de_otro_centro_no_se_ofrece(cliente, arequipa, cusco):
    ajena = PersonalFactory(apellidos="Arequipeña", centro=arequipa)
    assert "Arequipeña" not in cliente.get(reverse("eventos_intranet:programa-rapido")).text
    assert "Escoja una opción válida" in str(enviar(cliente, fila(personal=ajena.pk)).context["filas"].errors)


def test_el_lugar_de_siempre_viene_puesto(cliente, cusco):
    CapacitacionFactory(centro=cusco, lugar="Sala Machu Picchu")
    assert "Sala Machu Picchu" in cliente.get(reverse("eventos_intranet:programa-rapido")).text


def test_mas_filas_de_las_que_caben_no_pasan(cliente):
    respuesta = enviar(cliente, *(fila(titulo=f"Curso {n}") for n in range(41)))
    assert respuesta.status_code == 200
    assert not Capacitacion.objects.exists()
