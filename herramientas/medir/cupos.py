"""Inscribirse muchos a la vez, por HTTP y contra gunicorn, en SQLite y en PostgreSQL (invariante 2).

Uso: python -m herramientas.medir cupos (o «make bench MEDIR=cupos»). ``VECES`` dice cuántas veces se repite (10).
PostgreSQL es el de ``DATABASE_URL`` o el local; si no responde, se dice y se mide solo SQLite.
"""

import os
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from herramientas.medir.bases import bases
from herramientas.medir.servidor import RAIZ

PERSONAS, CUPOS = 200, 20
VECES = int(os.environ.get("VECES", "10"))
IGUALES = 20
LIBERAN = ENTRAN = 50
ESPERAN = 30
INTENTOS_DEL_CONTROL = 3


def medir() -> list[str]:
    """Corre el caso en cada base, en un proceso propio, y junta lo que no se cumplió."""
    faltas = []
    for nombre, entorno in bases():
        orden = [sys.executable, "-m", "herramientas.medir.cupos"]
        if subprocess.run(orden, cwd=RAIZ, env=entorno | {"BASE": nombre}).returncode:
            faltas.append(f"Cupos en {nombre}: no se cumplió; lo dice arriba")
    return faltas


class Caso:
    """Un portal en marcha y las capacitaciones con que se prueba; importa Django ya configurado."""

    def __init__(self, visitante):
        from eventos.models import Capacitacion, Inscripcion

        self.Capacitacion, self.Inscripcion = Capacitacion, Inscripcion
        self.visitante = visitante
        self.faltas: list[str] = []
        self.documento = 40_000_000

    def exigir(self, se_cumple: bool, texto: str) -> None:
        if not se_cumple:
            self.faltas.append(texto)

    def personas(self, cuantas: int) -> list[str]:
        self.documento += cuantas
        return [str(self.documento - n) for n in range(cuantas)]

    def a_la_vez(self, tareas) -> tuple[list[int], list[float]]:
        """Corre ``tareas`` juntas; devuelve el estado HTTP de cada una y sus segundos."""

        def una(tarea):
            comienzo = time.perf_counter()
            return tarea(), time.perf_counter() - comienzo

        with ThreadPoolExecutor(len(tareas)) as hilos:
            hechas = list(hilos.map(una, tareas))
        return [estado for estado, _ in hechas], [segundos for _, segundos in hechas]

    def filas(self, capacitacion) -> list[tuple[int, str]]:
        return list(capacitacion.inscripciones.order_by("orden").values_list("orden", "estado"))

    def doscientas_por_veinte(self, capacitacion) -> list[float]:
        """200 personas a la vez por 20 cupos: 20 confirmadas y 180 en espera, en orden y sin huecos."""
        formularios = self.visitante.abrir(capacitacion, PERSONAS)
        pares = zip(formularios, self.personas(PERSONAS), strict=True)
        estados, segundos = self.a_la_vez([lambda f=f, d=d: self.visitante.enviar(f, d) for f, d in pares])
        esperado = [(n, "confirmada" if n <= CUPOS else "en_espera") for n in range(1, PERSONAS + 1)]
        self.exigir(set(estados) == {302}, f"respuestas {sorted(set(estados))}")
        self.exigir(self.filas(capacitacion) == esperado, f"{self.resumen(capacitacion)} en vez de 20 y 180 en orden")
        return segundos

    def resumen(self, capacitacion) -> str:
        estados = [estado for _, estado in self.filas(capacitacion)]
        return ", ".join(f"{estados.count(e)} {e}" for e in sorted(set(estados)))

    def liberar_y_entrar(self, capacitacion) -> None:
        """50 que liberan su cupo contra 50 que llegan: nadie de más, y los cupos se ofrecen en orden estricto."""
        libres = list(capacitacion.inscripciones.confirmadas()[:LIBERAN])
        cancelar = self.visitante.abrir_cancelaciones(libres)
        entrar = self.visitante.abrir(capacitacion, ENTRAN)
        pares = zip(entrar, self.personas(ENTRAN), strict=True)
        tareas = [t for par in zip(
            [lambda c=c: self.visitante.confirmar(c) for c in cancelar],
            [lambda f=f, d=d: self.visitante.enviar(f, d) for f, d in pares],
            strict=True,
        ) for t in par]  # fmt: skip
        estados, _ = self.a_la_vez(tareas)
        self.exigir(set(estados) == {302}, f"liberar y entrar: respuestas {sorted(set(estados))}")
        vigentes = [(orden, estado) for orden, estado in self.filas(capacitacion) if estado != "anulada"]
        con_cupo = [orden for orden, estado in vigentes if estado in ("confirmada", "ofrecida")]
        en_espera = [orden for orden, estado in vigentes if estado == "en_espera"]
        self.exigir(len(con_cupo) == capacitacion.cupos, f"liberar y entrar: {len(con_cupo)} con cupo")
        ofrecidas = [orden for orden, estado in vigentes if estado == "ofrecida"]
        self.exigir(not en_espera or max(ofrecidas) < min(en_espera), "liberar y entrar: se saltó el orden")
        ordenes = [orden for orden, _ in self.filas(capacitacion)]
        self.exigir(ordenes == list(range(1, len(ordenes) + 1)), "liberar y entrar: hay huecos")

    def el_mismo_veinte_veces(self, capacitacion) -> None:
        """El mismo formulario enviado 20 veces a la vez: una fila y un correo."""
        from correo.models import Entrega

        [formulario], [documento] = self.visitante.abrir(capacitacion, 1), self.personas(1)
        estados, _ = self.a_la_vez([lambda: self.visitante.enviar(formulario, documento)] * IGUALES)
        filas = capacitacion.inscripciones
        correos = Entrega.objects.filter(clave__in=[f"inscripcion:{fila.pk}" for fila in filas.all()]).count()
        self.exigir(set(estados) == {302}, f"el mismo 20 veces: respuestas {sorted(set(estados))}")
        self.exigir((filas.count(), correos) == (1, 1), f"el mismo 20 veces: {filas.count()} filas y {correos} correos")


