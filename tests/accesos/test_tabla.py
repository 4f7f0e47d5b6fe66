"""La tabla de accesos nombra cada dirección del portal, y la cerca la hace cumplir."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.urls import path, resolve, reverse

from intranet.accesos.quien import PERSONAL, grupo
from intranet.accesos.rutas import nombre_de, todas
from intranet.accesos.tabla import TEMAS, DeclaradaDosVeces, entra, tabla
from organizacion.models import Rol
from portal import urls
from tests import personas
from tests.fabricas import UsuarioFactory

from .direcciones import argumentos_de, direcciones
from .matriz import METODOS

QUIENES = (*Rol.values, "publico", "cesado", "superusuario")


def test_cada_direccion_esta_declarada():
    """Una nueva se agrega en el módulo de su tema en ``intranet/accesos``: sin eso nadie la abre."""
    sin_declarar = sorted({nombre for nombre, _, _ in todas()} - tabla().keys())
    assert sin_declarar == []


def test_lo_declarado_existe():
    """Los avisos del proveedor de correo solo se montan con su secreto."""
    de_mas = sorted(tabla().keys() - {nombre for nombre, _, _ in todas()})
    assert [nombre for nombre in de_mas if not nombre.startswith("anymail:")] == []


def test_ninguna_se_declara_dos_veces(monkeypatch):
    monkeypatch.setattr(TEMAS[1], "ACCESOS", [*TEMAS[1].ACCESOS, grupo("correo_envios", PERSONAL)])
    with pytest.raises(DeclaradaDosVeces, match="correo_envios"):
        tabla.__wrapped__()


def test_los_roles_de_la_tabla_son_los_del_portal():
    mencionados = set().union(*(acceso.lee | acceso.escribe for acceso in tabla().values()))
    assert mencionados <= {*Rol.values, "publico", "cuenta"}
    assert set(Rol.values) <= mencionados


def test_el_nombre_de_una_direccion_es_el_de_su_ruta_resuelta():
    """Lo que la cerca pregunta en cada pedido es lo que la prueba recorre."""
    sin_argumentos = [(nombre, ruta) for nombre, ruta, _ in todas() if not argumentos_de(ruta) and "(" not in ruta]
    distintos = []
    for nombre, ruta in sin_argumentos:
        hallada = nombre_de(resolve("/" + ruta.replace("^", "").replace("$", "").replace(".*/", "nada/")))
        if hallada != nombre:
            distintos.append((nombre, hallada))
    # La segunda con el mismo camino la gana la primera.
    assert [par for par in distintos if par[1] not in tabla()] == []
    assert len(sin_argumentos) > 150


@pytest.fixture
def suelta(monkeypatch):
    """Una dirección que alguien montó y no declaró."""
    ruta = path("intranet/suelta/", lambda request: HttpResponse("adentro"), name="suelta")
    monkeypatch.setattr(urls, "urlpatterns", [ruta, *urls.urlpatterns])
    from django.urls import clear_url_caches

    clear_url_caches()
    yield "/intranet/suelta/"
    monkeypatch.undo()
    clear_url_caches()


@pytest.mark.django_db
def test_una_direccion_sin_declarar_no_la_abre_ni_el_superusuario(suelta, client, caplog):
    client.force_login(UsuarioFactory(is_superuser=True))
    respuesta = client.get(suelta)
    assert respuesta.status_code == 404
    assert "adentro" not in respuesta.content.decode()
    assert "suelta" in caplog.text


@pytest.mark.django_db
def test_a_quien_no_le_toca_se_le_dice_por_que(client):
    client.force_login(personas.con_rol("oautda", Rol.OAUTDA))
    respuesta = client.get(reverse("eventos_intranet:crear"))
    assert respuesta.status_code == 403
    assert "Su rol no le permite" in respuesta.content.decode()


@pytest.mark.django_db
def test_quien_ya_no_tiene_ningun_rol_no_entra(client):
    """La entrada le explica por qué; de lo demás no abre nada."""
    client.force_login(UsuarioFactory())
    assert client.get(reverse("wagtailadmin_home")).url.startswith("/acceso/entrar/")
    assert client.get(reverse("encargaturas")).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("rol", Rol.values)
def test_cada_rol_entra_a_su_portada_y_ninguno_a_las_cuentas_de_wagtail(rol):
    usuario = UsuarioFactory.build()
    usuario.asignaciones_vigentes = []
    usuario.roles = frozenset({rol})
    assert entra(usuario, "wagtailadmin_home", "GET")
    assert not entra(usuario, "wagtailusers_users:index", "GET")


def test_sin_cuenta_no_se_abre_nada_de_la_intranet(record_property):
    abiertas = {nombre for nombre, ruta, _ in direcciones() if ruta.startswith("intranet/") and _publica(nombre)}
    assert abiertas == {
        *("wagtailadmin_login", "wagtailadmin_logout", "wagtailadmin_javascript_catalog", "wagtailadmin_sprite"),
        *(f"wagtailadmin_password_{paso}" for paso in ("reset", "reset_done", "reset_confirm", "reset_complete")),
        "ruta:intranet/.*/$",
        "ruta:intranet/login/",
    }
    total = len(QUIENES) * len(tabla()) * len(METODOS)
    record_property(
        "medida", f"matriz de accesos: {len(QUIENES)} roles × {len(tabla())} direcciones × 2 métodos = {total:,}"
    )


def _publica(nombre):
    return any(entra(AnonymousUser(), nombre, metodo) for metodo in METODOS)
