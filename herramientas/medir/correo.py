"""La bandeja de salida contra un servidor SMTP de verdad, en SQLite y en PostgreSQL (invariante 3, ADR 0019).

Uso: python -m herramientas.medir correo (o «make bench MEDIR=correo»). ``CASOS`` elige algunos («ritmo,rendimiento»).
Tarda un cuarto de hora por base: la muerte, 10,000 destinatarios; el ritmo, tres minutos; la memoria, 101,000 mensajes.
"""

import os
import subprocess
import sys

from herramientas.medir.bases import bases
from herramientas.medir.servidor import RAIZ


def medir() -> list[str]:
    """Corre los casos en cada base, en un proceso propio, y junta lo que no se cumplió."""
    faltas = []
    for nombre, entorno in bases():
        orden = [sys.executable, "-m", "herramientas.medir.correo"]
        if subprocess.run(orden, cwd=RAIZ, env=entorno | {"BASE": nombre}).returncode:
            faltas.append(f"Correo en {nombre}: no se cumplió; lo dice arriba")
    return faltas


def main() -> int:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from herramientas.medir.correo_casos import CASOS

    call_command("migrate", verbosity=0)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    elegidos = os.environ.get("CASOS", ",".join(CASOS)).split(",")
    faltas = []
    for nombre in elegidos:
        linea, suyas = CASOS[nombre]()
        print(f"Correo en {os.environ['BASE']}, {linea}", flush=True)
        faltas += suyas
    for falta in faltas:
        print(f"  ✗ {falta}", file=sys.stderr)
    return 1 if faltas else 0


if __name__ == "__main__":
    sys.exit(main())
