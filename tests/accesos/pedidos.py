"""Pedir cada dirección como cada quien, sin que nada de lo que haga quede."""

from django.db import transaction
from django.test import Client
from django.urls import reverse

from intranet.middleware import Cerca

SIN_CERCA = {"HTTP_X_SIN_CERCA": "1"}
NEGADAS = {403, 404}


class CercaDePrueba(Cerca):
    """La de verdad, salvo que la prueba pida ver si la vista se cuida sola."""

    def process_view(self, request, *resto):
        return None if "X-Sin-Cerca" in request.headers else super().process_view(request, *resto)


class UsuarioPuesto:
    """Pone a ``quien`` en cada pedido: leerlo de la base cada vez sería lo que más tarda."""

    quien = None

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if self.quien is not None:
            request.user = self.quien
        return self.get_response(request)


def de_prueba(middleware: list[str]) -> list[str]:
    """La lista de ``settings`` con la cerca que se puede apartar y quien pide puesto a mano."""
    de_django = "django.contrib.auth.middleware.AuthenticationMiddleware"
    # Las de la sesión y el segundo factor tienen sus pruebas: aquí no hay sesión.
    middleware = [m for m in middleware if not m.startswith(("acceso.", "axes."))]
    lista = ["tests.accesos.pedidos.CercaDePrueba" if m == "intranet.middleware.Cerca" else m for m in middleware]
    lista.insert(lista.index(de_django) + 1, "tests.accesos.pedidos.UsuarioPuesto")
    return lista


def pedir(cliente: Client, metodo: str, camino: str, **cabeceras):
    """La respuesta, con su contenido ya leído; lo que haya cambiado se deshace."""
    with transaction.atomic():
        respuesta = getattr(cliente, metodo.lower())(camino, **cabeceras)
        transaction.set_rollback(True)
    # Leerla entera la cierra; cerrarla otra vez cerraría la conexión de la prueba.
    respuesta.leido = b"".join(respuesta) if respuesta.streaming else respuesta.content
    return respuesta


def se_nego(respuesta) -> bool:
    """403, 404 o de vuelta a la entrada o a la portada de la intranet, que es como niega Wagtail."""
    if respuesta.status_code in NEGADAS:
        return True
    destino = respuesta.get("Location", "").partition("?")[0]
    return respuesta.status_code == 302 and destino in (reverse("wagtailadmin_home"), reverse("account_login"))
