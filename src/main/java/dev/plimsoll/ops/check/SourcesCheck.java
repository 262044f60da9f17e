package dev.plimsoll.ops.check;

import dev.plimsoll.ops.check.Finding.Fault;
import dev.plimsoll.ops.check.Finding.Fine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.microprofile.config.Config;

/** Whether each price source can be reached: its name resolved, a connection made, its certificate good. */
record SourcesCheck(Config config) {
    private static final String PREFIX = "plimsoll.oracle.sources.";
    private static final int PATIENCE_MILLIS = 3_000;

    /** What holds where no URL is configured; a test compares it with the sources themselves. */
    static final Map<String, URI> BUILT_IN = Map.of(
            "binance", URI.create("https://data-api.binance.vision"),
            "bitstamp", URI.create("https://www.bitstamp.net"),
            "coinbase", URI.create("https://api.exchange.coinbase.com"),
            "coingecko", URI.create("https://api.coingecko.com/api/v3"),
            "kraken", URI.create("https://api.kraken.com"));

    List<Finding> findings() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads
                    .invokeAll(urls().entrySet().stream()
                            .<Callable<Finding>>map(source -> () -> reach(source.getKey(), source.getValue()))
                            .toList())
                    .stream()
                    .map(SourcesCheck::result)
                    .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private Map<String, URI> urls() {
        var urls = new TreeMap<>(BUILT_IN);
        StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> name.startsWith(PREFIX) && name.endsWith(".url"))
                .forEach(name -> urls.put(
                        name.substring(PREFIX.length(), name.length() - ".url".length()),
                        URI.create(config.getValue(name, String.class))));
        return urls.entrySet().stream()
                .filter(source -> config.getOptionalValue(PREFIX + source.getKey() + ".enabled", Boolean.class)
                        .orElse(true))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> other, TreeMap::new));
    }

    private static Finding reach(String name, URI url) {
        var subject = "source " + name;
        var secure = "https".equals(url.getScheme());
        var port = url.getPort() > 0 ? url.getPort() : secure ? 443 : 80;
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(url.getHost(), port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            if (secure) {
                greet(socket, url.getHost(), port);
            }
            return new Fine(subject, "reachable at " + url.getHost());
        } catch (UnknownHostException e) {
            return unreachable(subject, name, url, "its name is not known");
        } catch (IOException e) {
            return unreachable(subject, name, url, e.getMessage());
        }
    }

    private static void greet(Socket plain, String host, int port) throws IOException {
        var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        try (var socket = (SSLSocket) factory.createSocket(plain, host, port, false)) {
            var checks = socket.getSSLParameters();
            checks.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(checks);
            socket.startHandshake();
        }
    }

    private static Fault unreachable(String subject, String name, URI url, String why) {
        return new Fault(
                subject,
                "%s cannot be reached at %s (%s): open the way to it, set %s%s.url, or %s%s.enabled=false."
                        .formatted(name, url.getHost(), why, PREFIX, name, PREFIX, name));
    }

    private static Finding result(Future<Finding> look) {
        try {
            return look.get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
