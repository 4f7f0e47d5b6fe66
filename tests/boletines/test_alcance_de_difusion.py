"""Cada quien ve y toca lo de su centro; lo ajeno es un 404 en cada dirección (invariante 1, R17)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from boletines.actions import difusion as acciones
from boletines.permissions import centros_en_que_difunde, puede_difundir, puede_tocar_difundido
from boletines.wagtail_hooks import boton_reenviar
from correo.models import Entrega, Envio
from organizacion.actions import asignar_rol
from organizacion.models import Rol, Usuario
from tests import personas
from tests.boletines.conftest import nuevo_comunicado
from tests.fabricas import CorreoDifundidoFactory, EntidadFactory, OperadorFactory, SistemaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def autora(db):
    return personas.especialista_de_cusco()


@pytest.fixture
def borrador(cusco, autora):
    return CorreoDifundidoFactory(asunto="De Cusco", centro=cusco, creado_por=autora, sistema=SistemaFactory())


@pytest.fixture
def enviado(borrador, autora, cusco):
    OperadorFactory(entidad=EntidadFactory(centro=cusco), correo="a@muni.example")
    return acciones.enviar_informativo(correo=borrador, por=autora)


def con_otro_rol(usuario, rol, **donde):
    asignar_rol(usuario=usuario, rol=rol, **donde)
    return Usuario.objects.get(pk=usuario.pk)


def direcciones(correo):
    return [
        reverse("difusion_detalle", args=[correo.pk]),
        reverse("difusion_editar", args=[correo.pk]),
        reverse("difusion_borrar", args=[correo.pk]),
        reverse("difusion_adjunto", args=[correo.pk, 1]),
    ]


@pytest.mark.parametrize("que", ["borrador", "enviado"])
def test_lo_de_otro_centro_es_un_404_en_cada_direccion(client, request, que, arequipa):
    correo = request.getfixturevalue(que)
    client.force_login(personas.especialista_de_arequipa())

    for url in direcciones(correo):
        assert client.get(url).status_code == 404, url
        assert client.post(url, {"hacer": "enviar", "asunto": "Robado"}).status_code in (404, 405), url
    for pestana in ("borradores", "enviados"):
        assert "De Cusco" not in client.get(reverse("difusion"), {"ver": pestana}).content.decode()
    correo.refresh_from_db()
    assert correo.asunto == "De Cusco"


@pytest.mark.parametrize("campo", ["centro", "provincia", "del_sistema"])
def test_un_centro_que_no_es_el_suyo_no_entra_por_el_pedido(client, lista, autora, arequipa, cusco, campo):
    """El centro no se elige: se fija en el suyo, mande lo que mande el navegador."""
    OperadorFactory(entidad=EntidadFactory(centro=arequipa), correo="lejos@muni.example")
    OperadorFactory(entidad=EntidadFactory(centro=cusco), correo="cerca@muni.example")
    comunicado = nuevo_comunicado(lista)
    client.force_login(autora)
    url = reverse("difusion_reenviar", args=[comunicado.pk])
    pedido = {"audiencias": ["operadores"], "hacer": "enviar", campo: str(arequipa.pk)}
    respuesta = client.post(url, pedido)
    revision = respuesta.context["revision"]
    if revision:
        client.post(url, pedido | {"visto": revision.huella})

    assert "lejos@muni.example" not in Entrega.objects.values_list("direccion", flat=True)


def test_un_rol_que_solo_asiste_en_otro_centro_no_deja_difundir_ahi(autora, arequipa, cusco):
    autora = con_otro_rol(autora, Rol.ASISTENTE, centro=arequipa)

    assert centros_en_que_difunde(autora) == [cusco]


def test_quien_trabaja_en_dos_centros_elige_desde_cual(client, lista, autora, arequipa, cusco):
    autora = con_otro_rol(autora, Rol.ESPECIALISTA, centro=arequipa, sistema=SistemaFactory())
    client.force_login(autora)

    form = client.get(reverse("difusion_nuevo")).context["form"]

    assert list(form.fields["centro"].queryset) == [arequipa, cusco]
    assert form.fields["centro"].required


def test_el_responsable_tecnico_ve_lo_enviado_de_su_sistema_y_no_los_borradores(client, enviado, cusco):
    otro = CorreoDifundidoFactory(asunto="Borrador ajeno", centro=cusco, sistema=SistemaFactory())
    client.force_login(personas.responsable_de_presupuesto())

    assert client.get(reverse("difusion_detalle", args=[enviado.pk])).status_code == 200
    assert client.get(reverse("difusion_detalle", args=[otro.pk])).status_code == 404
    lista = client.get(reverse("difusion")).content.decode()
    assert "De Cusco" in lista
    assert "Borrador ajeno" not in lista


def test_el_responsable_tecnico_no_ve_lo_de_otro_sistema(client, cusco, autora):
    tesoreria = SistemaFactory(slug="tesoreria", nombre="Tesorería")
    ajeno = CorreoDifundidoFactory(centro=cusco, sistema=tesoreria, enviado_en=timezone.now())
    client.force_login(personas.responsable_de_presupuesto())

    assert client.get(reverse("difusion_detalle", args=[ajeno.pk])).status_code == 404


def test_la_ogauc_mira_y_no_toca(client, lista, borrador, ogauc):
    comunicado = nuevo_comunicado(lista)
    client.force_login(ogauc)

    assert client.get(reverse("difusion_detalle", args=[borrador.pk])).status_code == 200
    for url in (
        reverse("difusion_nuevo"),
        reverse("difusion_editar", args=[borrador.pk]),
        reverse("difusion_borrar", args=[borrador.pk]),
        reverse("difusion_reenviar", args=[comunicado.pk]),
    ):
        assert client.post(url, {"hacer": "enviar"}).status_code == 403, url
    assert not Envio.objects.exists()


def test_el_borrador_lo_tocan_su_autora_y_quien_coordina_y_no_un_colega(borrador, autora, coordinadora, cusco):
    colega = personas.con_rol("otro.especialista", Rol.ESPECIALISTA, centro=cusco, sistema=SistemaFactory())

    assert puede_tocar_difundido(autora, borrador)
    assert puede_tocar_difundido(coordinadora, borrador)
    assert not puede_tocar_difundido(colega, borrador)


def test_un_colega_ve_el_borrador_y_no_lo_envia(client, borrador, cusco):
    client.force_login(personas.con_rol("otro", Rol.ESPECIALISTA, centro=cusco, sistema=SistemaFactory()))

    assert client.get(reverse("difusion_detalle", args=[borrador.pk])).status_code == 200
    assert client.post(reverse("difusion_editar", args=[borrador.pk]), {"hacer": "enviar"}).status_code == 403


@pytest.mark.parametrize(
    "quien", [personas.asistente_de_cusco, lambda: personas.con_rol("odp", Rol.ODP)], ids=["asistente", "odp"]
)
def test_a_quien_no_difunde_no_se_le_abre_nada(client, quien, borrador):
    client.force_login(quien())

    for url in (reverse("difusion"), reverse("difusion_nuevo"), *direcciones(borrador)):
        assert client.get(url).status_code == 403, url


def test_comunicaciones_difunde_a_todos_los_centros_o_a_uno(client, comunicaciones, cusco, arequipa):
    client.force_login(comunicaciones)

    form = client.get(reverse("difusion_nuevo")).context["form"]

    assert puede_difundir(comunicaciones)
    assert list(form.fields["centro"].queryset) == [arequipa, cusco]
    assert not form.fields["centro"].required


@pytest.mark.parametrize("consulta", ["p=999999999999", "p=%00", "ver=nada", "q=%00", "ver=enviados&q=" + "a" * 500])
def test_una_consulta_disparatada_muestra_la_lista(client, lista, autora, consulta):
    client.force_login(autora)

    assert client.get(f"{reverse('difusion')}?{consulta}").status_code == 200


def test_la_lista_no_hace_una_consulta_por_fila(client, lista, autora, cusco, django_assert_max_num_queries):
    for n in range(20):
        CorreoDifundidoFactory(asunto=f"Correo {n}", centro=cusco, enviado_en=timezone.now())
    client.force_login(autora)
    client.get(reverse("difusion"))

    with django_assert_max_num_queries(25):
        client.get(reverse("difusion"), {"ver": "enviados"})


def test_la_pagina_de_un_comunicado_publicado_ofrece_reenviarlo(lista, comunicaciones, ogauc):
    publicado, borrador = nuevo_comunicado(lista), nuevo_comunicado(lista, "Borrador", live=False)

    [boton] = boton_reenviar(publicado, comunicaciones, "edit")

    assert boton.url == reverse("difusion_reenviar", args=[publicado.pk])
    assert not list(boton_reenviar(borrador, comunicaciones, "edit"))
    assert not list(boton_reenviar(publicado, ogauc, "edit"))
