"""Convocar: elegir operadores del directorio, revisar, y un correo por persona con el Anexo 4 de su entidad (R76)."""

import base64
import datetime as dt
from collections import Counter

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from comun.plazos import es_habil, habiles_entre
from correo.models import Entrega, Envio
from custodia.models import Huella
from eventos import periodicas
from eventos.actions import convocatoria as acciones
from eventos.actions.rechazos import ExpedienteCerrado, FaltaMotivo
from eventos.anticipacion import dias_de_anticipacion, es_tardia, ultimo_dia_para_invitar
from eventos.convocados import Criterio, elegir
from eventos.correos_de_convocatoria import preparar
from eventos.documentos import anexo4
from eventos.models import Capacitacion, Convocatoria, Invitacion
from intranet.bandeja import asuntos_de
from organizacion.models import AjustesPortal
from tests import personas
from tests.custodia.motivo import PARA_ALGO
from tests.eventos.intranet.ayudas import completa, dentro_de
from tests.fabricas import (
    DistritoFactory,
    EntidadFactory,
    OperadorFactory,
    OrganoFactory,
    ProvinciaFactory,
    SistemaFactory,
)
from tests.pdf import exigir_en_orden, exigir_ua1, texto_de

pytestmark = pytest.mark.django_db


@pytest.fixture
def curso(asistente):
    return completa(titulo="Cierre contable", dias=20)


@pytest.fixture
def anta(cusco):
    return EntidadFactory(nombre="Municipalidad Provincial de Anta", centro=cusco)


@pytest.fixture
def calca(cusco):
    distrito = DistritoFactory(
        ubigeo="080401", nombre="Calca", provincia=ProvinciaFactory(codigo="0804", nombre="Calca")
    )
    return EntidadFactory(nombre="Municipalidad Provincial de Calca", tipo="GL", centro=cusco, distrito=distrito)


def operador(entidad, nombres, **cambios):
    sistemas = cambios.pop("sistemas", None) or [SistemaFactory()]
    datos = {"correo": f"{nombres.lower()}@muni.example", "telefono": "984111222", "cargo": "Tesorero"} | cambios
    fila = OperadorFactory(entidad=entidad, nombres=nombres, **datos)
    fila.sistemas.set(sistemas)
    return fila


def url(capacitacion, nombre="convocar", **consulta):
    return reverse(f"eventos_intranet:{nombre}", args=[capacitacion.pk], query=consulta or None)


def convocar(capacitacion, operadores, por, **cambios):
    datos = {"capacitacion": capacitacion, "operadores": operadores, "criterio": {}, "por": por} | cambios
    return acciones.convocar(**datos)


def nombres(seleccion):
    return [fila.nombres for fila in seleccion.por_invitar]


# --- Elegir ---


def test_se_elige_por_sistema_cargo_tipo_de_entidad_y_provincia(asistente, curso, anta, calca):
    siaf = SistemaFactory(slug="siaf", nombre="SIAF", organo=OrganoFactory(sigla="OGTI"))
    operador(anta, "Ana")
    operador(anta, "Beto", cargo="Jefe de Tesorería", sistemas=[siaf])
    operador(calca, "Carla", cargo="Contadora")
    operador(EntidadFactory(nombre="Gobierno Regional", tipo="GR"), "Dora")
    for criterio, quienes in (
        (Criterio(), ["Dora", "Ana", "Beto", "Carla"]),
        (Criterio(sistemas=[siaf.pk]), ["Beto"]),
        (Criterio(cargo="TESORER"), ["Dora", "Ana", "Beto"]),
        (Criterio(cargo="tesoreria"), ["Beto"]),
        (Criterio(tipos=["GR", "GN"]), ["Dora"]),
        (Criterio(provincias=["0804"]), ["Carla"]),
        (Criterio(tipos=["GL"], cargo="contador"), ["Carla"]),
    ):
        assert nombres(elegir(curso, asistente, criterio)) == quienes, criterio


