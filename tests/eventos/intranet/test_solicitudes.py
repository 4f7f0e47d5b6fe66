"""Las solicitudes escritas de capacitación (R69, R94)."""

import pytest
from django.urls import reverse

from custodia.models import Huella
from eventos.actions import solicitud as acciones
from eventos.models import Capacitacion, Solicitud
from intranet.bandeja.solicitudes import solicitudes
from tests import personas
from tests.fabricas import EntidadFactory, SistemaFactory, SolicitudFactory

from .ayudas import dentro_de

pytestmark = pytest.mark.django_db
LISTA = "solicitudes-de-capacitacion_modeladmin_index"
ACEPTAR = {
    "respuesta": "aceptar",
    "aceptar-oficio": "Oficio 045-2026-EF",
    "aceptar-titulo": "Cierre contable",
    "aceptar-tipo": "basica",
    "aceptar-modalidad": "presencial",
}


@pytest.fixture
def pedido(cusco):
    solicitud = SolicitudFactory(
        centro=cusco, tema="Cierre contable", publico="Contadores", participantes=30, fecha_propuesta=dentro_de(20)
    )
    solicitud.sistemas.set([SistemaFactory()])
    return solicitud


def url(solicitud):
    return reverse("eventos_intranet:solicitud", args=[solicitud.pk])


def test_se_registra_con_los_datos_de_la_entidad(cliente, cusco):
    entidad = EntidadFactory(centro=cusco)
    datos = {
        "centro": cusco.pk,
        "entidad": entidad.pk,
        "documento": "Oficio 123-2026-MDW",
        "recibida_el": dentro_de(-1).isoformat(),
        "dirigida_a": "centro",
        "tema": "Cierre contable",
        "contacto": "Luz Ccori",
        "correo": "luz@muni.example",
    }
    cliente.post(reverse("solicitudes-de-capacitacion_modeladmin_create"), datos)
    solicitud = Solicitud.objects.get()
    assert (solicitud.entidad, solicitud.estado) == (entidad, "recibida")
    assert "Oficio 123-2026-MDW" in cliente.get(reverse(LISTA), {"q": "cierre"}).text


def test_r69_aceptarla_crea_el_borrador_por_demanda_con_lo_que_pidio(cliente, pedido):
    respuesta = cliente.post(url(pedido), ACEPTAR)
    capacitacion = Capacitacion.objects.get()
    assert respuesta.url == reverse("eventos_intranet:editar", args=[capacitacion.pk])
    assert (capacitacion.estado, capacitacion.origen) == ("borrador", "demanda")
    assert (capacitacion.entidad_solicitante, capacitacion.solicitud) == (pedido.entidad, pedido)
    assert (capacitacion.publico_objetivo, capacitacion.cupos) == ("Contadores", 30)
    assert list(capacitacion.sistemas.all()) == list(pedido.sistemas.all())
    assert capacitacion.sesiones.get().fecha == dentro_de(20)
    pedido.refresh_from_db()
    assert (pedido.estado, pedido.respuesta) == ("aceptada", "Oficio 045-2026-EF")
    assert pedido.atendida_en
    assert "Oficio N.° " in cliente.get(reverse("eventos_intranet:panel", args=[capacitacion.pk])).text


def test_aceptarla_dos_veces_crea_una(asistente, pedido):
    datos = {"oficio": "Oficio 1", "titulo": "Cierre", "tipo": "basica", "modalidad": "virtual"}
    primera = acciones.aceptar(solicitud=pedido, por=asistente, **datos)
    assert acciones.aceptar(solicitud=pedido, por=asistente, **datos) == primera
    assert Capacitacion.objects.count() == 1


def test_r69_la_que_no_es_del_ambito_se_deriva_con_memorando_y_motivos(cliente, pedido):
    datos = {"respuesta": "derivar", "derivar-memorando": "Memorando 7-2026", "derivar-motivo": "Es de la DGPP."}
    cliente.post(url(pedido), datos)
    pedido.refresh_from_db()
    assert (pedido.estado, pedido.respuesta, pedido.motivo) == ("derivada", "Memorando 7-2026", "Es de la DGPP.")
    assert not Capacitacion.objects.exists()


def test_r69_la_dirigida_a_un_ente_rector_sigue_por_el_std(cliente, asistente, cusco):
    solicitud = SolicitudFactory(centro=cusco, dirigida_a="ente_rector")
    texto = cliente.get(url(solicitud)).text
    assert "Remitirla al ente rector por el STD" in texto
    assert "Aceptarla y programar" not in texto
    with pytest.raises(acciones.NoLeToca, match="STD"):
        acciones.derivar(solicitud=solicitud, memorando="M", motivo="x", por=asistente)
    cliente.post(url(solicitud), {"respuesta": "remitir", "remitir-expediente": "HR 2026-0099"})
    solicitud.refresh_from_db()
    assert (solicitud.estado, solicitud.respuesta) == ("remitida", "HR 2026-0099")


