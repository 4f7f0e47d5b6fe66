"""El validador de HTML del W3C (Nu, vnu-jar), sobre páginas que ya se tienen."""

import json
import subprocess
import tempfile
from pathlib import Path

RAIZ = Path(__file__).resolve().parent.parent.parent
MODULOS = RAIZ / "var" / "medir" / "node_modules"
VNU = MODULOS / "vnu-jar" / "build" / "dist" / "vnu.jar"


def revisar(paginas: dict[str, bytes]) -> list[str]:
    """«nombre: qué está mal (dónde)» por cada error de ``paginas``, que son pares nombre y HTML."""
    with tempfile.TemporaryDirectory() as carpeta:
        nombres = dict(enumerate(paginas))
        for numero, nombre in nombres.items():
            Path(carpeta, f"{numero}.html").write_bytes(paginas[nombre])
        orden = ["java", "-jar", str(VNU), "--format", "json", "--errors-only", "--exit-zero-always", carpeta]
        mensajes = json.loads(subprocess.run(orden, capture_output=True, text=True, check=True).stderr)["messages"]
    return [f"{nombres[int(Path(m['url']).stem)]}: {m['message']} ({m.get('extract', '')!r})" for m in mensajes]