def test_no_se_elige_a_quien_es_de_otro_centro_ni_a_quien_ya_no_opera(asistente, ogauc, curso, anta):
    operador(anta, "Ana")
    operador(anta, "Exoperador", esta_activo=False)
    operador(EntidadFactory(nombre="Cerrada", esta_activa=False), "Deotra")
    operador(EntidadFactory(nombre="Characato", centro=personas.arequipa()), "Arequipeña")
    assert nombres(elegir(curso, asistente, Criterio())) == ["Ana"]
    assert nombres(elegir(curso, ogauc, Criterio())) == ["Ana"]  # la sede ve todo, pero el evento es de Cusco


def test_la_pantalla_dice_cuantos_hay_cuantos_sin_correo_y_cuantos_ya_invitados(cliente, asistente, curso, anta, calca):
    convocar(curso, [operador(anta, "Ana")], asistente)
    operador(calca, "Beto", correo="")
    operador(calca, "Carla")
    seleccion = cliente.get(url(curso)).context["seleccion"]
    assert (seleccion.total, len(seleccion.por_invitar), len(seleccion.sin_correo)) == (3, 2, 1)
    assert (len(seleccion.ya_invitados), len(seleccion.entidades)) == (1, 1)


def test_al_abrirla_viene_puesto_el_sistema_de_la_capacitacion(cliente, curso, anta):
    otro = SistemaFactory(slug="siaf", nombre="SIAF", organo=OrganoFactory(sigla="OGTI"))
    operador(anta, "Ana")
    operador(anta, "Beto", sistemas=[otro])
    assert nombres(cliente.get(url(curso)).context["seleccion"]) == ["Ana"]
    assert nombres(cliente.get(url(curso, ver=1)).context["seleccion"]) == ["Ana", "Beto"]


def test_se_quita_a_quien_no_deba_recibirla(cliente, curso, anta):
    ana, beto = operador(anta, "Ana"), operador(anta, "Beto")
    cliente.post(url(curso, ver=1, revisar=1, quitar=beto.pk), {"cuantos": 1})
    assert [i.operador for i in Invitacion.objects.all()] == [ana]


def test_elegir_y_revisar_no_cambian_nada(cliente, curso, anta):
    operador(anta, "Ana")
    texto = cliente.get(url(curso, ver=1, revisar=1)).text
    assert "INVITACIÓN: Cierre contable" in texto
    assert "Ana Condori" in texto
    assert url(curso, "anexo4", entidad=anta.pk) in texto
    assert not Invitacion.objects.exists()
    assert not Envio.objects.exists()


@pytest.mark.parametrize(
    "basura", [{"quitar": "x"}, {"quitar": "9" * 40}, {"sistemas": "x"}, {"provincias": "\x00"}, {"cargo": "a" * 999}]
)
def test_una_direccion_con_basura_no_falla(cliente, curso, anta, basura):
    operador(anta, "Ana")
    assert cliente.get(url(curso, ver=1, **basura)).status_code == 200
    assert cliente.get(url(curso, ver=1, revisar=1, **basura)).status_code == 200


# --- Convocar ---


def test_sale_un_correo_por_persona_con_el_anexo_4_de_su_entidad(
    cliente, curso, anta, calca, django_capture_on_commit_callbacks
):
    ana, beto = operador(anta, "Ana", correo="mesa@anta.example"), operador(anta, "Beto", correo="mesa@anta.example")
    carla, dora = operador(calca, "Carla"), operador(calca, "Dora", correo="")
    with django_capture_on_commit_callbacks(execute=True):
        cliente.post(url(curso, ver=1, revisar=1), {"cuantos": 4})

    assert {i.operador for i in Invitacion.objects.all()} == {ana, beto, carla, dora}
    assert Envio.objects.count() == 2  # un PDF por entidad
    assert Counter(m.to[0].split("<")[-1] for m in mail.outbox) == {"mesa@anta.example>": 2, "carla@muni.example>": 1}
    for mensaje in mail.outbox:
        (nombre, contenido, _) = mensaje.attachments[0]
        entidad = "Calca" if "carla" in mensaje.to[0] else "Anta"
        assert f"Municipalidad Provincial de {entidad}" in texto_de(contenido)
        assert nombre.endswith(".pdf")
    enlaces = {i.clave for i in Invitacion.objects.exclude(correo="")}
    assert all(sum(clave in m.body for m in mail.outbox) == 1 for clave in enlaces)  # a cada quien, solo el suyo


