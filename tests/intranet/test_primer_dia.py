"""El primer día de una oficina vacía."""

import pytest
from django.conf import settings
from django.core.management import call_command

from intranet.primeros_pasos import primeros_pasos
from organizacion.actions import asignar_rol
from organizacion.models import Rol, Usuario
from tests.acceso.ayudas import CLAVE
from tests.fabricas import CapacitacionFactory, CentroFactory, PersonalFactory, UsuarioFactory

pytestmark = pytest.mark.django_db


def hechos(usuario):
    return [paso.hecho for paso in primeros_pasos(usuario)]


def test_una_oficina_vacia_ofrece_los_pasos_a_la_ogauc(client, ogauc, inicio):
    client.force_login(ogauc)

    assert "Primeros pasos" in client.get("/intranet/").content.decode()
    assert hechos(ogauc) == [False] * 5


def test_cada_paso_se_tacha_con_los_datos_y_al_final_desaparece(ogauc, cusco):
    cusco.direccion = "Av. El Sol 100"
    cusco.save()
    assert hechos(ogauc) == [True, False, False, False, False]

    personal = PersonalFactory(centro=cusco)
    assert hechos(ogauc) == [True, True, False, False, False]
    assert primeros_pasos(ogauc)[2].url == f"/intranet/personal/{personal.pk}/acceso/"

    asignar_rol(usuario=UsuarioFactory(), rol=Rol.ASISTENTE, centro=cusco)
    assert hechos(ogauc) == [True, True, True, False, False]

    capacitacion = CapacitacionFactory(centro=cusco, estado="borrador")
    assert hechos(ogauc) == [True, True, True, True, False]
    assert primeros_pasos(ogauc)[4].url == f"/intranet/capacitaciones/{capacitacion.pk}/"

    capacitacion.estado = "publicada"
    capacitacion.save()
    assert primeros_pasos(ogauc) == []


def test_cada_paso_lleva_a_una_pantalla_que_abre(client, ogauc, inicio):
    PersonalFactory(centro=CentroFactory(), usuario=None)
    client.force_login(ogauc)

    for paso in primeros_pasos(ogauc):
        assert client.get(paso.url).status_code == 200, paso.titulo


def test_a_los_demas_no_les_toca(coordinadora):
    assert primeros_pasos(coordinadora) == []


@pytest.fixture
def primera_cuenta(inicio, capsys):
    """``primera_cuenta()`` corre la orden y devuelve lo que muestra."""

    def correr():
        call_command("crear_primera_cuenta")
        return capsys.readouterr().out

    return correr


def enlace_de(salida):
    return salida.split("contraseña en: ")[1].split()[0].removeprefix(settings.URL_DEL_SITIO)


def elegir_clave(client, enlace):
    destino = client.get(enlace).url
    return client.post(destino, {"password1": CLAVE, "password2": CLAVE})


def test_la_primera_cuenta_elige_su_contrasena_con_el_enlace_mostrado(client, primera_cuenta):
    salida = primera_cuenta()
    assert "El enlace vale una sola vez, 3 días" in salida
    elegir_clave(client, enlace_de(salida))
    assert client.get("/intranet/").status_code == 200
    assert Usuario.objects.get(username="ogauc").tiene_rol(Rol.OGAUC)


def test_la_primera_cuenta_no_nace_con_contrasena(primera_cuenta):
    primera_cuenta()
    assert not Usuario.objects.get().has_usable_password()


def test_mientras_no_la_elija_repetir_la_orden_muestra_otro_enlace(client, primera_cuenta):
    primera_cuenta()
    elegir_clave(client, enlace_de(primera_cuenta()))
    assert client.get("/intranet/").status_code == 200


def test_cuando_ya_la_eligio_repetirla_no_cambia_la_cuenta(client, primera_cuenta):
    elegir_clave(client, enlace_de(primera_cuenta()))
    clave = Usuario.objects.get().password
    salida = primera_cuenta()
    assert "ya existe" in salida
    assert "http" not in salida
    assert Usuario.objects.get().password == clave
