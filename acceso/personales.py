"""Lo que la entrada guarda de quien tiene una cuenta, para la copia de sus datos (Ley 29733)."""

from collections.abc import Iterable, Iterator

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt

from comun.expediente_personal import Parte

from .cerrojo import normalizar
from .models import TextoSalvado

FINALIDAD = "entrada"
_FACTORES = {
    Authenticator.Type.TOTP: "Aplicación de códigos",
    Authenticator.Type.RECOVERY_CODES: "Códigos de respaldo",
    Authenticator.Type.WEBAUTHN: "Llave de acceso",
}


def de_sus_cuentas(usuarios: Iterable) -> Iterator[Parte]:
    """Sesiones, factores, fallos y textos salvados de ``usuarios``.

    Ni los secretos de un factor ni lo que se estaba escribiendo van: lo primero es una llave, y lo segundo puede ser de
    otra persona.
    """
    usuarios = list(usuarios)
    sesiones = UserSession.objects.filter(user__in=usuarios).order_by("created_at")
    yield _parte(
        "Sesiones abiertas",
        (
            {"Abierta": s.created_at, "Último uso": s.last_seen_at, "IP": s.ip, "Navegador": s.user_agent}
            for s in sesiones
        ),
    )
    factores = Authenticator.objects.filter(user__in=usuarios).order_by("created_at")
    yield _parte(
        "Segundo factor",
        ({"Cuál": _FACTORES[f.type], "Puesto": f.created_at, "Último uso": f.last_used_at} for f in factores),
    )
    llaves = [normalizar(u.username) for u in usuarios]
    fallos = AccessAttempt.objects.filter(username__in=llaves).order_by("attempt_time")
    yield _parte(
        "Intentos fallidos de entrar",
        ({"Cuándo": f.attempt_time, "IP": f.ip_address, "Navegador": f.user_agent} for f in fallos),
    )
    textos = TextoSalvado.objects.filter(usuario__in=usuarios).order_by("guardado_en")
    yield _parte("Textos salvados", ({"Guardado": t.guardado_en, "Formulario": t.ruta} for t in textos))


def _parte(titulo: str, filas: Iterable[dict]) -> Parte:
    return Parte(titulo, FINALIDAD, list(filas))
