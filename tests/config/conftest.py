"""A configuration folder that a test writes file by file."""

import textwrap
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from monitor import config
from monitor.config import Config
from monitor.errors import ConfigError


@dataclass
class Folder:
    path: Path
    environment: dict[str, str] = field(default_factory=dict)

    def write(self, name: str, text: str | bytes) -> "Folder":
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else textwrap.dedent(text).encode())
        return self

    def load(self) -> Config:
        return config.load(self.path, self.environment)

    def mistakes(self) -> list[str]:
        """Every mistake as a person sees it, the folder's path left out."""
        with pytest.raises(ConfigError) as caught:
            self.load()
        return [str(mistake).replace(f"{self.path}/", "") for mistake in caught.value.mistakes]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path).write("monitor.yaml", "database: sqlite:///var/monitor.db\n")
