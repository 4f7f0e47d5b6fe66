"""El texto enriquecido en la parte de texto de un correo: párrafos, viñetas y cada enlace con su dirección."""

import re
from html.parser import HTMLParser

_BLOQUES = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "div", "blockquote"}
_espacios = re.compile(r"\s+")


def en_texto(html: str) -> str:
    """``html`` sin etiquetas y sin perder nada de lo que dice. ``html``: el que compone Wagtail, ya seguro."""
    lector = _Lector()
    lector.feed(str(html))
    lector.close()
    lineas = "".join(lector.partes).split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(linea.strip() for linea in lineas)).strip()


class _Lector(HTMLParser):
    def __init__(self):
        super().__init__()
        self.partes, self.listas, self.enlace, self.desde = [], [], "", 0

    def handle_starttag(self, tag, attrs):
        if tag in ("ul", "ol"):
            self.listas.append([tag, 0])
        if tag == "li":
            self.partes.append(f"\n{self._vineta()} ")
        elif tag == "br":
            self.partes.append("\n")
        elif tag in _BLOQUES:
            self.partes.append("\n\n" if len(self.listas) < 2 else "\n")
        elif tag == "a":
            self.enlace, self.desde = dict(attrs).get("href") or "", len(self.partes)

    def handle_endtag(self, tag):
        if tag in ("ul", "ol") and self.listas:
            self.listas.pop()
        if tag in _BLOQUES:
            self.partes.append("\n\n")
        elif tag == "a" and self.enlace:
            visto = "".join(self.partes[self.desde :]).strip()
            if self.enlace.removeprefix("mailto:") != visto:
                self.partes.append(f" ({self.enlace.removeprefix('mailto:')})")
            self.enlace = ""

    def handle_data(self, data):
        self.partes.append(_espacios.sub(" ", data))

    def _vineta(self) -> str:
        if not self.listas or self.listas[-1][0] == "ul":
            return "-"
        self.listas[-1][1] += 1
        return f"{self.listas[-1][1]}."
