"""Cada rol ve en el menú lo que usa, y ninguna entrada lo lleva a una pared."""

import pytest
from wagtail.admin.menu import SubmenuMenuItem, admin_menu
from wagtail.models import Workflow

from home.carga import cargar_paginas
from intranet.menu import ORDEN
from organizacion.models import ROLES_DE_CENTRO, ROLES_DE_SISTEMA, Rol
from tests import personas
from tests.fabricas import SistemaFactory, UsuarioFactory

pytestmark = pytest.mark.django_db


def alguien_con(rol):
    centro = personas.cusco() if rol in ROLES_DE_CENTRO else None
    sistema = SistemaFactory() if rol in ROLES_DE_SISTEMA else None
    return personas.con_rol(f"persona.{rol}", rol, centro=centro, sistema=sistema)


def menu_de(usuario, rf):
    """Pares (nombre, dirección) de cada entrada que ``usuario`` ve, con las de los submenús."""
    peticion = rf.get("/intranet/")
    peticion.user = usuario
    return list(enlaces(admin_menu, peticion))


def enlaces(menu, peticion):
    for entrada in sorted(menu.menu_items_for_request(peticion), key=lambda e: e.order):
        yield entrada.name, entrada.url
        if isinstance(entrada, SubmenuMenuItem):
            yield from enlaces(entrada.menu, peticion)


def abre(client, url):
    """Si ``url`` responde 200. Wagtail no dice 403: devuelve al inicio con un mensaje, y eso tampoco es abrir."""
    respuesta = client.get(url, follow=True)
    llegada = respuesta.redirect_chain[-1][0] if respuesta.redirect_chain else url
    return respuesta.status_code == 200 and (llegada != "/intranet/" or url == "/intranet/")


def test_control_una_entrada_prohibida_no_abre(client, inicio):
    client.force_login(alguien_con(Rol.OGARH))

    assert not abre(client, "/intranet/users/")


@pytest.mark.parametrize("rol", Rol.values)
def test_cada_entrada_del_menu_abre(client, rf, inicio, rol):
    usuario = alguien_con(rol)
    client.force_login(usuario)

    direcciones = [url for _, url in menu_de(usuario, rf) if url != "#"]

    assert "/intranet/" in direcciones
    assert [url for url in direcciones if not abre(client, url)] == []


@pytest.mark.parametrize("rol", Rol.values)
def test_el_buscador_del_menu_abre(client, rf, inicio, rol):
    from wagtail.admin.search import admin_search_areas

    usuario = alguien_con(rol)
    client.force_login(usuario)
    peticion = rf.get("/intranet/")
    peticion.user = usuario

    for area in admin_search_areas.search_items_for_request(peticion):
        assert client.get(area.url, {"q": "presupuesto"}).status_code == 200


SIEMPRE_OCULTO = {"help", "reports", "workflows", "workflow-tasks", "sites", "collections", "groups"}


def test_quien_edita_una_sola_pagina_va_derecho_a_ella(client, rf, inicio, coordinadora, cusco):
    menu = dict(menu_de(coordinadora, rf))
    client.force_login(coordinadora)

    assert "explorer" not in menu
    assert client.get(menu["pagina-del-centro"]).context["page"].specific == cusco.pagina


@pytest.mark.parametrize("rol", Rol.values)
def test_nadie_ve_lo_que_es_de_wagtail_y_no_del_trabajo(rf, inicio, rol):
    nombres = {nombre for nombre, _ in menu_de(alguien_con(rol), rf)}

    assert not nombres & SIEMPRE_OCULTO


@pytest.mark.parametrize(
    ("rol", "ve", "no_ve"),
    [
        (
            Rol.ASISTENTE,
            {"capacitaciones", "inscripciones", "directorio"},
            {"images", "settings", "envios", "explorer"},
        ),
        (Rol.COMUNICACIONES, {"boletines", "difusion", "suscriptores", "envios", "images"}, {"inscripciones"}),
        (Rol.OGARH, {"directorio"}, {"capacitaciones", "boletines", "images", "documents", "explorer"}),
        (Rol.OGAUC, {"capacitaciones", "directorio", "organizacion", "settings"}, {"images"}),
    ],
)
def test_cada_rol_ve_lo_suyo(rf, inicio, rol, ve, no_ve):
    nombres = {nombre for nombre, _ in menu_de(alguien_con(rol), rf)}

    assert ve <= nombres
    assert not no_ve & nombres


