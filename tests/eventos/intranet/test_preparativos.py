"""Los preparativos: qué debe constar antes, y qué falta (R64, R72, R86, R88)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from custodia.models import Huella
from eventos.actions.capacitacion import publicar
from eventos.actions.preparativos import guardar_preparativos
from eventos.actions.rechazos import ExpedienteCerrado, FaltaParaPublicar
from eventos.intranet.panel import Estado, Mirada
from eventos.intranet.panel.preparativos import preparativos as paso
from eventos.models import Capacitacion, Expositor, Preparativos
from eventos.preparativos import faltan, preparativos_de
from tests import personas
from tests.fabricas import DistritoFactory, ExpositorFactory, PersonalFactory, ProvinciaFactory, SistemaFactory

from .ayudas import HOY, completa, dentro_de

pytestmark = pytest.mark.django_db
DE_OTRA = {"organizador": "otra", "organizador_nombre": "Universidad Nacional"}


def especialista(centro):
    return PersonalFactory(cargo="especialista", sistema=SistemaFactory(), centro=centro)


def url(capacitacion):
    return reverse("eventos_intranet:preparativos", args=[capacitacion.pk])


def lo_que_falta(capacitacion):
    return faltan(capacitacion, preparativos_de(capacitacion))


def test_lo_del_centro_con_sus_expositores_no_pide_nada(asistente):
    capacitacion = completa()
    assert lo_que_falta(capacitacion) == []
    assert paso(Mirada(capacitacion, asistente)).estado == Estado.HECHO


def test_r64_lo_de_otra_entidad_pide_la_autorizacion_y_a_alguien_del_centro(asistente):
    capacitacion = completa(**DE_OTRA)
    assert lo_que_falta(capacitacion) == [
        "La autorización de la dirección no consta.",
        "Falta un especialista o el Coordinador del centro entre quienes exponen, abren, cierran o apoyan.",
    ]
    ExpositorFactory(capacitacion=capacitacion, personal=especialista(capacitacion.centro))
    datos = {"autorizacion": "Memorando 12-2026-EF", "autorizada_el": HOY()}
    guardar_preparativos(capacitacion=capacitacion, datos=datos, por=asistente)
    assert lo_que_falta(capacitacion) == []


@pytest.mark.parametrize(("cargo", "vale"), [("coordinador", True), ("asistente", False)])
def test_r64_vale_el_coordinador_aunque_solo_abra_y_no_vale_el_asistente(asistente, cargo, vale):
    capacitacion = completa(estado="borrador", **DE_OTRA)
    persona = PersonalFactory(cargo=cargo, centro=capacitacion.centro)
    guardar_preparativos(capacitacion=capacitacion, datos={"apertura": persona}, por=asistente)
    if vale:
        assert publicar(capacitacion=capacitacion, por=asistente).esta_publicada
    else:
        with pytest.raises(FaltaParaPublicar, match="R64"):
            publicar(capacitacion=capacitacion, por=asistente)


def test_r64_un_especialista_de_otro_centro_no_vale(arequipa):
    capacitacion = completa(**DE_OTRA)
    ExpositorFactory(capacitacion=capacitacion, personal=especialista(arequipa))
    assert any("especialista o el Coordinador" in falta for falta in lo_que_falta(capacitacion))


@pytest.mark.parametrize("procedencia", [Expositor.Procedencia.SEDE, Expositor.Procedencia.OTRA])
def test_r72_con_expositores_de_fuera_se_coordina_antes_con_la_ogauc(asistente, procedencia):
    capacitacion = completa(dias=3)
    ExpositorFactory(capacitacion=capacitacion, procedencia=procedencia)
    assert lo_que_falta(capacitacion) == ["La coordinación con la OGAUC no consta."]
    datos = {"coordinacion": "Correo del 3 de noviembre", "coordinada_el": HOY()}
    guardar_preparativos(capacitacion=capacitacion, datos=datos, por=asistente)
    assert lo_que_falta(capacitacion) == []
    Preparativos.objects.update(coordinada_el=dentro_de(4))
    assert lo_que_falta(capacitacion) == ["La coordinación con la OGAUC es posterior al comienzo."]


def test_r86_abre_y_cierra_el_coordinador_si_no_se_delega(asistente):
    capacitacion = completa()
    assert paso(Mirada(capacitacion, asistente)).lineas == ["Abre y cierra el Coordinador de Centro."]
    delegada = especialista(capacitacion.centro)
    guardar_preparativos(capacitacion=capacitacion, datos={"clausura": delegada}, por=asistente)
    assert paso(Mirada(capacitacion, asistente)).lineas == [f"Abre el Coordinador de Centro y cierra {delegada}."]


def test_r88_en_otra_ciudad_se_dice_quien_lleva_la_logistica(cliente, cusco):
    cusco.distrito = DistritoFactory()
    cusco.save()
    sicuani = DistritoFactory(ubigeo="080601", nombre="Sicuani", provincia=ProvinciaFactory(codigo="0806"))
    capacitacion, persona = completa(distrito=sicuani), especialista(cusco)
    assert lo_que_falta(capacitacion) == ["Falta decir quién lleva la logística: es en otra ciudad."]
    assert "logistica" in cliente.post(url(capacitacion), {"apertura": ""}).context["form"].errors
    cliente.post(url(capacitacion), {"logistica": persona.pk})
    assert lo_que_falta(capacitacion) == []
    virtual = completa(distrito=sicuani, modalidad="virtual")
    assert lo_que_falta(virtual) == []


@pytest.mark.parametrize(("dias", "estado"), [(20, Estado.TOCA), (4, Estado.ATRASADO), (-3, Estado.ATRASADO)])
def test_lo_que_falta_va_tarde_si_el_evento_esta_cerca_o_ya_paso(asistente, dias, estado):
    assert paso(Mirada(completa(dias=dias, **DE_OTRA), asistente)).estado == estado


def test_el_panel_lo_muestra_y_lleva_a_registrarlo(cliente):
    capacitacion = completa(**DE_OTRA)
    texto = cliente.get(reverse("eventos_intranet:panel", args=[capacitacion.pk])).text
    assert "La autorización de la dirección no consta." in texto
    assert url(capacitacion) in texto


@pytest.mark.parametrize(
    ("datos", "campo"),
    [
        ({"autorizacion": "Memorando 1"}, "autorizada_el"),
        ({"autorizada_el": "2026-01-10"}, "autorizacion"),
        ({"autorizacion": "Memorando 1", "autorizada_el": "2099-01-01"}, "autorizada_el"),
        ({"autorizacion": "Memorando 1", "autorizada_el": "ayer"}, "autorizada_el"),
        ({"apertura": "999999"}, "apertura"),
    ],
)
def test_un_dato_malo_se_explica_y_no_guarda_nada(cliente, datos, campo):
    capacitacion = completa(**DE_OTRA)
    assert campo in cliente.post(url(capacitacion), datos).context["form"].errors
    assert not Preparativos.objects.exists()


def test_no_se_delega_en_alguien_de_otro_centro(cliente, arequipa):
    respuesta = cliente.post(url(completa()), {"apertura": especialista(arequipa).pk})
    assert "apertura" in respuesta.context["form"].errors


def test_guardar_lo_mismo_no_deja_otra_huella(asistente):
    capacitacion = completa(**DE_OTRA)
    for _ in range(2):
        guardar_preparativos(capacitacion=capacitacion, datos={"autorizacion": "Memo 1"}, por=asistente)
    assert Huella.objects.count() == 1


def test_con_el_expediente_cerrado_ya_no_cambian(cliente, asistente):
    capacitacion = completa()
    Capacitacion.objects.update(cerrada_en=timezone.now())
    with pytest.raises(ExpedienteCerrado):
        guardar_preparativos(capacitacion=capacitacion, datos={"autorizacion": "x"}, por=asistente)
    assert not Preparativos.objects.exists()
    assert cliente.get(url(capacitacion)).status_code == 403


def test_si_falla_la_huella_no_queda_guardado(asistente, monkeypatch):
    def fallar(**_):
        raise RuntimeError

    monkeypatch.setattr("eventos.actions.preparativos.anotar", fallar)
    with pytest.raises(RuntimeError):
        guardar_preparativos(capacitacion=completa(), datos={"autorizacion": "x"}, por=asistente)
    assert not Preparativos.objects.exists()


def test_lo_de_otro_centro_no_existe_y_quien_solo_mira_no_registra(client, cliente, cusco, arequipa):
    assert cliente.get(url(completa(centro=arequipa))).status_code == 404
    client.force_login(personas.con_rol("admin.cusco", "coordinador_administrativo", centro=cusco))
    assert client.get(url(completa())).status_code == 403
