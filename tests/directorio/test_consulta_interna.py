"""El directorio que consulta el personal y el PDF completo de un centro."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from custodia.models import Huella
from directorio.models import Contacto, Personal
from organizacion.models import Organo
from tests.fabricas import (
    AutoridadFactory,
    EntidadFactory,
    MedioFactory,
    OperadorFactory,
    OrganoFactory,
    PersonalFactory,
    SistemaFactory,
)

pytestmark = pytest.mark.django_db

CONSULTA = "directorio_institucional"


def test_los_centros_y_los_organos_con_su_gente_en_orden(client, coordinadora, cusco):
    PersonalFactory(centro=cusco, apellidos="Segunda")
    PersonalFactory(centro=cusco, apellidos="Primera", cargo=Personal.Cargo.COORDINADOR)
    organo = OrganoFactory()
    PersonalFactory(centro=None, cargo=Personal.Cargo.RESPONSABLE_TECNICO, sistema=SistemaFactory(organo=organo))
    Organo.objects.create(sigla="VIEJO", nombre="Órgano que ya no existe", tipo="oficina", hasta="2020-01-01")
    client.force_login(coordinadora)
    respuesta = client.get(reverse(CONSULTA))
    contenido = respuesta.content.decode()
    assert contenido.index("Julia Primera") < contenido.index("Julia Segunda")
    assert "Depende en lo técnico de OAUTDA; en lo administrativo, de OGAUC" in contenido
    assert "Órgano que ya no existe" not in contenido
    assert [len(rama.personal) for rama in respuesta.context["sede"] if rama.sigla == "DGPP"] == [1]


def test_de_otro_centro_se_ve_solo_a_quien_figura_en_la_web(client, coordinadora, cusco, arequipa):
    PersonalFactory(centro=arequipa, apellidos="Visible")
    PersonalFactory(centro=arequipa, apellidos="Reservada", es_publico=False)
    PersonalFactory(centro=cusco, apellidos="Propia", es_publico=False)
    client.force_login(coordinadora)
    contenido = client.get(reverse(CONSULTA)).content.decode()
    assert "Visible" in contenido
    assert "Propia" in contenido
    assert "Reservada" not in contenido


def test_se_busca_sin_tildes_y_lo_que_no_esta_se_dice(client, coordinadora, cusco):
    PersonalFactory(centro=cusco, apellidos="Ñahui Pérez")
    client.force_login(coordinadora)
    assert "Ñahui Pérez" in client.get(reverse(CONSULTA), {"q": "nahui"}).content.decode()
    assert "Nadie responde a" in client.get(reverse(CONSULTA), {"q": "zzz\x00"}).content.decode()


def test_el_pdf_completo_lleva_a_todos_los_del_ambito_y_deja_rastro(client, coordinadora, cusco, arequipa):
    entidad = EntidadFactory(centro=cusco, nombre="Municipalidad de Anta", codigo_siaf="000321")
    AutoridadFactory(entidad=entidad, apellidos="Alcaldesa Soto")
    operador = OperadorFactory(entidad=entidad, apellidos="Tesorero Ramos")
    operador.sistemas.set([SistemaFactory()])
    Contacto.objects.create(operador=operador, clase="telefono", valor="911222555")
    OperadorFactory(entidad=EntidadFactory(centro=arequipa), apellidos="Ajeno")
    MedioFactory(centro=cusco, nombre="Radio Inti")
    PersonalFactory(centro=cusco, apellidos="Personal Quispe")
    client.force_login(coordinadora)
    url = reverse("centro_directorio_pdf", args=[cusco.pk])
    pregunta = client.get(url).content.decode()
    assert "¿Para qué necesita estos datos?" in pregunta
    assert f"Descargar: Directorio completo en PDF del {cusco.nombre_completo}" in pregunta
    assert not Huella.objects.filter(accion="imprimir directorio").exists()

    respuesta = client.post(url, {"motivo": "Carpeta de la visita de diciembre"})

    lector = PdfReader(io.BytesIO(respuesta.content))
    texto = " ".join(" ".join(pagina.extract_text() for pagina in lector.pages).split())
    for dato in ("Alcaldesa Soto", "Tesorero Ramos", "Presupuesto Público", "911222555", "Radio Inti", "SIAF 000321"):
        assert dato in texto
    assert "Personal Quispe" in texto
    assert "Ajeno" not in texto
    assert "pdfuaid" in lector.xmp_metadata.rdf_root.toxml()
    assert "no-store" in respuesta["Cache-Control"]
    huella = Huella.objects.get(accion="imprimir directorio")
    assert (huella.motivo, huella.detalle["filas"]) == ("Carpeta de la visita de diciembre", 4)


def test_el_pdf_de_otro_centro_no_existe_y_a_la_sede_que_no_ve_operadores_se_le_niega(
    client, coordinadora, comunicaciones, cusco, arequipa
):
    client.force_login(coordinadora)
    assert client.get(reverse("centro_directorio_pdf", args=[arequipa.pk])).status_code == 404
    client.force_login(comunicaciones)
    assert client.get(reverse("centro_directorio_pdf", args=[cusco.pk])).status_code in (302, 403)
