"""Cancelar o mover varias a la vez (R67): un solo aviso por persona, y a llamar a quien no dio correo."""

import base64
import datetime as dt
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from correo.mensaje import armar
from correo.models import Entrega, Envio
from custodia.models import Huella
from eventos.actions.bloque import cancelar_en_bloque, mover_en_bloque
from eventos.actions.cancelacion import cancelar
from eventos.actions.rechazos import FaltaMotivo
from eventos.models import Capacitacion, Inscripcion, Llamada, Motivo, Reprogramacion
from tests import personas
from tests.fabricas import AsistenciaFactory, DiaNoLaborableFactory, InscripcionFactory, PersonaFactory, SesionFactory

from .ayudas import completa, de_hoy, dentro_de

pytestmark = pytest.mark.django_db
URL = "/intranet/capacitaciones/en-bloque/"


def eleccion(*capacitaciones):
    return {c.pk: Capacitacion.objects.get(pk=c.pk).secuencia for c in capacitaciones}


def inscrita(capacitacion, persona, **cambios):
    return InscripcionFactory(capacitacion=capacitacion, persona=persona, **cambios)


@pytest.fixture
def dos(cusco):
    return completa(titulo="Cierre contable", dias=7), completa(titulo="Tesorería", dias=9)


def test_quien_esta_en_dos_recibe_un_solo_correo_con_las_dos_y_un_ics(asistente, dos):
    rosa, luis = PersonaFactory(), PersonaFactory()
    for capacitacion in dos:
        inscrita(capacitacion, rosa, correo="rosa@muni.example")
    inscrita(dos[0], luis, correo="luis@muni.example")

    resultado = cancelar_en_bloque(elegidas=eleccion(*dos), motivo="fuerza_mayor", detalle="paro", por=asistente)

    assert (len(resultado.hechas), resultado.avisadas, resultado.por_llamar) == (2, 2, 0)
    assert sorted(Entrega.objects.values_list("direccion", flat=True)) == ["luis@muni.example", "rosa@muni.example"]
    mensaje = armar(Entrega.objects.get(direccion="rosa@muni.example"))
    assert mensaje.subject == "CANCELADO: no se realizarán Cierre contable y 1 más"
    for titulo in ("Cierre contable", "Tesorería", "Fuerza mayor: paro"):
        assert titulo in mensaje.body
    [adjunto] = Envio.objects.get(entregas__direccion="rosa@muni.example").adjuntos

    eventos = Calendar.from_ical(base64.b64decode(adjunto["contenido"])).walk("VEVENT")
    assert [evento["STATUS"] for evento in eventos] == ["CANCELLED", "CANCELLED"]


def test_quien_no_dio_correo_queda_por_llamar_una_sola_vez(asistente, dos):
    rosa = PersonaFactory()
    for capacitacion in dos:
        inscrita(capacitacion, rosa, correo="")
    resultado = cancelar_en_bloque(elegidas=eleccion(*dos), motivo="recursos", por=asistente)
    llamada = Llamada.objects.get()
    assert (llamada.capacitacion, llamada.asunto, llamada.nota) == (dos[0], "cancelacion", "También: Tesorería")
    assert (resultado.avisadas, resultado.por_llamar) == (0, 1)


def test_mover_corre_todas_las_sesiones_y_cuenta_como_era(asistente, dos):
    SesionFactory(capacitacion=dos[0], fecha=dentro_de(8))  # al atrasarla un día pasa por donde estaba la otra
    rosa = PersonaFactory()
    for capacitacion in dos:
        inscrita(capacitacion, rosa, correo="rosa@muni.example")
    mover_en_bloque(elegidas=eleccion(*dos), dias=1, motivo="ente_rector", por=asistente)
    assert list(dos[0].sesiones.values_list("fecha", flat=True)) == [dentro_de(8), dentro_de(9)]
    movida = Capacitacion.objects.get(pk=dos[0].pk)
    assert (movida.fecha_inicio, movida.fecha_fin, movida.secuencia) == (dentro_de(8), dentro_de(9), 1)
    assert Reprogramacion.objects.filter(motivo="ente_rector").count() == 2
    mensaje = armar(Entrega.objects.get())
    assert mensaje.subject.startswith("CAMBIO DE FECHA: Cierre contable y 1 más")
    assert mensaje.body.count("Antes: ") == 2
    assert mensaje.body.count("Libere su cupo aquí: http") == 2


