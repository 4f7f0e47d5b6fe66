"""Lo que se busca y es de alguien (un documento, un correo) no queda en la dirección: va en la sesión, con una clave.

Así no pasa al historial del navegador, a un marcador ni a quien recibe el enlace. ``request.GET`` da lo buscado y, al
volver a escribirse como dirección, la clave: las páginas, los filtros y la exportación siguen con ella.
"""

import re
import secrets

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect

CAMPO = "q"
MARCA = "~"
SESION = "busquedas_reservadas"
A_LA_VEZ = 30
# Un documento o un RUC de persona (10…), y un correo. El RUC de una entidad (20…) es público.
DE_ALGUIEN = re.compile(r"(?<!\d)(?!20\d{9}(?!\d))\d{8,12}(?!\d)|@")
CADUCA = "Esa búsqueda ya no está a la mano: escríbala otra vez."


class ConsultaReservada(QueryDict):
    """Da ``texto`` a quien lo lee y ``clave`` a la dirección."""

    clave = texto = ""

    @classmethod
    def de(cls, consulta: QueryDict, clave: str, texto: str):
        nueva = cls(mutable=True, encoding=consulta.encoding)
        for nombre, valores in consulta.lists():
            nueva.setlist(nombre, valores)
        nueva[CAMPO], nueva.clave, nueva.texto = texto, clave, texto
        nueva._mutable = False
        return nueva

    def __deepcopy__(self, memo):
        copia = super().__deepcopy__(memo)
        copia.clave, copia.texto = self.clave, self.texto
        return copia

    def urlencode(self, safe=None):
        plana = QueryDict(mutable=True, encoding=self.encoding)
        for nombre, valores in self.lists():
            plana.setlist(nombre, [self.clave if (nombre, uno) == (CAMPO, self.texto) else uno for uno in valores])
        return plana.urlencode(safe)


def reservar(request):
    """Pone en ``request.GET`` lo que guarda su clave; si la dirección trae lo reservado, adónde redirigir."""
    texto, guardadas = request.GET.get(CAMPO, ""), request.session.get(SESION, {})
    if texto.startswith(MARCA):
        if texto not in guardadas:
            messages.warning(request, CADUCA)
            return _a(request, None)
        request.GET = ConsultaReservada.de(request.GET, texto, guardadas[texto])
        return None
    if request.method not in ("GET", "HEAD") or not DE_ALGUIEN.search(texto):
        return None
    clave = next((clave for clave, guardado in guardadas.items() if guardado == texto), None)
    if clave is None:
        clave = MARCA + secrets.token_urlsafe(6)
        request.session[SESION] = dict([*guardadas.items(), (clave, texto)][-A_LA_VEZ:])
    return _a(request, clave)


def en_direccion(consulta: QueryDict) -> dict[str, str]:
    """``{"q": clave}`` de lo reservado, para quien arma la dirección por su cuenta."""
    return {CAMPO: consulta.clave} if isinstance(consulta, ConsultaReservada) else {}


def _a(request, clave):
    consulta = request.GET.copy()
    consulta.pop(CAMPO, None)
    if clave:
        consulta[CAMPO] = clave
    return redirect(f"{request.path}?{consulta.urlencode()}" if consulta else request.path)