def test_el_correo_saluda_por_su_nombre_y_responde_al_centro(curso, anta, asistente):
    convocatoria = convocar(curso, [operador(anta, "Ana")], asistente)
    preparar(convocatoria)
    envio = Envio.objects.get()
    assert envio.responder_a == "cusco@conectamef.example"
    assert Entrega.objects.get().nombre.startswith("Ana")
    assert base64.b64decode(envio.adjuntos[0]["contenido"]).startswith(b"%PDF")
    assert not envio.es_masivo


def test_volver_a_convocar_no_repite_a_nadie(curso, anta, asistente):
    ana, beto = operador(anta, "Ana"), operador(anta, "Beto")
    convocar(curso, [ana], asistente)
    segunda = convocar(curso, [ana, beto], asistente)
    assert [i.operador for i in segunda.invitaciones.all()] == [beto]
    with pytest.raises(acciones.NadieAQuienInvitar):
        convocar(curso, [ana, beto], asistente)
    assert Convocatoria.objects.count() == 2


def test_preparar_dos_veces_no_repite_correos_y_si_se_cae_sigue_donde_iba(curso, anta, calca, asistente, monkeypatch):
    convocatoria = convocar(curso, [operador(anta, "Ana"), operador(calca, "Beto")], asistente)
    veces = []

    def se_cae(capacitacion, entidad):
        veces.append(entidad)
        if len(veces) == 2:
            raise MemoryError
        return b"%PDF"

    monkeypatch.setattr(anexo4, "pdf", se_cae)
    with pytest.raises(MemoryError):
        preparar(convocatoria)
    assert Envio.objects.count() == 1
    Convocatoria.objects.update(enviada_en=timezone.now() - dt.timedelta(minutes=6))
    assert periodicas.preparar_convocatorias() == "1 envíos de invitaciones"
    assert Envio.objects.count() == Entrega.objects.count() == 2
    assert periodicas.preparar_convocatorias() == ""


def test_si_se_cancela_mientras_se_preparan_lo_que_falta_no_sale(curso, anta, asistente):
    convocatoria = convocar(curso, [operador(anta, "Ana")], asistente)
    Capacitacion.objects.update(estado="cancelada")
    assert preparar(convocatoria) == 0
    assert Convocatoria.objects.get().preparada_en


@pytest.mark.parametrize(
    "cambios",
    [{"estado": "borrador"}, {"estado": "cancelada"}, {"cerrada_en": timezone.now()}],
    ids=["borrador", "cancelada", "cerrada"],
)
def test_solo_se_invita_a_una_publicada_que_sigue_abierta(cliente, curso, anta, asistente, cambios):
    Capacitacion.objects.update(**cambios)
    with pytest.raises((acciones.YaNoSeInvita, ExpedienteCerrado)):
        convocar(curso, [operador(anta, "Ana")], asistente)
    assert cliente.get(url(curso)).status_code == 403
    assert not Convocatoria.objects.exists()


def test_ya_empezada_no_se_invita(asistente, anta):
    curso = completa(dias=-1)
    with pytest.raises(acciones.YaNoSeInvita):
        convocar(curso, [operador(anta, "Ana")], asistente)


