import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Pattern;

/** Prints what Plimsoll tells it and proves that it is yours: {@code java src/docs/Receiver.java 9009}. It checks no signature. */
class Receiver {
    public static void main(String[] arguments) throws IOException {
        var port = Integer.parseInt(arguments[0]);
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/hook", Receiver::take);
        server.start();
    }

    private static void take(HttpExchange exchange) throws IOException {
        var event = new String(exchange.getRequestBody().readAllBytes());
        System.out.println(text(event, "type") + " " + text(event, "text").replace("\\n", "\n"));
        var proof = "{\"code\":\"" + text(event, "code") + "\"}";
        exchange.sendResponseHeaders(200, proof.length());
        exchange.getResponseBody().write(proof.getBytes());
        exchange.close();
    }

    private static String text(String json, String name) {
        var found = Pattern.compile('"' + name + "\":\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(json);
        return found.find() ? found.group(1) : "";
    }
}
