"""La ficha de una entidad dice qué correos se le enviaron y con qué resultado (issue 5, punto 4)."""

import pytest
from django.urls import reverse

from boletines import registro_de_entidad
from boletines.actions import difusion as acciones
from boletines.registro_de_entidad import registro_de
from boletines.segmentos import Segmento
from correo.models import Entrega, Envio
from tests import personas
from tests.boletines.conftest import nuevo_comunicado
from tests.fabricas import CorreoDifundidoFactory, EntidadFactory, OperadorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def entidad(cusco):
    """Con su correo institucional y dos operadores."""
    entidad = EntidadFactory(centro=cusco, correo="mesa@muni.example")
    OperadorFactory(entidad=entidad, correo="a@muni.example")
    OperadorFactory(entidad=entidad, correo="b@muni.example")
    return entidad


@pytest.fixture
def especialista(db):
    return personas.especialista_de_cusco()


def enviar(especialista, cusco, **cambios):
    correo = CorreoDifundidoFactory(centro=cusco, creado_por=especialista, **cambios)
    correo.segmento["audiencias"] = ["operadores", "entidades"]
    correo.save()
    return acciones.enviar_informativo(correo=correo, por=especialista)


def resultado(direccion, estado):
    Entrega.objects.filter(direccion=direccion).update(estado=estado)


def test_dice_a_cuantas_direcciones_suyas_y_que_paso_con_cada_una(entidad, especialista, cusco):
    EntidadFactory(centro=cusco, correo="vecina@muni.example")
    enviar(especialista, cusco, asunto="Cierre")
    resultado("mesa@muni.example", "enviada")
    resultado("a@muni.example", "enviada")
    resultado("b@muni.example", "rebotada")

    [fila] = registro_de(especialista, entidad)

    assert (fila.envio.asunto, fila.tipo, fila.envio.creado_por) == ("Cierre", "Correo informativo", especialista)
    assert (fila.direcciones, fila.resultado) == (3, "2 enviadas, 1 rebotó")


def test_se_ve_en_la_ficha_y_lleva_a_su_detalle(client, entidad, especialista, cusco):
    correo = enviar(especialista, cusco, asunto="Cierre anual")
    client.force_login(especialista)

    ficha = client.get(reverse("directorio_entidad_modeladmin_inspect", args=[entidad.pk])).content.decode()

    assert "Correos que se le enviaron" in ficha
    assert "Cierre anual" in ficha
    assert reverse("difusion_detalle", args=[correo.pk]) in ficha


def test_los_comunicados_y_los_boletines_tambien_figuran(entidad, especialista, cusco, lista):
    acciones.reenviar_comunicado(
        comunicado=nuevo_comunicado(lista), segmento=Segmento(("operadores",), centro=cusco.pk), por=especialista
    )
    boletin = Envio.objects.create(clave="boletin:1:cusco", asunto="Boletín", texto="x", es_masivo=True, centro=cusco)
    boletin.entregas.create(
        clave="m@muni.example", direccion="m@muni.example", referencia=f"entidad:{entidad.pk}", estado="enviada"
    )

    assert [fila.tipo for fila in registro_de(especialista, entidad)] == ["Boletín", "Comunicado"]


def test_lo_que_le_mando_otro_centro_no_se_ve_y_lo_de_la_sede_si(entidad, especialista, cusco, arequipa):
    for clave, centro in (("uno", arequipa), ("dos", None)):
        envio = Envio.objects.create(clave=clave, asunto=f"De {centro or 'la sede'}", texto="x", centro=centro)
        envio.entregas.create(clave=clave, direccion="a@muni.example", referencia=f"entidad:{entidad.pk}")

    assert [fila.envio.asunto for fila in registro_de(especialista, entidad)] == ["De la sede"]
    assert len(registro_de(personas.directora_de_ogauc(), entidad)) == 2


def test_lo_cancelado_dice_que_no_salio(entidad, especialista, cusco):
    enviar(especialista, cusco)
    Envio.objects.update(estado=Envio.Estado.CANCELADO)

    assert registro_de(especialista, entidad)[0].resultado == "3 sin enviar"


def test_las_copias_no_se_cuentan_y_hay_un_tope(entidad, especialista, monkeypatch):
    monkeypatch.setattr(registro_de_entidad, "A_LA_VISTA", 2)
    for n in range(3):
        envio = Envio.objects.create(clave=f"e{n}", asunto=f"Correo {n}", texto="x")
        envio.entregas.create(clave="a", direccion="a@muni.example", referencia=f"entidad:{entidad.pk}")
        envio.entregas.create(
            clave="cc:a", direccion="a@muni.example", referencia=f"entidad:{entidad.pk}", es_copia=True
        )

    filas = registro_de(especialista, entidad)

    assert [fila.envio.asunto for fila in filas] == ["Correo 2", "Correo 1"]
    assert filas[0].direcciones == 1


def test_una_referencia_parecida_no_se_confunde(entidad, especialista, cusco):
    envio = Envio.objects.create(clave="e", asunto="Otro", texto="x", centro=cusco)
    envio.entregas.create(clave="a", direccion="a@x.example", referencia=f"entidad:{entidad.pk}0")

    assert registro_de(especialista, entidad) == []
