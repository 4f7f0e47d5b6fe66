"""El registro de inscripciones: mirar, corregir la copia de los datos, anular y vincular la entidad."""

import pytest
from django.urls import reverse

from directorio.models import Entidad
from eventos.models import Inscripcion
from organizacion.actions import asignar_rol
from organizacion.models import Jurisdiccion, Rol
from tests.custodia.motivo import PARA_ALGO
from tests.fabricas import (
    AsistenciaFactory,
    CapacitacionFactory,
    DistritoFactory,
    EntidadFactory,
    InscripcionFactory,
    PersonaFactory,
    SistemaFactory,
)

from .ayudas import completa, de_hoy

pytestmark = pytest.mark.django_db
LISTA = "/intranet/inscripciones/"


def url(nombre, inscripcion):
    return reverse(f"eventos_intranet:{nombre}", args=[inscripcion.pk])


@pytest.fixture
def escrita(cusco):
    """La que escribió una entidad que no figura."""
    return InscripcionFactory(
        capacitacion=completa(), entidad=None, entidad_texto="Beneficencia de Anta", entidad_distrito=DistritoFactory()
    )


def test_la_lista_vela_el_documento_y_la_descarga_lo_trae_con_sus_ceros(cliente):
    InscripcionFactory(capacitacion=completa(), persona=PersonaFactory(numero_documento="00123456"))
    lista = cliente.get(LISTA).content.decode()
    assert "****3456" in lista
    assert "00123456" not in lista
    assert "00123456" in cliente.post(f"{LISTA}?export=csv", PARA_ALGO).content.decode("utf-8-sig")


def test_la_descarga_no_ejecuta_formulas(cliente):
    InscripcionFactory(capacitacion=completa(), apellidos='=HYPERLINK("http://malo.example")')
    assert ",'=HYPERLINK" in cliente.post(f"{LISTA}?export=csv", PARA_ALGO).content.decode().replace("\"'=", "'=")


def test_desde_el_panel_se_ven_solo_las_de_esa_capacitacion(cliente):
    una, otra = InscripcionFactory(capacitacion=completa(), apellidos="Deuna"), InscripcionFactory(apellidos="Deotra")
    texto = cliente.get(LISTA, {"capacitacion": una.capacitacion_id}).content.decode()
    assert "Deuna" in texto
    assert otra.apellidos not in texto


@pytest.mark.parametrize("valor", ["x", "9" * 40, "\x00", ""])
def test_un_filtro_con_basura_no_falla(cliente, valor):
    respuesta = cliente.get(LISTA, {"capacitacion": valor, "entidad": valor, "p": valor, "o": valor}, follow=True)
    assert respuesta.status_code == 200


def test_por_vincular_muestra_solo_las_que_faltan(cliente, escrita):
    InscripcionFactory(capacitacion=escrita.capacitacion, apellidos="Vinculada")
    texto = cliente.get(LISTA, {"entidad": "no"}).content.decode()
    assert "Beneficencia de Anta" in texto
    assert "Vinculada" not in texto


def test_se_corrige_la_copia_de_los_datos_y_nada_mas(cliente):
    inscripcion, otra = InscripcionFactory(capacitacion=completa()), CapacitacionFactory()
    persona = inscripcion.persona
    cliente.post(
        reverse("inscripciones_modeladmin_edit", args=[inscripcion.pk]),
        {
            "apellidos": "Corregido",
            "nombres": "Rosa",
            "cargo": "Contadora",
            "correo": "rosa@muni.example",
            "telefono": "984000000",
            "capacitacion": otra.pk,
            "persona": PersonaFactory().pk,
            "estado": "anulada",
        },
    )
    inscripcion.refresh_from_db()
    assert inscripcion.apellidos == "Corregido"
    assert inscripcion.capacitacion != otra
    assert inscripcion.persona == persona
    assert inscripcion.estado == Inscripcion.Estado.CONFIRMADA
    persona.refresh_from_db()
    assert persona.apellidos != "Corregido"


def test_el_registro_no_crea_ni_borra(cliente, escrita):
    assert cliente.get("/intranet/inscripciones/create/").status_code in {403, 404}
    cliente.post(reverse("inscripciones_modeladmin_delete", args=[escrita.pk]))
    assert Inscripcion.objects.filter(pk=escrita.pk).exists()


def test_anular_pregunta_y_el_post_anula(cliente, escrita):
    assert cliente.get(url("inscripcion-anular", escrita)).status_code == 200
    escrita.refresh_from_db()
    assert escrita.estado == Inscripcion.Estado.CONFIRMADA
    cliente.post(url("inscripcion-anular", escrita), {"motivo": "Llamó\x00 por teléfono"})
    escrita.refresh_from_db()
    assert escrita.estado == Inscripcion.Estado.ANULADA


def test_quien_ya_firmo_no_se_anula(cliente, cusco):
    inscripcion = InscripcionFactory(capacitacion=de_hoy())
    AsistenciaFactory(inscripcion=inscripcion)
    respuesta = cliente.post(url("inscripcion-anular", inscripcion))
    assert "Ya firmó 1 sesión" in respuesta.content.decode()
    inscripcion.refresh_from_db()
    assert inscripcion.estado == Inscripcion.Estado.CONFIRMADA


