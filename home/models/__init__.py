from .estandar import PaginaEstandar
from .inicio import HomePage
from .mural import AvisoDeMural
from .navegacion import Navegacion
from .normas import BibliotecaPage, Norma
from .noticias import NoticiaPage, NoticiasIndexPage
from .preguntas import PreguntasFrecuentesPage
from .servicios import ServicioPage, ServiciosIndexPage
from .sinonimo import Sinonimo

__all__ = [
    "AvisoDeMural",
    "BibliotecaPage",
    "HomePage",
    "Navegacion",
    "Norma",
    "NoticiaPage",
    "NoticiasIndexPage",
    "PaginaEstandar",
    "PreguntasFrecuentesPage",
    "ServicioPage",
    "ServiciosIndexPage",
    "Sinonimo",
]
