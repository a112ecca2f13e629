"""Opens our stored texts with Python's cryptography, as the Python original does, and answers its own; both as JSON."""

import base64
import json
import sys

from cryptography.fernet import Fernet

key, ours, texts = json.load(sys.stdin)
fernet = Fernet(key.encode())
opened = [fernet.decrypt(base64.urlsafe_b64decode(stored.encode())).decode() for stored in ours]
made = [base64.urlsafe_b64encode(fernet.encrypt(text.encode())).decode() for text in texts]
json.dump([opened, made], sys.stdout)
