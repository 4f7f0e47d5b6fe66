"""Buscar en el directorio: se halla como se escriba, dentro del alcance, y sin dejar documentos en la dirección."""

from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse

from comun import indice
from directorio.buscador import buscar, es_de_alguien
from directorio.models import Autoridad, Entidad, Medio, Operador, Personal
from organizacion.models import Rol
from tests import personas
from tests.fabricas import DistritoFactory, EntidadFactory, OperadorFactory, PersonaFactory

pytestmark = pytest.mark.django_db

URL = "directorio_buscar"
_LINEAS = (Path(__file__).parent / "tabla_de_busqueda.txt").read_text().splitlines()
TABLA = [tuple(parte.strip() for parte in linea.split("|")) for linea in _LINEAS if not linea.startswith("#")]


@pytest.fixture
def directorio(cusco):
    """Unas pocas entidades y personas entre otras que se les parecen."""
    wanchaq = DistritoFactory(ubigeo="080108", nombre="Wanchaq")
    provincial = EntidadFactory(nombre="Municipalidad Provincial de Cusco", centro=cusco)
    distrital = EntidadFactory(
        nombre="Municipalidad Distrital de Wanchaq",
        centro=cusco,
        distrito=wanchaq,
        codigo_siaf="001234",
        ruc="20147421011",
    )
    for ubigeo, lugar in (("080104", "San Jerónimo"), ("080105", "Ñahuimpuquio"), ("080106", "Santiago")):
        distrito = DistritoFactory(ubigeo=ubigeo, nombre=lugar)
        EntidadFactory(nombre=f"Municipalidad Distrital de {lugar}", centro=cusco, distrito=distrito)
    for apellidos, nombres in (("Flores Rojas", "Ana"), ("Quispe Mamani", "Rosa"), ("Peña Núñez", "José")):
        OperadorFactory(apellidos=apellidos, nombres=nombres, entidad=provincial)
    Autoridad.objects.create(entidad=distrital, cargo="Alcalde", apellidos="Huamán Ccori", nombres="Ángel")
    Personal.objects.create(nombres="Lucía", apellidos="Condori Apaza", cargo=Personal.Cargo.COORDINADOR, centro=cusco)
    Medio.objects.create(nombre="Radio Wanchaq", tipo=Medio.Tipo.RADIAL, centro=cusco, telefono="984 123 456")


def nombres(hallados):
    return [fila["nombre"] for hallado in hallados for fila in hallado.filas]


@pytest.mark.parametrize(("consulta", "esperado"), TABLA, ids=[consulta for consulta, _ in TABLA])
def test_se_halla_como_se_escriba(directorio, coordinadora, consulta, esperado):
    hallados = buscar(coordinadora, consulta)
    primeros = [hallado.filas[0]["nombre"] for hallado in hallados]
    assert esperado in primeros if esperado != "nada" else not hallados


def test_lo_de_otro_centro_no_sale_ni_por_parecido(directorio, ogauc):
    ajeno = personas.con_rol("coordinador.arequipa", Rol.COORDINADOR, centro=personas.arequipa())
    assert nombres(buscar(ogauc, "quispe mamni")) == ["Quispe Mamani, Rosa"]
    assert nombres(buscar(ajeno, "quispe mamni")) == []
    assert nombres(buscar(ajeno, "quispe mamani")) == []


def test_cada_rol_ve_solo_sus_grupos(directorio):
    oautda = personas.con_rol("oautda", Rol.OAUTDA)
    assert {hallado.grupo.titulo for hallado in buscar(oautda, "cusco")} == {"Entidades"}
    assert buscar(oautda, "quispe") == []


@pytest.mark.parametrize("consulta", ["", " ", "a", "%", '"', "' OR 1=1", "\x00", "((", "a" * 5000, "NEAR(", "%_\\ab"])
def test_una_consulta_absurda_no_rompe_nada(directorio, client, coordinadora, consulta):
    client.force_login(coordinadora)
    assert client.post(reverse(URL), {"q": consulta}, follow=True).status_code == 200
    assert client.get(reverse(URL), {"q": consulta}).status_code == 200


def test_el_documento_exacto_halla_a_quien_lo_tiene_y_un_pedazo_no(directorio, coordinadora):
    rosa = Operador.objects.get(apellidos="Quispe Mamani")
    Operador.objects.filter(pk=rosa.pk).update(persona=PersonaFactory(numero_documento="45678912"))
    assert nombres(buscar(coordinadora, "45678912")) == ["Quispe Mamani, Rosa"]
    assert nombres(buscar(coordinadora, "4567891")) == []


