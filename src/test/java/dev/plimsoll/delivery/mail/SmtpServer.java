package dev.plimsoll.delivery.mail;

import io.vertx.core.net.PfxOptions;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server that follows a script, one thread a connection, on a free loopback port; all that it is not told, it takes. */
public final class SmtpServer implements AutoCloseable {
    /** Hangs up instead of an answer. */
    public static final String HANGS_UP = "";

    /** Never answers. */
    public static final String IS_SILENT = "…";

    /** After the dot: takes the mail, but says so only when {@link #goesOn} is called. */
    public static final String IS_LATE = "late";

    private static final String TAKEN = "250 2.0.0 taken";

    private final ServerSocket socket;
    private final Optional<SSLContext> tls;
    private final Optional<String> login;
    private final Map<Step, Queue<String>> script = new EnumMap<>(Step.class);
    private final Map<Step, String> always = new EnumMap<>(Step.class);
    private final List<Mail> mails = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private Mood mood = (step, mail) -> Optional.empty();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch goingOn = new CountDownLatch(1);

    /** Where it may answer otherwise. */
    public enum Step {
        GREETING,
        EHLO,
        AUTH,
        MAIL,
        RCPT,
        DATA,
        /** The dot after the mail. */
        END
    }

    /**
     * @param taken whether it said so
     * @param at    just before it did
     */
    public record Mail(String to, String raw, boolean encrypted, boolean taken, Instant at) {

        /** As it stands there, its folds included; the first of that name. */
        public String header(String name) {
            return find(name).orElseThrow(() -> new AssertionError("no " + name + " in\n" + raw));
        }

        public Optional<String> find(String name) {
            var head = "\n" + raw.substring(0, raw.indexOf("\n\n") + 1);
            var at = head.indexOf("\n" + name + ": ");
            if (at < 0) {
                return Optional.empty();
            }
            var value = head.substring(at + name.length() + 3);
            var end = 0;
            do {
                end = value.indexOf('\n', end + 1);
            } while (end > 0 && end + 1 < value.length() && value.charAt(end + 1) == ' ');
            return Optional.of(value.substring(0, end));
        }
    }

    public SmtpServer() {
        this(Optional.empty(), Optional.empty());
    }

