"""Los registros del personal: su acceso es el de su fila en ``intranet.matriz``."""

from comun.modeladmin import RegistroAdmin

from .quien import SUPERUSUARIO, Acceso, con, con_algo, grupo

# Acción de modeladmin: la letra que pide; ninguna, con tener cualquiera se lee.
LETRAS = {"index": "", "inspect": "", "history": "", "create": "a", "edit": "c", "delete": "d"}
# Las monta modeladmin, pero su registro no las ofrece: se inscribe desde la mesa y con su formulario.
SIN_USO = {"inscripciones_modeladmin_create"}


def clases() -> list[type[RegistroAdmin]]:
    """Cada registro montado en el menú."""
    pendientes, halladas = [RegistroAdmin], []
    while pendientes:
        clase = pendientes.pop()
        pendientes += clase.__subclasses__()
        if clase.model is not None and clase.__module__.split(".")[0] != "tests":
            halladas.append(clase)
    return halladas


def accesos() -> dict[str, Acceso]:
    tabla = {}
    for registro in (clase() for clase in clases()):
        montadas = {ruta.name for ruta in registro.get_admin_urls_for_registration()}
        for accion, letras in LETRAS.items():
            nombre = registro.url_helper.get_action_url_name(accion)
            if nombre in montadas:
                quienes = SUPERUSUARIO if nombre in SIN_USO else _quienes(registro.model._meta.label_lower, letras)
                tabla |= grupo(nombre, quienes)
    return tabla


def _quienes(modelo: str, letras: str):
    return con(modelo, letras) if letras else con_algo(modelo)