@settings(max_examples=20)
@given(dias=st.integers(-6, 40).filter(bool), saltos=st.lists(st.integers(1, 3), max_size=4))
def test_mover_conserva_las_horas_y_lo_que_hay_entre_una_sesion_y_otra(asistente, dias, saltos):
    capacitacion, fecha = completa(dias=7), dentro_de(7)
    for salto in saltos:
        fecha += dt.timedelta(days=salto)
        SesionFactory(capacitacion=capacitacion, fecha=fecha)
    antes = list(capacitacion.sesiones.values_list("fecha", "hora_inicio", "hora_fin"))
    mover_en_bloque(elegidas=eleccion(capacitacion), dias=dias, motivo="usuarios", por=asistente)
    paso = dt.timedelta(days=dias)
    assert list(capacitacion.sesiones.values_list("fecha", "hora_inicio", "hora_fin")) == [
        (fecha + paso, desde, hasta) for fecha, desde, hasta in antes
    ]


def test_repetir_el_movimiento_no_las_mueve_otra_vez(asistente, dos):
    elegidas = eleccion(*dos)
    mover_en_bloque(elegidas=elegidas, dias=7, motivo="usuarios", por=asistente)
    segunda = mover_en_bloque(elegidas=elegidas, dias=7, motivo="usuarios", por=asistente)
    assert segunda.hechas == []
    assert "Cambió mientras la revisaba" in segunda.rechazadas[0][1]
    assert Capacitacion.objects.get(pk=dos[0].pk).fecha_inicio == dentro_de(14)


def test_la_que_tiene_firmas_se_dice_y_no_se_toca(asistente, dos):
    firmada = de_hoy()
    AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=firmada))
    resultado = cancelar_en_bloque(elegidas=eleccion(dos[0], firmada), motivo="usuarios", por=asistente)
    assert resultado.hechas == [dos[0]]
    assert [(c, "firmadas" in por_que) for c, por_que in resultado.rechazadas] == [(firmada, True)]
    assert Capacitacion.objects.get(pk=firmada.pk).esta_publicada


def test_sin_motivo_permitido_no_se_toca_ninguna(asistente, dos):
    with pytest.raises(FaltaMotivo):
        cancelar_en_bloque(elegidas=eleccion(*dos), motivo="porque sí", por=asistente)
    assert Capacitacion.objects.en_pie().count() == 2


@pytest.mark.parametrize("hacer", [
    lambda elegidas, por: cancelar_en_bloque(elegidas=elegidas, motivo="usuarios", por=por),
    lambda elegidas, por: mover_en_bloque(elegidas=elegidas, dias=7, motivo="usuarios", por=por),
])  # fmt: skip
def test_si_falla_el_aviso_no_queda_nada(asistente, dos, monkeypatch, hacer):
    def fallar(*args, **kwargs):
        raise RuntimeError

    for capacitacion in dos:
        inscrita(capacitacion, PersonaFactory(), correo="")
    monkeypatch.setattr("eventos.actions.bloque.por_llamar", fallar)
    with pytest.raises(RuntimeError):
        hacer(eleccion(*dos), asistente)
    assert Capacitacion.objects.en_pie().filter(secuencia=0).count() == 2
    assert Capacitacion.objects.get(pk=dos[0].pk).fecha_inicio == dentro_de(7)
    assert not Huella.objects.exists()
    assert not Envio.objects.exists()


def test_a_quien_ya_se_llamo_por_un_cambio_se_le_vuelve_a_llamar(asistente, dos):
    inscrita(dos[0], PersonaFactory(), correo="")
    mover_en_bloque(elegidas=eleccion(dos[0]), dias=7, motivo="usuarios", por=asistente)
    Llamada.objects.update(resultado="llamado")
    mover_en_bloque(elegidas=eleccion(dos[0]), dias=7, motivo="usuarios", por=asistente)
    assert Llamada.objects.get().resultado == "pendiente"


def test_al_cancelar_una_tambien_se_llama_a_quien_no_dio_correo(asistente, dos):
    inscrita(dos[0], PersonaFactory(), correo="")
    inscrita(dos[0], PersonaFactory(), correo="", estado="anulada")
    for _ in range(2):
        cancelar(capacitacion=dos[0], motivo="usuarios", por=asistente)
    assert Llamada.objects.get().asunto == Llamada.Asunto.CANCELACION


# --- La pantalla ---


def datos(*capacitaciones, **cambios):
    base = {
        "centro": capacitaciones[0].centro_id,
        "desde": dentro_de(0).isoformat(),
        "hasta": dentro_de(30).isoformat(),
        "elegida": [f"{c.pk}:{c.secuencia}" for c in capacitaciones],
        "accion": "cancelar",
        "motivo": Motivo.FUERZA_MAYOR,
    }
    return base | cambios


def test_la_lista_trae_las_publicadas_de_su_centro_entre_las_fechas(cliente, dos, arequipa):
    completa(titulo="De Arequipa", centro=arequipa)
    completa(titulo="Borrador", estado="borrador")
    completa(titulo="Lejana", dias=60)
    texto = cliente.get(URL).text
    assert "Cierre contable" in texto
    for ajena in ("De Arequipa", "Borrador", "Lejana"):
        assert ajena not in texto


