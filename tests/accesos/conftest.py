import io
from functools import partial

import pytest
import weasyprint
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from pypdf import PdfWriter

from .pedidos import UsuarioPuesto, de_prueba


@pytest.fixture(scope="module")
def en_la_base(django_db_setup, django_db_blocker):
    """La base para lo que se arma una sola vez por archivo; al final no queda nada."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def como(settings, monkeypatch, negar_en_corto):
    """``como(usuario)``: un cliente cuyos pedidos son de él (``None``: de nadie)."""
    for codigo in (403, 404):
        respuesta = partial(HttpResponse, status=codigo)
        monkeypatch.setattr(f"portal.urls.handler{codigo}", lambda request, exception, r=respuesta: r(), raising=False)
    settings.MIDDLEWARE = de_prueba(settings.MIDDLEWARE)

    def entrar(usuario):
        UsuarioPuesto.quien = usuario or AnonymousUser()
        return Client(raise_request_exception=False)

    yield entrar
    UsuarioPuesto.quien = None


@pytest.fixture
def sin_armar_pdf(monkeypatch):
    """Aquí importa quién lo baja, no cómo se ve: armar cada uno tardaría más que todo lo demás."""
    hoja = PdfWriter()
    hoja.add_blank_page(200, 200)
    salida = io.BytesIO()
    hoja.write(salida)
    monkeypatch.setattr(weasyprint.HTML, "write_pdf", lambda *args, **kwargs: salida.getvalue())
