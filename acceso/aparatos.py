"""De la presentación de un navegador («User-Agent») a algo que se reconoce: «Chrome en Windows»."""

# El primero que aparece manda: Edge y Opera también dicen Chrome, y Chrome también dice Safari.
NAVEGADORES = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SISTEMAS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def nombre_de_aparato(presentacion: str) -> str:
    navegador = next((nombre for marca, nombre in NAVEGADORES if marca in presentacion), "Otro navegador")
    sistema = next((nombre for marca, nombre in SISTEMAS if marca in presentacion), "")
    return f"{navegador} en {sistema}" if sistema else navegador
