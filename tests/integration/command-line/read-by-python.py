"""Reads a folder of audit logs by the rules of the Python original, and prints what it read as JSON.

The rules: every file `audit_*.jsonl` in the order of names, `json.loads` a line, a constructor that takes exactly the 17 fields and dies on
any other, `datetime.fromisoformat` and a comparison with a naive time, content as base64url of a Fernet token.

Usage: read-by-python.py FOLDER [KEY_FILE]
"""

import base64
import glob
import hashlib
import json
import os
import sys
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any, Dict, List, Optional

from cryptography.fernet import Fernet


@dataclass
class Entry:
    id: str
    timestamp: str
    input_hash: str
    output_hash: str
    input_content: Optional[str] = None
    output_content: Optional[str] = None
    provider: Optional[str] = None
    model: Optional[str] = None
    conversation_id: Optional[str] = None
    safety_passed: bool = True
    detectors_triggered: List[str] = field(default_factory=list)
    block_reason: Optional[str] = None
    alerts: List[str] = field(default_factory=list)
    latency_ms: float = 0.0
    input_tokens: Optional[int] = None
    output_tokens: Optional[int] = None
    metadata: Dict[str, Any] = field(default_factory=dict)


def decrypt(fernet: Fernet, stored: str) -> str:
    return fernet.decrypt(base64.urlsafe_b64decode(stored.encode())).decode()


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def read(folder: str, key_file: Optional[str]) -> List[Dict[str, Any]]:
    fernet = None
    if key_file is not None:
        with open(key_file, "rb") as key:
            fernet = Fernet(key.read().strip())
    order = [f.name for f in fields(Entry)]
    found = []
    for path in sorted(glob.glob(os.path.join(folder, "audit_*.jsonl"))):
        with open(path, "r", encoding="utf-8") as lines:
            for line in lines:
                stored = json.loads(line)
                assert list(stored) == order, list(stored)
                # What Python itself would write, to the byte.
                assert json.dumps(stored) + "\n" == line, line
                entry = Entry(**stored)
                moment = datetime.fromisoformat(entry.timestamp)
                assert moment.tzinfo is None
                assert datetime(2000, 1, 1) <= moment <= datetime(2255, 1, 1)
                told = asdict(entry)
                if fernet is not None:
                    told["input"] = decrypt(fernet, entry.input_content)
                    told["output"] = decrypt(fernet, entry.output_content)
                    assert sha256(told["input"]) == entry.input_hash
                    assert sha256(told["output"]) == entry.output_hash
                found.append(told)
    return found


if __name__ == "__main__":
    json.dump(read(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None), sys.stdout)