def test_sin_llevar_el_directorio_no_se_busca_por_documento(directorio):
    Operador.objects.update(persona=PersonaFactory(numero_documento="45678912"))
    ogti = personas.con_rol("ogti", Rol.OGTI)
    assert nombres(buscar(ogti, "quispe"))
    assert buscar(ogti, "45678912") == []


@pytest.mark.parametrize("consulta", ["45678912", "rosa@muni.example", "984 123 456", "45.678.912"])
def test_un_dato_de_alguien_no_va_en_la_direccion(directorio, client, coordinadora, consulta):
    client.force_login(coordinadora)
    assert es_de_alguien(consulta)
    respuesta = client.post(reverse(URL), {"q": consulta})
    assert respuesta.status_code == 200
    con_htmx = client.post(reverse(URL), {"q": consulta}, headers={"HX-Request": "true"})
    assert con_htmx["HX-Replace-Url"] == reverse(URL)
    por_direccion = client.get(reverse(URL), {"q": consulta})
    assert "no en la dirección" in por_direccion.text
    assert not por_direccion.context["hallados"]


def test_sin_guiones_un_nombre_lleva_a_su_direccion_y_el_contacto_esta_a_un_toque(directorio, client, coordinadora):
    client.force_login(coordinadora)
    respuesta = client.post(reverse(URL), {"q": "radio wanchaq"}, follow=True)
    assert respuesta.redirect_chain[-1][0] == f"{reverse(URL)}?q=radio+wanchaq"
    assert 'href="tel:984123456"' in respuesta.text


def test_escribiendo_llega_solo_lo_hallado(directorio, client, coordinadora):
    client.force_login(coordinadora)
    respuesta = client.post(reverse(URL), {"q": "radio"}, headers={"HX-Request": "true"})
    assert "Radio Wanchaq" in respuesta.text
    assert "<html" not in respuesta.text


def test_quien_no_ve_el_directorio_no_entra(client, db):
    client.force_login(personas.con_rol("aliado", Rol.ALIADO))
    assert client.get(reverse(URL)).status_code in (302, 403)


@pytest.mark.parametrize("pantalla", ["directorio_entidad_modeladmin_index", "elegir-entidad:choose_results"])
def test_las_listas_y_la_ventana_tambien_perdonan_un_error(directorio, client, coordinadora, pantalla):
    client.force_login(coordinadora)
    assert "Municipalidad Distrital de Wanchaq" in client.get(reverse(pantalla), {"q": "munisipalidad wanchak"}).text


def test_lo_creado_y_cambiado_en_bloque_tambien_se_halla(directorio, coordinadora):
    """El índice lo lleva la base: ni ``bulk_create`` ni ``update`` ni borrar lo olvidan."""
    entidad = Entidad.objects.first()
    nuevo = Operador(entidad=entidad, nombres="Zoila", apellidos="Yarlequé Timaná")
    nuevo.refrescar_busqueda()
    Operador.objects.bulk_create([nuevo])
    assert nombres(buscar(coordinadora, "yarleke")) == ["Yarlequé Timaná, Zoila"]
    Operador.objects.filter(apellidos="Yarlequé Timaná").update(texto_busqueda="otra cosa")
    assert buscar(coordinadora, "yarleque") == []
    Operador.objects.filter(texto_busqueda="otra cosa").delete()
    assert not Operador.objects.filter(texto_busqueda__fragmentos=("otra",)).exists()


def test_el_indice_perdido_al_rehacer_una_tabla_se_repone_al_migrar(directorio, coordinadora):
    tabla = Operador._meta.db_table
    connection.check_constraints()  # PostgreSQL no crea un índice con llaves foráneas aún por comprobar
    indice.quitar(connection, tabla)
    assert indice.faltan(connection) == {tabla}
    indice.reponer(using=connection.alias)
    assert indice.faltan(connection) == set()
    assert nombres(buscar(coordinadora, "quispe mamni")) == ["Quispe Mamani, Rosa"]


def test_ninguna_migracion_dejo_una_tabla_sin_indice(db):
    assert indice.modelos_con_indice()
    assert indice.faltan(connection) == set()
