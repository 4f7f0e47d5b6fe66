"""El directorio público y las tarjetas: solo lo que la web muestra."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from directorio.models import Contacto, Personal
from tests.fabricas import OrganoFactory, PersonalFactory, SistemaFactory

pytestmark = pytest.mark.django_db

PUBLICO = "directorio:personal"


@pytest.fixture
def julia(inicio, cusco):
    fila = PersonalFactory(
        nombres="Julia",
        apellidos="Núñez Soto",
        centro=cusco,
        cargo=Personal.Cargo.ESPECIALISTA,
        sistema=SistemaFactory(),
        correo="julia@conectamef.example",
        telefono="984 123456",
        anexo="2001",
    )
    Contacto.objects.create(personal=fila, clase="telefono", valor="911222333")
    return fila


def nombres(respuesta):
    return [fila.nombres for fila in respuesta.context["pagina"]]


def test_muestra_a_quien_figura_en_la_web_con_sus_datos_institucionales(client, julia, cusco):
    ayer = timezone.localdate() - dt.timedelta(days=1)
    PersonalFactory(nombres="Oculta", centro=cusco, es_publico=False)
    PersonalFactory(nombres="Cesada", centro=cusco, hasta=ayer)
    PersonalFactory(nombres="Sede", centro=None, cargo=Personal.Cargo.SEDE, organo=OrganoFactory())
    respuesta = client.get(reverse(PUBLICO))
    assert nombres(respuesta) == ["Julia", "Sede"]
    contenido = respuesta.content.decode()
    assert "Especialista en Presupuesto Público" in contenido
    assert "911222333" not in contenido
    assert not respuesta.cookies


def test_se_filtra_por_nombre_centro_cargo_y_sistema(client, julia, cusco):
    PersonalFactory(nombres="Otro", centro=cusco)
    url = reverse(PUBLICO)
    for filtro in ({"q": "nunez"}, {"cargo": "especialista"}, {"sistema": "presupuesto"}):
        assert nombres(client.get(url, filtro)) == ["Julia"]
    assert len(nombres(client.get(url, {"centro": "cusco"}))) == 2
    assert nombres(client.get(url, {"q": "911222333"})) == []


def test_un_filtro_que_no_existe_no_filtra_ni_falla(client, julia):
    respuesta = client.get(reverse(PUBLICO), {"centro": "marte", "cargo": "rey", "sistema": "x\x00", "pagina": "z"})
    assert respuesta.status_code in (200, 400)
    assert nombres(client.get(reverse(PUBLICO), {"centro": "marte"})) == ["Julia"]


def test_lo_filtrado_se_lee_con_los_filtros_cerrados_para_que_se_vea_el_resultado(client, julia, cusco):
    pagina = client.get(reverse(PUBLICO), {"centro": "cusco", "cargo": "especialista"}).text
    assert f"<summary>Filtrado por {cusco}, Especialista</summary>" in pagina
    assert "<details open" not in pagina


def test_la_tarjeta_publica_no_lleva_lo_personal_y_la_interna_si(client, julia, coordinadora):
    publica = client.get(reverse("directorio:vcard", args=[julia.pk]))
    assert publica["Content-Type"] == "text/vcard; charset=utf-8"
    texto = publica.content.decode()
    assert "TEL;VALUE=uri;TYPE=work:tel:+51984123456;ext=2001" in texto
    assert "911222333" not in texto

    client.force_login(coordinadora)
    interna = client.get(reverse("personal_vcard", args=[julia.pk])).content.decode()
    assert "911222333" in interna


def test_el_personal_de_otro_centro_da_solo_lo_publico(client, arequipa, coordinadora):
    ajena = PersonalFactory(centro=arequipa, telefono="984000555")
    oculta = PersonalFactory(centro=arequipa, es_publico=False)
    Contacto.objects.create(personal=ajena, clase="telefono", valor="911222444")
    client.force_login(coordinadora)
    tarjeta = client.get(reverse("personal_vcard", args=[ajena.pk])).content.decode()
    assert "984000555" in tarjeta
    assert "911222444" not in tarjeta
    assert client.get(reverse("personal_vcard", args=[oculta.pk])).status_code == 404
    assert client.get(reverse("centro_vcard", args=[arequipa.pk])).status_code == 404


def test_las_de_un_centro_van_juntas_y_las_completas_piden_para_que(client, julia, coordinadora, cusco):
    PersonalFactory(centro=cusco)
    publicas = client.get(reverse("directorio:vcard-de-centro", args=["cusco"])).content.decode()
    assert publicas.count("BEGIN:VCARD") == 2
    client.force_login(coordinadora)
    url = reverse("centro_vcard", args=[cusco.pk])
    assert "¿Para qué necesita estos datos?" in client.get(url).content.decode()
    assert client.post(url, {"motivo": "Cargarlos en el teléfono del centro"}).content.count(b"BEGIN:VCARD") == 2


def test_quien_no_figura_no_tiene_tarjeta_publica(client, inicio, cusco):
    oculta = PersonalFactory(centro=cusco, es_publico=False)
    assert client.get(reverse("directorio:vcard", args=[oculta.pk])).status_code == 404
