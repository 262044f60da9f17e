package dev.plimsoll.browser;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A real Chromium without a window, and one tab of it.
 *
 * @see <a href="https://chromedevtools.github.io/devtools-protocol/">Chrome DevTools Protocol</a>
 */
public final class Browser implements AutoCloseable {
    private static final int PATIENCE = 60;
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    private final Process process;
    private final WebSocket tab;
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    /** Where it is installed; empty where it is not. */
    public static Optional<Path> installed() {
        return Stream.of(System.getenv("PATH").split(":"))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @param profile an empty folder, where it keeps what it must keep */
    public Browser(Path chromium, Path profile) throws IOException {
        process = new ProcessBuilder(
                        chromium.toString(),
                        "--headless=new",
                        "--no-sandbox", // as root, in a container
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("log").toFile())
                .start();
        var port = profile.resolve("DevToolsActivePort");
        await("Chromium, see " + profile)
                .atMost(PATIENCE, SECONDS)
                .until(() -> Files.exists(port) && Files.readAllLines(port).size() == 2);
        tab = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(tab(Files.readAllLines(port).getFirst()), new Hearing())
                .join();
        List.of("Page.enable", "Runtime.enable", "Log.enable").forEach(domain -> call(domain, new JsonObject()));
    }

    /** The one that it opens with: any other is a hidden one. */
    private static URI tab(String port) {
        var list = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                .build();
        return await("a tab")
                .atMost(PATIENCE, SECONDS)
                .until(
                        () -> new JsonArray(HttpClient.newHttpClient()
                                        .send(list, HttpResponse.BodyHandlers.ofString())
                                        .body())
                                .stream()
                                        .map(JsonObject.class::cast)
                                        .filter(target ->
                                                target.getString("type").equals("page"))
                                        .map(target -> URI.create(target.getString("webSocketDebuggerUrl")))
                                        .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** Shows a page, until all of it is there. */
    public void open(String url) {
        call("Page.navigate", new JsonObject().put("url", url));
        arrivesAt(URI.create(url).getPath());
    }

    /** Until the page that is shown has this path, and all of it is there. */
    public void arrivesAt(String path) {
        await(path)
                .atMost(PATIENCE, SECONDS)
                .until(() -> evaluate("location.pathname + ' ' + document.readyState")
                        .equals(path + " complete"));
    }

    /** Presses the button with these words, and waits for the page that follows. */
    public void presses(String words, String path) {
        evaluate("window.before = true; [...document.querySelectorAll('button')].find(b => b.textContent === '" + words
                + "').click(); ''");
        await("after " + words)
                .atMost(PATIENCE, SECONDS)
                .until(() -> evaluate("'' + window.before").equals("undefined"));
        arrivesAt(path);
    }

    /** All words of the page as they are shown. */
    public String text() {
        return evaluate("document.body.innerText");
    }

    /** What the page said to the console, what its policy forbade it, and what it threw. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** The value of an expression that is a string. */
    public String evaluate(String expression) {
        return call("Runtime.evaluate", new JsonObject().put("expression", expression))
                .getJsonObject("result", new JsonObject()) // none where the page is just being left
                .getString("value", "");
    }

    private JsonObject call(String method, JsonObject parameters) {
        var id = calls.incrementAndGet();
        var answer = new CompletableFuture<JsonObject>();
        answers.put(id, answer);
        var call = new JsonObject().put("id", id).put("method", method).put("params", parameters);
        tab.sendText(call.encode(), true).join();
        try {
            return answer.get(PATIENCE, SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(method + " was not answered", e);
        }
    }

    private void hear(JsonObject said) {
        var parameters = said.getJsonObject("params", new JsonObject());
        switch (said.getString("method", "")) {
            case "" -> answers.remove(said.getInteger("id")).complete(said.getJsonObject("result", new JsonObject()));
            case "Runtime.exceptionThrown" -> complaints.add(parameters.encode());
            case "Runtime.consoleAPICalled" -> complaints.add(parameters.encode());
            case "Log.entryAdded" ->
                complaints.add(parameters.getJsonObject("entry").encode());
            default -> {}
        }
    }

    /** Returns when nothing of it writes into its folder any more. */
    @Override
    public void close() throws InterruptedException {
        tab.abort();
        var parts = process.descendants().toList();
        process.destroy();
        process.waitFor();
        await("all of Chromium to end")
                .atMost(PATIENCE, SECONDS)
                .until(() -> parts.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** Puts parts together. */
    private final class Hearing implements WebSocket.Listener {
        private final StringBuilder parts = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            parts.append(part);
            if (last) {
                hear(new JsonObject(parts.toString()));
                parts.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }
}
