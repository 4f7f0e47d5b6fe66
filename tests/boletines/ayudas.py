"""El reloj, y lo que un centro y un Responsable Técnico escriben en su aporte."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from boletines.actions.edicion import abrir_edicion
from boletines.borradores import EN_BLANCO, tipos_de
from boletines.models import Aporte, BoletinesIndexPage
from organizacion.models import Rol, Usuario
from tests import personas


@pytest.fixture
def reloj(monkeypatch):
    """``reloj(20)``: el portal el 20 de noviembre de 2026 a las 9 de la mañana de Lima, un viernes."""

    def poner(dia, hora=9, mes=11, anio=2026):
        momento = timezone.make_aware(dt.datetime(anio, mes, dia, hora))
        monkeypatch.setattr(timezone, "now", lambda: momento)
        return momento

    # Los roles se dan desde «hoy», y el de verdad puede ser posterior al de la prueba.
    poner(2)
    return poner


def con_correo(usuario):
    Usuario.objects.filter(pk=usuario.pk).update(email=f"{usuario.username}@mef.example")
    return Usuario.objects.get(pk=usuario.pk)


@pytest.fixture
def coordinadora(reloj):
    return con_correo(personas.coordinadora_de_cusco())


@pytest.fixture
def especialista(reloj):
    return personas.especialista_de_cusco()


@pytest.fixture
def coordinador_de_arequipa(reloj):
    return con_correo(personas.coordinador_de_arequipa())


@pytest.fixture
def responsable(reloj):
    return con_correo(personas.responsable_de_presupuesto())


@pytest.fixture
def comunicaciones(reloj):
    return personas.comunicaciones()


@pytest.fixture
def ogauc(reloj):
    return personas.directora_de_ogauc()


@pytest.fixture
def archivo(reloj, inicio):
    return inicio.add_child(instance=BoletinesIndexPage(title="Boletines", slug="boletines"))


@pytest.fixture
def edicion(reloj, coordinadora, coordinador_de_arequipa, responsable):
    """La de noviembre, pedida el 20 a Cusco, a Arequipa y al Responsable Técnico de Presupuesto."""
    reloj(20)
    return abrir_edicion(anio=2026, mes=11)


def aporte_de(edicion, **cual) -> Aporte:
    return Aporte.objects.select_related("edicion", "centro", "sistema").get(edicion=edicion, **cual)


def escrito(*notas, editorial="Gracias por su esfuerzo.") -> dict:
    return {"editorial": editorial, "notas": [EN_BLANCO | nota for nota in notas]}


def datos(aporte, entregar=False, editorial="Gracias por su esfuerzo.", version=None, **secciones) -> dict:
    """Lo que manda el formulario: ``secciones`` es, por clase de nota, una lista de diccionarios."""
    post = {"version": aporte.version if version is None else version}
    if aporte.centro_id:
        post["editorial"] = editorial
    for tipo in tipos_de(aporte):
        fichas = secciones.get(tipo, [])
        post |= {f"{tipo}-TOTAL_FORMS": len(fichas), f"{tipo}-INITIAL_FORMS": 0}
        for n, ficha in enumerate(fichas):
            completa = {"incluir": "on"} | ficha
            post |= {f"{tipo}-{n}-{campo}": valor for campo, valor in completa.items() if valor is not None}
    return post | ({"entregar": "1"} if entregar else {})


def enviar(client, usuario, aporte, **mas):
    client.force_login(usuario)
    return client.post(reverse("aporte", args=[aporte.pk]), datos(aporte, **mas))


def encargada(username, centro):
    return personas.con_rol(username, Rol.COORDINADOR, centro=centro)
