"""La bandeja pide reenviar lo nuevo y terminar lo que quedó en borrador (R111, R112)."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from boletines.models import ComunicadoPage, ComunicadosIndexPage, CorreoDifundido
from intranet.bandeja import asuntos_de
from tests import personas
from tests.fabricas import CorreoDifundidoFactory, SistemaFactory

pytestmark = pytest.mark.django_db
HOY = timezone.localdate()
NUEVOS = "Comunicados nuevos por reenviar"
BORRADORES = "Correos informativos sin enviar"


@pytest.fixture
def publicar(inicio):
    def _publicar(titulo, dias=1, **cambios):
        publicado = timezone.now() - dt.timedelta(days=dias)
        datos = {"resumen": "x", "cuerpo": "<p>x</p>", "fecha": HOY - dt.timedelta(days=dias)} | cambios
        pagina = ComunicadoPage(title=titulo, first_published_at=publicado, **datos)
        return ComunicadosIndexPage.objects.get().add_child(instance=pagina)

    return _publicar


def textos_de(usuario):
    return {asunto.titulo: [linea.texto for linea in asunto.lineas] for asunto in asuntos_de(usuario)}


def test_al_especialista_le_tocan_los_de_su_sistema_y_los_generales(publicar):
    publicar("De presupuesto", dias=1, sistema=SistemaFactory())
    publicar("General", dias=2)
    publicar("De tesorería", sistema=SistemaFactory(slug="tesoreria", nombre="Tesorería"))
    publicar("Viejo", dias=16)
    publicar("Borrador", live=False)
    publicar("Vencido", dias=5, vigente_hasta=HOY - dt.timedelta(days=1))

    assert textos_de(personas.especialista_de_cusco())[NUEVOS] == ["De presupuesto", "General"]


def test_a_quien_coordina_le_tocan_los_de_todos_los_sistemas(publicar, coordinadora):
    publicar("De tesorería", sistema=SistemaFactory(slug="tesoreria", nombre="Tesorería"))

    assert textos_de(coordinadora)[NUEVOS] == ["De tesorería"]


def test_lo_que_su_centro_ya_reenvio_no_se_pide_y_en_otro_centro_si(publicar, cusco, arequipa):
    comunicado = publicar("General")
    CorreoDifundido.objects.create(
        tipo="comunicado", comunicado=comunicado, centro=cusco, enviado_en=timezone.now(), segmento={}
    )

    assert NUEVOS not in textos_de(personas.especialista_de_cusco())
    assert textos_de(personas.especialista_de_arequipa())[NUEVOS] == ["General"]


def test_la_linea_lleva_a_reenviarlo(publicar, client):
    comunicado = publicar("General")
    usuario = personas.especialista_de_cusco()
    [linea] = next(asunto.lineas for asunto in asuntos_de(usuario) if asunto.titulo == NUEVOS)

    assert linea.url == reverse("difusion_reenviar", args=[comunicado.pk])
    client.force_login(usuario)
    assert client.get(linea.url).status_code == 200


def test_cada_quien_ve_sus_borradores_y_no_los_ajenos(inicio, cusco):
    autora = personas.especialista_de_cusco()
    CorreoDifundidoFactory(asunto="Mío", centro=cusco, creado_por=autora)
    CorreoDifundidoFactory(asunto="De otra persona", centro=cusco)
    CorreoDifundidoFactory(asunto="Enviado", centro=cusco, creado_por=autora, enviado_en=timezone.now())

    assert textos_de(autora)[BORRADORES] == ["Mío"]


@pytest.mark.parametrize("quien", [personas.asistente_de_cusco, personas.directora_de_ogauc, personas.comunicaciones])
def test_a_quien_no_reenvia_por_un_centro_no_se_le_pide(publicar, quien):
    publicar("General")

    assert NUEVOS not in textos_de(quien())