# --- Vincular la entidad ---


def test_se_vincula_con_una_del_directorio_y_tambien_las_que_escribieron_lo_mismo(cliente, escrita, cusco):
    igual = InscripcionFactory(
        capacitacion=escrita.capacitacion,
        entidad=None,
        entidad_texto="BENEFICENCIA  de Ánta",
        entidad_distrito=escrita.entidad_distrito,
    )
    distinta = InscripcionFactory(capacitacion=escrita.capacitacion, entidad=None, entidad_texto="Otra cosa")
    entidad = EntidadFactory(nombre="Beneficencia Pública de Anta", centro=cusco)
    assert entidad.nombre in cliente.get(url("inscripcion-entidad", escrita)).content.decode()

    cliente.post(url("inscripcion-entidad", escrita), {"elegida": entidad.pk})

    for fila in (escrita, igual, distinta):
        fila.refresh_from_db()
    assert escrita.entidad == igual.entidad == entidad
    assert distinta.entidad is None
    assert escrita.entidad_texto == "Beneficencia de Anta"  # lo que escribió se conserva
    assert "beneficencia publica" in escrita.texto_busqueda


@pytest.mark.parametrize("llave", ["x", "9" * 40, "", "\x00"])
def test_una_llave_sin_sentido_no_vincula(cliente, escrita, llave):
    assert cliente.post(url("inscripcion-entidad", escrita), {"elegida": llave}).status_code == 404


def test_una_entidad_de_otro_centro_no_se_ofrece_ni_se_vincula(cliente, escrita, arequipa):
    ajena = EntidadFactory(nombre="Beneficencia de Anta Sur", centro=arequipa)
    assert ajena.nombre not in cliente.get(url("inscripcion-entidad", escrita)).content.decode()
    assert cliente.post(url("inscripcion-entidad", escrita), {"elegida": ajena.pk}).status_code == 404


def test_las_de_otro_centro_que_escribieron_lo_mismo_no_se_tocan(cliente, escrita, arequipa, cusco):
    lejana = InscripcionFactory(
        capacitacion=completa(centro=arequipa),
        entidad=None,
        entidad_texto=escrita.entidad_texto,
        entidad_distrito=escrita.entidad_distrito,
    )
    cliente.post(url("inscripcion-entidad", escrita), {"elegida": EntidadFactory(centro=cusco).pk})
    lejana.refresh_from_db()
    assert lejana.entidad is None


def test_quien_ademas_es_tecnico_no_vincula_las_de_otro_centro_en_su_sistema(cliente, escrita, arequipa, cusco):
    sistema = SistemaFactory()
    lejana = InscripcionFactory(
        capacitacion=completa(centro=arequipa),
        entidad=None,
        entidad_texto=escrita.entidad_texto,
        entidad_distrito=escrita.entidad_distrito,
    )
    lejana.capacitacion.sistemas.add(sistema)
    quien = cliente.get("/intranet/").wsgi_request.user
    asignar_rol(usuario=quien, rol=Rol.RESPONSABLE_TECNICO, sistema=sistema, es_encargatura=True)
    cliente.post(url("inscripcion-entidad", escrita), {"elegida": EntidadFactory(centro=cusco).pk})
    escrita.refresh_from_db()
    lejana.refresh_from_db()
    assert escrita.entidad
    assert lejana.entidad is None


def test_la_que_falta_se_agrega_al_directorio_de_su_jurisdiccion(cliente, escrita, cusco):
    Jurisdiccion.objects.create(centro=cusco, provincia=escrita.entidad_distrito.provincia)
    datos = {"nombre": "Beneficencia de Anta", "tipo": "GL", "distrito": escrita.entidad_distrito_id}
    cliente.post(url("inscripcion-entidad", escrita), datos)
    escrita.refresh_from_db()
    assert escrita.entidad.nombre == "Beneficencia de Anta"
    assert escrita.entidad.centro == cusco


def test_la_de_la_jurisdiccion_de_otro_centro_no_se_agrega(cliente, escrita, arequipa):
    Jurisdiccion.objects.create(centro=arequipa, provincia=escrita.entidad_distrito.provincia)
    datos = {"nombre": "Beneficencia", "tipo": "GL", "distrito": escrita.entidad_distrito_id}
    respuesta = cliente.post(url("inscripcion-entidad", escrita), datos)
    assert "lo atiende el CONECTAMEF Arequipa" in respuesta.content.decode()
    assert not Entidad.objects.exists()


@pytest.mark.parametrize("cambio", [{"nombre": ""}, {"tipo": "XX"}, {"distrito": "999999"}, {"distrito": "0\x00"}])
def test_una_entidad_mal_escrita_no_se_agrega(cliente, escrita, cambio):
    datos = {"nombre": "Beneficencia", "tipo": "GL", "distrito": escrita.entidad_distrito_id} | cambio
    assert cliente.post(url("inscripcion-entidad", escrita), datos).status_code == 200
    assert not Entidad.objects.exists()
