from unittest import mock

import pytest
from django.db import connection

from correo.models import Envio, Supresion, Turno
from custodia import guardas
from custodia.models import Eslabon, Huella
from tests.sumidero import Sumidero


@pytest.fixture
def sumidero(settings):
    """El portal envía por SMTP de verdad a un servidor de esta máquina."""
    with Sumidero() as servidor:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", servidor.puerto
        yield servidor


@pytest.fixture
def base_compartida(django_db_setup, django_db_blocker, monkeypatch):
    """La base de pruebas sin la transacción que la esconde: otros procesos ven lo que se guarda. Se limpia al final.

    Aquí las transacciones se confirman de verdad: el timbre se desconecta y cada prueba decide quién reparte.
    """
    monkeypatch.setattr("correo.actions.repartir", mock.Mock())
    with django_db_blocker.unblock():
        yield
        Envio.objects.all().delete()
        Supresion.objects.all().delete()
        Turno.objects.all().delete()
        guardas.quitar(connection)
        for modelo in (Eslabon, Huella):
            modelo._base_manager.all()._raw_delete("default")
        guardas.poner(connection)
