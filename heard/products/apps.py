from django.apps import AppConfig


class ProductsConfig(AppConfig):
    name = "heard.products"
    label = "products"