def test_si_algo_falla_no_queda_nada_a_medias(curso, anta, asistente, monkeypatch):
    monkeypatch.setattr(acciones, "anotar", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        convocar(curso, [operador(anta, "Ana")], asistente)
    assert not Convocatoria.objects.exists()
    assert not Invitacion.objects.exists()


def test_si_la_lista_cambio_mientras_se_revisaba_se_vuelve_a_mostrar(cliente, curso, anta):
    operador(anta, "Ana")
    operador(anta, "Nueva")
    respuesta = cliente.post(url(curso, ver=1, revisar=1), {"cuantos": 1})
    assert "La lista cambió" in respuesta.text
    assert 'value="2"' in respuesta.text
    assert not Invitacion.objects.exists()


def test_queda_huella_sin_correos_ni_documentos(curso, anta, asistente):
    convocar(curso, [operador(anta, "Ana")], asistente)
    huella = Huella.objects.get(accion="convocar")
    assert huella.detalle == {"invitados": 1, "anticipacion": 20}
    assert huella.usuario == asistente


# --- R76: los días ---


def test_r76_con_menos_de_ocho_dias_se_advierte_y_se_exige_el_motivo(cliente, anta):
    curso = completa(dias=7)
    operador(anta, "Ana")
    assert "Hasta el evento hay 7 días" in cliente.get(url(curso, ver=1, revisar=1)).text
    respuesta = cliente.post(url(curso, ver=1, revisar=1), {"cuantos": 1, "motivo_tardia": " "})
    assert respuesta.status_code == 200
    assert not Convocatoria.objects.exists()
    cliente.post(url(curso, ver=1, revisar=1), {"cuantos": 1, "motivo_tardia": "Norma publicada ayer"})
    convocatoria = Convocatoria.objects.get()
    assert (convocatoria.anticipacion, convocatoria.motivo_tardia) == (7, "Norma publicada ayer")
    assert Huella.objects.get(accion="convocar").motivo == "Norma publicada ayer"


def test_r76_con_ocho_dias_justos_no_se_pide_motivo(cliente, asistente, anta):
    curso = completa(dias=8)
    convocar(curso, [operador(anta, "Ana")], asistente, motivo_tardia="no hacía falta")
    assert Convocatoria.objects.get().motivo_tardia == ""


def test_r76_la_accion_tambien_exige_el_motivo(asistente, anta):
    with pytest.raises(FaltaMotivo, match="7 días y se pide invitar con 8 días"):
        convocar(completa(dias=7), [operador(anta, "Ana")], asistente)


def test_r76_se_puede_contar_en_dias_habiles(asistente, anta):
    AjustesPortal.objects.update_or_create(pk=1, defaults={"invitacion_en_dias_habiles": True})
    assert es_tardia(completa(dias=8))  # en ocho días seguidos hay al menos un fin de semana
    assert not es_tardia(completa(dias=20))


FECHAS = st.dates(dt.date(2025, 1, 1), dt.date(2028, 12, 31))


@given(desde=FECHAS, dias=st.integers(0, 60), decretados=st.sets(FECHAS, max_size=20))
def test_los_dias_habiles_entre_dos_fechas_son_los_que_se_cuentan_uno_por_uno(desde, dias, decretados):
    hasta = desde + dt.timedelta(days=dias)
    uno_por_uno = [d for n in range(1, dias + 1) if es_habil(d := desde + dt.timedelta(days=n), decretados)]
    assert habiles_entre(desde, hasta, decretados) == len(uno_por_uno) <= dias
    assert habiles_entre(hasta, desde, decretados) == 0


@settings(max_examples=30)
@given(inicio=FECHAS, exigidos=st.integers(1, 60), habiles=st.booleans())
def test_r76_el_ultimo_dia_para_invitar_es_el_ultimo_que_no_es_tarde(inicio, exigidos, habiles):
    AjustesPortal.objects.update_or_create(
        pk=1, defaults={"dias_de_invitacion": exigidos, "invitacion_en_dias_habiles": habiles}
    )
    curso = Capacitacion(fecha_inicio=inicio)
    limite = ultimo_dia_para_invitar(curso)
    assert not es_tardia(curso, limite)
    assert es_tardia(curso, limite + dt.timedelta(days=1))
    assert dias_de_anticipacion(curso, limite) >= exigidos


# --- El Anexo 4 ---


def test_el_anexo_4_se_baja_por_entidad_y_todos_juntos(cliente, curso, anta, calca, asistente):
    convocar(curso, [operador(anta, "Ana"), operador(calca, "Beto")], asistente)
    uno = cliente.get(url(curso, "anexo4", entidad=anta.pk)).content
    exigir_ua1(uno, "Invitación a Cierre contable para Municipalidad Provincial de Anta")
    assert "Calca" not in texto_de(uno)
    todos = cliente.get(url(curso, "anexos4")).content
    exigir_ua1(todos, "Invitaciones a Cierre contable para 2 entidades")
    carta = ["Nombre de la capacitación", "Cierre contable", "Tema", "Expositor", "Lugar", "Fecha", "Hora"]
    del carta[0]
    exigir_en_orden(texto_de(todos), ["Provincial de Anta", *carta, "Provincial de Calca", *carta, "Equipo"])


def test_sin_invitados_el_pdf_de_todos_lo_dice(cliente, curso):
    assert "Todavía no se invitó" in cliente.get(url(curso, "anexos4"), follow=True).text


def test_el_anexo_4_de_una_entidad_de_otro_centro_no_existe(cliente, curso):
    ajena = EntidadFactory(centro=personas.arequipa())
    assert cliente.get(url(curso, "anexo4", entidad=ajena.pk)).status_code == 404
    assert cliente.get(url(curso, "anexo4", entidad="x")).status_code == 404


# --- Ver ---


def test_los_invitados_se_ven_por_entidad_con_su_respuesta_y_si_el_correo_fallo(cliente, curso, anta, asistente):
    convocatoria = convocar(curso, [operador(anta, "Ana"), operador(anta, "Beto")], asistente)
    preparar(convocatoria)
    Entrega.objects.filter(nombre__startswith="Beto").update(estado="fallida")
    Invitacion.objects.filter(nombre__startswith="Ana").update(respuesta="asistira")
    texto = cliente.get(url(curso, "invitados")).text
    campos = ["con 20 días de anticipación", anta.nombre, "Ana", "Asistirá", "Beto", "El correo no llegó"]
    exigir_en_orden(texto, campos)
    libro = cliente.post(url(curso, "invitados-xlsx"), PARA_ALGO)
    assert libro["Content-Type"].endswith("sheet")
    assert Huella.objects.get(accion="exportar").motivo == PARA_ALGO["motivo"]


def test_la_ficha_de_la_entidad_dice_a_que_se_la_invito(cliente, curso, anta, asistente):
    convocar(curso, [operador(anta, "Ana")], asistente)
    texto = cliente.get(reverse("directorio_entidad_modeladmin_inspect", args=[anta.pk])).text
    exigir_en_orden(texto, ["Invitaciones", "Cierre contable", "Ana", "Sin respuesta"])


def test_lo_de_otro_centro_no_existe_y_quien_solo_mira_no_convoca(client, curso, anta, asistente):
    convocar(curso, [operador(anta, "Ana")], asistente)
    client.force_login(personas.coordinador_de_arequipa())
    for nombre in ("convocar", "invitados", "invitados-xlsx", "anexo4", "anexos4"):
        assert client.get(url(curso, nombre)).status_code == 404
    client.force_login(personas.responsable_de_presupuesto())
    assert client.get(url(curso)).status_code == 403


def panel(client, capacitacion):
    pasos = client.get(reverse("eventos_intranet:panel", args=[capacitacion.pk])).context["pasos"]
    return next(paso for paso in pasos if paso.clave == "convocatoria")


@pytest.mark.parametrize(("dias", "estado"), [(20, "toca"), (8, "toca"), (7, "atrasado"), (-3, "no-aplica")])
def test_el_panel_dice_si_falta_convocar_o_ya_es_tarde(cliente, dias, estado):
    assert panel(cliente, completa(dias=dias)).estado == estado


def test_el_panel_dice_a_cuantos_cuantos_confirmaron_y_cuando_salio(cliente, curso, anta, calca, asistente):
    convocar(curso, [operador(anta, "Ana"), operador(anta, "Beto"), operador(calca, "Carla")], asistente)
    Invitacion.objects.filter(nombre__startswith="Ana").update(respuesta="asistira")
    paso = panel(cliente, curso)
    assert paso.estado == "hecho"
    assert paso.lineas[0] == "3 invitados de 2 entidades: 1 confirmó, 0 no asistirán, 2 sin respuesta."
    assert "con 20 días de anticipación" in paso.lineas[1]
    assert paso.faltas == ["1 confirmó y no se ha inscrito"]


def test_la_bandeja_pide_convocar_a_tiempo_y_deja_de_pedirlo(asistente, anta):
    curso = completa(titulo="Por convocar", dias=10)
    completa(titulo="Lejana", dias=40)

    def pedidas():
        asuntos = {a.titulo: [linea.texto for linea in a.lineas] for a in asuntos_de(asistente)}
        return asuntos.get("Capacitaciones por convocar")

    assert pedidas() == ["Por convocar"]
    convocar(curso, [operador(anta, "Ana")], asistente)
    assert pedidas() is None
    assert dentro_de(10) == curso.fecha_inicio
