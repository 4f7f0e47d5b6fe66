"""Lo que pasa en Difusión, por tema: cada módulo es un sustantivo y sus funciones, verbos."""
