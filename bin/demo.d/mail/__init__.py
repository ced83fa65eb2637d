"""The demo's mail: about 200 messages of a small shop's last three weeks, and what comes next."""
