"""Las entidades escritas a mano se vinculan de una vez, o se agregan al directorio."""

import pytest
from django.urls import reverse

from directorio.actions import CambioImposible, crear_desde_escritas
from directorio.models import Entidad
from eventos.models import Inscripcion
from organizacion.models import Jurisdiccion
from tests.fabricas import CapacitacionFactory, DistritoFactory, EntidadFactory, InscripcionFactory

pytestmark = pytest.mark.django_db

LISTA = "directorio_escritas"


def escribir(texto, centro):
    return InscripcionFactory(
        capacitacion=CapacitacionFactory(centro=centro),
        entidad=None,
        entidad_texto=texto,
        entidad_distrito=DistritoFactory(),
    )


@pytest.fixture
def cliente(client, coordinadora):
    client.force_login(coordinadora)
    return client


@pytest.fixture
def grupo(cliente, cusco):
    """Tres personas escribieron lo mismo, con tildes y mayúsculas distintas."""
    for texto in ("Muni. de Poroy", "MUNI. DE POROY", "muni. dé poroy"):
        escribir(texto, cusco)
    return cliente.get(reverse(LISTA)).context["filas"][0]["grupo"]


def test_lo_que_se_escribio_igual_va_junto_y_con_las_que_se_le_parecen(cliente, cusco, grupo):
    poroy = EntidadFactory(nombre="Municipalidad Distrital de Poroy", centro=cusco)
    EntidadFactory(nombre="Hospital Regional", centro=cusco)
    (fila,) = cliente.get(reverse(LISTA)).context["filas"]
    assert fila["grupo"].cantidad == 3
    assert fila["parecidas"][0] == poroy


def test_con_un_clic_se_vinculan_todas(cliente, cusco, grupo):
    poroy = EntidadFactory(nombre="Municipalidad Distrital de Poroy", centro=cusco)
    otra = escribir("Otra cosa", cusco)
    url = reverse("directorio_vincular_escrita", args=[grupo.clave])
    assert cliente.post(url, {"entidad": poroy.pk}).status_code == 302
    assert Inscripcion.objects.filter(entidad=poroy).count() == 3
    assert Inscripcion.objects.get(entidad__isnull=True) == otra
    respuesta = cliente.post(url, {"entidad": poroy.pk}, follow=True)
    assert "Otra persona ya la vinculó." in respuesta.content.decode()


def test_un_doble_clic_en_agregar_no_deja_dos_entidades(cliente, cusco, grupo, coordinadora):
    def agregar():
        nueva = EntidadFactory.build(nombre="Poroy", centro=cusco, distrito=DistritoFactory())
        crear_desde_escritas(entidad=nueva, de=grupo.de, por=coordinadora)

    agregar()
    with pytest.raises(CambioImposible, match="Otra persona ya la vinculó"):
        agregar()
    assert Entidad.objects.filter(nombre="Poroy").count() == 1


def test_si_no_esta_se_agrega_con_lo_que_se_escribio(cliente, cusco, grupo):
    distrito = DistritoFactory()
    Jurisdiccion.objects.create(centro=cusco, provincia=distrito.provincia)
    url = reverse("directorio_escrita", args=[grupo.clave])
    assert 'value="Muni. de Poroy"' in cliente.get(url).content.decode()
    assert "nombre" in cliente.post(url, {"nombre": "", "tipo": "GL"}).context["form"].errors

    datos = {"nombre": "Municipalidad Distrital de Poroy", "tipo": "GL", "distrito": distrito.pk}
    assert cliente.post(url, datos).status_code == 302
    nueva = Entidad.objects.get(nombre=datos["nombre"])
    assert nueva.centro == cusco
    assert Inscripcion.objects.filter(entidad=nueva).count() == 3
    for respuesta in (cliente.post(url, datos, follow=True), cliente.get(url, follow=True)):
        assert "Otra persona ya la vinculó." in respuesta.content.decode()
    assert Entidad.objects.filter(nombre=datos["nombre"]).count() == 1


def test_ni_lo_escrito_en_otro_centro_ni_sus_entidades_existen(cliente, cusco, arequipa, grupo):
    escribir("Muni. de Poroy", arequipa)
    (fila,) = cliente.get(reverse(LISTA)).context["filas"]
    assert fila["grupo"].cantidad == 3
    ajena = EntidadFactory(centro=arequipa)
    for llave in (ajena.pk, "x", "9" * 30, ""):
        url = reverse("directorio_vincular_escrita", args=[grupo.clave])
        assert cliente.post(url, {"entidad": llave}).status_code == 404
    assert not Inscripcion.objects.filter(entidad__isnull=False).exists()


def test_quien_solo_mira_no_entra(client, grupo, comunicaciones):
    client.force_login(comunicaciones)
    assert client.get(reverse(LISTA)).status_code in (302, 403)