def test_se_revisa_y_se_confirma(cliente, dos):
    InscripcionFactory(capacitacion=dos[0], estado=Inscripcion.Estado.CONFIRMADA)
    revision = cliente.post(URL, datos(*dos)).text
    assert "Se cancelarían 2 de 2" in revision
    assert "Se avisará con un solo correo a 1 persona." in revision
    assert Capacitacion.objects.en_pie().count() == 2
    hecho = cliente.post(URL, datos(*dos, confirmar="1"), follow=True).text
    assert "2 capacitaciones canceladas. 1 persona recibirá un correo, uno solo cada una." in hecho
    assert not Capacitacion.objects.en_pie().exists()


def test_al_mover_avisa_de_los_dias_no_laborables_y_se_puede_igual(cliente, dos):
    DiaNoLaborableFactory(fecha=dentro_de(14), motivo="Feriado regional")
    revision = cliente.post(URL, datos(*dos, accion="mover", dias="7")).text
    assert "(no laborable)" in revision
    cliente.post(URL, datos(*dos, accion="mover", dias="7", confirmar="1"))
    assert Capacitacion.objects.get(pk=dos[0].pk).fecha_inicio == dentro_de(14)


def test_a_partir_de_una_fecha_las_demas_se_corren_lo_mismo(cliente, dos):
    cliente.post(URL, datos(*dos, accion="mover", desde_el=dentro_de(17).isoformat(), confirmar="1"))
    fechas = Capacitacion.objects.order_by("pk").values_list("fecha_inicio", flat=True)
    assert list(fechas) == [dentro_de(17), dentro_de(19)]


@pytest.mark.parametrize(
    ("cambios", "mensaje"),
    [
        ({"elegida": []}, "Marque al menos una capacitación."),
        ({"elegida": ["x", "9:9", "1:1:1", "9" * 40]}, "Marque al menos una capacitación."),
        ({"accion": ""}, "Elija si se cancelan o se mueven."),
        ({"motivo": ""}, "Este campo es obligatorio."),
        ({"accion": "mover"}, "Escriba cuántos días o la fecha"),
        ({"accion": "mover", "dias": "7", "desde_el": "2026-12-30"}, "una de las dos."),
        ({"accion": "mover", "dias": "0"}, "Así quedarían en la misma fecha."),
        ({"accion": "mover", "dias": "99999"}, "366"),
        ({"accion": "mover", "desde_el": "0206-01-01"}, "Revise el año."),
    ],
)
def test_un_dato_malo_se_explica_y_no_se_toca_nada(cliente, dos, cambios, mensaje):
    respuesta = cliente.post(URL, datos(*dos, detalle="paro de transporte", confirmar="1", **cambios))
    assert mensaje in respuesta.text
    assert "paro de transporte" in respuesta.text
    assert Capacitacion.objects.en_pie().filter(secuencia=0).count() == 2


def test_a_una_fecha_que_ya_paso_no_se_mueve_y_se_dice(cliente, dos):
    revision = cliente.post(URL, datos(*dos, accion="mover", dias="-8")).text
    assert "No se toca. Empezaría en una fecha que ya pasó." in revision


def test_lo_de_otro_centro_no_se_elige(cliente, dos, arequipa):
    ajena = completa(centro=arequipa)
    respuesta = cliente.post(URL, datos(dos[0], confirmar="1", elegida=[f"{ajena.pk}:0"]))
    assert "Marque al menos una capacitación." in respuesta.text
    cliente.post(URL, datos(ajena, confirmar="1"))
    assert Capacitacion.objects.get(pk=ajena.pk).esta_publicada


def test_quien_solo_mira_no_entra(client, dos):
    client.force_login(personas.con_rol("admin.cusco", "coordinador_administrativo", centro=dos[0].centro))
    assert client.get(URL).status_code == 403


@pytest.mark.parametrize("basura", [{"centro": "x"}, {"desde": "%00", "centro": "\x00"}, {"desde": "2026-99-99"}])
def test_una_direccion_con_basura_no_falla(cliente, dos, basura):
    assert cliente.get(f"{URL}?{urlencode(basura)}").status_code == 200


def test_la_sede_elige_el_centro(client, ogauc, dos):
    client.force_login(ogauc)
    assert "Cierre contable" not in client.get(URL).text
    assert "Cierre contable" in client.get(f"{URL}?centro={dos[0].centro_id}").text


def test_la_lista_del_personal_lleva_a_la_pantalla(cliente):
    assert URL in cliente.get(reverse("capacitaciones_modeladmin_index")).text
