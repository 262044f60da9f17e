package dev.plimsoll.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.util.Locale;

/** Says exactly these bytes to the service under test, as no HTTP client would. */
final class RawHttp {
    private static final int PATIENCE_MILLIS = 60_000;

    private RawHttp() {}

    /** @param text everything the server says until it closes */
    record Answer(String text) {

        int status() {
            return Integer.parseInt(text.split(" ", 3)[1]);
        }

        boolean isProblem() {
            return text.toLowerCase(Locale.ROOT).contains("content-type: application/problem+json")
                    && text.contains("\"type\":\"/problems/");
        }
    }

    static Answer says(String request) throws IOException {
        return says(request.getBytes(ISO_8859_1));
    }

    static Answer says(byte[] request) throws IOException {
        try (var socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            return new Answer(new String(socket.getInputStream().readAllBytes(), ISO_8859_1));
        }
    }
}
