package dev.plimsoll.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.restassured.RestAssured;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Says exactly these bytes to the service under test, as no HTTP client would, and without taking the time of one. */
final class RawHttp {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final String END = "\r\n\r\n";
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: (\\d+)\\s*$");

    private RawHttp() {}

    /** @param text everything the server says until it closes, or all of its one answer */
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
        try (var socket = saying(request)) {
            return new Answer(new String(socket.getInputStream().readAllBytes(), ISO_8859_1));
        }
    }

    /**
     * A request with this body. Of the answer is read what it says is its length: a server that hangs up on what is still
     * being said may cut off what comes after.
     *
     * @param line method and path
     */
    static Answer asks(String line, Map<String, String> headers, byte[] body) throws IOException {
        try (var socket = saying(request(line, headers, body));
                var in = new BufferedInputStream(socket.getInputStream())) {
            var head = head(in);
            var length = LENGTH.matcher(head);
            var said = length.find() ? in.readNBytes(Integer.parseInt(length.group(1))) : in.readAllBytes();
            return new Answer(head + new String(said, UTF_8));
        }
    }

    private static byte[] request(String line, Map<String, String> headers, byte[] body) {
        var head = new StringBuilder(line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        head.append("Content-Length: " + body.length + "\r\n\r\n");
        return ByteBuffer.allocate(head.length() + body.length)
                .put(head.toString().getBytes(ISO_8859_1))
                .put(body)
                .array();
    }

    /** Up to the empty line after it. */
    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        var ends = 0;
        while (ends < END.length()) {
            var next = in.read();
            if (next < 0) {
                throw new EOFException("hung up after " + head.toString(ISO_8859_1));
            }
            head.write(next);
            ends = next == END.charAt(ends) ? ends + 1 : next == END.charAt(0) ? 1 : 0;
        }
        return head.toString(ISO_8859_1);
    }

    private static Socket saying(byte[] request) throws IOException {
        var socket = new Socket("localhost", RestAssured.port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
        return socket;
    }
}
