"""Alterar los enlaces firmados de la suscripción: ninguno alterado debe valer.

Uso: python -m herramientas.medir tokens (o «make bench MEDIR=tokens»). ``TOKENS`` dice cuántos se prueban (100,000).
No usa la base: el dueño de todo enlace «existe», así lo único que puede rechazarlo es su firma.
"""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from unittest import mock

from herramientas.medir.servidor import RAIZ

CUANTOS = int(os.environ.get("TOKENS", "100000"))
ABECEDARIO = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_:.=%\x00 ñ"


def medir() -> list[str]:
    """En un proceso propio, porque configura Django."""
    entorno = os.environ | {"DJANGO_SETTINGS_MODULE": "portal.settings.local"}
    malo = subprocess.run([sys.executable, "-m", "herramientas.medir.tokens"], cwd=RAIZ, env=entorno).returncode
    return ["Tokens: se aceptó alguno alterado; lo dice arriba"] if malo else []


def clases() -> dict:
    """Por clase de enlace, (su sal, con qué se lee)."""
    from boletines import enlaces

    return {
        "confirmar": (enlaces.SAL_CONFIRMAR, enlaces.suscriptor_por_confirmar),
        "baja": (enlaces.SAL_BAJA, enlaces.suscriptor_por_dar_de_baja),
        "preferencias": (enlaces.SAL_PREFERENCIAS, enlaces.suscriptor_por_preferencias),
        "invitación": (enlaces.SAL_INVITACION, enlaces.suscriptor_por_invitacion),
        "oficial": (enlaces.SAL_OFICIAL, enlaces.oficial_por_dar_de_baja),
    }


def firmado(clase: str, pk: int, **cambios) -> str:
    """Un token bueno de ``clase``, o con otra ``key`` u otra ``salt``."""
    from django.core import signing

    datos = [pk, time.time()] if clase == "confirmar" else pk
    return signing.dumps(datos, **{"salt": clases()[clase][0]} | cambios)


def _bit(azar, clase, token):
    octetos = bytearray(token.encode())
    octetos[azar.randrange(len(octetos))] ^= 1 << azar.randrange(8)
    return octetos.decode("latin-1")


def _truncado(azar, clase, token):
    corte = azar.randrange(len(token))
    return azar.choice([token[:corte], token[corte + 1 :], token[:corte] + token[corte + 1 :]])


def _agregado(azar, clase, token):
    lugar = azar.randrange(len(token) + 1)
    return token[:lugar] + azar.choice(ABECEDARIO) + token[lugar:]


def _letra(azar, clase, token):
    lugar = azar.randrange(len(token))
    return token[:lugar] + azar.choice(ABECEDARIO) + token[lugar + 1 :]


def _otra_sal(azar, clase, token):
    return firmado(clase, azar.randrange(1, 10**6), salt=clases()[clase][0] + azar.choice([".", "x", "2", " "]))


def _otra_llave(azar, clase, token):
    return firmado(clase, azar.randrange(1, 10**6), key=f"otra-{azar.random()}")


def _otra_clase(azar, clase, token):
    return firmado(azar.choice([otra for otra in clases() if otra != clase]), azar.randrange(1, 10**6))


def _injertado(azar, clase, token):
    """La firma de un token con los datos o la hora de otro."""
    propio, ajeno = token.split(":"), firmado(clase, azar.randrange(1, 10**6)).split(":")
    lugar = azar.randrange(2)
    propio[lugar] = ajeno[lugar] if propio[lugar] != ajeno[lugar] else "MQ"
    return ":".join(propio)


ALTERACIONES = {
    "un bit": _bit,
    "truncado": _truncado,
    "agregado": _agregado,
    "una letra": _letra,
    "otra sal": _otra_sal,
    "otra llave": _otra_llave,
    "otra clase": _otra_clase,
    "injertado": _injertado,
}


@contextmanager
def todos_existen():
    """El dueño de cualquier llave existe: un token con buena firma y otra llave contaría como aceptado."""
    with mock.patch("boletines.enlaces._existente", lambda modelo, pk: modelo(pk=pk)):
        yield


def vale(clase: str, token: str) -> bool:
    """Si la firma pasa; un enlace vencido tiene buena firma y cuenta como que vale."""
    from boletines.enlaces import EnlaceInvalido, EnlaceVencido

    try:
        clases()[clase][1](token)
    except EnlaceVencido:
        return True
    except EnlaceInvalido:
        return False
    return True


def _probar(cuantos: int, azar: random.Random) -> list[str]:
    aceptados, probados = [], Counter()
    nombres = list(clases())
    while sum(probados.values()) < cuantos:
        clase = azar.choice(nombres)
        bueno = firmado(clase, azar.randrange(1, 10**6))
        for alteracion, alterar in ALTERACIONES.items():
            if (alterado := alterar(azar, clase, bueno)) != bueno:
                probados[alteracion] += 1
                if vale(clase, alterado):
                    aceptados.append(f"{clase}, {alteracion}: {alterado!r} (de {bueno!r})")
    print(f"Tokens: {sum(probados.values()):,} alterados, {len(aceptados)} aceptados")
    print("  " + ", ".join(f"{nombre} {n:,}" for nombre, n in probados.items()))
    return aceptados


def _control(azar: random.Random) -> list[str]:
    """Los buenos valen, y sin comprobar la firma los alterados pasarían: la medida puede fallar."""
    faltas = [f"no vale un buen token de {clase}" for clase in clases() if not vale(clase, firmado(clase, 7))]
    with mock.patch("django.core.signing.constant_time_compare", return_value=True):
        injertados = sum(vale("baja", _injertado(azar, "baja", firmado("baja", 7))) for _ in range(100))
    print(f"  Control: sin comprobar la firma pasan {injertados} de 100 injertados")
    return faltas if injertados else [*faltas, "el control no dejó pasar ninguno: la medida no mide"]


def main() -> int:
    import django

    django.setup()
    azar, inicio = random.Random(8058), time.monotonic()  # noqa: S311 - se repite igual
    with todos_existen():
        faltas = _probar(CUANTOS, azar) + _control(azar)
    print(f"  {time.monotonic() - inicio:.1f} s")
    for falta in faltas[:20]:
        print(f"✗ {falta}", file=sys.stderr)
    return 1 if faltas else 0


if __name__ == "__main__":
    sys.exit(main())
