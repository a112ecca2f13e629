"""Appends entries as the Python original does: opens today's file anew for each, writes the line, closes. Prints each id."""
import json
import os
import sys
import time

told = json.loads(sys.argv[1])
os.makedirs(told["folder"], exist_ok=True)
path = os.path.join(told["folder"], "audit_20260504.jsonl")
for index in range(told["count"]):
    entry = {
        "id": "%s-%d" % (told["prefix"], index),
        "timestamp": "2026-05-04T12:00:00.123456",
        "input_hash": "a" * 64,
        "output_hash": "b" * 64,
        "input_content": None,
        "output_content": None,
        "provider": "provider",
        "model": "model",
        "conversation_id": None,
        "safety_passed": True,
        "detectors_triggered": [],
        "block_reason": None,
        "alerts": [],
        "latency_ms": 1.5,
        "input_tokens": 3,
        "output_tokens": None,
        "metadata": {},
    }
    with open(path, "a", encoding="utf-8") as file:
        file.write(json.dumps(entry) + "\n")
    os.write(1, (entry["id"] + "\n").encode())
    time.sleep(told.get("pauseMs", 0) / 1000)