    /**
     * @param certificate with it STARTTLS is offered
     * @param login       as {@code user password}: then nobody else may send
     */
    public SmtpServer(Optional<PfxOptions> certificate, Optional<String> login) {
        this.tls = certificate.map(SmtpServer::context);
        this.login = login;
        try {
            this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return socket.getLocalPort();
    }

    public int connections() {
        return connections.get();
    }

    /** All that it got whole, taken or not, in their order. */
    public List<Mail> mails() {
        return List.copyOf(mails);
    }

    /** The next time, once for each answer. */
    public synchronized SmtpServer answers(Step step, String... replies) {
        script.computeIfAbsent(step, any -> new ArrayDeque<>()).addAll(List.of(replies));
        return this;
    }

    public synchronized SmtpServer alwaysAnswers(Step step, String reply) {
        always.put(step, reply);
        return this;
    }

    /** What it answers where the script says nothing. */
    public interface Mood {
        /**
         * Empty for the usual.
         *
         * @param mail as it came; empty before its end
         */
        Optional<String> answer(Step step, String mail);
    }

    public synchronized SmtpServer moody(Mood mood) {
        this.mood = mood;
        return this;
    }

    /** Says what it has kept to itself. */
    public void goesOn() {
        goingOn.countDown();
    }

    private String reply(Step step, String usual) {
        return reply(step, "", usual);
    }

    private synchronized String reply(Step step, String mail, String usual) {
        var next = Optional.ofNullable(script.get(step)).map(Queue::poll).or(() -> mood.answer(step, mail));
        return next.orElseGet(() -> always.getOrDefault(step, usual));
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var connection = socket.accept();
                connection.setTcpNoDelay(true);
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException over) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            new Talk(connection).go();
        } catch (IOException hungUp) {
            // as clients do
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        goesOn();
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One connection. */
    private final class Talk {
        private Socket line;
        private BufferedReader in;
        private boolean encrypted;
        private boolean loggedIn;
        private String to = "";

        Talk(Socket connection) throws IOException {
            listenOn(connection);
        }

        private void listenOn(Socket connection) throws IOException {
            line = connection;
            in = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
        }

        void go() throws IOException, InterruptedException {
            if (!says(reply(Step.GREETING, "220 scripted ESMTP"))) {
                return;
            }
            for (var said = in.readLine(); said != null; said = in.readLine()) {
                if (!obeys(said)) {
                    return;
                }
            }
        }

        private boolean obeys(String said) throws IOException, InterruptedException {
            var verb = said.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
            return switch (verb) {
                case "EHLO" -> says(reply(Step.EHLO, capabilities()));
                case "STARTTLS" -> says("220 go ahead") && encrypt();
                case "AUTH" -> says(reply(Step.AUTH, authenticated(said)));
                case "MAIL" ->
                    says(reply(Step.MAIL, login.isEmpty() || loggedIn ? "250 2.1.0 ok" : "530 5.7.0 log in"));
                case "RCPT" -> {
                    to = said.substring(said.indexOf('<') + 1, said.indexOf('>'));
                    yield says(reply(Step.RCPT, "250 2.1.5 ok"));
                }
                case "DATA" -> data();
                case "QUIT" -> says("221 2.0.0 bye") && false;
                default -> says("250 2.0.0 ok");
            };
        }

        private String capabilities() {
            return "250-scripted\r\n250-PIPELINING\r\n250-ENHANCEDSTATUSCODES\r\n"
                    + (tls.isPresent() && !encrypted ? "250-STARTTLS\r\n" : "")
                    + (login.isPresent() && encrypted ? "250-AUTH PLAIN LOGIN\r\n" : "") + "250 8BITMIME";
        }

        private String authenticated(String said) {
            if (!said.startsWith("AUTH PLAIN ")) {
                return "535 5.7.8 not in this way";
            }
            var given = new String(Base64.getDecoder().decode(said.split(" ")[2]), StandardCharsets.UTF_8)
                    .substring(1)
                    .replace('\0', ' ');
            loggedIn = login.filter(given::equals).isPresent();
            return loggedIn ? "235 2.7.0 welcome" : "535 5.7.8 wrong user or password: " + given;
        }

        private boolean encrypt() throws IOException {
            var upgraded = (SSLSocket)
                    tls.orElseThrow().getSocketFactory().createSocket(line, "localhost", line.getPort(), true);
            upgraded.setUseClientMode(false);
            upgraded.startHandshake();
            listenOn(upgraded);
            encrypted = true;
            return true;
        }

        private boolean data() throws IOException, InterruptedException {
            var begins = reply(Step.DATA, "354 go on");
            if (!says(begins) || !begins.startsWith("354")) {
                return !begins.equals(HANGS_UP) && !begins.startsWith("421");
            }
            var raw = new StringBuilder();
            for (var text = in.readLine(); !".".equals(text); text = in.readLine()) {
                if (text == null) {
                    return false;
                }
                raw.append(text.startsWith(".") ? text.substring(1) : text).append('\n');
            }
            var end = reply(Step.END, raw.toString(), TAKEN);
            var late = end.equals(IS_LATE);
            mails.add(new Mail(to, raw.toString(), encrypted, late || end.startsWith("250"), Instant.now()));
            if (late) {
                goingOn.await();
            }
            return says(late ? TAKEN : end);
        }

        /** False when that was the last. */
        private boolean says(String reply) throws IOException, InterruptedException {
            if (reply.equals(HANGS_UP)) {
                line.close();
                return false;
            }
            if (reply.equals(IS_SILENT)) {
                closed.await();
                return false;
            }
            line.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
            line.getOutputStream().flush();
            return !reply.startsWith("421") && !reply.startsWith("554 no service");
        }
    }

    private static SSLContext context(PfxOptions certificate) {
        try {
            var password = certificate.getPassword().toCharArray();
            var store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(certificate.getValue().getBytes()), password);
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
