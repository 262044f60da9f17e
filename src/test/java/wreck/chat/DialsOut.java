package wreck.chat;

import java.net.http.HttpClient;

/** Makes a client of its own. */
record DialsOut(HttpClient client) {}