def test_r69_la_dirigida_al_centro_no_se_remite(asistente, pedido):
    with pytest.raises(acciones.NoLeToca, match="memorando"):
        acciones.remitir(solicitud=pedido, expediente="HR 1", por=asistente)
    assert Solicitud.objects.get().estado == "recibida"


def test_la_que_no_procede_dice_por_que(cliente, pedido):
    datos = {"respuesta": "no_procede", "no_procede-documento": "Oficio 9", "no_procede-motivo": "Se cobra por entrar."}
    cliente.post(url(pedido), datos)
    assert Solicitud.objects.get().motivo == "Se cobra por entrar."
    assert "Se cobra por entrar." in cliente.get(url(pedido)).text


def test_la_atendida_ya_no_se_atiende_de_otro_modo(asistente, pedido):
    acciones.derivar(solicitud=pedido, memorando="M 1", motivo="x", por=asistente)
    with pytest.raises(acciones.YaAtendida):
        acciones.no_procede(solicitud=pedido, documento="O 1", motivo="y", por=asistente)
    assert acciones.derivar(solicitud=pedido, memorando="M 2", motivo="z", por=asistente).respuesta == "M 1"
    assert Huella.objects.filter(accion="atender solicitud").count() == 1


@pytest.mark.parametrize("falta", ["aceptar-oficio", "aceptar-titulo", "aceptar-tipo", "aceptar-modalidad"])
def test_un_dato_que_falta_se_explica_y_no_guarda_nada(cliente, pedido, falta):
    respuesta = cliente.post(url(pedido), ACEPTAR | {falta: ""})
    assert "Este campo es obligatorio." in respuesta.text
    assert Solicitud.objects.get().estado == "recibida"
    assert not Capacitacion.objects.exists()


@pytest.mark.parametrize("basura", [{}, {"respuesta": "borrar"}, {"respuesta": "aceptar", "aceptar-oficio": "\x00"}])
def test_una_respuesta_desconocida_no_hace_nada(cliente, pedido, basura):
    assert cliente.post(url(pedido), basura).status_code == 200
    assert Solicitud.objects.get().estado == "recibida"


def test_si_falla_la_capacitacion_la_solicitud_sigue_por_atender(asistente, pedido, monkeypatch):
    def fallar(**_):
        raise RuntimeError

    monkeypatch.setattr("eventos.actions.solicitud.guardar_capacitacion", fallar)
    with pytest.raises(RuntimeError):
        acciones.aceptar(solicitud=pedido, oficio="O", titulo="T", tipo="basica", modalidad="virtual", por=asistente)
    assert Solicitud.objects.get().estado == "recibida"
    assert not Huella.objects.exists()


def test_lo_de_otro_centro_no_existe(cliente, arequipa):
    ajena = SolicitudFactory(centro=arequipa)
    assert cliente.get(url(ajena)).status_code == 404
    assert cliente.post(url(ajena), ACEPTAR).status_code == 404


def test_el_responsable_tecnico_la_mira_y_no_la_atiende(client, pedido):
    client.force_login(personas.responsable_de_presupuesto())
    texto = client.get(url(pedido)).text
    assert "Qué se responde" not in texto
    assert client.post(url(pedido), ACEPTAR).status_code == 403


def test_la_atendida_ya_no_se_corrige(cliente, asistente, pedido):
    editar = reverse("solicitudes-de-capacitacion_modeladmin_edit", args=[pedido.pk])
    assert cliente.get(editar).status_code == 200
    acciones.derivar(solicitud=pedido, memorando="M", motivo="x", por=asistente)
    assert cliente.get(editar).status_code == 302


def test_la_bandeja_trae_las_que_esperan_la_mas_antigua_primero(asistente, cusco, arequipa):
    nueva = SolicitudFactory(centro=cusco, recibida_el=dentro_de(-1))
    vieja = SolicitudFactory(centro=cusco, recibida_el=dentro_de(-9))
    SolicitudFactory(centro=arequipa)
    acciones.derivar(solicitud=SolicitudFactory(centro=cusco), memorando="M", motivo="x", por=asistente)
    assert [linea.texto for linea in solicitudes(asistente).lineas] == [vieja.tema, nueva.tema]
