"""Cada correo de una capacitación dice en qué está la persona, quién le escribe y por qué."""

import datetime as dt
from html import unescape

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from correo.mensaje import armar
from correo.models import Entrega, Envio
from eventos import correos, correos_de_asistencia, correos_de_convocatoria, correos_en_bloque
from eventos.actions.cancelacion import cancelar
from eventos.enlaces import token_de
from eventos.models import (
    AplicacionDeEncuesta,
    Convocatoria,
    EnlaceDeAsistencia,
    Inscripcion,
    Invitacion,
    Motivo,
    Reprogramacion,
)
from organizacion.models import AjustesPortal
from tests.fabricas import CapacitacionFactory, InscripcionFactory, OperadorFactory

pytestmark = pytest.mark.django_db
COMIENZOS = (
    *("CONFIRMADO", "LISTA DE ESPERA", "CAMBIO DE FECHA", "CANCELADO"),
    *("CONFIRME SU ASISTENCIA", "ENCUESTA", "INVITACIÓN"),
)
SE_INSCRIBIO = "Lo recibe porque este correo se escribió al inscribirse en «Cierre contable»"
POR_QUE = {"invitacion": "Lo recibe porque"}
# Los de una inscripción y las invitaciones; los de una pregunta o de la validación hablan de otra cosa.
TODAS = sorted(
    ruta.stem
    for ruta in (settings.BASE_DIR / "templates/eventos/correo").glob("*.txt")
    if not ruta.stem.startswith(("_", "pregunta", "validacion"))
)


@pytest.fixture
def curso(cusco):
    return CapacitacionFactory(centro=cusco, titulo="Cierre contable", dias=10)


def inscrita(curso, estado="confirmada", **cambios):
    vence_en = timezone.now() + dt.timedelta(days=1) if estado == "ofrecida" else None
    return InscripcionFactory(capacitacion=curso, estado=estado, oferta_vence_en=vence_en, **cambios)


def cambiar(curso, cambio=None):
    correos.avisar_cambio(capacitacion=curso, cambio=cambio, razon="Fuerza mayor", por=None)


def en_dos(curso):
    """Las de una persona inscrita en ``curso`` y en otra."""
    primera = inscrita(curso)
    return [primera, inscrita(CapacitacionFactory(dias=20), persona=primera.persona)]


def pedir_encuesta(curso):
    aplicacion = AplicacionDeEncuesta.objects.create(capacitacion=curso, enviada_en=timezone.now())
    correos.enviar_encuesta(aplicacion=aplicacion, inscritas=[inscrita(curso)], por=None)


def pedir_asistencia(curso):
    sesion = curso.sesiones.get()
    enlace = EnlaceDeAsistencia.objects.create(inscripcion=inscrita(curso), sesion=sesion, vence_en=sesion.termina_en)
    correos_de_asistencia.enviar(curso, sesion, [enlace], clave="1")


def invitar(curso):
    operador = OperadorFactory(correo="rosa@muni.example")
    convocatoria = Convocatoria.objects.create(capacitacion=curso, anticipacion=10)
    de = {"operador": operador, "entidad": operador.entidad, "nombre": "Rosa Quispe", "correo": operador.correo}
    Invitacion.objects.create(capacitacion=curso, convocatoria=convocatoria, **de)
    correos_de_convocatoria.preparar(convocatoria)


ENVIAR = {
    "encuesta": pedir_encuesta,
    "enlace_de_asistencia": pedir_asistencia,
    "invitacion": invitar,
    "confirmada": lambda curso: correos.avisar(inscrita(curso)),
    "en_espera": lambda curso: correos.avisar(inscrita(curso, "en_espera")),
    "oferta": lambda curso: correos.avisar(inscrita(curso, "ofrecida")),
    "anulada": lambda curso: correos.avisar(inscrita(curso, "anulada")),
    "recordatorio": lambda curso: correos.recordar(inscrita(curso), 1),
    "reprogramada": lambda curso: inscrita(curso) and cambiar(curso),
    "varias_canceladas": lambda curso: correos_en_bloque.avisar_cancelaciones(en_dos(curso), por=None),
    "varias_reprogramadas": lambda curso: correos_en_bloque.avisar_cambios(
        en_dos(curso), cambios={}, razon="Fuerza mayor", por=None
    ),
    "cancelada": lambda curso: inscrita(curso) and correos.avisar_cancelacion(capacitacion=curso, por=None),
}


def enviado(plantilla, curso):
    ENVIAR[plantilla](curso)
    return armar(Entrega.objects.select_related("envio__centro").get())


def partes(mensaje):
    return [mensaje.body, unescape(mensaje.alternatives[0].content)]


def test_se_prueban_todas_las_plantillas():
    assert sorted(ENVIAR) == TODAS


@pytest.mark.parametrize("plantilla", TODAS)
def test_todo_asunto_empieza_diciendo_en_que_esta(plantilla, curso):
    mensaje = enviado(plantilla, curso)
    assert mensaje.subject.startswith(COMIENZOS)
    assert "Cierre contable" in mensaje.subject


