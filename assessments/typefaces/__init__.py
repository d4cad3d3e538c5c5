"""Which fonts a report needs beside those that come with msgov, and which characters none has."""
