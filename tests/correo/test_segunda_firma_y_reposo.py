"""Un masivo grande lo firma otra persona; todos reposan antes de salir, y en ese rato se pueden cancelar."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from correo import actions, cartero
from correo.espera import espera_de
from correo.estado import describir, fase_de
from correo.guardia import bandeja_al_dia, barrer
from correo.models import Entrega, Envio, Supresion
from custodia.models import Huella
from organizacion.models import AjustesPortal
from tests.correo.cola import direcciones, encolar, encolar_boletin
from tests.fabricas import UsuarioFactory

pytestmark = pytest.mark.django_db
E = Envio.Estado
# Las 10:32 de la mañana en Lima.
AHORA = dt.datetime(2026, 7, 1, 15, 32, tzinfo=dt.UTC)
COPIAS = [actions.Destinatario("coordinadora@conectamef.example")]


@pytest.fixture(autouse=True)
def reloj(monkeypatch):
    """Una hora fija que cada prueba adelanta con ``reloj(minutos)``."""
    hora = {"es": AHORA}
    monkeypatch.setattr(timezone, "now", lambda: hora["es"])

    def adelantar(minutos):
        hora["es"] += dt.timedelta(minutes=minutos)

    return adelantar


@pytest.fixture
def tope():
    ajustes = AjustesPortal.load()
    ajustes.tope_sin_segunda_firma, ajustes.minutos_de_reposo = 3, 10
    ajustes.save()
    return ajustes


@pytest.fixture
def grande(tope, comunicaciones):
    return encolar_boletin(*direcciones(4), sin_espera=False, por=comunicaciones)


def huellas():
    return list(Huella.objects.order_by("pk").values_list("accion", "usuario_nombre", "motivo"))


def test_bajo_el_tope_reposa_diez_minutos_y_despues_sale(tope, reloj, comunicaciones):
    envio = encolar_boletin(*direcciones(3), sin_espera=False, por=comunicaciones)
    assert (envio.estado, envio.sale_en) == (E.EN_COLA, AHORA + dt.timedelta(minutes=10))
    reloj(9.99)
    assert cartero.repartir_pendientes() == 0
    assert barrer() == ""
    reloj(0.01)
    assert cartero.repartir_pendientes() == 3


def test_pasado_el_tope_nada_sale_sin_la_segunda_firma(grande, reloj):
    assert (grande.estado, grande.sale_en) == (E.POR_APROBAR, None)
    reloj(60 * 24 * 30)
    barrer()
    assert cartero.repartir_pendientes() == 0
    grande.refresh_from_db()
    assert grande.estado == E.POR_APROBAR


def test_las_copias_y_quien_se_dio_de_baja_no_cuentan_para_el_tope(tope, comunicaciones):
    Supresion.objects.create(direccion=direcciones(1)[0], motivo=Supresion.Motivo.BAJA)
    envio = encolar_boletin(*direcciones(4), copias=COPIAS, sin_espera=False, por=comunicaciones)
    assert envio.entregas.count() == 4
    assert envio.estado == E.EN_COLA


def test_firmado_reposa_desde_la_firma_y_sale(grande, reloj, ogauc):
    reloj(60)
    actions.aprobar(envio=grande, por=ogauc)
    grande.refresh_from_db()
    firmado = AHORA + dt.timedelta(hours=1)
    assert (grande.estado, grande.aprobado_por, grande.aprobado_en) == (E.EN_COLA, ogauc, firmado)
    assert grande.sale_en == firmado + dt.timedelta(minutes=10)
    assert cartero.repartir_pendientes() == 0
    reloj(10)
    assert cartero.repartir_pendientes() == 4
    assert huellas() == [("dar la segunda firma", "ogauc", "")]


def test_lo_que_espero_su_firma_o_su_reposo_no_es_una_demora_del_correo(grande, reloj, ogauc):
    reloj(60)
    actions.aprobar(envio=grande, por=ogauc)
    reloj(11)
    assert bandeja_al_dia() == ("Correo", True, "La entrega más antigua espera hace 1 min.")


@pytest.mark.parametrize("es_superusuario", [False, True])
def test_nadie_firma_lo_que_preparo_ni_el_superusuario(tope, es_superusuario):
    alguien = UsuarioFactory(is_superuser=es_superusuario)
    envio = encolar_boletin(*direcciones(4), sin_espera=False, por=alguien)
    with pytest.raises(actions.FirmaPropia):
        actions.aprobar(envio=envio, por=alguien)
    envio.refresh_from_db()
    assert (envio.estado, envio.aprobado_por) == (E.POR_APROBAR, None)
    assert huellas() == []


def test_firmar_dos_veces_no_alarga_el_reposo(grande, reloj, ogauc):
    actions.aprobar(envio=grande, por=ogauc)
    reloj(5)
    actions.aprobar(envio=grande, por=ogauc)
    grande.refresh_from_db()
    assert grande.sale_en == AHORA + dt.timedelta(minutes=10)
    assert len(huellas()) == 1


def test_lo_que_ya_no_espera_firma_no_se_firma(grande, comunicaciones, ogauc):
    actions.cancelar(envio=grande, por=comunicaciones)
    with pytest.raises(actions.NoProcede, match="ya está «cancelado»"):
        actions.aprobar(envio=grande, por=ogauc)


def test_devuelto_no_sale_y_corregido_se_puede_poner_otra_vez(grande, ogauc, comunicaciones):
    actions.devolver(envio=grande, por=ogauc, motivo="  Falta la\nagenda  ")
    grande.refresh_from_db()
    assert (grande.estado, describir(grande)) == (E.CANCELADO, "Devuelto sin firma: Falta la agenda")
    assert huellas() == [("devolver", "ogauc", "Falta la agenda")]
    otra_vez = encolar_boletin(*direcciones(4), sin_espera=False, por=comunicaciones)
    assert otra_vez.pk != grande.pk
    assert otra_vez.estado == E.POR_APROBAR


def test_a_quien_lo_preparo_se_le_escribe_por_que_se_devolvio(tope, ogauc):
    autora = UsuarioFactory(email="autora@conectamef.example")
    envio = encolar_boletin(*direcciones(4), asunto="Plazo <nuevo>", sin_espera=False, por=autora)
    for _ in range(2):
        actions.devolver(envio=envio, por=ogauc, motivo="Falta la agenda")
    assert cartero.repartir_pendientes() == 1
    [mensaje] = mail.outbox
    assert mensaje.subject == "Devuelto sin firma: Plazo <nuevo>"
    assert "Falta la agenda" in mensaje.body
    assert f"/intranet/envios/{envio.pk}/" in mensaje.body
    assert "Plazo &lt;nuevo&gt;" in mensaje.alternatives[0][0]


def test_no_se_devuelve_sin_motivo(grande, ogauc):
    with pytest.raises(actions.FaltaElMotivo):
        actions.devolver(envio=grande, por=ogauc, motivo=" \n ")
    grande.refresh_from_db()
    assert grande.estado == E.POR_APROBAR


def test_en_el_reposo_se_cancela_y_la_edicion_se_puede_enviar_de_nuevo(tope, reloj, comunicaciones):
    envio = encolar_boletin(*direcciones(2), sin_espera=False, por=comunicaciones)
    reloj(9)
    actions.cancelar(envio=envio, por=comunicaciones)
    reloj(60)
    assert cartero.repartir_pendientes() == 0
    assert encolar_boletin(*direcciones(2), sin_espera=False, por=comunicaciones).pk != envio.pk


def test_una_direccion_imposible_no_cuenta_como_que_algo_salio(tope, reloj, comunicaciones):
    imposible = f"{'x' * 300}@correo.example"
    envio = encolar_boletin(*direcciones(1), imposible, sin_espera=False, por=comunicaciones)
    actions.cancelar(envio=envio, por=comunicaciones)
    assert encolar_boletin(*direcciones(1), sin_espera=False, por=comunicaciones).pk != envio.pk


def test_cancelado_a_medias_conserva_su_clave_y_no_se_repite(settings, comunicaciones):
    settings.CORREO_POR_LOTE = 1
    envio = encolar_boletin(*direcciones(2), por=comunicaciones)
    cartero.reclamar()
    actions.cancelar(envio=envio, por=comunicaciones)
    assert encolar_boletin(*direcciones(2), por=comunicaciones).pk == envio.pk


@pytest.mark.parametrize("datos", [{"es_masivo": False}, {"por": None}], ids=["aviso", "de una tarea"])
def test_lo_que_no_preparo_una_persona_para_muchos_no_vuelve_a_salir_si_se_cancela(comunicaciones, datos):
    envio = encolar(**{"es_masivo": True, "sin_espera": True, "por": comunicaciones} | datos)
    actions.cancelar(envio=envio, por=comunicaciones)
    envio.refresh_from_db()
    assert envio.clave == "aviso:1"


def test_los_avisos_personales_nunca_esperan(tope):
    muchos = [actions.Destinatario(d, clave=d) for d in direcciones(9)]
    envio = encolar(destinatarios=muchos)
    assert (envio.estado, envio.sale_en) == (E.EN_COLA, None)
    assert cartero.repartir_pendientes() == 9


def test_lo_exento_por_su_clase_no_espera_nada(tope):
    envio = encolar_boletin(*direcciones(9), sin_espera=True)
    assert (envio.estado, envio.sale_en) == (E.EN_COLA, None)
    assert huellas() == []


def test_lo_urgente_no_espera_y_su_motivo_queda_en_la_huella(tope, comunicaciones):
    envio = encolar_boletin(*direcciones(9), sin_espera=False, por=comunicaciones, urgencia="El plazo  vence hoy")
    assert (envio.estado, envio.sale_en, envio.urgencia) == (E.EN_COLA, None, "El plazo vence hoy")
    assert huellas() == [("enviar con urgencia", "comunicaciones", "El plazo vence hoy")]


def test_un_motivo_en_blanco_no_es_una_urgencia(tope, comunicaciones):
    assert (
        encolar_boletin(*direcciones(9), sin_espera=False, por=comunicaciones, urgencia=" \n").estado == E.POR_APROBAR
    )


def test_si_el_envio_urgente_falla_no_queda_nada(tope, comunicaciones, monkeypatch):
    monkeypatch.setattr("correo.actions.cola.anotar", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        encolar_boletin(*direcciones(2), urgencia="hoy", por=comunicaciones)
    assert not Envio.objects.exists()
    assert not Entrega.objects.exists()


def test_reanudar_borra_por_que_se_detuvo_y_la_cuenta_de_fallas(comunicaciones):
    envio = encolar_boletin(*direcciones(2))
    Envio.objects.update(estado=E.EN_PAUSA, motivo_pausa="Se detuvo solo: 100 fallas seguidas", fallas_seguidas=100)
    envio.refresh_from_db()
    assert describir(envio) == "Se detuvo solo: 100 fallas seguidas"
    actions.reanudar(envio=envio, por=comunicaciones)
    envio.refresh_from_db()
    assert (envio.motivo_pausa, envio.fallas_seguidas) == ("", 0)


@pytest.mark.parametrize(
    ("minutos", "dice"),
    [
        (10, "Sale a las 10:42\xa0a.\xa0m.; todavía se puede cancelar"),
        (2.5 * 60, "Sale a la 1:02\xa0p.\xa0m.; todavía se puede cancelar"),
        (15 * 60, "Sale el jue 2 jul 2026, a la 1:32\xa0a.\xa0m.; todavía se puede cancelar"),
        (0, "En cola"),
    ],
)
def test_dice_a_que_hora_sale(minutos, dice):
    envio = Envio(estado=E.EN_COLA, sale_en=AHORA + dt.timedelta(minutes=minutos))
    assert describir(envio) == dice
    assert fase_de(envio) == ("reposo" if minutos else "en_cola")


@given(cuantos=st.integers(0, 10_000), tope=st.integers(1, 10_000), minutos=st.integers(0, 1440), exento=st.booleans())
def test_la_espera_es_una_de_tres(cuantos, tope, minutos, exento):
    ajustes = AjustesPortal(tope_sin_segunda_firma=tope, minutos_de_reposo=minutos)
    estado, sale_en = espera_de(cuantos, ajustes, exento=exento, en=AHORA)
    if exento:
        assert (estado, sale_en) == (E.EN_COLA, None)
    elif cuantos > tope:
        assert (estado, sale_en) == (E.POR_APROBAR, None)
    else:
        assert (estado, sale_en) == (E.EN_COLA, AHORA + dt.timedelta(minutes=minutos))


def test_la_prueba_va_solo_a_quien_la_pide_y_no_espera(tope, comunicaciones):
    comunicaciones.email = "comunicaciones@conectamef.example"
    mensaje = {"asunto": "Boletín", "texto": "Hola %URL_BAJA%", "html": "<p>Hola</p>"}
    for _ in range(2):
        actions.probar(de_que="boletin:1", por=comunicaciones, url_baja="https://x.example/baja/", **mensaje)
    assert cartero.repartir_pendientes() == 1
    assert mail.outbox[0].subject == "[Prueba] Boletín"
    assert mail.outbox[0].to[0].endswith(f"<{comunicaciones.email}>")
    assert "https://x.example/baja/" in mail.outbox[0].body


def test_sin_correo_en_la_cuenta_no_hay_prueba(comunicaciones):
    comunicaciones.email = ""
    with pytest.raises(actions.CuentaSinCorreo):
        actions.probar(de_que="boletin:1", asunto="x", texto="x", por=comunicaciones)
    assert not Envio.objects.exists()
