"""Servicios conjuntos con un aliado (R7) y alianzas con un privado (R68)."""

import pytest
from django.urls import reverse

from directorio.actions import dar_acceso
from directorio.forms import AccesoForm
from eventos import datos_abiertos
from eventos.cifras import Cifras, cifras_por_aliado, cifras_totales
from eventos.models import Capacitacion
from organizacion.models import Organo, Rol
from tests import personas
from tests.fabricas import (
    AsistenciaFactory,
    CapacitacionFactory,
    InscripcionFactory,
    OrganoFactory,
    PersonalFactory,
)

from .ayudas import datos_de_capacitacion

pytestmark = pytest.mark.django_db


@pytest.fixture
def osce():
    return OrganoFactory(sigla="OSCE", nombre="Organismo Supervisor", tipo=Organo.Tipo.ALIADO)


@pytest.fixture
def conjunta(osce, cusco):
    return CapacitacionFactory(centro=cusco, titulo="Contrataciones con presupuesto", aliado=osce)


def test_r7_la_ficha_nombra_al_aliado_y_el_calendario_lo_filtra(client, conjunta, cusco):
    CapacitacionFactory(centro=cusco, titulo="Sin aliado")
    assert "Con Organismo Supervisor (OSCE)." in client.get(conjunta.get_absolute_url()).text
    texto = client.get("/capacitaciones/?aliado=OSCE").text
    assert "Contrataciones con presupuesto" in texto
    assert "Sin aliado" not in texto
    assert "Servicio conjunto con: OSCE" in texto


def test_r7_el_json_lo_dice(client, conjunta):
    respuesta = client.get(reverse("eventos:feed", args=["json"]) + "?aliado=OSCE").json()
    datos = respuesta["items"][0]["_conectamef"]
    assert datos["aliado"] == {"id": "OSCE", "nombre": "Organismo Supervisor"}


def test_r7_las_cifras_se_separan_y_se_filtran_por_aliado(osce, cusco):
    con = CapacitacionFactory(centro=cusco, aliado=osce, dias=-5)
    sin = CapacitacionFactory(centro=cusco, dias=-5)
    for n in range(11):
        AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=con if n < 5 else sin))
    assert cifras_por_aliado(Capacitacion.objects.all()) == {osce.pk: Cifras(5, 5), None: Cifras(6, 6)}
    assert cifras_totales(Capacitacion.objects.filtradas(aliado=["OSCE"])) == Cifras(5, 5)
    columnas = [datos_abiertos.ENCABEZADOS.index(c) for c in ("aliado", "participantes")]
    assert [tuple(f[c] for c in columnas) for f in datos_abiertos.tabla()] == [("Ninguna", 6), ("OSCE", 5)]


def test_la_lista_del_personal_se_filtra_por_aliado_y_por_modalidad(cliente, conjunta, cusco):
    CapacitacionFactory(centro=cusco, titulo="Una híbrida", modalidad="hibrida")
    lista = reverse("capacitaciones_modeladmin_index")
    texto = cliente.get(f"{lista}?aliado=OSCE").text
    assert "Contrataciones con presupuesto" in texto
    assert "Una híbrida" not in texto
    assert "Una híbrida" in cliente.get(f"{lista}?modalidad=virtual").text
    assert "Contrataciones con presupuesto" not in cliente.get(f"{lista}?modalidad=virtual").text


@pytest.mark.parametrize("valor", ["x", "", "%00"])
def test_un_filtro_desconocido_no_falla(cliente, conjunta, valor):
    lista = reverse("capacitaciones_modeladmin_index")
    assert cliente.get(f"{lista}?aliado={valor}&modalidad={valor}", follow=True).status_code == 200


def test_r68_sin_convenio_no_hay_alianza_con_un_privado(cliente, asistente):
    url, privado = reverse("eventos_intranet:crear"), {"aliado_privado": "Universidad Privada"}
    respuesta = cliente.post(url, datos_de_capacitacion(**privado))
    assert "hace falta el convenio con el MEF (R68)" in respuesta.text
    assert '<details class="mas-datos" open>' in respuesta.text
    assert not Capacitacion.objects.exists()
    cliente.post(url, datos_de_capacitacion(**privado, convenio="Convenio 012-2026-EF"))
    guardada = Capacitacion.objects.get()
    assert (guardada.aliado_privado, guardada.convenio) == ("Universidad Privada", "Convenio 012-2026-EF")


def test_en_el_formulario_solo_se_elige_un_aliado(cliente, osce):
    respuesta = cliente.post(
        reverse("eventos_intranet:crear"), datos_de_capacitacion(aliado=OrganoFactory(sigla="DGPP").pk)
    )
    assert "aliado" in respuesta.context["form"].errors
    cliente.post(reverse("eventos_intranet:crear"), datos_de_capacitacion(aliado=osce.pk, maximo_por_entidad=4))
    guardada = Capacitacion.objects.get()
    assert (guardada.aliado, guardada.maximo_por_entidad) == (osce, 4)


def test_r7_el_aliado_ve_sus_servicios_conjuntos_y_no_los_cambia(client, conjunta, osce, cusco, arequipa):
    ajena = CapacitacionFactory(centro=cusco)
    otra = CapacitacionFactory(centro=arequipa, aliado=osce)
    usuario = personas.con_rol("osce", Rol.ALIADO, organo=osce)
    assert set(Capacitacion.objects.para(usuario)) == {conjunta, otra}
    assert not Capacitacion.objects.propias(usuario).exists()
    client.force_login(usuario)
    assert client.get(reverse("eventos_intranet:panel", args=[conjunta.pk])).status_code == 200
    assert client.get(reverse("eventos_intranet:panel", args=[ajena.pk])).status_code == 404
    for pantalla in ("editar", "cancelar"):
        assert client.get(reverse(f"eventos_intranet:{pantalla}", args=[conjunta.pk])).status_code == 403


def test_la_cuenta_de_un_aliado_se_abre_con_su_entidad(ogauc, osce):
    miembro = PersonalFactory(cargo="sede", centro=None, organo=None, correo="a@osce.example")
    datos = {"username": "ana.osce", "email": "a@osce.example", "rol": "aliado"}
    assert "rol" in AccesoForm(datos, personal=miembro).errors
    miembro.organo = osce
    miembro.save()
    assert AccesoForm(datos, personal=miembro).is_valid()
    usuario = dar_acceso(personal=miembro, username="ana.osce", correo="a@osce.example", rol="aliado", por=ogauc)
    assert usuario.asignaciones.get().organo == osce
