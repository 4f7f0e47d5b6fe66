"""Lo que producción exige del entorno antes de arrancar, y por qué no arranca (docs/operacion.md)."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

OBLIGATORIAS = ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "URL_DEL_SITIO")
LARGO_MINIMO = 50
DISTINTOS_MINIMO = 10
# Trozos de llaves que se copian: las de las pruebas y las guías, y la que Django marca como insegura.
DE_EJEMPLO = ("insegur", "insecure", "prueba", "ejemplo", "example", "secret", "change", "cambie", "clave", "password")
ACOMODO = "python -c 'import secrets; print(secrets.token_urlsafe(60))'"


def exigir(entorno) -> None:
    """``ImproperlyConfigured`` con lo primero que falta o está mal en ``entorno`` (``os.environ``)."""
    for nombre in OBLIGATORIAS:
        if not entorno.get(nombre, "").strip():
            raise ImproperlyConfigured(f"Falta la variable de entorno {nombre}: producción no arranca sin ella.")
    for objecion in (_de_depurar, _de_la_llave, _de_los_dominios, _del_sitio):
        if motivo := objecion(entorno):
            raise ImproperlyConfigured(motivo)


def dominios(entorno) -> list[str]:
    return [dominio.strip() for dominio in entorno.get("ALLOWED_HOSTS", "").split(",") if dominio.strip()]


def _de_depurar(entorno):
    if entorno.get("DEBUG", "").strip().lower() not in {"", "0", "no", "false"}:
        return "DEBUG está puesta: en producción mostraría el código y los datos en cada error. Quítela."
    return None


def _de_la_llave(entorno):
    llaves = {"SECRET_KEY": [entorno["SECRET_KEY"]], "SECRET_KEY_ANTERIORES": anteriores(entorno)}
    for nombre, valores in llaves.items():
        for motivo in filter(None, map(_que_tiene, valores)):
            return f"{nombre} {motivo}. Haga una al azar: {ACOMODO}"
    return None


def anteriores(entorno) -> list[str]:
    return [llave for llave in entorno.get("SECRET_KEY_ANTERIORES", "").split(",") if llave]


def _que_tiene(llave):
    if any(trozo in llave.lower() for trozo in DE_EJEMPLO):
        return "es la de un ejemplo, y cualquiera la conoce"
    if len(llave) < LARGO_MINIMO:
        return f"es corta: lleva {len(llave)} caracteres y hacen falta {LARGO_MINIMO}"
    if len(set(llave)) < DISTINTOS_MINIMO:
        return f"se adivina: solo {len(set(llave))} caracteres distintos"
    return None


def _de_los_dominios(entorno):
    if not dominios(entorno):
        return "ALLOWED_HOSTS no nombra ningún dominio: escríbalos separados por comas."
    if any("*" in dominio for dominio in dominios(entorno)):
        return "ALLOWED_HOSTS no puede llevar «*» en producción: nombre los dominios."
    return None


def _del_sitio(entorno):
    sitio = urlsplit(entorno["URL_DEL_SITIO"].strip())
    if sitio.scheme != "https" or not sitio.hostname:
        return "URL_DEL_SITIO tiene que empezar con https://: con ella se arman los enlaces de los correos."
    return None
