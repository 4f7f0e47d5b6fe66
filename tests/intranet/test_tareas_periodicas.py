"""Lo que corre solo: una vez entre todas las máquinas, y nada detiene a lo demás."""

import datetime as dt
import multiprocessing
import os
import signal
import subprocess
import sys
import time

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import Page

from home.models import PaginaEstandar
from home.salud import TAREAS
from intranet import periodicas
from intranet.periodicas import Trabajo, correr_todos, dejar_turno, tomar_turno
from organizacion.models import Latido
from tests.procesos import olvidar_conexiones

procesos = multiprocessing.get_context("fork")


def anotar():
    return "hecho"


def romper():
    raise RuntimeError("clave=secreta")


@pytest.fixture
def con_trabajos(monkeypatch):
    def poner(*funciones):
        monkeypatch.setattr(periodicas, "trabajos", lambda: [Trabajo(funcion) for funcion in funciones])

    return poner


@pytest.fixture
def base_compartida(django_db_setup, django_db_blocker):
    """La base de pruebas sin la transacción que la esconde a otros procesos; se limpia al final."""
    with django_db_blocker.unblock():
        yield
        Latido.objects.all().delete()


@pytest.mark.django_db
def test_corre_lo_registrado_y_deja_su_latido(con_trabajos):
    con_trabajos(anotar)

    assert correr_todos() == (["tests.anotar: hecho"], [])
    assert Latido.objects.get(nombre="tests.anotar").detalle == "hecho"
    assert Latido.objects.filter(nombre=TAREAS).exists()


@pytest.mark.django_db
def test_uno_que_falla_no_detiene_a_los_demas_y_se_informa(con_trabajos, capsys):
    con_trabajos(romper, anotar)

    with pytest.raises(CommandError, match="tests.romper"):
        call_command("tareas_periodicas")

    assert Latido.objects.get(nombre="tests.anotar").detalle == "hecho"
    assert Latido.objects.get(nombre="tests.romper").detalle == "falló: RuntimeError"
    assert Latido.objects.get(nombre=TAREAS).detalle == "fallaron: tests.romper"


@pytest.mark.django_db
def test_no_se_repite_hasta_que_vuelve_a_tocar(con_trabajos):
    con_trabajos(anotar)
    correr_todos()

    assert correr_todos() == ([], [])

    Latido.objects.filter(nombre="tests.anotar").update(ocupado_hasta=timezone.now())
    assert correr_todos() == (["tests.anotar: hecho"], [])


@pytest.mark.django_db
def test_lo_que_dejo_una_maquina_muerta_se_retoma_al_vencer_su_arriendo():
    ahora = timezone.now()
    trabajo = Trabajo(anotar)
    tomar_turno(trabajo, en=ahora)

    assert tomar_turno(trabajo, en=ahora + dt.timedelta(minutes=9)) is None
    assert tomar_turno(trabajo, en=ahora + dt.timedelta(minutes=11))


@pytest.mark.django_db
def test_quien_tarda_demasiado_no_le_quita_el_turno_al_que_lo_relevo():
    ahora = timezone.now()
    trabajo = Trabajo(anotar)
    lento = tomar_turno(trabajo, en=ahora)
    relevo = tomar_turno(trabajo, en=ahora + dt.timedelta(minutes=11))

    dejar_turno(trabajo, lento, "tarde")

    assert Latido.objects.get(nombre="tests.anotar").ocupado_hasta == relevo


@pytest.mark.django_db
def test_publica_lo_programado(inicio):
    pagina = PaginaEstandar.objects.get(slug="privacidad")
    pagina.live = False
    pagina.go_live_at = timezone.now() - dt.timedelta(minutes=1)
    pagina.save()
    pagina.save_revision(approved_go_live_at=pagina.go_live_at)

    correr_todos()

    assert Page.objects.get(pk=pagina.pk).live


@pytest.mark.django_db
def test_todos_los_trabajos_del_portal_corren_sin_fallar():
    _, fallidos = correr_todos()

    assert fallidos == []
    assert {"intranet.publicar_programadas", "intranet.podar_tareas", "intranet.cerrar_sesiones_vencidas"} <= set(
        Latido.objects.values_list("nombre", flat=True)
    )


def correr_en_dos_procesos(registro, control=lambda: None):
    """Cuántas veces corrió ``lento`` cuando dos procesos dan su vuelta a la vez."""
    salida = procesos.Barrier(2)

    def lento():
        registro.put(os.getpid())
        time.sleep(1)

    def vuelta():
        olvidar_conexiones()
        periodicas.trabajos = lambda: [Trabajo(lento)]
        control()
        salida.wait()
        correr_todos()

    connection.close()
    dos = [procesos.Process(target=vuelta) for _ in range(2)]
    for proceso in dos:
        proceso.start()
    for proceso in dos:
        proceso.join(timeout=60)
    assert [proceso.exitcode for proceso in dos] == [0, 0]
    veces = 0
    while not registro.empty():
        registro.get()
        veces += 1
    return veces


@pytest.mark.usefixtures("base_compartida")
@pytest.mark.parametrize("ya_corrio_antes", [True, False])
def test_dos_maquinas_a_la_vez_lo_hacen_una_sola_vez(ya_corrio_antes):
    if ya_corrio_antes:
        Latido.objects.create(nombre="tests.lento", ocurrido_en=timezone.now())

    assert correr_en_dos_procesos(procesos.SimpleQueue()) == 1


@pytest.mark.usefixtures("base_compartida")
def test_control_sin_turno_lo_harian_las_dos():
    def sin_turno():
        periodicas.tomar_turno = lambda trabajo: timezone.now()

    assert correr_en_dos_procesos(procesos.SimpleQueue(), control=sin_turno) == 2


@pytest.mark.usefixtures("base_compartida")
def test_con_cada_se_detiene_bien_al_recibir_sigterm(settings):
    base = settings.DATABASES["default"]
    ambiente = os.environ | {"DATABASE_URL": direccion_de(base), "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    connection.close()
    proceso = subprocess.Popen([sys.executable, "manage.py", "tareas_periodicas", "--cada", "60"], env=ambiente)
    try:
        limite = time.monotonic() + 40
        while not Latido.objects.filter(nombre=TAREAS).exists() and time.monotonic() < limite:
            time.sleep(0.2)
        proceso.send_signal(signal.SIGTERM)
        assert proceso.wait(timeout=15) == 0
    finally:
        proceso.kill()
    assert Latido.objects.filter(nombre=TAREAS).exists()


def direccion_de(base):
    if connection.vendor == "sqlite":
        return f"sqlite:///{base['NAME']}"
    return f"postgres://{base['USER']}:{base['PASSWORD']}@{base['HOST']}:{base['PORT']}/{base['NAME']}"
