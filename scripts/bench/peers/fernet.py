"""Decrypts stored contents with Python's cryptography, one core. Reads {"key", "stored", "rounds"} on stdin, prints {"perSecond"}."""

import base64
import json
import sys
import time

from cryptography.fernet import Fernet

task = json.load(sys.stdin)
fernet = Fernet(task["key"])
stored = task["stored"]
for text in stored:
    fernet.decrypt(base64.urlsafe_b64decode(text)).decode()
start = time.perf_counter()
for _ in range(task["rounds"]):
    for text in stored:
        fernet.decrypt(base64.urlsafe_b64decode(text)).decode()
seconds = time.perf_counter() - start
print(json.dumps({"perSecond": len(stored) * task["rounds"] / seconds}))
