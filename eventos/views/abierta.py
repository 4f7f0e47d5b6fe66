from functools import wraps


def abierta(vista):
    """Lo que otra web puede leer desde el navegador de sus visitantes (CORS): datos públicos, sin galletas."""

    @wraps(vista)
    def envuelta(request, *args, **kwargs):
        respuesta = vista(request, *args, **kwargs)
        respuesta["Access-Control-Allow-Origin"] = "*"
        return respuesta

    return envuelta
