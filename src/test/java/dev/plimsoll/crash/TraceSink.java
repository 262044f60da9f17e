package dev.plimsoll.crash;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * A collector of OpenTelemetry's, as far as it takes spans in protobuf over HTTP.
 *
 * @see <a href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto">trace.proto</a>
 */
final class TraceSink implements AutoCloseable {
    private final HttpServer server;
    private final List<byte[]> received = new CopyOnWriteArrayList<>();

    /** @param parent empty for the first of a trace */
    record Span(String trace, String id, String parent, String name) {}

    TraceSink() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            received.add(exchange.getRequestBody().readAllBytes());
            exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    List<Span> spans() throws IOException {
        var spans = new CopyOnWriteArrayList<Span>();
        for (var request : received) {
            for (var resource : messages(UnknownFieldSet.parseFrom(request), 1)) {
                for (var scope : messages(resource, 2)) {
                    messages(scope, 2).forEach(span -> spans.add(span(span)));
                }
            }
        }
        return spans;
    }

    /** All that came, as far as it is text. */
    String text() {
        return received.stream()
                .map(one -> new String(one, StandardCharsets.ISO_8859_1))
                .collect(Collectors.joining());
    }

    private static Span span(UnknownFieldSet span) {
        return new Span(hex(span, 1), hex(span, 2), hex(span, 4), bytes(span, 5).toStringUtf8());
    }

    private static List<UnknownFieldSet> messages(UnknownFieldSet of, int field) throws IOException {
        var all = new CopyOnWriteArrayList<UnknownFieldSet>();
        for (var one : of.getField(field).getLengthDelimitedList()) {
            all.add(UnknownFieldSet.parseFrom(one));
        }
        return all;
    }

    private static String hex(UnknownFieldSet of, int field) {
        return HexFormat.of().formatHex(bytes(of, field).toByteArray());
    }

    private static ByteString bytes(UnknownFieldSet of, int field) {
        return of.getField(field).getLengthDelimitedList().stream().findFirst().orElse(ByteString.EMPTY);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
