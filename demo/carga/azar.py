"""Azar repetible: la misma semilla da siempre la misma demostración."""

import random
import uuid

from demo.textos import APELLIDOS, NOMBRES

SEMILLA = 20131226  # fecha de los Lineamientos


class Azar(random.Random):
    """``random.Random`` con semilla fija y nombres de personas inventadas."""

    def __init__(self, salto: int = 0):
        super().__init__(SEMILLA + salto)

    def nombre(self) -> tuple[str, str]:
        """(nombres, apellidos) inventados."""
        return self.choice(NOMBRES), f"{self.choice(APELLIDOS)} {self.choice(APELLIDOS)}"

    def uuid(self) -> uuid.UUID:
        return uuid.UUID(int=self.getrandbits(128), version=4)


def dni_inventado(n: int) -> str:
    """DNI de la serie 99, que no está en uso: ocho dígitos."""
    return f"99{n:06d}"


def celular_inventado(n: int) -> str:
    return f"9000{n % 100_000:05d}"
