"""Una fila de otro centro no existe; quien solo mira no cambia nada."""

import pytest
from django.urls import reverse

from eventos.models import Asistencia, Capacitacion, Inscripcion, RespuestaEncuesta
from organizacion.models import Rol
from tests import personas
from tests.fabricas import InscripcionFactory

from .ayudas import de_hoy

pytestmark = pytest.mark.django_db

DE_CAPACITACION = [
    "panel",
    "editar",
    "programa",
    "publicar",
    "cancelar",
    "asistencia",
    "asistencia-marcar",
    "asistencia-inscribir",
    "anexo6",
    "encuestas",
]
DE_INSCRIPCION = ["inscripcion-anular", "inscripcion-entidad"]
SOLO_POST = {"publicar", "asistencia-marcar"}


def direccion(nombre, inscripcion):
    llave = inscripcion.pk if nombre in DE_INSCRIPCION else inscripcion.capacitacion_id
    return reverse(f"eventos_intranet:{nombre}", args=[llave])


@pytest.fixture
def ajena(arequipa):
    return InscripcionFactory(capacitacion=de_hoy(centro=arequipa), entidad=None, entidad_texto="Beneficencia")


@pytest.fixture
def propia(cusco):
    return InscripcionFactory(capacitacion=de_hoy(centro=cusco), entidad=None, entidad_texto="Beneficencia")


@pytest.mark.parametrize("metodo", ["get", "post"])
@pytest.mark.parametrize("nombre", DE_CAPACITACION + DE_INSCRIPCION)
def test_lo_de_otro_centro_no_existe(client, coordinadora, ajena, nombre, metodo):
    client.force_login(coordinadora)
    respuesta = getattr(client, metodo)(direccion(nombre, ajena))
    esperado = 405 if nombre in SOLO_POST and metodo == "get" else 404
    assert respuesta.status_code == esperado


@pytest.mark.parametrize("nombre", DE_CAPACITACION + DE_INSCRIPCION)
def test_lo_propio_si_se_abre(client, coordinadora, propia, nombre):
    """El control de la prueba anterior: la misma dirección, con una fila de su centro, contesta."""
    client.force_login(coordinadora)
    respuesta = client.post(direccion(nombre, propia)) if nombre in SOLO_POST else client.get(direccion(nombre, propia))
    assert respuesta.status_code != 404


@pytest.mark.parametrize("accion", ["edit", "inspect"])
def test_la_inscripcion_de_otro_centro_tampoco_esta_en_el_registro(client, coordinadora, ajena, accion):
    client.force_login(coordinadora)
    url = reverse(f"inscripciones_modeladmin_{accion}", args=[ajena.pk])
    assert client.get(url).status_code == 404
    assert client.post(url, {"apellidos": "Robado"}).status_code == 404


@pytest.mark.parametrize("registro", ["capacitaciones", "inscripciones"])
@pytest.mark.parametrize("consulta", ["", "?export=csv", "?q=beneficencia", "?entidad=no"])
def test_las_listas_no_muestran_otro_centro(client, coordinadora, ajena, registro, consulta):
    client.force_login(coordinadora)
    respuesta = client.get(reverse(f"{registro}_modeladmin_index") + consulta)
    contenido = b"".join(respuesta) if respuesta.streaming else respuesta.content
    assert respuesta.status_code == 200
    assert ajena.capacitacion.titulo not in contenido.decode("utf-8-sig")


POSTS_DE_CAPACITACION = ["editar", "programa", "publicar", "cancelar", "asistencia", "asistencia-marcar"]
POSTS = [*POSTS_DE_CAPACITACION, "asistencia-inscribir", "encuestas", *DE_INSCRIPCION]


@pytest.mark.parametrize("nombre", POSTS)
def test_quien_solo_mira_recibe_un_403_al_enviar(client, propia, nombre, cusco):
    client.force_login(personas.con_rol("administrativo", Rol.COORDINADOR_ADMINISTRATIVO, centro=cusco))
    respuesta = client.post(direccion(nombre, propia), {"firmo": propia.pk, "motivo": "fuerza_mayor"})
    assert respuesta.status_code == 403
    assert "no le permite" in respuesta.content.decode()
    assert Capacitacion.objects.get().esta_publicada
    assert Inscripcion.objects.get().estado == Inscripcion.Estado.CONFIRMADA
    assert not Asistencia.objects.exists()
    assert not RespuestaEncuesta.objects.exists()


def test_quien_solo_mira_no_ve_botones(client, propia, cusco):
    client.force_login(personas.con_rol("administrativo", Rol.COORDINADOR_ADMINISTRATIVO, centro=cusco))
    panel = client.get(direccion("panel", propia)).content.decode()
    assert propia.capacitacion.titulo in panel
    for accion in ("editar", "cancelar", "programa", "asistencia-inscribir"):
        assert direccion(accion, propia) not in panel
    lista = client.get(reverse("capacitaciones_modeladmin_index")).content.decode()
    assert "/nueva/" not in lista
    assert direccion("editar", propia) not in lista
    mesa = client.get(direccion("asistencia", propia)).content.decode()
    assert ">Guardar<" not in mesa


@pytest.mark.parametrize("nombre", ["asistencia", "anexo6", "encuestas"])
def test_comunicaciones_ve_capacitaciones_pero_no_personas(client, comunicaciones, propia, nombre):
    client.force_login(comunicaciones)
    assert client.get(direccion("panel", propia)).status_code == 200
    assert client.get(direccion(nombre, propia)).status_code == 403


def test_un_responsable_tecnico_ve_la_de_su_sistema_y_no_la_cambia(client, propia):
    client.force_login(personas.responsable_de_presupuesto())
    assert client.get(direccion("panel", propia)).status_code == 200
    assert client.post(direccion("cancelar", propia), {"motivo": "fuerza_mayor"}).status_code == 403


def test_quien_ademas_es_responsable_tecnico_solo_cambia_las_de_su_centro(client, ajena):
    """Ve la de Arequipa por su sistema; el permiso de cambiar le viene de ser coordinadora de Cusco."""
    personas.coordinadora_de_cusco()
    usuaria = personas.con_rol("coordinadora.cusco", Rol.RESPONSABLE_TECNICO, sistema=ajena.capacitacion.sistemas.get())
    client.force_login(usuaria)
    assert client.get(direccion("panel", ajena)).status_code == 200
    assert client.post(direccion("cancelar", ajena), {"motivo": "fuerza_mayor"}).status_code == 403
    assert client.post(direccion("asistencia", ajena)).status_code == 403


def test_sin_sesion_se_va_a_la_entrada(client, propia):
    respuesta = client.get(direccion("panel", propia))
    assert respuesta.status_code == 302
    assert "/acceso/entrar/" in respuesta.url


@pytest.mark.parametrize("nombre", ["panel", "asistencia", "encuestas"])
def test_una_llave_desmedida_no_falla(client, coordinadora, nombre):
    client.force_login(coordinadora)
    assert client.get(reverse(f"eventos_intranet:{nombre}", args=[10**30])).status_code == 404
