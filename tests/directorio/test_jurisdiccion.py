"""Una provincia pasa de un centro a otro desde una fecha, con sus entidades (R1)."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from directorio.actions import CambioImposible, anular_traspaso, pasar_entidades_de_hoy, pasar_provincia
from directorio.models import Entidad, Pedido
from organizacion.models import Centro, Jurisdiccion
from tests import personas
from tests.directorio.campanias import campania_de
from tests.fabricas import CapacitacionFactory, DistritoFactory, EntidadFactory, InscripcionFactory

pytestmark = pytest.mark.django_db


def hoy(dias=0):
    return timezone.localdate() + dt.timedelta(days=dias)


@pytest.fixture
def provincia(cusco):
    provincia = DistritoFactory().provincia
    Jurisdiccion.objects.create(centro=cusco, provincia=provincia, desde=dt.date(2013, 12, 26))
    return provincia


@pytest.fixture
def entidad(cusco, provincia):
    return EntidadFactory(centro=cusco)


def centro_de(entidad):
    return Entidad.objects.get(pk=entidad.pk).centro


def test_pasa_hoy_con_sus_entidades_y_deja_a_la_que_otro_atiende(provincia, entidad, arequipa, ogauc):
    lima = Centro.objects.create(nombre="Lima", slug="lima")
    por_excepcion = EntidadFactory(centro=lima)

    assert pasar_provincia(provincia=provincia, centro=arequipa, desde=hoy(), por=ogauc) == 1

    assert (centro_de(entidad), centro_de(por_excepcion)) == (arequipa, lima)
    for dia, centro in ((hoy(-1), "Cusco"), (hoy(), "Arequipa"), (hoy(900), "Arequipa")):
        assert [j.centro.nombre for j in Jurisdiccion.objects.vigentes(dia).filter(provincia=provincia)] == [centro]


def test_lo_que_una_campania_pide_a_sus_entidades_lo_sigue_el_centro_nuevo(
    client, provincia, entidad, cusco, arequipa, coordinadora, ogauc
):
    respondida = EntidadFactory(centro=cusco)
    campania = campania_de(cusco, coordinadora)
    campania.pedidos.filter(entidad=respondida).update(estado=Pedido.Estado.CONFORME)
    pasar_provincia(provincia=provincia, centro=arequipa, desde=hoy(), por=ogauc)
    assert dict(campania.pedidos.values_list("entidad", "centro")) == {entidad.pk: arequipa.pk, respondida.pk: cusco.pk}

    client.force_login(personas.coordinador_de_arequipa())
    pagina = client.get(reverse("directorio_campania", args=[campania.pk]))
    assert [pedido.entidad for pedido in pagina.context["pedidos"]] == [entidad]


def test_si_es_futura_sus_entidades_pasan_ese_dia(provincia, entidad, cusco, arequipa, ogauc):
    assert pasar_provincia(provincia=provincia, centro=arequipa, desde=hoy(5), por=ogauc) == 0
    assert pasar_entidades_de_hoy() == ""
    assert centro_de(entidad) == cusco
    assert Centro.objects.que_atiende(provincia) == cusco

    Jurisdiccion.objects.filter(centro=arequipa).update(desde=hoy())
    Jurisdiccion.objects.filter(centro=cusco).update(hasta=hoy(-1))
    assert pasar_entidades_de_hoy() == "entidades que pasaron de centro: 1"
    assert pasar_entidades_de_hoy() == ""
    assert centro_de(entidad) == arequipa


def test_un_traspaso_programado_se_anula_y_otro_no_se_le_encima(provincia, cusco, arequipa, ogauc):
    pasar_provincia(provincia=provincia, centro=arequipa, desde=hoy(5), por=ogauc)
    with pytest.raises(CambioImposible, match="anúlelo antes"):
        pasar_provincia(provincia=provincia, centro=cusco, desde=hoy(9), por=ogauc)

    anular_traspaso(jurisdiccion=Jurisdiccion.objects.get(centro=arequipa), por=ogauc)
    unica = Jurisdiccion.objects.get()
    assert (unica.centro, unica.hasta) == (cusco, None)


@pytest.mark.parametrize(
    ("nombre", "desde", "motivo"),
    [("Cusco", hoy(), "ya es de"), ("Arequipa", dt.date(2013, 12, 26), "elija un día posterior")],
)
def test_lo_que_dejaria_dos_centros_no_se_guarda(provincia, entidad, cusco, arequipa, ogauc, nombre, desde, motivo):
    with pytest.raises(CambioImposible, match=motivo):
        pasar_provincia(provincia=provincia, centro=Centro.objects.get(nombre=nombre), desde=desde, por=ogauc)
    assert Jurisdiccion.objects.get().hasta is None
    assert centro_de(entidad) == cusco


def test_la_pantalla_dice_que_pasaria_antes_de_hacerlo(client, provincia, entidad, cusco, arequipa, ogauc):
    InscripcionFactory(capacitacion=CapacitacionFactory(centro=cusco), entidad=entidad)
    client.force_login(ogauc)
    url = reverse("centro_provincias", args=[cusco.pk])
    datos = {"provincia": provincia.pk, "centro": arequipa.pk, "desde": hoy().isoformat()}

    previa = client.get(url, datos).content.decode()
    assert "Pasa 1 entidad," in previa
    assert "Inscripciones en capacitaciones por venir que siguen con Cusco: 1." in previa
    assert centro_de(entidad) == cusco

    assert client.post(url, datos).status_code == 302
    assert centro_de(entidad) == arequipa


def test_una_provincia_ajena_o_una_fecha_rara_se_dicen(client, provincia, cusco, arequipa, ogauc):
    client.force_login(ogauc)
    url = reverse("centro_provincias", args=[arequipa.pk])
    respuesta = client.post(url, {"provincia": provincia.pk, "centro": cusco.pk, "desde": "ayer"})
    assert {"provincia", "desde"} <= set(respuesta.context["form"].errors)
    assert Jurisdiccion.objects.count() == 1


def test_solo_quien_lleva_los_centros_pasa_provincias(client, coordinadora, cusco):
    client.force_login(coordinadora)
    assert client.get(reverse("centro_provincias", args=[cusco.pk])).status_code in (302, 403)