def test_el_superusuario_lo_ve_todo_en_orden(client, rf, inicio):
    usuario = UsuarioFactory(is_superuser=True)
    client.force_login(usuario)
    peticion = rf.get("/intranet/")
    peticion.user = usuario
    nombres = [e.name for e in sorted(admin_menu.menu_items_for_request(peticion), key=lambda e: e.order)]

    assert [nombre for nombre in nombres if nombre in ORDEN] == [nombre for nombre in ORDEN if nombre in nombres]
    assert set(ORDEN) - {"pagina-del-centro"} <= set(nombres)
    assert [url for _, url in menu_de(usuario, rf) if url != "#" and not abre(client, url)] == []


@pytest.mark.parametrize(
    ("rol", "tiene"), [(Rol.COMUNICACIONES, True), (Rol.ESPECIALISTA, True), (Rol.RESPONSABLE_TECNICO, False)]
)
def test_lo_de_difusion_va_junto_si_es_mas_de_dos(rf, inicio, rol, tiene):
    peticion = rf.get("/intranet/")
    peticion.user = alguien_con(rol)
    arriba = {entrada.name: entrada for entrada in admin_menu.menu_items_for_request(peticion)}

    assert ("difundir" in arriba) is tiene
    assert ("difusion" in arriba) is not tiene
    if tiene:
        suyas = arriba["difundir"].menu.menu_items_for_request(peticion)
        rotulos = [e.label for e in sorted(suyas, key=lambda e: e.order)]
        assert [r for r in rotulos if r in {"Boletín del mes", "Comunicados y correos", "Envíos"}] == [
            "Boletín del mes",
            "Comunicados y correos",
            "Envíos",
        ]


def test_la_intranet_lleva_nuestro_nombre_y_no_el_de_wagtail(client, ogauc, inicio):
    client.force_login(ogauc)

    pagina = client.get("/intranet/").content.decode()

    assert "Intranet CONECTAMEF" in pagina
    assert "- Wagtail" not in pagina
    assert "css/intranet.css" in pagina


def test_el_ingreso_esta_en_espanol_y_explica_a_quien_pedir_cuenta(client, inicio):
    pagina = client.get("/acceso/entrar/").content.decode()

    assert "Contraseña" in pagina
    assert "Password" not in pagina
    assert "Pídala a la OGAUC" in pagina
    assert "wagtail-logo" not in pagina


def test_mi_cuenta_abre_y_guarda(client, ogauc, inicio):
    client.force_login(ogauc)
    datos = {
        "name_email-first_name": "Rosa",
        "name_email-last_name": "Quispe",
        "theme-theme": "system",
        "theme-density": "default",
        "theme-contrast": "system",
    }

    assert "Foto de perfil" in client.get("/intranet/account/").content.decode()
    respuesta = client.post("/intranet/account/", datos)

    ogauc.refresh_from_db()
    assert respuesta.status_code == 302
    assert (ogauc.first_name, ogauc.last_name) == ("Rosa", "Quispe")


def test_una_pantalla_que_no_existe_se_dice_en_espanol_y_sin_el_logo_de_wagtail(client, ogauc, inicio):
    client.force_login(ogauc)

    respuesta = client.get("/intranet/no-existe/")

    assert respuesta.status_code == 404
    assert "No se encontró la página solicitada" in respuesta.content.decode()
    assert "wagtail-logo" not in respuesta.content.decode()


def test_el_boton_de_revision_no_esta_en_ingles(inicio):
    Workflow.objects.get_or_create(name="Moderators approval")  # una prueba transaccional pudo vaciar la tabla
    cargar_paginas()
    assert set(Workflow.objects.values_list("name", flat=True)) == {"revisión", "Aprobación del boletín"}