@pytest.mark.parametrize("plantilla", TODAS)
def test_todo_correo_dice_quien_escribe_como_responderle_y_por_que(plantilla, curso):
    mensaje = enviado(plantilla, curso)
    assert mensaje.reply_to == ["cusco@conectamef.example"]
    for parte in partes(mensaje):
        for dato in ("CONECTAMEF Cusco", "084 123456", "Lunes a viernes de 8:30 a. m. a 5:30 p. m."):
            assert dato in parte
        assert POR_QUE.get(plantilla, SE_INSCRIBIO) in parte
        assert "%URL_BAJA%" not in parte
        assert "None" not in parte


@pytest.mark.parametrize("plantilla", TODAS)
def test_lo_que_organiza_la_sede_lo_responde_la_sede(plantilla):
    AjustesPortal.objects.update_or_create(pk=1, defaults={"telefono": "01 311 5930", "correo": "sede@mef.example"})
    curso = CapacitacionFactory(centro=None, organizador="sede", titulo="Cierre contable")
    mensaje = enviado(plantilla, curso)
    assert mensaje.reply_to == ["sede@mef.example"]
    assert all("01 311 5930" in parte for parte in partes(mensaje))


def test_la_confirmacion_dice_lo_que_hace_falta_saber(curso):
    inscripcion = inscrita(curso)
    correos.avisar(inscripcion)
    mensaje = armar(Entrega.objects.get())
    for parte in partes(mensaje):
        assert "Firme al inicio de cada sesión. Sin su firma, su asistencia no se cuenta." in parte
        assert (
            "Es gratuita. No entregamos constancias ni certificados; si lo necesita, traiga su papeleta de comisión "
            "para el visto bueno."
        ) in parte
        assert "¿No podrá venir?" in parte
        assert "Libere su cupo aquí" in parte
        assert inscripcion.codigo in parte
        assert reverse("eventos:inscripcion-ver", args=[token_de(inscripcion)]) in parte
        assert reverse("eventos:inscripcion-anular", args=[token_de(inscripcion)]) in parte


def test_la_virtual_se_confirma_con_su_enlace(cusco):
    curso = CapacitacionFactory(centro=cusco, modalidad="virtual", enlace_virtual="https://reunion.example/sala")
    mensaje = enviado("confirmada", curso)
    for parte in partes(mensaje):
        assert "Confirme con su enlace al inicio de cada sesión." in parte
        assert "https://reunion.example/sala" in parte
        assert "Firme" not in parte


def test_la_espera_dice_su_numero_y_que_no_viaje(curso):
    inscrita(curso, "en_espera", orden=1)
    inscrita(curso, "en_espera", orden=2)
    correos.avisar(inscrita(curso, "en_espera", orden=3))
    texto = Envio.objects.get().texto
    assert "Es el número 3. Todavía no tiene cupo: no viaje hasta recibir nuestra confirmación." in texto


def test_la_oferta_dice_hasta_cuando_con_su_dia_y_hora(curso):
    inscripcion = inscrita(curso, "ofrecida")
    Inscripcion.objects.filter(pk=inscripcion.pk).update(
        oferta_vence_en=timezone.make_aware(dt.datetime(2026, 11, 24, 11))
    )
    correos.avisar(Inscripcion.objects.get())
    mensaje = armar(Entrega.objects.get())
    for parte in partes(mensaje):
        assert "hasta el martes 24 de noviembre de 2026, 11:00\u00a0a.\u00a0m." in parte
        assert reverse("eventos:oferta", args=[token_de(inscripcion)]) in parte


# --- Cambios y cancelaciones ---


def test_el_cambio_dice_como_era_y_a_cada_quien_lo_que_le_queda_por_hacer(curso):
    antes = timezone.make_aware(dt.datetime(2026, 11, 3, 9))
    cambio = Reprogramacion.objects.create(
        capacitacion=curso,
        motivo=Motivo.FUERZA_MAYOR,
        comenzaba_en=antes,
        terminaba_el=antes.date(),
        lugar_antes=curso.donde,
    )
    por_estado = {estado: inscrita(curso, estado) for estado in ("confirmada", "ofrecida", "en_espera")}
    inscrita(curso, "anulada")
    cambiar(curso, cambio)

    assert Entrega.objects.count() == 3
    frases = {
        "confirmada": ("Libere su cupo aquí", "eventos:inscripcion-anular"),
        "ofrecida": ("todavía no lo acepta", "eventos:oferta"),
        "en_espera": ("no viaje hasta recibir nuestra confirmación", "eventos:inscripcion-anular"),
    }
    for estado, (frase, ruta) in frases.items():
        mensaje = armar(Entrega.objects.get(direccion=por_estado[estado].correo))
        for parte in partes(mensaje):
            assert "Antes: martes 3 de noviembre de 2026, 9:00\u00a0a.\u00a0m." in parte
            assert frase in parte
            assert reverse(ruta, args=[token_de(por_estado[estado])]) in parte


def test_si_solo_cambio_el_enlace_no_se_dice_un_antes(curso):
    inscrita(curso)
    cambiar(curso)
    assert "Antes:" not in Envio.objects.get().texto


def test_la_cancelacion_llega_tambien_a_quien_tenia_un_cupo_ofrecido(curso, coordinadora):
    vigentes = [inscrita(curso, estado) for estado in ("confirmada", "ofrecida", "en_espera")]
    inscrita(curso, "anulada")
    cancelar(capacitacion=curso, motivo=Motivo.FUERZA_MAYOR, por=coordinadora)
    assert set(Entrega.objects.values_list("direccion", flat=True)) == {i.correo for i in vigentes}