def main() -> int:
    from herramientas.medir.escenario import curso, preparar
    from herramientas.medir.servidor import servir
    from herramientas.medir.visitante import Visitante

    preparar()
    with servir("portal.wsgi") as direccion:
        caso = Caso(Visitante(direccion))
        segundos = []
        for _ in range(VECES):
            segundos += caso.doscientas_por_veinte(curso(CUPOS))
        caso.liberar_y_entrar(curso(LIBERAN, confirmadas=LIBERAN, en_espera=ESPERAN))
        caso.el_mismo_veinte_veces(curso(CUPOS))
    de_mas = sin_llave()
    caso.exigir(de_mas > 0, "el control sin llave no sobrevendió: la medida no prueba nada")
    segundos.sort()
    print(
        f"Cupos en {os.environ['BASE']}: {VECES} veces {PERSONAS} personas por {CUPOS} cupos; mediana "
        f"{statistics.median(segundos):.1f} s, p95 {segundos[int(len(segundos) * 0.95)]:.1f} s por persona; "
        f"sin la llave, {de_mas} de más; {len(caso.faltas)} faltas"
    )
    for falta in caso.faltas:
        print(f"  ✗ {falta}", file=sys.stderr)
    return 1 if caso.faltas else 0


def sin_llave() -> int:
    """Cuántas confirmadas de más deja el portal sin su llave: el control negativo."""
    from herramientas.medir.escenario import curso
    from herramientas.medir.servidor import servir
    from herramientas.medir.visitante import Visitante

    with servir("herramientas.medir.sin_llave", errores=subprocess.DEVNULL) as direccion:
        control = Caso(Visitante(direccion))
        for _ in range(INTENTOS_DEL_CONTROL):
            capacitacion = curso(CUPOS)
            control.doscientas_por_veinte(capacitacion)
            if (de_mas := capacitacion.inscripciones.confirmadas().count() - CUPOS) > 0:
                return de_mas
    return 0


if __name__ == "__main__":
    sys.exit(main())
