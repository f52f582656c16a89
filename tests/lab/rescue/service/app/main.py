"""The web part: nothing else imports FastAPI."""
from fastapi import FastAPI

from app.database import work
from app.health import health

app = FastAPI()


@app.get("/health")
def read_health():
    return {"tables": work(health, keep=False)}
